"""The step: from the score to what is played."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Performance, ScorePart, Scoring
from motifgen.compose.performance.articulate import articulation_names, ends
from motifgen.compose.performance.balance import balanced
from motifgen.compose.performance.curves import Relief, curves
from motifgen.compose.performance.dynamics import note_decibels
from motifgen.compose.performance.hits import struck
from motifgen.compose.performance.loudness import velocity
from motifgen.compose.performance.ornaments import struck_out
from motifgen.compose.performance.presence import volume
from motifgen.compose.performance.stage import Stage, phrase_bounds, stage_for
from motifgen.compose.performance.strand import Clock, Strand
from motifgen.compose.performance.timing import Pulse, onsets
from motifgen.errors import RangeError
from motifgen.sketch.events import control_table, note_table
from motifgen.sketch.recording import Part
from motifgen.sketch.tempo_map import to_tick

CENTRE = 64


def perform(scoring: Scoring, *, humanize: float | None = None) -> Performance:
    """Return the scoring as it is played: expressive, in time with every hit, silent in every rest.

    Parameters
    ----------
    scoring : Scoring
    humanize : float, optional
        How uneven the players are: 0 not at all, 1 as measured in ensembles. Expression is there at any value. Left out, it is
        what the scene says, and 1 where the scene says nothing.

    Raises
    ------
    RangeError
        If ``humanize`` is not from 0 to 1.
    """
    spotting = scoring.texture.harmony.plan.spotting
    uneven = spotting.scene.humanize if humanize is None else humanize
    uneven = 1.0 if uneven is None else uneven
    if not 0 <= uneven <= 1:
        raise RangeError(f"humanize is {uneven!r}; accepted: 0 to 1")
    clock = Clock(spotting.tempo)
    rests = [(to_tick(rest.start), to_tick(rest.end)) for rest in spotting.rests]
    phrases = phrase_bounds(scoring.texture.harmony.plan, clock)
    chords = scoring.texture.harmony.chords
    strands = [Strand.of(struck_out(part, chords, spotting.tempo), clock, phrases, rests) for part in scoring.parts]
    strands = balanced(strands, spotting)
    stage = stage_for(scoring, strands, clock, phrases, uneven)
    pulse = Pulse(stage, strands)
    levels, warnings = struck(strands, [note_decibels(strand, stage) for strand in strands], stage)
    relief = Relief.of(stage)
    parts = tuple(_part(strand, stage, (pulse, relief), level) for strand, level in zip(strands, levels, strict=True))
    return Performance(scoring, parts, _unplayed(strands) + warnings)


def _part(strand: Strand, stage: Stage, shared: tuple[Pulse, Relief], level: NDArray[np.float64]) -> Part:
    pulse, relief = shared
    on = onsets(strand, stage, pulse)
    off = ends(strand, stage, on)
    instrument = strand.part.instrument
    rows = np.column_stack([on, off, strand.pitch, velocity(level)])
    order = np.lexsort((off, strand.pitch, on))
    names = articulation_names(strand, stage)
    return Part(
        name=strand.part.name,
        instrument=instrument.name,
        family=instrument.family,
        role=strand.part.role,
        program=instrument.program,
        players=strand.part.players,
        drums=instrument.drums,
        pan=_seat(strand.part),
        volume=volume(strand),
        notes=note_table(rows[order]),
        controls=control_table(curves(strand, stage, relief, on, off)),
        articulations=tuple(names[i] for i in order),
    )


def _unplayed(strands: Sequence[Strand]) -> tuple[str, ...]:
    return tuple(
        f"{strand.part.name}: {strand.unplayed} of {len(strand.part.notes)} notes are not played, "
        "for they double another of the same part or fall into a rest"
        for strand in strands
        if strand.unplayed
    )


@cache
def _seats() -> dict[str, int]:
    text = (files("motifgen.data") / "seating.csv").read_text(encoding="utf-8")
    return {row["who"]: int(row["pan"]) for row in csv.DictReader(text.splitlines())}


def _seat(part: ScorePart) -> int:
    """Return where a part sits, 0 left to 127 right: by its instrument, or its family, or in the middle."""
    seats = _seats()
    return seats.get(part.instrument.name, seats.get(part.instrument.family, CENTRE))
