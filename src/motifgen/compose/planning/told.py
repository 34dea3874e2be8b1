"""Told: why a theme comes back where nothing demands it, by what the story has just done or is about to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from motifgen.compose.planning.clauses import HEIGHT, OPENS, gives_way, held, mood, most_changed, named
from motifgen.compose.planning.landmarks import distance, words_of
from motifgen.compose.planning.slots import Slot
from motifgen.compose.planning.survey import Survey
from motifgen.story.scene import Cast, Scene

NEAR, AWAY, CHANGED = 9, 14, 0.25
#: After so many seconds a moment is told as past, if what is felt is still as near to it as this.
LATE, HOLDS = 4, 0.4
_AXES = {"tension": ("tighter", "easier"), "valence": ("brighter", "darker"), "arousal": ("livelier", "calmer")}

#: The kind of a clause, so that another kind can follow it, and its words.
Clause = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Teller:
    """What was said so far in a scene: how often each kind of clause, and every clause."""

    survey: Survey
    kinds: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def choose(self, clauses: list[Clause]) -> str:
        """Return the clause that is new, of the kind that was used least, the first of those."""
        # To count is the last resort.
        kind, text = min(clauses, key=lambda it: (self.said[it[1]], it[0] == "count", self.kinds[it[0]]))
        self.kinds[kind] += 1
        self.said[text] += 1
        return text


def told(survey: Survey, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return slots, in order of time, with a reason for each that had none: a hit, a silence, an exit, a change of the arc.

    No sentence comes twice in a scene while there is another; a turn that moves two characters is said of each.
    """
    teller = _Teller(survey)
    found: list[Slot] = []
    for slot in slots:
        why, cast = _in_time(survey, slot), slot.occasion.cast
        if cast is not None and not why:
            clauses = [*_clauses(survey, slot, found), ("mood", mood(survey, cast, slot.occasion.at))]
            why = teller.choose([*clauses, ("count", _counted(slot, found))])
        elif cast is not None and why.startswith(OPENS) and any(it.startswith(OPENS) for it in teller.said):
            why = f"{cast.who.name} is there from the start"
        elif cast is not None and teller.said[why]:
            why = f"{why}, and {cast.who.name} with it"
        else:
            teller.said[why] += 1
        found.append(replace(slot, occasion=slot.occasion._replace(why=why)))
    return tuple(found)


def _in_time(survey: Survey, slot: Slot) -> str:
    """Return a slot's reason; one that found room only long after its moment is told by what has become of it."""
    occasion, tempo = slot.occasion, survey.spotting
    if occasion.kind == "climax" and occasion.wished is not None and occasion.at < occasion.wished:
        return HEIGHT  # the blow is still to come
    if occasion.wished is None or occasion.cast is None or occasion.kind not in ("enter", "turn", "return"):
        return occasion.why
    now, came = tempo.seconds(occasion.at), tempo.seconds(occasion.wished)
    if now - came < LATE:
        return occasion.why
    who = occasion.who.name
    if occasion.kind != "enter":
        return occasion.late if distance(survey.feel(occasion.wished), survey.feel(occasion.at)) < HOLDS else ""
    if any(came < span.end and span.start < now for span in survey.spotting.scene.dialogue) and not slot.inner:
        return f"{who}, silent while they spoke, is heard where the words stop"
    return f"{who} is here already and comes to the fore"


def _clauses(survey: Survey, slot: Slot, before: list[Slot]) -> Iterator[Clause]:
    cast = slot.occasion.cast
    if cast is None:
        return
    now = survey.spotting.seconds(slot.occasion.at)
    yield from _pictured(survey, cast, now)
    yield from _company(survey, cast, now)
    yield from _changed(survey, cast, slot.occasion.at, before)
    yield from _on_the_way(survey, cast, now)
    yield from _heard(survey, cast, now, before)


def _pictured(survey: Survey, cast: Cast, now: Fraction) -> Iterator[Clause]:
    """Yield what the picture does: the hits around, the silence and the words just over."""
    who, hits = cast.who.name, [it.hit for it in survey.spotting.landings if it.hit.what]
    for hit in reversed([hit for hit in hits if hit.at <= now < hit.at + NEAR]):
        yield "after", f"{who}, now that it has happened ({hit.what})"
    for hit in (hit for hit in hits if now < hit.at <= now + NEAR):
        yield "before", f"{who}, before it happens ({hit.what})"
    spans = ((rest, f"{who} breaks the silence") for rest in survey.spotting.rests)
    words = ((span, f"{who} goes on where the words stop") for span in survey.dialogue)
    for span, text in (*spans, *words):
        if 0 <= now - survey.spotting.seconds(span.end) < NEAR:
            yield "over", text


