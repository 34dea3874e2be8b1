"""Small groups of notes, found as a listener finds them: where a line lingers or leaps, three to seven notes at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FEWEST, MOST = 3, 7
LEAP_WEIGHT = 0.33


def group_ends(interval: Floats, pitch: Ints, closed: Bools) -> Bools:
    """Tell which notes of a line end a small group.

    Parameters
    ----------
    interval : NDArray
        Milliseconds from each onset to the next.
    pitch : NDArray
    closed : NDArray of bool
        Notes after which the line certainly breaks: before rests, at the ends of phrases.

    Examples
    --------
    >>> beats, pitch = np.array([1, 1, 2, 1, 1, 1, 2, 2.0]) * 300, np.full(8, 60)
    >>> np.flatnonzero(group_ends(beats, pitch, np.arange(8) == 7)).tolist()
    [2, 7]
    """
    ends = closed.copy()
    strength = boundary_strength(interval, pitch).tolist()
    start = 0
    for stop in np.flatnonzero(closed).tolist():
        while stop - start + 1 > MOST:
            last = min(start + MOST - 1, stop - FEWEST)
            start = 1 + max(range(start + FEWEST - 1, last + 1), key=lambda i: (strength[i], i))
            ends[start - 1] = True
        start = stop + 1
    return ends


def boundary_strength(interval: Floats, pitch: Ints) -> Floats:
    """Return how strongly each note suggests that a group ends with it, 0 and more.

    The degree of change of duration and, a third as much, of interval, after the local boundary detection of Emilios Cambouropoulos
    (2001); rounded, so that equal patterns are equally strong.
    """
    before, after = np.append(interval[:1], interval[:-1]), np.append(interval[1:], interval[-1:])
    lingering = np.maximum(interval - before, 0) / np.maximum(interval + before, 1e-9)
    lingering += np.maximum(interval - after, 0) / np.maximum(interval + after, 1e-9)
    leap = np.abs(np.diff(pitch, append=pitch[-1:])).astype(np.float64)
    leaping = np.maximum(leap - np.append(leap[:1], leap[:-1]), 0) / np.maximum(leap + np.append(leap[:1], leap[:-1]), 1.0)
    return np.round(lingering + LEAP_WEIGHT * leaping, 6)
