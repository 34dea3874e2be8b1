"""Hits that can be heard: what strikes must stand out of what is around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.loudness import CEILING
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]

STRIKES = ("accent", "stinger")
STAND_OUT, AROUND = 5.0, 2.0


def struck(strands: Sequence[Strand], levels: Sequence[Floats], stage: Stage) -> tuple[list[Floats], tuple[str, ...]]:
    """Return levels in which the notes of every accent and stinger are at least 5 dB above those within two seconds of it.

    Where there is no room above, what is around makes room. A hit on which no note begins is named in a warning.

    Returns
    -------
    tuple[list[NDArray], tuple[str, ...]]
        Levels in dB below fff, one array for each part, and warnings.
    """
    raised = [level.copy() for level in levels]
    warnings = []
    all_hits = [tick for tick, _ in stage.hits(*STRIKES)]
    for tick, second in stage.hits(*STRIKES):
        on = [strand.on == tick for strand in strands]
        if not any(mask.any() for mask in on):
            warnings.append(f"no note begins at the hit at {second:.2f} s, so it cannot be heard as a strike")
            continue
        near = [(np.abs(s.start - second) <= AROUND) & ~np.isin(s.on, all_hits) for s in strands]
        _strike(raised, on, near)
    return raised, tuple(warnings)


def _strike(levels: list[Floats], on: list[NDArray[np.bool_]], near: list[NDArray[np.bool_]]) -> None:
    """Lift one hit's notes over their surroundings, in place; lower the surroundings where there is no headroom."""
    around = np.concatenate([level[mask] for level, mask in zip(levels, near, strict=True)])
    if not around.size:
        return
    short = max(float(around.mean()) + STAND_OUT - CEILING, 0.0)
    target = float(around.mean()) + STAND_OUT - short
    for level, mask, beside in zip(levels, on, near, strict=True):
        level[beside] -= short
        level[mask] = np.maximum(level[mask], target)
