"""The loom: what every generator of lines needs to know of the scene, worked out once."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import BarSpan, ChordSpan, Harmony, Plan, Section, Spotting
from motifgen.orchestra.palette import Palette
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Span, merged

_FORCES = {"tutti": (0.9, 1.0), "chamber": (0.1, 0.45), "piano": (0.1, 0.6)}
_CURVE = 1.5  # most of a scene is thin, so that its height can be full


class Moment(NamedTuple):
    """A bar and what is asked of it.

    Parameters
    ----------
    bar : BarSpan
    end : Fraction
        Where it ends in quarters; the last bar ends with the scene.
    second, seconds : float
        When it begins, and how long it lasts.
    affect : Affect
        What the arc asks in its middle.
    section : Section
    spoken : float
        The share of it that lies under words, 0..1.
    full : float
        How full the fabric should be, 0..1.
    loud : float
        The written dynamic of its middle, 0..1.
    """

    bar: BarSpan
    end: Fraction
    second: float
    seconds: float
    affect: Affect
    section: Section
    spoken: float
    full: float
    loud: float

    @property
    def start(self) -> Fraction:
        """Return where the bar begins."""
        return self.bar.start

    @property
    def key(self) -> Key:
        """Return the key."""
        return self.section.key

    @property
    def pace(self) -> float:
        """Return the seconds of a beat."""
        return self.seconds * float(self.bar.meter.beat / max(self.end - self.start, Fraction(1, 64)))


@dataclass(frozen=True)
class Loom:
    """A harmony, read bar by bar.

    Parameters
    ----------
    harmony : Harmony
    moments : tuple[Moment, ...]
        One for every bar that begins before the scene ends.
    spoken : tuple[Span, ...]
        Dialogue, in quarters.
    starts, changes, closes : tuple[float, ...]
        Where moments begin, and where chords begin and end: floats, to be searched quickly.
    """

    harmony: Harmony
    moments: tuple[Moment, ...]
    spoken: tuple[Span, ...]
    starts: tuple[float, ...]
    changes: tuple[float, ...]
    closes: tuple[float, ...]

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.harmony.plan

    @property
    def spotting(self) -> Spotting:
        """Return the spotting."""
        return self.harmony.plan.spotting

    @property
    def palette(self) -> Palette:
        """Return the style."""
        return self.spotting.palette

    def chance(self, *purpose: object) -> Chance:
        """Return the stream of draws for a purpose in this scene."""
        scene = self.spotting.scene
        return Chance(scene.seed, scene.id, "texture", *purpose)

    def index(self, at: Fraction) -> int:
        """Return the index of the moment in which a place lies."""
        return max(bisect_right(self.starts, float(at)) - 1, 0)

    def moment(self, at: Fraction) -> Moment:
        """Return the moment in which a place lies."""
        return self.moments[self.index(at)]

    def chord(self, at: Fraction) -> ChordSpan | None:
        """Return the chord that sounds at a place, if any."""
        where = float(at)
        found = bisect_right(self.changes, where) - 1
        return self.harmony.chords[found] if found >= 0 and where < self.closes[found] else None

    def chords(self, start: Fraction, end: Fraction) -> tuple[ChordSpan, ...]:
        """Return the chords between two places, cut to them."""
        first = max(bisect_right(self.changes, float(start)) - 1, 0)
        found = []
        for item in self.harmony.chords[first:]:
            if item.span.start >= end:
                break
            if item.span.end > start:
                found.append(ChordSpan(Span(max(item.span.start, start), min(item.span.end, end)), item.chord, item.key))
        return tuple(found)

    def loud(self, at: Fraction) -> float:
        """Return the written dynamic at a place, on a straight way between the middles of the bars."""
        where, here = float(at), self.index(at)
        start = self.starts[here]
        share = (where - start) / max(float(self.moments[here].end) - start, 0.01) - 0.5
        other = self.moments[min(max(here + (1 if share > 0 else -1), 0), len(self.moments) - 1)].loud
        return self.moments[here].loud + (other - self.moments[here].loud) * abs(share)

    def under_words(self, at: Fraction) -> bool:
        """Tell whether someone speaks at a place."""
        return any(at in span for span in self.spoken)

    @cached_property
    def sung(self) -> tuple[tuple[tuple[Fraction, Fraction, Pitch], ...], ...]:
        """Return the sounding notes of every statement: onset from its start, duration, pitch."""
        return tuple(s.motif.sounding(s.key) for s in self.plan.statements)

    @cached_property
    def cells(self) -> tuple[tuple[float, float, bool, int], ...]:
        """Return for every statement that sounds its begin and end, whether accompaniments are made of others first, and its index."""
        return tuple(
            (float(s.start), float(s.end), s.treatment not in {"ostinato", "theme"}, index)
            for index, s in enumerate(self.plan.statements)
            if self.sung[index]
        )

    def place(self, moment: Moment) -> int:
        """Return the index of the section in which a moment lies."""
        return self._places[moment.bar.number]

    @cached_property
    def _places(self) -> dict[int, int]:
        sections = [id(section) for section in self.plan.sections]
        return {moment.bar.number: sections.index(id(moment.section)) for moment in self.moments}

    @cached_property
    def themed(self) -> frozenset[int]:
        """Return the numbers of the bars in which a whole theme sounds."""
        spans = [(float(s.start), float(s.end)) for s in self.plan.statements if s.treatment == "theme"]
        bars = ((moment.bar.number, float(moment.start), float(moment.end)) for moment in self.moments)
        return frozenset(number for number, start, end in bars if any(begun < end and until > start for begun, until in spans))

    @cached_property
    def bare(self) -> frozenset[int]:
        """Return the statements beside which no second line sings: the first whole one of every theme, and those that a reveal is for."""
        first: dict[str, int] = {}
        for index, statement in enumerate(self.plan.statements):
            if statement.treatment == "theme":
                first.setdefault(statement.who.key, index)
        reveals = [landing.at for landing in self.spotting.landings if landing.hit.do == "reveal"]
        shown = (
            index
            for index, statement in enumerate(self.plan.statements)
            if statement.treatment in {"theme", "fragment"} and any(abs(statement.start - at) < 2 for at in reveals)
        )
        return frozenset((*first.values(), *shown))

    @cached_property
    def end(self) -> Fraction:
        """Return where the music ends: with the last bar or the scene, whichever is first."""
        return self.moments[-1].end if self.moments else Fraction(0)


def survey(harmony: Harmony) -> Loom:
    """Return the loom of a harmony: every bar with what its section, its affect and the words over it ask."""
    spotting = harmony.plan.spotting
    spoken = merged(Span(spotting.quarter(s.start), spotting.quarter(s.end)) for s in spotting.scene.dialogue)
    moments = tuple(_moment(harmony.plan, bar, spoken) for bar in spotting.bars if bar.start < spotting.end)
    starts = tuple(float(moment.start) for moment in moments)
    changes = tuple(float(item.span.start) for item in harmony.chords)
    return Loom(harmony, moments, spoken, starts, changes, tuple(float(item.span.end) for item in harmony.chords))


def _moment(plan: Plan, bar: BarSpan, spoken: tuple[Span, ...]) -> Moment:
    spotting = plan.spotting
    end = min(bar.end, spotting.end)
    second, until = spotting.seconds(bar.start), spotting.seconds(end)
    affect = spotting.scene.arc.at((second + until) / 2)
    section = plan.section_at(bar.start)
    words = _share(bar.start, end, spoken)
    full = _forced(plan, bar.start, end, _fullness(section, affect)) * (1 - 0.6 * words)
    loud = _loudness(spotting.palette, full, affect, words)
    return Moment(bar, end, float(second), float(until - second), affect, section, words, round(full, 6), loud)


def _share(start: Fraction, end: Fraction, spans: tuple[Span, ...]) -> float:
    if end <= start:
        return 0.0
    covered = sum((max(min(end, s.end) - max(start, s.start), Fraction(0)) for s in spans), Fraction(0))
    return float(covered / (end - start))


def _fullness(section: Section, affect: Affect) -> float:
    """Return how full a bar is: the arousal of the moment above all, a little of its tension, and the section's level.

    A triumph is as full as the fight before it, though nothing is tense in it any more.
    Beginnings and ends are thinner, the less so the more excited they are.
    """
    bright = 0.16 * max(affect.valence, 0.0) * max(affect.power, 0.0) * max(affect.arousal, 0.0)
    felt = min(max(0.4 + 0.52 * affect.arousal + 0.12 * affect.tension + 0.08 * affect.power + bright, 0.0), 1.0)
    wish = math.pow(0.14 * section.level + 0.86 * felt, _CURVE)
    factor = {"silence": 0.0, "underscore": 0.7, "intro": 0.8, "coda": 0.7, "climax": 1.35}.get(section.function, 1.0)
    if section.function in {"intro", "coda"}:
        factor += (1 - factor) * min(max(affect.arousal, 0.0) * 1.5, 1.0)
    return min(max(wish * factor, 0.0), 1.0)


def _forced(plan: Plan, start: Fraction, end: Fraction, full: float) -> float:
    """Return how full a bar is where a statement is given to a force: full for everybody, thin for soloists and a piano."""
    for statement in plan.statements:
        forces = [_FORCES[name] for name in statement.transforms if name in _FORCES]
        if forces and statement.start < end and start < statement.end:
            for least, most in forces:
                full = min(max(full, least), most)
    return full


def _loudness(palette: Palette, full: float, affect: Affect, words: float) -> float:
    """Return the written dynamic; held breath (tense but still) is softer than it is full."""
    breath = 0.15 * affect.tension * max(-affect.arousal, 0.0)
    weight = 0.08 * affect.power * (affect.arousal > 0)
    quiet, loud = palette.dynamics
    share = min(max(math.sqrt(full) * 1.05 - 0.05 + weight + 0.1 * (affect.tension - 0.4) - breath, 0.0), 1.0) * (1 - 0.5 * words)
    return round(quiet + (loud - quiet) * share, 6)
