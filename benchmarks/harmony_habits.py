"""Habits of craft in the harmony of composed scenes, beside the figures of human scores, as a table for ``docs/harmony.md``.

    python benchmarks/harmony_habits.py

The scenes are those of ``examples`` and ``tests/scenes``. Film figures: 61 harmonised film themes (see ``data/progressions.csv``) and
published cadence counts; Bach's: ``benchmarks/harmony.py --only bass``.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from motifgen import read_story
from motifgen.compose.desk import ChordSpan, Harmony, Statement
from motifgen.compose.harmony import harmonise
from motifgen.compose.harmony.cadences import cadence
from motifgen.compose.planning import plan
from motifgen.compose.spotting import spot
from motifgen.story.scene import Scene
from motifgen.theory.progression import common_tones, striking

ROOT = Path(__file__).parent.parent
FAR, TENSE, CALM = 2, 0.6, 0.35


def harmonies() -> Iterator[Harmony]:
    """Yield the harmony of every scene."""
    for path in sorted([*ROOT.glob("examples/*/*.yaml"), *ROOT.glob("tests/scenes/*.yaml")]):
        story = read_story(path)
        yield from (harmonise(plan(spot(scene, story))) for scene in story.scenes if isinstance(scene, Scene))


def moves(harmony: Harmony) -> list[tuple[ChordSpan, ChordSpan]]:
    """Return the chords that follow each other without a rest, and change."""
    return [(one, other) for one, other in pairwise(harmony.chords) if one.span.end == other.span.start and one.chord != other.chord]


def inverted(found: Sequence[Harmony]) -> float:
    """Return the share of chords over another bass than the root."""
    return _share(span.chord.lowest != span.chord.root for harmony in found for span in harmony.chords)


def stepwise(found: Sequence[Harmony]) -> float:
    """Return the share of the bass's moves that are steps; held basses are no moves."""
    sizes = [_apart(one.chord.lowest.semitone, other.chord.lowest.semitone) for harmony in found for one, other in moves(harmony)]
    return _share(size <= 2 for size in sizes if size)


def basses(found: Sequence[Harmony]) -> float:
    """Return the median number of different basses in eight bars."""
    counts = []
    for harmony in found:
        bars = harmony.plan.spotting.bars
        for first, last in zip(bars[::8], bars[7::8], strict=False):
            inside = {span.chord.lowest for span in harmony.chords if first.start <= span.span.start < last.end}
            counts.append(len(inside))
    return statistics.median(counts)


def roots(found: Sequence[Harmony], *classes: int) -> float:
    """Return the share of moves whose roots lie one of some interval classes apart."""
    sizes = [_apart(one.chord.root.semitone, other.chord.root.semitone) for harmony in found for one, other in moves(harmony)]
    return _share(size in classes for size in sizes)


def minor(found: Sequence[Harmony]) -> float:
    """Return the share of chords with a minor third."""
    return _share(span.chord.minor for harmony in found for span in harmony.chords)


def endings(found: Sequence[Harmony]) -> Counter[str]:
    """Return how the themes end."""
    told: Counter[str] = Counter()
    for harmony in found:
        for statement in harmony.plan.statements:
            last = _last(statement)
            here = [span for span in harmony.chords if span.span.start <= last]
            if statement.treatment == "theme" and len(here) > 1:
                told[cadence(here[-2].chord, here[-1].chord, here[-1].key)] += 1
    return told


def authentic(found: Sequence[Harmony]) -> float:
    """Return the share of themes that end with an authentic close, perfect or imperfect."""
    told = endings(found)
    return sum(count for name, count in told.items() if "authentic" in name) / max(told.total(), 1)


def hinges(found: Sequence[Harmony]) -> float:
    """Return the share of moves that hold a common tone."""
    return _share(common_tones(one.chord, other.chord) > 0 for harmony in found for one, other in moves(harmony))


def pedals(found: Sequence[Harmony]) -> float:
    """Return the share of scenes with a pedal."""
    return _share(any("over a pedal" in span.why for span in harmony.chords) for harmony in found)


