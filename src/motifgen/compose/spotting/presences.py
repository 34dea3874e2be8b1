"""Presences: whose theme may lead when, what a meter leaves of it, and the doors through which another meter may come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from motifgen.compose.spotting.wish import Wish, felt_beat
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.story import casting
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, Hit, Scene, Story
from motifgen.theory.time import Meter, Span

#: What is lost where a theme must be placed across the bar lines, or its bars are as long but beaten otherwise (3/4 in 6/8).
_ACROSS, _BEATEN = 0.6, 0.4
#: Seconds within which an edge of a presence is meant to be a hit, is near a turn of the arc, waits for the hit that lets somebody in.
_CLOSE, _NEAR, _PATIENCE = Fraction(3, 4), Fraction(5, 2), Fraction(12)
#: Seconds of a pause's breath, until which a silence that begins soon is over, and of what is heard of a support that enters.
_BREATH, _HUSH, _CALLED = Fraction(6, 5), Fraction(4), Fraction(20)


class Presence(NamedTuple):
    """Somebody whose theme may lead in a span of seconds, or a statement of it that the composer has written.

    Parameters
    ----------
    pickup : Fraction
        Quarters before the theme's first bar line, if its first note is what the span begins with.
    """

    who: Character
    theme: Motif
    span: Span
    stated: bool = False
    pickup: Fraction = Fraction(0)

    def loss(self, meter: Meter) -> float:
        """Return how much of the theme is not heard in a meter, 0 to 1: nothing in its own.

        Examples
        --------
        >>> waltz = Motif.parse("C4/q. D4/e E4/q | F4/h D4/q", meter="3/4")
        >>> ines = Presence(Character("ines", waltz), waltz, Span(Fraction(0), Fraction(9)))
        >>> ines.loss(Meter(3, 4)), 0.1 < ines.loss(Meter(4, 4)) < 0.9
        (0.0, True)
        """
        if self.theme.meter.bar == meter.bar:
            return 0.0 if self.theme.meter.compound == meter.compound else _BEATEN
        if self.stated or "meter" in self.who.never:
            return _ACROSS
        left = _left(self.theme, meter)
        return _ACROSS if left < self.who.keep else round(1 - left, 6)

    def uses(self, door: Door) -> bool:
        """Tell whether the meter may become the theme's at a door."""
        if door.who:
            return door.who == self.who.key and -_CLOSE <= door.at - self.span.start <= _HUSH
        return door.at in self.span


@lru_cache(maxsize=256)
def _left(theme: Motif, meter: Meter) -> float:
    from motifgen.motif.transform.metrical import Remeter  # noqa: PLC0415 - in most scenes all themes are in one meter

    return likeness(theme, Remeter(meter)(theme)).total


class Door(NamedTuple):
    """A moment at which the meter may change.

    Parameters
    ----------
    who : str
        The key of the one who comes; empty where anyone's meter may follow: after a silence, or when somebody has gone.
    met : bool
        Whether it is a moment of the picture that is met to the millisecond.
    pickup : Fraction
        Quarters from there to the bar line.
    """

    at: Fraction
    who: str = ""
    met: bool = False
    pickup: Fraction = Fraction(0)


def presences(scene: Scene, wish: Wish, story: Story | None = None) -> Iterator[Presence]:
    """Go through who may lead when: declared leads from each of their entries on, others who enter on a hit, and asked statements."""
    themes = casting.themes(scene, story)
    leads = [it for it in scene.cast if it.role == "lead"]
    for it in leads:
        yield from _led(it.who, themes[it.who.key], it.span, scene)
    others = {it.who.key: it.who for it in scene.cast if it.role == "support"}
    arrivals = sorted((hit for hit in scene.hits if _arrives(hit)), key=lambda hit: hit.at)
    for hit in arrivals:
        if hit.who in others and all(it.who.key != hit.who for it in leads):
            end = min((other.at for other in arrivals if other.at > hit.at), default=scene.length)
            yield Presence(others[hit.who], themes[hit.who], Span(hit.at, min(end, hit.at + _CALLED)), pickup=_upbeat(hit, themes[hit.who]))
    yield from (_stated(it, it.at, themes, wish) for it in scene.statements if isinstance(it.at, Fraction) and it.at < scene.length)


