"""A part as arrays: what the rules read. Notes that begin together are one *event*; rules see its highest note."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import ScoreNote, ScorePart
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Clock:
    """A tempo map as arrays: seconds of many ticks at once, and back, to the nanosecond."""

    def __init__(self, tempo: TempoMap) -> None:
        """Take over the steps of a tempo map."""
        self._ticks = np.array([tick for tick, _ in tempo.steps], dtype=np.float64)
        self._rates = np.array([microseconds / (PPQ * 1e6) for _, microseconds in tempo.steps])
        self._starts = np.array([float(tempo.seconds(tick)) for tick, _ in tempo.steps])

    def seconds(self, ticks: Ints | Floats) -> Floats:
        """Return the seconds of ticks."""
        at = np.maximum(np.searchsorted(self._ticks, ticks, side="right") - 1, 0)
        return np.asarray(self._starts[at] + (ticks - self._ticks[at]) * self._rates[at], dtype=np.float64)

    def ticks(self, seconds: Floats) -> Ints:
        """Return the nearest ticks of seconds."""
        at = np.maximum(np.searchsorted(self._starts, seconds, side="right") - 1, 0)
        exact = self._ticks[at] + (seconds - self._starts[at]) / self._rates[at]
        # Rounded first, so that a last bit of floating point cannot decide which tick it is.
        return np.asarray(np.rint(np.round(exact, 6)), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Strand:
    """The notes of a part, in order of onset, then pitch.

    Parameters
    ----------
    on, off : NDArray of int
        Written onset and end, ticks.
    start, stop : NDArray of float
        The same in seconds.
    pitch, level, statement : NDArray
        As in `motifgen.compose.desk.ScoreNote`.
    """

    part: ScorePart
    notes: tuple[ScoreNote, ...]
    on: Ints
    off: Ints
    start: Floats
    stop: Floats
    pitch: Ints
    level: Floats
    statement: Ints

    @classmethod
    def of(cls, part: ScorePart, clock: Clock) -> Strand:
        """Return a part's notes as arrays."""
        notes = tuple(sorted(part.notes, key=lambda note: (note.onset, note.pitch.midi, note.duration)))
        on = np.array([_tick(note.onset) for note in notes], dtype=np.int64)
        off = np.maximum(np.array([_tick(note.onset + note.duration) for note in notes], dtype=np.int64), on + 1)
        return cls(part, notes, on, off, clock.seconds(on), clock.seconds(off),
                   np.array([note.pitch.midi for note in notes], dtype=np.int64),
                   np.array([note.level for note in notes], dtype=np.float64),
                   np.array([note.statement for note in notes], dtype=np.int64))  # fmt: skip

    def marked(self, *marks: str) -> Bools:
        """Tell which notes bear one of the marks."""
        wanted = frozenset(marks)
        return np.array([not wanted.isdisjoint(note.marks) for note in self.notes], dtype=bool)

    @cached_property
    def event(self) -> Ints:
        """For each note, the number of its event."""
        return np.cumsum(np.diff(self.on, prepend=self.on[:1]) > 0)

    @cached_property
    def first(self) -> Ints:
        """For each event, its first note."""
        return np.flatnonzero(np.diff(self.on, prepend=-1) > 0)

    @cached_property
    def top(self) -> Ints:
        """For each event, its highest pitch."""
        return np.maximum.reduceat(self.pitch, self.first) if self.pitch.size else self.pitch

    @cached_property
    def until(self) -> Floats:
        """For each event, the second at which its last note is written to end."""
        return np.maximum.reduceat(self.stop, self.first) if self.pitch.size else self.stop

    @cached_property
    def interval(self) -> Floats:
        """For each event, milliseconds to the next onset, but not over a rest: then to its own end."""
        start = self.start[self.first]
        following = np.append(start[1:], self.until[-1:])
        return np.where(self.joined, following - start, self.until - start) * 1000

    @cached_property
    def joined(self) -> Bools:
        """For each event, whether the next begins as soon as it ends; never for the last."""
        start = self.start[self.first]
        return np.append(start[1:] - self.until[:-1] < 0.02, np.zeros(min(start.size, 1), dtype=bool))


def _tick(at: Fraction) -> int:
    """Return the nearest tick, halves to even as everywhere, without making another fraction."""
    whole, rest = divmod(at.numerator * PPQ, at.denominator)
    return whole + (2 * rest > at.denominator or (2 * rest == at.denominator and whole % 2 == 1))
