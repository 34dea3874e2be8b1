"""How fast a score is performed and written, and how fast it is heard.

    python benchmarks/performance.py [--runs 5] [--sound] [--examples] [--scenes 50] [--heard 50]

With ``--examples``, how the loudness of the examples, as rendered sound, follows the arousal that their arcs ask for (rank correlation).
With ``--scenes``, what is asked of a performance on so many drawn scenes (rising, falling, arched, flat, sudden arcs in every style), and
with ``--heard`` on the sound of so many of them.

A 3-minute, 20-part score made by hand, 6 760 notes; asked: performed and written in under 150 ms warm, heard in under 8 s.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from performed_scenes import report

from motifgen import compose, read_story
from motifgen.compose.desk import Scoring
from motifgen.compose.performance import perform
from motifgen.errors import MissingError
from motifgen.files.audio import ENGINES, find_engine, find_soundfont, render
from motifgen.files.midi import write_midi
from motifgen.measure.ranks import rank_correlation
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene
from performing import CELLO, VIOLIN, part, recording, scoring, tune

HERE = Path(__file__).parent
BARS, PARTS = 90, 20
ROLES = (("melody", 1), ("pad", 4), ("bass", 2), ("ostinato", "1/2"), ("counter", 1))


def dense() -> Scoring:
    """Return the score."""
    lines = [(tune(BARS, ROLES[i % 5][1]), f"Part {i + 1}", (CELLO, VIOLIN)[i % 2], ROLES[i % 5][0], 8) for i in range(PARTS)]
    return scoring(*(part(*line) for line in lines), bars=BARS, hits=[("accent", 80), ("swell", 160), ("cut", 240)], rests=[(240, 244)])


def recorded(score: Scoring) -> Recording:
    """Return the score as performed."""
    return replace(recording(*perform(score).parts, end=BARS * 3840), tempo=score.texture.harmony.plan.spotting.tempo)


def median(run: Callable[[], object], runs: int) -> float:
    """Return the median seconds of several runs, after one that does not count."""
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sound", action="store_true", help="also render sound with every engine that is installed")
    parser.add_argument("--examples", action="store_true", help="also measure the sound of the examples against their arcs")
    parser.add_argument("--scenes", type=int, default=0, help="also measure the performance of so many drawn scenes")
    parser.add_argument("--heard", type=int, default=0, help="of those scenes, measure the sound of so many too")
    asked = parser.parse_args()
    score = dense()
    rec = recorded(score)
    data = write_midi(rec)
    notes, changes = (sum(len(getattr(p, kind)) for p in rec.parts) for kind in ("notes", "controls"))
    print(f"{PARTS} parts, {notes} notes, {changes} controller changes, {len(data)} bytes")
    print(f"perform: {1000 * median(lambda: perform(score), asked.runs):.0f} ms")
    print(f"write:   {1000 * median(lambda: write_midi(rec), asked.runs):.0f} ms")
    for engine in ENGINES if asked.sound else ():
        try:
            seconds = median(lambda engine=engine: render(rec, engine=engine), 1)
        except MissingError as error:
            print(f"{engine}: {error}")
        else:
            print(f"{engine}: {seconds:.1f} s, {180 / seconds:.0f} times real time")
    for path in sorted(HERE.parent.glob("examples/*/*.yaml")) if asked.examples else ():
        follow(path)
    if asked.scenes:
        there = [engine for engine in ("fluidsynth", "symusic") if _there(engine)]
        report(asked.scenes, asked.heard, there if asked.heard else (), print)


def _there(engine: str) -> bool:
    try:
        return bool(find_engine(engine, find_soundfont()))
    except MissingError:
        return False


def follow(path: Path) -> None:
    """Print how the loudness of a film's scenes follows their arcs, where they sound."""
    story = read_story(path)
    for scene in story.scenes:
        if isinstance(scene, Scene):
            sound = render(compose(scene, story).recording)
            count = int(scene.length)
            power = (sound.samples[: count * sound.rate].astype(np.float64) ** 2).reshape(count, -1).mean(axis=1)
            level = 10 * np.log10(np.maximum(power, 1e-9))
            asked = np.array([scene.arc.at(Fraction(second)).arousal for second in range(count)])
            heard = level > level.max() - 45
            smooth = np.convolve(level, np.full(3, 1 / 3), mode="same")
            print(f"{path.stem} {scene.id} ({sound.engine}): {rank_correlation(asked[heard], smooth[heard]):.2f}")


if __name__ == "__main__":
    main()
