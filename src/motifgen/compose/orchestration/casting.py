"""Casting: each strand goes to the chair that costs least over the whole phrase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from motifgen.compose.desk import Line, Spotting
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.clock import Clock
from motifgen.compose.orchestration.fit import IMPOSSIBLE, haste
from motifgen.compose.orchestration.roster import Roster
from motifgen.compose.orchestration.strands import Strand
from motifgen.orchestra.instrument import instruments
from motifgen.orchestra.palette import Palette

RESERVE = {"trumpet": 0.62, "trombone": 0.6, "bass trombone": 0.6, "tuba": 0.55, "cimbasso": 0.55, "piccolo": 0.7, "contrabassoon": 0.45}
_DEEP = frozenset({"double bass", "contrabassoon", "upright bass", "electric bass"})
_CHORDS = frozenset({"pad", "arpeggio", "ostinato", "counter"})
_FAR = 9.0
_HABITS = frozenset({"pulse", "arpeggio"})  # figures that are only for those whose style gives them to them
_HELD = frozenset({"pad", "drone"})
_TOO_FAR = 5.0  # semitones of strain in which nobody sustains; one voice less is better
_EFFORT = 1.6  # a semitone too high or too low for a player who sustains
_CROWDED = 6.0  # two figures at once on one keyboard, where somebody else could play one


@dataclass(slots=True)
class Casting:
    """What casting remembers while it goes through a scene.

    Parameters
    ----------
    spotting : Spotting
    palette : Palette
        The style: the scene's, or another for which it is scored.
    roster : Roster
    clock : Clock
    sung : list[str]
        The instruments that carried the statements so far.
    last : dict[tuple[str, int], str]
        Who played a role's voice last.
    known : dict[str, tuple[str, ...]]
        The choices of the roles that were asked for.
    able : dict[tuple[str, bool, int], list[tuple[Chair, float]]]
        Whom each role suits, whether it carries a statement or not, while there are so many chairs.
    """

    spotting: Spotting
    palette: Palette
    roster: Roster
    clock: Clock
    sung: list[str] = field(default_factory=list)
    last: dict[tuple[str, int], str] = field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    able: dict[tuple[str, bool, int], list[tuple[Chair, float]]] = field(default_factory=dict)
    parts: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the parts of the palette, which every line asks for."""
        self.parts = self.palette.parts

    def choices(self, role: str) -> tuple[str, ...]:
        """Return whom the style names for a role, first choice first; asked of every player for every line."""
        if role not in self.known:
            self.known[role] = self.palette.choices(role)
        return self.known[role]

    def felt(self, strand: Strand) -> tuple[float, float, float, float]:
        """Return the affect where a strand begins, as an instrument's colour is written."""
        affect = self.spotting.scene.arc.at(self.clock.second(strand.span[0]))
        return affect.valence, affect.arousal, affect.tension, affect.power

    def pace(self, strand: Strand) -> float:
        """Return the seconds of a quarter while a strand sounds, on average."""
        start, end = strand.span
        return (self.clock.second(end) - self.clock.second(start)) / max(end - start, 1 / 64)


class Ask(NamedTuple):
    """What a strand asks of everybody: the seconds of a quarter, and the affect as colours are written."""

    pace: float
    felt: tuple[float, float, float, float]


def cast(casting: Casting, strand: Strand) -> tuple[Chair, int] | None:
    """Return the cheapest chair for a strand and the octave in which it plays it, or ``None`` where nobody can."""
    wished = _wished(casting, strand)
    if wished is not None or strand.line.role == "percussion" or (strand.line.role == "counter" and not _stated(strand)):
        return wished
    ask, best, found = Ask(casting.pace(strand), casting.felt(strand)), IMPOSSIBLE, None
    for chair, rank in _able(casting, strand):
        if rank < best:
            cost, octave = _cost(casting, strand, chair, ask)
            if cost + rank < best:
                best, found = round(cost + rank, 6), (chair, octave)
    return found


def _able(casting: Casting, strand: Strand) -> Sequence[tuple[Chair, float]]:
    """Return the chairs whom a strand's role suits, each with its place among those whom the style names for it."""
    role, chairs = strand.line.role, casting.roster.chairs
    asked = (role, strand.line.statement >= 0, len(chairs))
    if asked not in casting.able:
        choices = {name: float(at) for at, name in enumerate(casting.choices(role))}
        fit = [chair for chair in chairs if not chair.instrument.drums and suits(casting, chair, strand)]
        casting.able[asked] = [(chair, choices.get(chair.label, _FAR + 6 * (role != "pad"))) for chair in fit]
    return casting.able[asked]


def _wished(casting: Casting, strand: Strand) -> tuple[Chair, int] | None:
    """Return the first of the wished voices that can play the strand; a voice that led twice running waits if there is another."""
    names = list(strand.line.voice)
    if len(names) > 1 and strand.line.role == "melody" and casting.sung[-2:] == [_plain(names[0])] * 2:
        names = [*names[1:], names[0]]
    own = strand.line.statement < 0 and strand.line.role != "percussion"  # for what only accompanies nobody is sent for
    for name in names:
        for chair in chairs_by(casting, [name]) if own else casting.roster.wished(name):
            octave = strand.octave(chair.instrument, home_octave(chair, strand))
            if octave is not None and casting.roster.free(chair, *strand.span, strand.line.role):
                return chair, octave
    return None


