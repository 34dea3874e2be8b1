"""Casting: each strand goes to the chair that costs least over the whole phrase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from motifgen.compose.desk import Line, Spotting
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.fit import IMPOSSIBLE, haste, octave_for, sourness
from motifgen.compose.orchestration.roster import Roster
from motifgen.compose.orchestration.strands import Strand
from motifgen.orchestra.palette import Palette

_RESERVE = {"trumpet": 0.62, "trombone": 0.6, "bass trombone": 0.6, "tuba": 0.55, "cimbasso": 0.55, "piccolo": 0.7, "contrabassoon": 0.45}
_FAR = 9.0


@dataclass(slots=True)
class Casting:
    """What casting remembers while it goes through a scene.

    Parameters
    ----------
    spotting : Spotting
    roster : Roster
    sung : list[str]
        The instruments that carried the statements so far.
    last : dict[tuple[str, int], str]
        Who played a role's voice last.
    """

    spotting: Spotting
    roster: Roster
    sung: list[str] = field(default_factory=list)
    last: dict[tuple[str, int], str] = field(default_factory=dict)

    @property
    def palette(self) -> Palette:
        """Return the style."""
        return self.spotting.palette

    def pace(self, strand: Strand) -> float:
        """Return the seconds of a quarter while a strand sounds, on average."""
        span = max(strand.end - strand.start, Fraction(1, 64))
        return float((self.spotting.seconds(strand.end) - self.spotting.seconds(strand.start)) / span)


def cast(casting: Casting, strand: Strand) -> tuple[Chair, int] | None:
    """Return the cheapest chair for a strand and the octave in which it plays it, or ``None`` where nobody can."""
    wished = _wished(casting, strand)
    if wished is not None:
        return wished
    pace = casting.pace(strand)
    offers = ((_cost(casting, strand, chair, pace), n, chair) for n, chair in enumerate(casting.roster.chairs))
    (cost, octave), _, chair = min(offers, key=lambda offer: (offer[0][0], offer[1]))
    return None if cost == IMPOSSIBLE else (chair, octave)


def _wished(casting: Casting, strand: Strand) -> tuple[Chair, int] | None:
    """Return the first of the wished voices that can play the strand; a voice that led twice running waits if there is another."""
    names = list(strand.line.voice)
    if len(names) > 1 and casting.sung[-2:] == [_plain(names[0])] * 2 and strand.line.role == "melody":
        names = [*names[1:], names[0]]
    keys = [note.pitch.midi for note in strand.notes]
    for name in names:
        for chair in casting.roster.wished(name):
            octave = octave_for(chair.instrument, keys)
            if octave is not None and casting.roster.free(chair, strand.start, strand.end):
                return chair, octave
    return None


def _plain(name: str) -> str:
    return name.casefold().removeprefix("solo ")


def _cost(casting: Casting, strand: Strand, chair: Chair, pace: float) -> tuple[float, int]:
    keys = [note.pitch.midi for note in strand.notes]
    octave = octave_for(chair.instrument, keys) if not chair.instrument.drums else None
    if octave is None or not casting.roster.free(chair, strand.start, strand.end):
        return IMPOSSIBLE, 0
    choices = casting.palette.choices(strand.line.role)
    rank = choices.index(chair.label) if chair.label in choices else _FAR + 6 * (strand.line.role != "pad")
    cost = float(rank) + 5 * abs(octave) + 0.8 * sourness(chair.instrument, keys, octave)
    cost += 12 * max(haste(chair.instrument, strand.notes, pace) - 1, 0) + _contrast(casting, strand, chair) + _reserve(strand, chair)
    return round(cost + 0.004 * casting.roster.worked[chair.name], 6), octave


def _contrast(casting: Casting, strand: Strand, chair: Chair) -> float:
    """Return what monotony costs: a melody changes hands, an accompaniment stays for a while."""
    name = chair.instrument.name
    if strand.line.role == "melody":
        return 7.0 * (casting.sung[-1:] == [name]) + 15.0 * (casting.sung[-2:] == [name, name])
    return -1.5 if casting.last.get((strand.line.role, strand.rank)) == chair.name else 0.0


def _reserve(strand: Strand, chair: Chair) -> float:
    """Return what it costs to bring in colours that are kept back, while the line wants few."""
    wait = _RESERVE.get(chair.instrument.name, 0.0)
    return 25 * max(wait - strand.line.weight, 0.0)


def chairs_by(casting: Casting, names: Iterable[str]) -> Sequence[Chair]:
    """Return the chairs of the roster with these labels, in the order of the names."""
    return [chair for name in names for chair in casting.roster.chairs if chair.label == name]


def note_role(casting: Casting, line: Line, strand: Strand, chair: Chair) -> None:
    """Remember who played."""
    if line.role == "melody":
        casting.sung.append(chair.instrument.name)
    casting.last[(line.role, strand.rank)] = chair.name
