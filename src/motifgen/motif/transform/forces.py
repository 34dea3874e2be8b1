"""Forces: the same notes for other players. The motif stays; who plays it, and among whom, is decided in orchestration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform


@dataclass(frozen=True, slots=True)
class _Force(Transform):
    """Other players for the same notes."""

    FAMILY: ClassVar[str] = "force"
    RUNG: ClassVar[int] = 1

    def changed(self, motif: Motif) -> Motif:
        """Return the motif as it is."""
        return motif


@dataclass(frozen=True, slots=True)
class Tutti(_Force):
    """Give the theme to everybody: the fabric fills up, and the whole ensemble joins in.

    Source: the levels of orchestral weight in N. Rimsky-Korsakov, *Principles of Orchestration* (1913), chapter IV.

    Examples
    --------
    >>> motif = Motif.parse("C4/q E4 G4")
    >>> (motif >> Tutti()) == motif, (motif >> Tutti()).lineage
    (True, ('tutti',))
    """

    NAME: ClassVar[str] = "tutti"
    EXAMPLE: ClassVar[str] = "tutti"


@dataclass(frozen=True, slots=True)
class Chamber(_Force):
    """Give the theme and all that sounds with it to a handful of soloists.

    Source: the soloists' passages within the orchestra, as S. Adler, *The Study of Orchestration* (2002), describes them.

    Examples
    --------
    >>> (Motif.parse("C4/q E4 G4") >> Chamber()).lineage
    ('chamber',)
    """

    NAME: ClassVar[str] = "chamber"
    EXAMPLE: ClassVar[str] = "chamber"


@dataclass(frozen=True, slots=True)
class Piano(_Force):
    """Give the theme and all that sounds with it to one piano, as two hands can play it.

    Source: the piano reduction of scores; its rules are in the module of the orchestration that makes it.

    Examples
    --------
    >>> (Motif.parse("C4/q E4 G4") >> Piano()).lineage
    ('piano',)
    """

    NAME: ClassVar[str] = "piano"
    EXAMPLE: ClassVar[str] = "piano"
