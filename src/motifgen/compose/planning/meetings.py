"""Meetings: two leads in one place, as two lines at once, or the one answering the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from motifgen.compose.desk import Statement
from motifgen.compose.planning.consonance import Sounding, agreement
from motifgen.compose.planning.forms import step
from motifgen.compose.planning.keys import KeyPlan
from motifgen.compose.planning.survey import Survey
from motifgen.motif.motif import Motif
from motifgen.story.scene import Cast
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

AGREED = 0.8
TOGETHER = 16
FORMS = ((), ("transpose -7 degrees",), ("transpose 2 degrees",), ("transpose -5 degrees",), ("augment 2",), ("diminish 2",))


@dataclass(frozen=True, slots=True)
class Table:
    """What is there when two meet: the survey, the keys, what is stated so far, and the same as it sounds."""

    survey: Survey
    keys: KeyPlan
    stated: tuple[Statement, ...]
    heard: tuple[Sounding, ...]

    @classmethod
    def of(cls, survey: Survey, keys: KeyPlan, stated: tuple[Statement, ...]) -> Table:
        """Return the table with every statement made audible."""
        return cls(survey, keys, stated, tuple(map(Sounding.of, stated)))

    def known(self, who: str, at: Fraction) -> int:
        """Return how often a theme was heard whole before a place."""
        here = sum(s.who.key == who and s.treatment == "theme" and s.end <= at for s in self.stated)
        return self.survey.heard.get(who, 0) + here

    def agrees(self, motif: Motif, key: Key, start: Fraction) -> float:
        """Return the least agreement of a motif with whatever it would meet."""
        own = Sounding.placed("", motif, key, start)
        beat = self.survey.spotting.bar_at(start).meter.beat
        return min((agreement(other, own, beat) for other in self.heard if other.meets(own)), default=1.0)

    def free(self, span: Span, cast: Cast) -> bool:
        """Tell whether a lead may sound in a span: present, no silence, no words, its own theme rested, not too often."""
        survey, present = self.survey, self.survey.present(cast)
        bar = survey.spotting.bar_at(span.start).meter.bar
        near = Span(span.start - bar, span.end + bar)
        own = [s for s in self.stated if s.who.key == cast.who.key]
        if span.start < present.start or span.end > min(present.end, survey.end) or survey.silent(span) or survey.speaking(span):
            return False
        return not any(s.span.overlaps(near) for s in own) and self._seldom(span.start, own)

    def _seldom(self, start: Fraction, own: list[Statement]) -> bool:
        times = sorted(self.survey.spotting.seconds(at) for at in [start, *(s.start for s in own if s.treatment in ("theme", "counter"))])
        return all(last - first > 60 for first, last in zip(times, times[3:], strict=False))


def meetings(survey: Survey, keys: KeyPlan, stated: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return what leads say to each other, at most once for each two who meet.

    Where both themes are known, the one is laid against the other if their strong beats agree, at the climax first; if they
    cannot sound together, the one answers as the other ends, on its last note. If that clashes too, each yields to the other.
    """
    found: list[Statement] = []
    cast = [it for it in survey.spotting.scene.cast if it.role == "lead"]
    for one, other in combinations(cast, 2):
        if one.who.key != other.who.key and _overlap(survey, one, other) >= TOGETHER:
            table = Table.of(survey, keys, (*stated, *found))
            met = next(_joint(table, one, other), None) or next(_answers(table, one, other), None)
            if met is not None:
                found.append(met)
    return tuple(found)


def _overlap(survey: Survey, one: Cast, other: Cast) -> Fraction:
    first, second = survey.present(one), survey.present(other)
    return min(first.end, second.end) - max(first.start, second.start)


def _hosts(table: Table, one: Cast, other: Cast) -> Iterator[tuple[Statement, Cast]]:
    """Yield each theme of the two after which the other may speak, those of the climax first."""
    climax = table.survey.climax
    themes = [s for s in table.stated if s.treatment == "theme" and s.who.key in (one.who.key, other.who.key)]
    for host in sorted(themes, key=lambda s: (climax is None or s.start not in climax, s.start)):
        guest = other if host.who.key == one.who.key else one
        if min(table.known(host.who.key, host.start), table.known(guest.who.key, host.start)) >= 1:
            yield host, guest


def _joint(table: Table, one: Cast, other: Cast) -> Iterator[Statement]:
    """Yield the guest's theme against the host's, the best agreement first found."""
    for host, guest in _hosts(table, one, other):
        lines = [line for line in table.survey.lines if host.start <= line < host.end][:2]
        for steps in _forms(table, host, guest):
            motif = table.survey.form(guest.who.key, steps)
            key = Key(host.key.tonic, motif.key.mode)
            for line in lines:
                start = line - motif.pickup
                if start >= 0 and table.free(Span(start, start + motif.duration), guest) and table.agrees(motif, key, start) >= AGREED:
                    why = f"{host.who.name} and {guest.who.name} meet: both themes at once, one against the other"
                    yield _stated(table, guest, (motif, steps), (start, key), ("counter", why))


def _answers(table: Table, one: Cast, other: Cast) -> Iterator[Statement]:
    """Yield the guest's theme as an answer that begins on the host's last note."""
    for host, guest in _hosts(table, one, other):
        motif = table.survey.themes[guest.who.key]
        last = host.start + host.motif.sounding()[-1][0]
        start = last - motif.pickup
        span = Span(start, start + motif.duration)
        foreground = [s for s in table.stated if s != host and s.treatment in ("theme", "fragment") and s.span.overlaps(span)]
        bar = table.survey.spotting.bar_at(last)
        if foreground or (last - bar.start) % bar.meter.beat or start < 0 or not table.free(span, guest):
            continue
        key = Key(host.key.tonic, motif.key.mode)
        if table.agrees(motif, key, start) >= AGREED:
            why = f"{guest.who.name} answers {host.who.name}, entering on the last note"
            yield _stated(table, guest, (motif, ()), (start, key), ("theme", why))


def _forms(table: Table, host: Statement, guest: Cast) -> Iterator[tuple[str, ...]]:
    """Yield the forms that may meet the host: plain first, in the host's mode where that differs, nothing forbidden."""
    theme = table.survey.themes[guest.who.key]
    same = theme.key.mode == host.motif.key.mode
    known = table.known(guest.who.key, host.start)
    for one in FORMS:
        for form in (one,) if same else (one, (host.motif.key.mode.name, *one)):
            transforms = [step(text) for text in form]
            hard = any(transform.hard for transform in transforms)
            allowed = {transform.name for transform in transforms}.isdisjoint(guest.who.never)
            if allowed and not (hard and known < 2) and table.survey.likeness(guest.who.key, form) >= guest.who.keep:
                yield form


def _stated(
    table: Table, guest: Cast, form: tuple[Motif, tuple[str, ...]], place: tuple[Fraction, Key], said: tuple[str, str]
) -> Statement:
    (motif, steps), (start, key), (treatment, why) = form, place, said
    like = table.survey.likeness(guest.who.key, steps)
    steps = table.survey.steps(guest.who.key, steps)
    return Statement(guest.who, guest.role, motif, key, start, treatment, steps, why, like, 0.6)
