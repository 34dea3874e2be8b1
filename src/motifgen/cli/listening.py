"""The commands for hearing and measuring: play, watch, doctor, measure."""

from pathlib import Path
from typing import Annotated

import typer

from motifgen.cli.arguments import File, OneScene, Outside, Scenes, SoundFont
from motifgen.errors import RangeError


def play(  # noqa: PLR0913, PLR0917 - the options of the command
    file: File,
    scene: Scenes = None,
    soundfont: SoundFont = "",
    port: Annotated[str, typer.Option("--port", metavar="NAME", help="Send it to this MIDI port, instead of making sound.")] = "",
    clock: Annotated[
        bool, typer.Option("--clock", help="Send MIDI clock to the port too: song position, start, 24 to a quarter, stop.")
    ] = False,
    from_: Annotated[str, typer.Option("--from", metavar="TIME", help="Where to begin at a port: seconds, or m:ss; by default 0.")] = "",
    allow_outside: Outside = False,
) -> None:
    """Compose the scenes of FILE and play them now; a MIDI file is played as it is."""
    from motifgen.cli.playing import play_file, send_file  # noqa: PLC0415 - commands import their work when they are called

    if not port and (clock or from_):
        raise RangeError(f"{'--clock' if clock else '--from'} is for a MIDI port; accepted: with --port NAME")
    if port:
        send_file(file, tuple(scene or ()), port, clock=clock, start=from_ or "0", allow_outside=allow_outside)
    else:
        play_file(file, tuple(scene or ()), soundfont, allow_outside=allow_outside)


def watch(  # noqa: PLR0913, PLR0917 - the options of the command
    file: File,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Where to write; by default FILE without its ending.")
    ] = None,
    scene: Scenes = None,
    format_: Annotated[str, typer.Option("--format", metavar="NAME,...", help="What to write, as for render.")] = "mid,ledger",
    play: Annotated[bool, typer.Option("--play", help="Play the scenes after each render.")] = False,
    soundfont: SoundFont = "",
    allow_outside: Outside = False,
) -> None:
    """Render FILE again whenever it is saved, until Ctrl-C."""
    from motifgen.cli.watching import watch_file  # noqa: PLC0415 - as above

    names = tuple(format_.split(","))
    watch_file(file, output, tuple(scene or ()), names, soundfont, sounding=play, allow_outside=allow_outside)


def doctor() -> None:
    """Say which engines, soundfonts and programs motifgen found here, what each is for, and how to get the rest."""
    from motifgen.cli.playing import show_findings  # noqa: PLC0415 - as above

    show_findings()


def measure(  # noqa: PLR0913, PLR0917 - the options of the command
    midi: Annotated[
        Path, typer.Argument(metavar="MID", help="Any MIDI file that begins with the scene, or marks its FIRST FRAME.", show_default=False)
    ],
    file: File,
    scene: OneScene = "",
    library: Annotated[
        str, typer.Option("--library", metavar="NAME", help="The sample library that MID was written for; else what FILE says.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As a JSON object, with every curve.")] = False,
    drawn: Annotated[
        Path | None, typer.Option("--picture", metavar="SVG", help="Draw asked and heard curves, hits and themes over time, to this file.")
    ] = None,
    allow_outside: Outside = False,
) -> None:
    """Measure how well a MIDI file does what a scene of FILE asks: hits, arc, themes, playability, expression."""
    from motifgen.cli.measuring import show_measures  # noqa: PLC0415 - as above

    show_measures(midi, file, scene, library, as_json=as_json, drawn=drawn, allow_outside=allow_outside)
