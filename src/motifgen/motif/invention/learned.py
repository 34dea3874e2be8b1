"""What folk songs teach: how likely an interval follows another, a degree stands on a weight of the bar, a close is made.

The table is made by ``scripts/learn_melody_statistics.py`` from the Essen collection of folk songs.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from math import log2

_CLASSES = (0, 1, 1, 2, 2, 3, 3, 3)
_SMOOTH = 0.5


def move_class(semitones: int) -> int:
    """Return the signed size of an interval: 0 none, 1 a step, 2 a third, 3 up to a fifth, 4 wider.

    These are the fuzzy interval classes of Müllensiefen and Frieler (Cognitive adequacy in the measurement of melodic
    similarity, 2004).

    Examples
    --------
    >>> move_class(2), move_class(-4), move_class(9)
    (1, -2, 4)
    """
    size = abs(semitones)
    number = _CLASSES[size] if size < 8 else 4
    return number if semitones >= 0 else -number


@cache
def surprise_of_move(before: int, after: int) -> float:
    """Return how unexpected an interval is after another, both in semitones: bits above the average of its row.

    Examples
    --------
    >>> surprise_of_move(9, -2) < surprise_of_move(9, 9)
    True
    """
    return _surprise("move", str(move_class(before)), str(move_class(after)))


@cache
def surprise_of_degree(height: int, weight: int, *, minor: bool) -> float:
    """Return how unexpected a note is at a weight of the bar; ``height`` in semitones above the tonic."""
    return _surprise(f"degree {'minor' if minor else 'major'}", str(weight), str(height % 12))


@cache
def surprise_of_close(move: int, *, minor: bool) -> float:
    """Return how unexpected an interval into the last note is, in semitones."""
    return _surprise("close", "minor" if minor else "major", str(move_class(move)))


def _surprise(table: str, given: str, then: str) -> float:
    """Return the bits of a count in its row, above the row's entropy."""
    row = _rows().get((table, given), {})
    total = sum(row.values()) + _SMOOTH * (len(row) + 1)
    bits = {name: -log2((count + _SMOOTH) / total) for name, count in row.items()}
    entropy = sum(bits[name] * (count + _SMOOTH) / total for name, count in row.items())
    return bits.get(then, -log2(_SMOOTH / total) if total else 0.0) - entropy


@cache
def _rows() -> dict[tuple[str, str], dict[str, int]]:
    text = (files("motifgen") / "data" / "melody_statistics.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault((row["table"], row["given"]), {})[row["then"]] = int(row["count"])
    return found
