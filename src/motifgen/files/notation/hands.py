"""Which hand plays what of a keyboard or harp: the upper staff or the lower."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from motifgen.sketch.score import StaffNote

_SPLITS = (48, 52, 55, 57, 60, 62, 64, 67, 72)
_REACH = 14
_FINGERS = 5
_STRETCH = 3.0
_MOVE = 1.0
_Way = tuple[float, tuple[int, ...]]


def hands(notes: Sequence[StaffNote]) -> tuple[tuple[StaffNote, ...], tuple[StaffNote, ...]]:
    """Return the notes of the right hand and of the left.

    What sounds together is split at a height that wanders with the music, by dynamic programming: so that no hand reaches over a
    ninth or has more than five notes, neither climbs far over the middle, and the split moves little.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from motifgen.theory.pitch import Pitch
    >>> chord = [StaffNote(Fraction(0), Fraction(1), Pitch.parse(name), 0.5) for name in ("A2", "E3", "A3", "C#4", "A4")]
    >>> [[str(note.pitch) for note in hand] for hand in hands(chord)]
    [['C#4', 'A4'], ['A2', 'E3', 'A3']]
    """
    groups = [
        tuple(group) for _, group in groupby(sorted(notes, key=lambda note: (note.onset, note.pitch.midi)), key=lambda note: note.onset)
    ]
    if not groups:
        return (), ()
    best: dict[int, _Way] = {split: (_cost(groups[0], split), (split,)) for split in _SPLITS}
    for group in groups[1:]:
        best = {split: _reach(best, split, _cost(group, split)) for split in _SPLITS}
    way = min(best.values(), key=lambda each: round(each[0], 6))[1]
    right = tuple(note for group, split in zip(groups, way, strict=True) for note in group if note.pitch.midi >= split)
    left = tuple(note for group, split in zip(groups, way, strict=True) for note in group if note.pitch.midi < split)
    return right, left


def _reach(best: dict[int, _Way], split: int, cost: float) -> _Way:
    before = min(best, key=lambda each: round(best[each][0] + _move(each, split), 6))
    total, way = best[before]
    return total + cost + _move(before, split), (*way, split)


def _move(before: int, split: int) -> float:
    return _MOVE * abs(_SPLITS.index(split) - _SPLITS.index(before))


def _cost(group: Sequence[StaffNote], split: int) -> float:
    heights = [note.pitch.midi for note in group]
    upper, lower = [key for key in heights if key >= split], [key for key in heights if key < split]
    stretched = sum(max(max(hand) - min(hand) - _REACH, 0) + 4 * max(len(hand) - _FINGERS, 0) for hand in (upper, lower) if hand)
    across = sum(max(57 - key, 0) for key in upper) + sum(max(key - 62, 0) for key in lower)
    return _STRETCH * stretched + across + 0.1 * abs(_SPLITS.index(split) - _SPLITS.index(60))
