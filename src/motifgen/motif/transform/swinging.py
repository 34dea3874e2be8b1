"""Swing: every beat divided unevenly, whatever falls on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform

_HALF, _DOTTED = Fraction(1, 2), Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Swing(Transform):
    """Swing: the first half of every beat takes two thirds of it, or another share, and what lies within goes along.

    Beats stay where they are, so a tune of whole beats stays as it is. In compound meters, whose beats are thirds already, nothing
    changes.

    Parameters
    ----------
    share : Fraction
        The part of the beat that its first half gets: 1/2 is even, 2/3 is the triplet feel, 3/4 is dotted.

    Examples
    --------
    >>> str(Motif.parse("C4/e E4 G4/q A4/e G4 r E4") >> Swing())
    'C4/q3 E4/e3 G4/q A4/q3 G4/e3 r/q3 E4/e3'
    >>> str(Motif.parse("C4/e E4 G4/q") >> Swing(Fraction(3, 4)))
    'C4/e. E4/s G4/q'
    """

    share: Fraction = Fraction(2, 3)

    NAME: ClassVar[str] = "swing"
    SYNTAX: ClassVar[tuple[str, ...]] = ("share:amount",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 4
    EXAMPLE: ClassVar[str] = "swing"

    def __post_init__(self) -> None:
        """Refuse shares that are no swing.

        Raises
        ------
        RangeError
            Below 1/2 or above 3/4.
        """
        object.__setattr__(self, "share", Fraction(self.share))
        if not _HALF <= self.share <= _DOTTED:
            raise RangeError(f"a swing of {self.share}; accepted: the share of the beat that its first half gets, 1/2 to 3/4, as in 2/3")

    def changed(self, motif: Motif) -> Motif:
        """Return the swung motif."""
        if motif.meter.compound:
            return motif
        beat = motif.meter.beat
        begun = self._swung(-motif.pickup, beat)
        at, found = begun, []
        for onset, note in zip(motif.onsets, motif.notes, strict=True):
            end = self._swung(onset + note.duration - motif.pickup, beat)
            found.append(replace(note, duration=end - at))
            at = end
        return motif.having(notes=tuple(found), pickup=-begun)

    def _swung(self, at: Fraction, beat: Fraction) -> Fraction:
        """Return where a place, in quarters from the first bar line, comes to lie."""
        whole, part = divmod(at / beat, 1)
        moved = part * 2 * self.share if part <= _HALF else self.share + (part - _HALF) * 2 * (1 - self.share)
        return (whole + moved) * beat
