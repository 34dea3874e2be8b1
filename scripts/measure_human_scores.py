"""The measures over human scores from music21's corpus, beside those of this repository's scenes: one table of quantiles.

    python scripts/measure_human_scores.py [--scores 40] [--each 5]

Scores are written, not played: what depends on dynamics and timing (loudness, tension, arousal, expression) is not said of them. Up to
``--each`` scores of two parts or more are taken of every composer, in order of their names, so that none of them outweighs the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import numpy as np
from music21 import converter, corpus

from motifgen import compose, read_story
from motifgen.measure.curves import curves
from motifgen.measure.felt import perceived_valence
from motifgen.measure.variety import variety
from motifgen.sketch.events import PPQ, controls, notes
from motifgen.sketch.recording import Bar, Part, Recording
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.scene import Scene
from motifgen.theory.time import Meter

COMPOSERS = (
    "bach", "beethoven", "chopin", "corelli", "handel", "haydn", "joplin", "monteverdi", "mozart", "palestrina",
    "schoenberg", "schubert", "schumann_clara", "schumann_robert", "trecento", "verdi", "weber",
)  # fmt: skip
QUANTILES = (0.05, 0.5, 0.95)
ROOT = Path(__file__).parent.parent
#: A score without a metronome mark is read at this pace.
QUARTERS = 96.0
MOST_QUARTERS = 400


def paths(each: int) -> Iterator[Path]:
    """Yield scores of the corpus, composers in turn."""
    lists = []
    for composer in COMPOSERS:
        found = sorted(map(Path, corpus.getComposer(composer)), key=str)
        step = max(len(found) // (2 * each), 1)
        lists.append([path for path in found[::step] if path.suffix in {".xml", ".mxl", ".krn", ".musicxml"}])
    for row in zip_longest(*lists):
        yield from (path for path in row if path is not None)


def recorded(path: Path) -> Recording | None:
    """Return a score as a recording at one level; None where it has fewer than two parts or hardly any notes."""
    score = converter.parse(path)
    parts = [part for part in score.parts if part.flatten().notes]
    if len(parts) < 2:
        return None
    marks = [mark.getQuarterBPM() for mark in score.flatten().getElementsByClass("MetronomeMark") if mark.number]
    tempo = TempoMap(((0, round(60e6 / (marks[0] if marks else QUARTERS))),))
    lines = tuple(line(part, number) for number, part in enumerate(parts, start=1))
    end = max((int(each.notes["end_tick"].max()) for each in lines if len(each.notes)), default=0)
    if sum(len(each.notes) for each in lines) < 40:
        return None
    bars = tuple(
        Bar(number, ticks(measure.offset), Meter(4, 4)) for number, measure in enumerate(parts[0].getElementsByClass("Measure"), start=1)
    )
    return Recording(path.stem, tempo, bars, (), lines, end, {})


def line(part: Any, number: int) -> Part:  # noqa: ANN401 - music21 has no types
    """Return a part of a score, every note at the same velocity."""
    rows = []
    for sound in part.stripTies().flatten().notes:
        start, end = ticks(sound.offset), ticks(sound.offset + sound.quarterLength)
        if end > start and sound.offset < MOST_QUARTERS:
            rows += [(start, end, pitch.midi, 80) for pitch in sound.pitches]
    return Part(f"{part.partName} {number}", "", "", "", 0, 1, drums=False, pan=64, volume=100, notes=notes(rows), controls=controls(()))


def ticks(quarters: float) -> int:
    """Return a place of a score in ticks."""
    return round(quarters * PPQ)


def figures(recording: Recording) -> dict[str, float]:
    """Return what the measures say of one piece."""
    found = curves(recording)
    heard = found.parts > 0
    same = variety(recording)
    said = {
        "roughness, mean": found.roughness[heard].mean(),
        "roughness, spread over time": found.roughness[heard].std(),
        "tonal strain, mean": found.strain[heard].mean(),
        "tonal strain, spread over time": found.strain[heard].std(),
        "happiness of the mode": found.happiness[heard].mean(),
        "valence": perceived_valence(found)[heard].mean(),
        "attacks a second": found.rate[heard].mean(),
        "highest pitch, mean": found.top[heard].mean(),
        "parts sounding": found.parts[heard].mean(),
        "sounded share of a note": found.held[heard].mean(),
        "bars repeated literally": same.bars_repeated,
        "part bars repeated literally": same.part_bars_repeated,
        "distinct rhythms, of part bars": same.rhythms,
        "distinct pitches in a part bar": same.pitches,
    }
    return {name: float(value) for name, value in said.items()}


def human(count: int, each: int) -> list[dict[str, float]]:
    """Return the figures of so many human scores."""
    made = (recording for path in paths(each) if (recording := recorded(path)) is not None)
    return [figures(recording) for recording in islice(made, count)]


def ours() -> list[dict[str, float]]:
    """Return the figures of the examples and the test scenes, first takes."""
    found = []
    for path in sorted([*ROOT.glob("examples/*/*.yaml"), *ROOT.glob("tests/scenes/*.yaml")]):
        story = read_story(path)
        found += [figures(compose(scene, story).recording) for scene in story.scenes if isinstance(scene, Scene)]
    return found


def table(columns: dict[str, list[dict[str, float]]]) -> str:
    """Return quantiles of every figure, a column for each kind of piece."""
    heads = [f"{name} ({len(rows)})" for name, rows in columns.items()]
    lines = [f"| measure | {' | '.join(heads)} |", f"|---|{'---|' * len(heads)}"]
    for name in next(iter(columns.values()))[0]:
        cells = [" / ".join(f"{value:.2f}" for value in np.quantile([row[name] for row in rows], QUANTILES)) for rows in columns.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scores", type=int, default=40)
    parser.add_argument("--each", type=int, default=5)
    asked = parser.parse_args()
    print(table({"human scores": human(asked.scores, asked.each), "our scenes": ours()}))
