"""Roughness of thousands of moments at once, by the curve of which `motifgen.theory.roughness` judges single sonorities."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

PARTIALS = 11
_ODD = (1, 3, 5, 7, 9, 11)
_OCTAVES = 3
_PLACES = 128 + 12 * _OCTAVES
Table = NDArray[np.float64]


def roughness_curve(power: Table) -> Table:
    """Return the roughness of every row of key powers, shape (n,), on the scale on which a C major triad at middle C has 0.12.

    Eleven harmonics of amplitude 1/n; coinciding partials add as the root of their squares; a level may differ from key to key.

    Parameters
    ----------
    power : NDArray[float64], shape (n, 128)
        Power of each MIDI key.

    Notes
    -----
    W. Hutchinson and L. Knopoff, "The acoustic component of Western consonance", *Interface* 7 (1978).

    Examples
    --------
    >>> keys = np.zeros((1, 128)); keys[0, [60, 64, 67]] = 1.0
    >>> round(float(roughness_curve(keys)[0]), 4)
    0.1202
    """
    energy = power @ _partials()
    used = np.flatnonzero(energy.any(axis=0))
    energy = energy[:, used]
    amplitude = np.sqrt(energy)
    pairs = np.einsum("ij,ij->i", amplitude @ _bumps()[np.ix_(used, used)], amplitude) / 2
    return np.asarray(pairs / np.maximum(energy.sum(axis=1), 1e-12), dtype=np.float64)


@cache
def _partials() -> Table:
    """Return how much power each key gives to each frequency, shape (128, 6 * 164).

    In equal temperament only octaves coincide, so a frequency is an odd harmonic of some key, octaves up included.
    """
    table = np.zeros((128, len(_ODD), _PLACES))
    keys = np.arange(128)
    for number in range(1, PARTIALS + 1):
        odd, octave = number, 0
        while odd % 2 == 0:
            odd, octave = odd // 2, octave + 1
        table[keys, _ODD.index(odd), keys + 12 * octave] = 1 / number**2
    return table.reshape(128, -1)


@cache
def _bumps() -> Table:
    """Return the roughness of every pair of frequencies at amplitude 1, zero on the diagonal."""
    base = 440.0 * 2.0 ** ((np.arange(_PLACES) - 69) / 12)
    pitch = np.concatenate([base * odd for odd in _ODD])
    low, high = pitch[:, None], pitch[None, :]
    width = np.abs(low - high) / (1.72 * ((low + high) / 2) ** 0.65)
    return np.where(width > 1.2, 0.0, (width / 0.25 * np.exp(1 - width / 0.25)) ** 2)
