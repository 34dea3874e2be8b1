"""Curves over time, read off a recording: what listeners hear loudness, height, motion and tonality by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.roughness import roughness_curve
from motifgen.measure.sampling import FLOOR_DB, STEP, Curve, Samples, carried, gain, seconds_of, smooth
from motifgen.measure.tonality import tonality
from motifgen.sketch.recording import Part, Recording
from motifgen.theory.scale import Key

#: Attacks closer together than this (s) are heard as one.
_ONE_ATTACK = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What sounds, sampled every 0.25 s from the scene's first frame. Drums count in loudness, density, rate and parts only.

    Parameters
    ----------
    seconds : NDArray[float64], shape (n,)
    loudness : NDArray[float64], shape (n,)
        dB of summed note energy (velocity, CC7, CC11 and CC1 by the GM2 square law); -60 is silence.
    pitch : NDArray[float64], shape (n,)
        Energy-weighted mean MIDI pitch; carried on through silence.
    density : NDArray[float64], shape (n,)
        Onsets a second, of all players.
    tempo : NDArray[float64], shape (n,)
        Quarters a minute.
    roughness : NDArray[float64], shape (n,)
        Roughness of what sounds (Hutchinson & Knopoff 1978), by level.
    parts : NDArray[float64], shape (n,)
        Parts sounding at once.
    strain : NDArray[float64], shape (n,)
        Distance of the notes from the key that is heard (spiral array, Chew 2000).
    happiness : NDArray[float64], shape (n,)
        Happiness of the mode, 0.21 (phrygian) to 0.83 (ionian).
    top : NDArray[float64], shape (n,)
        Highest MIDI pitch; carried on through silence.
    rate : NDArray[float64], shape (n,)
        Moments a second at which something begins, players together counted once.
    held : NDArray[float64], shape (n,)
        Mean share of the time from note to note that is sounded, 0 to 1.
    player : NDArray[float64], shape (n,)
        How loud the mean player is, dB above mezzo forte (velocity 80; CC7 and CC11 at 100, CC1 at 64 where they are used); 0 in silence.
    """

    seconds: Curve
    loudness: Curve
    pitch: Curve
    density: Curve
    tempo: Curve
    roughness: Curve
    parts: Curve
    strain: Curve
    happiness: Curve
    top: Curve
    rate: Curve
    held: Curve
    player: Curve


def curves(recording: Recording, home: Key | None = None) -> Curves:
    """Return the curves of a recording; ``home`` is the key that is asked for, if any."""
    samples = Samples.of(recording)
    played = [part for part in recording.parts if len(part.notes)]
    pitched = [part for part in played if not part.drums]
    power = np.sum([_power(part, samples) for part in pitched] or [np.zeros((len(samples), 128))], axis=0)
    struck = np.sum([_power(part, samples).sum(axis=1) for part in played if part.drums] or [np.zeros(len(samples))], axis=0)
    total = power.sum(axis=1)
    heard = tonality((power > 0).astype(np.float64), home)
    return Curves(
        seconds=samples.seconds,
        loudness=np.maximum(10 * np.log10(np.maximum(total + struck, 1e-12)), FLOOR_DB),
        pitch=carried(np.where(total > 0, (power * np.arange(128)).sum(axis=1) / np.maximum(total, 1e-12), np.nan), 60.0),
        density=smooth(_onsets(played, samples) / STEP, 4),
        tempo=np.array([recording.tempo.bpm(int(tick)) for tick in samples.ticks]),
        roughness=roughness_curve(power),
        parts=np.sum([_sounding(part, samples) for part in played] or [np.zeros(len(samples))], axis=0),
        strain=heard.strain,
        happiness=heard.happiness,
        top=carried(np.where(total > 0, 127.0 - np.argmax(power[:, ::-1] > 0, axis=1), np.nan), 60.0),
        rate=smooth(_moments(played, recording, samples) / STEP, 4),
        held=_held(pitched, samples),
        player=_player(pitched, samples),
    )


