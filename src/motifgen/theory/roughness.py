"""How rough a sonority sounds: sensory dissonance from the partials of its notes. Keys are MIDI numbers, C4 = 60."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from math import exp, sqrt

PARTIALS = 11
HURON = (-1.428, -0.582, 0.594, 0.386, 1.240, -0.453)
_REACH = 1.2


def roughness(keys: Iterable[int]) -> float:
    """Return the roughness of keys sounding together: 0 for one pure tone, about 0.12 for a C major triad at middle C, 1 for a cluster.

    Each note has eleven harmonics of amplitude 1/n; coinciding partials add as the root of their squares.

    Parameters
    ----------
    keys : Iterable[int]
        MIDI keys; a key given twice counts once.

    Notes
    -----
    W. Hutchinson and L. Knopoff, "The acoustic component of Western consonance", *Interface* 7 (1978).

    Examples
    --------
    >>> round(roughness([60, 64, 67]), 4)
    0.1202
    """
    return _hutchinson_knopoff(tuple(sorted(set(keys))))


def sethares(keys: Iterable[int]) -> float:
    """Return the dissonance of keys by the other common curve, on its own scale (a major triad at middle C: about 0.77).

    Notes
    -----
    W. Sethares, "Local consonance and the relationship between timbre and scale", *JASA* 94 (1993).

    Examples
    --------
    >>> round(sethares([60, 67]), 3)
    0.16
    """
    partials = _partials(tuple(sorted(set(keys))))
    return sum(_sethares_pair(low, high) for low, high in combinations(partials, 2))


def consonance(keys: Iterable[int]) -> float:
    """Return the sum of dyadic consonance over all pairs of different pitch classes; higher is more consonant.

    Notes
    -----
    D. Huron, "Interval-class content in equally tempered pitch-class sets", *Music Perception* 11 (1994).

    Examples
    --------
    >>> round(consonance([60, 64, 67]), 2)
    2.22
    """
    classes = sorted({key % 12 for key in keys})
    return sum((HURON[min(high - low, 12 - high + low) - 1] for low, high in combinations(classes, 2)), 0.0)


@lru_cache(maxsize=4096)
def _hutchinson_knopoff(keys: tuple[int, ...]) -> float:
    partials = _partials(keys)
    if not partials:
        return 0.0
    total = 0.0
    for at, (low, soft) in enumerate(partials):
        for high, loud in partials[at + 1 :]:
            width = (high - low) / (1.72 * ((low + high) / 2) ** 0.65)
            if width > _REACH:
                break
            total += soft * loud * (width / 0.25 * exp(1 - width / 0.25)) ** 2
    return total / sum(amplitude**2 for _, amplitude in partials)


def _sethares_pair(one: tuple[float, float], other: tuple[float, float]) -> float:
    (low, soft), (high, loud) = one, other
    scale = 0.24 / (0.021 * low + 19) * (high - low)
    return min(soft, loud) * (exp(-3.5 * scale) - exp(-5.75 * scale))


@lru_cache(maxsize=4096)
def _partials(keys: tuple[int, ...]) -> tuple[tuple[float, float], ...]:
    """Return (frequency in Hz, amplitude) of all partials, lowest first."""
    energy: dict[float, float] = {}
    for key in keys:
        base = 440 * 2 ** ((key - 69) / 12)
        for number in range(1, PARTIALS + 1):
            frequency = round(base * number, 6)
            energy[frequency] = energy.get(frequency, 0.0) + 1 / number**2
    return tuple((frequency, sqrt(energy[frequency])) for frequency in sorted(energy))
