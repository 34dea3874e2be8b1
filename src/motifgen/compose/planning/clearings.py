"""Clearings: where a theme must be heard alone, so that the audience can learn it or know it again."""

from __future__ import annotations

from collections.abc import Iterable

from motifgen.compose.desk import Statement
from motifgen.compose.planning.survey import Survey
from motifgen.theory.time import Span

BARS = 2


def clearings(survey: Survey, stated: Iterable[Statement]) -> tuple[Span, ...]:
    """Return the first two bars of every statement over which no other theme may lie: a film's first of its theme, and a reveal.

    What is written by the composer stands as it is, and clears nothing.
    """
    reveals = {landing.at for landing in survey.spotting.landings if landing.hit.do == "reveal"}
    known = {key for key, times in survey.heard.items() if times}
    found = []
    for statement in sorted(stated, key=lambda it: it.start):
        if statement.treatment != "theme":
            continue
        if not statement.asked and (statement.who.key not in known or statement.start in reveals):
            found.append(_opening(survey, statement))
        known.add(statement.who.key)
    return tuple(found)


def _opening(survey: Survey, statement: Statement) -> Span:
    bar = survey.spotting.bar_at(statement.start).meter.bar
    return Span(statement.start, min(statement.end, statement.start + statement.motif.pickup + BARS * bar))
