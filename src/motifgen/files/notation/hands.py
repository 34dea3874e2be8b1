"""Which hand plays what of a keyboard or harp: the upper staff or the lower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise

from motifgen.sketch.score import StaffNote

_SPLITS = (48, 52, 55, 57, 60, 62, 64, 67, 72)
_REACH = 14
_FINGERS = 5
_STRETCH = 3.0
_MOVE = 1.0
_ACROSS, _BUSY, _HOME = 0.4, 1.5, 0.03
_PASS, _QUICK, _BOTH = 2.4, Fraction(1, 2), 3
_RINGING = Fraction(2)


def hands(notes: Sequence[StaffNote]) -> tuple[tuple[StaffNote, ...], tuple[StaffNote, ...]]:
    """Return the notes of the right hand and of the left.

    What sounds together is split at a height that wanders with the music, by dynamic programming: so that no hand reaches over a
    ninth or has more than five notes, neither climbs far over the middle, the split moves little, a quick figure stays in one hand as
    long as it can, instead of passing to and fro, and what moves is played by the hand that holds nothing.

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
    way = _way(groups)
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


def _way(groups: Sequence[Sequence[StaffNote]]) -> list[int]:
    """Return the split of every group, the cheapest way through all."""
    costs = [_cost(groups[0], (), split) for split in _SPLITS]
    held = list(_held(groups))
    sides = [_sides(groups[0], split) for split in _SPLITS]
    trail: list[list[int]] = []
    for (before, group), keys in zip(pairwise(groups), held[1:], strict=True):
        now, passing = [_sides(group, split) for split in _SPLITS], _passing(before[0].onset, group[0].onset)
        came, made = [], []
        for place, split in enumerate(_SPLITS):
            ways = [
                round(cost + _MOVE * abs(place - other) + passing * (sides[other] ^ now[place] == _BOTH), 6)
                for other, cost in enumerate(costs)
            ]
            best = min(ways)
            came.append(ways.index(best))
            made.append(best + _cost(group, keys, split))
        trail.append(came)
        costs, sides = made, now
    places = [costs.index(min(costs))]
    for came in reversed(trail):
        places.append(came[places[-1]])
    return [_SPLITS[place] for place in reversed(places)]


def _sides(group: Sequence[StaffNote], split: int) -> int:
    """Return which hands play a group: 1 the right, 2 the left, 3 both."""
    return (group[-1].pitch.midi >= split) + 2 * (group[0].pitch.midi < split)


def _passing(before: Fraction, onset: Fraction) -> float:
    """Return what it costs to pass a figure to the other hand: less on a beat, nothing where there is time."""
    if onset - before > _QUICK:
        return 0.0
    return _PASS / 2 if onset.denominator == 1 else _PASS


def _held(groups: Sequence[Sequence[StaffNote]]) -> Iterator[tuple[int, ...]]:
    """Yield for every group the keys that are held from before."""
    sounding: list[StaffNote] = []
    for group in groups:
        sounding = [note for note in sounding if note.end > group[0].onset]
        yield tuple(note.pitch.midi for note in sounding)
        sounding += group


def _cost(group: Sequence[StaffNote], held: Sequence[int], split: int) -> float:
    heights = [note.pitch.midi for note in group]
    upper, lower = [key for key in heights if key >= split], [key for key in heights if key < split]
    stretched = sum(max(max(hand) - min(hand) - _REACH, 0) + 4 * max(len(hand) - _FINGERS, 0) for hand in (upper, lower) if hand)
    across = sum(max(57 - key, 0) for key in upper) + sum(max(key - 62, 0) for key in lower)
    busy = (bool(upper) and any(key >= split for key in held)) + (bool(lower) and any(key < split for key in held))
    return _STRETCH * stretched + _BUSY * busy + _ACROSS * across + _HOME * abs(_SPLITS.index(split) - _SPLITS.index(60))
