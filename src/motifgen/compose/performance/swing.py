"""Swing: in styles that swing, the second eighth of a beat comes late, the later the slower the beat; after Director Musices (Friberg).

The score stays written in even eighths, as musicians write it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand
from motifgen.sketch.events import PPQ

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

#: The rule is that of drummers; a band swings less, and who has the tune least of all, close to even eighths (Friberg and Sundström,
#: Swing Ratios and Ensemble Timing in Jazz Performance, 2002). So a theme keeps its rhythm.
BAND, TUNE = 0.6, 0.2
_HALF, _LATE = PPQ // 2, 3 * PPQ // 4


def swing_ratio(bpm: Floats, k: Floats | float) -> Floats:
    """Return how much longer the first eighth of a beat is than the second.

    Parameters
    ----------
    bpm : NDArray
        Beats a minute.
    k : float
        Quantity: 1 as published, 0 even.

    Examples
    --------
    >>> swing_ratio(np.array([100.0, 200.0, 400.0]), 1.0).round(4).tolist()
    [3.1019, 2.1019, 1.0]
    """
    return 1 + k * (np.maximum(4.1019 - 0.01 * bpm, 1.0) - 1)


def swing_accent(k: float) -> float:
    """Return the decibels by which the second eighth is accented."""
    return 3.0 * k


def swung(strand: Strand, stage: Stage) -> Bools:
    """Tell which notes are second eighths that swing: alone between two beats of their part, where the beat is a quarter.

    Drum patterns write them on the last sixteenth as well. Finer divisions are played as they are written.
    """
    if not stage.swings.size or not strand.on.size:
        return np.zeros(strand.on.shape, dtype=bool)
    swings, within = _within(strand, stage)
    beat, inner = strand.on - within, within > 0
    places = np.unique(np.stack([beat[inner], strand.on[inner]], axis=1), axis=0)[:, 0]
    alone = np.searchsorted(places, beat, side="right") - np.searchsorted(places, beat, side="left") == 1
    second = (within == _HALF) | ((within == _LATE) & strand.part.instrument.drums)
    return np.asarray(second & alone & swings, dtype=bool)


def lateness(strand: Strand, stage: Stage) -> Floats:
    """Return the seconds by which each note is late because it swings."""
    late = np.zeros(strand.on.shape)
    at = np.flatnonzero(swung(strand, stage))
    if at.size:
        beat = (strand.on - _within(strand, stage)[1])[at]
        start, end = stage.clock.seconds(beat), stage.clock.seconds(beat + PPQ)
        ratio = swing_ratio(60 / (end - start), np.where(strand.statement[at] >= 0, TUNE, BAND))
        late[at] = start + (end - start) * ratio / (1 + ratio) - strand.start[at]
    return late


def _within(strand: Strand, stage: Stage) -> tuple[Bools, Ints]:
    """Return for each note whether its bar swings, and how many ticks after its beat it begins."""
    bar = np.clip(np.searchsorted(stage.swings[:, 0], strand.on, side="right") - 1, 0, None)
    return stage.swings[bar, 1] > 0, (strand.on - stage.swings[bar, 0]) % PPQ