def _company(survey: Survey, cast: Cast, now: Fraction) -> Iterator[Clause]:
    """Yield who has gone, who is about to come, and who is faced."""
    others = [it for it in survey.spotting.scene.cast if it.role == "lead" and it.who != cast.who]
    for other in others:
        if 0 <= now - other.span.end < AWAY:
            yield "gone", f"{cast.who.name}, now that {other.who.name} has gone"
        if 0 < other.span.start - now < NEAR:
            yield "coming", f"{cast.who.name}, before {other.who.name} comes"
        if 0 <= now - other.span.start < AWAY and other.span.start > cast.span.start:
            yield "faced", f"{other.who.name} has come, and {cast.who.name} holds the place"


def _changed(survey: Survey, cast: Cast, at: Fraction, before: list[Slot]) -> Iterator[Clause]:
    """Yield how the arc has moved since the theme was last heard, or since its owner came."""
    own = [slot for slot in before if slot.occasion.who == cast.who]
    last = own[-1].occasion.at if own else survey.present(cast).start
    axis, change = most_changed(survey.felt_by(cast, last), survey.felt_by(cast, at))
    if abs(change) >= CHANGED:
        since = "was last heard" if own else "came"
        yield "changed", f"it has grown {_AXES[axis][change < 0]} since {cast.who.name} {since}"


def _on_the_way(survey: Survey, cast: Cast, now: Fraction) -> Iterator[Clause]:
    """Yield where the scene is between two words of its arc."""
    points = survey.spotting.scene.arc.points
    earlier = [point for point in points if point.at <= now]
    later = next((point for point in points if point.at > now), None)
    if not earlier or later is None or cast.feel is not None:
        return
    last, following = words_of(earlier[-1].feel), words_of(later.feel)
    if last not in ("", following) and following:
        gone = (now - earlier[-1].at) / (later.at - earlier[-1].at)
        yield "way", f"{cast.who.name}, {_between(last, following, gone)}"


def _between(last: str, following: str, gone: Fraction) -> str:
    """Return in words where the scene is between two feelings, by how much of the way is gone."""
    if gone < Fraction(1, 3):
        return f"with {held(last)} still in the air"
    return f"between {named(last)} and {named(following)}" if gone < Fraction(2, 3) else f"as {gives_way(last, following)}"


def _heard(survey: Survey, cast: Cast, now: Fraction, before: list[Slot]) -> Iterator[Clause]:
    """Yield what the ear remembers: the theme of another just now, a long wait, an earlier scene."""
    who = cast.who.name
    if before and before[-1].occasion.who != cast.who:
        yield "turn", f"{who} takes over from {before[-1].occasion.who.name}"
    own = [survey.spotting.seconds(slot.span.end) for slot in before if slot.occasion.who == cast.who]
    if own and now - own[-1] >= AWAY:
        yield "wait", f"{who} has not been heard for {int(now - own[-1])} seconds"
    earlier = _earlier(survey, cast)
    if earlier and own:
        yield "recall", f"what has become of {who} since scene {earlier}"


def _counted(slot: Slot, before: list[Slot]) -> str:
    """Return how often the theme has been heard in the scene by now, which no two slots share."""
    return f"{slot.occasion.who.name} for the {ordinal(1 + sum(it.occasion.who == slot.occasion.who for it in before))} time in the scene"


def ordinal(number: int) -> str:
    """Return a number as a place in a row.

    Examples
    --------
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 21, 102)]
    ['first', 'second', 'third', '4th', '11th', '12th', '21st', '102nd']
    """
    if number < 4:
        return ("first", "second", "third")[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _earlier(survey: Survey, cast: Cast) -> str:
    """Return the last scene before this one in which the character led, with its title; empty when there is none."""
    scene, story, found = survey.spotting.scene, survey.spotting.story, ""
    for other in story.scenes if story is not None else ():
        if other.id == scene.id:
            return found
        if isinstance(other, Scene) and any(it.who.key == cast.who.key and it.role == "lead" for it in other.cast):
            found = f"{other.id} ({other.title})" if other.title else other.id
    return ""
