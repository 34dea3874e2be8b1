"""Stretches: which meter a scene is in from where; a change follows a theme of another meter, at a place where the ear expects it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from motifgen.compose.spotting.presences import Door, Presence, doors, presences
from motifgen.compose.spotting.wish import Wish, choose_meter, felt_beat
from motifgen.orchestra.palette import Palette
from motifgen.story.scene import Scene, Story
from motifgen.theory.time import Meter

#: What a change of meter must save at least: seconds in which nothing of a theme would be left; more for every further change.
_CHANGE = 4.0
#: Seconds and bars below which a stretch is no stretch.
_LEAST, _BARS = 12.0, 8
_KEPT = 64
#: How much a theme counts beside one that came after it.
_EARLIER = 0.3
#: Seconds within which a bar line and a hit are one.
_BESIDE = Fraction(1, 4)


class Stretch(NamedTuple):
    """A part of a scene in one meter.

    Parameters
    ----------
    at : Fraction
        Seconds at which it begins, more or less; the bar line is found with the bars.
    meter : Meter
    who : str
        The name of the one for whom the meter changes; empty at the scene's start.
    met : bool
        Whether it begins with a moment of the picture, to the millisecond.
    upbeat : Fraction
        Quarters of the meter before in which a theme leads to the bar line, from a moment of the picture on.
    since : Fraction
        That moment, in seconds.
    """

    at: Fraction
    meter: Meter
    who: str = ""
    met: bool = False
    upbeat: Fraction = Fraction(0)
    since: Fraction = Fraction(0)

    def counted(self, unit: Fraction) -> Stretch:
        """Return the stretch without an upbeat that no whole number of units of the meter before can count."""
        return self._replace(at=self.since, upbeat=Fraction(0)) if self.upbeat % unit else self


def stretches(scene: Scene, palette: Palette, wish: Wish, story: Story | None = None) -> tuple[Stretch, ...]:
    """Return the stretches of a scene, the first from 0; only one where the scene fixes its meter.

    All changes are weighed together: each theme that leads loses likeness for every second in which the meter is not its own, and the
    one that came last counts most. A change costs more than a few seconds of that, the next one more than the one before.

    Parameters
    ----------
    wish : Wish
        The tempo, by which lengths in bars are judged.
    """
    first = Stretch(Fraction(0), choose_meter(scene, palette, story))
    if scene.meter is not None:
        return (first,)
    people = tuple(presences(scene, wish, story))
    if all(it.loss(first.meter) <= 0 for it in people):
        return (first,)
    return _Plan(scene, wish, first, people).best()


class _Plan:
    """Finds the stretches of least loss: dynamic programming over the places where the meter may change."""

    __slots__ = ("doors", "edges", "first", "people", "scene", "wish")

    def __init__(self, scene: Scene, wish: Wish, first: Stretch, people: Sequence[Presence]) -> None:
        """Gather where the meter may change."""
        self.scene, self.wish, self.first, self.people = scene, wish, first, people
        self.doors = [door for door in doors(scene, people) if 0 < door.at < scene.length]
        spans = [it.span for it in people]
        self.edges = sorted({Fraction(0), scene.length, *(e for span in spans for e in (span.start, span.end) if 0 < e < scene.length)})

    def best(self) -> tuple[Stretch, ...]:
        """Return the stretches of least loss; of equal ones the fewest."""
        known: list[tuple[float, tuple[Stretch, ...]]] = [(0.0, (self.first,))]
        for door in self.doors:
            known += [
                (round(loss + self._lost(way[-1], door.at), 6), (*way, after))
                for loss, way in list(known)
                for after in self._after(door, way)
                if self._long(way[-1], door.at)
            ]
            known = self._kept(known, door.at)
        ends = [(loss + self._lost(way[-1], self.scene.length) + _cost(len(way)), len(way), way) for loss, way in known if self._ends(way)]
        return min(ends, key=lambda end: (round(end[0], 6), end[1]))[2]

    def _kept(self, known: Sequence[tuple[float, tuple[Stretch, ...]]], at: Fraction) -> list[tuple[float, tuple[Stretch, ...]]]:
        """Return for each last stretch and number of changes the way of least loss."""
        found: dict[tuple[Fraction, Meter, int], tuple[float, tuple[Stretch, ...]]] = {}
        for loss, way in known:
            key = (way[-1].at, way[-1].meter, len(way))
            if key not in found or loss < found[key][0]:
                found[key] = (loss, way)

        def rank(one: tuple[float, tuple[Stretch, ...]]) -> tuple[float, int]:
            return round(one[0] + self._lost(one[1][-1], at) + _cost(len(one[1])), 6), len(one[1])

        return sorted(found.values(), key=rank)[:_KEPT]

    def _after(self, door: Door, way: Sequence[Stretch]) -> Iterator[Stretch]:
        """Go through what may begin at a door: the meter of the one who comes, or after a silence or a departure of anyone who is there."""
        here = {it.theme.meter: it for it in self.people if it.uses(door)}
        for meter, it in here.items():
            if meter != way[-1].meter:
                yield self._begun(door, meter, it.who.name, way[-1].meter)

    def _begun(self, door: Door, meter: Meter, who: str, before: Meter) -> Stretch:
        """Return the stretch that begins at a door, or where a pickup leads from there in the meter before, if no hit is on that way."""
        plain = Stretch(door.at, meter, who, door.met)
        if not door.pickup:
            return plain
        beats = float(door.pickup / felt_beat(before))
        at = Fraction(round(self.wish.when(self.wish.until(float(door.at)) + beats), 3)).limit_denominator(1000)
        hits = [hit.at for hit in self.scene.hits if door.at < hit.at < at + _BESIDE]
        if not hits:
            return Stretch(at, meter, who, met=True, upbeat=door.pickup, since=door.at)
        return Stretch(hits[0], meter, who, met=True) if hits[0] > at - _BESIDE else plain

    def _long(self, stretch: Stretch, until: Fraction) -> bool:
        """Tell whether a stretch lasts long enough to be one."""
        seconds = float(until - stretch.at)
        beats = self.wish.until(float(until)) - self.wish.until(float(stretch.at))
        return seconds >= _LEAST and beats >= float(stretch.meter.bar / felt_beat(stretch.meter)) * (_BARS - 0.5)

    def _ends(self, way: Sequence[Stretch]) -> bool:
        return len(way) == 1 or self._long(way[-1], self.scene.length)

    def _lost(self, stretch: Stretch, until: Fraction) -> float:
        """Return the likeness that themes lose in a stretch, times seconds."""
        return sum(float(end - start) * self._weighed(start, stretch.meter) for start, end in self._pieces(stretch.at, until))

    def _pieces(self, start: Fraction, end: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
        yield from pairwise([start, *(edge for edge in self.edges if start < edge < end), end])

    def _weighed(self, at: Fraction, meter: Meter) -> float:
        here = [it for it in self.people if at in it.span]
        last = max((it.span.start for it in here), default=Fraction(0))
        return sum(it.loss(meter) * (1.0 if it.stated or it.span.start == last else _EARLIER) for it in here)


def _cost(stretches: int) -> float:
    """Return what so many stretches cost: one that goes and comes back as much as two changes, all further ones twice as much."""
    changes = stretches - 1
    return _CHANGE * (changes + max(changes - 2, 0))
