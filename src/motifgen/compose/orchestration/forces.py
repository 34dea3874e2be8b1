"""Forces that a composer asked for: a statement, with all that sounds while it lasts, for a piano, for soloists, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from motifgen.compose.desk import Line, Plan, ScoreNote, Statement
from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.chairs import Chair, chair_for
from motifgen.compose.orchestration.roster import Roster
from motifgen.orchestra.instrument import find_instrument
from motifgen.orchestra.palette import palette
from motifgen.theory.time import Span

FORCES = ("tutti", "chamber", "piano")
_ENOUGH = 6  # voices of a keyboard that can play a reduction


class Forced(NamedTuple):
    """A statement whose force is given: the quarters that it lasts, and the lines that go with it."""

    statement: int
    force: str
    span: Span


def force_of(statement: Statement) -> str:
    """Return the force that was asked for a statement, the last of several; empty where none was."""
    return next((name for name in reversed(statement.transforms) if name in FORCES), "")


def forced(plan: Plan) -> tuple[Forced, ...]:
    """Return the statements with a force of their own, in order of time; where two overlap, the later one begins when the first ends."""
    found: list[Forced] = []
    for index, statement in enumerate(plan.statements):
        force = force_of(statement)
        start = max(statement.start, found[-1].span.end) if found else statement.start
        if force and start < statement.end:
            found.append(Forced(index, force, Span(start, statement.end)))
    return tuple(found)


def parted(lines: Iterable[Line], asked: Forced, plan: Plan) -> tuple[list[Line], list[Line]]:
    """Return what a piano or the soloists take over, and what is left to the ensemble.

    Blows stay with everybody, and a voice that was named outright keeps its line; drums are silent meanwhile.
    """
    taken, left = [], []
    for line in lines:
        if line.role == "hit" or _named(line, asked, plan):
            left.append(line)
            continue
        inside = tuple(_cut(note, asked.span) for note in line.notes if note.onset in asked.span)
        outside = tuple(_before(line.notes, asked.span))
        if inside and line.role != "percussion":
            taken.append(replace(line, notes=inside, voice=()))
        if outside:
            left.append(replace(line, notes=outside))
    return taken, left


def _named(line: Line, asked: Forced, plan: Plan) -> bool:
    """Tell whether a line is a statement's for which the composer named an instrument that is no piano."""
    by = plan.statements[line.statement].by if line.statement >= 0 else ""
    return bool(by) and (asked.force != "piano" or find_instrument(by)[0].family != "keys")


def _cut(note: ScoreNote, span: Span) -> ScoreNote:
    return note if note.end <= span.end else replace(note, duration=span.end - note.onset)


def _before(notes: Iterable[ScoreNote], span: Span) -> Iterator[ScoreNote]:
    for note in notes:
        if note.onset not in span:
            runs_in = note.onset < span.start < note.end
            yield replace(note, duration=span.start - note.onset) if runs_in else note


def keyboard_of(roster: Roster) -> Chair:
    """Return the keyboard that plays a reduction: one of the ensemble's, else a piano that comes for it."""
    own = (chair for chair in roster.chairs if chair.instrument.family == "keys" and chair.instrument.polyphony >= _ENOUGH)
    found = next((chair for chair in own if "piano" in chair.instrument.name), None)
    return found or chair_for("piano", [chair.name for chair in roster.chairs])


def soloists(casting: Casting) -> Casting:
    """Return the casting of the soloists: the chamber ensemble, its players from the ensemble where that has them."""
    style = palette("chamber")
    roster = casting.roster
    everybody = Roster(list(roster.chairs))
    chairs = [chair for name, count in style.ensemble for chair in everybody.wished(name)[:count]]
    own = Roster(list(dict.fromkeys(chairs)), dict(style.touch), roster.duties, roster.worked, roster.edges, fixed=True)
    return replace(casting, palette=style, roster=own, known={}, able={})


def shares(asked: Sequence[Forced], casting: Casting) -> Mapping[int, float]:
    """Return for every bar that lies in such a statement, by index, the share of the ensemble that plays: all of it, or nobody more."""
    share = {"tutti": 1.0, "chamber": 0.0, "piano": 0.0}
    return {
        at: share[each.force]
        for each in asked
        for at, bar in enumerate(casting.spotting.bars)
        if each.span.start <= bar.start + bar.meter.beat and bar.end - bar.meter.beat <= each.span.end
    }
