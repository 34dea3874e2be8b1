"""Whose a moment is: the leads who are there, the one to whom it belongs, and who may come back from below."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.planning.moods import dark, kindly
from motifgen.compose.planning.survey import Survey
from motifgen.story.scene import Cast

THREAT = 0.6


def leads(survey: Survey, at: Fraction) -> tuple[Cast, ...]:
    """Return the leads who are present at a place, in the order of the cast."""
    return tuple(cast for cast in survey.spotting.scene.cast if cast.role == "lead" and at in survey.present(cast))


def hero(survey: Survey, at: Fraction) -> Cast | None:
    """Return the lead to whom a moment belongs: the one named by a hit near it, else the one who has been here longest.

    To a menace belongs only what threatens: grief and joy are theirs who have lost or won something.
    """
    here, feel = leads(survey, at), survey.feel(at)
    named = {landing.hit.who for landing in survey.spotting.landings if landing.hit.who and abs(landing.at - at) <= 8}
    threat = feel.tension >= THREAT and feel.arousal > 0
    return min(here, key=lambda cast: (cast.who.key not in named, not threat and dark(cast.who), cast.span.start), default=None)


def saved(cast: Cast, own: Cast | None) -> bool:
    """Tell whether better times are a lead's return: whose moment it is, and others who are good company; no menace's without a journey."""
    theirs = cast == own or (cast.who.kind in ("person", "bond") and kindly(cast.who))
    return theirs and (bool(cast.who.journey) or not dark(cast.who))
