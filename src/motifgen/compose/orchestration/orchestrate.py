"""orchestrate(): lines go to players."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from motifgen.compose.desk import Line, Plan, ScorePart, Scoring, Texture
from motifgen.compose.orchestration.blows import strike
from motifgen.compose.orchestration.casting import Casting, cast, note_role
from motifgen.compose.orchestration.census import census
from motifgen.compose.orchestration.chairs import Chair, ensemble
from motifgen.compose.orchestration.clock import Clock
from motifgen.compose.orchestration.depth import clear
from motifgen.compose.orchestration.doubling import double, wanted
from motifgen.compose.orchestration.forces import Forced, forced, keyboard_of, parted, shares, soloists
from motifgen.compose.orchestration.keyboard import reduce
from motifgen.compose.orchestration.parts import part_of
from motifgen.compose.orchestration.ripieno import Seat, bridge, fill
from motifgen.compose.orchestration.roster import Roster
from motifgen.compose.orchestration.strands import Strand, strands
from motifgen.compose.orchestration.strays import gather
from motifgen.compose.orchestration.swells import SURE, peak_of, see_through
from motifgen.compose.orchestration.thinning import thin
from motifgen.compose.orchestration.wishes import unmet
from motifgen.orchestra.instrument import find_instrument
from motifgen.orchestra.palette import Palette

_FIRST = ("melody", "hit", "percussion", "bass", "counter", "ostinato", "pad", "drone", "arpeggio", "pulse")


def orchestrate(texture: Texture, style: Palette | None = None, *, everybody: bool = False) -> Scoring:
    """Return who plays what: parts in score order, every note in its instrument's range.

    A voice that the story names comes first; otherwise each line goes to the player that costs least over its phrase, and
    heavier lines are doubled. What nobody can play is named in the warnings.

    Parameters
    ----------
    texture : Texture
    style : Palette, optional
        Whose ensemble plays, and how; by default the scene's.
    everybody : bool
        Whether all play throughout, whatever the arc asks.
    """
    plan, spotting = texture.harmony.plan, texture.harmony.plan.spotting
    own = style or spotting.palette
    casting = Casting(spotting, own, Roster(list(ensemble(own)), dict(own.touch)), Clock.of(spotting))
    if _alone(casting):
        return _reduced(texture, casting)
    warnings: list[str] = []
    asked = forced(plan)
    lines, guests = _taken_over(casting, texture.lines, asked, plan, warnings)
    seats = [seat for line in _ordered(lines) for seat in _seated(casting, line, warnings)]
    found = census(casting, plan, dict.fromkeys(range(len(spotting.bars)), 1.0) if everybody else shares(asked, casting))
    fill(casting, seats, found)
    bridge(casting, seats, found)
    thin(casting, found)
    gather(casting, found)
    see_through(casting, lines)
    casting.roster.admit(guests)
    warnings.extend(clear(casting))
    parts = _parts(casting)
    return Scoring(texture, parts, (*warnings, *unmet(plan, parts)))


def _taken_over(
    casting: Casting, lines: Sequence[Line], asked: Iterable[Forced], plan: Plan, warnings: list[str]
) -> tuple[Sequence[Line], list[Chair]]:
    """Give statements to the piano or the soloists that the composer asked for; return what is left to the ensemble, and who played."""
    guests: dict[str, Chair] = {}
    for each in asked:
        taken, left = parted(lines, each, plan)
        if each.force == "tutti" or not taken:
            continue
        small, lines = soloists(casting), left
        if each.force == "piano":
            chair = keyboard_of(casting.roster)
            notes, lost = reduce(taken, chair.instrument)
            small.roster.give(chair, "melody", notes)
            small.roster.chairs.append(chair)
            warnings.extend(_lost(lost))
        else:
            for line in _ordered(taken):
                _seated(small, line, warnings)
        guests |= {chair.name: chair for chair in small.roster.chairs}
    return lines, [chair for chair in guests.values() if casting.roster.of(chair)]


def _lost(count: int) -> Iterable[str]:
    if count:
        yield f"{count} notes of the fabric are out of reach of two hands and are left out"


def _alone(casting: Casting) -> bool:
    """Tell whether the whole ensemble is one keyboard."""
    return len(casting.roster.chairs) == 1 and casting.roster.chairs[0].instrument.polyphony >= 6


def _ordered(lines: Iterable[Line]) -> list[Line]:
    """Return the lines in the order in which they choose: what a composer asked for, then by role, then by time."""
    return sorted(lines, key=lambda line: (_FIRST.index(line.role), _late(line), line.notes[0].onset, -line.weight))


def _late(line: Line) -> bool:
    """Tell whether a line is chords for anybody: those of a choir find their players first."""
    return line.role == "pad" and not line.voice


def _seated(casting: Casting, line: Line, warnings: list[str]) -> list[Seat]:
    """Give a line to its players; return who carries each of its voices, and add a sentence for each that found nobody."""
    if line.role == "hit":
        strike(casting, line)
        return []
    seats: list[Seat] = []
    sure = SURE if peak_of(casting.spotting, line) else 0
    for strand in strands(line):
        chosen = cast(casting, strand)
        if chosen is None:
            warnings.extend(_unplayed(casting, strand))
            continue
        casting.roster.give(chosen[0], line.role, strand.notes, chosen[1], fixed=len(seats) < sure)
        seats.append(Seat(strand, *chosen))
        note_role(casting, line, strand, chosen[0])
        double(casting, strand, *chosen, wanted(casting, strand))
    return [seat for seat in seats if line.role != "percussion"]


def _unplayed(casting: Casting, strand: Strand) -> Iterable[str]:
    """Say that a theme or an asked voice found no player; fillers that find none are one voice less of a chord."""
    if strand.line.statement >= 0 or (strand.line.role in {"bass", "counter"} and not strand.line.voice):
        bar = casting.spotting.bar_at(strand.start).number
        yield f"bar {bar}: nobody in the {casting.palette.name} ensemble is free to play the {strand.line.role}; it is left out"


def _parts(casting: Casting) -> tuple[ScorePart, ...]:
    seated = [chair for chair in casting.roster.chairs if casting.roster.of(chair)]
    return tuple(part_of(chair, casting.roster.of(chair), casting.clock) for chair in sorted(seated, key=lambda chair: chair.order))


def _reduced(texture: Texture, casting: Casting) -> Scoring:
    """Return a reduction for one keyboard; voices that the composer named outright still come to play."""
    chair = casting.roster.chairs[0]
    guests = [line for line in texture.lines if _invited(casting, texture, line)]
    warnings: list[str] = []
    for line in guests:
        _seated(casting, line, warnings)
    parts = [part for part in _parts(casting) if part.name != chair.name]
    taken = {note.statement for part in parts for note in part.notes}
    notes, lost = reduce([line for line in texture.lines if line not in guests or line.statement not in taken], chair.instrument)
    piano = (ScorePart(chair.name, chair.instrument, chair.players, "melody", notes),) if notes else ()
    warnings.extend(_lost(lost))
    played = tuple(sorted((*piano, *parts), key=lambda part: part.instrument.order))
    return Scoring(texture, played, (*warnings, *unmet(texture.harmony.plan, played)))


def _invited(casting: Casting, texture: Texture, line: Line) -> bool:
    """Tell whether a line was given to an instrument that the one keyboard is not."""
    by = texture.harmony.plan.statements[line.statement].by if line.statement >= 0 else ""
    return bool(by) and find_instrument(by)[0].name != casting.roster.chairs[0].instrument.name
