"""A part as arrays: what the rules read. Notes that begin together are one *event*; rules see its highest note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import ScoreNote, ScorePart
from motifgen.compose.performance.grouping import group_ends
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
    phrase : NDArray of int
        The number of the phrase in which each begins.
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
    phrase: Ints

    @classmethod
    def of(cls, part: ScorePart, clock: Clock, phrases: Floats, rests: Sequence[tuple[int, int]] = ()) -> Strand:
        """Return a part's notes as arrays, without what one player cannot do: a pitch struck twice at once, notes inside a rest.

        Parameters
        ----------
        part : ScorePart
        clock : Clock
        phrases : NDArray of float
            Seconds at which phrases begin, and the scene's end.
        rests : sequence of (int, int)
            Ticks from and up to which nothing may sound.
        """
        on = np.array([_tick(*note.onset.as_integer_ratio()) for note in part.notes], dtype=np.int64)
        off = np.maximum(np.array([_end(note) for note in part.notes], dtype=np.int64), on + 1)
        pitch = np.array([note.pitch.midi for note in part.notes], dtype=np.int64)
        order = np.lexsort((-off, pitch, on))
        order = order[_playable(on[order], pitch[order], rests)]
        notes = tuple(part.notes[i] for i in order)
        on, off = on[order], off[order]
        start = clock.seconds(on)
        phrase = np.clip(np.searchsorted(phrases, start + 1e-6, side="right") - 1, 0, len(phrases) - 2)
        levels = np.array([note.level for note in notes], dtype=np.float64)
        statements = np.array([note.statement for note in notes], dtype=np.int64)
        return cls(part, notes, on, off, start, clock.seconds(off), pitch[order], levels, statements, phrase)

    @property
    def unplayed(self) -> int:
        """Return how many notes of the part were left out."""
        return len(self.part.notes) - len(self.notes)

    @cached_property
    def marks(self) -> frozenset[str]:
        """All marks that any note bears."""
        return frozenset[str]().union(*{note.marks for note in self.notes})

    def marked(self, *marks: str) -> Bools:
        """Tell which notes bear one of the marks."""
        wanted = self.marks.intersection(marks)
        if not wanted:
            return np.zeros(self.on.shape, dtype=bool)
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
    def repeats(self) -> Bools:
        """For each note, whether the next event, following at once, has its pitch again."""
        order = np.lexsort((self.on, self.pitch))
        again = np.zeros(self.on.shape, dtype=bool)
        same = np.diff(self.pitch[order]) == 0
        again[order[:-1]] = same & (np.diff(self.event[order]) == 1)
        return again & self.joined[self.event]

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
    def closing(self) -> Bools:
        """For each event, whether it is the last of its phrase."""
        phrase = self.phrase[self.first]
        return np.append(np.diff(phrase) > 0, np.ones(min(phrase.size, 1), dtype=bool))

    @cached_property
    def grouped(self) -> Bools:
        """For each event, whether a small group ends with it, within a phrase or with it."""
        return group_ends(self.interval, self.top, ~self.joined | self.closing)

    @cached_property
    def joined(self) -> Bools:
        """For each event, whether the next begins as soon as it ends; never for the last."""
        start = self.start[self.first]
        return np.append(start[1:] - self.until[:-1] < 0.02, np.zeros(min(start.size, 1), dtype=bool))


def _playable(on: Ints, pitch: Ints, rests: Sequence[tuple[int, int]]) -> Bools:
    """Tell which notes, sorted by onset and pitch, are the first of their kind and begin outside every rest."""
    kept = (np.diff(on, prepend=-1) != 0) | (np.diff(pitch, prepend=-1) != 0)
    for start, end in rests:
        kept &= (on < start) | (on >= end)
    return np.asarray(kept, dtype=bool)


def _end(note: ScoreNote) -> int:
    (onset, parts), (duration, others) = note.onset.as_integer_ratio(), note.duration.as_integer_ratio()
    return _tick(onset * others + duration * parts, parts * others)


def _tick(numerator: int, denominator: int) -> int:
    """Return the nearest tick of a place in quarters, halves to even as everywhere; fractions would take ten times as long."""
    whole, rest = divmod(numerator * PPQ, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))
