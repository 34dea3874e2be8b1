"""Where unpitched percussion is written: places on the staff and kinds of note heads."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

#: General MIDI drum key -> (place as if in treble clef, note head), after the usual drum-kit notation.
_KIT = MappingProxyType({
    35: ("F4", "normal"), 36: ("F4", "normal"), 37: ("C5", "x"), 38: ("C5", "normal"), 39: ("C5", "x"), 40: ("C5", "normal"),
    41: ("A4", "normal"), 42: ("G5", "x"), 43: ("A4", "normal"), 44: ("D4", "x"), 45: ("B4", "normal"), 46: ("G5", "circle-x"),
    47: ("D5", "normal"), 48: ("E5", "normal"), 49: ("A5", "x"), 50: ("E5", "normal"), 51: ("F5", "x"), 52: ("B5", "x"),
    53: ("F5", "diamond"), 54: ("E5", "x"), 55: ("B5", "x"), 56: ("E5", "triangle"), 57: ("B5", "x"), 59: ("F5", "x"),
    60: ("D5", "normal"), 61: ("B4", "normal"), 62: ("D5", "x"), 63: ("D5", "normal"), 64: ("B4", "normal"), 69: ("G5", "x"),
    70: ("G5", "x"), 76: ("E5", "normal"), 77: ("C5", "normal"), 82: ("G5", "x"),
})  # fmt: skip
_LINE = "E4"
_METAL = frozenset({42, 44, 46, 49, 51, 52, 53, 55, 57, 59, 80, 81})


def lines(keys: Iterable[int]) -> int:
    """Return how many lines a percussion staff needs: one for a single sound, else five.

    Examples
    --------
    >>> lines({36}), lines({36, 38, 42})
    (1, 5)
    """
    return 1 if len(set(keys)) <= 1 else 5


def place(key: int, staff: int) -> tuple[str, str]:
    """Return (place, note head) of a General MIDI drum key on a staff of so many lines.

    Keys that have no place of their own stand on the middle line.

    Examples
    --------
    >>> place(36, 5), place(42, 5), place(36, 1), place(49, 1)
    (('F4', 'normal'), ('G5', 'x'), ('E4', 'normal'), ('E4', 'x'))
    """
    if staff == 1:
        return _LINE, "x" if key in _METAL else "normal"
    return _KIT.get(key, ("B4", "normal"))
