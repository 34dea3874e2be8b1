"""Presence: how loud players are heard beside how hard they attack: the volume of their seats, and controllers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.dynamics import arch, swell
from motifgen.compose.performance.loudness import decibels
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]

VOLUME = {"melody": 104, "hit": 104, "percussion": 92, "pad": 92, "drone": 92, "arpeggio": 94, "pulse": 94}
USUAL_VOLUME = 98
#: What a decibel of dynamics (CC1) is in loudness, beside one of expression, and what of a phrase expression takes part in.
DYNAMICS_TELL, EXPRESSION_TELLS = 0.5, 0.5


def volume(strand: Strand) -> int:
    """Return the volume (CC7) of a part, by its role."""
    return VOLUME.get(strand.part.role, USUAL_VOLUME)


def presence(strands: Sequence[Strand], masks: Sequence[NDArray[np.bool_]], stage: Stage, second: float) -> list[Floats | float]:
    """Return the decibels that volume and controllers add at a moment to the attacks of some of each part's notes, negative as a rule."""
    at = np.array([second])
    phrase, growth = float(arch(stage, at)[0]), float(swell(stage, at)[0])
    shape = DYNAMICS_TELL * (phrase + growth) + EXPRESSION_TELLS * phrase + growth
    return [
        _seat(it) + (DYNAMICS_TELL * decibels(it.level[mask]) + shape if _drawn(it) else 0.0)
        for it, mask in zip(strands, masks, strict=True)
    ]


def _seat(strand: Strand) -> float:
    return 40 * math.log10(volume(strand) / 127)


def _drawn(strand: Strand) -> bool:
    """Tell whether a part has dynamics and expression drawn."""
    return strand.part.instrument.sustained and not strand.part.instrument.drums
