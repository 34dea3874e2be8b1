"""When each note begins: rubato that returns to the beat at every phrase and hit, the melody's own timing, human unevenness.

The tempo map belongs to the picture; expression moves notes around it and never the map. All parts follow the leading line, as
in the rule of melodic sync, so an ensemble bends together.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance
from motifgen.compose.performance import noise
from motifgen.compose.performance.accents import chord_charge, harmonic_charge, harmonic_stretch, harmonic_wait, melodic_charge
from motifgen.compose.performance.durations import double_duration, duration_contrast, faster_uphill, in_double, leap_tones
from motifgen.compose.performance.gaps import phrase_articulation, punctuation
from motifgen.compose.performance.phrasing import final_ritard, phrase_arch, ritard_length
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand
from motifgen.compose.performance.swing import lateness

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RUBATO, OWN = 0.020, 0.015
GRID = 0.05
LEAD = 0.008
TOGETHER, APART, TIGHT = 0.007, 0.005, 0.002


class Pulse:
    """How far, in seconds, the whole ensemble is from the written beat at any moment."""

    def __init__(self, stage: Stage, strands: list[Strand]) -> None:
        """Lay out rubato and the leading line's timing along the scene."""
        last = float(stage.phrases[-1])
        self._grid = np.append(np.arange(0.0, last, GRID), last)
        self._rubato = rubato(stage, self._grid)
        self._line = _leading(stage, strands)

    def at(self, seconds: Floats) -> Floats:
        """Return the displacement at moments."""
        own = np.interp(seconds, *self._line) if self._line[0].size else 0.0
        return np.asarray(np.interp(seconds, self._grid, self._rubato) + own, dtype=np.float64)


def rubato(stage: Stage, grid: Floats) -> Floats:
    """Return the displacement of the phrase arches and the final ritard, 0 at every phrase's ends, 20 ms at most."""
    at = stage.phrase(grid)
    start, stop = stage.phrases[at], stage.phrases[at + 1]
    place = np.clip((grid - start) / np.maximum(stop - start, 1e-9), 0, 1)
    stretch = phrase_arch(place, stage.quantity("phrase_arch", at), stage.turns[at])[0] - 1
    elapsed = np.concatenate([[0.0], np.cumsum((stretch[1:] + stretch[:-1]) / 2 * np.diff(grid))])
    shift = elapsed - np.interp(grid, stage.phrases, np.interp(stage.phrases, grid, elapsed))
    return _limited(shift + _ritard(stage, grid), at, len(stage.phrases) - 1, RUBATO)


def human(strand: Strand, stage: Stage) -> Floats:
    """Return the unevenness of a part's players in seconds: a slow drift, a little scatter, and the melody a little ahead."""
    drums = strand.part.instrument.drums
    name = (stage.seed, stage.scene, strand.part.name)
    drift = noise.pink(Chance(*name, "drift"), strand.start) * (TIGHT / 2 if drums else TOGETHER)
    scatter = noise.white(Chance(*name, "scatter"), strand.on * 128 + strand.pitch) * (TIGHT if drums else APART)
    ahead = LEAD if strand.part.role == "melody" else 0.0
    return np.asarray(stage.humanize * (drift + scatter * stage.quantity("noise", strand.phrase) - ahead), dtype=np.float64)


def onsets(strand: Strand, stage: Stage, pulse: Pulse) -> Ints:
    """Return the tick at which each note begins: in written order, on the tick where it meets a hit, never inside a rest."""
    moved = stage.clock.ticks(strand.start + pulse.at(strand.start) + lateness(strand, stage) + human(strand, stage))
    held = np.isin(strand.on, [tick for _, tick, _ in stage.landings])
    moved = np.where(held, strand.on, moved)
    return _ordered(strand, _inside(strand, stage, moved))


def _inside(strand: Strand, stage: Stage, moved: Ints) -> Ints:
    """Keep each note in the stretch between rests (and between hits) in which it is written."""
    rests = {tick for start, end, _ in stage.rests for tick in (start, end)}
    walls = np.array(sorted({0, stage.end} | rests | {tick for _, tick, _ in stage.landings}))
    low = walls[np.clip(np.searchsorted(walls, strand.on, side="right") - 1, 0, None)]
    high = np.append(walls, max(int(strand.off.max(initial=0)), int(walls[-1])) + 1)[np.searchsorted(walls, strand.on, side="right")]
    return np.asarray(np.clip(moved, low, np.maximum(high - 1, low)), dtype=np.int64)


