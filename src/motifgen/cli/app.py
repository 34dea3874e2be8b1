"""The commands and their arguments. Each imports its work when it is called, so that starting stays quick.

For the same reason annotations are values in the modules that declare commands: texts would be compiled again, one by one, at every start.
"""

import atexit
import gc
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from motifgen.cli import deciding, exploring, listening
from motifgen.cli.arguments import Cluster, File, Outside, Scenes, SoundFont

app = typer.Typer(
    help="Compose leitmotifs along a scene arc, exact to the frame, as MIDI that a DAW opens.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command that the arguments name; exit with 0, with 2 for what the user can mend, with 1 for a fault of motifgen."""
    from motifgen.errors import MotifgenError  # noqa: PLC0415 - as the module says

    gc.set_threshold(1_000_000)  # a run makes many small values and few cycles; looking for them every 700 costs some percent
    atexit.register(gc.freeze)  # at the end all memory goes back at once: Python need not look through it for cycles first
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a title in another script must not break a plain terminal
    try:
        app(prog_name="motifgen")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            sys.exit(0)  # whoever reads has read enough, as `head` does
        raise
    except MotifgenError as error:
        _refuse(error)
    except OSError as error:
        _refuse(error)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - whatever else goes wrong is motifgen's own fault
        _apologize(error)


def _refuse(error: Exception) -> None:
    """Say plainly what is wrong, one line each."""
    from motifgen.errors import SceneFileError  # noqa: PLC0415 - as the module says

    if isinstance(error, SceneFileError):
        sys.stderr.write(f"{error}\n")
    elif isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"motifgen: {where}{error.strerror or error}\n")
    else:
        sys.stderr.write(f"motifgen: {error}\n")
    sys.exit(2)


def _apologize(error: Exception) -> None:
    """Show all of a fault of motifgen's own, so that it can be reported."""
    import traceback  # noqa: PLC0415 - as the module says

    traceback.print_exception(error)
    sys.stderr.write("motifgen: this is a fault of motifgen, not of your file; please report the lines above\n")
    sys.exit(1)


def _show_version(wanted: bool) -> None:
    if wanted:
        from motifgen.version import __version__  # noqa: PLC0415 - as the module says

        typer.echo(f"motifgen {__version__}")
        raise typer.Exit


@app.callback()
def _shared(
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")] = False,
) -> None:
    """Take the options that stand before a command."""


@app.command()
def render(  # noqa: PLR0913, PLR0917 - the options of the command
    file: File,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Where to write; by default FILE without its ending.")
    ] = None,
    scene: Scenes = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="NAME,...", help="What to write: names with commas between, or 'all'.")
    ] = "mid,ledger",
    seed: Annotated[int | None, typer.Option("--seed", min=0, max=2**53 - 1, help="Instead of the seeds in the file.")] = None,
    takes: Annotated[
        int, typer.Option("--takes", metavar="N", min=1, max=100, help="Compose each scene so many times; keep the best.")
    ] = 1,
    library: Annotated[
        str | None, typer.Option("--library", metavar="NAME", help="The sample library to write for, or a file; instead of FILE's.")
    ] = None,
    humanize: Annotated[
        float | None, typer.Option("--humanize", min=0, max=1, help="How uneven the players are; instead of FILE's.")
    ] = None,
    soundfont: SoundFont = "",
    stems: Annotated[bool, typer.Option("--stems", help="Sound files of each family of instruments too.")] = False,
    click: Annotated[
        str, typer.Option("--click", metavar="WHERE", help="Clicks in the MIDI: none, warning (in the pre-roll) or all.")
    ] = "none",
    preroll: Annotated[int, typer.Option("--preroll", metavar="BARS", min=0, max=8, help="Bars in the MIDI before the first frame.")] = 0,
    engraver: Annotated[
        str, typer.Option("--engraver", metavar="NAME", help="For pages: verovio, MuseScore or LilyPond; else what is found.")
    ] = "",
    measured: Annotated[bool, typer.Option("--measure", help="Say in the ledger how well each scene does what it asks.")] = False,
    cluster: Cluster = "",
    allow_outside: Outside = False,
) -> None:
    """Compose every scene of FILE and write its files."""
    from motifgen.cli.rendering import render_file  # noqa: PLC0415 - as the module says
    from motifgen.output import Playing  # noqa: PLC0415 - as the module says

    playing = Playing(library, humanize, soundfont, stems, click, preroll, engraver)
    names = tuple(format_.split(","))
    render_file(
        *(file, output, tuple(scene or ()), names, seed, takes, playing), allow_outside=allow_outside, measured=measured, cluster=cluster
    )


@app.command()
def check(file: File, allow_outside: Outside = False) -> None:
    """Check FILE, and say in prose what will be composed."""
    from motifgen.cli.prose import told  # noqa: PLC0415 - as the module says
    from motifgen.files.scene_file import read_story  # noqa: PLC0415 - as the module says

    for line in told(read_story(file, allow_outside=allow_outside)):
        typer.echo(line)


_FURTHER: tuple[Callable[..., None], ...] = (
    *(listening.play, listening.watch, listening.measure, listening.doctor),
    *(deciding.plan, deciding.explain, deciding.usage, deciding.tempo, deciding.recut, deciding.spot),
    *(exploring.explore, exploring.variants),
)
for _command in _FURTHER:
    app.command()(_command)


@app.command()
def new(
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to write it.")] = Path(),
    game: Annotated[bool, typer.Option("--game", help="A theme in twenty states of a game, instead of a scene of a film.")] = False,
) -> None:
    """Write a small commented scene arc file to start from; nothing is ever overwritten."""
    from motifgen.cli.starting import write_template  # noqa: PLC0415 - as the module says

    path = write_template(directory, game=game)
    typer.echo(f"{path} is written. Next: motifgen render {path}")


