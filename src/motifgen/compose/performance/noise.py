"""Human unevenness: noise that is drawn by place, so that a note added in one bar changes nothing in another.

Each draw is a hash of a named stream and of where the note stands, not the next number of a sequence.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Sebastiano Vigna's splitmix64 (2015): a step constant and two rounds of multiply-xorshift; public domain.
_STEP, _FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_LOWEST = 8


def white(chance: Chance, place: Ints) -> Floats:
    """Return noise with mean 0 and standard deviation 1 (four uniform draws), at most 3.5 either way."""
    key = np.uint64(chance.bits())
    total = sum((_hashed(key, place, draw) for draw in range(4)), np.zeros(place.shape))
    return np.asarray((total - 2) * np.sqrt(3), dtype=np.float64)


def pink(chance: Chance, seconds: Floats, octaves: Sequence[int] = range(-2, 4)) -> Floats:
    """Return 1/f noise at moments: octaves of smooth noise of equal power, standard deviation about 1.

    Like the internal clock of players, near moments are alike and far ones are not (Gilden, Thornton and Mallon 1995).

    Parameters
    ----------
    chance : Chance
    seconds : NDArray of float
        Not before 0.
    octaves : sequence of int
        Periods as powers of two, in seconds: -2 is a quarter of a second, 3 eight seconds.
    """
    key = np.uint64(chance.bits())
    total = np.zeros(seconds.shape)
    for octave in octaves:
        total += _lattice(key, seconds / 2.0**octave, octave + _LOWEST)
    return np.asarray(total * (2.1 / np.sqrt(len(octaves))), dtype=np.float64)


def _lattice(key: np.uint64, at: Floats, octave: int) -> Floats:
    if not at.size:
        return at
    cell = np.floor(at).astype(np.int64)
    along = at - cell
    first = int(cell.min())
    knots = _hashed(key, np.arange(first, int(cell.max()) + 2, dtype=np.int64), octave) * 2 - 1
    left, right = knots[cell - first], knots[cell - first + 1]
    return np.asarray(left + (right - left) * along * along * (3 - 2 * along), dtype=np.float64)


def _hashed(key: np.uint64, place: Ints, draw: int) -> Floats:
    with np.errstate(over="ignore"):
        state = place.astype(np.uint64) * _STEP + key + np.uint64(draw) * _SECOND
        state = (state ^ (state >> np.uint64(30))) * _FIRST
        state = (state ^ (state >> np.uint64(27))) * _SECOND
        state ^= state >> np.uint64(31)
    return (state >> np.uint64(11)).astype(np.float64) * 2.0**-53
