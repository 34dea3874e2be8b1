"""Time: longer, shorter."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.melodic import positive


@dataclass(frozen=True, slots=True)
class Augment(Transform):
    """Make every duration, and the pickup, longer by a ratio.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e") >> Augment(Fraction(2)))
    'D4/h A4/h. G4/q'
    """

    ratio: Fraction = Fraction(2)

    NAME: ClassVar[str] = "augment"
    SYNTAX: ClassVar[tuple[str, ...]] = ("ratio:ratio",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 7
    EXAMPLE: ClassVar[str] = "augment 2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse ratios of 0 or less."""
        object.__setattr__(self, "ratio", positive(self.ratio))

    def changed(self, motif: Motif) -> Motif:
        """Return the longer motif."""
        return lengthened(motif, self.ratio)


@dataclass(frozen=True, slots=True)
class Diminish(Transform):
    """Make every duration, and the pickup, shorter by a ratio.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e") >> Diminish(Fraction(2)))
    'D4/e A4/e. G4/s'
    """

    ratio: Fraction = Fraction(2)

    NAME: ClassVar[str] = "diminish"
    SYNTAX: ClassVar[tuple[str, ...]] = ("ratio:ratio",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 7
    EXAMPLE: ClassVar[str] = "diminish 2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse ratios of 0 or less."""
        object.__setattr__(self, "ratio", positive(self.ratio))

    def changed(self, motif: Motif) -> Motif:
        """Return the shorter motif."""
        return lengthened(motif, 1 / self.ratio)


def lengthened(motif: Motif, ratio: Fraction) -> Motif:
    """Return the motif with every duration multiplied."""
    notes = tuple(Note(n.degree, n.duration * ratio, n.tied, n.marks, n.chord) for n in motif.notes)
    return motif.having("", notes=notes, pickup=motif.pickup * ratio)