@app.command()
def invent(
    words: Annotated[list[str], typer.Argument(metavar="WORD ...", help="Emotion or trait words, or archetypes.", show_default=False)],
    key: Annotated[str | None, typer.Option("--key", metavar="K", help="Home key, as 'D minor'; drawn when left out.")] = None,
    meter: Annotated[str | None, typer.Option("--meter", metavar="M", help="As '3/4'; drawn when left out.")] = None,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, max=100, help="How many motifs.")] = 1,
    seed: Annotated[int, typer.Option("--seed", min=0, max=2**53 - 1, help="Another seed, other motifs.")] = 0,
) -> None:
    """Print motifs for traits, as motif text."""
    from motifgen.cli.motifs import show_inventions  # noqa: PLC0415 - as the module says

    show_inventions(words, key, meter, count, seed)


@app.command()
def transform(  # noqa: PLR0913, PLR0917 - the options of the command
    motif: Annotated[
        str, typer.Argument(metavar="MOTIF", help="Motif text ('D minor 4/4: D4/q A4/q. G4/e'), or a file.", show_default=False)
    ],
    steps: Annotated[list[str], typer.Argument(metavar="STEP ...", help="Such as 'minor' or 'augment 2'.", show_default=False)],
    key: Annotated[str, typer.Option("--key", metavar="K", help="Home key of a text that does not say it.")] = "",
    meter: Annotated[str, typer.Option("--meter", metavar="M", help="Meter of a text that does not say it.")] = "",
    degrees: Annotated[bool, typer.Option("--degrees", help="The text is in scale degrees ('1/q 5/q. 4/e').")] = False,
    part: Annotated[int, typer.Option("--part", metavar="N", min=1, help="Which part of a file.")] = 1,
    bars: Annotated[str, typer.Option("--bars", metavar="N-M", help="Which bars of a file.")] = "",
) -> None:
    """Apply transformations to a motif, one after the other, and print what becomes of it."""
    from motifgen.cli.motifs import show_transformed  # noqa: PLC0415 - as the module says

    show_transformed(motif, steps, key, meter, degrees=degrees, part=part, bars=bars)


@app.command()
def find(  # noqa: PLR0913, PLR0917 - the options of the command
    motif: Annotated[
        str, typer.Argument(metavar="MOTIF", help="Motif text ('D minor 4/4: D4/q A4/q. G4/e'), or a file.", show_default=False)
    ],
    score: Annotated[Path, typer.Argument(metavar="SCORE", help="A .mid, .musicxml, .mxl or .abc file.", show_default=False)],
    key: Annotated[str, typer.Option("--key", metavar="K", help="Home key of a text that does not say it.")] = "",
    meter: Annotated[str, typer.Option("--meter", metavar="M", help="Meter of a text that does not say it.")] = "",
    degrees: Annotated[bool, typer.Option("--degrees", help="The text is in scale degrees ('1/q 5/q. 4/e').")] = False,
    part: Annotated[int, typer.Option("--part", metavar="N", min=1, help="Which part of a motif file.")] = 1,
    bars: Annotated[str, typer.Option("--bars", metavar="N-M", help="Which bars of a motif file.")] = "",
    tolerance: Annotated[
        float, typer.Option("--tolerance", metavar="SHARE", help="Share of the notes that may have another pitch, 0 to 0.5.")
    ] = 0.15,
    only: Annotated[
        str | None, typer.Option("--only", metavar="NAME,...", help="What may have been done to it, as 'transpose,mode'; default all.")
    ] = None,
    shortest: Annotated[int, typer.Option("--shortest", metavar="N", help="Notes of the shortest fragment, 4 or more.")] = 4,
) -> None:
    """Find where MOTIF is heard in SCORE, and what has been done to it."""
    from motifgen.cli.finding import show_found  # noqa: PLC0415 - as the module says
    from motifgen.cli.motifs import given_motif  # noqa: PLC0415 - as the module says

    names = None if only is None else tuple(name.strip() for name in only.split(",") if name.strip())
    show_found(given_motif(motif, key, meter, degrees=degrees, part=part, bars=bars), score, tolerance, names, shortest)


@app.command()
def styles() -> None:
    """List the styles that a film or a scene may have."""
    from motifgen.cli.vocabulary import show_styles  # noqa: PLC0415 - as the module says

    show_styles()


@app.command()
def emotions() -> None:
    """List the emotion and trait words, and the point that each stands for."""
    from motifgen.cli.vocabulary import show_emotions  # noqa: PLC0415 - as the module says

    show_emotions()


@app.command()
def instruments() -> None:
    """List the instruments and their sounding ranges."""
    from motifgen.cli.vocabulary import show_instruments  # noqa: PLC0415 - as the module says

    show_instruments()


@app.command()
def transforms() -> None:
    """List what may be done to a theme."""
    from motifgen.cli.vocabulary import show_transforms  # noqa: PLC0415 - as the module says

    show_transforms()


@app.command()
def archetypes() -> None:
    """List the figures that a motif may be invented for."""
    from motifgen.cli.vocabulary import show_archetypes  # noqa: PLC0415 - as the module says

    show_archetypes()


@app.command()
def schema() -> None:
    """Print the JSON Schema of scene arc files, for the completion of editors."""
    import json  # noqa: PLC0415 - as the module says

    from motifgen.files.scene_file import scene_schema  # noqa: PLC0415 - as the module says

    typer.echo(json.dumps(scene_schema(), indent=2, ensure_ascii=False))
