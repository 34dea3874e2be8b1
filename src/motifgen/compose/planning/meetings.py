"""Meetings: two leads in one place, as two lines at once, or the one answering the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations

from motifgen.compose.desk import Statement
from motifgen.compose.planning.clearings import clearings
from motifgen.compose.planning.consonance import Sounding, agreement
from motifgen.compose.planning.deck import mode_row
from motifgen.compose.planning.forms import GRID, Form, reach, step
from motifgen.compose.planning.slots import OFTEN
from motifgen.compose.planning.survey import Survey
from motifgen.story.scene import Cast
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

AGREED = 0.8
TOGETHER = 16
#: How many themes an ear can follow at once.
MOST = 3
MOVES = (
    "transpose -7 degrees",
    "transpose 2 degrees",
    "transpose -5 degrees",
    "transpose -9 degrees",
    "transpose 4 degrees",
    "transpose -3 degrees",
)
FORMS = ((), *((move,) for move in MOVES), ("augment 2",), ("diminish 2",), ("skeleton",))


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A statement with how it sounds and its second, so that neither is worked out twice."""

    statement: Statement
    sound: Sounding
    second: float

    @property
    def full(self) -> bool:
        """Tell whether it counts as a statement of the theme."""
        return self.statement.treatment == "theme"


@dataclass(frozen=True, slots=True)
class Table:
    """What is there when two meet: the survey, all that is stated so far, and where a theme is to be heard alone."""

    survey: Survey
    placed: list[Placed]
    alone: tuple[Span, ...] = ()

    def add(self, statement: Statement) -> None:
        """Put one more statement on the table."""
        self.placed.append(Placed(statement, self.survey.sounding(statement), self.survey.spotting.tempo.instant(statement.start)))

    def known(self, who: str, at: Fraction) -> int:
        """Return how often a theme was heard whole before a place, in the film and here."""
        return self.survey.heard.get(who, 0) + self.met(who, at)

    def met(self, who: str, at: Fraction) -> int:
        """Return how often a theme was heard whole in this very scene before a place."""
        last, _ = reach(at, at)
        return sum(it.statement.who.key == who and it.full and it.sound.end <= last for it in self.placed)

    def company(self, span: Span) -> int:
        """Return how many themes and second lines sound somewhere in a span."""
        return sum(it.statement.treatment in ("theme", "counter") and it.statement.span.overlaps(span) for it in self.placed)

    def agrees(self, form: Form, key: Key, start: Fraction) -> float:
        """Return the least agreement of a form with whatever it would meet."""
        own = Sounding.placed(form, key, start)
        met = (it.sound for it in self.placed if it.sound.meets(own))
        return min((agreement(other, own, self.survey.beat(other, own)) for other in met), default=1.0)

    def free(self, span: Span, cast: Cast) -> bool:
        """Tell whether a lead may sound in a span: present, no silence, no words, its own theme rested, not too often."""
        survey, present = self.survey, self.survey.present(cast)
        if span.start < present.start or span.end > min(present.end, survey.end) or survey.closed(span) or survey.speaking(span):
            return False
        bar = survey.spotting.bar_at(span.start).meter.bar
        first, last = reach(span.start - bar, span.end + bar)
        own = [it for it in self.placed if it.statement.who.key == cast.who.key]
        return not any(it.sound.start < last and first < it.sound.end for it in own) and self._seldom(span.start, own)

    def _seldom(self, start: Fraction, own: list[Placed]) -> bool:
        full = [it.second for it in own if it.statement.treatment in ("theme", "counter")]
        if len(full) < OFTEN:
            return True
        times = sorted([self.survey.spotting.tempo.instant(start), *full])
        return all(round(last - first, 6) > 60 for first, last in zip(times, times[OFTEN:], strict=False))