def _power(part: Part, samples: Samples) -> Curve:
    """Return the power of each MIDI key at each sample, shape (n, 128)."""
    weight = (part.notes["velocity"] / 127.0) ** 4
    return samples.spread(part.notes, part.notes["pitch"].astype(np.int64), weight, 128) * gain(part, samples).reshape(-1, 1)


def _sounding(part: Part, samples: Samples) -> Curve:
    count = len(part.notes)
    held = samples.spread(part.notes, np.zeros(count, dtype=np.int64), np.ones(count), 1)
    return np.asarray(held[:, 0] > 0.5, dtype=np.float64)


def _onsets(parts: list[Part], samples: Samples) -> Curve:
    count = np.zeros(len(samples))
    for part in parts:
        count += np.bincount(samples.first(part.notes), minlength=len(samples))
    return count


def _moments(parts: list[Part], recording: Recording, samples: Samples) -> Curve:
    """Return how many distinct attacks fall into each sample's quarter second."""
    if not parts:
        return np.zeros(len(samples))
    ticks = np.unique(np.concatenate([part.notes["onset_tick"] for part in parts]))
    at = seconds_of(recording.tempo, ticks)
    kept: list[int] = []
    last = -1.0
    for number, second in enumerate(at.tolist()):
        if second - last >= _ONE_ATTACK:
            kept.append(number)
            last = second
    first = np.clip(np.searchsorted(samples.ticks, ticks[kept], side="right") - 1, 0, len(samples) - 1)
    return np.bincount(first, minlength=len(samples)).astype(np.float64)


def _held(parts: list[Part], samples: Samples) -> Curve:
    """Return the mean share of each note that sounds before the next one of its part, where notes begin; carried between."""
    total, count = np.zeros(len(samples)), np.zeros(len(samples))
    for part in parts:
        shares, begun = _shares(part.notes)
        at = samples.first(begun)
        total += np.bincount(at, shares, len(samples))
        count += np.bincount(at, minlength=len(samples))
    return carried(np.where(count > 0, total / np.maximum(count, 1), np.nan), 1.0)


def _player(parts: list[Part], samples: Samples) -> Curve:
    """Return the mean level of the players who sound, in dB above mezzo forte."""
    total, count = np.zeros(len(samples)), np.zeros(len(samples))
    for part in parts:
        rows = np.zeros(len(part.notes), dtype=np.int64)
        squared = samples.spread(part.notes, rows, (part.notes["velocity"] / 80.0) ** 4, 1)[:, 0]
        sounding = samples.spread(part.notes, rows, np.ones(len(part.notes)), 1)[:, 0]
        level = 10 * np.log10(np.maximum(squared / np.maximum(sounding, 1) * gain(part, samples) / _usual(part), 1e-6))
        total += np.where(sounding > 0.5, level, 0.0)
        count += sounding > 0.5
    return np.asarray(total / np.maximum(count, 1), dtype=np.float64)


def _usual(part: Part) -> float:
    """Return the gain of a part that plays mezzo forte, by the controllers that it uses."""
    used = set(part.controls["controller"].tolist())
    return (100 / 127) ** (8 if 11 in used else 4) * ((64 / 127) ** 2 if 1 in used else 1.0)


def _shares(notes: NDArray[np.void]) -> tuple[Curve, NDArray[np.void]]:
    """Return the sounded share of the time to the next onset, and the notes of which it is said: a rest of a half note is a rest."""
    onsets, first = np.unique(notes["onset_tick"], return_index=True)
    gaps = np.diff(onsets)
    begun = notes[first[:-1]]
    near = gaps <= 2 * np.maximum(begun["end_tick"] - begun["onset_tick"], 480)
    shares = np.clip((begun["end_tick"] - begun["onset_tick"]) / np.maximum(gaps, 1), 0.0, 1.0)
    return np.asarray(shares[near], dtype=np.float64), begun[near]
