"""What listeners would feel, from the curves of a recording: tension and arousal along a piece, valence of it."""

from __future__ import annotations

from collections.abc import Mapping
from operator import mul
from typing import TYPE_CHECKING

import numpy as np

from motifgen.measure.ranks import standard
from motifgen.measure.sampling import STEP, Curve, smooth

if TYPE_CHECKING:  # who composes asks for the model alone, and measures no recording
    from motifgen.measure.curves import Curves

#: Barchet, Rimmele & Pelofi 2024 (TenseMusic), fixed windows of 3 s.
TENSION_WEIGHTS = {"tempo": 0.05, "loudness": 0.49, "density": -0.02, "pitch": 0.21, "strain": 0.07, "roughness": 0.14}
WINDOW = 3.0
TREND = 5.0
#: Our own: the order of the cues follows Dean, Bailes & Schubert 2011 (intensity first).
AROUSAL_WEIGHTS = {"loudness": 0.5, "density": 0.3, "tempo": 0.2}
#: Least squares on the ratings (1 to 7) of Eerola, Friberg & Bresin 2013: constant, then a weight for each cue of `cues`.
RATINGS = {
    "happy": (-0.286, 1.792, 0.315, 0.236, -0.014, 0.180),
    "sad": (5.608, -1.675, -0.369, -0.053, -0.060, -0.202),
    "scary": (2.868, -0.770, 0.076, -0.302, 0.259, -0.037),
    "peaceful": (3.504, 0.414, -0.257, 0.140, -0.250, -0.090),
}
_TEMPI = (1.2, 2.0, 2.8, 4.4, 6.0)
_REGISTERS = (53, 59, 65, 71, 77, 83)
_SHARES = (0.25, 0.5, 0.75, 1.0)


def perceived_tension(found: Curves) -> Curve:
    """Return predicted tension over time, in standard units of the piece.

    Every feature is followed by its slopes; a slope that goes the way the predicted curve went over the last 3 s counts five times
    (trend salience). The published weights add the curves up.

    Notes
    -----
    M. Farbood, "A parametric, temporal model of musical tension", *Music Perception* 29 (2012); A. Barchet, J. Rimmele and C. Pelofi,
    "TenseMusic", *PLoS ONE* 19 (2024), for sound; the features are read from notes here.
    """
    return standard(np.sum([weight * remembered(getattr(found, name)) for name, weight in TENSION_WEIGHTS.items()], axis=0))


def remembered(feature: Curve) -> Curve:
    """Return a feature as it adds to tension, before it is weighted: smoothed by the length of the piece, then made salient."""
    return salient(smooth(standard(feature), max(len(feature) // 60, 1)))


def salient(feature: Curve) -> Curve:
    """Return a feature as the model remembers it, in standard units: the sum of its slopes, those with the trend five times.

    A slope is that of the line fitted to 3 s around a sample; the trend is that of the line fitted to the last 3 s of what is predicted.

    Examples
    --------
    >>> salient(np.zeros(3)).tolist()
    [0.0, 0.0, 0.0]
    """
    memory = round(WINDOW / STEP)
    lean = (np.arange(memory) - (memory - 1) / 2).tolist()
    slopes = _slopes(feature, memory // 2).tolist()
    curve = [0.0]
    for slope in slopes[1:]:
        past = curve[-memory:]
        trend = sum(map(mul, lean, past)) if len(past) == memory else curve[-1] - past[0]
        curve.append(curve[-1] + slope * (TREND if slope * trend > 0 else 1.0))
    return standard(np.array(curve[: len(feature)]))


def _slopes(feature: Curve, half: int) -> Curve:
    """Return the slope (a sample) of the line fitted to the samples up to ``half`` away from each; the ends are held."""
    lean = np.arange(-half, half + 1)
    padded = np.pad(feature, half, mode="edge")
    return np.asarray(np.convolve(padded, lean[::-1], mode="valid") / (lean**2).sum(), dtype=np.float64)


def perceived_arousal(found: Curves) -> Curve:
    """Return predicted arousal over time, in standard units of the piece: loudness, density and tempo, smoothed over 2 s."""
    return arousal_of({name: getattr(found, name) for name in AROUSAL_WEIGHTS})


def arousal_of(told: Mapping[str, Curve]) -> Curve:
    """Return predicted arousal over time of the features in `AROUSAL_WEIGHTS`; further ones may be there."""
    return standard(np.sum([weight * standard(smooth(told[name], 4)) for name, weight in AROUSAL_WEIGHTS.items()], axis=0))


def cues(found: Curves) -> Curve:
    """Return the cues of the additive model at each sample, shape (n, 5).

    Mode (1 ionian, 0 aeolian, others by their happiness), pace (level 1 to 5 of 1.2 to 6 notes a second), register of the top
    (level 1 to 6 of pitches 53 to 83), level of a player (3 is mezzo forte, one for 5 dB), staccato (level 1 to 4).
    """
    mode = (found.happiness - 0.34) / (0.83 - 0.34)
    pace = np.interp(found.rate, _TEMPI, np.arange(1, 6))
    register = 1 + (np.clip(found.top, _REGISTERS[0], _REGISTERS[-1]) - _REGISTERS[0]) / 6
    sound = np.clip(3 + found.player / 5, 1.0, 5.0)
    staccato = 5 - np.interp(found.held, _SHARES, np.arange(1, 5))
    return np.stack([mode, pace, register, sound, staccato], axis=1)


def ratings(levels: Curve) -> dict[str, Curve]:
    """Return what listeners would rate, 1 to 7, for levels of the cues, shape (n, 5).

    Notes
    -----
    T. Eerola, A. Friberg and R. Bresin, "Emotional expression in music", *Frontiers in Psychology* 4 (2013): cues add up.

    Examples
    --------
    >>> levels = np.array([[1.0, 3, 4, 3, 2]])  # major, 2.8 notes a second, B4 region, mezzo forte, a little detached
    >>> {word: round(float(rating[0]), 3) for word, rating in ratings(levels).items()}
    {'happy': 3.713, 'sad': 2.03, 'scary': 1.821, 'peaceful': 2.777}
    """
    return {word: weights[0] + levels @ np.array(weights[1:]) for word, weights in RATINGS.items()}


def perceived_valence(found: Curves) -> Curve:
    """Return predicted valence over time, about -1 to 1: the two glad ratings less the two grim ones, halved, of their range of 3."""
    rated = ratings(cues(found))
    return np.asarray(((rated["happy"] + rated["peaceful"]) - (rated["sad"] + rated["scary"])) / 2 / 3, dtype=np.float64)
