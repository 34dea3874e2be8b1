"""The piano's pedal (CC64), after the simple pedalling of Director Musices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Ints = NDArray[np.int64]

PEDAL = 64
PEDALLED = ("piano", "felt piano")
AFTER_FIRST, AFTER_CHANGE = 0.030, 0.100
LEAST = 240


def pedal(strand: Strand, stage: Stage, on: Ints, off: Ints) -> Ints:
    """Return the pedal of a part as a table of tick, controller, value; empty for instruments without one.

    Down 30 ms after the first chord, up at each change of harmony and down again 100 ms later, up wherever nothing may sound.
    """
    if strand.part.instrument.name not in PEDALLED or not on.size:
        return np.zeros((0, 3), dtype=np.int64)
    first, last = int(on.min()), int(off.max())
    changes = {tick for tick in stage.clock.ticks(stage.chords[:, 0]).tolist() if first < tick < last}
    walls = {tick for start, end, _ in stage.rests for tick in (start, end) if first < tick < last}
    begins = sorted({first} | changes | walls)
    rows = [(0, PEDAL, 0)]
    for start, stop in zip(begins, [*begins[1:], last], strict=True):
        late = AFTER_FIRST if start == first or start in walls else AFTER_CHANGE
        down = int(stage.clock.ticks(stage.clock.seconds(np.array([start])) + late)[0])
        silent = any(begin <= start < end for begin, end, _ in stage.rests)
        if down + LEAST < stop and not silent:
            rows += [(down, PEDAL, 127), (stop, PEDAL, 0)]
    return np.array(rows, dtype=np.int64)
