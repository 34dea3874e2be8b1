"""Landings: where each hit falls, told from the tempo map as it is written, and sentences about those that are missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from motifgen.compose.desk import BarSpan, Landing
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.scene import Hit, Scene

_EXACT = Fraction(1, 1000)
_CLOSE = Fraction(1, 2)


def landings(scene: Scene, bars: Sequence[BarSpan], tempo: TempoMap) -> tuple[Landing, ...]:
    """Return for every hit the nearest place of its grid, in the order of the scene."""
    return tuple(_landing(hit, scene, bars, tempo) for hit in scene.hits)


def _landing(hit: Hit, scene: Scene, bars: Sequence[BarSpan], tempo: TempoMap) -> Landing:
    places = _grid(hit.on, bars, tempo.exact_tick(hit.at) / PPQ)
    at = min(places, key=lambda place: (abs(tempo.seconds(place * PPQ) - hit.at), place))
    error = tempo.seconds(at * PPQ) - hit.at
    return Landing(hit, at, error, abs(error) <= hit.tolerance / scene.frame_rate.fps + _EXACT)


def _grid(on: str, bars: Sequence[BarSpan], near: Fraction) -> list[Fraction]:
    """Return the places where a hit may fall, in the bar around a place and its neighbours."""
    number = max(bisect_right([bar.start for bar in bars], near) - 1, 0)
    places = [bars[-1].end]
    for bar in bars[max(number - 1, 0) : number + 2]:
        grain = bar.meter.bar if on == "downbeat" else bar.meter.beat if on == "beat" else fine(bar)
        places += [bar.start + n * grain for n in range(int(bar.meter.bar / grain))]
    return places


def fine(bar: BarSpan) -> Fraction:
    """Return the finest grid of a bar, on which a hit falls that may be anywhere: a quarter of a beat, or half one below a quarter."""
    return bar.meter.beat / (4 if bar.meter.unit <= 4 else 6 if bar.meter.compound else 2)


def sentences(scene: Scene, found: Sequence[Landing]) -> list[str]:
    """Return a warning for each hit that is not met: by how many frames, and why."""
    said = []
    for landing in found:
        if landing.met:
            continue
        hit, frames = landing.hit, scene.frame_rate.frames(landing.error)
        way = "late" if frames > 0 else "early"
        kind = "was dropped: it may be missed, and" if not hit.must else "is missed:"
        said.append(
            f"{named(hit)} {kind} the nearest {_place(hit)} is {abs(float(frames)):.1f} frames {way}{_rival(scene, landing, found)}"
        )
    return said


def _rival(scene: Scene, missed: Landing, found: Sequence[Landing]) -> str:
    """Return what to say of the nearest hit that is met, if it lies so close that it is why another is missed."""
    near = [it for it in found if it.met and abs(it.hit.at - missed.hit.at) <= _CLOSE]
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
