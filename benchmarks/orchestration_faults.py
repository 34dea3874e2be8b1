"""What a score does that players, ears and listeners object to, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

import numpy as np

from motifgen.compose.desk import Line, ScoreNote, ScorePart, Scoring
from motifgen.compose.texture.outer import parallel
from motifgen.measure.ranks import rank_correlation
from motifgen.theory.spacing import LOW_LIMITS

BREATH = 0.12
MUD = re.compile(r"bars? (\d+)(?: to (\d+))?: .*mud")
MOVES = 0.5
CHORDAL = frozenset({"pad", "bass"})


@dataclass(slots=True)
class Tally:
    """What was counted in a style: sums by name, and one figure a scene by name."""

    sums: Counter[str] = field(default_factory=Counter)
    each: dict[str, list[float]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.sums.update(other.sums)
        for name, values in other.each.items():
            self.each.setdefault(name, []).extend(values)


def judged(score: Scoring) -> Tally:
    """Return all figures of a score."""
    tally = Tally()
    for part in score.parts:
        tally.sums.update(_playability(part, score))
    tally.sums.update(_muddy(score))
    tally.sums.update(_parallels(score))
    tally.sums.update(_lead(score))
    tally.each = dict(_curves(score))
    return tally


def _playability(part: ScorePart, score: Scoring) -> Iterator[str]:
    """Yield the name of everything that a player cannot do; every note is one ``notes``."""
    instrument, seconds = part.instrument, score.texture.harmony.plan.spotting.seconds
    held: list[ScoreNote] = []
    since = last = Fraction(-9)
    for note in part.notes:
        yield "notes"
        held = [other for other in held if other.end > note.onset] + [note]
        if not instrument.low <= note.pitch.midi <= instrument.high:
            yield "out of range"
        if len(held) > instrument.polyphony or len({other.pitch.midi for other in held}) < len(held):
            yield "impossible at once"
        if instrument.breath:
            start, end = seconds(note.onset), seconds(note.end)
            since = start if start - last >= BREATH else since
            last = max(last, end)
            if last - since > instrument.breath:
                yield "without breath"
                since = last


def _muddy(score: Scoring) -> Iterator[str]:
    """Yield ``moments`` for every place where something begins, ``mud`` where two voices are too close for their depth."""
    notes = [note for part in score.parts if not part.instrument.drums for note in part.notes]
    meant = {bar for first, last in MUD.findall("\n".join(score.warnings)) for bar in range(int(first), int(last or first) + 1)}
    bar_at = score.texture.harmony.plan.spotting.bar_at
    low = sorted((note for note in notes if note.pitch.midi < max(LOW_LIMITS) + 12), key=lambda note: note.onset)
    held: list[ScoreNote] = []
    places = sorted({note.onset for note in low})
    coming = iter(low)
    following = next(coming, None)
    for place in places:
        while following is not None and following.onset <= place:
            held.append(following)
            following = next(coming, None)
        held = [note for note in held if note.end > place]
        keys = sorted({note.pitch.midi for note in held})
        yield "moments"
        if any(0 < high - low < 12 and low < LOW_LIMITS[high - low] for low, high in pairwise(keys)):
            yield "mud meant" if bar_at(place).number in meant else "mud"


def _sounding(notes: Sequence[ScoreNote], at: Fraction) -> list[ScoreNote]:
    return [note for note in notes if note.onset <= at < note.end]


def _parallels(score: Scoring) -> Iterator[str]:
    """Yield ``moves`` for every step of two outer voices, and ``parallels`` where they go in fifths or octaves."""
    lines = score.texture.lines
    for line in lines:
        if line.role == "pad" and line.statement < 0:
            chords = [_sounding(line.notes, at) for at in sorted({note.onset for note in line.notes})]
            yield from _outer([(min(keys), max(keys)) for chord in chords if len(keys := [note.pitch.midi for note in chord]) > 1])
    basses = [line for line in lines if line.role == "bass"]
    for theme in (line for line in lines if line.role == "melody"):
        for bass in basses:
            yield from _outer(list(_together(theme, bass)))


def _together(theme: Line, bass: Line) -> Iterator[tuple[int, int] | None]:
    """Yield bass and melody where the bass begins a note; nothing where the melody rests."""
    for note in bass.notes:
        above = _sounding(theme.notes, note.onset)
        yield (note.pitch.midi, above[0].pitch.midi) if above else None


def _outer(keys: Sequence[tuple[int, int] | None]) -> Iterator[str]:
    for one, other in pairwise(keys):
        if one is None or other is None:
            continue
        yield "moves"
        if parallel(*one, *other):
            yield "parallels"


def _lead(score: Scoring) -> Iterator[str]:
    """Yield ``sung`` for every eighth in which a theme sounds, and ``heard`` where it is highest, loudest, or the liveliest line."""
    bars = score.texture.harmony.plan.spotting.bars
    theme_of = [(note, part) for part in score.parts for note in part.notes if note.statement >= 0]
    leads = {i for i, statement in enumerate(score.texture.harmony.plan.statements) if statement.treatment in {"theme", "fragment"}}
    themes = [note for note, _ in theme_of if note.statement in leads]
    others = [(note, part) for part in score.parts if not part.instrument.drums for note in part.notes if note.statement not in leads]
    onsets = {bar.number: _busiest(score, bar.start, bar.end) for bar in bars}
    spotting = score.texture.harmony.plan.spotting
    order = sorted(others, key=lambda other: other[0].onset)
    at = 0
    held: list[tuple[ScoreNote, ScorePart]] = []
    for place in sorted(
        {Fraction(n, 2) for note in themes for n in range(int(note.onset * 2), int(note.end * 2)) if Fraction(n, 2) >= note.onset}
    ):
        while at < len(order) and order[at][0].onset <= place:
            held.append(order[at])
            at += 1
        held = [other for other in held if other[0].end > place]
        own = [note for note in themes if note.onset <= place < note.end]
        if not own:
            continue
        yield "sung"
        top = max((note.pitch.midi for note, _ in held), default=0)
        loudest = max((note.level for note, _ in held), default=0.0)
        highest = max(note.pitch.midi for note in own) >= top
        louder = max(note.level for note in own) >= loudest
        if highest or louder or onsets[spotting.bar_at(place).number]:
            yield "heard"


def _busiest(score: Scoring, start: Fraction, end: Fraction) -> bool:
    """Tell whether no pitched line moves more than the themes in a bar."""
    counts: Counter[str] = Counter()
    for line in score.texture.lines:
        if line.role != "percussion" and line.notes[0].onset < end and line.notes[-1].end > start:
            moved = len({note.onset for note in line.notes if start <= note.onset < end})
            kind = "theme" if line.role == "melody" else "other"
            counts[kind] = max(counts[kind], moved)
    return counts["theme"] >= counts["other"]


def _curves(score: Scoring) -> Iterator[tuple[str, list[float]]]:
    """Yield how the parts that sound in a bar follow its arousal, and how light the music is under words."""
    spotting = score.texture.harmony.plan.spotting
    scene, bars = spotting.scene, spotting.bars
    middles = [(bar.start + min(bar.end, spotting.end)) / 2 for bar in bars]
    seconds = [spotting.seconds(place) for place in middles]
    arousal = np.array([scene.arc.at(second).arousal for second in seconds])
    spoken = np.array([any(span.start <= second < span.end for span in scene.dialogue) for second in seconds])
    rests = np.array([spotting.silent(place) for place in middles])
    blows = {spotting.bar_at(landing.at).number for landing in spotting.landings if landing.hit.do in {"accent", "stinger"}}
    struck = np.array([not blows.isdisjoint({bar.number, bar.number + 1}) for bar in bars])
    count, weight = np.zeros(len(bars)), np.zeros(len(bars))
    for part in score.parts:
        here = np.zeros(len(bars))
        for note in part.notes:
            first, last = spotting.bar_at(note.onset).number - 1, spotting.bar_at(note.end - Fraction(1, 960)).number - 1
            here[first : last + 1] += 1
            for at in range(first, min(last + 1, len(bars))):
                inside = spotting.seconds(min(note.end, bars[at].end)) - spotting.seconds(max(note.onset, bars[at].start))
                weight[at] += note.level * part.instrument.weight * float(inside)
        count += here if len(score.parts) == 1 else here > 0
    if np.ptp(arousal) >= MOVES:
        free = ~spoken & ~rests & ~struck
        yield "parts and arousal", [rank_correlation(arousal[free], count[free])]
        yield "all bars", [rank_correlation(arousal, count)]
    lengths = np.array([float(spotting.seconds(bar.end) - spotting.seconds(bar.start)) for bar in bars])
    if spoken.any() and not spoken.all() and weight[~spoken].sum() > 0:
        under, around = (weight[where].sum() / lengths[where].sum() for where in (spoken, ~spoken))
        yield "under words", [float(under / around)]
