"""The figures by which melodies are compared with real themes: range, shares of intervals, rhythm, contour."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from motifgen.motif.motif import Motif
from motifgen.theory.time import Meter

INTERVALS = ("repeat", "second", "third", "fourth", "tritone", "fifth", "sixth", "seventh", "octave")
CALLS = (5, 7, 12)
"""The sizes in semitones that call when they rise."""

_CLASS = (0, 1, 1, 2, 2, 3, 4, 5, 6, 6, 7, 7)


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted in a melody. Intervals and ranges are in semitones, shares are 0 to 1.

    Parameters
    ----------
    notes : int
        Sounded notes, ties joined.
    notes_in_two_bars, range_in_two_bars : int
        Of the pickup and the first two bars.
    range : int
        From the lowest to the highest note.
    shares : tuple[float, ...]
        Of each class of `INTERVALS`; all 0 when there is one note.
    semitones : float
        Share of semitone steps among the intervals that move.
    opening : int
        The first interval that moves; 0 when none does.
    largest_rise : int
        The largest upward interval among the first 8 notes.
    calls : bool
        Whether a fourth, a fifth or an octave rises among the first 4 intervals.
    pickup, minor, arch : bool
        Whether it begins before the bar line; whether its mode has a minor third; whether its first two bars begin and
        end below their mean pitch.
    npvi : float
        Normalised pairwise variability of the durations, 0 (even) to 200 (Grabe and Low, Durational variability in
        speech and the rhythm class hypothesis, 2002).
    durations : int
        How many different durations it has.
    """

    notes: int
    notes_in_two_bars: int
    range: int
    range_in_two_bars: int
    shares: tuple[float, ...]
    semitones: float
    opening: int
    largest_rise: int
    calls: bool
    pickup: bool
    minor: bool
    arch: bool
    npvi: float
    durations: int

    @property
    def numbers(self) -> tuple[float, ...]:
        """Return the figures that tell one kind of melody from another, as numbers; yes is 1."""
        counted = (self.notes, self.notes_in_two_bars, self.range, self.range_in_two_bars, self.semitones, self.largest_rise, self.npvi)
        told = (self.calls, self.pickup, self.minor, self.arch, self.opening > 0)
        return tuple(float(value) for value in (*counted, self.durations, *self.shares, *told))

    def share(self, interval: str) -> float:
        """Return the share of a class of intervals: ``"second"``, ``"fifth"`` ..."""
        return self.shares[INTERVALS.index(interval)]


def interval_class(semitones: int) -> int:
    """Return the place in `INTERVALS` of an interval; an octave and all beyond it are one class.

    Examples
    --------
    >>> INTERVALS[interval_class(-3)]
    'third'
    """
    size = abs(semitones)
    return _CLASS[size] if size < 12 else 8


def figures(motif: Motif) -> Figures:
    """Return the figures of a motif in its home key.

    Examples
    --------
    >>> from motifgen.motif.motif import Note
    >>> from motifgen.theory.scale import Degree, Key
    >>> from motifgen.theory.time import Meter
    >>> call = Motif(tuple(Note(Degree(s), Fraction(1)) for s in (0, 4, 3)), Key.parse("D minor"), Meter(4, 4))
    >>> f = figures(call)
    >>> f.range, f.opening, f.share("fifth"), f.calls
    (7, 7, 0.5, True)
    """
    heard = [(onset, duration, pitch.midi) for onset, duration, pitch in motif.sounding()]
    return figures_of(heard, motif.meter, motif.pickup, minor=motif.key.mode.minor)


def figures_of(heard: Sequence[tuple[Fraction, Fraction, int]], meter: Meter, pickup: Fraction, *, minor: bool) -> Figures:
    """Return the figures of a melody given as onsets and durations (quarters) and MIDI key numbers, in order of time."""
    onsets, durations, pitches = [note[0] for note in heard], [note[1] for note in heard], [note[2] for note in heard]
    moves = [b - a for a, b in pairwise(pitches)]
    moving = [move for move in moves if move]
    two = pitches[: bisect_left(onsets, pickup + 2 * meter.bar)]
    counts = [0] * len(INTERVALS)
    for move in moves:
        counts[interval_class(move)] += 1
    return Figures(
        notes=len(pitches),
        notes_in_two_bars=len(two),
        range=_range(pitches),
        range_in_two_bars=_range(two),
        shares=tuple(count / max(len(moves), 1) for count in counts),
        semitones=sum(abs(move) == 1 for move in moving) / max(len(moving), 1),
        opening=moving[0] if moving else 0,
        largest_rise=max([0, *moves[:7]]),
        calls=calls(moves),
        pickup=pickup > 0,
        minor=minor,
        arch=_arches(two),
        npvi=npvi(durations),
        durations=len(set(durations)),
    )


def calls(moves: Sequence[int]) -> bool:
    """Tell whether a fourth, a fifth or an octave rises among the first 4 intervals, given in semitones."""
    return any(move in CALLS for move in moves[:4])


def npvi(durations: Iterable[Fraction | int]) -> float:
    """Return the normalised pairwise variability of durations in any unit, 0 to 200; fewer than two have none.

    Examples
    --------
    >>> npvi([Fraction(3, 4), Fraction(1, 4)])
    100.0
    """
    pairs = list(pairwise([float(duration) for duration in durations]))
    return 200 * sum(abs(a - b) / (a + b) for a, b in pairs) / len(pairs) if pairs else 0.0


def _range(pitches: Sequence[int]) -> int:
    return max(pitches) - min(pitches) if pitches else 0


def _arches(pitches: Sequence[int]) -> bool:
    """Tell whether a line begins and ends below its mean (the convex arch of Huron, 1996)."""
    mean = Fraction(sum(pitches), len(pitches)) if pitches else Fraction(0)
    return bool(pitches) and pitches[0] < mean > pitches[-1]
