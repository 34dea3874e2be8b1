"""What all parts of a scene share: clock, phrases, hits, rests, chords and the expression each phrase asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Plan, Scoring, Spotting
from motifgen.compose.performance.palette import Expression, expression_for
from motifgen.compose.performance.strand import Clock, Strand
from motifgen.sketch.tempo_map import to_tick

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONGEST_PHRASE = 4


@dataclass(frozen=True, eq=False)
class Stage:
    """What all parts share.

    Parameters
    ----------
    phrases, sections : NDArray of float
        Boundaries in seconds, from 0 to the scene's end.
    expressions : tuple[Expression, ...]
        One for each phrase.
    turns : NDArray of float
        For each phrase, where it peaks, 0 to 1.
    landings : tuple[tuple[str, int, float], ...]
        What each hit does, its tick, its second.
    rests : tuple[tuple[int, int, str], ...]
        Start and end ticks of what must be silent, and why: ``cut pause silence``.
    chords : NDArray of float
        Rows of (start second, root, tonic, minor, diminished), pitch classes 0 to 11.
    swings : NDArray of int
        Rows of (start tick of a bar, whether its beats swing); none where the style does not swing.
    """

    seed: int
    scene: str
    humanize: float
    clock: Clock
    end: int
    phrases: Floats
    sections: Floats
    expressions: tuple[Expression, ...]
    turns: Floats
    landings: tuple[tuple[str, int, float], ...]
    rests: tuple[tuple[int, int, str], ...]
    chords: Floats
    swings: Ints

    def quantity(self, rule: str, phrase: Ints) -> Floats:
        """Return the k of a rule in phrases, by their numbers."""
        return np.array([getattr(expression, rule) for expression in self.expressions])[phrase]

    def phrase(self, seconds: Floats) -> Ints:
        """Return the number of the phrase at moments."""
        return np.clip(np.searchsorted(self.phrases, seconds + 1e-6, side="right") - 1, 0, len(self.phrases) - 2)

    @cached_property
    def closes(self) -> Floats:
        """For each phrase, how much its close counts: more where a section closes with it."""
        return np.where(np.abs(self.phrases[1:, None] - self.sections[None, :]).min(axis=1) < 1e-3, 1.3, 1.0)

    def hits(self, *do: str) -> list[tuple[int, float]]:
        """Return tick and second of the hits of some kinds."""
        return [(tick, second) for kind, tick, second in self.landings if kind in do]


def stage_for(scoring: Scoring, strands: list[Strand], clock: Clock, phrases: Floats, humanize: float) -> Stage:
    """Return what the parts of a scoring share."""
    plan = scoring.texture.harmony.plan
    spotting = plan.spotting
    end = to_tick(spotting.end)
    landings = tuple(
        (landing.hit.do, tick, float(spotting.tempo.seconds(tick))) for landing in spotting.landings for tick in [to_tick(landing.at)]
    )
    cuts = {tick: do for do, tick, _ in landings if do in ("cut", "pause")}
    rests = tuple((to_tick(rest.start), to_tick(rest.end), cuts.get(to_tick(rest.start), "silence")) for rest in spotting.rests)
    begins = {to_tick(section.span.start) for section in plan.sections}
    sections = clock.seconds(np.array(sorted({0, end} | {tick for tick in begins if 0 < tick < end})))
    expressions = tuple(expression_for(spotting.scene.arc, (a + b) / 2) for a, b in pairwise(phrases.tolist()))
    if spotting.scene.loop:
        expressions = (*expressions[:-1], expressions[-1]._replace(final_ritard=0.0))
    return Stage(spotting.scene.seed, spotting.scene.id, humanize, clock, end, phrases, sections, expressions,
                 _turns(phrases, strands, expressions), landings, rests, _chords(scoring, clock), _swings(spotting))  # fmt: skip


def phrase_bounds(plan: Plan, clock: Clock) -> Floats:
    """Return the seconds where phrases begin, and the end: sections, leading statements, hits, and bar lines where it is long."""
    return clock.seconds(np.array(_phrase_ticks(plan, to_tick(plan.spotting.end), [to_tick(x.at) for x in plan.spotting.landings])))


def _phrase_ticks(plan: Plan, end: int, landings: list[int]) -> list[int]:
    leads = [statement.start for statement in plan.statements if statement.treatment in ("theme", "fragment")]
    begins = {to_tick(at) for at in [section.span.start for section in plan.sections] + leads}
    fixed = sorted({0, end} | {tick for tick in begins | set(landings) if 0 < tick < end})
    bars = [to_tick(bar.start) for bar in plan.spotting.bars]
    kept: list[int] = []
    for start, stop in pairwise(fixed):
        inside = [tick for tick in bars if start < tick < stop]
        parts = -(-(len(inside) + 1) // (LONGEST_PHRASE + 1))
        size = (len(inside) + 1) / parts
        kept += [start, *(inside[round(size * i) - 1] for i in range(1, parts) if 0 < round(size * i) <= len(inside))]
    return sorted({*kept, end}) if end > 0 else [0, 1]


def _turns(phrases: Floats, strands: list[Strand], expressions: tuple[Expression, ...]) -> Floats:
    """Return where each phrase peaks: at the highest note of its melody, kept inside the phrase; else where the palette says."""
    turns = np.array([expression.turn for expression in expressions])
    lines = [strand for strand in strands if strand.part.role == "melody" and strand.pitch.size]
    if not lines:
        return turns
    start = np.concatenate([line.start for line in lines])
    pitch = np.concatenate([line.pitch for line in lines])
    for i, (a, b) in enumerate(pairwise(phrases.tolist())):
        inside = np.flatnonzero((start >= a - 1e-6) & (start < b - 1e-6))
        if inside.size > 2:
            highest = inside[np.argmax(pitch[inside] * 1e6 + start[inside])]
            turns[i] = np.clip((start[highest] - a) / (b - a), 0.25, 0.8)
    return turns


def _swings(spotting: Spotting) -> Ints:
    rows = [(to_tick(bar.start), bar.meter.beat == 1) for bar in spotting.bars] if spotting.palette.swing else []
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _chords(scoring: Scoring, clock: Clock) -> Floats:
    rows = []
    for span in scoring.texture.harmony.chords:
        diminished = span.chord.quality.startswith(("dim", "m7b5"))
        minor = span.chord.quality.startswith("m") and not span.chord.quality.startswith("maj")
        rows.append((to_tick(span.span.start), span.chord.root.semitone, span.key.tonic.semitone, minor, diminished))
    table = np.array(rows or [(0, 0, 0, False, False)], dtype=np.float64)
    table[:, 0] = clock.seconds(table[:, 0])
    return table
