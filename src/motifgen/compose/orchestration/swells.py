"""Swells towards a frame: they are carried to their peak, however few play there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from motifgen.compose.desk import Line, ScoreNote, Spotting
from motifgen.compose.orchestration.blows import strike
from motifgen.compose.orchestration.casting import Casting

#: How many voices of a swell nobody may send away; the others go where players are too many.
SURE = 2


def peak_of(spotting: Spotting, line: Line) -> tuple[ScoreNote, ...]:
    """Return the stroke with which a line peaks at a swell's frame; nothing for any other line."""
    if line.role != "pad":
        return ()
    frames = {landing.at for landing in spotting.landings if landing.hit.do == "swell"}
    return tuple(note for note in line.notes if "accent" in note.marks and note.onset in frames) if frames else ()


def see_through(casting: Casting, lines: Iterable[Line]) -> None:
    """Let a few strike the peak of each swell at which nobody begins a note: where all were busy, or too few could grow into it."""
    for line in lines:
        peak = peak_of(casting.spotting, line)
        if peak and not _met(casting, peak[0]):
            strike(casting, replace(line, role="hit", notes=peak, weight=0.0))


def _met(casting: Casting, peak: ScoreNote) -> bool:
    """Tell whether a player of pitches begins a note at a peak."""
    chairs = [chair for chair in casting.roster.chairs if not chair.instrument.drums]
    return any(note.onset == peak.onset for chair in chairs for duty in casting.roster.of(chair) for note in duty.notes)
