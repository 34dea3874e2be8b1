"""Slots: which occasions are taken, and how much room each theme has, before it is decided how it sounds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from motifgen.compose.planning.forms import grid
from motifgen.compose.planning.occasions import FRAGMENTS, Occasion
from motifgen.compose.planning.survey import Survey
from motifgen.theory.time import Span

MINUTE = 60
OFTEN = 3
SPUN = 2
IDLE = ("develop", "again", "memory")
REST = {"develop": 3, "again": 3, "memory": 3, "hint": 3, "turn": 1, "return": 1, "coda": 1, "emotion": 4, "bridge": 1}
#: What is to be known for the theme by a few notes of it alone.
REMEMBERED = ("hint", "memory", "coda", "bridge")
LONG = 75


@dataclass(frozen=True, slots=True)
class Slot:
    """A taken occasion.

    Parameters
    ----------
    occasion : Occasion
    start : Fraction
        Where the theme's first note begins, its pickup included.
    length : Fraction
        Quarters that are kept free for it.
    inner : bool
        Whether it may only move in an inner voice, because words are spoken.
    """

    occasion: Occasion
    start: Fraction
    length: Fraction
    inner: bool = False
    span: Span = field(init=False, repr=False, compare=False)
    first: int = field(init=False, repr=False, compare=False)
    last: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the span, and its ends in whole numbers: they are asked for at every comparison."""
        end = self.start + self.length
        object.__setattr__(self, "span", Span(self.start, end))
        object.__setattr__(self, "first", grid(self.start))
        object.__setattr__(self, "last", grid(end))

    @property
    def developed(self) -> bool:
        """Tell whether it has room for a theme that goes on beyond its close."""
        return self.occasion.kind == "develop"


