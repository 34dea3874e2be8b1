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
class Echo:
    """Slots that have the rhythm of earlier ones: the first, the one it echoes, and how many there are.

    ``asked`` says that the form brings the melody back, ``exact`` that it stays where it was.
    """

    first: int
    source: int
    size: int
    asked: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A rhythm over chords; rests have no slot. ``echoes`` are the places where an earlier rhythm comes back, in order of time."""

    rhythm: Rhythm
    chords: tuple[Implied, ...]
    slots: tuple[Slot, ...]
    echoes: tuple[Echo, ...]


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
    return Skeleton(rhythm, tuple(chords), tuple(slots), _echoes(rhythm, firsts))


def _echoes(rhythm: Rhythm, firsts: Sequence[int]) -> tuple[Echo, ...]:
    """Return what the form brings back, and the single groups that are alike beside that."""
    found: dict[int, Echo] = {}
    covered: set[int] = set()
    for each in rhythm.returns:
        groups = range(each.first, each.first + each.count)
        size = sum(rhythm.groups[i].sounding for i in groups)
        found[each.first] = Echo(firsts[each.first], firsts[each.source], size, asked=True, exact=each.exact)
        covered.update(groups)
    for i, group in enumerate(rhythm.groups):
        if group.echo >= 0 and i not in covered:
            found[i] = Echo(firsts[i], firsts[group.echo], group.sounding)
    return tuple(found[i] for i in sorted(found) if found[i].size)
