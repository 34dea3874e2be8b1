"""Transforms that change no note: the music stays, its meaning does not. They are recorded in the lineage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform


@dataclass(frozen=True, slots=True)
class Irony(Transform):
    """State the theme against what is seen, to tell the audience something unsaid; no note changes.

    Source: thematic irony, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> motif = Motif.parse("C4/q E4 G4")
    >>> (motif >> Irony()) == motif, (motif >> Irony()).lineage
    (True, ('irony',))
    """

    NAME: ClassVar[str] = "irony"
    FAMILY: ClassVar[str] = "meaning"
    RUNG: ClassVar[int] = 0
    EXAMPLE: ClassVar[str] = "irony"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif as it is."""
        return motif


@dataclass(frozen=True, slots=True)
class Reinterpret(Transform):
    """Let the context alone change what the theme stands for; no note changes.

    Source: contextual reinterpretation, M. Bribitzer-Stull, *Thematic development and dramatic association in Wagner's Der Ring des
    Nibelungen* (2001).

    Examples
    --------
    >>> (Motif.parse("C4/q E4 G4") >> Reinterpret()).lineage
    ('reinterpret',)
    """

    NAME: ClassVar[str] = "reinterpret"
    FAMILY: ClassVar[str] = "meaning"
    RUNG: ClassVar[int] = 0
    EXAMPLE: ClassVar[str] = "reinterpret"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif as it is."""
        return motif
