"""Echoes: chords that answer chords before them, because a fragment climbs, an ostinato turns, or a sequence is planned."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Listed
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from motifgen.chance import Chance
from motifgen.compose.desk import BarSpan, Plan, Section
from motifgen.compose.harmony.dialect import Dialect
from motifgen.compose.harmony.rhythm import wanted
from motifgen.compose.harmony.sequences import Sequence, moved, sequences
from motifgen.compose.harmony.slots import Slot
from motifgen.compose.harmony.songs import Song
from motifgen.motif.motif import Motif
from motifgen.theory.chord import DegreeChord
from motifgen.theory.time import Span

BUILDING = ("build", "continuation")
MEMBERS, SHARE = 3, 0.75
PLANNED, ANSWERED, LOOPED = 4.0, 1.8, 1.2
ROCKING, SHUNNED = 4, -0.8
WINDOW, OFTEN, TONIC_OFTEN, TIRING = 8, 2, 3, 0.8
_WORDS = ("", "a step", "a third", "a fourth", "a fifth", "a sixth", "a seventh")


class Echo(NamedTuple):
    """A stretch whose chords are those of an earlier place, some scale steps higher; ``why`` is for the ledger."""

    span: Span
    source: Fraction
    steps: int
    weight: float
    why: str


class Planned(NamedTuple):
    """A chord of a sequence that is planned for a stretch."""

    span: Span
    chord: DegreeChord
    why: str


def climbing(songs: Listed[Song]) -> Iterator[Echo]:
    """Yield an echo for every statement that is the one before it, moved by scale steps, within a bar of its end."""
    base, total = None, 0
    for one, other in pairwise(songs):
        steps = _steps(one, other)
        if not steps:
            base, total = None, 0
            continue
        base, total = base or one, total + steps
        if not (base.fixed or other.fixed):
            why = f"sequence with {other.statement.who.key}: {_WORDS[abs(steps) % 7]} {'higher' if steps > 0 else 'lower'}"
            yield Echo(other.span, base.span.start, total, ANSWERED, why)


def _steps(one: Song, other: Song) -> int:
    """Return how many scale steps a statement lies above the one before, 0 where it is no transposition of it in the same key."""
    here, there = one.statement, other.statement
    near = one.span.end <= other.span.start <= one.span.end + one.statement.motif.meter.bar
    if here.who != there.who or here.key != there.key or not near:
        return 0
    first, second = here.motif, there.motif
    count = min(len(first.notes), len(second.notes))
    if count < 3 or [note.duration for note in first.notes[:count]] != [note.duration for note in second.notes[:count]]:
        return 0
    return _apart(first, second, count)


def _apart(first: Motif, second: Motif, count: int) -> int:
    degrees = zip(first.notes[:count], second.notes[:count], strict=True)
    gaps = {(b.degree.step - a.degree.step) if a.degree and b.degree else None for a, b in degrees if a.degree or b.degree}
    gap = gaps.pop() if len(gaps) == 1 else None
    return gap if gap and abs(gap) < 7 else 0


def loops(plan: Plan, speech: Dialect, stretch: Span) -> Iterator[Echo]:
    """Yield the rounds of ostinato harmony in the sections of a stretch, where the dialect has them; the last bar goes its own way."""
    for section in plan.sections if speech.loop else ():
        inside = [bar for bar in plan.spotting.bars if bar.start in section.span and bar.start in stretch and bar.end <= stretch.end]
        for number, bar in enumerate(inside[:-1]):
            first = inside[number % speech.loop]
            if number >= speech.loop and bar.meter == first.meter:
                yield Echo(Span(bar.start, bar.end), first.start, 0, LOOPED, "ostinato harmony")


def planned(plan: Plan, speech: Dialect, songs: Listed[Song], stretch: Span) -> Iterator[Planned]:
    """Yield the chords of sequences that are planned for bars without a theme, where the music builds or goes on."""
    rows = [row for row in sequences().values() if speech.syntax in row.syntax]
    for section, bars in _free(plan, songs, stretch) if rows and not speech.drone else ():
        chance = Chance(plan.spotting.scene.seed, plan.spotting.scene.id, bars[0].number, "sequence")
        affect = plan.spotting.affect(bars[0].start)
        row = chance.weighted(rows, [0.01 + row.nearness(affect) for row in rows])
        places = _places(plan, speech, bars, len(row.pattern))
        if places and chance.unit() < SHARE:
            yield from _laid(row, section, places)


def _free(plan: Plan, songs: Listed[Song], stretch: Span) -> Iterator[tuple[Section, list[BarSpan]]]:
    """Yield the runs of bars of building sections in which nothing is sung."""
    sung = [(float(song.span.start), float(song.span.end)) for song in songs]
    for section in (one for one in plan.sections if one.function in BUILDING):
        run: list[BarSpan] = []
        bars = [bar for bar in plan.spotting.bars if bar.start in section.span and bar.start in stretch]
        for bar in bars:
            begin, until = float(bar.start), float(bar.end)
            if bar.end > min(section.span.end, stretch.end) or any(start < until and begin < end for start, end in sung):
                if run:
                    yield section, run
                run = []
            else:
                run.append(bar)
        if run:
            yield section, run


def _places(plan: Plan, speech: Dialect, bars: Listed[BarSpan], size: int) -> list[Span]:
    """Return where the chords of a sequence stand: a bar each where they last that long, else an accent; none where too few fit."""
    spotting, bar = plan.spotting, bars[0]
    seconds = float(spotting.seconds(bar.end) - spotting.seconds(bar.start))
    whole = [Span(one.start, one.end) for one in bars]
    parts = [one.start + accent for one in bars for accent in one.meter.accents]
    halves = [Span(a, b) for a, b in pairwise([*parts, bars[-1].end])]
    long = wanted(speech.rhythm, spotting.affect(bar.start)) >= SHARE * seconds
    options = (whole, halves) if long else (halves, whole)
    return next((places for places in options if len(places) >= MEMBERS * size), [])


def _laid(row: Sequence, section: Section, places: Listed[Span]) -> Iterator[Planned]:
    size = len(row.pattern)
    for number in range(len(places) // size):
        why = f"sequence: {row.name}, member {number + 1}"
        for span, chord in zip(places[number * size :], row.member(number, section.key.mode), strict=False):
            yield Planned(span, chord, why)
            why = ""


def asked(slots: Listed[Slot], chords: Listed[Planned]) -> tuple[Slot, ...]:
    """Return slots of which those under a planned chord are asked for it."""
    found = []
    for slot in slots:
        one = next((one for one in chords if slot.span.start in one.span), None)
        first = one is not None and slot.span.start == one.span.start
        if one and slot.fixed is None:
            found.append(slot._replace(hint=one.chord, hinted=PLANNED, echo=one.why if first else "", due=first))
        else:
            found.append(slot)
    return tuple(found)


def varied(slots: Listed[Slot], chords: Listed[DegreeChord]) -> tuple[Slot, ...]:
    """Return slots of which those where two roots go to and fro for the second time are asked for anything else.

    A phrase that rocks between two chords stands still; where rocking is meant, chords are hinted at or fixed.
    """
    roots = [chord.within(slot.key).root.semitone for slot, chord in zip(slots, chords, strict=True)]
    runs = [at for at in range(len(slots)) if not at or roots[at] != roots[at - 1]]
    found, left = list(slots), 0
    for turn, (start, end) in enumerate(pairwise([*runs, len(slots)])):
        heard = [roots[at] for at in runs[max(turn - 3, left) : turn + 1]]
        free = all(slot.hint is None and slot.fixed is None and not (slot.goal or slot.home or slot.turn) for slot in slots[start:end])
        if len(heard) == ROCKING and heard[:2] == heard[2:] and free:
            left = turn
            for at in range(start, end):
                found[at] = slots[at]._replace(hint=chords[at], hinted=SHUNNED)
    return tuple(found)


def worn(slots: Listed[Slot], chords: Listed[DegreeChord]) -> tuple[Slot, ...]:
    """Return slots in which roots cost the more the oftener they were heard just before: a phrase that circles looks for another way.

    The tonic may be heard as often as not; every other root in a quarter of the last chords.
    """
    roots = [chord.within(slot.key).root.semitone for slot, chord in zip(slots, chords, strict=True)]
    runs = [at for at in range(len(slots)) if not at or roots[at] != roots[at - 1]]
    found = list(slots)
    for turn, (start, end) in enumerate(pairwise([*runs, len(slots)])):
        counts = Counter(roots[at] for at in runs[max(turn - WINDOW, 0) : turn])
        for at in range(start, end):
            slot = slots[at]
            if slot.hint is None and slot.fixed is None and not (slot.goal or slot.home or slot.turn):
                found[at] = slot._replace(whim=_tired(slot, counts))
    return tuple(found)


def _tired(slot: Slot, counts: Mapping[int, int]) -> tuple[float, ...]:
    tonic = slot.key.tonic.semitone
    over = (max(0, counts[(tonic + above) % 12] - (TONIC_OFTEN if not above else OFTEN)) for above in range(12))
    return tuple(old + TIRING * more for old, more in zip(slot.whim or (0.0,) * 12, over, strict=True))


def answered(slots: Listed[Slot], chords: Listed[DegreeChord], echoes: Listed[Echo]) -> tuple[Slot, ...]:
    """Return slots of which those in an echo are asked for the chords found at its source, and those at sources for their own."""
    starts = [slot.span.start for slot in slots]
    found = list(slots)
    for number, slot in enumerate(slots):
        echo = next((one for one in reversed(echoes) if slot.span.start in one.span), None)
        if echo is None or slot.fixed is not None:
            continue
        place = echo.source + slot.span.start - echo.span.start
        source = max(bisect_right(starts, place) - 1, 0)
        hint = moved(chords[source], echo.steps, slot.key.mode) if echo.steps else chords[source]
        said = echo.why if slot.span.start == echo.span.start else ""
        found[number] = slot._replace(hint=hint, hinted=echo.weight, echo=said)
        if found[source].fixed is None and not found[source].echo and source < number:
            found[source] = found[source]._replace(hint=chords[source], hinted=max(found[source].hinted, echo.weight))
    return tuple(found)
