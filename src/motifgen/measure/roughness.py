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
    Matrix products are kept out of it: their libraries start threads of their own, which take the cores of other processes that measure.

    W. Hutchinson and L. Knopoff, "The acoustic component of Western consonance", *Interface* 7 (1978).

    Examples
    --------
    >>> keys = np.zeros((1, 128)); keys[0, [60, 64, 67]] = 1.0
    >>> round(float(roughness_curve(keys)[0]), 4)
    0.1202
    """
    energy = _energy(power)
    used = np.flatnonzero(energy.any(axis=1))
    near, energy = _bumps()[np.ix_(used, used)], energy[used]
    amplitude = np.sqrt(energy)
    pairs = np.zeros(len(power))
    reach = np.count_nonzero(np.triu(near), axis=1)  # only what is close is rough, and the frequencies are in order
    for low, row in enumerate(near):
        above = slice(low + 1, low + 1 + reach[low])
        pairs += amplitude[low] * np.einsum("j,jn->n", row[above], amplitude[above])
    return np.asarray(pairs / np.maximum(energy.sum(axis=0), 1e-12), dtype=np.float64)


def _energy(power: Table) -> Table:
    """Return how much power there is at each frequency, from low to high, shape (6 * 164, n).

    In equal temperament only octaves coincide, so a frequency is an odd harmonic of some key, octaves up included.
    """
    table = np.zeros((len(_ODD), _PLACES, len(power)))
    for number in range(1, PARTIALS + 1):
        odd, octave = number, 0
        while odd % 2 == 0:
            odd, octave = odd // 2, octave + 1
        table[_ODD.index(odd), 12 * octave : 12 * octave + 128] += power.T / number**2
    return table.reshape(-1, len(power))[np.argsort(_pitches(), kind="stable")]


def _pitches() -> Table:
    """Return the frequencies in Hz, in the order of the odd harmonics."""
    base = 440.0 * 2.0 ** ((np.arange(_PLACES) - 69) / 12)
    return np.concatenate([base * odd for odd in _ODD])


@cache
def _bumps() -> Table:
    """Return the roughness of every pair of frequencies at amplitude 1, zero on the diagonal; frequencies from low to high."""
    pitch = np.sort(_pitches())
    low, high = pitch[:, None], pitch[None, :]
    width = np.abs(low - high) / (1.72 * ((low + high) / 2) ** 0.65)
    return np.where(width > 1.2, 0.0, (width / 0.25 * np.exp(1 - width / 0.25)) ** 2)
