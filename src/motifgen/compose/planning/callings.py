"""Callings: what in the story asks for one particular technique, beyond what is felt."""

from __future__ import annotations

from motifgen.compose.planning.declared import dead_before, journey
from motifgen.compose.planning.moods import dark
from motifgen.compose.planning.occasions import Occasion
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.table import fate_words, mirror_words
from motifgen.story.leitmotif import STATES, Character

FALL, SOON = 0.9, 40
APPROACH, SHOWN = 48, 8


def callings(survey: Survey, occasion: Occasion) -> frozenset[str]:
    """Return what calls for a technique at an occasion; the table says which technique belongs to which.

    Returns
    -------
    frozenset[str]
        States of the owner's journey that have been reached (``corrupted``, ``grown`` ...); ``dead`` when it died in an earlier scene;
        ``fate`` for a theme of fate, time or death; ``mirror`` for a menace that faces somebody who is none; ``mirror`` and ``undone``
        where a word for it stands in the owner's key, name or traits or in what a hit near by shows; ``reversal`` where
        fortune falls; ``reveal`` on a reveal; ``return`` when the owner has come back from below; ``approach`` on the last twelve bars or
        so before the climax, ``height`` at it, ``aftermath`` behind it.
    """
    who, scene, story = occasion.who, survey.spotting.scene, survey.spotting.story
    reached = journey(who, scene, story)[1].partition(",")[0]
    # A death is in the scene itself until that is over: only then is the theme a memory.
    found = {reached} & set(STATES) - {"dead"}
    found |= {"dead"} if dead_before(who, scene, story) else set()
    found |= {"fate"} if _fated(who) else set()
    found |= _mirrored(survey, occasion)
    found |= {"mirror"} if dark(who) and _faced(survey, occasion) else set()
    found |= {"return"} if occasion.kind == "return" else set()
    found |= {"reversal"} if _fallen(survey, occasion) else set()
    found |= _phase(survey, occasion)
    reveals = (it for it in survey.spotting.landings if it.hit.do == "reveal" and it.at == occasion.at)
    return frozenset(found | ({"reveal"} if occasion.kind == "hit" and any(reveals) else set()))


def _phase(survey: Survey, occasion: Occasion) -> set[str]:
    climax, at = survey.climax, occasion.at
    if climax is None or at < climax.start - APPROACH:
        return set()
    return {"approach" if at < climax.start else "height" if at in climax else "aftermath"}


def _fallen(survey: Survey, occasion: Occasion) -> bool:
    """Tell whether fortune has fallen within the last half minute or so, and is felt to have."""
    now = survey.felt_by(occasion.cast, occasion.at).valence
    return any(
        turn.at <= occasion.at < turn.at + SOON
        and turn.before.valence - turn.after.valence >= FALL
        and now < (turn.before.valence + turn.after.valence) / 2
        for turn in survey.turns
    )


def _fated(who: Character) -> bool:
    words = {who.key.lower(), *who.name.lower().split(), *(trait.lower() for trait in who.traits)}
    return not words.isdisjoint(fate_words())


def _mirrored(survey: Survey, occasion: Occasion) -> set[str]:
    """Return which mirrors are named: by who the owner is, or by what the picture shows within two bars or so."""
    who = occasion.who
    shown = (it.hit.what for it in survey.spotting.landings if abs(it.at - occasion.at) <= SHOWN)
    words = {
        word.strip(".,;:!?'\"").lower() for text in (who.key.replace("_", " "), who.name, *who.traits, *shown) for word in text.split()
    }
    return {calling for calling, known in mirror_words().items() if not known.isdisjoint(words)}


def _faced(survey: Survey, occasion: Occasion) -> bool:
    """Tell whether somebody who is no menace leads or supports at the place."""
    here = (cast for cast in survey.spotting.scene.cast if cast.role != "hint" and occasion.at in survey.present(cast))
    return any(cast.who.kind == "person" and not dark(cast.who) for cast in here)
