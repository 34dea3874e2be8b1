"""The commands that make data sets: explore, very many takes and a table of the best; variants, themes changed in thousands of ways."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motifgen.cli.arguments import Cluster, File, Outside, Scenes
from motifgen.cli.wording import counts

if TYPE_CHECKING:
    from motifgen.takes import Take


def explore(  # noqa: PLR0913, PLR0917 - the options of the command
    file: File,
    takes: Annotated[int, typer.Option("--takes", metavar="N", min=1, help="Takes of each scene.")] = 100,
    scene: Scenes = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DATA",
            help="Where takes are kept: .jsonl, or a folder .parquet; by default FILE with .takes.jsonl.",
        ),
    ] = None,
    keep: Annotated[int, typer.Option("--keep", metavar="K", min=1, help="How many to list.")] = 10,
    apart: Annotated[
        float, typer.Option("--apart", metavar="D", min=0, max=1, help="How different any two that are listed must sound.")
    ] = 0.12,
    jobs: Annotated[int | None, typer.Option("--jobs", metavar="J", min=1, help="Processes; by default one for each core.")] = None,
    cluster: Cluster = "",
    allow_outside: Outside = False,
) -> None:
    """Compose very many takes of the scenes of FILE and list the best that are not alike; what was stopped goes on."""
    from motifgen.files.scene_file import read_story  # noqa: PLC0415 - commands import their work when they are called
    from motifgen.takes import chosen_scenes, executor_for  # noqa: PLC0415 - as above
    from motifgen.takes.explore import distinct  # noqa: PLC0415 - as above
    from motifgen.takes.explore import explore as explored  # noqa: PLC0415 - as above

    story = read_story(file, allow_outside=allow_outside)
    path = file.with_suffix(".takes.jsonl") if output is None else output
    count = takes * len(chosen_scenes(story, tuple(scene or ())))
    with _progress(count, terminal=sys.stderr.isatty()) as progress, executor_for(cluster, jobs) as executor:
        found = explored(story, takes, path, scenes=tuple(scene or ()), executor=executor, progress=progress)
    _show([take for made in found.values() for take in distinct(made, keep, apart)])
    typer.echo(f"{path}: {count} takes; 'seed: N' in a scene makes its take of that seed", err=True)


def variants(  # noqa: PLR0913, PLR0917 - the options of the command
    motif: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MOTIF ...]", help="Texts ('D minor 4/4: D4/q A4/h.') or files.", show_default=False),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DATA", help="Where variants are kept: .jsonl, or .parquet for a folder.")
    ] = Path("variants.jsonl"),
    words: Annotated[
        list[str] | None, typer.Option("--invent", metavar="WORDS", help="Invent a theme for these words; may be repeated.")
    ] = None,
    themes: Annotated[int, typer.Option("--themes", metavar="N", min=1, max=10_000, help="Themes for each --invent.")] = 1,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help="Variants of each theme.")] = 100,
    steps: Annotated[int, typer.Option("--steps", metavar="N", min=1, max=8, help="Most transforms one after the other.")] = 3,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**53 - 1, help="Another seed, other themes and variants.")] = 0,
) -> None:
    """Write variants of themes with labels (what was done, how like it still is, key, mode, notes); what was stopped goes on."""
    from motifgen.cli.motifs import theme_set  # noqa: PLC0415 - as above
    from motifgen.takes.variants import write_variants  # noqa: PLC0415 - as above

    named = theme_set(tuple(motif or ()), tuple(words or ()), themes, seed)
    total = count * len(named)
    with _progress(total, terminal=sys.stderr.isatty()) as progress:
        made = write_variants(named, count, output, seed=seed, steps=steps, progress=progress)
    typer.echo(f"{output}: {counts(total, 'variant')} of {counts(len(named), 'theme')}, {made} of them new")


def _show(takes: "Sequence[Take]") -> None:
    from motifgen.cli.vocabulary import show_table  # noqa: PLC0415 - as above
    from motifgen.measure.score import parts  # noqa: PLC0415 - as above

    rows = [
        (take.scene, str(take.seed), f"{take.score.total:.3f}", *(f"{getattr(take.score, name):.2f}" for name in parts())) for take in takes
    ]
    show_table(("scene", "seed", "score", *parts()), rows)


@contextmanager
def _progress(count: int, *, terminal: bool) -> "Iterator[Callable[[object], None] | None]":
    """Give a callback for each row that is there; on a terminal, show how many are and how long the rest will take."""
    if not terminal:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda _: bar.advance(task)
