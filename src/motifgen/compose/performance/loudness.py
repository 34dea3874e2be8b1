"""Loudness: written levels, decibels, and the velocities and controllers that stand for them.

Decibels are counted down from fff. The law is that of General MIDI 2: gain is ``40 log10(value / 127)``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FFF, PP = 126.0, 33.0
RANGE = float(40 * np.log10(FFF / PP))
CEILING = float(40 * np.log10(127 / FFF))
KNEE = -2.0


def decibels(level: Floats) -> Floats:
    """Return decibels below fff of written levels, 0 (pp) to 1 (fff).

    Examples
    --------
    >>> decibels(np.array([0.0, 1.0])).round(1).tolist()
    [-23.3, 0.0]
    """
    return (level - 1.0) * RANGE


def eased(decibel: Floats) -> Floats:
    """Return levels that come near the ceiling but do not strike it: above -2 dB each further dB counts less and less.

    Examples
    --------
    >>> eased(np.array([-10.0, -2.0, 0.0, 6.0])).round(2).tolist()
    [-10.0, -2.0, -0.7, 0.09]
    """
    room = CEILING - KNEE
    return np.where(decibel > KNEE, KNEE + room * (1 - np.exp(-(decibel - KNEE) / room)), decibel)


def velocity(decibel: Floats) -> Ints:
    """Return velocities, 1 to 127.

    Examples
    --------
    >>> velocity(decibels(np.array([0.0, 0.5, 1.0]))).tolist()
    [33, 64, 126]
    """
    return np.clip(_whole(FFF * 10 ** (decibel / 40)), 1, 127)


def controller(decibel: Floats, full: float = FFF) -> Ints:
    """Return controller values, 0 to 127, where ``full`` stands for 0 dB."""
    return np.clip(_whole(full * 10 ** (decibel / 40)), 0, 127)


def _whole(values: Floats) -> Ints:
    """Round twice, so that a last bit of floating point, which machines may differ in, decides nothing."""
    return np.asarray(np.rint(np.round(values, 6)), dtype=np.int64)
