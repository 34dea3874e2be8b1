"""Intervals made wider and narrower, with the contour kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.limits import at_least_one, positive
from motifgen.theory.scale import Degree


@dataclass(frozen=True, slots=True)
class Expand(Transform):
    """Widen every interval by a factor, counted in scale steps from the first note; contour and alterations stay.

    Steps are rounded to whole ones, halves away from zero, and a move stays a move of at least a step.

    Examples
    --------
    >>> str(Motif.parse("C4/q D4 F4 E4") >> Expand(Fraction(2)))
    'C4/q E4 B4 G4'
    """

    factor: Fraction = Fraction(2)

    NAME: ClassVar[str] = "expand"
    SYNTAX: ClassVar[tuple[str, ...]] = ("factor:ratio",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "expand 3/2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse factors of 0 or less."""
        object.__setattr__(self, "factor", positive(self.factor))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif with its intervals widened."""
        return motif.having("", notes=scaled_intervals(motif.notes, self.factor))


@dataclass(frozen=True, slots=True)
class Compress(Transform):
    """Narrow every interval by a factor; contour and alterations stay.

    Examples
    --------
    >>> str(Motif.parse("C4/q G4 C5 A4") >> Compress(Fraction(2)))
    'C4/q E4 G4 F4'
    """

    factor: Fraction = Fraction(2)

    NAME: ClassVar[str] = "compress"
    SYNTAX: ClassVar[tuple[str, ...]] = ("factor:ratio",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "compress 2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse factors of 0 or less."""
        object.__setattr__(self, "factor", positive(self.factor))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif with its intervals narrowed."""
        return motif.having("", notes=scaled_intervals(motif.notes, 1 / self.factor))


@dataclass(frozen=True, slots=True)
class OctaveDisplacement(Transform):
    """Widen the widest moves by an octave, so that what follows lies an octave away; the contour stays.

    A motif that never moves stays as it is. Source: J. Idson and D. Massaro, "A bidimensional model of pitch in the recognition of
    melodies" (1978): octaves that keep the contour hardly hurt recognition, others do.

    Examples
    --------
    >>> str(Motif.parse("C4/q D4 G4 E4") >> OctaveDisplacement())
    'C4/q D4 G5 E5'
    """

    moves: int = 1

    NAME: ClassVar[str] = "octave displacement"
    SYNTAX: ClassVar[tuple[str, ...]] = ("moves:count",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "octave displacement 1"

    def __post_init__(self) -> None:
        """Refuse to widen nothing."""
        at_least_one("moves", self.moves)

    def changed(self, motif: Motif) -> Motif:
        """Return the motif with wider leaps."""
        places = [place for place, note in enumerate(motif.notes) if note.degree is not None]
        steps = [note.degree.step for note in motif.notes if note.degree is not None]
        sizes = [then - now for now, then in pairwise(steps)]
        widest = sorted((order for order, size in enumerate(sizes) if size), key=lambda order: (-abs(sizes[order]), order))
        chosen, found, octaves = set(widest[: self.moves]), list(motif.notes), 0
        for order, place in enumerate(places):
            if order - 1 in chosen:
                octaves += 7 if sizes[order - 1] > 0 else -7
            note = motif.notes[place]
            found[place] = replace(note, degree=Degree(steps[order] + octaves, note.degree.alter if note.degree else 0))
        return motif.having("", notes=tuple(found))


def scaled_intervals(notes: tuple[Note, ...], factor: Fraction) -> tuple[Note, ...]:
    """Return the notes with the scale steps between them multiplied."""
    places = [place for place, note in enumerate(notes) if note.degree is not None]
    found, at = list(notes), 0
    for order, place in enumerate(places):
        degree = notes[place].degree
        before = notes[places[order - 1]].degree if order else degree
        if degree is None or before is None:
            continue
        at = at + _scaled(degree.step - before.step, factor) if order else degree.step
        found[place] = Note(Degree(at, degree.alter), notes[place].duration, notes[place].tied, notes[place].marks, notes[place].chord)
    return tuple(found)


def _scaled(steps: int, factor: Fraction) -> int:
    size = max(int(abs(steps) * factor + Fraction(1, 2)), 1) if steps else 0
    return size if steps > 0 else -size
