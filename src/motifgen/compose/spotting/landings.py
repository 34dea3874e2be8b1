"""Landings: where each hit falls, told from the tempo map as it is written, and sentences about those that are missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from types import MappingProxyType

from motifgen.compose.desk import BarSpan, Landing
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.scene import Hit, Scene

_EXACT = Fraction(1, 1000)
_CLOSE = Fraction(1, 2)
_LIKELY = 4
#: To say what a hit would cost is to seek the bars again; a scene that misses more than so many has other worries.
PRICED = 6


def landings(
    scene: Scene, bars: Sequence[BarSpan], tempo: TempoMap, unit: Fraction, parts: Mapping[Fraction, Fraction] = MappingProxyType({})
) -> tuple[Landing, ...]:
    """Return for every hit the nearest place of its grid, in the order of the scene.

    Parameters
    ----------
    unit : Fraction
        Of the lattice, in quarters.
    parts : Mapping[Fraction, Fraction]
        Places (quarters) of moments that fall on a part of a beat.
    """
    found, starts = [], [float(bar.start) for bar in bars]
    for hit in scene.hits:
        give = hit.tolerance / scene.frame_rate.fps
        near = float(tempo.exact_tick(hit.at)) / PPQ
        number = max(bisect_right(starts, near) - 1, 0)
        places = [bars[-1].end, *_grid(hit.on, bars[max(number - 1, 0) : number + 2], near, unit)]
        more = (place for moment, place in parts.items() if hit.on != "downbeat" and abs(moment - hit.at) <= give)
        # Exact seconds are dear; only places that may be the nearest are worth them.
        places = nsmallest(_LIKELY, [*places, *more], key=lambda place: abs(float(place) - near))
        found.append(_landing(hit, tempo, places, give))
    return tuple(found)


def _landing(hit: Hit, tempo: TempoMap, places: Sequence[Fraction], give: Fraction) -> Landing:
    _, at = min((abs(tempo.second(place) - hit.at), place) for place in places)
    error = tempo.second(at) - hit.at
    if hit.do == "cut" and abs(error) > give + _EXACT:
        # Sound needs no beat to stop: a cut that has none keeps its frame.
        tick = tempo.tick(hit.at)
        return Landing(hit, Fraction(tick, PPQ), tempo.seconds(tick) - hit.at, met=False)
    return Landing(hit, at, error, abs(error) <= give + _EXACT)


def _grid(on: str, bars: Iterable[BarSpan], near: float, unit: Fraction) -> Iterator[Fraction]:
    """Yield the places where a hit may fall in some bars: of each, those around a place, or its first and last."""
    for bar in bars:
        grain = bar.meter.bar if on == "downbeat" else bar.meter.beat if on == "beat" else min(fine(bar), unit)
        last = int(bar.meter.bar / grain) - 1
        n = min(max(int((near - float(bar.start)) / float(grain)), 0), last)
        yield from (bar.start + m * grain for m in range(max(n - _LIKELY // 2, 0), min(n + _LIKELY // 2, last) + 1))


def fine(bar: BarSpan) -> Fraction:
    """Return the finest grid of a bar, on which a hit falls that may be anywhere: a quarter of a beat, or half one below a quarter."""
    return bar.meter.beat / (4 if bar.meter.unit <= 4 else 6 if bar.meter.compound else 2)


def sentences(scene: Scene, found: Sequence[Landing], parts: Collection[Fraction], spared: float, price: Callable[[Hit], str]) -> list[str]:
    """Return a warning for each hit that is not met on its own beat to a millisecond: by how many frames, why, and what that would cost.

    Parameters
    ----------
    parts : Collection[Fraction]
        Places (quarters) that are parts of a beat.
    spared : float
        The bend at which these would have been beats; 0 if they could not.
    price : callable
        Says what it would cost to meet a hit; asked for the first `PRICED` that are missed.
    """
    said, priced = [], 0
    for landing in found:
        hit, off = landing.hit, _off(landing, scene)
        if landing.met and landing.at in parts and abs(landing.error) <= _EXACT:
            said.append(f"{named(hit)} falls on a part of a beat{_rival(scene, landing, found)}; {_own_beat(spared)}")
        elif landing.met and abs(landing.error) > _EXACT:
            said.append(f"{named(hit)} is met within its tolerance, {off}{_rival(scene, landing, found)}")
        elif not landing.met:
            kind = "was dropped: it may be missed, and" if not hit.must else "is missed:"
            missed = (
                f"stops the sound on its frame, but on no {_place(hit)}"
                if hit.do == "cut"
                else f"{kind} the nearest {_place(hit)} is {off}"
            )
            cost = f"; {price(hit)}" if priced < PRICED else ""
            priced += 1
            said.append(f"{named(hit)} {missed}{_rival(scene, landing, found)}{cost}")
    return said


def _off(landing: Landing, scene: Scene) -> str:
    frames = float(scene.frame_rate.frames(landing.error))
    return f"{abs(frames):.1f} frames {'late' if frames > 0 else 'early'}"


def _own_beat(spared: float) -> str:
    return (
        f"a beat of its own would bend the tempo by up to {spared:.1%} from bar to bar"
        if spared
        else "to give each hit a beat would miss one"
    )


def _rival(scene: Scene, missed: Landing, found: Sequence[Landing]) -> str:
    """Return what to say of the nearest other hit that is met, if it lies so close that it is why one is not met as it should be."""
    near = [it for it in found if it.met and it is not missed and abs(it.hit.at - missed.hit.at) <= _CLOSE]
    if not near:
        return ""
    rival = min(near, key=lambda it: (abs(it.hit.at - missed.hit.at), it.hit.at)).hit
    frames = float(scene.frame_rate.frames(missed.hit.at - rival.at))
    return f"; it lies {abs(frames):.1f} frames {'after' if frames > 0 else 'before'} {named(rival)}, which is met"


def named(hit: Hit) -> str:
    """Return how a hit is called in a sentence."""
    what = f" '{hit.what}'" if hit.what else ""
    return f"the {hit.do}{what} at {float(hit.at):.3f} s"


def _place(hit: Hit) -> str:
    return {"downbeat": "downbeat", "beat": "beat", "any": "place of the grid"}[hit.on]
