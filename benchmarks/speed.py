"""How fast motifgen is, as ratios within one run.

    python benchmarks/speed.py [--runs 5]

- *cold*: a process that reads a 60 s, 8-part scene arc and writes its MIDI file, against processes that only import third-party code:
  the modules that the render loads, their packages by name (asked: at most 2.5 times that), and every dependency;
- *declaring*: what one more class of values costs at a start, as a dataclass and as a named tuple;
- *warm*: composing and writing a 3-minute scene in a running process, in the style of a large orchestra and in one with some twenty parts
  (asked: under 0.5 s for 20 parts), against music21 writing the same notes.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = ("mido", "numpy", "pydantic", "rich", "ruamel.yaml", "typer")
OUTER = ("music21", "pretty_midi")


def seconds(run: Callable[[], object], runs: int) -> float:
    """Return the median wall time of several runs, after one that does not count."""
    return medians(runs, run)[0]


def medians(runs: int, *every: Callable[[], object]) -> list[float]:
    """Return the median wall times of things that run in turn, so that a busy minute is shared; a first round does not count."""
    times: list[list[float]] = [[] for _ in every]
    for number in range(runs + 1):
        for run, taken in zip(every, times, strict=True):
            start = time.perf_counter()
            run()
            if number:
                taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def process(*arguments: str) -> Callable[[], object]:
    """Return a callable that runs a Python process to its end."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603


def importing(names: Iterable[str]) -> Callable[[], object]:
    """Return a callable that runs a Python process which imports modules, and nothing else."""
    return process("-c", f"import {', '.join(names)}")


def loaded(*arguments: str) -> list[str]:
    """Return the third-party modules that a run of motifgen has loaded when it ends, in the order in which it began them."""
    listing = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); from motifgen.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", listing, *arguments], check=True, capture_output=True, text=True)  # noqa: S603
    tops = {name.split(".")[0] for name in PACKAGES}
    return [name for name in ran.stderr.split() if name.split(".")[0] in tops]


def cold(runs: int) -> None:
    """Print the cold figures."""
    with tempfile.TemporaryDirectory() as folder:
        process("-m", "compileall", "-q", str(HERE.parent / "src"))()  # as an installed package is
        arguments = ("render", str(HERE / "sixty_seconds.yaml"), "-o", folder)
        modules = loaded(*arguments)
        render = process("-m", "motifgen", *arguments)
        whole, same, bare, every = medians(runs, render, importing(modules), importing(PACKAGES), importing(PACKAGES + OUTER))
    print(f"cold, YAML to .mid, 60 s, 8 parts: {whole:.3f} s")
    print(f"  / importing the {len(modules)} third-party modules that the render loads ({same:.3f} s): {whole / same:.2f}")
    print(f"  / importing their {len(PACKAGES)} packages, some of which load the rest when it is used ({bare:.3f} s): {whole / bare:.2f}")
    print(f"  / importing every run-time dependency ({every:.3f} s): {whole / every:.2f}")


def declaring(runs: int, classes: int = 100) -> None:
    """Print how long Python takes to declare values of five fields, in the two ways that motifgen uses (decision 7)."""
    fields = "".join(f"    {name}: int\n" for name in "abcde")
    begin = "from dataclasses import dataclass\nfrom typing import NamedTuple\n"
    dataclass = compile(f'{begin}@dataclass(frozen=True, slots=True)\nclass A:\n    "A."\n{fields}' * classes, "dataclass", "exec")
    named = compile(f'{begin}class A(NamedTuple):\n    "A."\n{fields}' * classes, "named", "exec")
    frozen, tuples = (taken / classes for taken in medians(runs, lambda: exec(dataclass, {}), lambda: exec(named, {})))  # noqa: S102 - our own text
    print(f"declaring a value: frozen slotted dataclass {frozen * 1000:.2f} ms, named tuple {tuples * 1000:.2f} ms")


def warm(runs: int) -> None:
    """Print the warm figures."""
    from motifgen import compose, read_story  # noqa: PLC0415 - the cold figures must not pay for it

    story = read_story(HERE / "three_minutes.yaml")
    for style in ("orchestral", "fantasy"):
        scene = replace(story.scenes[0], style=style)
        sketch = compose(scene, story)
        ours = seconds(lambda scene=scene: compose(scene, story).to_midi(), runs)
        theirs = seconds(lambda sketch=sketch: music21_writes(sketch.recording), 1)
        notes = sum(len(part.notes) for part in sketch.recording.parts)
        print(f"warm, 3 minutes, {style}, {len(sketch.recording.parts)} parts, {notes} notes, composed and written: {ours:.3f} s")
        print(f"  music21 only writing the same notes: {theirs:.3f} s; ratio {ours / theirs:.2f}")


def music21_writes(recording: object) -> bytes:
    """Return a MIDI file of the same notes, written by music21."""
    from music21 import midi, note, stream  # noqa: PLC0415 - slow import

    score = stream.Score()
    for part in recording.parts:
        staff = stream.Part()
        for row in part.notes:
            sound = note.Note(int(row["pitch"]), quarterLength=(int(row["end_tick"]) - int(row["onset_tick"])) / 960)
            staff.insert(int(row["onset_tick"]) / 960, sound)
        score.insert(0, staff)
    return midi.translate.streamToMidiFile(score).writestr()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    cold(asked.runs)
    declaring(asked.runs)
    warm(asked.runs)
