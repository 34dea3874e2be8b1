"""How loud each note is, in decibels below fff: written level, phrase, melody, harmony, marks, swells, noise."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance
from motifgen.compose.performance import noise
from motifgen.compose.performance.accents import chord_charge, chromatic_charge, harmonic_charge, high_loud, melodic_charge
from motifgen.compose.performance.durations import duration_contrast, in_double
from motifgen.compose.performance.loudness import decibels, eased
from motifgen.compose.performance.phrasing import phrase_arch
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand
from motifgen.compose.performance.swing import BAND, swing_accent, swung

Floats = NDArray[np.float64]

MELODIC = ("melody", "counter", "bass", "ostinato")
SWELL, SWELL_BEGINS, SWELL_FROM = -8.5, 6.0, 2.2
#: How much of a swell is in the attacks of players whose controllers tell it too.
TOLD_BESIDE = 0.5
NOISE = 1.0


class Articulation(NamedTuple):
    """What a mark does to a note: the share that sounds (0 leaves it to the staccato rule), a gap in ms, dB, legato or not."""

    mark: str
    sounding: float
    gap: float
    decibels: float
    legato: bool


@cache
def articulations() -> dict[str, Articulation]:
    """Return the rows of ``data/articulations.csv`` by mark."""
    text = (files("motifgen.data") / "articulations.csv").read_text(encoding="utf-8")
    return {row["mark"]: Articulation(row["mark"], float(row["sounding"]), float(row["gap"]), float(row["decibels"]), row["legato"] == "1")
            for row in csv.DictReader(text.splitlines())}  # fmt: skip


def note_decibels(strand: Strand, stage: Stage) -> Floats:
    """Return the level of each note of a part, before hits are made sure of."""
    level = decibels(strand.level) + _marks(strand) + np.where(swung(strand, stage), swing_accent(BAND), 0.0)
    if strand.part.instrument.drums:
        level += swell(stage, strand.start)
    else:
        held = TOLD_BESIDE if strand.part.instrument.sustained else 1.0
        level += arch(stage, strand.start) + swell(stage, strand.start) * held + _harmony(strand, stage)
        if strand.part.role in MELODIC or (strand.statement >= 0).any():
            level += _melody(strand, stage)
    chance = Chance(stage.seed, stage.scene, strand.part.name, "level")
    steadiness = 0.5 if strand.part.instrument.drums else 1.0
    return eased(level + NOISE * steadiness * stage.humanize * noise.white(chance, strand.on * 128 + strand.pitch))


def arch(stage: Stage, seconds: Floats) -> Floats:
    """Return the decibels of section, phrase and sub-phrase together; a swell that comes near lets them go."""
    at = stage.phrase(seconds)
    start, stop, turn = stage.phrases[at], stage.phrases[at + 1], stage.turns[at]
    place = np.clip((seconds - start) / np.maximum(stop - start, 1e-9), 0, 1)
    phrase = phrase_arch(place, stage.quantity("phrase_arch", at), turn, amp=1.3, end=stage.closes[at])[1]
    half = np.where(place < turn, place / turn, (place - turn) / (1 - turn))
    sub = phrase_arch(half, stage.quantity("sub_arch", at), 0.6, amp=1.0, end=0.5)[1]
    section = np.clip(np.searchsorted(stage.sections, seconds, side="right") - 1, 0, len(stage.sections) - 2)
    bounds = stage.sections[section], stage.sections[section + 1]
    whole = np.clip((seconds - bounds[0]) / np.maximum(bounds[1] - bounds[0], 1e-9), 0, 1)
    long = phrase_arch(whole, stage.quantity("section_arch", at), 0.6, amp=1.0)[1]
    return np.asarray((phrase + sub + long) * _away_from_swells(stage, seconds), dtype=np.float64)


def swell(stage: Stage, seconds: Floats) -> Floats:
    """Return the decibels of the swells: a drawing back, then a steady crescendo that peaks on the hit."""
    total = np.zeros(seconds.shape)
    for _, second in stage.hits("swell"):
        total += np.interp(seconds, [second - SWELL_BEGINS, second - SWELL_FROM, second], [0.0, SWELL, 0.0])
    return np.maximum(total, 1.5 * SWELL)


def _away_from_swells(stage: Stage, seconds: Floats) -> Floats:
    weight = np.ones(seconds.shape)
    for _, second in stage.hits("swell"):
        weight *= np.interp(seconds, [second - 4.0, second - 3.0, second + 0.01, second + 0.5], [1.0, 0.0, 0.0, 1.0])
    return weight


def _marks(strand: Strand) -> Floats:
    table = articulations()
    total = np.zeros(strand.on.shape)
    for mark in sorted(strand.marks & set(table)):
        total = np.maximum(total, np.where(strand.marked(mark), table[mark].decibels, 0.0))
    return total


def _harmony(strand: Strand, stage: Stage) -> Floats:
    """Return the harmonic charge in dB, moving from chord to chord over at most 1.9 s before each."""
    rows = stage.chords
    charge = chord_charge((rows[:, 1] - rows[:, 2]).astype(np.int64), rows[:, 3] > 0, rows[:, 4] > 0)
    level = harmonic_charge(charge, 1.0) - harmonic_charge(charge, 1.0).mean()
    starts = rows[:, 0]
    before = np.maximum(starts[1:] - 1.9, starts[:-1] + 1e-6)
    times = np.concatenate([starts, before])
    order = np.argsort(times, kind="stable")
    ramp = np.interp(strand.start, times[order], np.concatenate([level, level[:-1]])[order])
    return np.asarray(ramp * stage.quantity("harmonic_charge", strand.phrase), dtype=np.float64)


def _melody(strand: Strand, stage: Stage) -> Floats:
    """Return what the rules of melody say of each event, for all its notes."""
    if not strand.pitch.size:
        return np.zeros(0)
    at = strand.start[strand.first]
    chord = stage.chords[np.clip(np.searchsorted(stage.chords[:, 0], at + 1e-6, side="right") - 1, 0, None)]
    phrase = strand.phrase[strand.first]
    level = high_loud(strand.top, stage.quantity("high_loud", phrase))
    level += melodic_charge(strand.top - chord[:, 1].astype(np.int64), stage.quantity("melodic_charge", phrase))[0]
    level += chromatic_charge(strand.top, stage.quantity("chromatic_charge", phrase))[0]
    contrast = duration_contrast(strand.interval, stage.quantity("duration_contrast", phrase))[1]
    level += np.where(in_double(strand.interval), 0.0, contrast)
    return np.asarray((level - level.mean())[strand.event], dtype=np.float64)
