"""Clauses: the story's side of a reason, as a director would say it of a person, of a menace, of a thing."""

from __future__ import annotations

from fractions import Fraction

from motifgen.affect import Affect
from motifgen.compose.planning.declared import dead_before
from motifgen.compose.planning.landmarks import Turn, distance, words_of
from motifgen.compose.planning.moods import dark
from motifgen.compose.planning.survey import Survey
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast

#: For each axis of affect: what is said where it rises, and where it sinks.
Ways = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

_AXES = {"tension": "tension", "valence": "the mood", "arousal": "the pulse"}
_SAME = ("{who} is still with us", "{who} again", "the scene stays with {who}", "{who} goes on")
# Words of feeling are nouns and adjectives alike: these sentences stand with both.
_MIDST = ("{who} again, and still {word}", "still {word} around {who}", "{word} as before, and {who} in it", "{word}, and {who} again")
_PERSON: Ways = {
    "tension": (
        ("it grows tenser around {who}", "the net draws in on {who}", "{who} feels it closing"),
        ("it grows easier around {who}", "{who} breathes again"),
    ),
    "valence": (
        ("it looks better for {who}", "{who} sees light", "things turn for {who}"),
        ("it looks worse for {who}", "{who} loses ground", "it darkens around {who}"),
    ),
    "arousal": (
        ("it quickens around {who}", "{who} is driven on", "the pulse rises with {who}"),
        ("it calms around {who}", "{who} comes to rest"),
    ),
}
_MENACE: Ways = {
    "tension": (("{who} comes closer", "{who} tightens its hold"), ("{who} lets go for a moment", "{who} draws back")),
    "valence": (
        ("{who} loses its hold", "the light drives {who} back"),
        ("{who} gains ground", "{who} has the upper hand", "the dark is {who}"),
    ),
    "arousal": (("{who} stirs", "{who} presses on"), ("{who} lies in wait", "{who} grows still")),
}
_THING: Ways = {
    "tension": (("more hangs on {who} now", "it tightens around {who}"), ("less hangs on {who} now",)),
    "valence": (
        ("a kinder light falls on {who}", "{who} means more now"),
        ("a shadow falls on {who}", "{who} is in doubt", "{who} looks otherwise now"),
    ),
    "arousal": (("the scene quickens, and {who} with it",), ("the scene calms, and {who} with it", "{who}, in the quiet")),
}


def mood(survey: Survey, cast: Cast, at: Fraction) -> str:
    """Return in words how a character is at a place, against how it was at its entrance."""
    start = survey.felt_by(cast, survey.present(cast).start)
    now = survey.felt_by(cast, at)
    word = "" if cast.feel is not None else _word_at(survey, at)
    if distance(start, now) < 0.25:
        said: tuple[str, ...] = _MIDST if word else _SAME
    else:
        axis, change = most_changed(start, now)
        said = _ways(cast.who)[axis][change < 0]
    # Another sentence every few bars: a director reads them in a row.
    return said[survey.spotting.bar_at(at).number // 4 % len(said)].format(who=cast.who.name, word=word)


def entered(survey: Survey, cast: Cast, *, opening: bool) -> str:
    """Return in words that a lead comes; one who is dead by then is remembered, and does not enter."""
    if dead_before(cast.who, survey.spotting.scene, survey.spotting.story):
        return f"{cast.who.name}, who is dead, is remembered"
    return f"{cast.who.name} is here from the start" if opening else f"{cast.who.name} enters"


def turned(turn: Turn) -> str:
    """Return in words how the arc changes at a turn, or which axis moves most.

    ``"the scene turns to terror"`` where terror is reached, ``"the scene leaves joy for grief"`` where the way there begins.
    """
    if turn.leaves and turn.word:
        return f"the scene leaves {turn.leaves} for {turn.word}"
    if turn.word:
        return f"the scene turns to {turn.word}"
    axis, change = most_changed(turn.before, turn.after)
    return f"{_AXES[axis]} {'rises' if change >= 0 else 'sinks'} to {getattr(turn.after, axis):.1f}"


def most_changed(before: Affect, after: Affect) -> tuple[str, float]:
    """Return the axis (tension, valence or arousal) that changes most between two affects, and by how much."""
    changes = {axis: round(getattr(after, axis) - getattr(before, axis), 6) for axis in _AXES}
    axis = max(_AXES, key=lambda name: abs(changes[name]))
    return axis, changes[axis]


def _ways(who: Character) -> Ways:
    if dark(who):
        return _MENACE
    return _PERSON if who.kind == "person" else _THING


def _word_at(survey: Survey, at: Fraction) -> str:
    """Return the word of the arc's last keyframe before a place; empty when the way from it to the next is half gone."""
    second = survey.spotting.seconds(at)
    points = survey.spotting.scene.arc.points
    before = [point for point in points if point.at <= second]
    after = next((point for point in points if point.at > second), None)
    if not before or (after is not None and 2 * (second - before[-1].at) > after.at - before[-1].at):
        return ""
    word = words_of(before[-1].feel)
    return "" if word == "neutral" else word
