"""Routes through the bars: which bars may lie between two hits so many units apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import gcd
from typing import NamedTuple

from motifgen.compose.spotting.lattice import BarKind, Lattice
from motifgen.theory.time import Meter

_KEEP = 6


class Way(NamedTuple):
    """One way through the bars from a place to a later one: the bars that are closed, where it ends, its cost.

    ``place`` is the distance from the last bar line; ``grid`` is what the beat of the bar that is still open must divide.
    """

    place: int
    grid: int
    cost: float
    closed: tuple[BarKind, ...]


class Routes:
    """Finds the cheapest ways through the bars of a lattice, and keeps what it has found.

    Parameters
    ----------
    lattice : Lattice

    Examples
    --------
    >>> routes_of(Meter(4, 4)).ways(0, 0, 32, "downbeat")[1][0].cost
    0.0
    """

    __slots__ = ("_by_eighths", "_known", "lattice")

    def __init__(self, lattice: Lattice) -> None:
        """Begin with nothing found."""
        self.lattice = lattice
        self._by_eighths = tuple(kind for kind in lattice.others if not kind.length % 2)
        self._known: dict[tuple[int, int, int, str], tuple[Way, ...]] = {}

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
        more = max((units - 3 * self.lattice.longest) // self.lattice.base.length, 0)
        units -= more * self.lattice.base.length
        key = (place, grid, units, on)
        if key not in self._known:
            best: dict[tuple[int, int], Way] = {}
            for way in self._all_ways(place, grid, units, on):
                if way.cost < best.get(way[:2], _NEVER).cost:
                    best[way[:2]] = way
            self._known[key] = tuple(sorted(best.values(), key=lambda way: (way.cost, way.place, way.grid))[:_KEEP])
        return more, self._known[key]

    def _all_ways(self, place: int, grid: int, units: int, on: str) -> list[Way]:
        odd = self.lattice.others if (place + units) % 2 or place % 2 else self._by_eighths
        found = [self._arrive(place + units, grid, on, ())]
        for first in (self.lattice.base, *odd):
            rest = units - (first.length - place)
            if rest < 0 or first.length <= place or grid % first.beat:
                continue
            found.append(self._full_bars(rest, on, (first,)))
            if first is self.lattice.base:
                found += [self._full_bars(rest - kind.length, on, (first,), kind) for kind in odd if kind.length <= rest]
        return [way for way in found if way is not None] or [*self._two_odd_bars(place, grid, units, on, odd)]

    def _two_odd_bars(self, place: int, grid: int, units: int, on: str, odd: Sequence[BarKind]) -> Iterator[Way]:
        """Go through the ways in which both the first bar and the last are no ordinary ones."""
        for first in odd:
            rest = units - (first.length - place)
            if first.length > place and not grid % first.beat:
                ways = (self._full_bars(rest - last.length, on, (first,), last) for last in odd if last.length <= rest)
                yield from (way for way in ways if way is not None)

    def _full_bars(self, rest: int, on: str, closed: tuple[BarKind, ...], last: BarKind | None = None) -> Way | None:
        bars, place = divmod(rest, self.lattice.base.length)
        closed = (*closed, *(self.lattice.base,) * bars, *((last,) if last else ()))
        return self._arrive(place, 0, on, closed)

    def _arrive(self, place: int, grid: int, on: str, closed: tuple[BarKind, ...]) -> Way | None:
        if on == "downbeat" and place:
            return None
        cost = sum(kind.cost for kind in closed)
        if on == "any":
            cost += 0.4 if place % 2 else 0.0
        else:
            grid = gcd(grid, place)
        if place and not any(kind.length > place and not grid % kind.beat for kind in (self.lattice.base, *self.lattice.others)):
            return None
        if place >= self.lattice.base.length or grid % self.lattice.base.beat:
            # The bar is still open, but it cannot be an ordinary one any more.
            cost += 0.2
        return Way(place, grid, round(cost, 6), closed)


_NEVER = Way(0, 0, float("inf"), ())


@lru_cache(maxsize=16)
def routes_of(meter: Meter, *, slow: bool = False) -> Routes:
    """Return the routes through bars of a meter; what was found for one scene serves the next."""
    return Routes(Lattice(meter, slow))
