"""Tonality over time: the key that is heard, how far the notes lie from it, how happy its mode sounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.sampling import STEP, Curve, smooth
from motifgen.theory.scale import Key
from motifgen.theory.tension import FLAT_FIFTHS, key_center, position

#: Seconds over which a key is heard (Farbood 2013 finds 22 s for harmony) and over which the notes gather to one centre.
KEY_WINDOW, CENTER_WINDOW = 22.0, 2.0
#: How much a key that the scene asks for is trusted, as a correlation.
TRUST = 0.1
#: Krumhansl and Kessler 1982, tonic first.
MAJOR_PROFILE = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR_PROFILE = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
#: Share of 'happier' choices, Temperley and Tan 2013.
HAPPINESS = {"ionian": 0.83, "mixolydian": 0.64, "lydian": 0.58, "dorian": 0.40, "aeolian": 0.34, "phrygian": 0.21}
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tonality:
    """What is tonal at each sample.

    Parameters
    ----------
    tonic : NDArray[int64], shape (n,)
        Pitch class of the tonic that is heard.
    minor : NDArray[bool], shape (n,)
    strain : NDArray[float64], shape (n,)
        Distance of the notes' centre from the key in the spiral array (Chew 2000); 0 in silence.
    happiness : NDArray[float64], shape (n,)
        Happiness of the mode, 0.21 (phrygian) to 0.83 (ionian), in proportion to the degrees that are heard.
    """

    tonic: NDArray[np.int64]
    minor: NDArray[np.bool_]
    strain: Curve
    happiness: Curve


def tonality(sounding: Table, home: Key | None = None) -> Tonality:
    """Return the tonality of keys that sound.

    Parameters
    ----------
    sounding : NDArray[float64], shape (n, 128)
        1 where a MIDI key sounds; each counts once, so octaves count twice, and how loud it is does not matter.
    home : Key, optional
        The key that is asked for: it is preferred where the notes leave a choice.
    """
    classes = _classes(sounding)
    gathered = smooth(classes, round(KEY_WINDOW / STEP / 2))
    key = np.argmax(np.round(_fit(gathered) + _trusted(home), 9), axis=1)
    tonic, minor = key % 12, key >= 12
    degrees = np.take_along_axis(gathered, (tonic[:, None] + np.arange(12)) % 12, axis=1)
    return Tonality(tonic, minor, _strain(smooth(classes, round(CENTER_WINDOW / STEP / 2)), key), _happiness(degrees))


def _classes(sounding: Table) -> Table:
    """Return how many keys of each pitch class sound, shape (n, 12)."""
    return np.asarray(np.pad(sounding, ((0, 0), (0, 4))).reshape(len(sounding), 11, 12).sum(axis=1), dtype=np.float64)


def _fit(classes: Table) -> Table:
    """Return the correlation of pitch classes with each key's profile, shape (n, 24): twelve major keys, then twelve minor."""
    ideal = np.array([np.roll(profile, tonic) for profile, tonic in product((MAJOR_PROFILE, MINOR_PROFILE), range(12))])
    ideal -= ideal.mean(axis=1, keepdims=True)
    heard = classes - classes.mean(axis=1, keepdims=True)
    size = np.sqrt((heard**2).sum(axis=1, keepdims=True) * (ideal**2).sum(axis=1))
    return np.asarray(np.einsum("nc,kc->nk", heard, ideal) / np.maximum(size, 1e-12), dtype=np.float64)


def _trusted(home: Key | None) -> Table:
    trust = np.zeros(24)
    if home is not None:
        trust[home.tonic.semitone + 12 * home.mode.minor] = TRUST
    return trust


@cache
def _places() -> Table:
    """Return where each pitch class above a tonic on C lies, spelled flat as methods without spelling do, shape (12, 3)."""
    return np.array([position(fifths) for fifths in FLAT_FIFTHS])


def _strain(classes: Table, key: NDArray[np.int64]) -> Curve:
    """Return the distance of the centre of effect from the key; moved to C first, since distances do not depend on the tonic."""
    centers = np.array([key_center(Key.parse("C major")), key_center(Key.parse("C minor"))])
    above = np.take_along_axis(classes, (key[:, None] % 12 + np.arange(12)) % 12, axis=1)
    count = above.sum(axis=1)
    apart = np.linalg.norm(np.einsum("nc,cd->nd", above, _places()) / np.maximum(count, 1e-9)[:, None] - centers[key // 12], axis=1)
    return np.asarray(np.where(count > 1e-9, apart, 0.0), dtype=np.float64)


def _happiness(degrees: Table) -> Curve:
    """Return the happiness of a mode in proportion to its degrees: the third decides the side, the others how far it goes."""
    major, lydian, mixolydian = (_share(degrees, high, low) for high, low in ((4, 3), (6, 5), (10, 11)))
    dorian, phrygian = _share(degrees, 9, 8), _share(degrees, 1, 2)
    happy = HAPPINESS
    bright = happy["ionian"] - (happy["ionian"] - happy["lydian"]) * lydian - (happy["ionian"] - happy["mixolydian"]) * mixolydian
    dark = happy["aeolian"] + (happy["dorian"] - happy["aeolian"]) * dorian - (happy["aeolian"] - happy["phrygian"]) * phrygian
    return np.asarray(major * bright + (1 - major) * dark, dtype=np.float64)


def _share(degrees: Table, one: int, other: int) -> Curve:
    """Return the share of one degree of it and another, a half where neither sounds."""
    return np.asarray((degrees[:, one] + 1e-6) / (degrees[:, one] + degrees[:, other] + 2e-6), dtype=np.float64)
