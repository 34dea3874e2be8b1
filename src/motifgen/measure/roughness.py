"""Roughness between keys, as a table, for measuring thousands of moments at once."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

PARTIALS = 11


@cache
def roughness_table() -> NDArray[np.float64]:
    """Return the roughness of every pair of MIDI keys sounding together, shape (128, 128), zero on the diagonal.

    Eleven harmonics of amplitude 1/n; the curve of Hutchinson & Knopoff (1978) with critical bandwidth
    ``1.72 * mean frequency ** 0.65``. Divided by the energy of one key, so that a semitone in octave 4 is about 0.48 twice.
    """
    keys = 440.0 * 2.0 ** ((np.arange(128) - 69) / 12)
    table = np.zeros((128, 128))
    amplitude = 1.0 / np.arange(1, PARTIALS + 1)
    for m in range(PARTIALS):
        for n in range(PARTIALS):
            low, high = keys[:, None] * (m + 1), keys[None, :] * (n + 1)
            y = np.abs(low - high) / (1.72 * ((low + high) / 2) ** 0.65)
            bump = ((y / 0.25) * np.exp(1 - y / 0.25)) ** 2
            table += amplitude[m] * amplitude[n] * np.where(y > 1.2, 0.0, bump)
    np.fill_diagonal(table, 0.0)
    table = np.round((table + table.T) / 2 / float((amplitude**2).sum()), 9)
    table.setflags(write=False)
    return table
