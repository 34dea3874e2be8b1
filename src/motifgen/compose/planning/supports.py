"""Supports: characters who are there without leading move under the leads, as a second line, an ostinato or a harmony."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import Statement
from motifgen.compose.planning.consonance import SHARE, agreement
from motifgen.compose.planning.keys import KeyPlan
from motifgen.compose.planning.slots import fragment_length
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.variants import likened, varied
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.table import parse_transform
from motifgen.story.scene import Cast
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

PHRASE = 4
COUNTERS = (("transpose -7 degrees",), (), ("augment 2", "transpose -7 degrees"), ("head 4",))


@dataclass(frozen=True, slots=True)
class _Idea:
    """One way to use a support's theme, and how well it fits."""

    statement: Statement
    score: float


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a theme, by which steps it came about, and its likeness where that is known."""

    motif: Motif
    steps: tuple[str, ...] = ()
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A support in its scene: who, among what."""

    survey: Survey
    keys: KeyPlan
    cast: Cast

    @property
    def theme(self) -> Motif:
        """Return the support's plain theme."""
        return self.survey.themes[self.cast.who.key]

    @property
    def present(self) -> Span:
        """Return the quarters in which the support is there."""
        return self.survey.quarters(self.cast.span)

    def may(self, statement: Statement) -> bool:
        """Tell whether a statement lies within the presence, the scene and the sound."""
        span = statement.span
        inside = self.present.start <= span.start and span.end <= min(self.present.end, self.survey.end)
        return inside and not self.survey.silent(span)

    def stated(self, form: Form, at: Fraction, treatment: str, why: str) -> Statement:
        """Return a form of the theme as a statement whose first downbeat is at a place."""
        key = Key(self.keys.at(at).key.tonic, form.motif.key.mode)
        start = max(at - form.motif.pickup, Fraction(0)) if treatment == "counter" else at
        like = likened(self.theme, form.motif) if form.likeness is None else form.likeness
        spoken = self.survey.speaking(Span(start, start + form.motif.duration))
        level = _level(self.survey.feel(at), spoken=spoken)
        return Statement(self.cast.who, self.cast.role, form.motif, key, start, treatment, form.steps, why, like, level)


def _level(feel: Affect, *, spoken: bool) -> float:
    return round((0.3 + 0.12 * feel.arousal + 0.1 * feel.tension) * (0.5 if spoken else 1.0), 4)


def supports(survey: Survey, keys: KeyPlan, stated: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the inner material of every support, in order of time.

    Every phrase of a support's presence chooses among the ways that fit: a counter-line that agrees with what is stated
    above it, an ostinato of the theme's head, or its chords; the more urgent the arc, the likelier the ostinato; the
    same way is seldom taken twice running.
    """
    found: list[Statement] = []
    for cast in survey.spotting.scene.cast:
        if cast.role == "support":
            found.extend(_support(Seat(survey, keys, cast), (*stated, *found)))
    return tuple(sorted(found, key=lambda it: it.start))


def _support(seat: Seat, stated: tuple[Statement, ...]) -> list[Statement]:
    survey, present = seat.survey, seat.present
    found: list[Statement] = []
    free = Fraction(-1)
    for index in survey.bars_in(present)[::PHRASE] or survey.bars_in(present)[:1]:
        span = Span(survey.lines[index], min(survey.lines[min(index + PHRASE, len(survey.lines) - 1)], present.end))
        if span.start < free:
            continue
        last = found[-1].treatment if found else ""
        ideas = [idea for idea in _ideas(seat, span, stated) if seat.may(idea.statement)]
        ideas = [replace(idea, score=idea.score - (0.3 if idea.statement.treatment == last else 0.0)) for idea in ideas]
        if ideas:
            best = max(ideas, key=lambda idea: (round(idea.score, 6), idea.statement.start))
            found.append(best.statement)
            free = best.statement.end
    return found


def _ideas(seat: Seat, span: Span, stated: tuple[Statement, ...]) -> Iterator[_Idea]:
    survey, who = seat.survey, seat.cast.who
    feel = survey.felt_by(seat.cast, span.start)
    scene = survey.spotting.scene
    draw = Chance(scene.seed, scene.id, who.key, span.start, "support").unit() / 10
    yield from _counters(seat, span, stated)
    yield from _ostinati(seat, span, 0.35 + 0.4 * feel.arousal + 0.35 * feel.tension + draw)
    if any(note.chord for note in seat.theme.notes):
        why = f"{who.name} is near: the chords of the theme alone"
        yield _Idea(seat.stated(Form(seat.theme), span.start, "harmony", why), 0.45 - 0.3 * feel.arousal + draw)


def _counters(seat: Seat, span: Span, stated: tuple[Statement, ...]) -> Iterator[_Idea]:
    survey, who = seat.survey, seat.cast.who
    above = [s for s in stated if s.treatment in ("theme", "fragment", "counter")]
    for steps in COUNTERS:
        motif = varied(seat.theme, steps)
        if not {parse_transform(step).name for step in steps}.isdisjoint(who.never) or likened(seat.theme, motif) < who.keep:
            continue
        for index in survey.bars_in(span)[:2]:
            why = f"{who.name} is there without leading: the theme moves in an inner voice"
            statement = seat.stated(Form(motif, steps), survey.lines[index], "counter", why)
            meeting = [s for s in above if s.span.overlaps(statement.span)]
            agreed = min((agreement(s, statement, survey.spotting.bar_at(statement.start).meter) for s in meeting), default=1.0)
            if agreed >= SHARE:
                met = f", against {meeting[0].who.name}'s" if meeting else ""
                yield _Idea(replace(statement, why=why + met), agreed - 0.35 - 0.05 * len(steps) + (0.1 if meeting else 0.0))


def _ostinati(seat: Seat, span: Span, score: float) -> Iterator[_Idea]:
    if {"ostinato", "head"} & set(seat.cast.who.never) or seat.survey.silent(span):
        return
    cell = _cell(seat.theme, seat.survey.spotting.bar_at(span.start).meter.bar)
    count = int(span.length // cell.duration)
    if count >= 2:
        motif = replace(cell, notes=cell.notes * count)
        why = f"{seat.cast.who.name} is near: the head of the theme becomes an ostinato"
        yield _Idea(seat.stated(Form(motif, ("head 4",), likened(seat.theme, cell)), span.start, "ostinato", why), score)


def _cell(theme: Motif, bar: Fraction) -> Motif:
    """Return the theme's head as a cell that fills whole bars, a rest filling what is missing."""
    length = min(fragment_length(theme), theme.duration)
    full = -(-length // bar) * bar if length > bar / 2 else bar / 2
    kept, at = [], Fraction(0)
    for note in theme.notes:
        if at >= length:
            break
        kept.append(note)
        at += note.duration
    if full > at:
        kept.append(Note(None, full - at))
    return replace(theme, notes=tuple(kept), pickup=Fraction(0))
