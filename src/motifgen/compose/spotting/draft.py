"""A draft: bars and tempo made from one way through the scene, and how good it is as music."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import accumulate, chain, repeat
from typing import NamedTuple

import numpy as np

from motifgen.compose.desk import BarSpan
from motifgen.compose.spotting.anchors import MUST, eased
from motifgen.compose.spotting.bend import Cells, Floats, Pins, changes, evened, smoothed, stepped, within, written
from motifgen.compose.spotting.lattice import BarKind
from motifgen.compose.spotting.parted import Close, parted, shared
from motifgen.compose.spotting.path import PACE, Search, Step, bars_of
from motifgen.compose.spotting.ruler import Ruler
from motifgen.compose.spotting.settle import UNHEARD, settled
from motifgen.errors import ComposeError
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap

_COARSE = 0.02
_CAUTION = 5.0
_EASED = 8.0
#: The bend up to which a beat of its own is worth more to a hit than an even tempo, whatever the style likes.
_PLAIN = 0.08
#: How many times the bend that the style likes is not worth a longer search.
_LITTLE = 1.05
_PARTED, _INEXACT = 3.0, 6.0
_RESTLESS = 40.0


class UnreachedError(ComposeError):
    """No bars lead to where another meter is to begin."""


class Draft(NamedTuple):
    """Bars with a tempo for each cell, the largest bend from bar to bar (a share), what the tempo costs, what all costs.

    Parameters
    ----------
    kinds : tuple[BarKind, ...]
        The bars in order.
    pins : Pins
        The places and moments that were brought together.
    tempo : NDArray
        Seconds a unit, for each of the cells.
    parts : tuple[tuple[Fraction, Fraction], ...]
        Moments (seconds) that fall on a part of a beat, and their places (units).
    spared : float
        The bend at which each of these would have had a beat of its own; 0 if none could be had.
    turns : tuple[int, ...]
        The places at which another meter begins.
    """

    search: Search
    kinds: tuple[BarKind, ...]
    pins: Pins
    cells: Cells
    tempo: Floats
    bend: float
    strain: float
    cost: float = 0.0
    parts: tuple[tuple[Fraction, Fraction], ...] = ()
    spared: float = 0.0
    turns: tuple[int, ...] = ()

    def written(self) -> tuple[tuple[BarSpan, ...], TempoMap]:
        """Return the bars that the scene needs, and its tempo in whole microseconds."""
        ruler = self.ruler
        cells, tempo = self.cells.cut(self.tempo, ruler.turns)
        ticks = ruler.written(cells.edges.astype(int).tolist())
        steps = written(cells, tempo, self.pins, ticks, PPQ)
        end = Fraction(TempoMap.of(steps).tick(self.search.length), PPQ)
        bars: list[BarSpan] = []
        start = Fraction(0)
        for kind in chain(self.kinds, repeat(self.search.routes[-1].lattice.base)):
            if bars and start >= end:
                break
            bars.append(BarSpan(len(bars) + 1, start, kind.meter))
            start = bars[-1].end
        close = start * PPQ
        return tuple(bars), TempoMap.of(step for step in steps if step[0] < close)

    @property
    def ruler(self) -> Ruler:
        """Return what turns places into quarters."""
        return Ruler.of(self.kinds)

    @property
    def missed(self) -> int:
        """Return how many moments are missed that must be met."""
        return sum(anchor.skip >= MUST and anchor.at not in self.pins.seconds for anchor in self.search.anchors)


def best_draft(search: Search) -> Draft:
    """Return the draft of least cost; one steady tempo if that will do.

    Where the best bends the tempo too much or misses what it must meet, ways are sought again that avoid bends more, ways that use
    the hits' tolerance, and ways that leave hits that are close to each other one beat together.
    """
    best = least(search)
    for other in (_cautious, _parted, _eased, _thorough):
        if best.bend <= search.bend and not best.missed:
            break
        best = min([best, *other(search, best)], key=lambda found: found.cost)
    steady = min(_steady(search), key=lambda found: found.cost, default=None)
    if steady is not None and steady.cost <= best.cost + _RESTLESS * _spread(best.tempo):
        return steady
    if best.bend <= 0.9 * search.bend:
        return best
    steepest = 0.85 * search.bend / search.bar
    even = _with_tempo(best.search, best.kinds, best.pins, partial(evened, steepest=steepest))
    return min(best, even._replace(parts=best.parts, spared=best.spared, turns=best.turns), key=lambda found: found.strain)


def _parted(search: Search, best: Draft) -> Iterator[Draft]:
    kept, close = parted(search.anchors, search.wish, search.length)
    if not close or (best.bend <= _PLAIN and not best.missed):
        return
    spared = 0.0 if best.missed else best.bend
    found = least(replace(search, anchors=kept), most=1)
    for exact, cost in ((True, _PARTED), (False, _INEXACT)):
        again = _sharing(found, close, exact=exact)
        missed = sum(it.anchor.skip for it in close if it.anchor.at not in dict(again.parts))
        yield again._replace(cost=round(again.cost + missed + cost * len(again.parts), 6), spared=spared)
        if again.bend <= search.bend:
            return


def _sharing(found: Draft, close: Sequence[Close], *, exact: bool) -> Draft:
    """Return a draft of which hits close to those that have beats fall on parts of these."""
    search = found.search
    edges = {0, *accumulate(kind.length for kind in found.kinds), *_beats(found.kinds, search.felt)}
    pace = np.repeat(found.tempo, found.cells.lengths.astype(int)).tolist()
    pins, met = shared(found.pins, close, dict(enumerate(pace)), sorted(edges), search.felt, search.wish, exact=exact)
    again = _with_tempo(search, found.kinds, pins, smoothed)
    return again._replace(turns=found.turns, cost=found.cost - found.strain + again.strain, parts=tuple(met.items()))


def _cautious(search: Search, _: Draft) -> Iterator[Draft]:
    yield least(replace(search, caution=_CAUTION))


def _thorough(search: Search, best: Draft) -> Iterator[Draft]:
    if best.bend > _LITTLE * search.bend or best.missed:
        yield least(replace(search, caution=2 * _CAUTION), most=4)


def _eased(search: Search, _: Draft) -> Iterator[Draft]:
    looser, moved = eased(search.anchors, search.wish)
    if moved:
        loose = least(replace(search, anchors=looser), most=1)
        yield loose._replace(cost=loose.cost + _EASED * moved)


def _steady(search: Search) -> Iterator[Draft]:
    """Go through drafts whose tempo changes at hits alone, and by less than can be heard."""
    for factor, insisting in settled(search):
        best = least(insisting, most=1)
        bars = sum(kind.length for kind in best.kinds)
        if best.missed:
            continue
        cells, tempo = stepped(best.pins, insisting.wish, search.felt)
        if _spread(tempo) <= 2 * UNHEARD:
            away = (factor - 1 / factor) / 2
            yield best._replace(cells=cells, tempo=tempo, cost=best.cost + PACE * away * away * bars / search.bar)


def _spread(tempo: Floats) -> float:
    return float(np.max(tempo) / np.min(tempo)) - 1


def least(search: Search, most: int = 3) -> Draft:
    """Return the draft of least cost among those of the cheapest ways through a scene.

    Parameters
    ----------
    most : int
        How many ways are tried.

    Raises
    ------
    UnreachedError
        If no bars lead to where another meter is to begin.
    """
    drafts: list[Draft] = []
    for cost, steps in search.best(most):
        if drafts and cost >= min(found.cost for found in drafts):
            break
        pins = _pins(search, steps)
        kinds = _to_the_end(search, bars_of(steps, search), pins)
        found = _with_tempo(search, tuple(kinds), pins, smoothed)
        drafts.append(found._replace(cost=round(cost + found.strain, 6), turns=_turns(search, steps)))
    if not drafts:
        raise UnreachedError
    return min(drafts, key=lambda found: found.cost)


def _with_tempo(search: Search, kinds: tuple[BarKind, ...], pins: Pins, shape: Callable[[Cells, Pins, int], Floats]) -> Draft:
    starts = [0, *accumulate(kind.length for kind in kinds)]
    cells, tempo = _tempo(search, sorted({*starts, *pins.places}), pins, shape)
    if _steepest(tempo) > _COARSE:
        cells, tempo = _tempo(search, sorted({*_beats(kinds, search.felt), *pins.places}), pins, shape)
    bend = _bend(cells, tempo, starts)
    return Draft(search, kinds, pins, cells, tempo, bend, _strain(search, cells, tempo, bend))


def _pins(search: Search, steps: Sequence[Step]) -> Pins:
    moments = [Fraction(0), *(anchor.at for anchor in search.anchors), search.length]
    ends = accumulate(step.units * search.scale(step.start) for step in steps)
    places = [end - search.ahead(step.start, step.end) * search.scale(step.start) for end, step in zip(ends, steps, strict=True)]
    soft = {number for number, anchor in enumerate(search.anchors, 1) if anchor.soft}
    met = [(place, moments[step.end]) for place, step in zip(places, steps, strict=True) if step.units and step.end not in soft]
    return Pins((0, *(place for place, _ in met)), (Fraction(0), *(at for _, at in met)))


def _turns(search: Search, steps: Sequence[Step]) -> tuple[int, ...]:
    places = accumulate(step.units * search.scale(step.start) for step in steps)
    ends = (search.anchors[step.end - 1] if step.end <= len(search.anchors) else None for step in steps)
    return tuple(place for place, end in zip(places, ends, strict=True) if end is not None and end.into)


def _to_the_end(search: Search, kinds: list[BarKind], pins: Pins) -> list[BarKind]:
    """Add ordinary bars until they surely outlast the scene."""
    if pins.seconds[-1] == search.length:
        return kinds
    wish, felt = search.wish, search.felt
    beats = wish.until(float(search.length)) - wish.until(float(pins.seconds[-1]))
    needed = pins.places[-1] + 1.2 * beats * felt
    missing = max(needed - sum(kind.length for kind in kinds), 0)
    base = search.routes[-1].lattice.base.times(search.scale(len(search.anchors)))
    return kinds + [base] * (int(missing // base.length) + 1)


def _tempo(search: Search, edges: list[int], pins: Pins, shape: Callable[[Cells, Pins, int], Floats]) -> tuple[Cells, Floats]:
    felt = search.felt
    cells = Cells.between(edges, pins, search.wish, felt)
    return cells, within(cells, shape(cells, pins, felt), pins, felt, search.wish)


def _beats(kinds: Sequence[BarKind], felt: int) -> list[int]:
    places: list[int] = []
    start = 0
    for kind in kinds:
        if kind.beat >= felt:
            places += range(start, start + kind.length, kind.beat)
        else:
            places += [start + int(accent / kind.meter.bar * kind.length) for accent in kind.meter.accents]
        start += kind.length
    return [*places, start]


def _steepest(tempo: Floats) -> float:
    return float(np.max(changes(tempo), initial=0.0))


def _bend(cells: Cells, tempo: Floats, starts: Sequence[int]) -> float:
    """Return the largest change of mean tempo from a bar to the next, as a share."""
    passed = np.concatenate([[0.0], np.add.accumulate(tempo * cells.lengths)])
    at = passed[np.searchsorted(cells.edges, starts)]
    means = np.diff(at) / np.diff(np.asarray(starts, dtype=np.float64))
    return round(_steepest(means), 6)


def _strain(search: Search, cells: Cells, tempo: Floats, bend: float) -> float:
    ratio = tempo / cells.wished
    # Near 1 this is its logarithm, but the same on every machine.
    away = (ratio - 1 / ratio) / 2
    bars = cells.lengths / search.bar
    pace = sum((PACE * away * away * bars).tolist())
    return float(pace) + 300 * bend * bend + 12 * max(bend / search.bend - 1, 0.0)
