"""Skeletons: every note of a rhythm with its weight in the bar and the chord under it, before it has a pitch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motifgen.motif.invention.harmony import Implied, chord_at
from motifgen.motif.invention.rhythm import Rhythm, weight_at
from motifgen.theory.time import Meter


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a note: onset and length in ticks, metrical weight, the index of its group, and the chord."""

    onset: int
    length: int
    weight: int
    group: int
    chord: Implied


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A rhythm over chords; rests have no slot.

    ``echoes`` holds, for each group that repeats an earlier one, the index of its first slot, that of the earlier one,
    and how many slots they have.
    """

    rhythm: Rhythm
    chords: tuple[Implied, ...]
    slots: tuple[Slot, ...]
    echoes: tuple[tuple[int, int, int], ...]


def skeleton(rhythm: Rhythm, chords: Sequence[Implied], meter: Meter) -> Skeleton:
    """Return the slots of a rhythm over chords."""
    slots: list[Slot] = []
    firsts: list[int] = []
    for number, group in enumerate(rhythm.groups):
        firsts.append(len(slots))
        at = group.start
        for length in group.cell:
            if length > 0:
                slots.append(Slot(at, length, weight_at(meter, at), number, chord_at(chords, at)))
            at += abs(length)
    echoes = [(firsts[i], firsts[group.echo], group.sounding) for i, group in enumerate(rhythm.groups) if group.echo >= 0]
    return Skeleton(rhythm, tuple(chords), tuple(slots), tuple(echoes))
