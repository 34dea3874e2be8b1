"""The third step: chords for a whole plan, under its statements and between them, turning where the picture turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import BarSpan, ChordSpan, Harmony, Plan, Section, Spotting, Statement
from motifgen.compose.harmony.dialect import Dialect, dialect
from motifgen.compose.harmony.engine import is_due, spans_of, within
from motifgen.compose.harmony.melody import Heard, MelodyNote, heard
from motifgen.compose.harmony.search import solve
from motifgen.compose.harmony.slots import Slot
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Span

SUNG = ("theme", "fragment")
TURNS = {"reveal": "reveal", "accent": "change", "stinger": "change"}
SUSPENSE = ("intro", "build", "underscore", "continuation")


def harmonise(plan: Plan) -> Harmony:
    """Return chords over every sounding stretch of a plan.

    Under themes and fragments they are chosen for the melody, over the whole stretch at once; elsewhere they lead in the
    style's dialect and the moment's feeling to the next statement. Nothing stands in rests and in sections of silence; a
    chord that the composer wrote is kept; at a reveal the harmony turns on the landing itself.
    """
    desk = _Desk(plan, dialect(plan.spotting.palette.dialect), _melodies(plan))
    spans: list[ChordSpan] = []
    for stretch in _stretches(plan):
        slots = tuple(_slots(desk, stretch))
        if slots:
            spans += spans_of(slots, _held(slots, solve(slots, desk.speech, slots_beat(plan.spotting, stretch))[0]))
    return Harmony(plan, tuple(spans))


@dataclass(frozen=True, slots=True)
class _Melody:
    """A statement that is sung, its notes as harmony hears them, and the chords that the composer wrote under it."""

    statement: Statement
    notes: tuple[Heard, ...]
    fixed: tuple[tuple[Fraction, DegreeChord], ...]
    goal: str


@dataclass(frozen=True, slots=True)
class _Desk:
    plan: Plan
    speech: Dialect
    melodies: tuple[_Melody, ...]

    def melody_at(self, at: Fraction) -> _Melody | None:
        """Return the most prominent melody at a place."""
        here = [melody for melody in self.melodies if at in melody.statement.span]
        return max(here, key=lambda melody: melody.statement.level, default=None)

    def next_melody(self, at: Fraction) -> _Melody | None:
        """Return the first melody that begins at or after a place."""
        return next((melody for melody in self.melodies if melody.statement.start >= at), None)


def slots_beat(spotting: Spotting, stretch: Span) -> Fraction:
    """Return the beat of the bar in which a stretch begins."""
    return spotting.bar_at(stretch.start).meter.beat


def _weight(spotting: Spotting, at: Fraction) -> int:
    bar = spotting.bar_at(at)
    return bar.meter.weight(at - bar.start)


def _melodies(plan: Plan) -> tuple[_Melody, ...]:
    sung = sorted((s for s in plan.statements if s.treatment in SUNG), key=lambda s: (s.start, s.who.key))
    return tuple(_melody(plan, statement, last=statement is sung[-1]) for statement in sung)


def _melody(plan: Plan, statement: Statement, *, last: bool) -> _Melody:
    motif, spotting = statement.motif, plan.spotting
    notes = [MelodyNote(statement.start + onset, length, pitch) for onset, length, pitch in motif.sounding(statement.key)]
    weights = [_weight(spotting, note.onset) for note in notes]
    fixed = tuple(
        (statement.start + onset, note.chord) for onset, note in zip(motif.onsets, motif.notes, strict=True) if note.chord is not None
    )
    return _Melody(statement, heard(notes, weights), fixed, _goal(plan, statement, last=last))


def _goal(plan: Plan, statement: Statement, *, last: bool) -> str:
    """Return the cadence at the end of a statement: drawn by the dialect's weights, open where tension stays."""
    spotting = plan.spotting
    affect = spotting.affect(statement.end)
    rest = max(0.0, affect.valence) * (1 - affect.tension)
    weights = {}
    for name, weight in dialect(spotting.palette.dialect).cadences:
        factor = {"authentic": 0.4 + rest, "plagal": 0.6 + rest, "mixed": 0.6 + rest}.get(name, 0.5 + affect.tension)
        weights[name] = weight * factor * (3 if last and name in ("authentic", "plagal", "mixed") and rest > 0.2 else 1)
    if statement.treatment == "fragment":
        weights.pop("authentic", None)
    chance = Chance(spotting.scene.seed, spotting.scene.id, statement.who.key, statement.start, "cadence")
    return chance.weighted(list(weights), list(weights.values())) if weights else "open"


