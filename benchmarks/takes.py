"""What choosing among takes is worth, and what a second process is.

    python benchmarks/takes.py [--takes 32] [--scenes 50] [--jobs J] [--only better first speed measure]

- *better*: the best of N takes against the first take, over the scenes of the examples and tests and generated ones, part by part of the
  score: by how much it is better in the median of the scenes that leave room, and in how many scenes it is audibly better or worse (by 0.02
  or more); then what the best takes reach: rank correlations, hits, leads, faults, and the order of valence over pairs of scenes;
- *first*: what the first takes of the examples and tests reach, scene by scene;
- *speed*: 32 one-minute takes in two processes against one (at least 1.7 times as fast on two free cores);
- *measure*: a written file of three minutes for a large orchestra, read and measured (under half a second).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from motifgen import Arc, Cast, Character, Hit, compose, read_story
from motifgen.affect import words
from motifgen.chance import Chance
from motifgen.files.midi_recording import read_recording
from motifgen.measure.conformance import Report, measure
from motifgen.measure.score import parts
from motifgen.orchestra.palette import palettes
from motifgen.story.scene import Scene, Story
from motifgen.takes import Take, compose_takes, local_executor
from motifgen.takes.taking import seeded

ROOT = Path(__file__).parent.parent
FILES = ("examples/*/*.yaml", "tests/scenes/*.yaml", "tests/golden/*.yaml")
AUDIBLE = 0.02
MODES = ("speed", "measure", "first", "better")


def given() -> Iterator[tuple[Scene, Story]]:
    """Yield the composed scenes of the examples and tests."""
    for path in sorted(path for pattern in FILES for path in ROOT.glob(pattern)):
        story = read_story(path)
        yield from ((scene, story) for scene in story.scenes if isinstance(scene, Scene))


def generated(number: int) -> tuple[Scene, Story]:
    """Return a scene of 30 to 90 s with a drawn style, arc, cast and hits."""
    draw = Chance(number, "benchmark", "takes")
    vocabulary = [word for word, affect in words().items() if max(abs(affect.valence), abs(affect.arousal)) > 0.3]
    length = 30 + draw.below(61)
    turns = sorted({0, *(1 + draw.below(length - 2) for _ in range(2 + draw.below(3)))})
    arc = Arc.of(*((at, draw.choose(vocabulary), draw.choose(("linear", "smooth", "hold"))) for at in turns))
    cast = [Cast(Character("lead", traits=(draw.choose(("brave", "lonely", "cruel", "tender")),)))]
    if draw.below(2):
        cast.append(Cast(Character("other", traits=(draw.choose(("playful", "menacing", "noble")),)), (length // 3, length)))
    hits = [Hit(Fraction(at), draw.choose(("accent", "stinger", "swell"))) for at in sorted({5 + draw.below(length - 8) for _ in range(2)})]
    style = draw.choose(sorted(palettes()))
    scene = Scene(f"g{number}", length, arc, style=style, cast=cast, hits=hits, seed=number)
    return scene, Story(scenes=(scene,), seed=number)


def scenes(count: int) -> list[tuple[Scene, Story]]:
    """Return so many scenes: those that are given, then generated ones."""
    known = list(given())[:count]
    return known + [generated(number) for number in range(count - len(known))]


def first() -> None:
    """Print what the first takes of the given scenes reach, as the table of the docs, and their figures together."""
    reports: list[Report] = []
    print("| scene | tension (lag) | arousal (lag) | valence asked, heard |\n|---|---|---|---|")
    for scene, story in given():
        found = measure(compose(scene, story).recording, scene, story)
        reports.append(found)
        curves = [f"{trace.correlation:+.2f} ({trace.lag_seconds:g} s)" for trace in found.traces[:2]]
        print(f"| {story.title or scene.id}: {scene.id} | {' | '.join(curves)} | {found.valence_asked:+.2f}, {found.valence:+.2f} |")
    reached(reports)


def better(count: int, takes: int, jobs: int | None) -> None:
    """Print what the best take is better and worse in, and what it reaches.

    A part in which the first take has full marks already cannot be beaten: how many scenes leave room is said, and the median is theirs.
    """
    asked = scenes(count)
    names = ("total", *parts())
    pairs: list[tuple[Take, Take]] = []
    reports: list[Report] = []
    with local_executor(jobs) as executor:
        for scene, story in asked:
            made = compose_takes(scene, story, takes, executor)
            pairs.append((next(take for take in made if take.number == 0), made[0]))
            reports.append(report(made[0], scene, story))
    print(f"the best of {takes} takes against the first, {len(asked)} scenes")
    for name in names:
        marks = [(getattr(first.score, name), getattr(best.score, name)) for first, best in pairs]
        room = [after - before for before, after in marks if before < 1]
        gains = f"median gain {statistics.median(room):+.3f}, mean {statistics.mean(room):+.3f} where there is room" if room else "no room"
        more, less = (sum(round(sign * (after - before), 6) >= AUDIBLE for before, after in marks) for sign in (1, -1))
        print(f"  {name:11} room in {len(room):2}: {gains}; audibly better in {more}, worse in {less}")
    reached(reports)


def report(take: Take, scene: Scene, story: Story) -> Report:
    """Return the report of a take, composed again."""
    own, film = seeded(scene, story, take.seed)
    return measure(compose(own, film).recording, own, film)


def reached(reports: list[Report]) -> None:
    """Print the figures of several scenes."""
    for axis in ("tension", "arousal"):
        moving = [getattr(each, axis) for each in reports if len(set(each.traces[axis == "arousal"].asked)) > 1]
        print(f"  {axis}: median {statistics.median(moving):.2f}, least {min(moving):.2f}, under 0.5 in {sum(it < 0.5 for it in moving)}")
    hits = [hit for each in reports for hit in each.hits]
    leads = [theme for each in reports for theme in each.themes if theme.role == "lead"]
    print(f"  hits audible: {sum(hit.audible for hit in hits)} of {len(hits)}")
    print(f"  leads found: {sum(theme.found > 0 for theme in leads)} of {len(leads)}")
    apart = [(a, b) for a, b in combinations(reports, 2) if abs(a.valence_asked - b.valence_asked) >= 0.5]
    right = sum((a.valence_asked - b.valence_asked) * (a.valence - b.valence) > 0 for a, b in apart)
    print(f"  faults: {sum(len(each.faults) for each in reports)}; valence in order: {right} of {len(apart)} pairs")


def speed(takes: int) -> None:
    """Print how much faster two processes are than one, beside what two processes of bare arithmetic are on this machine just then."""
    scene, story = next((scene, story) for scene, story in given() if 55 <= scene.length <= 65)
    seconds: list[float] = []
    bare: list[float] = []
    for jobs in (1, 2):
        with local_executor(jobs) as executor:
            compose_takes(replace(scene, seed=1), story, 2 * jobs, executor)  # the processes are there, their imports are done
            start = time.perf_counter()
            compose_takes(scene, story, takes, executor)
            seconds.append(time.perf_counter() - start)
            start = time.perf_counter()
            list(executor.map(arithmetic, range(takes)))
            bare.append(time.perf_counter() - start)
    one, two = seconds
    print(f"{takes} takes of {float(scene.length):g} s: {one:.1f} s in one process, {two:.1f} s in two, ratio {one / two:.2f}")
    print(f"  bare arithmetic at the same time: {bare[0]:.1f} s and {bare[1]:.1f} s, ratio {bare[0] / bare[1]:.2f}")


def measuring() -> None:
    """Print how long a written file of three minutes and at least twenty parts takes to be read and measured, themes and all."""
    arc = Arc.of((0, "calm"), (60, "fear"), (120, "triumph"), (170, "peace"))
    cast = [Cast(Character("lead", traits=("brave",))), Cast(Character("other", traits=("menacing",)), (60, 140))]
    scene = Scene("long", 180, arc, style="epic", cast=cast, hits=[Hit(Fraction(at), "accent") for at in (60, 120)], seed=1)
    story = Story(scenes=(scene,), seed=1)
    with TemporaryDirectory() as folder:
        path = Path(folder, "long.mid")
        compose(scene, story).save(path)
        spent = []
        for _ in range(4):
            start = time.process_time()
            recording = read_recording(path)
            between = time.process_time()
            measure(replace(recording, end_tick=recording.tempo.tick(scene.length)), scene, story)
            spent.append((time.process_time() - between, between - start))
    measured, read = min(spent[1:])
    notes = sum(len(part.notes) for part in recording.parts)
    print(f"a file of 180 s, {len(recording.parts)} parts and {notes} notes; processor time:")
    print(f"  measured in {measured:.2f} s, read in {read:.2f} s")


def arithmetic(number: int) -> int:
    """Return a sum that takes about a third of a second and no memory: what other processes leave of a core."""
    return sum(term * term % 7 for term in range(number, number + 4_000_000))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--takes", type=int, default=32)
    parser.add_argument("--scenes", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("--only", nargs="+", choices=MODES, default=MODES)
    chosen = parser.parse_args()
    if "speed" in chosen.only:
        speed(chosen.takes)
    if "measure" in chosen.only:
        measuring()
    if "first" in chosen.only:
        first()
    if "better" in chosen.only:
        better(chosen.scenes, chosen.takes, chosen.jobs)
