"""Plans, explanations and the usage map, as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from motifgen.cli.arguments import only_scene
from motifgen.cli.vocabulary import show_table
from motifgen.compose.planning import plan
from motifgen.compose.planning.paste import as_statements
from motifgen.compose.planning.usage import Use, usage_svg
from motifgen.compose.spotting import spot
from motifgen.files.scene_file import read_story
from motifgen.files.whole import write_whole
from motifgen.output import film_map
from motifgen.takes import chosen_scenes, compose


def show_plans(file: Path, scenes: Sequence[str], *, allow_outside: bool) -> None:
    """Print the statements of each scene as YAML, under a comment that names the scene; warnings go to standard error."""
    story = read_story(file, allow_outside=allow_outside)
    for scene in chosen_scenes(story, scenes):
        made = plan(spot(scene, story))
        typer.echo(f"# {scene.id} {scene.title}".rstrip())
        typer.echo(as_statements(made), nl=False)
        for warning in (*made.spotting.warnings, *made.warnings):
            typer.echo(f"{scene.id}: {warning}", err=True)


def show_explanation(file: Path, bar: int, scene: str, *, allow_outside: bool) -> None:
    """Print what was decided for a bar of a scene, and why."""
    story = read_story(file, allow_outside=allow_outside)
    typer.echo(compose(only_scene(story, scene), story).explain(bar))


def show_usage(file: Path, output: Path | None, *, allow_outside: bool) -> None:
    """Print every statement of a film and its keys as two tables, or write them as a picture."""
    uses, keys = film_map(read_story(file, allow_outside=allow_outside))
    if output is not None:
        write_whole(output, usage_svg(uses, keys).encode())
        typer.echo(str(output))
        return
    show_table(("who", "scene", "at", "as", "changed", "key", "likeness", "silent before"), [_row(use) for use in uses])
    typer.echo()
    show_table(("scene", "from", "key", "why"), [(it.scene, f"{float(it.at):.1f}", it.key, it.why) for it in keys])


def _row(use: Use) -> tuple[str, ...]:
    since = "first time" if use.since is None else f"{float(use.since):.1f} s"
    changed = ", ".join(use.transforms) or "plain"
    return use.who, use.scene, f"{float(use.at):.1f}", use.treatment, changed, use.key, f"{use.likeness:.2f}", since
