"""The search: whole beats and bars between the hits, at the least cost over the whole scene.

Dynamic programming over anchors. A state says where in its bar an anchor falls and how fast the way there was, compared with the wish;
a step chooses how many units of the lattice lie between two anchors and which bars they make. Missing an anchor is a step that
passes over it. The tempo inside the steps is left to `bend`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, inf, lcm, log
from typing import NamedTuple

from motifgen.compose.spotting.anchors import MUST, Anchor
from motifgen.compose.spotting.lattice import BarKind, Lattice
from motifgen.compose.spotting.routes import Routes, Way
from motifgen.compose.spotting.wish import Wish

PACE = 25.0
_OPEN_END = 0.8
_END_PULL = 1.2
_PASSED = 4
_BEAM = 24
#: More than any rounding of costs.
_SAFE = 1e-6


class Step(NamedTuple):
    """From one anchor to a later one: their numbers (0 is the start), the units between, and the bars closed on the way.

    ``more`` ordinary bars follow the first bar of the way.
    """

    start: int
    end: int
    units: int
    way: Way
    more: int = 0


class State(NamedTuple):
    """The cheapest way found to an anchor: its cost, what of it is a guess at the tempo's, the last step's tempo and bars, and whence.

    ``ratio`` is the tempo of the last step against the wish, as a logarithm.
    """

    cost: float
    strain: float
    ratio: float
    bars: float
    step: Step
    before: State | None


Found = dict[tuple[int, int, int, int], State]


@dataclass(frozen=True)
class Search:
    """A scene's anchors, wish and bars, ready to be solved.

    Parameters
    ----------
    anchors : Sequence[Anchor]
        Between start and end; some may begin a stretch of another meter.
    length : Fraction
        Of the scene, in seconds.
    routes : tuple[Routes, ...]
        Through the bars of each stretch.
    bend : float
        How much the tempo may change from bar to bar without much cost.
    caution : float
        How much the guess at what a change of tempo costs is raised.
    stiffness : float
        What a bar costs whose tempo is away from the wish, for the square of the logarithm.
    """

    anchors: Sequence[Anchor]
    length: Fraction
    wish: Wish
    routes: tuple[Routes, ...]
    bend: float
    caution: float = 1.0
    stiffness: float = PACE

    def best(self, most: int = 3) -> list[tuple[float, list[Step]]]:
        """Return the cheapest ways through the whole scene, each with its cost but for the tempo's; cheapest first."""
        states: list[list[State]] = [[State(0.0, 0.0, 0.0, 0.0, Step(0, 0, 0, Way(0, 0, 0.0, ())), None)]]
        for j, anchor in enumerate(self.anchors, 1):
            states.append(self._arrivals(states, j, anchor))
        final = sorted(self._ends(states), key=lambda state: state.cost)[:most]
        return [(state.cost - state.strain, _steps(state)) for state in final]

    @cached_property
    def felt(self) -> int:
        """Return the felt beat in parts that are whole in every stretch: what units of different meters are measured by."""
        return lcm(*(routes.lattice.felt for routes in self.routes))

    @property
    def bar(self) -> int:
        """Return the first stretch's ordinary bar in these parts."""
        return self.routes[0].lattice.base.length * self.scale(0)

    def scale(self, number: int) -> int:
        """Return how many of these parts a unit has after an anchor."""
        return self.felt // self.routes_after(number).lattice.felt

    def routes_after(self, number: int) -> Routes:
        """Return the routes of the stretch in which an anchor lies or that it begins; 0 is the scene's start."""
        return self.routes[self._stretches[number]]

    def ahead(self, i: int, j: int) -> int:
        """Return the units of an anchor's meter from another at which a meter begins to the bar line of that meter."""
        anchor = self.anchors[j - 1] if j <= len(self.anchors) else None
        return int(anchor.pickup / self.routes_after(i).lattice.unit) if anchor is not None and anchor.into else 0

    @cached_property
    def _stretches(self) -> tuple[int, ...]:
        found = [0]
        for anchor in self.anchors:
            found.append(anchor.into or found[-1])
        return tuple(found)

    def _time(self, number: int) -> float:
        return float(max(self.anchors[number - 1].at, self.anchors[number - 1].line)) if number else 0.0

    def _arrivals(self, states: list[list[State]], j: int, anchor: Anchor) -> list[State]:
        """Return the cheapest states in which an anchor (or the end, as the last) can be reached."""
        best: Found = {}
        for i, passed in self._before(states, j):
            self._extend(best, states[i], (i, j, passed), anchor)
        return sorted(best.values(), key=lambda state: state.cost)[:_BEAM]

    def _before(self, states: list[list[State]], j: int) -> Iterator[tuple[int, float]]:
        """Go through the anchors from which one may be reached, with the cost of all that are passed over between.

        One that must be met is passed over only where it has a close neighbor, or where nothing else leads on; one at which
        another meter begins never is.
        """
        passed, reached = 0.0, False
        for i in range(j - 1, -1, -1):
            if states[i]:
                reached = True
                yield i, passed
            if (i and self.anchors[i - 1].into) or (reached and (j - i > _PASSED or not self._may_pass(i))):
                return
            passed += self.anchors[i - 1].skip if i else 0.0

    def _may_pass(self, number: int) -> bool:
        if not number or self.anchors[number - 1].skip < MUST:
            return True
        close = 120 / self.wish.bpm(self._time(number))
        later = self._time(number + 1) if number < len(self.anchors) else float(self.length)
        return min(self._time(number) - self._time(number - 1), later - self._time(number)) < close

    def _extend(self, best: Found, states: list[State], leap: tuple[int, int, float], anchor: Anchor) -> None:
        """Put the states that follow from others into ``best`` where they are cheaper than what is there.

        Tempi near the wish come first, and what cannot be among the states that are kept is not looked at.
        """
        i, j, passed = leap
        routes, here, there = self.routes_after(i), self._time(i), float(anchor.at)
        lattice = routes.lattice
        wanted = (self.wish.until(there) - self.wish.until(here)) * lattice.felt
        weakness = _weakness(anchor, lattice)
        loose = anchor.on == "any" or (i > 0 and self.anchors[i - 1].on == "any")
        # A way into another meter goes on to the bar line to which its upbeat leads.
        ahead = self.ahead(i, j)
        counts = self._counts(wanted + ahead, (there - here) * (1 + ahead / wanted), lattice, loose=loose)
        ratios = ((round(log((units - ahead) / wanted), 9), units) for units in counts if units > ahead)
        for ratio, units in sorted(ratios, key=lambda pair: (abs(pair[0]), pair)):
            bars = units / lattice.base.length
            pace = passed + self.stiffness * ratio * ratio * bars
            limit = _limit(best)
            if states[0].cost + pace > limit:
                continue
            for (place, grid), (cost, jump, state) in self._groups(states, ratio, bars).items():
                if cost + pace > limit:
                    continue
                more, ways = routes.ways(place, grid, units, anchor.on)
                for way in ways:
                    total = cost + pace + way.cost + weakness[way.place]
                    if not place and not way.place:
                        total += _phrase(len(way.closed) + more)
                    if total > limit + _SAFE:
                        continue
                    total = round(total, 9)
                    key = (i, units, way.place, way.grid)
                    if total <= limit and (key not in best or total < best[key].cost):
                        strain = state.strain + jump + pace - passed
                        best[key] = State(total, strain, ratio, bars, Step(i, j, units, way, more), state)

    def _groups(self, states: list[State], ratio: float, bars: float) -> dict[tuple[int, int], tuple[float, float, State]]:
        """Return, for each place in the bar, the cheapest state from which to go on at a tempo."""
        found: dict[tuple[int, int], tuple[float, float, State]] = {}
        for state in states:
            key = (state.step.way.place, state.step.way.grid)
            known = found.get(key)
            if known is not None and state.cost >= known[0]:
                continue
            jump = self._jump(state, ratio, bars) if state.before else 0.0
            if known is None or state.cost + jump < known[0]:
                found[key] = (state.cost + jump, jump, state)
        return found

    def _jump(self, state: State, ratio: float, bars: float) -> float:
        bend = 2 * abs(ratio - state.ratio) / (1 + max(bars, state.bars))
        over = bend / self.bend - 1
        return self.caution * (300 * bend * bend + (12 * over if over > 0 else 0.0))

    def _counts(self, wanted: float, seconds: float, lattice: Lattice, *, loose: bool) -> list[int]:
        """Return the numbers of units that may lie in a stretch: coarse where it is long, fine where it is short."""
        felt = lattice.felt
        half = max(felt // 2, 1)
        # Where a bar is no whole number of felt beats, as in 7/8, few bar lines could be reached by these.
        whole = not lattice.base.length % felt
        coarse = felt if whole and wanted >= 10 * felt and not loose else half if wanted >= 3 * felt else 1
        low, high = (limit * felt * seconds / 60 for limit in (self.wish.low, self.wish.high))
        for grain in sorted({coarse, min(coarse, half), 1}, reverse=True):
            reach = min(0.15 * wanted, 4.0 * felt) + grain
            first = ceil((max(wanted - reach, low, 0.5) - 1e-9) / grain)
            last = floor((min(wanted + reach, high) + 1e-9) / grain)
            if last >= first:
                return [grain * n for n in range(max(first, 1), last + 1)]
        return []

    def _ends(self, states: list[list[State]]) -> list[State]:
        """Return the states at the scene's end: on the lattice, or wherever it falls (a last step of no units)."""
        last, found = len(self.anchors) + 1, []
        for i, passed in self._before(states, last):
            at_end = self._time(i) >= float(self.length)
            cost = passed + (0.0 if self.wish.fixed or at_end else _OPEN_END)
            for state in states[i]:
                stay = Step(i, last, 0, Way(state.step.way.place, state.step.way.grid, 0.0, ()))
                found.append(State(round(state.cost + cost, 9), state.strain, state.ratio, 0.0, stay, state))
        if self.wish.fixed or (self.anchors and self.anchors[-1].at >= self.length):
            return found
        return found + self._arrivals(states, last, Anchor(self.length, "beat", 0.0, _END_PULL))


def _weakness(anchor: Anchor, lattice: Lattice) -> list[float]:
    """Return what each place in the bar costs an anchor; a theme with a pickup wants its bar line to be one, not its first note."""
    pickup = anchor.pickup / lattice.unit
    ahead = int(pickup) if pickup.denominator == 1 and not anchor.into else 0
    places = [(place + ahead) % lattice.base.length if ahead else place for place in range(lattice.longest)]
    return [anchor.pull * lattice.accent(place) for place in places]


def _limit(best: Found) -> float:
    """Return what a state may cost at most to be among those that are kept."""
    return sorted([state.cost for state in best.values()])[_BEAM - 1] if len(best) >= _BEAM else inf


def _phrase(bars: int) -> float:
    """Return how far a stretch of whole bars is from a phrase of two or four."""
    return 0.0 if bars % 4 == 0 else 0.08 if bars % 2 == 0 else 0.2


def _steps(state: State) -> list[Step]:
    steps: list[Step] = []
    here: State | None = state
    while here is not None and here.before is not None:
        steps.append(here.step)
        here = here.before
    return steps[::-1]


def bars_of(steps: Sequence[Step], search: Search) -> list[BarKind]:
    """Return the bars of a way through the scene, with the last, open one closed; lengths are in parts of the felt beat."""
    bars: list[BarKind] = []
    for step in steps:
        first, rest = step.way.closed[:1], step.way.closed[1:]
        lattice, scale = search.routes_after(step.start).lattice, search.scale(step.start)
        bars += [kind.times(scale) for kind in (*first, *[lattice.base] * step.more, *rest)]
    last = steps[-1]
    open_bar = search.routes_after(last.start).lattice.closing(last.way.place, last.way.grid) if last.way.place else None
    return [*bars, open_bar.times(search.scale(last.start))] if open_bar else bars
