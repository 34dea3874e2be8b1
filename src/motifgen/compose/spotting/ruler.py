"""The ruler: from felt beats, in which tempo is thought, to written quarters, in which bars are written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from motifgen.compose.spotting.lattice import BarKind


@dataclass(frozen=True, slots=True)
class Ruler:
    """Where bars begin, counted in equal parts of the felt beat and in quarters; the last of both is where the last bar ends.

    A felt beat is a quarter in 4/4 and a dotted quarter in 6/8: where the one goes over into the other, a beat lasts as long as before.

    Examples
    --------
    >>> from motifgen.theory.time import Meter
    >>> ruler = Ruler.of([BarKind(Meter(6, 8), 24, 12, 0.0), BarKind(Meter(4, 4), 48, 12, 0.0)])
    >>> ruler.quarter(12), ruler.quarter(36), ruler.turns
    (Fraction(3, 2), Fraction(4, 1), (24,))
    """

    places: tuple[int, ...]
    quarters: tuple[Fraction, ...]

    @classmethod
    def of(cls, kinds: Sequence[BarKind]) -> Ruler:
        """Return the ruler of bars that follow each other."""
        places = accumulate((kind.length for kind in kinds), initial=0)
        return cls(tuple(places), tuple(accumulate((kind.meter.bar for kind in kinds), initial=Fraction(0))))

    def quarter(self, place: Fraction | int) -> Fraction:
        """Return the quarter of a place; after the last bar it goes on as there."""
        bar = min(max(bisect_right(self.places, place) - 1, 0), len(self.places) - 2)
        return self.quarters[bar] + (place - self.places[bar]) * self._pace(bar)

    @property
    def turns(self) -> tuple[int, ...]:
        """Return the bar lines at which the felt beat is written as another value than before."""
        bars = range(1, len(self.places) - 1)
        return tuple(self.places[bar] for bar in bars if self._pace(bar) != self._pace(bar - 1))

    def _pace(self, bar: int) -> Fraction:
        return (self.quarters[bar + 1] - self.quarters[bar]) / (self.places[bar + 1] - self.places[bar])
