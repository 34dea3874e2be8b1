"""Curves over time, read off a recording: loudness, pitch height, density, tempo, roughness; perceived tension and arousal."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.roughness import roughness_table
from motifgen.sketch.recording import Part, Recording

STEP = 0.25
FLOOR_DB = -60.0
Curve = NDArray[np.float64]

# Barchet, Rimmele & Pelofi 2024 (TenseMusic), fixed windows of 3 s.
TENSION_WEIGHTS = {"loudness": 0.49, "pitch": 0.21, "roughness": 0.14, "tempo": 0.05, "density": -0.02}
AROUSAL_WEIGHTS = {"loudness": 0.5, "density": 0.3, "tempo": 0.2}
TREND = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What sounds, sampled every 0.25 s from the scene's first frame.

    Parameters
    ----------
    seconds : NDArray[float64], shape (n,)
    loudness : NDArray[float64], shape (n,)
        dB of summed note energy (velocity, CC7, CC11 and CC1 by the GM2 square law); -60 is silence.
    pitch : NDArray[float64], shape (n,)
        Energy-weighted mean MIDI pitch; carried on through silence.
    density : NDArray[float64], shape (n,)
        Onsets a second.
    tempo : NDArray[float64], shape (n,)
        Quarters a minute.
    roughness : NDArray[float64], shape (n,)
        Mean pairwise roughness of what sounds (Hutchinson & Knopoff 1978), weighted by level.
    parts : NDArray[float64], shape (n,)
        Parts sounding at once.
    """

    seconds: Curve
    loudness: Curve
    pitch: Curve
    density: Curve
    tempo: Curve
    roughness: Curve
    parts: Curve


def curves(recording: Recording) -> Curves:
    """Return the curves of a recording."""
    length = float(recording.tempo.seconds(recording.end_tick))
    at = np.arange(0.0, max(length, STEP), STEP)
    ticks = np.array([recording.tempo.tick(Fraction(second).limit_denominator(1000)) for second in at.tolist()])
    power = np.zeros((len(at), 128))
    density, parts = np.zeros(len(at)), np.zeros(len(at))
    for part in recording.parts:
        if not len(part.notes):
            continue
        power += _power(part, ticks, density)
        parts += _sounding(part, ticks)
    total = power.sum(axis=1)
    loudness = np.maximum(10 * np.log10(np.maximum(total, 1e-12)), FLOOR_DB)
    height = np.where(total > 0, power @ np.arange(128) / np.maximum(total, 1e-12), np.nan)
    tempo = np.array([recording.tempo.bpm(int(tick)) for tick in ticks])
    return Curves(at, loudness, _carried(height), _smooth(density / STEP, 4), tempo, _rough(power), parts)


def _power(part: Part, ticks: NDArray[np.int64], density: Curve) -> Curve:
    """Return the power of each MIDI key at each sample, and count the part's onsets into ``density``."""
    gain = (part.volume / 127) ** 4 * _controller(part, 11, ticks) ** 4 * _controller(part, 1, ticks) ** 2
    first = np.searchsorted(ticks, part.notes["onset_tick"], side="right") - 1
    last = np.searchsorted(ticks, part.notes["end_tick"], side="left")
    np.add.at(density, np.clip(first, 0, len(ticks) - 1), 1)
    power = np.zeros((len(ticks), 128))
    for start, end, note in zip(first.tolist(), last.tolist(), part.notes, strict=True):
        power[max(start, 0) : max(end, start + 1), int(note["pitch"])] += (int(note["velocity"]) / 127) ** 4
    return power * gain.reshape(-1, 1)


def _controller(part: Part, number: int, ticks: NDArray[np.int64]) -> Curve:
    rows = part.controls[part.controls["controller"] == number]
    if not len(rows):
        return np.ones(len(ticks))
    return np.asarray(rows["value"][np.clip(np.searchsorted(rows["tick"], ticks, side="right") - 1, 0, None)] / 127.0, dtype=np.float64)


def _sounding(part: Part, ticks: NDArray[np.int64]) -> Curve:
    change = np.zeros(len(ticks) + 1)
    first = np.clip(np.searchsorted(ticks, part.notes["onset_tick"], side="right") - 1, 0, len(ticks))
    last = np.clip(np.searchsorted(ticks, part.notes["end_tick"], side="left"), 0, len(ticks))
    np.add.at(change, first, 1)
    np.add.at(change, np.maximum(last, first + 1).clip(max=len(ticks)), -1)
    return (np.cumsum(change[:-1]) > 0).astype(np.float64)


def _rough(power: Curve) -> Curve:
    """Return the level-weighted roughness of the keys that sound at each sample."""
    level = np.sqrt(power)
    pairs = np.einsum("ij,jk,ik->i", level, roughness_table(), level) / 2
    return np.asarray(pairs / np.maximum((level**2).sum(axis=1), 1e-9), dtype=np.float64)


def _carried(values: Curve) -> Curve:
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return np.full(len(values), 60.0)
    return np.asarray(np.interp(np.arange(len(values)), known, values[known]), dtype=np.float64)


def _smooth(values: Curve, half: int) -> Curve:
    """Return a running mean over ``2 * half + 1`` samples, shorter at the ends."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    index = np.arange(len(values))
    low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low), dtype=np.float64)


def _standard(values: Curve) -> Curve:
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values)), dtype=np.float64)


def perceived_tension(found: Curves) -> Curve:
    """Return predicted tension over time, in standard units of the piece.

    Features are followed by their slopes over 3 s; a slope that goes the way the curve already went over the last 3 s counts five
    times (trend salience: Farbood, 2012; weights: Barchet, Rimmele & Pelofi, TenseMusic, 2024).
    """
    total = np.zeros(len(found.seconds))
    for name, weight in TENSION_WEIGHTS.items():
        total += weight * _trend(_standard(_smooth(getattr(found, name), 2)))
    return _standard(total)


def _trend(feature: Curve, window: int = 12) -> Curve:
    slopes = np.zeros(len(feature))
    slopes[1:] = np.diff(_smooth(feature, window // 2))
    curve = np.zeros(len(feature))
    for at in range(1, len(feature)):
        memory = curve[at - 1] - curve[max(at - 1 - window, 0)]
        curve[at] = curve[at - 1] + slopes[at] * (TREND if slopes[at] * memory > 0 else 1.0)
    return _standard(curve)


def perceived_arousal(found: Curves) -> Curve:
    """Return predicted arousal over time, in standard units: loudness, density and tempo, smoothed over 2 s."""
    parts = (weight * _standard(_smooth(getattr(found, name), 4)) for name, weight in AROUSAL_WEIGHTS.items())
    return _standard(np.sum(list(parts), axis=0))


def rank_correlation(a: Curve, b: Curve) -> float:
    """Return Spearman's rank correlation, ties averaged; 0 where a curve does not move.

    Examples
    --------
    >>> rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 30.0, 20.0]))
    0.5
    """
    first, second = _standard(_ranks(np.round(a, 9))), _standard(_ranks(np.round(b, 9)))
    return round(float((first * second).mean()), 6)


def _ranks(values: Curve) -> Curve:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse], dtype=np.float64)
