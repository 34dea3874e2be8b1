"""The census: how many players each bar has, and how many the moment asks for."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from motifgen.affect import Affect
from motifgen.compose.desk import Plan, ScoreNote, Section
from motifgen.compose.orchestration.casting import Casting

_CURVE = 1.3  # most of a scene is thin, so that its height can be full
_MOST = 0.92
_FORM = {"silence": 0.0, "intro": 0.95, "coda": 0.92, "climax": 1.15}
_FEWEST, _SMALL = 2.2, 12  # who plays at least: a tune and what carries it, in a large ensemble a chord
_BAND = 4.0  # a soloist and a rhythm section
_SPOKEN = 0.3
_APART = 0.6  # players are whole, what is asked is not


@dataclass(slots=True)
class Census:
    """How many players each bar has and should have.

    Parameters
    ----------
    starts : tuple[float, ...]
        Where bars begin, and where the last one ends.
    count : list[int]
    target : list[float]
    known : dict[int, tuple[tuple[ScoreNote, ...], frozenset[int]]]
        Phrases that were looked at, by identity, with the bars that they touch.
    """

    starts: tuple[float, ...]
    count: list[int]
    target: list[float]
    known: dict[int, tuple[tuple[ScoreNote, ...], frozenset[int]]] = field(default_factory=dict)

    def bars(self, start: float, end: float) -> range:
        """Return the indices of the bars that a span touches."""
        return range(max(bisect_right(self.starts, start) - 1, 0), min(bisect_left(self.starts, end), len(self.count)))

    def played(self, *phrases: tuple[ScoreNote, ...]) -> set[int]:
        """Return the indices of the bars in which any of these notes sounds; what was counted once is known."""
        found: set[int] = set()
        for notes in phrases:
            known = self.known.get(id(notes))
            if known is None:
                known = self.known[id(notes)] = (notes, frozenset(self._touched(notes)))
            found |= known[1]
        return found

    def _touched(self, notes: Iterable[ScoreNote]) -> Iterator[int]:
        last = -1
        for note in notes:
            onset, end = note.quarters
            if last < 0 or onset < self.starts[last] or end > self.starts[last + 1]:
                bars = self.bars(onset, end)
                yield from bars
                last = bars[-1] if bars else last

    def missing(self, bars: range) -> float:
        """Return how many players a stretch of bars lacks on average."""
        return sum(self.target[at] - self.count[at] for at in bars) / max(len(bars), 1)

    def lacking(self, bars: range) -> Iterator[range]:
        """Yield the longest stretches of at least two bars (or of all of them) that lack a player in every bar."""
        yield from self._runs(bars, _APART)

    def surplus(self, at: int) -> bool:
        """Tell whether a bar has a player too many."""
        return self.count[at] - self.target[at] >= _APART

    def crowded(self) -> Iterator[range]:
        """Yield the longest stretches in every bar of which somebody plays too many."""
        yield from self._runs(range(len(self.count)), -_APART, least=1)

    def _runs(self, bars: range, by: float, least: int = 2) -> Iterator[range]:
        first = bars.start
        for at in range(bars.start, bars.stop + 1):
            if at < bars.stop and (self.target[at] - self.count[at]) / by >= 1:
                continue
            if at - first >= min(least, len(bars)) and at > first:
                yield range(first, at)
            first = at + 1


def census(casting: Casting, plan: Plan, forces: Mapping[int, float]) -> Census:
    """Return the census of a scene.

    Parameters
    ----------
    casting : Casting
        Who plays already.
    plan : Plan
    forces : Mapping[int, float]
        For bars whose force the composer chose, by index, the share of the ensemble that plays.
    """
    spotting = casting.spotting
    bars = spotting.bars
    many = len(casting.roster.chairs)
    fewest = _BAND if casting.palette.swing else _FEWEST if many < _SMALL else _FEWEST + 1.5
    target = []
    for at, bar in enumerate(bars):
        share = crowd(plan.section_at(bar.start), spotting.affect((bar.start + bar.end) / 2))
        wish = forces.get(at, share)
        target.append(max(_MOST * many * wish, fewest + 2 * wish) if share else 0.0)
    found = Census((*(float(bar.start) for bar in bars), float(bars[-1].end)), [0] * len(bars), target)
    for at in _spoken(casting, found):
        found.target[at] = min(found.target[at], _FEWEST if many < _SMALL else _FEWEST + 1)
    for chair in casting.roster.chairs:
        for at in found.played(*(duty.notes for duty in casting.roster.of(chair) if duty.role != "hit")):
            found.count[at] += 1
    for at, bar in enumerate(bars):
        if plan.section_at(bar.start).function == "silence":
            # Nobody joins there; but who goes on after a held breath is not sent away again.
            found.target[at] = max(found.target[at], min(found.count[at], fewest))
    return found


def crowd(section: Section, affect: Affect) -> float:
    """Return the share of the ensemble that a moment asks for, 0..1: the more excited, the more; form and power bend it a little.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from motifgen.theory.scale import Key
    >>> from motifgen.theory.time import Span
    >>> build = Section(Span(Fraction(0), Fraction(4)), "build", Key.parse("C major"), Affect(), 0.5)
    >>> crowd(build, Affect(arousal=-1.0)), crowd(build, Affect(arousal=1.0))
    (0.0, 0.932934)
    """
    felt = 0.46 + 0.5 * affect.arousal + 0.04 * (affect.tension - 0.3) + 0.02 * affect.power
    return round(min(math.pow(min(max(felt, 0.0), 1.0), _CURVE) * _FORM.get(section.function, 1.0), 1.0), 6)


def _spoken(casting: Casting, found: Census) -> Iterator[int]:
    """Yield the bars of which a good part lies under words."""
    spotting = casting.spotting
    for span in spotting.scene.dialogue:
        start, end = float(spotting.quarter(span.start)), float(spotting.quarter(span.end))
        for at in found.bars(start, end):
            inside = min(end, found.starts[at + 1]) - max(start, found.starts[at])
            if inside > _SPOKEN * (found.starts[at + 1] - found.starts[at]):
                yield at
