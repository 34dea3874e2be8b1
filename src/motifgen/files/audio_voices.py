"""Sound without FluidSynth: each part rendered alone, then given its volume, expression, pan and pedal here.

Two makers of tone are known: symusic, which plays a soundfont but knows no controllers, and additive synthesis, which is always there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motifgen.files.midi import write_midi
from motifgen.sketch.events import note_table
from motifgen.sketch.recording import Part, Recording

Mono = NDArray[np.float32]
Samples = NDArray[np.float32]
Tone = Callable[[Recording, Part, int], Mono]

TAIL = 2.0
RAMP = 0.004
#: Of full scale: no single part of a soundfont is louder; what is, is no sound.
LOUDEST = 16.0
EXPRESSION, PEDAL = 11, 64
_CYCLE = 4096
_SEED = 0x9E3779B97F4A7C15


def mixed(recording: Recording, parts: Sequence[Part], tone: Tone, rate: int) -> Samples:
    """Return the sound of parts, each made by ``tone`` and mixed by its controllers."""
    length = int((float(recording.tempo.seconds(recording.end_tick)) + TAIL) * rate)
    left, right = np.zeros(length, dtype=np.float32), np.zeros(length, dtype=np.float32)
    for part in parts:
        if part.notes.size:
            sound = tone(recording, pedalled(part), rate)[:length]
            sound *= _expression(recording, part, len(sound), rate)
            level, angle = (part.volume / 127) ** 2, part.pan / 127 * np.pi / 2
            left[: len(sound)] += sound * np.float32(level * np.cos(angle))
            right[: len(sound)] += sound * np.float32(level * np.sin(angle))
    return np.stack([left, right], axis=1)


def pedalled(part: Part) -> Part:
    """Return a part whose notes last as long as the pedal holds them, or until their pitch begins again."""
    rows = part.controls[part.controls["controller"] == PEDAL]
    if not rows.size:
        return part
    down = rows["value"] >= 64
    at = np.searchsorted(rows["tick"], part.notes["end_tick"], side="right") - 1
    held = (at >= 0) & down[np.maximum(at, 0)]
    ups = np.append(rows["tick"][~down], np.iinfo(np.int64).max)
    lifted = ups[np.searchsorted(ups, part.notes["end_tick"], side="right").clip(max=ups.size - 1)]
    ends = np.where(held & (lifted < np.iinfo(np.int64).max), lifted, part.notes["end_tick"])
    return replace(part, notes=note_table(_without_overlap(part, ends)), articulations=())


def _without_overlap(part: Part, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    notes = part.notes
    order = np.lexsort((notes["onset_tick"], notes["pitch"]))
    again = np.append(notes["pitch"][order][1:] == notes["pitch"][order][:-1], np.zeros(1, dtype=bool))
    following = np.append(notes["onset_tick"][order][1:], 0)
    cut = ends.copy()
    cut[order] = np.where(again, np.minimum(ends[order], following), ends[order])
    return np.stack([notes["onset_tick"], cut, notes["pitch"], notes["velocity"]], axis=1).astype(np.int64)


def _expression(recording: Recording, part: Part, length: int, rate: int) -> Mono:
    """Return the gain of CC11 for each sample: it holds between changes, and moves over 4 ms."""
    rows = part.controls[part.controls["controller"] == EXPRESSION]
    if not rows.size:
        return np.ones(length, dtype=np.float32)
    at = np.array([float(recording.tempo.seconds(int(tick))) for tick in rows["tick"]])
    return _steps(at, (rows["value"] / 127.0) ** 2, length, rate)


def _steps(at: NDArray[np.float64], gain: NDArray[np.float64], length: int, rate: int) -> Mono:
    """Return a gain for each sample that changes at moments and holds between them."""
    times = np.stack([at, at + RAMP], axis=1).ravel()
    levels = np.stack([np.append(gain[:1], gain[:-1]), gain], axis=1).ravel()
    # A point a millisecond is enough, and forty times fewer than one a sample.
    step = max(rate // 1000, 1)
    coarse = np.interp(np.arange(0, length + step, step) / rate, np.maximum.accumulate(times), levels)
    return np.repeat(coarse.astype(np.float32), step)[:length]


def symusic_tone(font: str) -> Tone:
    """Return a maker of tone that plays a soundfont through symusic (0.5; the 0.6 synthesizer does not work)."""
    from symusic import Score, Synthesizer  # noqa: PLC0415 - optional, and slow to import

    makers: dict[int, Any] = {}

    def tone(recording: Recording, part: Part, rate: int) -> Mono:
        maker = makers.setdefault(rate, Synthesizer(font, rate, 0)) if rate not in makers else makers[rate]
        data = write_midi(replace(recording, parts=(part,)), guide=False, library="velocity")
        sound = np.asarray(np.asarray(maker.render(Score.from_midi(data), stereo=True)).mean(axis=0), dtype=np.float32)
        # Some patches make it read past their samples (program 78 of TimGM6mb): what comes is endless, or no number, and so not below.
        if not np.abs(sound).max(initial=0.0) < LOUDEST:
            return additive_tone(recording, part, rate)
        # It plays every velocity alike, so each event's level is given to it here.
        onsets, event = np.unique(part.notes["onset_tick"], return_inverse=True)
        level = np.bincount(event, (part.notes["velocity"] / 127.0) ** 2) / np.bincount(event)
        at = np.array([float(recording.tempo.seconds(int(tick))) for tick in onsets])
        return sound * _steps(at - RAMP, level, len(sound), rate)

    return tone


def additive_tone(recording: Recording, part: Part, rate: int) -> Mono:
    """Return the sound of a part by additive synthesis, or, for drums, by shaped noise."""
    seconds = recording.tempo.seconds
    spans = [(float(seconds(int(row["onset_tick"]))), float(seconds(int(row["end_tick"]))), int(row["pitch"])) for row in part.notes]
    timbre = _timbres()[part.family if part.family in _timbres() else "strings"]
    longest = max(stop - start for start, stop, _ in spans) + timbre["release"]
    length = int((max(stop for _, stop, _ in spans) + timbre["release"] + 0.1) * rate)
    sound = np.zeros(length, dtype=np.float32)
    waves: dict[int, Mono] = {}
    for (start, stop, pitch), velocity in zip(spans, part.notes["velocity"].tolist(), strict=True):
        if pitch not in waves:
            waves[pitch] = _noise(pitch, rate) if part.drums else _wave(pitch, timbre, longest, rate)
        body = waves[pitch] if part.drums else waves[pitch][: int((stop - start + timbre["release"]) * rate)]
        first = int(start * rate)
        shaped = body[: length - first] if part.drums else (body * _envelope(len(body), timbre, rate))[: length - first]
        sound[first : first + len(shaped)] += shaped * np.float32((velocity / 127) ** 2)
    return sound


@cache
def _timbres() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("motifgen.data") / "timbres.toml").read_text(encoding="utf-8"))


def _wave(pitch: int, timbre: dict[str, Any], seconds: float, rate: int) -> Mono:
    """Return a pitch with its partials, none above half the sampling rate."""
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    around = 2 * np.pi * np.arange(_CYCLE) / _CYCLE
    heard = [(n, s) for n, s in enumerate(timbre["partials"], start=1) if frequency * n < 0.45 * rate]
    cycle = sum((s * np.sin(n * around) for n, s in heard), np.zeros(_CYCLE)) * (0.3 / sum(timbre["partials"]))
    at = np.arange(int(seconds * rate) + 1)
    wave = cycle.astype(np.float32)[(at * (frequency * _CYCLE / rate)).astype(np.int64) % _CYCLE]
    return np.asarray(wave * 10 ** (-at / (rate * timbre["decay"])), dtype=np.float32) if timbre["decay"] else wave


def _envelope(length: int, timbre: dict[str, Any], rate: int) -> Mono:
    """Return attack and release; between them a note keeps its level."""
    rise = np.arange(1, length + 1) / max(timbre["attack"] * rate, 1)
    fall = np.arange(length, 0, -1) / max(timbre["release"] * rate, 1)
    return np.asarray(np.minimum(np.minimum(rise, fall), 1.0), dtype=np.float32)


def _noise(key: int, rate: int) -> Mono:
    """Return a drum: low keys a falling tone, others noise that dies away, cymbals slowly."""
    low, metal = key in (35, 36, 41, 43, 45, 47), key >= 49
    at = np.arange(int((1.8 if metal else 0.5) * rate)) / rate
    draws = np.cumsum(np.full(at.size, _SEED + 2 * key, dtype=np.uint64))
    hiss = ((draws ^ (draws >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(40)).astype(np.float64) / 2**23 - 1
    tone = np.sin(2 * np.pi * (60 + 2 * key) * at * (1 + 0.4 * np.exp(-at * 30)))
    body = tone if low else np.diff(hiss, prepend=0.0) if metal else hiss
    return np.asarray(body * np.exp(-at * (2.5 if metal else 9)) * 0.4, dtype=np.float32)
