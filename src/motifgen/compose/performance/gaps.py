"""Rules of articulation: what is silent at the end of a note, or overlaps with the next. All are from Director Musices (Friberg).

Durations and gaps are milliseconds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def punctuation(duration: Floats, k: Floats | float) -> tuple[Floats, Floats]:
    """Return the gap after the last note of a small group, and what is added to that note's duration.

    Examples
    --------
    >>> gap, added = punctuation(np.array([160.0, 400.0, 640.0]), 1.0)
    >>> gap.tolist(), added.tolist()
    ([20.0, 40.0, 60.0], [9.0, 18.0, 27.0])
    """
    gap = k * np.interp(duration, [160.0, 640.0], [20.0, 60.0])
    return gap, 0.45 * gap


def phrase_articulation(k: float) -> tuple[float, float]:
    """Return the gap at the end of a phrase, and what is added to its last note's duration."""
    return 80.0 * k, 40.0 * k


def leap_articulation(leap: Ints, duration: Floats, k: Floats | float) -> Floats:
    """Return the gap before a leap of more than two semitones.

    Examples
    --------
    >>> leap_articulation(np.array([5]), np.array([400.0]), 1.0).round(3).tolist()
    [18.0]
    """
    size = np.minimum(np.abs(leap), 9)
    gap = 8 * size * k * (0.3 / 600 * (duration - 100) + 0.3)
    return np.where((np.abs(leap) > 2) & (duration > 100), gap, 0.0)


def repetition_articulation(repeated: NDArray[np.bool_], k: Floats | float) -> Floats:
    """Return the gap between repeated pitches: 35 ms."""
    return np.where(repeated, 35.0 * k, 0.0)


def score_staccato(duration: Floats, k: float) -> Floats:
    """Return the silent part of a note marked staccato; at ``k`` 1 it sounds for a third.

    Examples
    --------
    >>> score_staccato(np.array([500.0]), 1.0).round(3).tolist()
    [332.5]
    """
    if k <= 0:
        return np.zeros_like(duration)
    share = 0.6889 * k + 0.3111 if k <= 1 else 0.0325 * k + 0.9675
    return np.asarray(share * 0.665 * duration, dtype=np.float64)


def score_legato(duration: Floats, k: float) -> Floats:
    """Return how long a note under a slur overlaps the next.

    Examples
    --------
    >>> score_legato(np.array([500.0]), 1.0).round(3).tolist()
    [58.592]
    """
    if k <= 0:
        return np.zeros_like(duration)
    percent = (-0.0043 * k - 0.0066) * duration + 5.8533 * k + 11.315 if k <= 1 else (0.00005 * k - 0.011) * duration + 1.105 * k + 16.063
    return np.maximum(percent, 0.0) / 100 * duration


def overall_articulation(duration: Floats, k: Floats | float) -> Floats:
    """Return the gap that makes everything more detached: a quarter of each note longer than 100 ms."""
    return np.where(duration > 100, 0.25 * k * duration, 0.0)
