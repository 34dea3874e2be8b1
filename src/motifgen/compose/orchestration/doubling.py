"""Doublings: the more weight a line has, the more players join it, in unison or octaves, in associations that blend."""

from __future__ import annotations

from motifgen.compose.orchestration.casting import RESERVE, Casting, suits
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.fit import haste, within
from motifgen.compose.orchestration.strands import Strand

# Who joins whom, and how many octaves away (Rimsky-Korsakov, *Principles of Orchestration*, 1922; Belkin, *Artistic Orchestration*).
_JOINS: dict[str, tuple[tuple[str, int], ...]] = {
    "violin": (
        ("violin", 0),
        ("flute", 1),
        ("flute", 0),
        ("viola", -1),
        ("oboe", 0),
        ("cello", -1),
        ("piccolo", 1),
        ("violin", 1),
        ("clarinet", 0),
        ("horn", -1),
        ("trumpet", 0),
    ),
    "viola": (("clarinet", 0), ("cello", 0), ("horn", 0), ("violin", 1), ("flute", 1), ("violin", 0), ("english horn", 0), ("bassoon", -1)),
    "cello": (("viola", 0), ("horn", 0), ("bassoon", 0), ("violin", 1), ("clarinet", 0), ("trombone", 0), ("clarinet", 1)),
    "double bass": (("cello", 1), ("bassoon", 1), ("contrabassoon", 0), ("tuba", 1), ("bass trombone", 1), ("bass clarinet", 1)),
    "flute": (("clarinet", 0), ("flute", 1), ("oboe", 0), ("violin", 0), ("flute", 0), ("clarinet", -1), ("piccolo", 1), ("violin", 1)),
    "oboe": (("clarinet", 0), ("flute", 1), ("violin", 0), ("english horn", -1), ("oboe", 0), ("flute", 0), ("violin", 1)),
    "english horn": (("viola", 0), ("clarinet", 0), ("flute", 1), ("cello", 0), ("violin", 1)),
    "clarinet": (("viola", 0), ("flute", 1), ("bassoon", -1), ("violin", 0), ("clarinet", 0), ("flute", 0), ("violin", 1)),
    "bass clarinet": (("bassoon", 0), ("cello", 0), ("double bass", -1), ("clarinet", 1), ("viola", 0)),
    "bassoon": (("cello", 0), ("horn", 0), ("clarinet", 1), ("bass clarinet", 0), ("bassoon", 0), ("double bass", -1), ("oboe", 1)),
    "contrabassoon": (("double bass", 0), ("tuba", 0), ("bassoon", 1), ("cello", 1)),
    "horn": (
        ("horn", 0),
        ("cello", 0),
        ("violin", 1),
        ("bassoon", 0),
        ("horn", 0),
        ("viola", 0),
        ("trombone", 0),
        ("trumpet", 1),
        ("flute", 1),
        ("clarinet", 0),
    ),
    "trumpet": (("trumpet", 0), ("horn", 0), ("violin", 1), ("trombone", -1), ("violin", 0), ("oboe", 0), ("flute", 1), ("horn", -1)),
    "trombone": (("trombone", 0), ("horn", 0), ("bass trombone", 0), ("cello", 0), ("bassoon", 0), ("trumpet", 1), ("violin", 1)),
    "bass trombone": (("tuba", 0), ("double bass", -1), ("contrabassoon", -1), ("bassoon", 0), ("cello", 0)),
    "tuba": (("bass trombone", 0), ("double bass", -1), ("double bass", 0), ("contrabassoon", -1), ("cello", 0)),
    "choir": (("violin", 1), ("horn", 0), ("viola", 0), ("cello", 0)),
    "soprano": (("flute", 0), ("violin", 0), ("alto", -1), ("violin", 1)),
    "synth lead": (("synth strings", 0), ("synth pluck", 1), ("solo cello", -1)),
    "fiddle": (("tin whistle", 0), ("uilleann pipes", 0), ("accordion", 0), ("mandolin", 0)),
    "tin whistle": (("fiddle", 0), ("uilleann pipes", 0), ("mandolin", 0)),
    "alto sax": (("trumpet", 0), ("tenor sax", 0), ("muted trumpet", 0)),
    "tenor sax": (("alto sax", 0), ("muted trumpet", 0), ("trombone", 0), ("trumpet", 0)),
}
_MOST = {"melody": 6, "bass": 2, "counter": 1, "ostinato": 1}
_CLEAR = 50  # nothing but the bass is doubled further down: it would be mud
_LARGE, _BASSES = 20, 57
_SUSTAINED, _EASE = frozenset({"pad", "counter", "bass"}), 2.0  # nobody joins where it costs much effort
_IDIOMATIC = frozenset({"pad", "pulse", "arpeggio"})  # joined by those only whom the style gives such lines
_SOFTER = {1: 0.1, 0: 0.05, -1: 0.06}


