"""Price: what it would cost to meet a hit that is missed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from motifgen.compose.spotting.anchors import MUST
from motifgen.compose.spotting.draft import Draft, UnreachedError, least
from motifgen.compose.spotting.landings import named
from motifgen.story.scene import Hit, Scene

_DEAR = 10_000.0
_NEAR = Fraction(1, 1000)
_WIDER = 2.0
_NO_WAY = "no bars of these beats reach it"


def price(missed: Hit, found: Draft, scene: Scene) -> str:
    """Return in words what it would take to meet a hit: how far the tempo would bend, how fast it would be, what would be missed.

    Bars and tempo are sought again with this hit before all others, at up to twice and down to half the tempi that are allowed.
    """
    search = found.search
    give = missed.tolerance / scene.frame_rate.fps + _NEAR
    dear = tuple(anchor._replace(skip=_DEAR) if abs(anchor.at - missed.at) <= give else anchor for anchor in search.anchors)
    wish = search.wish
    wide = wish._replace(low=wish.low / _WIDER, high=wish.high * _WIDER, fixed=False)
    try:
        forced = least(replace(search, anchors=dear, wish=wide), most=1)
    except UnreachedError:
        return _NO_WAY
    if not any(abs(at - missed.at) <= give for at in forced.pins.seconds):
        return _NO_WAY
    tempi = sorted(round(60 / (float(pace) * search.felt), 1) for pace in forced.tempo)
    said = f"to meet it the tempo would bend by up to {forced.bend:.1%} from bar to bar"
    if tempi[0] < round(wish.low, 1) or tempi[-1] > round(wish.high, 1):
        said += f" and go from {tempi[0]:g} to {tempi[-1]:g} bpm, where {wish.low:.1f} to {wish.high:.1f} are allowed"
    lost = [anchor.at for anchor in search.anchors if anchor.skip >= MUST and _lost(anchor.at, found, forced)]
    hits = [hit for at in lost for hit in scene.hits if hit.at == at]
    return said + (f", and miss {' and '.join(map(named, hits))}" if hits else "")


def _lost(at: Fraction, found: Draft, forced: Draft) -> bool:
    return at in found.pins.seconds and at not in forced.pins.seconds
