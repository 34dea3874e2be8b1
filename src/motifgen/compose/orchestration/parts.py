"""Parts: a chair's duties as one clean line, in which nothing overlaps and winds breathe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from motifgen.compose.desk import ScoreNote, ScorePart
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.clock import Clock
from motifgen.compose.orchestration.roster import Duty
from motifgen.orchestra.instrument import Instrument

SHORTEST = Fraction(1, 8)
_GAP = 0.25


def part_of(chair: Chair, duties: Sequence[Duty], clock: Clock) -> ScorePart:
    """Return the part of a chair: its phrases in order of time, cut to what its instrument can do."""
    role = Counter({duty.role: 0 for duty in duties})
    for duty in duties:
        role[duty.role] += len(duty.notes)
    notes = unclashed(_around_blows(duties), chair.instrument.polyphony)
    if chair.instrument.breath:
        notes = breathing(notes, chair.instrument, clock)
    most = max(role, key=lambda name: (role[name], name))
    return ScorePart(chair.name, chair.instrument, chair.players, most, tuple(notes))


def _around_blows(duties: Iterable[Duty]) -> list[ScoreNote]:
    """Return all notes; what a blow interrupts ends where it falls and does not begin before it is over."""
    blows = [duty for duty in duties if duty.role == "hit"]
    notes = [note for duty in blows for note in duty.notes]
    for duty in duties:
        if duty.role != "hit":
            near = [blow for blow in blows if duty.start < blow.end and blow.start < duty.end]
            notes.extend((note for own in duty.notes for note in _spared(own, near)) if near else duty.notes)
    return sorted(notes, key=lambda n: (n.quarters[0], n.statement < 0, n.pitch.midi, -n.quarters[1]))


def _spared(note: ScoreNote, blows: Iterable[Duty]) -> Iterable[ScoreNote]:
    onset, end = note.quarters
    for blow in blows:
        if onset < blow.end and blow.start < end:
            struck = blow.notes[0].onset
            if struck - note.onset >= SHORTEST:
                yield replace(note, duration=struck - note.onset)
            return
    yield note


def unclashed(notes: Sequence[ScoreNote], polyphony: int) -> list[ScoreNote]:
    """Return notes of which at most so many sound at once, and no pitch twice: what sounds gives way to what is struck.

    Parameters
    ----------
    notes : sequence of ScoreNote
        Sorted by onset; of those that begin together, a theme's come first, and they are kept.
    polyphony : int
    """
    done: dict[int, ScoreNote] = {}
    sounding: list[_Held] = []
    for at, note in enumerate(notes):
        onset, end = note.quarters
        sounding = [held for held in sounding if held.end > onset]
        if any(_forbids(held, note, onset) for held in sounding):
            continue
        for held in _giving_way(sounding, note, onset, polyphony) if sounding else ():
            sounding.remove(held)
            del done[held.at]
            if note.onset - held.note.onset >= SHORTEST:
                done[held.at] = replace(held.note, duration=note.onset - held.note.onset)
        if sum(held.onset == onset for held in sounding) < polyphony:
            sounding.append(_Held(at, note, onset, end))
            done[at] = note
    return sorted(done.values(), key=lambda n: (n.quarters[0], n.pitch.midi))


class _Held(NamedTuple):
    """A sounding note with its place in the list; its quarters as floats, to be compared quickly."""

    at: int
    note: ScoreNote
    onset: float
    end: float


def _forbids(held: _Held, note: ScoreNote, onset: float) -> bool:
    """Tell whether a sounding note keeps another of its pitch from being struck: at the same moment, or where it is a theme's."""
    return held.note.pitch.midi == note.pitch.midi and (held.onset == onset or held.note.statement >= 0 > note.statement)


def _giving_way(sounding: Sequence[_Held], note: ScoreNote, onset: float, polyphony: int) -> list[_Held]:
    same = [held for held in sounding if held.note.pitch.midi == note.pitch.midi]
    too_many = len(sounding) - len(same) + 1 - polyphony
    if too_many <= 0:
        return same
    older = (held for held in sounding if held not in same and held.onset < onset)
    return same + sorted(older, key=lambda held: (held.note.statement >= 0, held.onset))[:too_many]


def breathing(notes: Sequence[ScoreNote], instrument: Instrument, clock: Clock) -> list[ScoreNote]:
    """Return a wind line that rests often enough: where a stretch is too long, its longest late note is cut short.

    Parameters
    ----------
    instrument : Instrument
        Its ``breath`` is the longest stretch in seconds.
    """
    times = [(clock.second(start), clock.second(end)) for start, end in (note.quarters for note in notes)]
    short: set[int] = set()
    since = 0
    for at in range(len(times)):
        if at > since and times[at][0] - times[at - 1][1] >= _GAP:
            since = at
        while since <= at and times[at][1] - times[since][0] > instrument.breath:
            place = _breath_place(times, since, at, instrument.breath)
            limit = times[since][0] + instrument.breath
            times[place] = (times[place][0], _breath_time(times[place], limit, theme=notes[place].statement >= 0))
            short.add(place)
            since = place + 1
    kept = ((at, note) for at, note in enumerate(notes) if at not in short or times[at][1] > times[at][0])
    return [_ending(note, times[at][1], clock) if at in short else note for at, note in kept]


def _breath_place(times: Sequence[tuple[float, float]], since: int, at: int, breath: float) -> int:
    """Return which note of a stretch is cut: the longest of those that begin in its later half and early enough."""
    begun = times[since][0]
    late = [n for n in range(since, at + 1) if 0.35 * breath <= times[n][1] - begun and times[n][0] - begun < breath - 0.15]
    return max(late or [since], key=lambda n: (round(times[n][1] - times[n][0], 3), n))


def _breath_time(note: tuple[float, float], limit: float, *, theme: bool) -> float:
    """Return where a note ends so that there is time to breathe; one that is too short for that is left out, unless it is a theme's."""
    start, end = note
    if end - start < 2 * _GAP and not theme:
        return start
    return min(max(end - _GAP - 0.05, start + 0.4 * (end - start)), limit)


def _ending(note: ScoreNote, end: float, clock: Clock) -> ScoreNote:
    """Return a note that ends at a second: on the last eighth before it where the note is long enough, else on a thirty-second."""
    onset, until = note.quarters
    if end >= clock.second(until) - 1e-9:
        return note
    quarters = clock.quarter(end) - onset
    grid = 2 if quarters >= 1 else 8
    length = max(Fraction(int(quarters * grid + 1e-6), grid), SHORTEST)
    return replace(note, duration=min(length, note.duration))