def _ordered(strand: Strand, moved: Ints) -> Ints:
    """Keep events in order: none begins before the one written before it has begun; those at hits stay where they are."""
    if not moved.size:
        return moved
    latest = np.maximum.accumulate(np.maximum.reduceat(moved, strand.first))
    floor = np.concatenate([[0], latest[:-1] + 1])[strand.event]
    return np.asarray(np.maximum(moved, floor), dtype=np.int64)


def _leading(stage: Stage, strands: list[Strand]) -> tuple[Floats, Floats]:
    """Return the leading line's moments and displacements, phrase by phrase from whoever has most of the melody there."""
    lines = [strand for strand in strands if strand.part.role == "melody" and strand.pitch.size > 1]
    moments: list[Floats] = []
    shifts: list[Floats] = []
    own = [(line.start[line.first], _intervals(line, stage)) for line in lines]
    for start, stop in pairwise(stage.phrases.tolist()):
        spans = [(at >= start - 1e-6) & (at < stop - 1e-6) for at, _ in own]
        best = max(range(len(own)), key=lambda i: int(spans[i].sum()), default=-1)
        if best >= 0 and spans[best].sum() > 2:
            at, added = own[best][0][spans[best]], own[best][1][spans[best]]
            moments += [np.array([start]), at[at > start + 1e-6], np.array([stop - 1e-6])]
            shift = _returning(at, added, stop)
            shifts += [np.zeros(1), shift[at > start + 1e-6], np.zeros(1)]
    empty = np.zeros(0)
    return (np.concatenate(moments), np.concatenate(shifts)) if moments else (empty, empty)


def _returning(at: Floats, added: Floats, stop: float) -> Floats:
    """Return displacements from changed intervals, so spread that the phrase keeps its length, 15 ms at most."""
    shift = np.concatenate([[0.0], np.cumsum(added)])
    ends = np.append(at, stop)
    shift -= np.interp(ends, [ends[0], ends[-1]], [0.0, shift[-1]])
    return shift[:-1] * min(1.0, OWN / max(float(np.abs(shift).max()), 1e-9))


def _intervals(line: Strand, stage: Stage) -> Floats:
    """Return what the rules of micro-timing add to each interval of a line, in seconds."""
    at, interval, phrase, k = line.start[line.first], line.interval, line.phrase[line.first], stage.quantity
    contrast = np.where(in_double(interval), 0.0, duration_contrast(interval, k("duration_contrast", phrase))[0])
    added = contrast + double_duration(interval, k("double_duration", phrase)) + faster_uphill(line.top, k("uphill", phrase))
    begins = np.append(True, ~line.joined[:-1])
    added += leap_tones(line.top, k("leap_tones", phrase), begins)
    under = np.clip(np.searchsorted(stage.chords[:, 0], at + 1e-6, side="right") - 1, 0, None)
    rows = stage.chords[under]
    above = line.top - rows[:, 1].astype(np.int64)
    charge = chord_charge((rows[:, 1] - rows[:, 2]).astype(np.int64), rows[:, 3] > 0, rows[:, 4] > 0)
    stretch = harmonic_stretch(harmonic_charge(charge, k("harmonic_charge", phrase)))
    stretch *= melodic_charge(above, k("melodic_charge", phrase))[1]
    added += interval * (stretch - 1) + harmonic_wait(charge, np.append(True, under[1:] != under[:-1]), k("harmonic_charge", phrase))
    added += np.where(line.grouped, punctuation(interval, k("punctuation", phrase))[1], 0.0)
    return (added + np.where(line.closing, phrase_articulation(1.0)[1], 0.0)) / 1000


def _ritard(stage: Stage, grid: Floats) -> Floats:
    """Return the displacement of the final ritard, both its ends held."""
    k = max(stage.expressions[-1].final_ritard, 0.0)
    length = min(ritard_length(k) / 1000, float(stage.phrases[-1] - stage.phrases[-2]))
    if length <= 0:
        return np.zeros(grid.shape)
    place = np.clip((grid - (stage.phrases[-1] - length)) / length, 0, 1)
    elapsed = final_ritard(place, k)[1]
    return np.asarray((elapsed / elapsed[-1] - place) * length, dtype=np.float64)


def _limited(shift: Floats, group: Ints, groups: int, most: float) -> Floats:
    peak = np.zeros(groups)
    np.maximum.at(peak, group, np.abs(shift))
    return np.asarray(shift * np.minimum(1.0, most / np.maximum(peak, 1e-9))[group], dtype=np.float64)
