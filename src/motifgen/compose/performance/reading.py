"""Reading: what a conductor takes from the arc, before a note is heard: every take is another conductor's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance
from motifgen.compose.desk import Spotting
from motifgen.measure.ranks import ranks, standard

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

STEP = 0.25
#: Decibels for arousal (more where it is tense), and for tension beside it.
AROUSAL_DB, TENSION_DB = 28.0, 18.0
#: Decibels by which a level spreads, at least, where the arc moves at all, and how far it is stretched for that.
HEARD_DB, STRETCHED = 4.5, 4.0
#: Shares by which readings differ in how wide loudness is, how much tension counts beside arousal, and how far height tells tension.
READINGS = (0.15, 0.5, 0.4)
#: How much tension counts beside arousal: what players add to the page blurs it more.
LEAN = 1.5
#: Decibels an octave by which high players are favoured, for each standard unit of tension: even a small turn is one for the ear.
TILT_DB = 5.0
#: How much the order of the arc's moments counts beside how far apart they lie.
ORDER = 0.8
#: Seconds over which a level is heard, and around a hit that belong to the hit.
EAR, AROUND = 1.0, (0.5, 0.6)
#: Seconds before its peak at which a swell begins to grow.
SWELL = 6.0
_SILENT = 1e-9


@dataclass(frozen=True, eq=False)
class Wish:
    """What the arc asks for, every quarter second.

    Parameters
    ----------
    seconds : NDArray
    arousal, tension : NDArray
        The arc's, in standard units of where the balance may be judged; zeros where it does not move.
    wide : float
        Decibels by which loudness spreads (standard deviation); 0 for an arc that stands still.
    lean : float
        How much tension counts for each 1 that arousal counts, where loudness cannot serve both.
    tilt : NDArray
        Decibels an octave by which high players are favoured.
    free : NDArray of bool
        Where the balance may be judged: nobody speaks, no hit is near, no rest is written.
    spoken : NDArray of bool
        Where words are spoken.
    swells : tuple[tuple[int, int], ...]
        The steps over which a swell grows and peaks: there the balance holds still, so that nothing works against it.
    """

    seconds: Floats
    arousal: Floats
    tension: Floats
    wide: float
    lean: float
    tilt: Floats
    free: Bools
    spoken: Bools
    swells: tuple[tuple[int, int], ...] = ()


def wish_for(spotting: Spotting) -> Wish:
    """Return what a scene's arc asks of the balance, as one conductor reads it."""
    scene = spotting.scene
    seconds = np.arange(0.0, float(scene.length) + STEP, STEP)
    moments = seconds.tolist()
    arousal, tension = (np.array([scene.arc.height(axis, moment) for moment in moments]) for axis in ("arousal", "tension"))
    free, spoken = _judged(spotting, seconds)
    chance = Chance(scene.seed, scene.id, "reading")
    wide, lean, height = (chance.between(1 - share, 1 + share) for share in READINGS)
    strained = in_units(_told_apart(tension), free)
    return Wish(
        seconds,
        in_units(_told_apart(arousal), free),
        strained,
        wide * _width(arousal, tension),
        LEAN * lean,
        TILT_DB * height * strained,
        free,
        spoken,
        _swells(spotting, len(seconds)),
    )


def _told_apart(curve: Floats) -> Floats:
    """Return a curve whose small turns are nearly as wide as its great ones: listeners tell higher from lower, not by how much."""
    return np.asarray((1 - ORDER) * standard(curve) + ORDER * standard(ranks(curve)), dtype=np.float64)


def in_units(curve: Floats, where: Bools) -> Floats:
    """Return a curve in standard units of some of its places (all, if there are too few); zeros where it does not move there.

    Examples
    --------
    >>> in_units(np.array([1.0, 3.0, 9.0]), np.array([True, True, False])).tolist()
    [-1.0, 1.0, 7.0]
    """
    own = curve[where] if where.sum() > 1 else curve
    spread = round(float(own.std()), 9)
    return np.asarray((curve - own.mean()) / spread if spread else np.zeros(curve.shape), dtype=np.float64)


def _width(arousal: Floats, tension: Floats) -> float:
    """Return by how many decibels loudness spreads: enough to be heard over what players do anyway, for a small turn is a turn too."""
    lively, strained = AROUSAL_DB * arousal * (0.6 + 0.4 * tension), TENSION_DB * tension
    spread = round(max(float(curve.std()) for curve in (lively, strained, lively + strained)), 6)
    return spread * min(max(HEARD_DB / spread, 1.0), STRETCHED) if spread else 0.0


def _swells(spotting: Spotting, size: int) -> tuple[tuple[int, int], ...]:
    peaks = [float(spotting.seconds(landing.at)) for landing in spotting.landings if landing.hit.do == "swell"]
    return tuple((max(int((peak - SWELL) / STEP), 0), min(int((peak + AROUND[1] + EAR) / STEP) + 1, size)) for peak in peaks)


def _judged(spotting: Spotting, seconds: Floats) -> tuple[Bools, Bools]:
    """Return where the balance may be judged, and where words are spoken."""
    words = [(float(spoken.start), float(spoken.end)) for spoken in spotting.scene.dialogue]
    spans = [(start - EAR, end + EAR) for start, end in words]
    spans += [(float(spotting.seconds(rest.start)), float(spotting.seconds(rest.end))) for rest in spotting.rests]
    for landing in spotting.landings:
        at = float(spotting.seconds(landing.at))
        spans.append((at - AROUND[0], at + AROUND[1]))
    return ~_inside(seconds, spans), _inside(seconds, words)


def _inside(seconds: Floats, spans: Sequence[tuple[float, float]]) -> Bools:
    found = np.zeros(seconds.shape, dtype=bool)
    for start, end in spans:
        found |= (seconds >= start) & (seconds <= end)
    return found
