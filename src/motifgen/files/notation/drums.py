"""Where unpitched percussion is written: places on the staff and kinds of note heads."""

from __future__ import annotations

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
_MIDDLE = ("B4", "normal")


def place(key: int) -> tuple[str, str]:
    """Return (place, note head) of a General MIDI drum key on a staff of five lines.

    Keys that have no place of their own stand on the middle line. One line for a single instrument would be usual, but programs
    disagree on which pitch stands on it.

    Examples
    --------
    >>> place(36), place(42), place(78)
    (('F4', 'normal'), ('G5', 'x'), ('B4', 'normal'))
    """
    return _KIT.get(key, _MIDDLE)
