"""Pitch lines for motifs: a guided walk through degrees, with one salient interval, echoes, and a goal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, pi, sin

from motifgen.chance import Chance
from motifgen.motif.invention.learned import surprise_of_move
from motifgen.motif.invention.skeleton import Echo, Skeleton, Slot
from motifgen.motif.statistics import interval_class
from motifgen.theory.scale import Degree, Mode

_LEAP = 5
_LONG = 20  # so many notes are a theme, whose peak comes late
_VARIED = 4  # an echo of so many notes may end otherwise
_SHIFTS = (-3, -2, -1, 1, 2, 3)
_FAR = 9
_KIN = {3: (4,), 4: (3,), 5: (7,), 7: (5,), 8: (9, 7), 9: (8, 7), 10: (12, 9), 11: (12,), 12: (12,), 2: (1, 3)}
_STRICT = {4: 0.12, 3: 0.2, 2: 0.45}  # what a note outside the chord is worth, by metrical weight
_BENDING = (0, 4)  # scale steps whose neighbours may be bent to a semitone away: the tonic and the fifth
_WIDE = 16
_LOWEST = 700
_NO_TURN = (1.0,) * (2 * _WIDE + 1)


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
    start, goal : int
        Scale steps, 0 to 6, of the first and the last note.
    intervals : tuple[float, ...]
        Weight of each class of `motifgen.motif.statistics.INTERVALS`.
    folk : float
        How much the habits of folk song count, 0 to 1.
    chordal : float
        How strictly it keeps to the notes of its chords, 0 to 1.
    rises : bool
        Whether its first interval that moves should ascend.
    parallel : float
        How readily an echo takes up the melody of what it echoes, 0 to 1.
    exact : float
        How readily an echo stays at the pitch of what it echoes, and is not moved, 0 to 1.
    falls : float
        Share of its steps and thirds that should fall; a half leaves it open.
    feature_at : int
        Which interval the salient one is, from 0; -1 leaves it to the rhythm.
    signs : tuple[int, ...]
        A contour to follow note by note (1 up, 0 level, -1 down), as far as it goes.
    calls : bool, optional
        Whether a fourth, a fifth or an octave should rise among its first four intervals; None leaves it open.
    """

    mode: Mode
    range: int
    contour: str
    feature: int
    start: int
    goal: int
    intervals: tuple[float, ...]
    folk: float
    chordal: float
    rises: bool
    parallel: float
    exact: float = 0.0
    falls: float = 0.5
    feature_at: int = -1
    signs: tuple[int, ...] = ()
    calls: bool | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line: a degree for every slot, the semitones of each above the tonic, and which interval is the salient one."""

    degrees: tuple[Degree, ...]
    heights: tuple[int, ...]
    feature_at: int


def draw_line(brief: LineBrief, bones: Skeleton, chance: Chance) -> Drawn:
    """Return a degree for every slot of a skeleton."""
    return _Walk(brief, bones, chance).drawn()


class _Walk:
    """One drawing of a line; holds what every step looks at."""

    def __init__(self, brief: LineBrief, bones: Skeleton, chance: Chance) -> None:
        self.brief, self.slots, self.chance = brief, bones.slots, chance
        self.echoes = {echo.first: echo for echo in bones.echoes}
        self.line: list[Degree] = []
        self.heights: list[int] = []
        self.peak = chance.between(0.45, 0.72) if len(self.slots) < _LONG else chance.between(0.6, 0.85)
        self.base = 0
        self.spread = 0.22 * brief.range + 1.4
        free = brief.feature_at < 0 and not brief.signs
        self.feature_at = _place_of_feature(self.slots, chance) if free else min(brief.feature_at, len(self.slots) - 2)

    def drawn(self) -> Drawn:
        """Walk slot by slot; where a group echoes another, its melody may come along."""
        while len(self.line) < len(self.slots):
            echo = self.echoes.get(len(self.line))
            if not echo or not self._echo(echo):
                self._add(self._next())
        return Drawn(tuple(self.line), tuple(self.heights), self.feature_at)

    def _add(self, *degrees: Degree) -> None:
        self.line += degrees
        self.heights += [_semitones(self.brief.mode, degree.step) + degree.alter for degree in degrees]

    def _echo(self, echo: Echo) -> bool:
        """Take up an earlier melody, where it was or moved; tell whether it was taken up.

        Now and then its last note is left free, so that the repeat is a variation.
        """
        place, size = len(self.line), min(echo.size, len(self.slots) - 1 - len(self.line))
        exact = echo.exact or self.chance.unit() < self.brief.exact
        if size >= _VARIED and not echo.exact and self.chance.unit() < 1 / 3:
            size -= 1
        if size < 1 or self.brief.signs or place <= self.feature_at + 1 < place + size:
            return False
        if not echo.asked and self.chance.unit() >= self.brief.parallel:
            return False
        source = self.line[echo.source : echo.source + size]
        moved = source if exact else self._sequence(source, place)
        if not moved:
            return False
        self._add(*moved)
        return True

    def _sequence(self, source: list[Degree], place: int) -> list[Degree]:
        """Return a melody moved to where the line should be now and its strong notes are in their chords; none where no place is.

        What was bent is plain on another degree, where it would name another key.
        """
        aim, span = self.base + self._curve(place / (len(self.slots) - 1)) * self.brief.range, self.brief.range
        found, weights = [], []
        for shift in _SHIFTS:
            moved = [Degree(degree.step + shift) for degree in source]
            heights = [_semitones(self.brief.mode, degree.step) for degree in moved]
            if min(heights) < self.base - 2 or max(heights) > self.base + span + 2 or abs(heights[0] - self.heights[-1]) > _FAR:
                continue
            weight = exp(-(((sum(heights) / len(heights) - aim) / self.spread) ** 2)) / abs(shift)
            for height, slot in zip(heights, self.slots[place:], strict=False):
                weight *= 1.0 if height % 12 in slot.chord.tones else _STRICT.get(slot.weight, 0.7)
            found.append(moved)
            weights.append(weight + 1e-9)
        return self.chance.weighted(found, weights) if found else []

    def _next(self) -> Degree:
        """Draw the next note."""
        place = len(self.line)
        if not place:
            return self._first()
        if place - 1 == self.feature_at:
            return self._leap(self.brief.feature)
        before = self.line[-1].step
        steps = list(range(before - 7, before + 8))
        if place == len(self.slots) - 1 and not self.brief.signs:
            steps = [step for step in steps if step % 7 == self.brief.goal]
        return Degree(self.chance.weighted(steps, self._weights(steps, place)))

    def _first(self) -> Degree:
        """Begin, and lay the range around the beginning as the contour needs it."""
        low = self.brief.contour in {"arch", "rising"} and self.brief.start >= 4
        first = Degree(self.brief.start - 7 if low else self.brief.start)
        self.base = round(_semitones(self.brief.mode, first.step) - self._curve(0) * self.brief.range)
        return first

    def _curve(self, x: float) -> float:
        """Return how high in the range the line should be, 0 to 1, at a share ``x`` of its length."""
        match self.brief.contour:
            case "arch":
                return 0.15 + 0.85 * (x / self.peak if x < self.peak else (1 - x) / (1 - self.peak))
            case "rising":
                return min(0.1 + 1.05 * x, 1.0)
            case "falling":
                return 0.7 + 1.2 * x if x < 0.25 else 1.0 - (x - 0.25) / 0.75
            case _:
                return 0.5 + 0.45 * sin(2.6 * pi * x)

    def _leap(self, size: int) -> Degree:
        """Return the degree at the salient interval from the last, or at its nearest kin where the mode has none.

        A tritone, or a semitone from the tonic or the fifth, is made by an alteration: it is what such a motif is about.
        """
        before, sign = self.line[-1].step, 1 if size > 0 else -1
        near = {_semitones(self.brief.mode, step): step for step in range(before - 7, before + 8)}
        kin_of_size = () if self.brief.feature_at >= 0 else _KIN.get(abs(size), ())
        for kin in (abs(size), *kin_of_size):
            height = self.heights[-1] + sign * kin
            if height in near:
                return Degree(near[height])
        height = self.heights[-1] + size
        step = before + sign if abs(size) == 1 else near[min(near, key=lambda one: (abs(one - height), one))]
        bends = abs(size) == 6 or (abs(size) == 1 and before % 7 in _BENDING) or self.brief.feature_at >= 0
        return Degree(step, height - _semitones(self.brief.mode, step) if bends else 0)

    def _weights(self, steps: list[int], place: int) -> list[float]:
        """Return how well each scale step goes on from the line so far."""
        brief, slot, before = self.brief, self.slots[place], self.heights[-1]
        aim = self.base + self._curve(place / (len(self.slots) - 1)) * brief.range
        sign = brief.signs[place - 1] if place <= len(brief.signs) else None
        pulls, ladder = _pulls(brief.intervals, brief.falls), _ladder(brief.mode)
        turns = _turns(before - self.heights[-2], brief.folk) if place > 1 else _NO_TURN
        strict = _STRICT.get(slot.weight, 0.7) * (1.0 - brief.chordal)
        found = []
        for step in steps:
            height = ladder[step + _LOWEST]
            move = height - before
            weight = pulls[move + _WIDE] * turns[move + _WIDE] * exp(-(((height - aim) / self.spread) ** 2))
            if height % 12 not in slot.chord.tones:
                weight *= strict if abs(move) <= 2 else strict * 0.4
            against = sign is not None and (move > 0) - (move < 0) != sign
            found.append((weight + 1e-9) * (1e-6 if against else 1.0))
        return found


def _place_of_feature(slots: tuple[Slot, ...], chance: Chance) -> int:
    """Choose the interval to remember: early, and into a note that is strong or long; -1 where there are too few notes."""
    if len(slots) < 2:
        return -1
    last = max(min(4, len(slots) - 3), 0)
    places = list(range(last + 1))
    weights = [_salience(slots[i], slots[i + 1]) / (i + 1) for i in places]
    return chance.weighted(places, weights)


def _salience(before: Slot, after: Slot) -> float:
    """Return how much an interval would stand out here; over the bar line out of a pickup the most, into a short weak note least."""
    crossing = before.onset < 0 <= after.onset
    hurried = after.length < before.length and after.weight < before.weight
    return (after.weight + 0.5) ** 2 * after.length * (4.0 if crossing else 0.1 if hurried else 1.0)


def _semitones(mode: Mode, step: int) -> int:
    return _ladder(mode)[step + _LOWEST]


@cache
def _ladder(mode: Mode) -> tuple[int, ...]:
    """Return the semitones of all scale steps within reach of a line; a look-up is what a walk does most."""
    return tuple(mode.semitones(step) for step in range(-_LOWEST, _LOWEST + 1))


@cache
def _pulls(intervals: tuple[float, ...], falls: float) -> tuple[float, ...]:
    """Return how likely each move is of itself, from `_WIDE` semitones down to as many up; steps and thirds lean as asked."""
    return tuple(intervals[interval_class(move)] * _lean(move, falls) for move in range(-_WIDE, _WIDE + 1))


def _lean(move: int, falls: float) -> float:
    if not move:
        return 1.0
    if abs(move) >= _LEAP:
        return 0.5
    return falls if move < 0 else 1.0 - falls


@cache
def _turns(last: int, folk: float) -> tuple[float, ...]:
    """Return how well each move follows the last one: as folk songs go on; after a leap back, best by step.

    Von Hippel and Huron, Why do skips precede reversals?, 2000.
    """
    return tuple(_habit(last, move, folk) * _recovery(last, move) for move in range(-_WIDE, _WIDE + 1))


def _recovery(last: int, move: int) -> float:
    if abs(last) < _LEAP:
        return 1.0
    if move * last > 0:
        return 0.35 if abs(move) <= 2 else 0.08
    return 2.0 if 0 < abs(move) <= 2 else 1.0


def _habit(before: int, after: int, folk: float) -> float:
    """Return how much likelier than usual folk songs make an interval after another; between 1/8 and 4 at full weight."""
    return float(min(max(2.0 ** (-0.5 * surprise_of_move(before, after)), 0.125), 4.0) ** folk)
