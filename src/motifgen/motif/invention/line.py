"""Pitch lines for motifs: a guided walk through degrees, with one salient interval, echoes, and a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, pi, sin

from motifgen.chance import Chance
from motifgen.motif.invention.harmony import Implied, chord_at
from motifgen.motif.invention.rhythm import Group, Rhythm
from motifgen.motif.statistics import interval_class
from motifgen.theory.scale import Degree, Mode
from motifgen.theory.time import Meter

_LEAP = 5


@dataclass(frozen=True, slots=True)
class LineBrief:
    """What is asked of a line.

    Parameters
    ----------
    mode : Mode
    range : int
        Semitones from the lowest to the highest note, about.
    contour : str
        ``arch``, ``rising``, ``falling`` or ``wave``.
    feature : int
        The salient interval in semitones, upwards positive.
    feature_at : int
        Which interval it is, from 0.
    start, goal : int
        Scale steps, 0 to 6, of the first and the last note.
    intervals : tuple[float, ...]
        Weight of each class of `motifgen.motif.statistics.INTERVALS`.
    parallel : float
        How readily an echo takes up the melody of what it echoes.
    """

    mode: Mode
    range: int
    contour: str
    feature: int
    feature_at: int
    start: int
    goal: int
    intervals: tuple[float, ...]
    parallel: float


def draw_line(brief: LineBrief, rhythm: Rhythm, chords: Sequence[Implied], meter: Meter, chance: Chance) -> tuple[Degree, ...]:
    """Return a degree for every note of a rhythm."""
    return tuple(_Walk(brief, rhythm, chords, meter, chance).degrees())


class _Walk:
    """One drawing of a line; holds what every step looks at."""

    def __init__(self, brief: LineBrief, rhythm: Rhythm, chords: Sequence[Implied], meter: Meter, chance: Chance) -> None:
        self.brief, self.chance = brief, chance
        self.groups, self.onsets = rhythm.groups, rhythm.onsets
        self.weights = [meter.weight(onset) for onset in self.onsets]
        self.chords = [chord_at(chords, onset) for onset in self.onsets]
        self.line: list[Degree] = []
        self.peak = chance.between(0.45, 0.72)
        self.base = 0

    def degrees(self) -> list[Degree]:
        """Walk group by group."""
        firsts: list[int] = []
        for group in self.groups:
            firsts.append(len(self.line))
            echoed = group.echo >= 0 and self._echo(group, firsts[group.echo])
            while not echoed and len(self.line) < firsts[-1] + len(group.cell):
                self.line.append(self._next())
        return self.line

    def _echo(self, group: Group, source: int) -> bool:
        """Take up the melody of an earlier group, moved to where the line now is; tell whether it was taken up."""
        size, last = len(group.cell), len(self.line) + len(group.cell) == len(self.onsets)
        if last or self.chance.unit() >= self.brief.parallel:
            return False
        first = self._next()
        shift = first.step - self.line[source].step
        moved = [degree.shifted(shift) for degree in self.line[source : source + size]]
        heights = [self._height(degree) for degree in moved]
        if min(heights) < self.base - 2 or max(heights) > self.base + self.brief.range + 2:
            return False
        self.line += moved
        return True

    def _height(self, degree: Degree) -> int:
        return self.brief.mode.semitones(degree.step) + degree.alter

    def _next(self) -> Degree:
        """Draw the next note."""
        place = len(self.line)
        if not place:
            return self._first()
        if place - 1 == self.brief.feature_at and place < len(self.onsets) - 1:
            return self._leap(self.brief.feature)
        before = self.line[-1]
        choices = [Degree(before.step + move) for move in range(-7, 8)]
        if place == len(self.onsets) - 1:
            goals = [degree for degree in choices if degree.step % 7 == self.brief.goal]
            choices = goals or choices
        return self.chance.weighted(choices, [self._weight(degree, place) + 1e-9 for degree in choices])

    def _first(self) -> Degree:
        """Begin, and lay the range around the beginning as the contour needs it."""
        low = self.brief.contour in {"arch", "rising"} and self.brief.start >= 4
        first = Degree(self.brief.start - 7 if low else self.brief.start)
        self.base = round(self._height(first) - self._curve(0) * self.brief.range)
        return first

    def _curve(self, x: float) -> float:
        """Return how high in the range the line should be, 0 to 1, at a share ``x`` of its length."""
        match self.brief.contour:
            case "arch":
                return 0.15 + 0.85 * (x / self.peak if x < self.peak else (1 - x) / (1 - self.peak))
            case "rising":
                return min(0.1 + 1.05 * x, 1.0)
            case "falling":
                return 0.7 + 0.3 * x / 0.25 if x < 0.25 else 1.0 - (x - 0.25) / 0.75
            case _:
                return 0.5 + 0.45 * sin(2.6 * pi * x)

    def _leap(self, size: int) -> Degree:
        """Return the degree at the salient interval from the last; altered where the mode has none there."""
        height = self._height(self.line[-1]) + size
        near = [Degree(self.line[-1].step + move) for move in range(-7, 8)]
        best = min(near, key=lambda degree: (abs(self._height(degree) - height), abs(degree.step)))
        gap = height - self._height(best)
        return Degree(best.step, gap if abs(size) in {1, 6} else 0)

    def _weight(self, degree: Degree, place: int) -> float:
        """Return how well a degree goes on from the line so far."""
        before, height = self._height(self.line[-1]), self._height(degree)
        move, x = height - before, place / max(len(self.onsets) - 1, 1)
        aim = self.base + self._curve(x) * self.brief.range
        weight = self.brief.intervals[interval_class(move)] / (2 if move else 1)
        weight *= exp(-(((height - aim) / (0.22 * self.brief.range + 1.4)) ** 2))
        return weight * self._harmonic(height, move, place) * self._recovery(move, place)

    def _harmonic(self, height: int, move: int, place: int) -> float:
        """Prefer chord tones where the meter is strong; elsewhere what passes by step."""
        if height % 12 in self.chords[place].tones:
            return 1.0
        strict = {4: 0.12, 3: 0.2, 2: 0.45}.get(self.weights[place], 0.7)
        return strict if abs(move) <= 2 else strict * 0.4

    def _recovery(self, move: int, place: int) -> float:
        """After a leap turn back, best by step (von Hippel and Huron, 2000); never leap on in the same direction unless on a chord."""
        if place < 2:
            return 1.0
        last = self._height(self.line[-1]) - self._height(self.line[-2])
        if abs(last) < _LEAP:
            return 1.0 if abs(move) + abs(last) <= 12 or move * last < 0 else 0.1
        if move * last > 0:
            return 0.35 if abs(move) <= 2 else 0.08
        return 2.0 if 0 < abs(move) <= 2 else 1.0
