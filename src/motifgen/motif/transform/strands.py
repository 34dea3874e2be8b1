"""What transforms share: tie groups, cuts that lose nothing, notes mapped one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note, varied
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Degree


def groups(notes: tuple[Note, ...]) -> tuple[range, ...]:
    """Return the places of each sounded note, tied ones together, and of each rest.

    Examples
    --------
    >>> groups(Motif.parse("C4/q~ C4/e r D4").notes)
    (range(0, 2), range(2, 3), range(3, 4))
    """
    found, start = [], 0
    for place, note in enumerate(notes, start=1):
        if not note.tied:
            found.append(range(start, place))
            start = place
    return tuple(found)


def sounded(notes: tuple[Note, ...]) -> tuple[range, ...]:
    """Return the places of each sounded note, tied ones together; rests are left out."""
    return tuple(group for group in groups(notes) if notes[group.start].sounds)


def mapped(motif: Motif, degree: Callable[[Degree], Degree], chord: Callable[[DegreeChord], DegreeChord]) -> tuple[Note, ...]:
    """Return the notes with every degree and every chord changed; durations, ties and marks stay."""
    known: dict[Degree | None, Degree | None] = {None: None}
    found = []
    for note in motif.notes:
        old = note.degree
        new = known.get(old)
        if new is None and old is not None:
            new = known[old] = degree(old)
        found.append(varied(note, new, note.duration, None if note.chord is None else chord(note.chord)))
    return tuple(found)


def chord_in_force(notes: tuple[Note, ...], place: int) -> DegreeChord | None:
    """Return the chord that holds at a note: its own, or the last before it."""
    return next((note.chord for note in reversed(notes[: place + 1]) if note.chord is not None), None)


def cut(motif: Motif, start: int, stop: int) -> Motif:
    """Return the notes from one place up to another, at the same place in the bar, under the chord that held there."""
    notes = list(motif.notes[start:stop])
    notes[0] = replace(notes[0], chord=chord_in_force(motif.notes, start))
    notes[-1] = replace(notes[-1], tied=False)
    return motif.having("", notes=tuple(notes), pickup=pickup_at(motif, motif.onsets[start]))


def pickup_at(motif: Motif, onset: Fraction) -> Fraction:
    """Return the pickup of what begins at an onset within the motif, so that it keeps its place in the bar."""
    return motif.pickup - onset if onset <= motif.pickup else (motif.pickup - onset) % motif.meter.bar
