"""Clearings: before a blow the fabric thins to one held note, and after it the floor stays away."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from motifgen.compose.desk import Landing
from motifgen.compose.texture.loom import Loom
from motifgen.theory.time import Span

_WEIGHT = {"stinger": 1.2, "accent": 1.0, "reveal": 1.0}
_APART = 5.0
#: Seconds of a clearing: at least, and more by strength. A shock wants a long one; an accent in full run would lose the run.
_SECONDS = {"stinger": (0.7, 1.3), "accent": (0.4, 0.8), "reveal": (0.7, 1.3)}
FLOOR = frozenset({"bass", "drone", "percussion", "pulse"})


class Clearing(NamedTuple):
    """The space around a hit.

    Parameters
    ----------
    before : Span
        Quarters in which at most one note is held.
    floorless : Span
        Quarters after the hit in which nothing low plays; empty for a reveal, which wants support.
    landing : Landing
    strength : float
        0..1, how hard the hit is.
    """

    before: Span
    floorless: Span
    landing: Landing
    strength: float


def strength_of(loom: Loom, landing: Landing) -> float:
    """Return how hard a hit is, 0..1: by what is asked of it, and by tension and arousal there."""
    affect = loom.spotting.affect(landing.at)
    return round(min((0.3 + 0.4 * affect.tension + 0.3 * max(affect.arousal, 0.0)) * _WEIGHT.get(landing.hit.do, 0.8), 1.0), 6)


def clearings(loom: Loom) -> tuple[Clearing, ...]:
    """Return the clearing of every stinger, accent and reveal; of two within five seconds, only the first has one."""
    found: list[Clearing] = []
    for landing in loom.spotting.landings:
        if landing.hit.do not in _WEIGHT or landing.at >= loom.end:
            continue
        if not found or float(loom.spotting.seconds(landing.at) - loom.spotting.seconds(found[-1].landing.at)) >= _APART:
            found.append(_clearing(loom, landing))
    return tuple(found)


def _clearing(loom: Loom, landing: Landing) -> Clearing:
    spotting, strength = loom.spotting, strength_of(loom, landing)
    least, more = _SECONDS[landing.hit.do]
    seconds = Fraction(round(100 * (least + more * strength)), 100)
    start = spotting.quarter(max(spotting.seconds(landing.at) - seconds, Fraction(0)))
    start = max(Fraction(round(start * 2), 2), Fraction(0))
    bars = 0 if landing.hit.do == "reveal" or strength < 0.45 else 2
    after = loom.moments[min(loom.index(landing.at) + bars, len(loom.moments) - 1)]
    until = max(after.start, landing.at) if bars else landing.at
    return Clearing(Span(min(start, landing.at), landing.at), Span(landing.at, until), landing, strength)