def _stretches(plan: Plan) -> Iterator[Span]:
    """Yield the stretches in which something may sound."""
    spotting = plan.spotting
    silent = [*spotting.rests, *(section.span for section in plan.sections if section.function == "silence")]
    at, end = Fraction(0), spotting.end
    for rest in sorted(silent):
        if at < min(rest.start, end):
            yield Span(at, min(rest.start, end))
        at = max(at, rest.end)
    if at < end:
        yield Span(at, end)


def _slots(desk: _Desk, stretch: Span) -> Iterator[Slot]:
    places = _places(desk, stretch)
    turns = {landing.at: TURNS[landing.hit.do] for landing in desk.plan.spotting.landings if landing.hit.do in TURNS}
    for at, until in zip(places, [*places[1:], stretch.end], strict=True):
        slot = _slot(desk, Span(at, until))
        first = at == stretch.start
        yield replace(slot, after_gap=first, turn="" if first else turns.get(at, ""))


def _places(desk: _Desk, stretch: Span) -> list[Fraction]:
    """Return where chords may change: beats under melodies, the dialect's grid elsewhere, hits, and chords that are written."""
    spotting = desk.plan.spotting
    places = {stretch.start}
    for bar in spotting.bars:
        if bar.start >= stretch.end:
            break
        if bar.end > stretch.start:
            places |= {at for at in _bar_places(desk, bar) if at in stretch}
    places |= {landing.at for landing in spotting.landings if landing.hit.do in TURNS and landing.at in stretch}
    places |= {at for melody in desk.melodies for at, _ in melody.fixed if at in stretch}
    return sorted(places)


def _bar_places(desk: _Desk, bar: BarSpan) -> Iterator[Fraction]:
    meter, accents = bar.meter, bar.meter.accents
    for number in range(meter.beats):
        at = bar.start + number * meter.beat
        sung = any(melody.statement.start < at + meter.beat and at < melody.statement.end for melody in desk.melodies)
        if (sung and desk.speech.grid != "bar") or at - bar.start in accents:
            yield at
    if meter.compound or meter.count <= 3:
        return
    yield from (bar.start + offset for offset in accents)


def _slot(desk: _Desk, span: Span) -> Slot:
    spotting, at = desk.plan.spotting, span.start
    melody, section = desk.melody_at(at), desk.plan.section_at(at)
    affect, bar = spotting.affect(at), spotting.bar_at(at)
    weight = bar.meter.weight(at - bar.start)
    quarter = spotting.seconds(bar.start + 1) - spotting.seconds(bar.start)
    offset = at - bar.start + bar.meter.bar * ((bar.number - 1) % 2)
    return Slot(
        span=span,
        key=_key(desk, melody, section, at, bar),
        affect=affect,
        weight=weight,
        notes=within(melody.notes, span, weight) if melody else (),
        fixed=_fixed(melody, at),
        due=is_due(offset, bar.meter, affect, desk.speech, quarter),
        goal=melody.goal if melody and at < melody.statement.end <= span.end else "",
        still=_still(desk, melody, section, affect),
    )


def _key(desk: _Desk, melody: _Melody | None, section: Section, at: Fraction, bar: BarSpan) -> Key:
    """Return the key at a place: the melody's, the section's, or in the bar that leads to a statement already that one's."""
    if melody:
        return melody.statement.key
    coming = desk.next_melody(at)
    if coming and coming.statement.start - at <= bar.meter.bar / 2:
        return coming.statement.key
    return section.key


def _fixed(melody: _Melody | None, at: Fraction) -> DegreeChord | None:
    if melody is None:
        return None
    return next((chord for place, chord in reversed(melody.fixed) if place <= at), None)


def _still(desk: _Desk, melody: _Melody | None, section: Section, affect: Affect) -> str:
    if desk.speech.drone:
        return "1"
    suspense = affect.tension >= desk.speech.pedal and affect.arousal < 0.6
    if melody or not suspense or section.function not in SUSPENSE:
        return ""
    return "5" if section.function == "build" else "1"


def _held(slots: Sequence[Slot], chords: Sequence[DegreeChord]) -> tuple[DegreeChord, ...]:
    """Return the chords with the bass held where the slots ask for a pedal; chords that are written stay."""
    found = []
    for slot, chord in zip(slots, chords, strict=True):
        pedal = Degree.parse(slot.still) if slot.still and slot.fixed is None else None
        found.append(replace(chord, bass=None if pedal == chord.root else pedal) if pedal else chord)
    return tuple(found)
