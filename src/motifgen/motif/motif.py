"""Motif: degrees and exact durations, with harmony, marks and a home key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from motifgen.errors import RangeError
from motifgen.theory.chord import DegreeChord
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Meter

if TYPE_CHECKING:
    from motifgen.motif.transform.base import Transform

MARKS = ("accent", "staccato", "tenuto")


@dataclass(frozen=True, slots=True)
class Note:
    """One note or rest of a motif, with all that is attached to it.

    Parameters
    ----------
    degree : Degree or None
        ``None`` is a rest.
    duration : Fraction
        In quarters, more than 0.
    tied : bool
        Tied to the next note, which must have the same degree.
    marks : frozenset[str]
        Any of `MARKS`.
    chord : DegreeChord, optional
        A chord that the composer fixed from this note on.
    """

    degree: Degree | None
    duration: Fraction
    tied: bool = False
    marks: frozenset[str] = frozenset()
    chord: DegreeChord | None = None

    def __post_init__(self) -> None:
        """Refuse a note without length."""
        if self.duration <= 0:
            raise RangeError(f"a note lasts {self.duration} quarters; accepted: more than 0")


@dataclass(frozen=True, slots=True)
class Motif:
    """A musical idea in degree space.

    Parameters
    ----------
    notes : tuple[Note, ...]
        At least one; one after the other.
    key : Key
        The home key, in which degrees become pitches unless another is given.
    meter : Meter
    pickup : Fraction
        Quarters before the first bar line; 0 starts on it.
    lineage : tuple[str, ...]
        What was done to it, in order, as text that the transform table reads; not part of equality.
    """

    notes: tuple[Note, ...]
    key: Key
    meter: Meter = Meter(4, 4)
    pickup: Fraction = Fraction(0)
    lineage: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Refuse a motif without notes."""
        if not self.notes:
            raise RangeError("a motif has no notes; accepted: at least one note or rest")

    def __rshift__(self, transform: Transform) -> Motif:
        """Apply a transform: ``motif >> Invert()``."""
        return transform(self)

    def __iter__(self) -> Iterator[Note]:
        """Go through the notes."""
        return iter(self.notes)

    @property
    def duration(self) -> Fraction:
        """Return the whole length in quarters."""
        return sum((note.duration for note in self.notes), Fraction(0))

    @property
    def onsets(self) -> tuple[Fraction, ...]:
        """Return where each note begins, in quarters from the motif's start."""
        at, found = Fraction(0), []
        for note in self.notes:
            found.append(at)
            at += note.duration
        return tuple(found)

    def sounding(self, key: Key | None = None) -> tuple[tuple[Fraction, Fraction, Pitch], ...]:
        """Return every sounded note as onset, duration (quarters) and pitch; ties are joined, rests left out.

        Parameters
        ----------
        key : Key, optional
            Where degrees become pitches; default the home key.
        """
        where, found, held = key or self.key, [], False
        for onset, note in zip(self.onsets, self.notes, strict=True):
            if note.degree is None:
                held = False
                continue
            pitch = where.pitch(note.degree)
            if held and found and found[-1][2] == pitch:
                found[-1] = (found[-1][0], onset + note.duration - found[-1][0], pitch)
            else:
                found.append((onset, note.duration, pitch))
            held = note.tied
        return tuple(found)

    def having(self, step: str, **changes: object) -> Motif:
        """Return a copy with other fields and one more step in the lineage."""
        return replace(self, lineage=(*self.lineage, step), **changes)  # type: ignore[arg-type]