def place(survey: Survey, occasion: Occasion, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> Slot | None:
    """Return the first place at which an occasion fits among others, with the room that it may have there."""
    for at, inner in _places(survey, occasion):
        slot = slot_of(survey, occasion if at is occasion.at else occasion._replace(at=at, wished=occasion.at), inner=inner)
        if occasion.exact:
            return _squeezed(survey, slot, taken, fixed)
        if occasion.kind == "climax":
            slot = _height(survey, slot, taken, fixed)
        if fits(survey, slot, taken, fixed):
            return grown(survey, slot, taken, fixed)
    return None


def grown(survey: Survey, slot: Slot, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> Slot:
    """Return a slot that fits with more room, if its theme is ripe for development: to be heard again becomes to be developed."""
    occasion = slot.occasion
    if occasion.kind not in ("again", "memory", "bridge") or not _ripe(survey, occasion, taken):
        return slot
    if occasion.kind != "again":
        return _widened(survey, slot, taken, fixed)
    wide = replace(slot, occasion=occasion._replace(kind="develop"), length=SPUN * slot.length)
    return wide if fits(survey, wide, taken, fixed) else slot


def _widened(survey: Survey, slot: Slot, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> Slot:
    """Return a fragment's slot with room for a phrase that goes on, with a bar of rest behind it, if there is as much."""
    theme = survey.forms(slot.occasion.who.key, slot.occasion.at).after().duration
    bar = survey.spotting.bar_at(slot.start).meter.bar
    wider = (replace(slot, length=theme * times + bar) for times in (SPUN, Fraction(3, 2), 1))
    return next((wide for wide in wider if fits(survey, wide, taken, fixed)), slot)


def _ripe(survey: Survey, occasion: Occasion, taken: tuple[Slot, ...]) -> bool:
    """Tell whether a theme may be developed: heard whole twice (once, for a piece of it), and not developed when it was last heard."""
    own = sorted((it for it in taken if it.occasion.who == occasion.who and it.start < occasion.at), key=lambda it: it.start)
    whole = sum(it.occasion.kind not in FRAGMENTS for it in own)
    return survey.heard.get(occasion.who.key, 0) + whole > (occasion.kind not in FRAGMENTS) and not (own and own[-1].developed)


def _height(survey: Survey, slot: Slot, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> Slot:
    """Return the climax with room for an augmentation; else for the plain theme; else for what a fragment needs."""
    forms = survey.forms(slot.occasion.who.key, slot.occasion.bar_line(survey))
    least = min(slot.length, forms.theme.pickup + forms.head(4))
    wider = (replace(slot, start=slot.start - (slot.occasion.at - slot.start), length=2 * slot.length), slot)
    return next((it for it in wider if fits(survey, it, taken, fixed)), replace(slot, length=least))


def _places(survey: Survey, occasion: Occasion) -> Iterator[tuple[Fraction, bool]]:
    """Yield where the theme may begin: as wished, then later bar lines; an entrance may wait, or hide under the words."""
    yield occasion.at, False
    if occasion.exact or occasion.kind in (*IDLE, "build"):
        return
    if occasion.kind == "climax":
        yield from ((line, False) for line in _heights(survey, occasion.at))
        return
    if occasion.kind == "coda":
        yield from ((line, False) for line in reversed([line for line in survey.lines if line < occasion.at][-3:]))
        return
    inside = [survey.lines[i] for i in survey.bars_in(occasion.present)]
    ahead = inside[bisect_right(inside, occasion.at) :]
    before = inside[: bisect_left(inside, occasion.at)] if occasion.kind == "enter" else []
    patient = occasion.kind in ("enter", "bond")
    if occasion.kind == "emotion":
        # An emotional state may sound anywhere while the arc is near it, best in bars of its own.
        ahead.sort(key=lambda line: survey.foreign(occasion.who.key, line, occasion.present))
    # A hint may wait until the next is due, others for three bars.
    wait = {"emotion": len(ahead), "hint": 7}.get(occasion.kind, 3)
    yield from ((line, False) for line in ([*before, *ahead] if patient else ahead[:wait]))
    if patient:
        yield from ((bar.start + beat * bar.meter.beat, False) for bar in survey.bars for beat in range(bar.meter.beats))
        yield from ((line, True) for line in inside)


def _heights(survey: Survey, at: Fraction) -> Iterator[Fraction]:
    """Yield where else the climax may be told: before a blow that leaves it no room, or a bar after the silence that holds its upbeat."""
    climax = survey.climax
    if climax is not None:
        held = survey.silent(Span(max(at - 1, Fraction(0)), at))
        yield from (line for line in survey.lines if climax.start <= line < at or (held and at < line < climax.end))


def slot_of(survey: Survey, occasion: Occasion, *, inner: bool) -> Slot:
    """Return an occasion with the room that the plain theme takes, or as much of it as a fragment has."""
    forms = survey.forms(occasion.who.key, occasion.bar_line(survey))
    theme = forms.theme
    if occasion.kind in REMEMBERED:
        plain = survey.forms(occasion.who.key, occasion.at, plain=True)
        notes = plain.enough(occasion.notes, occasion.who.keep)
        occasion = occasion if notes == occasion.notes else occasion._replace(notes=notes)
    length = forms.head(occasion.notes) if occasion.kind in FRAGMENTS else forms.after().duration
    start = occasion.at if occasion.exact else occasion.at - theme.pickup
    return Slot(occasion, start, length, inner)


def _squeezed(survey: Survey, slot: Slot, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> Slot | None:
    """Return a slot that is fixed by a hit, with what room there is; none when that is less than a quarter."""
    stops = (*survey.spotting.rests, *survey.kept)
    ends = [stop.start for stop in stops if stop.start > slot.occasion.at]
    ends += [start for start in [*(it.start for it in taken), *(it.start for it in fixed)] if start > slot.occasion.at]
    room = min([slot.length, survey.end - slot.start, slot.occasion.present.end - slot.start, *(end - slot.start for end in ends)])
    blocked = any(slot.occasion.at in other for other in (*stops, *(it.span for it in fixed)))
    return None if blocked or room < 1 else replace(slot, length=room)


def fits(survey: Survey, slot: Slot, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> bool:
    """Tell whether a slot fits among others: one melody at a time, no words, rest for the ear, nothing in a hush."""
    # What costs least to ask, and fails most often, is asked first.
    others = (*taken, *fixed)
    if any(slot.first < other.last and other.first < slot.last for other in others):
        return False
    span, present = slot.span, slot.occasion.present
    if span.start < present.start or span.end > min(present.end, survey.end) or survey.closed(span):
        return False
    if survey.speaking(span) != slot.inner:
        return False
    if survey.turning(Span(slot.occasion.at, span.end)) or _before_entrance(slot, taken) or _breaks_hush(survey, slot):
        return False
    if slot.occasion.kind in IDLE and survey.foreign(slot.occasion.who.key, slot.occasion.at, present):
        # What nothing in the story asks for is kept for bars of its own.
        return False
    return _rested(survey, slot, others) and _breathes(survey, slot, others) and _seldom(survey, slot, others)


def _before_entrance(slot: Slot, taken: tuple[Slot, ...]) -> bool:
    """Tell whether a theme would sound before its owner's entrance; a hint may."""
    if slot.occasion.cast is None or slot.occasion.kind in ("hint", "enter", "bond"):
        return False
    entrances = [it.first for it in taken if it.occasion.kind in ("hit", "enter", "bond") and it.occasion.cast == slot.occasion.cast]
    return bool(entrances) and slot.first < min(entrances)


def _breaks_hush(survey: Survey, slot: Slot) -> bool:
    """Tell whether a theme would begin in the hush before a shock, or in the bar after it, which belongs to the blow."""
    if slot.occasion.kind == "enter":
        return False
    if slot.occasion.kind == "climax":
        return any(hush.start < slot.occasion.at < hush.end for hush in survey.hushes)
    return any(hush.start <= slot.start < hush.end + survey.spotting.bar_at(hush.end).meter.bar for hush in survey.hushes)


def _rested(survey: Survey, slot: Slot, taken: tuple[Slot, ...]) -> bool:
    """Tell whether the theme has been away long enough: bars by the kind of occasion."""
    bars = REST.get(slot.occasion.kind, 0)
    if slot.occasion.kind in IDLE:
        # In a long scene a theme that came back every few bars would be worn out long before the end.
        bars += int(survey.spotting.scene.length // LONG)
    own = [other for other in taken if other.occasion.who.key == slot.occasion.who.key]
    if not own:
        return True
    return _apart(slot, own, bars * survey.spotting.bar_at(slot.start).meter.bar)


def _breathes(survey: Survey, slot: Slot, taken: tuple[Slot, ...]) -> bool:
    """Tell whether the ear has a bar without a theme on either side of one for which nothing in the story asks."""
    if slot.occasion.kind not in IDLE:
        return True
    return _apart(slot, taken, survey.spotting.bar_at(slot.start).meter.bar)


def _apart(slot: Slot, others: Iterable[Slot], quarters: Fraction) -> bool:
    """Tell whether so many quarters lie between a slot and each of others."""
    least = grid(quarters)
    return all(slot.first - other.last >= least or other.first - slot.last >= least for other in others)


def _seldom(survey: Survey, slot: Slot, taken: tuple[Slot, ...]) -> bool:
    """Tell whether the theme stays within three full statements in any minute of which this would be one."""
    if slot.occasion.kind in FRAGMENTS:
        return True
    own = [other for other in taken if other.occasion.who.key == slot.occasion.who.key and other.occasion.kind not in FRAGMENTS]
    if len(own) < OFTEN:
        return True
    tempo = survey.spotting.tempo
    here = tempo.instant(slot.start)
    times = sorted([here, *(tempo.instant(other.start) for other in own)])
    return all(round(last - first, 6) > MINUTE or not first <= here <= last for first, last in zip(times, times[OFTEN:], strict=False))