def _led(who: Character, theme: Motif, span: Span, scene: Scene) -> Iterator[Presence]:
    entries = sorted((hit for hit in scene.hits if _arrives(hit) and hit.who == who.key and hit.at in span), key=lambda hit: hit.at)
    starts = {hit.at: _upbeat(hit, theme) for hit in entries}
    # A lead who is let in by a hit is not there before, unless that is long.
    if not entries or entries[0].at - span.start > _PATIENCE:
        starts = {span.start: Fraction(0), **starts}
    for start, end in pairwise([*starts, min(span.end, scene.length)]):
        if start < end:
            yield Presence(who, theme, Span(start, end), pickup=starts[start])


def _upbeat(hit: Hit, theme: Motif) -> Fraction:
    return theme.pickup if hit.on != "downbeat" else Fraction(0)


def _stated(asked: Asked, at: Fraction, themes: Mapping[str, Motif], wish: Wish) -> Presence:
    theme = themes[asked.who.key]
    for transform in asked.transforms:
        theme = transform(theme)
    beats = float(theme.duration / felt_beat(theme.meter))
    end = Fraction(round(wish.when(wish.until(float(at)) + beats), 3)).limit_denominator(1000)
    return Presence(asked.who, theme, Span(at, max(end, at)), stated=True, pickup=theme.pickup)


def _arrives(hit: Hit) -> bool:
    return bool(hit.who) and hit.do in ("entry", "reveal")


def doors(scene: Scene, people: Sequence[Presence]) -> list[Door]:
    """Return where the meter may change, in order of time, one door for each moment; those of somebody who comes first."""
    found: dict[Fraction, Door] = {}
    for door in chain(_arrivals(scene, people), _departures(scene, people), _silences(scene)):
        found.setdefault(door.at, door)
    return sorted(found.values(), key=lambda door: door.at)


def _arrivals(scene: Scene, people: Sequence[Presence]) -> Iterator[Door]:
    met = {hit.at for hit in scene.hits if hit.must}
    silences = [door.at for door in _silences(scene)]
    for it in people:
        start = it.span.start
        hit = _nearest(start, sorted(met), _CLOSE)
        # A theme that would begin just before a silence begins after it.
        later = _nearest(start, [at for at in silences if at >= start], _HUSH)
        at = next(at for at in (start if it.stated or start in met else later, hit, start) if at is not None)
        yield Door(at, it.who.key, it.stated or at in met, it.pickup)


def _departures(scene: Scene, people: Sequence[Presence]) -> Iterator[Door]:
    """Go through the turns of the arc and the hits near which somebody leaves."""
    met = [hit.at for hit in scene.hits if hit.must]
    turns = [point.at for point in scene.arc.points]
    for it in people:
        at = _nearest(it.span.end, met, _NEAR) or _nearest(it.span.end, turns, _NEAR)
        if at is not None and not it.stated:
            yield Door(at, met=at in met)


def _silences(scene: Scene) -> Iterator[Door]:
    """Go through the moments at which music begins again after a cut, a pause, an asked silence."""
    later = sorted({*(point.at for point in scene.arc.points), *(hit.at for hit in scene.hits)})
    met = {hit.at for hit in scene.hits if hit.must}
    for hit in scene.hits:
        if hit.do == "cut":
            again = next((at for at in later if at > hit.at), scene.length)
            yield Door(again, met=again in met)
        elif hit.do == "pause":
            yield Door(hit.at + _BREATH)
    for span in scene.silence:
        yield Door(span.end)


def _nearest(at: Fraction, moments: Sequence[Fraction], reach: Fraction) -> Fraction | None:
    near = [moment for moment in moments if abs(moment - at) <= reach]
    return min(near, key=lambda moment: (abs(moment - at), moment), default=None)
