"""Rules of level: high loud, melodic, harmonic and chromatic charge. All are from Director Musices (Friberg; Sundberg)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MELODIC_CHARGE = (0.0, 6.5, 2.0, 4.5, 4.0, 2.5, 6.0, 1.0, 5.5, 3.0, 3.5, 5.0)
MAJOR_CHARGE = (0.0, 7.0, 4.0, 3.5, 6.0, 3.0, 7.5, 1.5, 4.0, 6.0, 3.5, 7.0)
MINOR_CHARGE = (0.3, 8.0, 2.5, 7.0, 3.0, 3.5, 7.0, 2.0, 6.5, 1.5, 6.0, 5.5)
DIMINISHED_CHARGE = 5.0


def high_loud(pitch: Ints, k: Floats | float) -> Floats:
    """Return decibels: the higher, the louder, 3 dB an octave, about the mean of the line.

    Examples
    --------
    >>> high_loud(np.array([60, 72]), 1.0).tolist()
    [-1.5, 1.5]
    """
    return np.asarray(k * (pitch - pitch.mean()) / 4, dtype=np.float64) if pitch.size else np.zeros(0)


def melodic_charge(above_root: Ints, k: Floats | float) -> tuple[Floats, Floats]:
    """Return decibels and factors of duration for notes by their distance from the chord's root around the circle of fifths.

    Parameters
    ----------
    above_root : NDArray
        Semitones above the chord's root; taken modulo 12.
    k : float
        Quantity.

    Examples
    --------
    >>> decibels, lengths = melodic_charge(np.array([0, 1, 7]), 1.0)
    >>> decibels.round(3).tolist(), lengths.round(4).tolist()
    ([0.0, 1.3, 0.2], [1.0, 1.0433, 1.0067])
    """
    charge = np.array(MELODIC_CHARGE)[above_root % 12]
    return 0.2 * k * charge, 1 + (2 / 300) * k * charge


def chord_charge(above_tonic: Ints, minor: NDArray[np.bool_], diminished: NDArray[np.bool_]) -> Floats:
    """Return the harmonic charge of triads: how far they are from the tonic.

    Parameters
    ----------
    above_tonic : NDArray
        Semitones of the root above the tonic; taken modulo 12.
    minor, diminished : NDArray
        The kind of each triad.

    Examples
    --------
    >>> chord_charge(np.array([7, 9]), np.array([False, True]), np.array([False, False])).tolist()
    [1.5, 1.5]
    """
    at = above_tonic % 12
    charge = np.where(minor, np.array(MINOR_CHARGE)[at], np.array(MAJOR_CHARGE)[at])
    return np.where(diminished, DIMINISHED_CHARGE, charge)


def harmonic_charge(charge: Floats, k: Floats | float) -> Floats:
    """Return decibels under chords of a charge.

    Examples
    --------
    >>> harmonic_charge(np.array([4.0]), 1.0).tolist()
    [3.0]
    """
    return np.asarray(1.5 * k * np.sqrt(charge), dtype=np.float64)


def harmonic_stretch(decibels: Floats) -> Floats:
    """Return factors of duration under a harmonic charge of so many decibels."""
    return np.sqrt(1 + 0.018 * decibels)


def harmonic_wait(charge: Floats, first: NDArray[np.bool_], k: Floats | float) -> Floats:
    """Return milliseconds by which notes are longer under chords of a charge: a little each, more the first note of a chord.

    Parameters
    ----------
    charge : NDArray
        Of the chord under each note, 0 to 8.
    first : NDArray of bool
        Whether a note is its chord's first.
    k : float
        Quantity.

    Examples
    --------
    >>> harmonic_wait(np.array([4.0, 4.0]), np.array([True, False]), 1.0).tolist()
    [20.0, 4.0]
    """
    return np.asarray(k * np.sqrt(charge) * np.where(first, 2.0 + 8.0, 2.0), dtype=np.float64)


def chromatic_charge(pitch: Ints, k: Floats | float) -> tuple[Floats, Floats]:
    """Return decibels and factors of duration: the closer the intervals, the more intense.

    The charge of a note is ``((32 - |interval to the next note|) mod 12) - 6``, averaged over five notes.

    Examples
    --------
    >>> decibels, lengths = chromatic_charge(np.array([60, 61, 62, 63, 64, 65]), 1.0)
    >>> decibels.round(3).tolist()[2], lengths.round(3).tolist()[2]
    (1.35, 1.009)
    """
    steps = np.abs(np.diff(pitch, append=pitch[-1:]))
    steps[-1:] = steps[-2:-1] if pitch.size > 1 else 0
    charge = ((32 - steps) % 12 - 6).astype(np.float64)
    padded = np.pad(charge, 2, mode="edge") if charge.size else np.zeros(4)
    mean = np.convolve(padded, np.full(5, 0.2), mode="valid")
    return 1.35 * k * mean, 1 + 0.009 * k * mean
