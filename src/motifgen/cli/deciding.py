"""The commands for decisions: what is planned and why, at which tempo, and what a new cut of the picture changes."""

from pathlib import Path
from typing import Annotated

import typer

from motifgen.cli.arguments import File, OneScene, Outside, Scenes


def plan(file: File, scene: Scenes = None, allow_outside: Outside = False) -> None:
    """Print what the planner decides as 'statements:', to be pasted into FILE, edited, and then kept."""
    from motifgen.cli.planning import show_plans  # noqa: PLC0415 - commands import their work when they are called

    show_plans(file, tuple(scene or ()), allow_outside=allow_outside)


def explain(
    file: File,
    bar: Annotated[int, typer.Option("--bar", metavar="N", min=1, help="Which bar, counted from 1.")],
    scene: OneScene = "",
    allow_outside: Outside = False,
) -> None:
    """Say what is composed in a bar, and why."""
    from motifgen.cli.planning import show_explanation  # noqa: PLC0415 - as above

    show_explanation(file, bar, scene, allow_outside=allow_outside)


def usage(
    file: File,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="SVG", help="A picture of it, instead of the table.")] = None,
    allow_outside: Outside = False,
) -> None:
    """Show who is heard in the film: where, how altered, and how long since."""
    from motifgen.cli.planning import show_usage  # noqa: PLC0415 - as above

    show_usage(file, output, allow_outside=allow_outside)


def tempo(
    file: File,
    scene: Scenes = None,
    range_: Annotated[str, typer.Option("--range", metavar="LOW-HIGH", help="Beats a minute, as 60-140; else what the style allows.")] = "",
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, max=10_000, help="How many of the best tempi.")] = 12,
    allow_outside: Outside = False,
) -> None:
    """List the steady tempi that meet the most hits of each scene, the best first."""
    from motifgen.cli.timing import show_tempi  # noqa: PLC0415 - as above

    show_tempi(file, tuple(scene or ()), range_, count, allow_outside=allow_outside)


def recut(  # noqa: PLR0913, PLR0917 - the options of the command
    file: File,
    at: Annotated[list[str] | None, typer.Option("--at", metavar="TIME", help="Where the picture was cut; may be repeated.")] = None,
    by: Annotated[list[str] | None, typer.Option("--by", metavar="FRAMES", help="By how much, as -14f or +2f; one for each --at.")] = None,
    scene: Annotated[str, typer.Option("--scene", metavar="ID", help="From whose start --at counts, unless it is film timecode.")] = "",
    changes: Annotated[Path | None, typer.Option("--list", metavar="LIST", help="A change list: lines of AT BY [SCENE].")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="NEW", help="Write here, and leave FILE as it is.")] = None,
    allow_outside: Outside = False,
) -> None:
    """Move every later time of FILE after the picture was cut anew, and say what moved."""
    from motifgen.cli.timing import recut_file  # noqa: PLC0415 - as above

    recut_file(file, (tuple(at or ()), tuple(by or ()), scene), changes, output, allow_outside=allow_outside)


def spot(  # noqa: PLR0913, PLR0917 - the options of the command
    timeline: Annotated[Path, typer.Argument(metavar="TIMELINE", help="Markers as an editing program exports them.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="A scene arc file to make, or to update if it is there.")
    ] = None,
    rate: Annotated[str, typer.Option("--rate", metavar="FPS", help="The timeline's frame rate; else that of FILE, else 24.")] = "",
    zero: Annotated[str, typer.Option("--zero", metavar="TIMECODE", help="The timecode at which the timeline begins.")] = "01:00:00:00",
    kind: Annotated[str, typer.Option("--kind", metavar="NAME", help="Which program's list it is; else that is found out.")] = "",
    title: Annotated[str, typer.Option("--title", help="The title of a new film; else the timeline's name.")] = "",
    allow_outside: Outside = False,
) -> None:
    """Make a scene arc file from an editor's markers, or put them into one; its comments and layout stay."""
    from motifgen.cli.timing import spot_timeline  # noqa: PLC0415 - as above

    spot_timeline(timeline, output, rate, zero, kind, title, allow_outside=allow_outside)
