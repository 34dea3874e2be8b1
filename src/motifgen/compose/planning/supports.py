"""Supports: characters who are there without leading move under the leads, as a second line, an ostinato or a harmony."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import Statement
from motifgen.compose.planning.clauses import beneath
from motifgen.compose.planning.clearings import clearings
from motifgen.compose.planning.consonance import SHARE, Sounding, agreement
from motifgen.compose.planning.forms import Form, names
from motifgen.compose.planning.healing import QUICKER
from motifgen.compose.planning.keys import KeyPlan
from motifgen.compose.planning.occasions import Occasion, nearby
from motifgen.compose.planning.reasons import possessive
from motifgen.compose.planning.survey import Survey
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

PHRASE, RESCUED = 4, 0.65
LOW = "transpose -7 degrees"
COUNTERS = ((LOW,), ("transpose -5 degrees",), ("transpose -9 degrees",), (), ("augment 2", LOW), ("head 4", LOW))
PLAIN = ((), *COUNTERS[:3])
CELLS = ((), ("transpose 2 degrees",), ("transpose 4 degrees",), ("transpose -3 degrees",))


class Idea(NamedTuple):
    """One way to use a support's theme: how well it fits, the statement it would be, and under whose theme."""

    statement: Statement
    score: float
    length: Fraction
    met: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A support in its scene: who, among what; ``heard`` is all that sounds already, ``alone`` where another is to be heard alone."""

    survey: Survey
    keys: KeyPlan
    cast: Cast
    heard: list[Sounding] = field(default_factory=list)
    alone: tuple[Span, ...] = ()

    def form(self, at: Fraction, steps: tuple[str, ...] = ()) -> Form:
        """Return the support's theme after steps, with its first bar line at a place."""
        return self.survey.forms(self.cast.who.key, at).after(steps)

    def may(self, span: Span) -> bool:
        """Tell whether a span lies within the presence, the scene, the sound, and one meter."""
        present = self.survey.present(self.cast)
        inside = present.start <= span.start and span.end <= present.end and span.end <= self.survey.end
        return inside and not self.survey.closed(span) and not self.survey.turning(span)

    def aside(self, span: Span) -> bool:
        """Tell whether a span leaves those alone who are to be heard alone."""
        return self.may(span) and not any(span.overlaps(it) for it in self.alone)

    def start(self, motif: Motif, at: Fraction) -> Fraction:
        """Return where a motif begins whose first downbeat is at a place."""
        return max(at - motif.pickup, Fraction(0))

    def key(self, motif: Motif, at: Fraction) -> Key:
        """Return the key of a form of the theme at a place."""
        return Key(self.keys.at(at).key.tonic, motif.key.mode)

    def meeting(self, form: Form, start: Fraction, times: int = 1) -> tuple[float, str]:
        """Return how far a form, so many times over, agrees with whatever it would meet, and whose theme that is first."""
        own = Sounding.placed(form, self.key(form.motif, start), start, times)
        met = [other for other in self.heard if other.meets(own)]
        return min((agreement(other, own, self.survey.beat(other, own)) for other in met), default=1.0), met[0].name if met else ""

    def stated(self, form: Form, steps: tuple[str, ...], start: Fraction, said: tuple[str, str]) -> Statement:
        """Return a form of the theme as a statement from a place on; ``said`` is its treatment and its reason."""
        who, (treatment, why) = self.cast.who, said
        at = start + form.motif.pickup
        level = _level(self.survey.felt_by(self.cast, start), spoken=self.survey.speaking(Span(start, start + form.duration)))
        like = 1.0 if treatment == "harmony" else self.form(at, steps).likeness
        done = self.survey.steps(who.key, at, steps)
        return Statement(who, self.cast.role, form.motif, self.key(form.motif, start), start, treatment, done, why, like, level)


