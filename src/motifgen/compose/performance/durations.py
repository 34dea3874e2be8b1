"""Rules of micro-timing: duration contrast, double duration, leaps, uphill. All are from Director Musices (Friberg).

Durations are milliseconds from onset to onset; a rule returns what is added to them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def duration_contrast(duration: Floats, k: Floats | float) -> tuple[Floats, Floats]:
    """Return milliseconds and decibels: short notes become shorter and softer.

    Examples
    --------
    >>> milliseconds, decibels = duration_contrast(np.array([200.0, 400.0, 700.0]), 1.0)
    >>> milliseconds.round(3).tolist(), decibels.tolist()
    ([-16.5, -10.5, 0.0], [-0.825, -0.525, 0.0])
    """
    c = np.select(
        [(duration >= 30) & (duration < 200), (duration >= 200) & (duration < 400), (duration >= 400) & (duration < 600)],
        [-(11 / 170) * (duration - 30), -7 - (4 / 200) * (400 - duration), -(7 / 200) * (600 - duration)],
        0.0,
    )
    return 1.5 * k * c + 0.0, 0.075 * k * c + 0.0


def double_duration(duration: Floats, k: Floats | float) -> Floats:
    """Return milliseconds: a long note followed by one of half its length, and then by a longer one, gives it 12 %.

    Examples
    --------
    >>> double_duration(np.array([600.0, 300.0, 600.0]), 1.0).tolist()
    [-36.0, 36.0, 0.0]
    """
    added = np.zeros_like(duration)
    if duration.size < 3:
        return added
    pair = (np.abs(duration[:-2] - 2 * duration[1:-1]) < 0.02 * duration[:-2]) & (duration[2:] > 1.01 * duration[1:-1])
    given = np.where(pair, 0.12 * (np.broadcast_to(k, duration.shape)[:-2]) * duration[1:-1], 0.0)
    added[1:-1] += given
    added[:-2] -= given
    return added


def in_double(duration: Floats) -> NDArray[np.bool_]:
    """Tell which notes belong to a pair of 2:1; duration contrast leaves them alone."""
    return np.asarray(double_duration(duration, 1.0) != 0, dtype=bool)


def leap_tones(pitch: Ints, k: Floats | float, boundary: NDArray[np.bool_]) -> Floats:
    """Return milliseconds: a leap upwards is held at its top and hurried at its foot, one downwards the other way round.

    Parameters
    ----------
    pitch : NDArray
    k : float
    boundary : NDArray of bool
        Notes that begin a phrase: a leap to them is none.

    Examples
    --------
    >>> leap_tones(np.array([60, 64]), 1.0, np.array([True, False])).tolist()
    [-8.4, 8.4]
    """
    added = np.zeros(pitch.shape)
    leap = np.diff(pitch)
    wide = (np.abs(leap) > 2) & ~boundary[1:] & ~_zigzag(leap)
    root = np.sqrt(np.abs(leap)) * np.broadcast_to(k, pitch.shape)[1:]
    added[1:] += np.where(wide, np.where(leap > 0, 4.2, -4.2) * root, 0.0)
    added[:-1] += np.where(wide, np.where(leap > 0, -4.2, 2.4) * root, 0.0)
    return added


def _zigzag(leap: Ints) -> NDArray[np.bool_]:
    """Tell which leaps lie between two leaps the other way: up, down, up or down, up, down."""
    found = np.zeros(leap.shape, dtype=bool)
    sign = np.where(np.abs(leap) > 2, np.sign(leap), 0)
    middle = (sign[1:-1] != 0) & (sign[:-2] == -sign[1:-1]) & (sign[2:] == -sign[1:-1])
    for offset in range(3):
        found[offset : offset + middle.size] |= middle
    return found


def faster_uphill(pitch: Ints, k: Floats | float) -> Floats:
    """Return milliseconds: 2 less on a note that comes from below and goes on upwards."""
    added = np.zeros(pitch.shape)
    climbing = (pitch[1:-1] > pitch[:-2]) & (pitch[2:] > pitch[1:-1])
    added[1:-1] = np.where(climbing, -2.0 * np.broadcast_to(k, pitch.shape)[1:-1], 0.0)
    return added