def turns(found: Sequence[Harmony]) -> float:
    """Return the share of reveals at which the harmony turns."""
    told = []
    for harmony in found:
        at = {landing.at for landing in harmony.plan.spotting.landings if landing.hit.do == "reveal"}
        told += [striking(one.chord, other.chord) for one, other in pairwise(harmony.chords) if other.span.start in at]
    return _share(told)


def planned(found: Sequence[Harmony]) -> float:
    """Return the share of scenes with a sequence or an ostinato."""
    return _share(any("sequence" in span.why or "ostinato" in span.why for span in harmony.chords) for harmony in found)


def remote(found: Sequence[Harmony], *, tense: bool) -> float:
    """Return how far roots lie from the tonic where much tension is asked, or little, in fifths (0 to 6), on the mean."""
    far = []
    for harmony in found:
        for span in harmony.chords:
            asked = harmony.plan.spotting.affect(span.span.start).tension
            if asked >= TENSE if tense else asked <= CALM:
                up = 7 * (span.chord.root.semitone - span.key.tonic.semitone) % 12
                far.append(min(up, 12 - up))
    return statistics.fmean(far)


def rocking(found: Sequence[Harmony]) -> float:
    """Return the share of chords that are the fourth of two roots going to and fro."""
    told = []
    for harmony in found:
        line = [span.chord.root for span in harmony.chords]
        told += [line[at] == line[at - 2] != line[at - 1] == line[at - 3] for at in range(3, len(line))]
    return _share(told)


def _last(statement: Statement) -> Fraction:
    sounding = statement.motif.sounding(statement.key)
    return statement.start + (sounding[-1][0] if sounding else 0)


def _apart(one: int, other: int) -> int:
    return abs((other - one + 6) % 12 - 6)


def _share(told: Sequence[bool] | Iterator[bool]) -> float:
    every = list(told)
    return sum(every) / max(len(every), 1)


Row = tuple[str, Callable[[Sequence[Harmony]], float], str, str]
TABLE: tuple[Row, ...] = (
    ("full closes among the endings of themes (9)", authentic, "{:.0%}", "22 % film themes"),
    ("chords over another bass than the root (11)", inverted, "{:.0%}", "28 % film themes, 38 % Bach"),
    ("the bass moves by step (11)", stepwise, "{:.0%}", "37 % Bach"),
    ("different basses in eight bars (11)", basses, "{:g}", "not counted"),
    ("moves that hold a common tone (12)", hinges, "{:.0%}", "not counted"),
    ("reveals at which the harmony turns (12, 13)", turns, "{:.0%}", "by choice"),
    ("roots from home, in fifths, where tension is high (13)", lambda found: remote(found, tense=True), "{:.2f}", "far when lost"),
    ("the same where it is low (13)", lambda found: remote(found, tense=False), "{:.2f}", "home when found"),
    ("scenes with a pedal", pedals, "{:.0%}", "38 % film themes"),
    ("scenes with a sequence or ostinato harmony", planned, "{:.0%}", "not counted"),
    ("two roots going to and fro", rocking, "{:.0%}", "not counted"),
    ("roots move by second", lambda found: roots(found, 1, 2), "{:.0%}", "39 % film themes"),
    ("by third", lambda found: roots(found, 3, 4), "{:.0%}", "24 %"),
    ("by fourth or fifth", lambda found: roots(found, 5), "{:.0%}", "22 %"),
    ("by tritone", lambda found: roots(found, 6), "{:.0%}", "7 %"),
    ("chords with a minor third", minor, "{:.0%}", "47 % film themes"),
)


def main() -> None:
    """Print the table."""
    found = list(harmonies())
    print(f"{len(found)} scenes, {sum(len(harmony.chords) for harmony in found)} chords; endings: {dict(endings(found).most_common())}\n")
    print("| habit (number in the list of craft) | our scenes | human |\n|---|---|---|")
    for name, count, form, human in TABLE:
        print(f"| {name} | {form.format(count(found))} | {human} |")


if __name__ == "__main__":
    main()
