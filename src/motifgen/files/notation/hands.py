"""Which hand plays what of a keyboard or harp: the upper staff or the lower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from motifgen.sketch.score import StaffNote

_SPLITS = (48, 52, 55, 57, 60, 62, 64, 67, 72)
_REACH = 14
_FINGERS = 5
_STRETCH = 3.0
_MOVE = 1.0
_RINGING = Fraction(2)
_Way = tuple[float, tuple[int, ...]]


def hands(notes: Sequence[StaffNote]) -> tuple[tuple[StaffNote, ...], tuple[StaffNote, ...]]:
    """Return the notes of the right hand and of the left.

    What sounds together is split at a height that wanders with the music, by dynamic programming: so that no hand reaches over a
    ninth or has more than five notes, neither climbs far over the middle, and the split moves little.

    Examples
    --------
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


def gathered(notes: Sequence[StaffNote]) -> tuple[StaffNote, ...]:
    """Return what one hand plays, or who plucks or strikes, as one voice where that is how it is read.

    What begins together ends together, and at the next note at the latest: it rings on, or the pedal holds it. Notes of a theme and
    those longer than a half note keep their length, in a voice of their own.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> rows = ((0, "3/2", "C3"), (0, "1/2", "E3"), ("1/2", "1", "G3"), (1, "1", "C4"))
    >>> chord = [StaffNote(Fraction(at), Fraction(long), Pitch.parse(name), 0.5) for at, long, name in rows]
    >>> [str(note.duration) for note in gathered(chord)]
    ['1/2', '1/2', '1/2', '1']
    """
    rows = sorted(notes, key=lambda note: (note.onset, note.pitch.midi))
    groups = [tuple(group) for _, group in groupby(rows, key=lambda note: note.onset)]
    found: list[StaffNote] = []
    for number, group in enumerate(groups):
        free = [note for note in group if _free(note)]
        following = [after[0].onset for after in groups[number + 1 : number + 2]]
        end = min((max((note.end for note in free), default=group[0].onset), *following))
        found += [replace(note, duration=end - note.onset) if _free(note) else note for note in group]
    return tuple(found)


def _free(note: StaffNote) -> bool:
    return note.statement < 0 and note.duration <= _RINGING and "tremolo" not in note.marks


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