def _stated(strand: Strand) -> bool:
    """Tell whether a strand must be played by somebody: what was made for certain voices is theirs or nobody's."""
    return strand.line.statement >= 0 or not strand.line.voice


def home_octave(chair: Chair, strand: Strand) -> int:
    """Return the octave in which a chair plays a strand by nature: basses sound an octave below the cellos."""
    return -1 if chair.instrument.name in _DEEP and strand.line.role in {"bass", "drone"} and strand.keys[0][0] >= 40 else 0


def _plain(name: str) -> str:
    return name.casefold().removeprefix("solo ")


def _cost(casting: Casting, strand: Strand, chair: Chair, ask: Ask) -> tuple[float, int]:
    instrument, wished = chair.instrument, home_octave(chair, strand)
    if not casting.roster.free(chair, *strand.span, strand.line.role):
        return IMPOSSIBLE, 0
    octave = strand.octave(instrument, wished)
    if octave is None:
        return IMPOSSIBLE, 0
    effort = strand.outside(instrument, octave, held=True) if strand.line.role == "pad" and instrument.sustained else 0.0
    if effort > _TOO_FAR:
        return IMPOSSIBLE, 0
    cost = (
        40.0 * (strand.line.role == "bass" and octave > 0)
        + _height(strand, chair)
        + 5 * abs(octave - wished)
        + 0.8 * strand.outside(instrument, octave)
        + _EFFORT * effort
    )
    cost += _CROWDED * (instrument.polyphony > 2 and casting.roster.elsewhere(chair, strand))
    cost += 12 * max(haste(instrument, strand.busiest, ask.pace) - 1, 0) + _contrast(casting, strand, chair) + _reserve(strand, chair)
    return cost + 0.002 * casting.roster.worked[chair.name] + _strangeness(strand, chair, ask.felt), octave


def suits(casting: Casting, chair: Chair, strand: Strand) -> bool:
    """Tell whether a role is idiomatic for a player: the style names them for it, or it is held by one who can hold, or is a line.

    Repeated notes and broken chords are for those whom the style gives them to, and what cannot sustain is no pad.
    """
    role = strand.line.role
    if role in _CHORDS and chair.instrument.name in _DEEP:
        return False
    if strand.line.statement >= 0 or (role not in _HABITS and (role not in _HELD or chair.instrument.sustained)):
        return True
    return chair.label in casting.choices(role)


def _height(strand: Strand, chair: Chair) -> float:
    """Return what it costs to give a voice of a chord to a player who belongs higher or lower: tops to the high, bottoms to the low."""
    if strand.line.role != "pad":
        return 0.0
    middle = (chair.instrument.sweet_low + chair.instrument.sweet_high) / 2
    desk = abs(strand.rank - 2 * chair.number) if chair.instrument.family == "strings" and chair.number else 0
    return 0.12 * abs(middle - strand.middle) + 1.5 * desk


def _contrast(casting: Casting, strand: Strand, chair: Chair) -> float:
    """Return what monotony costs: a melody changes hands, an accompaniment stays where it is."""
    name = chair.instrument.name
    if strand.line.role == "melody":
        away = bool(casting.sung) and instruments()[casting.sung[-1]].family != chair.instrument.family
        return 2.0 * away + 3.0 * (casting.sung[-1:] == [name]) + 15.0 * (casting.sung[-2:] == [name, name])
    if casting.last.get((strand.line.role, strand.rank)) == chair.name:
        return 0.0
    return 2.0 if casting.roster.beside(chair, *strand.span) else 4.0


def _strangeness(strand: Strand, chair: Chair, felt: tuple[float, float, float, float]) -> float:
    """Return how far a colour is from what is felt; a melody's colour counts most."""
    (valence, arousal, tension, power), colour = felt, chair.instrument.colour
    far = abs(valence - colour[0]) + abs(arousal - colour[1]) + abs(tension - colour[2]) + abs(power - colour[3])
    return (2.5 if strand.line.role == "melody" else 0.8) * far


def _reserve(strand: Strand, chair: Chair) -> float:
    """Return what it costs to bring in colours that are kept back, while the line wants few."""
    return 25 * max(RESERVE.get(chair.instrument.name, 0.0) - strand.line.weight, 0.0)


def chairs_by(casting: Casting, names: Iterable[str]) -> Sequence[Chair]:
    """Return the chairs of the roster with these labels, in the order of the names."""
    return [chair for name in names for chair in casting.roster.chairs if chair.label == name]


def note_role(casting: Casting, line: Line, strand: Strand, chair: Chair) -> None:
    """Remember who played."""
    if line.role == "melody":
        casting.sung.append(chair.instrument.name)
    casting.last[(line.role, strand.rank)] = chair.name
