"""The lattice on which hits may fall: bars of the meter and of other lengths, counted in small whole units."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import gcd
from typing import NamedTuple

from motifgen.compose.spotting.wish import felt_beat
from motifgen.theory.time import Meter

_KEEP = 6
_LARGEST = 24


@dataclass(frozen=True, slots=True)
class BarKind:
    """A bar that may be used: its length and beat in units of the lattice, and what it costs."""

    meter: Meter
    length: int
    beat: int
    cost: float


class Way(NamedTuple):
    """One way through the bars from a place to a later one: the bars that are closed, where it ends, its cost.

    ``place`` is the distance from the last bar line; ``grid`` is what the beat of the bar that is still open must divide.
    """

    place: int
    grid: int
    cost: float
    closed: tuple[BarKind, ...]


@dataclass(frozen=True)
class Lattice:
    """The bars of a meter, and what others may be slipped in.

    Parameters
    ----------
    meter : Meter
        That of ordinary bars.

    Examples
    --------
    >>> lattice = Lattice(Meter(4, 4))
    >>> lattice.unit, lattice.base.length, [str(kind.meter) for kind in lattice.others[:3]]
    (Fraction(1, 4), 16, ['3/4', '5/4', '2/4'])
    """

    meter: Meter

    @cached_property
    def unit(self) -> Fraction:
        """Return the lattice's unit in quarters: a quarter of a beat, or half a beat as short as in 7/8; in 6/8 a sixteenth."""
        return Fraction(4, self.meter.unit) / (2 if self.meter.unit >= 8 else 4)

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
        for count, unit, cost in _other_meters(self.meter):
            if not 1 <= count <= _LARGEST:
                continue
            meter = Meter(count, unit)
            if meter in seen or (meter.compound and not self.meter.compound):
                continue
            seen.add(meter)
            kinds.append(self._kind(meter, cost))
        return tuple(kinds)

    @cached_property
    def _by_eighths(self) -> tuple[BarKind, ...]:
        return tuple(kind for kind in self.others if not kind.length % 2)

    @cached_property
    def _weakness(self) -> tuple[float, ...]:
        weights = (self.meter.weight(place * self.unit) for place in range(self.base.length))
        return tuple({4: 0.0, 3: 0.4, 2: 0.6}.get(weight, 1.0) for weight in weights)

    @cached_property
    def longest(self) -> int:
        """Return the length of the longest bar in units."""
        return max(kind.length for kind in (self.base, *self.others))

    @cached_property
    def _known(self) -> dict[tuple[int, int, int, str], tuple[Way, ...]]:
        return {}

    def _kind(self, meter: Meter, cost: float) -> BarKind:
        return BarKind(meter, int(meter.bar / self.unit), int(meter.beat / self.unit), cost)

    def accent(self, place: int) -> float:
        """Return how weak a place of an ordinary bar is: 0 on the downbeat, 1 off the beat."""
        return self._weakness[place] if place < len(self._weakness) else 1.0

    def ways(self, place: int, grid: int, units: int, on: str) -> tuple[int, tuple[Way, ...]]:
        """Return the cheapest ways to go so many units on from a place, one for each place where they may end.

        Ways that are long are those of a shorter stretch with more ordinary bars after their first bar; how many comes first.

        Parameters
        ----------
        place, grid : int
            As in `Way`: where the last hit fell in its bar.
        units : int
            How far, more than 0.
        on : str
            ``downbeat``, ``beat`` or ``any``: what the end must be.
        """
        more = max((units - 3 * self.longest) // self.base.length, 0)
        units -= more * self.base.length
        key = (place, grid, units, on)
        if key not in self._known:
            best: dict[tuple[int, int], Way] = {}
            for way in self._all_ways(place, grid, units, on):
                if way.cost < best.get(way[:2], _NEVER).cost:
                    best[way[:2]] = way
            self._known[key] = tuple(sorted(best.values(), key=lambda way: (way.cost, way.place, way.grid))[:_KEEP])
        return more, self._known[key]

    def _all_ways(self, place: int, grid: int, units: int, on: str) -> list[Way]:
        odd = self.others if (place + units) % 2 or place % 2 else self._by_eighths
        found = [self._arrive(place + units, grid, on, ())]
        for first in (self.base, *odd):
            rest = units - (first.length - place)
            if rest < 0 or first.length <= place or grid % first.beat:
                continue
            found.append(self._full_bars(rest, on, (first,)))
            if first is self.base:
                found += [self._full_bars(rest - kind.length, on, (first,), kind) for kind in odd if kind.length <= rest]
        return [way for way in found if way is not None]

    def _full_bars(self, rest: int, on: str, closed: tuple[BarKind, ...], last: BarKind | None = None) -> Way | None:
        bars, place = divmod(rest, self.base.length)
        closed = (*closed, *(self.base,) * bars, *((last,) if last else ()))
        return self._arrive(place, 0, on, closed)

    def _arrive(self, place: int, grid: int, on: str, closed: tuple[BarKind, ...]) -> Way | None:
        if on == "downbeat" and place:
            return None
        cost = sum(kind.cost for kind in closed)
        if on == "any":
            cost += 0.4 if place % 2 else 0.0
        else:
            grid = gcd(grid, place)
        if place and not any(kind.length > place and not grid % kind.beat for kind in (self.base, *self.others)):
            return None
        if place >= self.base.length or grid % self.base.beat:
            # The bar is still open, but it cannot be an ordinary one any more.
            cost += 0.2
        return Way(place, grid, round(cost, 6), closed)

    def closing(self, place: int, grid: int) -> BarKind:
        """Return the cheapest bar that may hold a place and its beats."""
        fits = [kind for kind in (self.base, *self.others) if kind.length > place and not grid % kind.beat]
        return min(fits, key=lambda kind: (kind.cost, kind.length))


@lru_cache(maxsize=16)
def lattice_of(meter: Meter) -> Lattice:
    """Return the lattice of a meter; what it has found out about ways is kept for the next scene."""
    return Lattice(meter)


_NEVER = Way(0, 0, float("inf"), ())


def _other_meters(meter: Meter) -> list[tuple[int, int, float]]:
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
    return [row for row in plain + halves + fine if row[1] <= 32]
