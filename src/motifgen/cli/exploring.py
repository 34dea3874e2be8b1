"""The explore command: very many takes, written as they are ready; the best that are not alike, as a table."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from motifgen.cli.arguments import Cluster, File, Outside, Scenes

if TYPE_CHECKING:
    from motifgen.takes import Take


def explore(  # noqa: PLR0913, PLR0917 - the options of the command
    file: File,
    takes: Annotated[int, typer.Option("--takes", metavar="N", min=1, help="Takes of each scene.")] = 100,
    scene: Scenes = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="JSONL", help="Where takes are written; by default FILE with .takes.jsonl.")
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


def _show(takes: "Sequence[Take]") -> None:
    from motifgen.cli.vocabulary import show_table  # noqa: PLC0415 - as above
    from motifgen.measure.score import parts  # noqa: PLC0415 - as above

    rows = [
        (take.scene, str(take.seed), f"{take.score.total:.3f}", *(f"{getattr(take.score, name):.2f}" for name in parts())) for take in takes
    ]
    show_table(("scene", "seed", "score", *parts()), rows)


@contextmanager
def _progress(count: int, *, terminal: bool) -> "Iterator[Callable[[Take], None] | None]":
    """Give a callback for each take that is there; on a terminal, show how many are and how long the rest will take."""
    if not terminal:
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415 - as above

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count)
        yield lambda _: bar.advance(task)
