"""Samples: the moments at which a recording is looked at, and what its notes and controllers are there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Part, Recording
from motifgen.sketch.tempo_map import TempoMap

STEP = 0.25
#: What is as good as silent, in decibels.
FLOOR_DB = -60.0
Curve = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Moments 0.25 s apart from the scene's first frame.

    Parameters
    ----------
    seconds : NDArray[float64], shape (n,)
    ticks : NDArray[int64], shape (n,)
    """

    seconds: Curve
    ticks: Ints

    @classmethod
    def of(cls, recording: Recording) -> Samples:
        """Return the moments of a recording, at least one."""
        length = float(recording.tempo.seconds(recording.end_tick))
        at = np.arange(0.0, max(length, STEP), STEP)
        return cls(at, np.array([recording.tempo.tick(Fraction(second).limit_denominator(1000)) for second in at.tolist()]))

    def __len__(self) -> int:
        return len(self.seconds)

    def first(self, notes: NDArray[np.void]) -> Ints:
        """Return for each note the sample in whose quarter second it begins."""
        return np.clip(np.searchsorted(self.ticks, notes["onset_tick"], side="right") - 1, 0, len(self) - 1).astype(np.int64)

    def last(self, notes: NDArray[np.void]) -> Ints:
        """Return for each note the first sample that it does not reach; every note reaches its own."""
        return np.maximum(np.searchsorted(self.ticks, notes["end_tick"], side="left"), self.first(notes) + 1).astype(np.int64)

    def spread(self, notes: NDArray[np.void], rows: Ints, weight: Curve, width: int) -> Curve:
        """Return the sum of the notes' weights at every sample and row, shape (n, width)."""
        count = (len(self) + 1) * width
        start, stop = self.first(notes) * width + rows, self.last(notes) * width + rows
        change = np.bincount(start, weight, count) - np.bincount(stop, weight, count)
        held = np.cumsum(change.reshape(-1, width)[:-1], axis=0)
        return np.where(held > 1e-12, held, 0.0)


def seconds_of(tempo: TempoMap, ticks: NDArray[np.int64]) -> Curve:
    """Return the seconds of many ticks at once, to the precision of a float.

    Examples
    --------
    >>> seconds_of(TempoMap(((0, 500_000), (1920, 1_000_000))), np.array([960, 2880])).tolist()
    [0.5, 2.0]
    """
    steps = np.array(tempo.steps, dtype=np.float64)
    starts = np.concatenate([[0.0], np.cumsum(np.diff(steps[:, 0]) * steps[:-1, 1])])
    at = np.maximum(np.searchsorted(steps[:, 0], ticks, side="right") - 1, 0)
    return np.asarray((starts[at] + (ticks - steps[at, 0]) * steps[at, 1]) / (PPQ * 1e6), dtype=np.float64)


def gain(part: Part, samples: Samples) -> Curve:
    """Return the factor by which a part's note power is turned down at each sample: CC7 and CC11 by the GM2 square law, CC1 less."""
    return np.asarray((part.volume / 127) ** 4 * _turned(part, 11, samples) ** 4 * _turned(part, 1, samples) ** 2, dtype=np.float64)


def _turned(part: Part, number: int, samples: Samples) -> Curve:
    """Return a controller at each sample, 0 to 1; 1 throughout where the part does not use it."""
    rows = part.controls[part.controls["controller"] == number]
    if not len(rows):
        return np.ones(len(samples))
    at = np.clip(np.searchsorted(rows["tick"], samples.ticks, side="right") - 1, 0, None)
    return np.asarray(rows["value"][at] / 127.0, dtype=np.float64)


def carried(values: Curve, otherwise: float) -> Curve:
    """Return a curve without gaps (NaN), drawn on between what is known; a constant where nothing is."""
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return np.full(len(values), otherwise)
    return np.asarray(np.interp(np.arange(len(values)), known, values[known]), dtype=np.float64)


def smooth(values: Curve, half: int) -> Curve:
    """Return a running mean over ``2 * half + 1`` samples along the first axis, shorter at the ends."""
    total = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    index = np.arange(len(values))
    low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, len(values))
    count = (high - low).reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray((total[high] - total[low]) / count, dtype=np.float64)
