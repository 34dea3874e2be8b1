"""Change of mode: the commonest transformation of film themes, and the safest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from motifgen.errors import UnknownNameError
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import recast_chord, recast_degree
from motifgen.motif.transform.strands import mapped
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Degree, Mode


@dataclass(frozen=True, slots=True)
class InMode(Transform):
    """Recast in another mode on the same tonic; contour and rhythm stay.

    Notes of the scale take the new mode's place. Notes that were altered keep their distance from the tonic, so the raised
    leading tone of a minor theme is the plain seventh of the major one. Chords of the old mode become those of the new, others
    keep their sound.

    Source: the most frequent technique of M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> str(Motif.parse("D4/q F4 C#4 [Gm] Bb4", key="D minor") >> InMode("major"))
    'D4/q F#4 C#4 [G] B4'
    """

    mode: str

    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 3

    def __post_init__(self) -> None:
        """Refuse a mode that no table knows, and call it by its first name."""
        object.__setattr__(self, "mode", Mode.named(self.mode).name)

    @property
    def name(self) -> str:
        """Return the mode's name: each mode is a row of the table."""
        return self.mode

    def changed(self, motif: Motif) -> Motif:
        """Return the motif in the mode."""
        old, new = motif.key.mode, Mode.named(self.mode)
        notes = mapped(motif, lambda degree: recast_degree(degree, old, new), lambda chord: recast_chord(chord, old, new))
        return motif.having("", notes=notes, key=motif.key.in_mode(self.mode))

    def __str__(self) -> str:
        """Return the mode's name, which is the whole text."""
        return self.mode


@dataclass(frozen=True, slots=True)
class Within(Transform):
    """Recast within a scale of other than seven notes on the same tonic: whole tone, octatonic, pentatonic.

    Each degree of the home scale goes to the place of the collection that stands for it; degrees for which a smaller collection has
    no place of their own share their neighbor's. Notes that were altered keep their sound, and so do chords. The key stays, so
    that a later change of mode knows where it came from.

    Examples
    --------
    >>> motif = Motif.parse("C4/q E4 G4 F4")
    >>> str(motif >> Within("whole tone")), str(motif >> Within("minor pentatonic"))
    ('C4/q E4 G#4 F#4', 'C4/q Eb4 G4 F4')
    """

    collection: str

    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 4

    def __post_init__(self) -> None:
        """Refuse a collection that no table knows."""
        if self.collection not in COLLECTIONS:
            raise UnknownNameError("collection", self.collection, COLLECTIONS)

    @property
    def name(self) -> str:
        """Return the collection's name: each is a row of the table."""
        return self.collection

    def changed(self, motif: Motif) -> Motif:
        """Return the motif within the collection."""
        mode = motif.key.mode
        return motif.having("", notes=mapped(motif, lambda degree: self._placed(degree, mode), lambda chord: chord))

    def _placed(self, degree: Degree, mode: Mode) -> Degree:
        if degree.alter:
            return degree
        octave, step = divmod(degree.step, 7)
        place = COLLECTIONS[self.collection][step]
        here = place.steps + 7 * octave
        return Degree(here, place.semitones + 12 * octave - mode.semitones(here))

    def __str__(self) -> str:
        """Return the collection's name, which is the whole text."""
        return self.collection


def _collection(text: str) -> tuple[Interval, ...]:
    """Return the places of the seven degrees, written as staff steps and semitones above the tonic."""
    return tuple(Interval(*map(int, place.split())) for place in text.split(","))


COLLECTIONS: dict[str, tuple[Interval, ...]] = {
    "whole tone": _collection("0 0, 1 2, 2 4, 3 6, 4 8, 5 10, 6 10"),
    "octatonic": _collection("0 0, 1 2, 2 3, 3 5, 4 6, 5 8, 6 11"),
    "major pentatonic": _collection("0 0, 1 2, 2 4, 2 4, 4 7, 5 9, 7 12"),
    "minor pentatonic": _collection("0 0, 2 3, 2 3, 3 5, 4 7, 6 10, 6 10"),
}
