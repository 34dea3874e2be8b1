"""Presence: how loud players are heard beside how hard they attack: the volume of their seats, and controllers."""

from __future__ import annotations

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


def presence(strand: Strand, stage: Stage, second: float) -> Floats:
    """Return the decibels that volume and controllers add at a moment to the attack of each note of a part, negative as a rule."""
    seat = np.full(strand.on.shape, 40 * np.log10(volume(strand) / 127))
    if not strand.part.instrument.sustained or strand.part.instrument.drums:
        return seat
    at = np.array([second])
    phrase, growth = arch(stage, at), swell(stage, at)
    written = decibels(strand.level) + phrase + growth
    return np.asarray(seat + DYNAMICS_TELL * written + EXPRESSION_TELLS * phrase + growth, dtype=np.float64)
