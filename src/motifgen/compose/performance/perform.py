"""The step: from the score to what is played."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Performance, ScorePart, Scoring
from motifgen.compose.performance.articulate import ends
from motifgen.compose.performance.curves import curves
from motifgen.compose.performance.dynamics import note_decibels
from motifgen.compose.performance.hits import struck
from motifgen.compose.performance.loudness import velocity
from motifgen.compose.performance.stage import Stage, stage_for
from motifgen.compose.performance.strand import Clock, Strand
from motifgen.compose.performance.timing import Pulse, onsets
from motifgen.errors import RangeError
from motifgen.sketch.events import controls, notes
from motifgen.sketch.recording import Part

CENTRE = 64
VOLUME = {"melody": 104, "hit": 104, "percussion": 92, "pad": 92, "drone": 92, "arpeggio": 94, "pulse": 94}
USUAL_VOLUME = 98


def perform(scoring: Scoring, *, humanize: float = 1.0) -> Performance:
    """Return the scoring as it is played: expressive, in time with every hit, silent in every rest.

    Parameters
    ----------
    scoring : Scoring
    humanize : float
        How uneven the players are: 0 not at all, 1 as measured in ensembles. Expression is there at any value.

    Raises
    ------
    RangeError
        If ``humanize`` is not from 0 to 1.
    """
    if not 0 <= humanize <= 1:
        raise RangeError(f"humanize is {humanize!r}; accepted: 0 to 1")
    clock = Clock(scoring.texture.harmony.plan.spotting.tempo)
    heard = [_without_unisons(part, scoring) for part in scoring.parts]
    strands = [Strand.of(part, clock) for part, _ in heard]
    stage = stage_for(scoring, strands, clock, humanize)
    pulse = Pulse(stage, strands)
    levels, warnings = struck(strands, [note_decibels(strand, stage) for strand in strands], stage)
    parts = tuple(_part(strand, stage, pulse, level) for strand, level in zip(strands, levels, strict=True))
    return Performance(scoring, parts, tuple(text for _, text in heard if text) + warnings)


def _part(strand: Strand, stage: Stage, pulse: Pulse, level: NDArray[np.float64]) -> Part:
    on = onsets(strand, stage, pulse)
    off = ends(strand, stage, on)
    instrument = strand.part.instrument
    rows = np.column_stack([on, off, strand.pitch, velocity(level)])
    return Part(
        name=strand.part.name,
        instrument=instrument.name,
        family=instrument.family,
        role=strand.part.role,
        program=instrument.program,
        players=strand.part.players,
        drums=instrument.drums,
        pan=_seat(strand.part),
        volume=VOLUME.get(strand.part.role, USUAL_VOLUME),
        notes=notes(map(tuple, rows.tolist())),
        controls=controls(curves(strand, stage, on, off)),
    )


def _without_unisons(part: ScorePart, scoring: Scoring) -> tuple[ScorePart, str]:
    """Take out what one player cannot do: the same pitch struck twice at once, and notes inside a rest; say so."""
    spotting = scoring.texture.harmony.plan.spotting
    kept, dropped = {}, 0
    for note in sorted(part.notes, key=lambda note: (note.onset, note.pitch.midi, note.duration, note.level)):
        if spotting.silent(note.onset):
            dropped += 1
        else:
            dropped += (note.onset, note.pitch.midi) in kept
            kept[note.onset, note.pitch.midi] = note
    if not dropped:
        return part, ""
    played = ScorePart(part.name, part.instrument, part.players, part.role, tuple(kept.values()))
    return played, f"{part.name}: {dropped} notes are not played, for they double another of the same part or fall into a rest"


@cache
def _seats() -> dict[str, int]:
    text = (files("motifgen.data") / "seating.csv").read_text(encoding="utf-8")
    return {row["who"]: int(row["pan"]) for row in csv.DictReader(text.splitlines())}


def _seat(part: ScorePart) -> int:
    """Return where a part sits, 0 left to 127 right: by its instrument, or its family, or in the middle."""
    seats = _seats()
    return seats.get(part.instrument.name, seats.get(part.instrument.family, CENTRE))
