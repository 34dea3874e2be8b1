"""Doublings: the more weight a line has, the more players join it, in unison or octaves, in associations that blend."""

from __future__ import annotations

from motifgen.compose.orchestration.casting import RESERVE, Casting
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.fit import haste, octave_for
from motifgen.compose.orchestration.strands import Strand

# Who joins whom, and how many octaves away (Rimsky-Korsakov, *Principles of Orchestration*, 1922; Belkin, *Artistic Orchestration*).
_JOINS: dict[str, tuple[tuple[str, int], ...]] = {
    "violin": (
        ("violin", 0),
        ("flute", 0),
        ("viola", -1),
        ("oboe", 0),
        ("flute", 1),
        ("cello", -1),
        ("piccolo", 1),
        ("horn", -1),
        ("trumpet", 0),
    ),
    "viola": (("clarinet", 0), ("cello", 0), ("horn", 0), ("violin", 0), ("english horn", 0)),
    "cello": (("viola", 0), ("horn", 0), ("bassoon", 0), ("violin", 1), ("clarinet", 0), ("trombone", 0)),
    "double bass": (("cello", 1), ("bassoon", 1), ("contrabassoon", 0), ("tuba", 0), ("bass trombone", 0)),
    "flute": (("clarinet", 0), ("oboe", 0), ("violin", 0), ("flute", 0), ("clarinet", -1), ("piccolo", 1)),
    "oboe": (("clarinet", 0), ("flute", 0), ("violin", 0), ("english horn", -1), ("oboe", 0)),
    "english horn": (("viola", 0), ("clarinet", 0), ("cello", 0)),
    "clarinet": (("viola", 0), ("flute", 0), ("bassoon", -1), ("violin", 0), ("clarinet", 0)),
    "bassoon": (("cello", 0), ("horn", 0), ("bass clarinet", 0), ("clarinet", 1)),
    "horn": (("horn", 0), ("cello", 0), ("bassoon", 0), ("horn", 0), ("viola", 0), ("trombone", 0), ("trumpet", 1), ("violin", 1)),
    "trumpet": (("trumpet", 0), ("horn", 0), ("trombone", -1), ("violin", 0), ("oboe", 0), ("flute", 1)),
    "trombone": (("trombone", 0), ("horn", 0), ("bass trombone", 0), ("cello", 0), ("bassoon", 0), ("trumpet", 1)),
    "tuba": (("bass trombone", 0), ("double bass", 0), ("contrabassoon", 0)),
    "choir": (("violin", 1), ("horn", 0), ("viola", 0)),
    "soprano": (("flute", 0), ("violin", 0), ("alto", -1)),
}
_MOST = {"melody": 6, "bass": 2, "counter": 1, "ostinato": 1}
_SOFTER = {1: 0.1, 0: 0.05, -1: 0.06}


def wanted(casting: Casting, strand: Strand) -> int:
    """Return how many players a strand asks for by itself, besides the one who carries it; small ensembles have fewer to spare."""
    return round(strand.line.weight * _MOST.get(strand.line.role, 0) * min(casting.palette.parts / 20, 1.0))


def double(casting: Casting, strand: Strand, chair: Chair, octave: int, count: int) -> int:
    """Give a strand to so many of those who join its chair; return how many could.

    What is marked ``solo`` stays with the chair.
    """
    notes = [note for note in strand.notes if "solo" not in note.marks]
    joined, pace = 0, casting.pace(strand)
    for name, distance in _JOINS.get(chair.instrument.name, ()) if notes else ():
        others = (c for c in casting.roster.chairs if c.instrument.name == name and c.name != chair.name)
        other = next((c for c in others if _joins(casting, strand, c, octave + distance, pace)), None) if joined < count else None
        if other is not None:
            casting.roster.give(other, strand.line.role, notes, octave + distance, _SOFTER.get(distance, 0.08))
            joined += 1
    return joined


def _joins(casting: Casting, strand: Strand, chair: Chair, octave: int, pace: float) -> bool:
    reserved = 0.8 * RESERVE.get(chair.instrument.name, 0.0) > strand.line.weight
    return (
        not reserved
        and casting.roster.idle(chair, *strand.span)
        and haste(chair.instrument, strand.busiest, pace) <= 1
        and octave_for(chair.instrument, strand.keys, wished=octave, reach=0) is not None
    )
