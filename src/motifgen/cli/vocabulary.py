"""The vocabulary as tables: ruled on a terminal, tab-separated when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import typer

from motifgen.affect import kin_of, words
from motifgen.orchestra.instrument import instruments
from motifgen.orchestra.palette import palettes
from motifgen.theory.pitch import Pitch


def show_styles() -> None:
    """Print every palette."""
    rows = [(p.name, f"{p.tempo[0]:g}-{p.tempo[1]:g}", " ".join(p.meters), str(p.parts), p.description) for p in palettes().values()]
    show_table(("style", "bpm", "meters", "parts", "what it is"), rows)


def show_emotions() -> None:
    """Print every emotion and trait word with its point."""
    rows = [
        (word, f"{a.valence:+.2f}", f"{a.arousal:+.2f}", f"{a.tension:.2f}", f"{a.power:+.2f}", kin_of(word)) for word, a in words().items()
    ]
    show_table(("word", "valence", "arousal", "tension", "power", "kin"), rows)


def show_instruments() -> None:
    """Print every instrument with its sounding range and other names."""
    rows = [
        (
            each.name,
            each.family,
            "unpitched" if each.drums else f"{_name(each.low)} to {_name(each.high)}",
            str(each.program + 1),
            ", ".join(each.aliases),
        )
        for each in instruments().values()
    ]
    show_table(("instrument", "family", "sounding range", "GM program", "also called"), rows)


def show_transforms() -> None:
    """Print every transformation with its arguments."""
    from motifgen.motif.transform.table import transforms  # noqa: PLC0415 - only this table needs it

    rows = [(row.name, row.arguments, "hard" if row.hard else "", row.example, row.summary) for row in transforms()]
    show_table(("transformation", "arguments", "to recognize", "example", "what it does"), rows)


def show_archetypes() -> None:
    """Print every archetype that a motif may be invented for."""
    from motifgen.motif.invention.archetype import archetypes  # noqa: PLC0415 - only this table needs it

    rows = [(each.name, f"{each.notes[0]}-{each.notes[1]}", each.says, ", ".join(each.aliases)) for each in archetypes().values()]
    show_table(("archetype", "notes", "what it says", "also called"), rows)


def _name(key: int) -> str:
    """Return a MIDI key as scientific pitch, black keys as sharps."""
    octave, semitone = divmod(key, 12)
    return str(Pitch.parse(f"{('C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B')[semitone]}{octave - 1}"))


def show_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: ruled on a terminal, tab-separated when piped."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            typer.echo("\t".join(row))
        return
    from rich import box  # noqa: PLC0415 - only a terminal needs it
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    table = Table(*head, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    Console().print(table)
