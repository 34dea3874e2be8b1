"""Distance: how differently two takes of one scene sound, from a short print of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from motifgen.measure.sampling import seconds_of
from motifgen.sketch.recording import Recording

SLICES = 8
#: Pitch classes, mean pitch and onsets of a slice.
WIDTH = 14
_WEIGHTS = (0.6, 0.2, 0.2)


def sound_print(recording: Recording) -> tuple[float, ...]:
    """Return a print of a recording: for each eighth of its length, 14 numbers.

    They are the shares of sounding time of the twelve pitch classes (from C), the mean pitch (octaves above MIDI 0, weighted by time)
    and how many onsets there are (log 2 of one more than their number). Drums count as onsets only.

    Examples
    --------
    >>> from motifgen import Arc, Scene, compose
    >>> len(sound_print(compose(Scene("1m1", 8, Arc.of((0, "calm")))).recording))
    112
    """
    table = np.zeros((SLICES, WIDTH))
    length = max(float(recording.tempo.seconds(recording.end_tick)), 1e-9)
    for part in recording.parts:
        start, end = (seconds_of(recording.tempo, part.notes[name]) for name in ("onset_tick", "end_tick"))
        at = np.clip((start / length * SLICES).astype(np.int64), 0, SLICES - 1)
        np.add.at(table[:, 13], at, 1)
        if not part.drums:
            np.add.at(table, (at, part.notes["pitch"] % 12), end - start)
            np.add.at(table[:, 12], at, (end - start) * part.notes["pitch"] / 12)
    time = np.maximum(table[:, :12].sum(axis=1, keepdims=True), 1e-9)
    shown = np.hstack([table[:, :13] / time, np.log2(1 + table[:, 13:])])
    return tuple(np.round(shown, 3).ravel().tolist())


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how differently two prints sound, 0 (the same) to 1.

    Six tenths of it are the pitch classes (half the sum of differences), two tenths register (an octave is all) and two tenths
    motion (twice as many onsets are half of it); the mean over the slices.
    """
    a, b = (np.array(values, dtype=np.float64).reshape(SLICES, WIDTH) for values in (one, other))
    apart = np.abs(a - b)
    parts = (apart[:, :12].sum(axis=1) / 2, np.minimum(apart[:, 12], 1.0), np.minimum(apart[:, 13] / 2, 1.0))
    return round(float(sum(weight * part.mean() for weight, part in zip(_WEIGHTS, parts, strict=True))), 6)
