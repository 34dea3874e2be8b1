"""Hits by points: all notes of a shape where its rhythm puts them, with ornaments between or with other voices around.

Notes as points in time and pitch, matched under translation: D. Meredith, K. Lemström and G. Wiggins, "Algorithms for discovering
repeated patterns in multidimensional representations of polyphonic music" (2002).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.finding.exact import Hit
from motifgen.measure.finding.shapes import Shape
from motifgen.measure.finding.strands import Ints
from motifgen.measure.finding.windows import Floats, Windows
from motifgen.sketch.events import PPQ

_LATE, _LOOK, _NEIGHBORS, _EXTRA_EACH = 0.5, 4, 3, 4
_MANY, _AMONG_OTHERS, _LOOK_AMONG_OTHERS, _NONE = 7, 6, 12, 999
_PACES = (Fraction(1), Fraction(2), Fraction(1, 2))


def ornamented_hits(windows: Windows, shapes: Sequence[Shape], *, paces: bool) -> Iterator[Hit]:
    """Yield places where a shape is heard through its ornaments; the shapes have one rhythm.

    A note may come late by half its length, as after an appoggiatura. Notes between must be near the motif's notes around them, a
    minor third at most, and not more than four for each of its steps. Motifs of less than seven notes are found only at their own
    pace, and with at least half of their steps plain: runs of passing notes hold others by chance.
    """
    broad = paces and len(shapes[0].pitches) >= _MANY
    for pace in _PACES if broad else _PACES[:1]:
        for anchor, place in ((0, 1), (1, 0)):
            search = _Search(windows, shapes[0].onsets, float(pace), anchor, _LATE, _LOOK, shapes[0].last)
            first = search.notes(place, np.arange(len(windows), dtype=np.int64))
            for shape in shapes:
                for row in _rows(search, shape, place, first):
                    hit = _checked(windows, shape, pace, row)
                    if hit is not None:
                        yield hit


def chordal_hits(windows: Windows, shapes: Sequence[Shape], *, paces: bool) -> Iterator[Hit]:
    """Yield places in parts of several voices where all notes of a shape are, whichever voice each belongs to.

    Parameters
    ----------
    windows : Windows
        On whole parts: `motifgen.measure.finding.strands.crowds_of`.
    shapes : Sequence[Shape]
        Only those of six notes, or of five that are not even, can be told from chance among other voices.
    """
    for rhythm in _by_rhythm(shapes):
        even = float(np.ptp(np.diff(rhythm[0].onsets))) < 1e-6
        if len(rhythm[0].pitches) < _AMONG_OTHERS - (not even):
            continue
        for pace in _PACES if paces else _PACES[:1]:
            search = _Search(windows, rhythm[0].onsets, float(pace), 0, 0.0, _LOOK_AMONG_OTHERS)
            first = search.notes(1, np.arange(len(windows), dtype=np.int64))
            for shape in rhythm:
                for row in _rows(search, shape, 1, first):
                    yield _plain(windows, shape, pace, row)


def _by_rhythm(shapes: Sequence[Shape]) -> list[list[Shape]]:
    found: dict[bytes, list[Shape]] = {}
    for shape in shapes:
        found.setdefault(shape.onsets.tobytes(), []).append(shape)
    return list(found.values())


def _plain(windows: Windows, shape: Shape, pace: Fraction, row: list[int]) -> Hit:
    strands = windows.strands
    rows, shift = tuple(strands.note[row].tolist()), int(strands.pitch[row[0]] - shape.pitches[0])
    return Hit(rows, strands.parts[strands.strand[row[0]]], shape, pace, shift, 0, 0, tuple(shape.onsets.tolist()))


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """A rhythm laid on strands at a pace, so that its note of one number, the anchor, is where it should be.

    Other notes may be ``late`` by a share of their length (that of the last note is ``last``, in quarters), and are among the first few,
    ``look``, that may stand there.
    """

    windows: Windows
    onsets: Floats
    pace: float
    anchor: int
    late: float
    look: int
    last: float = 0.0

    def notes(self, place: int, anchors: Ints) -> tuple[Ints, NDArray[np.int16]]:
        """Return for each anchor the first note that may stand at a place, and how far above it the next few are."""
        strands, quarter = self.windows.strands, PPQ * self.pace
        steps = np.diff(self.onsets)
        before, after = steps[max(place - 1, 0)], steps[min(place, len(steps) - 1)]
        due = strands.onset[anchors] + (self.onsets[place] - self.onsets[self.anchor]) * quarter
        early = self.windows.slack * min(before, after) * quarter + 1
        length = max(after, self.last) if place == len(steps) else after
        late = due + max(self.late * length * quarter, early) + 1
        low = np.searchsorted(strands.onset, due - early)
        apart = np.full((self.look, len(anchors)), _NONE, dtype=np.int16)
        for look in range(self.look):
            index = np.minimum(low + look, len(self.windows) - 1)
            if not np.any(strands.onset[index] <= late):
                break
            there = (low + look < len(self.windows)) & (strands.onset[index] <= late) & (strands.strand[index] == strands.strand[anchors])
            apart[look, there] = (strands.pitch[index] - strands.pitch[anchors])[there]
        return low, apart


def _chosen(found: tuple[Ints, NDArray[np.int16]], wanted: int) -> tuple[Ints, Ints]:
    """Return which anchors have a note so many semitones above them, and that note for each of them."""
    low, apart = found
    right = apart == wanted
    kept = np.flatnonzero(right.any(axis=0))
    return kept, low[kept] + np.argmax(right[:, kept], axis=0)


def _rows(search: _Search, shape: Shape, place: int, first: tuple[Ints, NDArray[np.int16]]) -> Iterator[list[int]]:
    """Yield the notes of each place where a shape is, given what may stand at the place next to the anchor."""
    anchor, count = search.anchor, len(shape.pitches)
    above = (shape.pitches - shape.pitches[anchor]).tolist()
    anchors, notes = _chosen(first, above[place])
    columns: dict[int, Ints] = {anchor: anchors, place: notes}
    for other in sorted(set(range(count)) - {anchor, place}, key=lambda number: (abs(number - anchor), number)):
        if not len(columns[anchor]):
            return
        kept, notes = _chosen(search.notes(other, columns[anchor]), above[other])
        columns = {number: column[kept] for number, column in columns.items()} | {other: notes}
    yield from np.stack([columns[number] for number in range(count)], axis=1).tolist()


def _checked(windows: Windows, shape: Shape, pace: Fraction, notes: list[int]) -> Hit | None:
    """Return the hit of some notes of a strand, unless they are out of order, plain, or lost among others."""
    first, last, count = notes[0], notes[-1], len(notes)
    extra = last - first + 1 - count
    if any(b <= a for a, b in pairwise(notes)) or not 0 < extra <= _EXTRA_EACH * (count - 1):
        return None
    strands = windows.strands
    pitch = strands.pitch[first : last + 1]
    if count < _MANY and 2 * np.count_nonzero(np.diff(notes) > 1) > count - 1:
        return None
    owner = np.searchsorted(notes, np.arange(first, last + 1), side="right") - 1
    own = strands.pitch[notes]
    following = own[np.minimum(owner + 1, count - 1)]
    if np.any(np.minimum(np.abs(pitch - own[owner]), np.abs(pitch - following)) > _NEIGHBORS):
        return None
    begun = int(strands.onset[first])
    onsets = tuple(((strands.onset[first : last + 1] - begun) / (PPQ * float(pace))).tolist())
    rows = tuple(strands.note[first : last + 1].tolist())
    return Hit(rows, strands.parts[strands.strand[first]], shape, pace, int(own[0] - shape.pitches[0]), 0, extra, onsets)
