"""Landings: where each hit falls, told from the tempo map as it is written, and sentences about those that are missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from motifgen.compose.desk import BarSpan, Landing
from motifgen.compose.spotting.anchors import inside
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.scene import Hit, Scene

_EXACT = Fraction(1, 1000)


def landings(scene: Scene, bars: Sequence[BarSpan], tempo: TempoMap) -> tuple[Landing, ...]:
    """Return for every hit the nearest place of its grid, in the order of the scene."""
    return tuple(_landing(hit, scene, bars, tempo) for hit in scene.hits)


def _landing(hit: Hit, scene: Scene, bars: Sequence[BarSpan], tempo: TempoMap) -> Landing:
    places = _grid(hit.on, bars, tempo.exact_tick(hit.at) / PPQ)
    at = min(places, key=lambda place: (abs(tempo.seconds(place * PPQ) - hit.at), place))
    error = tempo.seconds(at * PPQ) - hit.at
    met = inside(hit, scene) and abs(error) <= hit.tolerance / scene.frame_rate.fps + _EXACT
    return Landing(hit, at, error, met)


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
        if not inside(hit, scene):
            said.append(f"{named(hit)} lies outside the scene, which lasts {float(scene.length):g} s")
            continue
        way = "late" if frames > 0 else "early"
        kind = "was dropped: it may be missed, and" if not hit.must else "is missed:"
        said.append(f"{named(hit)} {kind} the nearest {_place(hit)} is {abs(float(frames)):.1f} frames {way}")
    return said


def named(hit: Hit) -> str:
    """Return how a hit is called in a sentence."""
    what = f" '{hit.what}'" if hit.what else ""
    return f"the {hit.do}{what} at {float(hit.at):.3f} s"


def _place(hit: Hit) -> str:
    return {"downbeat": "downbeat", "beat": "beat", "any": "place of the grid"}[hit.on]
