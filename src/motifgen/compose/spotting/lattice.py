"""The lattice on which hits may fall: bars of the meter and of other lengths, counted in small whole units."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from motifgen.compose.spotting.wish import felt_beat
from motifgen.theory.time import Meter

_LARGEST = 24


class BarKind(NamedTuple):
    """A bar that may be used: its length and beat in units of the lattice, and what it costs."""

    meter: Meter
    length: int
    beat: int
    cost: float

    def times(self, scale: int) -> BarKind:
        """Return the same bar counted in parts of a unit."""
        return self if scale == 1 else self._replace(length=self.length * scale, beat=self.beat * scale)


@dataclass(frozen=True)
class Lattice:
    """The bars of a meter, and what others may be slipped in.

    Parameters
    ----------
    meter : Meter
        That of ordinary bars.
    slow : bool
        Whether beats are so long that half the usual unit is still a beat that can be counted.

    Examples
    --------
    >>> lattice = Lattice(Meter(4, 4))
    >>> lattice.unit, lattice.base.length, [str(kind.meter) for kind in lattice.others[:3]]
    (Fraction(1, 4), 16, ['3/4', '5/4', '2/4'])
    """

    meter: Meter
    slow: bool = False

    @cached_property
    def unit(self) -> Fraction:
        """Return the lattice's unit in quarters: a quarter of a beat, or half a beat as short as in 7/8; in 6/8 a sixteenth."""
        return Fraction(4, self.meter.unit) / (2 if self.meter.unit >= 8 else 4) / (2 if self.slow else 1)

    @cached_property
    def felt(self) -> int:
        """Return the felt beat in units."""
        return int(felt_beat(self.meter) / self.unit)

    @cached_property
    def base(self) -> BarKind:
        """Return the ordinary bar."""
        return self._kind(self.meter, 0.0)

    @cached_property
    def others(self) -> tuple[BarKind, ...]:
        """Return the bars of other lengths, the plainest first."""
        kinds, seen = [], {self.meter}
        for count, unit, cost in _other_meters(self.meter, slow=self.slow):
            if not 1 <= count <= _LARGEST:
                continue
            meter = Meter(count, unit)
            if meter in seen or (meter.compound and not self.meter.compound):
                continue
            seen.add(meter)
            kinds.append(self._kind(meter, cost))
        return tuple(kinds)

    @cached_property
    def _weakness(self) -> tuple[float, ...]:
        weights = (self.meter.weight(place * self.unit) for place in range(self.base.length))
        return tuple({4: 0.0, 3: 0.4, 2: 0.6}.get(weight, 1.0) for weight in weights)

    @cached_property
    def longest(self) -> int:
        """Return the length of the longest bar in units."""
        return max(kind.length for kind in (self.base, *self.others))

    def _kind(self, meter: Meter, cost: float) -> BarKind:
        return BarKind(meter, int(meter.bar / self.unit), int(meter.beat / self.unit), cost)

    def accent(self, place: int) -> float:
        """Return how weak a place of an ordinary bar is: 0 on the downbeat, 1 off the beat."""
        return self._weakness[place] if place < len(self._weakness) else 1.0

    def closing(self, place: int, grid: int) -> BarKind:
        """Return the cheapest bar that may hold a place and its beats."""
        fits = [kind for kind in (self.base, *self.others) if kind.length > place and not grid % kind.beat]
        return min(fits, key=lambda kind: (kind.cost, kind.length))


def _other_meters(meter: Meter, *, slow: bool) -> list[tuple[int, int, float]]:
    count, unit = meter.count, meter.unit
    if meter.compound:
        plain = [(count + 3, unit, 0.8), (count - 3, unit, 0.8), (count + 6, unit, 1.0)]
        halves = [
            (count - 1, unit, 1.4),
            (count + 1, unit, 1.4),
            (count - 2, unit, 1.6),
            (count + 2, unit, 1.6),
            (3, unit, 2.0),
            (5, unit, 2.0),
        ]
        fine = [(2 * count - 1, 2 * unit, 3.0), (2 * count + 1, 2 * unit, 3.0)]
    else:
        plain = [(count - 1, unit, 0.8), (count + 1, unit, 0.8), (count - 2, unit, 0.7), (count + 2, unit, 0.9)]
        halves = [(2 * count - 1, 2 * unit, 1.5), (2 * count + 1, 2 * unit, 1.6), (2 * count, 2 * unit, 1.6)]
        halves += [(2 * count - 3, 2 * unit, 1.7), (3, 2 * unit, 2.0), (1, unit, 2.5)]
        fine = [(4 * count - n, 4 * unit, 3.0) for n in (1, 3, 5, 7, 9)] if unit <= 4 else []
    # A long bar may be cut to any length.
    plain += [(n, unit, 1.2) for n in range(count - 3, 1, -1) if count >= 5]
    fine += [(n, (4 if unit <= 4 else 2) * unit, 3.5) for n in (7, 5, 3)]
    if slow:
        fine += [(n, int(4 / Lattice(meter, slow).unit), 4.0) for n in range(15, 0, -2)]
    return [row for row in plain + halves + fine if row[1] <= 32]
