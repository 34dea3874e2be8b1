"""Change of mode: the commonest transformation of film themes, and the safest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import recast_chord, recast_degree
from motifgen.motif.transform.strands import mapped
from motifgen.theory.scale import Mode


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
