"""Motif: degrees and exact durations, with harmony, marks and a home key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING, TypedDict, Unpack

from motifgen.errors import NotationError, RangeError, shown
from motifgen.motif.note import MARKS, Note
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

if TYPE_CHECKING:
    from motifgen.motif.transform.base import Transform

__all__ = ["MARKS", "Motif", "Note"]


_put = object.__setattr__


class Changes(TypedDict, total=False):
    """The fields of a motif that a copy may have otherwise."""

    notes: tuple[Note, ...]
    key: Key
    meter: Meter
    pickup: Fraction
    lineage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Motif:
    """A musical idea in degree space.

    Parameters
    ----------
    notes : tuple[Note, ...]
        At least one; one after the other. A tied note is followed by one of the same degree.
    key : Key
        The home key, in which degrees become pitches unless another is given.
    meter : Meter
    pickup : Fraction
        Quarters before the first bar line, 0 or more; 0 starts on it.
    lineage : tuple[str, ...]
        What was done to it, in order, as text that the transform table reads; not part of equality.

    Examples
    --------
    >>> motif = Motif.parse("A4/e | D5/q. C5/e A4/h", key="D minor")
    >>> str(motif), motif.pickup, motif.duration
    ('A4/e | D5/q. C5/e A4/h', Fraction(1, 2), Fraction(9, 2))
    >>> motif.text(degrees=True)
    "5/e | 1'/q. 7/e 5/h"
    """

    notes: tuple[Note, ...]
    key: Key
    meter: Meter = field(default=Meter(4, 4))
    pickup: Fraction = Fraction(0)
    lineage: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Refuse a motif without notes, a pickup below 0, and ties that lead nowhere."""
        if not self.notes:
            raise RangeError("a motif has no notes; accepted: at least one note or rest")
        if self.pickup.numerator < 0:
            raise RangeError(f"the pickup is {self.pickup} quarters; accepted: 0 or more")
        if self.notes[-1].tied:
            raise RangeError("the last note is tied to nothing; accepted: ties between neighbouring notes of the same degree")
        for place in [place for place, note in enumerate(self.notes) if note.tied]:
            here, there = self.notes[place].degree, self.notes[place + 1].degree
            if here != there:
                raise RangeError(f"note {place + 1} ({here}) is tied to {there or 'a rest'}; accepted: a tie to the same degree")

    @classmethod
    def parse(cls, text: str, key: str | Key = "C major", meter: str | Meter = "4/4", *, degrees: bool = False) -> Motif:
        """Return the motif that a motif text writes; see `motifgen.motif.notation` for the grammar.

        Parameters
        ----------
        text : str
            ``"D4/q A4/q. G4/e"``; with a heading, as in ``"D minor 3/4: D4/h A4/q"``, the heading's key and meter are taken.
        key : str or Key
        meter : str or Meter
        degrees : bool
            Whether notes are degrees (``"1/q 5/q."``) and not pitches.

        Raises
        ------
        NotationError
            Naming the token, its column and what is accepted there.
        """
        from motifgen.motif.notation import read  # noqa: PLC0415 - notation builds motifs

        return read(text, key, meter, degrees=degrees)

    def text(self, *, degrees: bool = False, heading: bool = False) -> str:
        """Return the motif text that `parse` reads; ``heading`` puts key and meter before it."""
        from motifgen.motif.notation import write  # noqa: PLC0415 - notation builds motifs

        return write(self, degrees=degrees, heading=heading)

    def __str__(self) -> str:
        """Return the motif text in pitches, without its heading."""
        return self.text()

    def _repr_html_(self) -> str:
        """Return a small drawing with the text under it, for notebooks."""
        from motifgen.motif.picture import figure  # noqa: PLC0415 - drawings are for notebooks only

        return figure(self)

    def __rshift__(self, transform: Transform) -> Motif:
        """Apply a transform: ``motif >> Invert()``."""
        if not callable(transform):
            raise NotationError(f"{shown(transform)} is no transform; accepted: one, as in motif >> parse_transform('minor')")
        return transform(self)

    def __iter__(self) -> Iterator[Note]:
        """Go through the notes."""
        return iter(self.notes)

    @property
    def duration(self) -> Fraction:
        """Return the whole length in quarters."""
        lengths, whole = self._parts()
        return Fraction(sum(lengths), whole)

    @property
    def onsets(self) -> tuple[Fraction, ...]:
        """Return where each note begins, in quarters from the motif's start."""
        lengths, whole = self._parts()
        return tuple(Fraction(at, whole) for at in accumulate(lengths[:-1], initial=0))

    def _parts(self) -> tuple[list[int], int]:
        """Return the notes' lengths in parts of a quarter, and how many parts it has: whole numbers add up ten times as fast."""
        lengths = [note.duration.as_integer_ratio() for note in self.notes]
        whole = lcm(*(parts for _, parts in lengths))
        return [number * (whole // parts) for number, parts in lengths], whole

    def sounding(self, key: Key | None = None) -> tuple[tuple[Fraction, Fraction, Pitch], ...]:
        """Return every sounded note as onset, duration (quarters) and pitch; ties are joined, rests left out.

        Parameters
        ----------
        key : Key, optional
            Where degrees become pitches; default the home key.
        """
        where, held = key or self.key, False
        found: list[tuple[Fraction, Fraction, Pitch]] = []
        for onset, note in zip(self.onsets, self.notes, strict=True):
            if note.degree is None:
                held = False
                continue
            if held:
                begun, _, pitch = found[-1]
                found[-1] = (begun, onset + note.duration - begun, pitch)
            else:
                found.append((onset, note.duration, where.pitch(note.degree)))
            held = note.tied
        return tuple(found)

    def recorded(self, lineage: tuple[str, ...]) -> Motif:
        """Return the same music with another lineage; the notes are not checked again."""
        made = object.__new__(Motif)
        for name in ("notes", "key", "meter", "pickup"):
            _put(made, name, getattr(self, name))
        _put(made, "lineage", lineage)
        return made

    def having(self, step: str = "", **changes: Unpack[Changes]) -> Motif:
        """Return a copy with other fields and, unless ``step`` is empty, one more step in the lineage."""
        lineage = changes.get("lineage", self.lineage)
        return Motif(
            changes.get("notes", self.notes),
            changes.get("key", self.key),
            changes.get("meter", self.meter),
            changes.get("pickup", self.pickup),
            (*lineage, step) if step else lineage,
        )
