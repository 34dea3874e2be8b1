"""Healing: a theme that a hit demands where there is no room for it is made whole, there or later."""

from __future__ import annotations

from dataclasses import replace

from motifgen.compose.desk import Statement
from motifgen.compose.planning.consonance import SHARE
from motifgen.compose.planning.forms import names
from motifgen.compose.planning.meetings import Table
from motifgen.compose.planning.occasions import Occasion
from motifgen.compose.planning.reasons import possessive
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.walk import Torn
from motifgen.motif.motif import Motif
from motifgen.theory.time import Span

#: Tempo by a third faster is still rung 4 of the recognizability ladder; by a half it is heard, and better than no end.
QUICKER: tuple[tuple[str, ...], ...] = ((), ("diminish 4/3",), ("diminish 3/2",))
#: Numerators of what is written as one note, dotted or not, and the greatest part of a quarter that it may be.
PLAIN, SHORTEST = (1, 2, 3, 4, 6, 8, 12), 4
FIRST = " for the first time"


def healed(survey: Survey, stated: tuple[Statement, ...], torn: tuple[Torn, ...]) -> tuple[tuple[Statement, ...], tuple[Torn, ...]]:
    """Return the statements with those torn ones whole that can be, and the torn that remain.

    A theme may run on under whatever begins after it, where the two agree; or it is quickened, so that its end comes before it.
    """
    found = list(stated)
    left: list[Torn] = []
    for it in torn:
        place = found.index(it.statement)
        table = Table(survey, [])
        for other in (*found[:place], *found[place + 1 :]):
            table.add(other)
        whole = _whole(survey, table, it)
        if whole is None:
            left.append(it)
        else:
            found[place] = whole
            found = _retold(found, place)
    return tuple(found), tuple(left)


def unmended(survey: Survey, stated: tuple[Statement, ...], torn: tuple[Torn, ...]) -> tuple[Occasion, ...]:
    """Return an occasion to be heard whole after each torn statement that none follows that is."""
    found = []
    for it in torn:
        notes = len(survey.themes[it.occasion.who.key].sounding())
        later = (s for s in stated if s.who.key == it.occasion.who.key and s.start >= it.statement.end)
        if not any(len(s.motif.sounding()) >= notes for s in later if s.treatment in ("theme", "counter")):
            after = Span(min(it.statement.end, it.occasion.present.end), it.occasion.present.end)
            why = f"{it.occasion.who.name} was broken off before"
            found.append(it.occasion._replace(present=after, exact=False, why=why))
    return tuple(found)


def _retold(stated: list[Statement], place: int) -> list[Statement]:
    """Return statements of which the healed one is the first whole one, if a later one was called so."""
    healed_one = stated[place]
    later = [i for i, s in enumerate(stated) if s.who == healed_one.who and s.start > healed_one.start and FIRST in s.why]
    told = list(stated)
    for i in later:
        told[i] = replace(stated[i], why=stated[i].why.replace(FIRST, ""))
        told[place] = replace(healed_one, why=healed_one.why.replace("heard whole", f"heard whole{FIRST}"))
    return told


def _whole(survey: Survey, table: Table, torn: Torn) -> Statement | None:
    statement, occasion = torn.statement, torn.occasion
    limit = min(occasion.present.end, survey.end)
    for steps in QUICKER:
        line = statement.start + statement.motif.pickup
        form = survey.forms(statement.who.key, line).after(steps)
        span = Span(statement.start, statement.start + form.duration)
        fits = span.end <= limit and not survey.closed(span) and not any(span.start < words.start < span.end for words in survey.dialogue)
        allowed = names(steps).isdisjoint(statement.who.never) and form.likeness >= statement.who.keep
        key = replace(statement.key, mode=form.motif.key.mode)
        if fits and allowed and (not steps or _legible(form.motif)) and table.agrees(form, key, span.start) >= SHARE:
            how = "quickened to have its end" if steps else "running on under what follows"
            why = f"{occasion.why}: {possessive(statement.who.name)} theme is heard whole, {how}"
            done = survey.steps(statement.who.key, line, steps)
            return replace(statement, motif=form.motif, key=key, transforms=done, likeness=form.likeness, why=why, treatment="theme")
    return None


def _legible(motif: Motif) -> bool:
    """Tell whether players can read a quickened theme: every note is one note on the page, an eighth's dot the shortest."""
    return all(note.duration.numerator in PLAIN and note.duration.denominator <= SHORTEST for note in motif.notes)
