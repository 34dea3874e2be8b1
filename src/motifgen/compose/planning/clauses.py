"""Clauses: the story's side of a reason, as a director would say it of a person, of a menace, of a thing."""

from __future__ import annotations

from fractions import Fraction

from motifgen.affect import Affect, is_noun
from motifgen.compose.planning.declared import dead_before
from motifgen.compose.planning.landmarks import Turn, distance, words_of
from motifgen.compose.planning.moods import dark
from motifgen.compose.planning.survey import Survey
from motifgen.errors import UnknownNameError
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast

#: For each axis of affect: what is said where it rises, and where it sinks.
Ways = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

HEIGHT, OPENS = "the arc is at its height", "the scene opens on"
_AXES = {"tension": "tension", "valence": "the mood", "arousal": "the pulse"}
_SAME = ("{who} is still with us", "{who} again", "the scene stays with {who}", "{who} goes on")
_MIDST = ("{who}, and {word} goes on", "{word} stays with {who}", "{who} again, with {word} in the air", "{word} holds, and {who} in it")
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
        if axis == "valence" and now.valence * change < 0:
            said = _SAME  # a little less dark is not light yet
    # Another sentence every few bars: a director reads them in a row.
    return said[survey.spotting.bar_at(at).number // 4 % len(said)].format(who=cast.who.name, word=held(word) if word else "")


def entered(survey: Survey, cast: Cast, *, opening: bool) -> str:
    """Return in words that a lead comes; one who is dead by then is remembered, and does not enter."""
    if dead_before(cast.who, survey.spotting.scene, survey.spotting.story):
        return f"{cast.who.name}, who is dead, is remembered"
    if not opening:
        return f"{cast.who.name} enters"
    word = words_of(survey.spotting.scene.arc.points[0].feel)
    return f"{OPENS} {cast.who.name}{f', in {named(word)}' if word not in ('', 'neutral') else ''}"


def turned(turn: Turn, *, over: bool = False) -> str:
    """Return in words how the arc changes at a turn, or which axis moves most.

    ``"the scene turns to terror"`` where terror is reached, ``"joy gives way to grief"`` where the way there is half gone.
    ``over`` tells it as what has happened.
    """
    if turn.leaves and turn.word:
        return gives_way(turn.leaves, turn.word, over=over)
    if turn.word:
        return f"the scene {'has turned' if over else 'turns'} {into(turn.word)}"
    axis, change = most_changed(turn.before, turn.after)
    return f"{_AXES[axis]} {'rises' if change >= 0 else 'sinks'} to {getattr(turn.after, axis):.1f}"


def recovered(turn: Turn, *, over: bool = False) -> str:
    """Return in words that the arc has come back from below, by what it leaves and where it goes."""
    below = turn.leaves or turn.word
    return gives_way(below, turn.goal, over=over) if below and turn.goal and below != turn.goal else turned(turn, over=over)


def gives_way(one: str, other: str, *, over: bool = False) -> str:
    """Return in words how one feeling makes room for another, or has made it.

    Examples
    --------
    >>> gives_way("eerie", "terror"), gives_way("unease and hope", "relief", over=True)
    ('an eerie mood gives way to terror', 'unease and hope have given way to relief')
    """
    several = " and " in one
    verb = ("have given" if several else "has given") if over else ("give" if several else "gives")
    return f"{named(one)} {verb} way to {named(other)}"


def named(feelings: str) -> str:
    """Return feelings, joined by ``and``, as what they are called: a noun itself, an adjective as a mood."""
    return " and ".join(word if _noun(word) else f"{'an' if word[0] in 'aeiou' else 'a'} {word} mood" for word in feelings.split(" and "))


def into(feelings: str) -> str:
    """Return feelings as what a scene turns to.

    Examples
    --------
    >>> into("terror"), into("eerie"), into("calm and hope")
    ('to terror', 'eerie', 'to a calm mood and hope')
    """
    return f"to {named(feelings)}" if any(map(_noun, feelings.split(" and "))) else feelings


def _noun(word: str) -> bool:
    """Tell whether a word is said as a noun is, as are numbers and whatever no table knows."""
    try:
        return is_noun(word)
    except UnknownNameError:
        return True


def held(feelings: str) -> str:
    """Return feelings as what a scene is in: ``"the terror"``, ``"the eerie mood"``."""
    return "the " + " and ".join(word if _noun(word) else f"{word} mood" for word in feelings.split(" and "))


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


#: What is said of one who is hinted at, the first time and after.
_HINTS = ("{who} is only hinted at", "a little more of {who} shows", "more of {who} shows, and not all", "{who} is almost there")


_RECALLED = ("{who} is remembered", "{who} comes to mind again", "{who} is not forgotten", "the memory of {who} stays")


def recalled(who: Character, count: int) -> str:
    """Return in words that a character who is known by now is thought of, another sentence each time."""
    return _RECALLED[count % len(_RECALLED)].format(who=who.name)


def hinted(who: Character, count: int) -> str:
    """Return in words how much of a character shows when it was hinted at so often."""
    return _HINTS[count].format(who=who.name) if count < len(_HINTS) else f"another glimpse of {who.name}, the {count + 1}th"


#: What is said of one who moves under others: where another's theme is above, and where none is.
_UNDER = {
    "counter": ("{who} is there without leading", "{who} is still there, to one side", "{who} stirs in the background"),
    "ostinato": ("{who} keeps going underneath", "the pulse of {who} goes on", "{who} will not rest"),
    "harmony": ("{who} is in the air", "{who} colors the moment", "{who} is near and says nothing"),
}
_BESIDE = ("{who} goes along with {met}", "{met} is not without {who}", "{who} is there beside {met}")
_BEHIND = ("{who} shadows {met}", "{who} is behind {met}", "{who} does not let {met} alone")
_GRIP = ("{who} keeps pressing underneath", "{who} does not let go", "the pulse of {who} goes on")


def beneath(who: Character, met: str, treatment: str, *, spoken: bool, count: int) -> str:
    """Return in words how one who does not lead is there, another sentence each time."""
    if met and met != who.name and treatment == "counter":
        said = _BEHIND if dark(who) else _BESIDE
    else:
        said = _GRIP if dark(who) and treatment == "ostinato" else _UNDER[treatment]
    clause = said[count % len(said)].format(who=who.name, met=met)
    return f"under the words, {clause}" if spoken else clause
