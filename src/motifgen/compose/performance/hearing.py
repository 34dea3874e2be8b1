"""Hearing: what many players are together, every quarter second, as far as a balance needs to know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.loudness import decibels
from motifgen.compose.performance.reading import EAR, STEP
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]

#: Below this power nothing sounds.
EMPTY = 1e-9
#: What a decibel of level is in a held note: its velocity follows it everywhere, its controllers where the library reads them.
HELD = 1.25


def heard(strands: Sequence[Strand], size: int) -> Floats:
    """Return the power of the whole at every step: held notes count more, since many libraries turn them up and down as well."""
    return power(strands, size)[0]


def power(strands: Sequence[Strand], size: int) -> tuple[Floats, Floats, Floats]:
    """Return the power of the whole, that of those who have pitch, and their mean pitch by power (0 where none sounds), at every step."""
    change = np.zeros((3, size + 1))
    for strand in strands:
        drums = strand.part.instrument.drums
        held = strand.part.instrument.sustained and not drums
        own = 10 ** (decibels(strand.level) * (HELD if held else 1.0) / 10)
        start, stop = (np.minimum(np.ceil(at / STEP), size).astype(np.int64) for at in (strand.start, strand.stop))
        stop = np.maximum(stop, np.minimum(start + 1, size))
        pitched = np.zeros(own.shape) if drums else own
        for row, weight in enumerate((own, pitched, pitched * strand.pitch)):
            change[row] += np.bincount(start, weight, size + 1) - np.bincount(stop, weight, size + 1)
    whole, sung, pitch = np.maximum(np.cumsum(change, axis=1)[:, :-1], 0.0)
    return whole, sung, np.where(sung > EMPTY, pitch / np.maximum(sung, EMPTY), 0.0)


def slow(change: Floats) -> Floats:
    """Return a change as slow as a level is heard."""
    half = round(EAR / STEP)
    mean = np.convolve(np.pad(change, half, mode="edge"), np.full(2 * half + 1, 1 / (2 * half + 1)), mode="valid")
    return np.asarray(mean, dtype=np.float64)
