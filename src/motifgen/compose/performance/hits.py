"""Hits that can be heard: what strikes must stand out of what is around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.loudness import CEILING
from motifgen.compose.performance.presence import presence
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]

STRIKES = ("accent", "stinger")
STAND_OUT, AROUND = 6.5, 2.0
MOMENTS = (1.3, 1.15, 1.0, 0.8, 0.6, 0.4, 0.25)
YIELD = 3.0
#: By how many decibels a swell grows over its last two seconds, and by how many at most the players there make room for it.
GROWN, MOST_YIELD = 10.5, 12.0
#: Seconds before the peak: where the growth is judged, and between which notes make room.
GROWS_FROM, GROWS = (2.5, 2.25, 2.1, 2.0, 1.9, 1.75, 1.5), (4.0, 1.2)
#: Seconds for which a stroke is in the ear, however short it is.
STROKE = 0.25
#: Seconds after the frame at which a swell may be at its height.
PEAKS = (0.0, 0.1, 0.2)


def struck(strands: Sequence[Strand], levels: Sequence[Floats], stage: Stage) -> tuple[list[Floats], tuple[str, ...]]:
    """Return levels in which the notes of every accent and stinger are at least 6.5 dB above those within two seconds of it.

    Together they are also 6.5 dB above whatever sounds in the second before. Where there is no room above, what is around makes
    room, and so it does two seconds before a swell. A hit on which no note begins is named in a warning.

    Returns
    -------
    tuple[list[NDArray], tuple[str, ...]]
        Levels in dB below fff, one array for each part, and warnings.
    """
    raised = [level.copy() for level in levels]
    warnings = []
    # What rings on from a strike makes room for a swell too, so swells come first: the strike is lifted out of what is left.
    for _, second in stage.hits("swell"):
        _grown(raised, strands, stage, second)
    all_hits = [tick for tick, _ in stage.hits(*STRIKES)]
    for tick, second in stage.hits(*STRIKES):
        on = [strand.on == tick for strand in strands]
        if not any(mask.any() for mask in on):
            warnings.append(f"no note begins at the hit at {second:.2f} s, so it cannot be heard as a strike")
            continue
        near = [(np.abs(s.start - second) <= AROUND) & ~np.isin(s.on, all_hits) for s in strands]
        _strike(raised, on, near)
        _overpower(raised, strands, stage, on, second)
    return raised, tuple(warnings)


def _grown(levels: list[Floats], strands: Sequence[Strand], stage: Stage, second: float) -> None:
    """See to it that a swell peaks well over where it begins to grow, however loud a single stroke is there; in place."""
    before = max(_sounding(levels, strands, stage, second - at, STROKE) for at in GROWS_FROM)
    peak = max(_sounding(levels, strands, stage, second + at) for at in PEAKS)
    if before <= 0 or peak <= 0:
        return
    short = min(GROWN - float(10 * np.log10(peak / before)), MOST_YIELD)
    for level, strand in zip(levels, strands, strict=True):
        # Who sounds on through the peak would be lowered there too.
        leaving = (strand.start < second - GROWS[1]) & (strand.stop > second - GROWS[0]) & (strand.stop <= second + 0.01)
        level[leaving] -= max(short, 0.0)


def _overpower(levels: list[Floats], strands: Sequence[Strand], stage: Stage, on: list[NDArray[np.bool_]], second: float) -> None:
    """See to it that a strike is heard louder as a whole than the second before it, however many play there."""
    before = max(_sounding(levels, strands, stage, second - at) for at in MOMENTS)
    after = _power(levels, strands, on, stage, second)
    if before <= 0 or after <= 0:
        return
    short = STAND_OUT - float(10 * np.log10(after / before))
    if short <= 0:
        return
    room = CEILING - max(float(level[mask].max()) for level, mask in zip(levels, on, strict=True) if mask.any())
    lift = min(short, max(room, 0.0))
    for level, mask, strand in zip(levels, on, strands, strict=True):
        level[mask] += lift
        level[(strand.stop > second - YIELD) & (strand.start < second - 0.01)] -= short - lift


def _sounding(levels: list[Floats], strands: Sequence[Strand], stage: Stage, at: float, lasting: float = 0.0) -> float:
    """Return the power that is heard at a moment and for some time after, controllers and all."""
    masks = [(strand.start <= at + lasting + 0.01) & (strand.stop > at + 0.01) for strand in strands]
    return _power(levels, strands, masks, stage, at)


def _power(levels: list[Floats], strands: Sequence[Strand], masks: list[NDArray[np.bool_]], stage: Stage, at: float) -> float:
    """Return the power of some of each player's notes at a moment."""
    beside = presence(strands, masks, stage, at)
    return float(sum(np.sum(10 ** ((level[mask] + own) / 10)) for level, mask, own in zip(levels, masks, beside, strict=True)))


def _strike(levels: list[Floats], on: list[NDArray[np.bool_]], near: list[NDArray[np.bool_]]) -> None:
    """Lift one hit's notes over their surroundings, in place; lower the surroundings where there is no headroom."""
    around = np.concatenate([level[mask] for level, mask in zip(levels, near, strict=True)])
    if not around.size:
        return
    short = max(float(around.mean()) + STAND_OUT - CEILING, 0.0)
    target = float(around.mean()) + STAND_OUT - short
    for level, mask, beside in zip(levels, on, near, strict=True):
        level[beside] -= short
        # Each player stands out of what they play themselves too: else a loud tune would hide the strike.
        own = min(float(level[beside].mean()) + STAND_OUT, CEILING) if beside.any() else target
        level[mask] = np.maximum(level[mask], max(target, own))
