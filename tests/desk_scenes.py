"""Scenes built by hand up to their harmony, for the tests of the later steps."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from motifgen.compose.desk import ChordSpan, Harmony, Plan, Section, Spotting, Statement
from motifgen.compose.spotting import spot
from motifgen.motif.motif import Motif
from motifgen.motif.notation import read
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Hit, Scene
from motifgen.theory.chord import Chord
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

KEY = Key.parse("D minor")
HERO = Character("hero", read("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", KEY))
FRIEND = Character("friend", read("A4/h F4/q G4/q | A4/w", KEY), voice=("clarinet",))
CHORDS = ("Dm", "Bb", "F", "C", "Gm", "Dm", "A", "Dm")
SHAPE = (("intro", 0.2), ("statement", 0.4), ("build", 0.65), ("climax", 1.0), ("release", 0.4), ("coda", 0.2))


def scene(style: str = "orchestral", seconds: int = 90, **changes: object) -> Scene:
    """Return a scene that rises to four fifths of its length and falls again."""
    arc = Arc.of((0, "calm"), (seconds * 0.35, "unease"), (seconds * 0.75, "battle"), (seconds * 0.85, "grief"), (seconds, "peace"))
    hits = (Hit(Fraction(seconds * 3, 5), "accent"), Hit(Fraction(seconds * 4, 5), "stinger"))
    return Scene("1m1", Fraction(seconds), style=style, **{"arc": arc, "hits": hits, **changes})  # type: ignore[arg-type]


def planned(spotting: Spotting, *, by: str = "") -> Plan:
    """Return a plan with six sections and a statement every four bars."""
    bars = spotting.bars
    marks = [round(len(bars) * share) for share in (0, 0.1, 0.35, 0.6, 0.8, 0.9, 1)]
    ends = [bars[m].start if m < len(bars) else max(bars[-1].end, spotting.end) for m in marks]
    spans = [Span(start, end) for start, end in pairwise(ends)]
    sections = tuple(
        Section(span, name, KEY, spotting.affect(span.start), level)
        for span, (name, level) in zip(spans, SHAPE, strict=True)
        if span.length
    )
    stated = [bar for bar in bars[2:-2:4] if bar.start + 8 < spotting.end]
    return Plan(spotting, sections, tuple(_statement(number, bar.start, by) for number, bar in enumerate(stated)))


def _statement(number: int, at: Fraction, by: str) -> Statement:
    who = FRIEND if number % 3 == 1 else HERO
    treatment = "counter" if number % 5 == 4 else "theme"
    assert isinstance(who.motif, Motif)
    return Statement(who, "lead", who.motif, KEY, at, treatment, (), "it is their scene", 1.0, 0.8, by if number == 0 else "")


def harmonised(plan: Plan) -> Harmony:
    """Return a chord a bar."""
    end = plan.spotting.end
    spans = [Span(bar.start, min(bar.end, end)) for bar in plan.spotting.bars if bar.start < end]
    chords = [ChordSpan(span, Chord.parse(CHORDS[n % len(CHORDS)]), KEY) for n, span in enumerate(spans)]
    return Harmony(plan, tuple(chord for chord in chords if not plan.spotting.silent(chord.span.start)))


def harmony_of(style: str = "orchestral", seconds: int = 90, *, by: str = "", **changes: object) -> Harmony:
    """Return the harmony of such a scene in a style."""
    return harmonised(planned(spot(scene(style, seconds, **changes)), by=by))


def restyled(harmony: Harmony, **changes: object) -> Harmony:
    """Return a harmony whose palette has other fields."""
    spotting = replace(harmony.plan.spotting, palette=replace(harmony.plan.spotting.palette, **changes))  # type: ignore[arg-type]
    return replace(harmony, plan=replace(harmony.plan, spotting=spotting))
