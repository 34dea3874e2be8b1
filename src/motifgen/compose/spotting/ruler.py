"""The ruler: from felt beats, in which tempo is thought, to written quarters, in which bars are written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from motifgen.compose.spotting.lattice import BarKind
from motifgen.sketch.events import PPQ


class Ruler(NamedTuple):
    """Where bars begin, counted in equal parts of the felt beat and in ticks; the last of both is where the last bar ends.

    A felt beat is a quarter in 4/4 and a dotted quarter in 6/8: where the one goes over into the other, a beat lasts as long as before.

    Examples
    --------
    >>> from motifgen.theory.time import Meter
    >>> ruler = Ruler.of([BarKind(Meter(6, 8), 24, 12, 0.0), BarKind(Meter(4, 4), 48, 12, 0.0)])
    >>> ruler.quarter(12), ruler.quarter(36), ruler.turns
    (Fraction(3, 2), Fraction(4, 1), (24,))
    """

    places: tuple[int, ...]
    ticks: tuple[int, ...]

    @classmethod
    def of(cls, kinds: Sequence[BarKind]) -> Ruler:
        """Return the ruler of bars that follow each other."""
        places = accumulate((kind.length for kind in kinds), initial=0)
        ticks = accumulate((4 * PPQ * kind.meter.count // kind.meter.unit for kind in kinds), initial=0)
        return cls(tuple(places), tuple(ticks))

    def quarter(self, place: Fraction | int) -> Fraction:
        """Return the quarter of a place; after the last bar it goes on as there."""
        bar = self._bar(place)
        return Fraction(self.ticks[bar] * self._length(bar) + (place - self.places[bar]) * self._span(bar)) / (self._length(bar) * PPQ)

    def written(self, places: Iterable[int]) -> list[int]:
        """Return the ticks of places at which a beat or a bar begins."""
        bars = ((place, self._bar(place)) for place in places)
        return [self.ticks[bar] + (place - self.places[bar]) * self._span(bar) // self._length(bar) for place, bar in bars]

    @property
    def turns(self) -> tuple[int, ...]:
        """Return the bar lines at which the felt beat is written as another value than before."""
        bars = range(1, len(self.places) - 1)
        return tuple(self.places[bar] for bar in bars if self._span(bar) * self._length(bar - 1) != self._span(bar - 1) * self._length(bar))

    def _bar(self, place: Fraction | int) -> int:
        return min(max(bisect_right(self.places, place) - 1, 0), len(self.places) - 2)

    def _length(self, bar: int) -> int:
        return self.places[bar + 1] - self.places[bar]

    def _span(self, bar: int) -> int:
        return self.ticks[bar + 1] - self.ticks[bar]