def meetings(survey: Survey, stated: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return what leads say to each other, at most once for each two who meet.

    Where both themes are known, the one is laid against the other at the climax, if their strong beats agree. Elsewhere the one
    rather answers as the other ends, on its last note; where that would clash, it comes in against it. Else each yields. A theme
    that is new to the film, and one that is revealed, is alone in its first two bars.
    """
    cast = [it for it in survey.spotting.scene.cast if it.role == "lead"]
    pairs = [(a, b) for a, b in combinations(cast, 2) if a.who.key != b.who.key and _overlap(survey, a, b) >= TOGETHER]
    if not pairs:
        return ()
    table = Table(survey, [], clearings(survey, stated))
    for statement in stated:
        table.add(statement)
    for one, other in pairs:
        met = next(chain(_joint(table, one, other, high=True), _answers(table, one, other), _joint(table, one, other, high=False)), None)
        if met is not None:
            table.add(met)
    return tuple(it.statement for it in table.placed[len(stated) :])


def _overlap(survey: Survey, one: Cast, other: Cast) -> Fraction:
    first, second = survey.present(one), survey.present(other)
    return min(first.end, second.end) - max(first.start, second.start)


def _hosts(table: Table, one: Cast, other: Cast) -> Iterator[tuple[Placed, Cast]]:
    """Yield each theme of the two after which the other may speak, those of the climax first."""
    climax = table.survey.climax
    themes = [it for it in table.placed if it.full and it.statement.who.key in (one.who.key, other.who.key)]
    for host in sorted(themes, key=lambda it: (climax is None or it.statement.start not in climax, it.statement.start)):
        guest = other if host.statement.who.key == one.who.key else one
        start = host.statement.start
        if not host.statement.asked and table.met(guest.who.key, start) and start >= table.survey.present(guest).start:
            yield host, guest


def _joint(table: Table, one: Cast, other: Cast, *, high: bool) -> Iterator[Statement]:
    """Yield the guest's theme against the host's, in the first forms and places that agree, at the climax or elsewhere."""
    climax = table.survey.climax
    for host, guest in _hosts(table, one, other):
        if high != (climax is not None and host.statement.start in climax):
            continue
        tonic = host.statement.key.tonic
        lines = [line for line in _places(table, host) if table.free(Span(line, line + 1), guest)]
        # Most forms of a theme are as long as the theme itself, and ask for the same room.
        rooms: dict[Span, bool] = {}
        for steps in _forms(table, host.statement, guest) if lines else ():
            for line in lines:
                form = table.survey.forms(guest.who.key, line).after(steps)
                key = Key(tonic, form.motif.key.mode)
                start = line - form.motif.pickup
                span = Span(start, start + form.duration)
                if span not in rooms:
                    free = start >= 0 and table.free(span, guest) and table.company(span) < MOST
                    rooms[span] = free and not any(span.overlaps(it) for it in table.alone)
                if rooms[span] and table.agrees(form, key, start) >= AGREED:
                    why = f"{host.statement.who.name} and {guest.who.name} meet: both themes at once, one against the other"
                    yield _stated(table, guest, steps, (line, key), ("counter", why))


def _places(table: Table, host: Placed) -> list[Fraction]:
    """Return where a second theme may come in on a first: its first two bar lines, then the middles of those bars."""
    lines = [table.survey.lines[i] for i in table.survey.bars_in(host.statement.span)[:2]]
    middles = [line + table.survey.spotting.bar_at(line).meter.accents[-1] for line in lines]
    return list(dict.fromkeys([*lines, *middles]))


def _answers(table: Table, one: Cast, other: Cast) -> Iterator[Statement]:
    """Yield the guest's theme as an answer that begins on the host's last note."""
    for host, guest in _hosts(table, one, other):
        steps = next(_forms(table, host.statement, guest), ())
        last = Fraction(host.sound.notes[-1][0], GRID)
        form = table.survey.forms(guest.who.key, last).after(steps)
        start = last - form.motif.pickup
        span = Span(start, start + form.duration)
        begin, end = reach(span.start, span.end)
        others = [it for it in table.placed if it is not host and it.statement.treatment in ("theme", "fragment")]
        taken = any(it.sound.start < end and begin < it.sound.end for it in others)
        bar = table.survey.spotting.bar_at(last)
        if taken or (last - bar.start) % bar.meter.beat or start < 0 or not table.free(span, guest):
            continue
        key = Key(host.statement.key.tonic, form.motif.key.mode)
        if table.agrees(form, key, start) >= AGREED:
            why = f"{guest.who.name} answers {host.statement.who.name}, entering on the last note"
            yield _stated(table, guest, steps, (last, key), ("theme", why))


def _forms(table: Table, host: Statement, guest: Cast) -> Iterator[tuple[str, ...]]:
    """Yield the forms that may meet the host: plain first, or in the host's mode where that is nearer to what the guest feels."""
    forms = table.survey.forms(guest.who.key, host.start + host.motif.pickup)
    known = table.known(guest.who.key, host.start)
    for one in FORMS:
        for steps in ((*mode, *one) for mode in _modes(table.survey, host, guest)):
            transforms = [step(text) for text in steps]
            hard = any(transform.hard for transform in transforms)
            allowed = {transform.name for transform in transforms}.isdisjoint(guest.who.never)
            if allowed and not (hard and known < 2) and forms.after(steps).likeness >= guest.who.keep:
                yield steps


def _modes(survey: Survey, host: Statement, guest: Cast) -> tuple[tuple[str, ...], ...]:
    """Return the guest's own mode (no step) and the host's, the one first that is nearer to what the guest feels."""
    own, other = (mode_row(mode.name) for mode in (survey.themes[guest.who.key].key.mode, host.motif.key.mode))
    if own is None or other is None or own == other:
        return ((),)
    feel = survey.felt_by(guest, host.start).valence
    plain = abs(own.valence - feel) <= abs(other.valence - feel) + 0.15
    return ((), (other.name,)) if plain else ((other.name,), ())


def _stated(table: Table, guest: Cast, steps: tuple[str, ...], place: tuple[Fraction, Key], said: tuple[str, str]) -> Statement:
    who, (line, key), (treatment, why) = guest.who, place, said
    form = table.survey.forms(who.key, line).after(steps)
    done = table.survey.steps(who.key, line, steps)
    return Statement(who, guest.role, form.motif, key, line - form.motif.pickup, treatment, done, why, form.likeness, 0.6)