def supports(survey: Survey, keys: KeyPlan, stated: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the inner material of every support, in order of time.

    Every phrase of a support's presence chooses among the ways that fit: a counter-line that agrees with what is stated
    above it, an ostinato of the theme's head, or its chords; the more urgent the arc, the likelier the ostinato; the
    same way is seldom taken twice running.
    """
    heard = [survey.sounding(statement) for statement in stated]
    alone = clearings(survey, stated)
    found: list[Statement] = []
    said = {statement.who.key for statement in stated}
    silent = [who for who in survey.spotting.scene.emotions if who.key not in said]
    for cast in (*survey.spotting.scene.cast, *(it for who in silent for it in _moods(survey, who))):
        if cast.role == "support":
            found.extend(_support(Seat(survey, keys, cast, [*heard, *map(survey.sounding, found)], alone)))
    return tuple(sorted(found, key=lambda it: it.start))


def rescued(survey: Survey, keys: KeyPlan, stated: tuple[Statement, ...], lost: Iterable[Occasion]) -> tuple[Statement, ...]:
    """Return whole themes of leads who found no room of their own: in an inner voice, where they agree with what is stated.

    Where even that has no room, the theme is quickened; and if nothing else sounds there, it is no inner voice.
    """
    heard = [survey.sounding(statement) for statement in stated]
    found: list[Statement] = []
    for occasion in lost:
        if occasion.cast is None or occasion.role != "lead":
            continue
        seat = Seat(survey, keys, occasion.cast, [*heard, *map(survey.sounding, found)])
        bars = (Span(survey.lines[i], survey.lines[i + 1]) for i in survey.bars_in(occasion.present))
        inner = next((idea.statement for bar in bars for idea in _counters(seat, bar, (*PLAIN, *QUICKER[1:]))), None)
        if inner is not None:
            found.append(_saved(seat, occasion, inner))
    return tuple(found)


def _saved(seat: Seat, occasion: Occasion, inner: Statement) -> Statement:
    """Return a rescued theme with its reason: an inner voice under others, or quickened in front where nobody else sounds."""
    own = seat.survey.sounding(inner)
    if any(other.meets(own) for other in seat.heard):
        return replace(inner, why=f"{occasion.why}, while others hold the melody: the theme is heard whole in an inner voice")
    quick = ", quickened to have its end" if any("diminish" in it for it in inner.transforms) else ""
    return replace(inner, treatment="theme", level=RESCUED, why=f"{occasion.why}, with little room: the theme is heard whole{quick}")


def _moods(survey: Survey, who: Character) -> Iterator[Cast]:
    """Yield the presences of an emotional state that found no place of its own: it moves under the others."""
    for near in nearby(survey, who):
        yield Cast(who, Span(survey.spotting.seconds(near.start), survey.spotting.seconds(near.end)), "support")


def _support(seat: Seat) -> list[Statement]:
    survey, present = seat.survey, seat.survey.present(seat.cast)
    found: list[Statement] = []
    free = Fraction(-1)
    for span in _phrases(survey, present):
        if span.start < free:
            continue
        last = found[-1].treatment if found else ""
        ideas = [idea._replace(score=idea.score - 0.3 * (idea.statement.treatment == last)) for idea in _ideas(seat, span)]
        if ideas:
            best = max(ideas, key=lambda idea: (round(idea.score, 6), -idea.statement.start))
            found.append(_reasoned(seat, best, sum(it.treatment == best.statement.treatment for it in found)))
            free = best.statement.start + best.length
            free += _rest(seat, free)
    return found


def _reasoned(seat: Seat, idea: Idea, count: int) -> Statement:
    """Return an idea's statement with the story's side of its reason: how the support is there."""
    it = idea.statement
    spoken = seat.survey.speaking(it.span)
    return replace(it, why=f"{beneath(it.who, idea.met, it.treatment, spoken=spoken, count=count)}: {it.why}")


def _phrases(survey: Survey, present: Span) -> Iterator[Span]:
    """Yield the phrases of a presence, which begin anew where another meter does."""
    for stretch, _ in survey.spotting.stretches:
        bars = survey.bars_in(Span(max(present.start, stretch.start), min(present.end, stretch.end)))
        for index in bars[::PHRASE]:
            last = min(index + PHRASE, bars[-1] + 1)
            yield Span(survey.lines[index], min(survey.lines[last], present.end))


def _rest(seat: Seat, end: Fraction) -> Fraction:
    """Return how long a support waits after a statement: four bars, two where the arc is urgent; a mood waits twice that."""
    feel = seat.survey.feel(end)
    bars = (2 if feel.tension + feel.arousal > 1 else 4) * (2 if seat.cast.who.kind == "emotion" else 1)
    return bars * seat.survey.spotting.bar_at(end).meter.bar


def _ideas(seat: Seat, span: Span) -> Iterator[Idea]:
    who, scene = seat.cast.who, seat.survey.spotting.scene
    feel = seat.survey.felt_by(seat.cast, span.start)
    draw = Chance(scene.seed, scene.id, who.key, span.start, "support").unit() / 10
    yield from _counters(seat, span)
    yield from _ostinati(seat, span, 0.35 + 0.4 * feel.arousal + 0.35 * feel.tension + draw)
    form = seat.form(span.start)
    if any(note.chord for note in form.motif.notes) and seat.may(Span(span.start, span.start + form.duration)):
        why = f"the chords of {possessive(who.name)} theme alone"
        yield Idea(seat.stated(form, (), span.start, ("harmony", why)), 0.45 - 0.3 * feel.arousal + draw, form.duration)


def _counters(seat: Seat, span: Span, forms: tuple[tuple[str, ...], ...] = COUNTERS) -> Iterator[Idea]:
    """Yield the theme as a second line, in the first two forms that agree with what is above it."""
    who, found = seat.cast.who, 0
    for order, steps in enumerate(_permitted(seat, span.start, forms)):
        form = seat.form(span.start, steps)
        starts = (seat.start(form.motif, seat.survey.lines[index]) for index in seat.survey.bars_in(span))
        for start in islice((it for it in starts if seat.aside(Span(it, it + form.duration))), 2):
            agreed, met = seat.meeting(form, start)
            if agreed >= SHARE:
                against = f", against the theme of {met}" if met and met != who.name else ""
                why = f"{possessive(who.name)} theme in an inner voice{against}"
                score = agreed - 0.35 - 0.03 * order + (0.1 if met else 0.0)
                yield Idea(seat.stated(form, steps, start, ("counter", why)), score, form.duration, met)
                found += 1
                break
        if found == 2:
            return


def _ostinati(seat: Seat, span: Span, score: float) -> Iterator[Idea]:
    """Yield the theme's head, over and over, on the first degree on which it agrees with what is above it."""
    if "head" in seat.cast.who.never or seat.survey.silent(span):
        return
    bar = seat.survey.spotting.bar_at(span.start).meter.bar
    forms = seat.survey.forms(seat.cast.who.key, span.start)
    head = f"head {forms.part(4)}"
    for steps in _permitted(seat, span.start, tuple((head, *more) for more in CELLS)):
        cell = forms.cell(steps, bar)
        count = int(span.length // cell.duration)
        if count < 2 or not seat.aside(Span(span.start, span.start + count * cell.duration)):
            return
        if seat.meeting(cell, span.start, count)[0] >= SHARE:
            form = forms.ostinato(steps, bar, count)
            why = f"the head of {possessive(seat.cast.who.name)} theme becomes an ostinato"
            yield Idea(seat.stated(form, steps, span.start, ("ostinato", why)), score, form.duration)
            return


def _permitted(seat: Seat, at: Fraction, forms: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    """Yield the forms that the theme's owner does not forbid and that keep enough of it."""
    who = seat.cast.who
    for steps in forms:
        if names(steps).isdisjoint(who.never) and seat.form(at, steps).likeness >= who.keep:
            yield steps


def _level(feel: Affect, *, spoken: bool) -> float:
    return round((0.3 + 0.12 * feel.arousal + 0.1 * feel.tension) * (0.5 if spoken else 1.0), 4)
