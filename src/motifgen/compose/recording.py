"""From a performance to a recording: what a file format needs, and no more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from motifgen.compose.desk import Performance, Plan, ScoreNote, ScorePart, Scoring, Spotting, Statement
from motifgen.sketch.recording import FIRST_FRAME, LOOP_END, LOOP_START, Bar, Marker, Recording
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart, StaffText
from motifgen.sketch.tempo_map import to_tick
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.spelling import plain

#: What MIDI is written for where the film names no sample library.
USUAL_LIBRARY = "any"


def record(performance: Performance, ledger: dict[str, Any]) -> Recording:
    """Return a performance with its bars, markers and ledger, in ticks."""
    plan = performance.scoring.texture.harmony.plan
    spotting = plan.spotting
    scene = spotting.scene
    return Recording(
        title=" ".join(filter(None, (scene.id, scene.title, str(scene.start)))),
        tempo=spotting.tempo,
        bars=tuple(Bar(bar.number, to_tick(bar.start), bar.meter) for bar in spotting.bars),
        markers=_markers(plan, spotting),
        parts=performance.parts,
        end_tick=spotting.tempo.tick(scene.length),
        ledger=ledger,
        score=_score(performance.scoring),
        key=scene.key.respelled() if scene.key else None,
        library=scene.library or USUAL_LIBRARY,
    )


def _score(scoring: Scoring) -> Score:
    plan = scoring.texture.harmony.plan
    spotting = plan.spotting
    bars = tuple(
        StaffBar(bar.start, bar.meter, spotting.tempo.bpm(to_tick(bar.start))) for bar in spotting.bars if bar.start < spotting.end
    )
    keys = [(section.span.start, section.key) for section in plan.sections]
    changes = [keys[0], *(later for before, later in pairwise(keys) if before[1].fifths != later[1].fifths)] if keys else []
    return Score(bars, tuple(changes), tuple(_staff(part, keys) for part in scoring.parts), tuple(_texts(scoring)))


def _staff(part: ScorePart, keys: Sequence[tuple[Fraction, Key]]) -> StaffPart:
    instrument = part.instrument
    notes = tuple(StaffNote(note.onset, note.duration, _written(note, keys), note.level, note.marks, note.statement) for note in part.notes)
    keyboard = instrument.family == "keys" or instrument.name == "harp"
    kind = (instrument.name, instrument.transposition, instrument.clef, instrument.program, keyboard)
    return StaffPart(part.name, *kind, notes, instrument.family, part.role)


def _written(note: ScoreNote, keys: Sequence[tuple[Fraction, Key]]) -> Pitch:
    """Return a note's pitch as it is read in the key of its place."""
    if abs(note.pitch.alter) < 2 or not keys:
        return note.pitch
    place = bisect_right(keys, note.onset, key=lambda change: change[0])
    return plain(note.pitch, keys[max(place - 1, 0)][1])


def _texts(scoring: Scoring) -> Iterator[StaffText]:
    plan = scoring.texture.harmony.plan
    scene = plan.spotting.scene
    yield from (StaffText(section.span.start, "rehearsal", section.function) for section in plan.sections)
    for landing in plan.spotting.landings:
        timecode = scene.start.later(landing.hit.at)
        yield StaffText(landing.at, "hit", f"{timecode} {landing.hit.do}: {landing.hit.what}")
    carriers = {index: part.name for part in reversed(scoring.parts) for index in {note.statement for note in part.notes}}
    for index, statement in enumerate(plan.statements):
        if index in carriers:
            yield StaffText(statement.start, "theme", _theme(statement), carriers[index])
    yield from (StaffText(chord.span.start, "chord", str(chord.chord)) for chord in scoring.texture.harmony.chords)


def _theme(statement: Statement) -> str:
    """Return what stands over a statement: the theme's name and how it is altered, two of them at most; the ledger has them all."""
    more = ("...",) if len(statement.transforms) > 2 else ()
    return ", ".join((statement.who.name, *statement.transforms[:2], *more))


def _markers(plan: Plan, spotting: Spotting) -> tuple[Marker, ...]:
    sections = [Marker(to_tick(section.span.start), f"{spotting.scene.id} {section.function}") for section in plan.sections]
    hits = [Marker(to_tick(landing.at), f"HIT {landing.hit.do} {landing.hit.what}".rstrip()) for landing in spotting.landings]
    first = [Marker(spotting.tempo.tick(spotting.scene.pickup), FIRST_FRAME)] if spotting.scene.pickup else []
    loop = [Marker(0, LOOP_START), Marker(to_tick(spotting.end), LOOP_END)] if spotting.scene.loop else []
    return tuple(sorted((*sections, *hits, *first, *loop), key=lambda marker: (marker.tick, marker.text)))
