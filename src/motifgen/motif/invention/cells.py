"""Rhythm cells: what an accented group of a bar may be filled with, by character.

Durations are whole numbers of ticks, `TICKS` to a quarter, because many rhythms are drawn for one that is kept; a negative duration
is a rest.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files

from motifgen.motif.invention.archetype import Weights

TICKS = 96
Cell = tuple[int, ...]
_VALUES = {"w": 4 * TICKS, "h": 2 * TICKS, "q": TICKS, "e": TICKS // 2, "s": TICKS // 4, "t": TICKS // 8}


def sounding(cell: Cell) -> int:
    """Return how many notes a cell has."""
    return sum(length > 0 for length in cell)


def cell_length(cell: Cell) -> int:
    """Return the ticks of a cell, rests included."""
    return sum(map(abs, cell))


@lru_cache(maxsize=256)
def cell_choices(length: int, characters: Weights) -> list[tuple[Cell, float, int]]:
    """Return the cells of a length, how well they suit, and how many notes they have; an unusual length takes those of half or twice it."""
    likely, table = dict(characters), _cells()
    for scale in (Fraction(1), Fraction(2), Fraction(4), Fraction(1, 2), Fraction(1, 4)):
        rows = table.get(int(length / scale), ()) if (length / scale).denominator == 1 else ()
        found = [(tuple(int(d * scale) for d in cell), likely[character]) for character, cell in rows if character in likely]
        if found:
            return [(cell, weight, sounding(cell)) for cell, weight in found]
    return [((length,), 1.0, 1)]


@cache
def _cells() -> dict[int, tuple[tuple[str, Cell], ...]]:
    """Read the rhythm cells by their length, each with its character."""
    text = (files("motifgen") / "data" / "rhythm_cells.csv").read_text(encoding="utf-8")
    found: dict[int, tuple[tuple[str, Cell], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        length = int(Fraction(row["length"]) * TICKS)
        found[length] = (*found.get(length, ()), (row["character"], parsed_cell(row["cell"])))
    return found


def parsed_cell(text: str) -> Cell:
    """Read a cell: ``"q. e"``, with tuplets as ``e3`` and rests as ``re``; rests are negative.

    Examples
    --------
    >>> parsed_cell("q. re e3")
    (144, -48, 32)
    """
    return tuple(-_token(token[1:]) if token[0] == "r" else _token(token) for token in text.split())


def _token(token: str) -> int:
    value, rest = _VALUES[token[0]], token[1:]
    return value * 2 // 3 if rest == "3" else value * 2 - value // 2 ** len(rest)
