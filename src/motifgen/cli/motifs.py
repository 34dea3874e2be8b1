"""Motifs on the command line: invented, and transformed. Lines of remarks begin with ``#``, so that output can be piped on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from motifgen.errors import NotationError, RangeError, shown
from motifgen.motif.invention import invent
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Chain
from motifgen.motif.transform.table import parse_transform

_FILES = (".mid", ".midi", ".musicxml", ".xml", ".mxl", ".abc")


def show_inventions(words: Sequence[str], key: str | None, meter: str | None, count: int, seed: int) -> None:
    """Print motifs for traits, a motif and its reason for each number from 1 to the count."""
    for number in range(1, count + 1):
        made = invent(words, key=key, meter=meter, seed=seed, name=f"{' '.join(words)} {number}")
        typer.echo(made.motif.text(heading=True))
        typer.echo(f"# {made.reason}")


def show_transformed(  # noqa: PLR0913 - the options of the command
    source: str, steps: Sequence[str], key: str, meter: str, *, degrees: bool, part: int, bars: str
) -> None:
    """Print what is left of a motif after some transformations."""
    theme = given_motif(source, key, meter, degrees=degrees, part=part, bars=bars)
    chain = Chain(tuple(parse_transform(step) for step in steps))
    variant = chain(theme)
    typer.echo(variant.text(degrees=degrees, heading=True))
    typer.echo(f"# {', '.join(variant.lineage) or 'as it was'}; likeness {likeness(theme, variant).total:.2f}")


def given_motif(  # noqa: PLR0913 - as above
    source: str, key: str, meter: str, *, degrees: bool, part: int, bars: str
) -> Motif:
    """Read a motif text, or a file when the text is the name of one."""
    if Path(source).suffix.lower() not in _FILES:
        return Motif.parse(source, key or "C major", meter or "4/4", degrees=degrees)
    from motifgen.files.motif_files import read_motif  # noqa: PLC0415 - only files need it

    return read_motif(source, part, _bars(bars), key or None, meter or None)


def _bars(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise NotationError(f"cannot read the bars {shown(text)}; accepted: one number, or two as in '1-2'")
    return int(first), int(last or first)


def theme_set(given: Sequence[str], words: Sequence[str], count: int, seed: int) -> dict[str, Motif]:
    """Return themes by name: given ones, by the name of their file or a number, then so many inventions for each set of words.

    Raises
    ------
    RangeError
        If there are none.
    """
    named: dict[str, Motif] = {}
    for number, source in enumerate(given, start=1):
        stem = Path(source).stem if Path(source).suffix.lower() in _FILES else f"{number}"
        named[stem if stem not in named else f"{stem} {number}"] = given_motif(source, "", "", degrees=False, part=1, bars="")
    for text in words:
        for number in range(1, count + 1):
            name = f"{text} {number}"
            named[name] = invent(text.split(), seed=seed + number, name=name).motif
    if not named:
        raise RangeError("no theme is given; accepted: motif texts, files, or --invent with words such as 'brave lonely'")
    return named
