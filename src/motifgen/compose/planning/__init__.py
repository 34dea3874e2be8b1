"""Planning: which theme sounds when, changed how, and why; and the form and keys around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from motifgen.compose.desk import Plan, Spotting, Statement
from motifgen.compose.planning.asked import asked_statements
from motifgen.compose.planning.declared import ever_whole, heard_before, unknown_stages
from motifgen.compose.planning.film_keys import home_of
from motifgen.compose.planning.form import sections
from motifgen.compose.planning.healing import healed, unmended
from motifgen.compose.planning.keys import KeyPlan, key_plan, legible
from motifgen.compose.planning.meetings import meetings
from motifgen.compose.planning.meters import Recast, misfits, remetered
from motifgen.compose.planning.occasions import Occasion, nearby, occasions, unanswered
from motifgen.compose.planning.reasons import agreeing
from motifgen.compose.planning.reserving import reserve
from motifgen.compose.planning.supports import rescued, supports
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.told import told
from motifgen.compose.planning.walk import walk
from motifgen.motif.motif import Motif
from motifgen.story.casting import Casting, cast


def plan(spotting: Spotting) -> Plan:
    """Return the scene's form and every statement in it, in order of time.

    The story gives occasions (entrances, hits, turns, the climax ...); the most urgent find room first; then, in order
    of time, each theme takes the form that fits what is felt, what it has been through, and what its owner forbids.
    The composer's own statements come first and stay as written.

    Parameters
    ----------
    spotting : Spotting

    Returns
    -------
    Plan
        Sections without gap from 0 to the end; statements sorted by where they begin; a warning for everything that was
        asked and could not be done.
    """
    casting = cast(spotting.scene, spotting.story)
    plain = dict(casting.themes)
    recast = remetered(spotting, plain)
    survey = _survey(spotting, plain, recast)
    keys = key_plan(survey)
    asked, asked_warnings = asked_statements(survey, keys)
    leading, said = _leading(survey, keys, asked)
    names = tuple(dict.fromkeys(who.name for who in (*(it.who for it in spotting.scene.cast), *spotting.scene.emotions)))
    stated = tuple(_written(it, names) for it in sorted((*leading, *supports(survey, keys, leading)), key=_order))
    warnings = (
        *_declared_warnings(survey, casting),
        *misfits(spotting, plain, recast, stated),
        *asked_warnings,
        *unanswered(survey),
        *said,
        *_unheard(survey, stated),
        *_unfelt(survey, stated),
    )
    parts, stated = legible(sections(survey, keys, stated), stated)
    return Plan(spotting, parts, stated, tuple(agreeing(it, names) for it in warnings), keys.areas)


def _leading(survey: Survey, keys: KeyPlan, asked: tuple[Statement, ...]) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Return what is stated in front, with whole themes of leads that found no room there, and a warning for what is lost or torn."""
    slots, crowded = reserve(survey, occasions(survey), asked)
    walked, formless, cut = walk(survey, keys, told(survey, slots), asked)
    whole, torn = healed(survey, (*asked, *walked), cut)
    lost = (*crowded, *formless)
    mended = rescued(survey, keys, whole, unmended(survey, whole, torn))
    inner = (*mended, *rescued(survey, keys, (*whole, *mended), lost))
    leading = (*whole, *inner)
    said = (*(it.said for it in torn), *_unstated(lost, inner))
    return (*leading, *meetings(survey, leading)), said


def _survey(spotting: Spotting, plain: Mapping[str, Motif], recast: Recast) -> Survey:
    heard = heard_before(spotting.scene, spotting.story)
    home, why = home_of(spotting, plain)
    return Survey(spotting, plain, home, heard, recast, why)


def _declared_warnings(survey: Survey, casting: Casting) -> tuple[str, ...]:
    """Return what the story declares and the planner cannot follow."""
    scene, story = survey.spotting.scene, survey.spotting.story
    whole = ever_whole(story, scene)
    said = list(casting.warnings)
    for who in {it.who.key: it.who for it in scene.cast}.values():
        said += unknown_stages(who, story)
        if who.key not in whole and any(it.who == who and it.role == "hint" for it in scene.cast):
            said.append(f"{who.name} is only ever hinted at: its theme is heard whole nowhere in the film")
    return tuple(said)


def _unstated(lost: tuple[Occasion, ...], inner: tuple[Statement, ...]) -> tuple[str, ...]:
    """Return a sentence for each urgent occasion at which nothing is stated after all."""
    saved = {statement.who.key for statement in inner}
    return tuple(
        f"{it.why}, but no form of the theme has room: it is not stated there" for it in lost if it.who.key not in saved or it.exact
    )


def _unheard(survey: Survey, stated: tuple[Statement, ...]) -> tuple[str, ...]:
    """Name everyone who is cast and of whose theme nothing is heard while they are there."""
    said = []
    for it in survey.spotting.scene.cast:
        present = survey.present(it)
        if not any(s.who.key == it.who.key and s.span.overlaps(present) for s in stated):
            start, end = float(it.span.start), float(it.span.end)
            said.append(f"{it.who.name} is cast as {it.role} from {start:g} to {end:g} s, but nothing of its theme finds room there")
    return tuple(said)


def _unfelt(survey: Survey, stated: tuple[Statement, ...]) -> tuple[str, ...]:
    """Name every emotional state that the arc comes near and of whose motif nothing is heard there or anywhere."""
    said = []
    for who in survey.spotting.scene.emotions:
        near = nearby(survey, who)
        if near and not any(s.who.key == who.key for s in stated):
            when = " and ".join(f"{float(survey.spotting.seconds(span.start)):g}" for span in near)
            said.append(f"the scene comes near {who.name.lower()} at {when} s, but nothing of its motif finds room there")
    return tuple(said)


def _written(statement: Statement, names: Sequence[str]) -> Statement:
    """Return a statement with its reason as a sentence is written."""
    why = agreeing(statement.why, names)
    return statement if why == statement.why else replace(statement, why=why)


def _order(statement: Statement) -> tuple[object, ...]:
    return (statement.start, statement.role != "lead", statement.treatment, statement.who.key)