def wanted(casting: Casting, strand: Strand) -> int:
    """Return how many players a strand asks for by itself, besides the one who carries it; small ensembles have fewer to spare.

    A theme that was given a voice is left to it until the line is heavy.
    """
    weight = max(2 * strand.line.weight - 1, 0.0) if strand.line.voice and strand.line.statement >= 0 else strand.line.weight
    most = _MOST.get(strand.line.role, 0) if not casting.palette.swing else 1  # the other horns of a band have lines of their own
    return round(weight * most * min(casting.parts / 20, 1.0))


def double(casting: Casting, strand: Strand, chair: Chair, octave: int, count: int) -> int:
    """Give a strand to so many of those who join its chair; return how many could.

    What is marked ``solo`` stays with the chair.
    """
    notes = [note for note in strand.notes if "solo" not in note.marks]
    offers = _offers(casting, strand, chair, octave)[:count] if notes and count > 0 else []
    for other, distance in offers:
        casting.roster.give(other, strand.line.role, notes, octave + distance, _SOFTER.get(distance, 0.08), joined=True)
    return len(offers)


def _offers(casting: Casting, strand: Strand, chair: Chair, octave: int) -> list[tuple[Chair, int]]:
    """Return who can join and how many octaves away: those who play already next to the strand first, octaves first in a wide style."""
    pace, found, taken = casting.pace(strand), list[tuple[bool, bool, int, Chair, int]](), {chair.name}
    by_name = casting.roster.by_instrument()
    for rank, (name, distance) in enumerate((*_JOINS.get(chair.instrument.name, ()), *_kin(casting, strand))):
        chairs = by_name.get(name, ())
        if not chairs or not _blends(strand, chairs[0], octave + distance, pace):
            continue
        other = next((c for c in chairs if c.name not in taken and _joins(casting, strand, c)), None)
        if other is not None:
            taken.add(other.name)
            apart = not casting.roster.beside(other, *strand.span)
            found.append((apart, casting.palette.width > 0.7 and distance == 0, rank, other, distance))
    return [(other, distance) for _, _, _, other, distance in sorted(found, key=lambda offer: offer[:3])]


def low(chair: Chair) -> bool:
    """Tell whether a player belongs to the basses of an ensemble.

    Examples
    --------
    >>> from motifgen.compose.orchestration.chairs import chair_for
    >>> low(chair_for("cello", ())), low(chair_for("synth lead", ()))
    (True, False)
    """
    return chair.instrument.sweet_low + chair.instrument.sweet_high <= 2 * _BASSES


def _kin(casting: Casting, strand: Strand) -> list[tuple[str, int]]:
    """Return who else plays such lines in a small ensemble, where no association of the orchestra helps.

    Chords and basses are joined in unison before octaves, figures in octaves only: two hands that pluck the same notes are one.
    """
    if casting.parts >= _LARGE or strand.line.role == "melody":
        return []
    names = [label.removeprefix("solo ") for label in casting.choices(strand.line.role)]
    figure = strand.line.role in {"arpeggio", "ostinato", "pulse"}
    return [(name, distance) for distance in ((1, -1) if figure else (0, 1, -1)) for name in names]


def _blends(strand: Strand, chair: Chair, octave: int, pace: float) -> bool:
    """Tell whether a chair's instrument can join a strand in an octave, whoever plays it."""
    if strand.line.role not in {"bass", "drone"} and strand.keys[0][0] + 12 * octave < _CLEAR:
        return False
    reserved = 0.8 * RESERVE.get(chair.instrument.name, 0.0) > strand.line.weight
    if reserved or (strand.line.role == "bass" and not low(chair)):
        return False
    return (
        within(chair.instrument, strand.keys, octave)
        and haste(chair.instrument, strand.busiest, pace) <= 1
        and strand.outside(chair.instrument, octave, held=strand.line.role in _SUSTAINED) <= _EASE
    )


def _joins(casting: Casting, strand: Strand, chair: Chair) -> bool:
    """Tell whether a player has nothing else to do there, and is one whom the role suits."""
    return casting.roster.idle(chair, *strand.span) and (strand.line.role not in _IDIOMATIC or suits(casting, chair, strand))
