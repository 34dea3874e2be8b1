"""What is asked of a performance, measured on scenes that are drawn for it: on the MIDI, and on rendered sound.

`benchmarks/performance.py --scenes 50 --heard 50` prints it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from motifgen import Arc, Cast, Character, Hit, compose
from motifgen.affect import words
from motifgen.chance import Chance
from motifgen.compose.desk import Performance
from motifgen.compose.performance import perform
from motifgen.compose.sketch import Sketch
from motifgen.files.audio import Sound, render
from motifgen.measure.curves import curves
from motifgen.measure.ranks import rank_correlation
from motifgen.measure.sampling import seconds_of, smooth
from motifgen.orchestra.palette import palettes
from motifgen.sketch.recording import Part, Recording
from motifgen.story.scene import Scene

Floats = NDArray[np.float64]

#: How excited each shape is at even steps of the scene, 0 (its calm feeling) to 1 (its excited one).
SHAPES = {
    "rising": (0.0, 0.4, 1.0),
    "falling": (1.0, 0.5, 0.0),
    "arch": (0.0, 1.0, 0.0),
    "w": (1.0, 0.1, 0.8, 0.0, 1.0),
    "flat": (0.6, 0.5, 0.6),
    "sudden": (0.0, 0.15, 0.85, 1.0),
}
MELODIC = ("melody", "counter")
QUIET_DB = -50.0
#: Correlations are asked of arcs that move by this much.
MOVING = 0.2


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in one scene; ``rises`` are decibels of each hit by what it does, for a cut the level that is left after 50 ms."""

    scene: Scene
    follows: float | None
    rises: tuple[tuple[str, float], ...]
    changes: float = 0.0
    jump: int = 0
    spread: float = 0.0
    peak: float = 0.0


def drawn(number: int) -> Scene:
    """Return a scene of 40 to 110 s: the styles and shapes of arc in turn, all else drawn."""
    draw = Chance(number, "benchmark", "performance")
    calm = [word for word, affect in sorted(words().items()) if affect.arousal < -0.15]
    excited = [word for word, affect in sorted(words().items()) if affect.arousal > 0.35]
    length = 40 + draw.below(71)
    low, high = draw.choose(calm), draw.choose(excited)
    shape = list(SHAPES)[number % len(SHAPES)]
    steps = SHAPES[shape]
    curve = draw.choose(("linear", "smooth"))
    places = (0, Fraction(1, 2), Fraction(1, 2), 1) if shape == "sudden" else [Fraction(i, len(steps) - 1) for i in range(len(steps))]
    points = [(length * place, {low: 1.01 - at, high: 0.01 + at}, curve) for place, at in zip(places, steps, strict=True)]
    at = [Fraction(length * share, 100) + Fraction(draw.below(48), 24) for share in (22, 48, 74)]
    todo = [draw.choose(pair) for pair in (("accent", "stinger"), ("swell",), ("cut", "accent"))]
    hits = [Hit(second, do) for second, do in zip(at, (todo if draw.below(2) else todo[1:] + todo[:1]), strict=True)]
    cast = [Cast(Character("lead", traits=(draw.choose(("brave", "lonely", "cruel", "tender")),)))]
    if draw.below(2):
        cast.append(Cast(Character("other", traits=(draw.choose(("playful", "menacing", "noble")),)), (length // 3, length)))
    style = sorted(palettes())[number % len(palettes())]
    return Scene(f"{shape}{number}", length, Arc.of(*points), style=style, cast=cast, hits=hits, seed=number)


def written(sketch: Sketch) -> Figures:
    """Return the figures of a scene's MIDI."""
    recording, scene = sketch.recording, sketch.scoring.texture.harmony.plan.spotting.scene
    found = curves(recording)
    sounding = found.loudness > QUIET_DB
    level = np.where(sounding, found.loudness, np.nan)
    played = [part for part in recording.parts if len(part.notes)]
    spreads = [float(part.notes["velocity"].std()) for part in played if part.role in MELODIC and len(part.notes) > 7]
    return Figures(
        scene,
        follows(scene, found.seconds, level),
        tuple((hit.do, _written_rise(hit, recording, found.seconds, found.loudness)) for hit in scene.hits),
        max((busiest(part, recording) for part in played), default=0.0),
        max((jump(part) for part in played), default=0),
        min(spreads, default=99.0),
    )


def heard(scene: Scene, recording: Recording, engine: str) -> Figures:
    """Return the figures of a scene's sound."""
    sound = render(recording, engine=engine)
    step = 0.05
    size = round(step * sound.rate)
    count = len(sound.samples) // size
    power = (sound.samples[: count * size].astype(np.float64) ** 2).reshape(count, -1).mean(axis=1)
    level = 10 * np.log10(np.maximum(power, 1e-9))
    seconds = np.arange(count) * step
    slow = smooth(power.reshape(-1, 1), round(0.5 / step))[:, 0]
    loud = np.where(level > level.max() - 45, 10 * np.log10(np.maximum(slow, 1e-9)), np.nan)
    return Figures(
        scene,
        follows(scene, seconds, loud),
        tuple((hit.do, _sounding_rise(hit, sound)) for hit in scene.hits),
        peak=float(np.abs(sound.samples).max()),
    )


def follows(scene: Scene, seconds: Floats, level: Floats) -> float | None:
    """Return the rank correlation of loudness, over three seconds, with the arousal that is asked; None where that does not move.

    Moments without sound (NaN) count neither in the means nor in the correlation.
    """
    asked = np.array([scene.arc.at(second).arousal for second in seconds.tolist()])
    sounds = ~np.isnan(level)
    if np.ptp(asked) < MOVING or not sounds.any():
        return None
    half = round(1.5 / (seconds[1] - seconds[0]))
    power = np.where(sounds, 10 ** (np.nan_to_num(level) / 10), 0.0).reshape(-1, 1)
    mean = smooth(power, half)[:, 0] / np.maximum(smooth(sounds.astype(np.float64).reshape(-1, 1), half)[:, 0], 1e-9)
    return rank_correlation(asked[sounds], mean[sounds])


def busiest(part: Part, recording: Recording) -> float:
    """Return the most controller changes of a part within one second."""
    at = np.sort(seconds_of(recording.tempo, part.controls["tick"][part.controls["tick"] > 0]))
    return float((np.searchsorted(at, at + 1.0 - 1e-9) - np.arange(at.size)).max(initial=0))


def jump(part: Part) -> int:
    """Return the largest step of CC1 or CC11 while a note sounds that sounded at the step before; silence at cuts is none."""
    largest = 0
    on, off = part.notes["onset_tick"], part.notes["end_tick"]
    for number in (1, 11):
        rows = part.controls[part.controls["controller"] == number]
        for before, after in pairwise(rows):
            if before["value"] and after["value"] and ((on <= before["tick"]) & (off > after["tick"])).any():
                largest = max(largest, abs(int(after["value"]) - int(before["value"])))
    return largest


def habits(sketch: Sketch) -> tuple[float, float, float]:
    """Return decibels from quiet to loud, the share of sustaining players who draw both CC1 and CC11, and steps of tempo to a bar.

    Quiet is the tenth percentile of loudness over three seconds, where music sounds; loud is the most.
    """
    recording = sketch.recording
    found = curves(recording)
    sounds = found.loudness > QUIET_DB
    power = smooth(np.where(sounds, 10 ** (found.loudness / 10), 0.0).reshape(-1, 1), 6)[:, 0]
    level = 10 * np.log10(power[sounds])
    held = [part.instrument.sustained and not part.instrument.drums for part in sketch.scoring.parts]
    players = [part for part, own in zip(recording.parts, held, strict=True) if own and len(part.notes)]
    drawn_ = [{1, 11} <= set(part.controls["controller"].tolist()) for part in players]
    wide = float(level.max() - np.percentile(level, 10)) if level.size else 0.0
    return wide, float(np.mean(drawn_)) if drawn_ else 1.0, len(recording.tempo.steps) / len(recording.bars)


def humanly(sketch: Sketch) -> tuple[bool, bool]:
    """Tell whether two seeds, all else being equal, play the same notes, and whether they play them at other times."""
    scoring = sketch.scoring
    plan = scoring.texture.harmony.plan
    scene = replace(plan.spotting.scene, seed=plan.spotting.scene.seed + 1)
    spotting = replace(plan.spotting, scene=scene)
    other = replace(
        scoring, texture=replace(scoring.texture, harmony=replace(scoring.texture.harmony, plan=replace(plan, spotting=spotting)))
    )
    one, two = perform(scoring), perform(other)
    return _pitches(one) == _pitches(two), _onsets(one) != _onsets(two)


def _pitches(performance: Performance) -> list[list[int]]:
    return [sorted(part.notes["pitch"].tolist()) for part in performance.parts]


def _onsets(performance: Performance) -> list[list[int]]:
    return [part.notes["onset_tick"].tolist() for part in performance.parts]


def _written_rise(hit: Hit, recording: Recording, seconds: Floats, loudness: Floats) -> float:
    at = float(hit.at)
    if hit.do == "cut":
        start, end = recording.tempo.tick(hit.at + Fraction(1, 20)), recording.tempo.tick(hit.at + Fraction(9, 20))
        ringing = sum(int(((part.notes["onset_tick"] < end) & (part.notes["end_tick"] > start)).sum()) for part in recording.parts)
        return 0.0 if ringing else -99.0
    if hit.do == "swell":
        return _most(seconds, loudness, at, at + 0.5) - _most(seconds, loudness, at - 2.25, at - 1.75)
    return _most(seconds, loudness, at - 0.24, at + 0.5) - _most(seconds, loudness, at - 1.25, at - 0.25)


def _most(seconds: Floats, level: Floats, start: float, end: float) -> float:
    return float(level[(seconds >= start - 1e-9) & (seconds < end - 1e-9)].max(initial=-60.0))


def _sounding_rise(hit: Hit, sound: Sound) -> float:
    at = float(hit.at)
    if hit.do == "cut":
        return _level(sound, at + 0.05, at + 0.45)
    if hit.do == "swell":
        return _level(sound, at - 0.25, at + 0.25) - _level(sound, at - 2.25, at - 1.75)
    return max(_level(sound, at + 0.02 * i, at + 0.02 * i + 0.1) for i in range(15)) - _level(sound, at - 1.0, at - 0.03)


def _level(sound: Sound, start: float, end: float) -> float:
    piece = sound.samples[int(start * sound.rate) : int(end * sound.rate)].astype(np.float64)
    return float(10 * np.log10(max((piece**2).mean(), 1e-10))) if piece.size else -99.0


def report(count: int, listened: int, engines: Sequence[str], tell: Callable[[str], None]) -> None:
    """Print the figures of ``count`` scenes, and of the sound of the first ``listened`` through each engine."""
    sketches = [compose(drawn(number)) for number in range(count)]
    read = [written(sketch) for sketch in sketches]
    tell(f"{count} scenes: most controller changes a second {max(it.changes for it in read):.0f} (asked: 25), "
         f"largest jump in a slur {max(it.jump for it in read)} (12), "
         f"least spread of velocity in a melody {min(it.spread for it in read):.1f}")  # fmt: skip
    same = [humanly(sketch) for sketch in sketches]
    tell(f"another seed of the players: same notes in {sum(a for a, _ in same)}, other timing in {sum(b for _, b in same)}")
    wide, drawn_, steps = (statistics.median(column) for column in zip(*map(habits, sketches), strict=True))
    tell(f"habits, medians: {wide:.0f} dB from quiet to the climax, CC1 and CC11 drawn by {100 * drawn_:.0f} % of those who sustain, "
         f"{steps:.1f} steps of tempo a bar")  # fmt: skip
    _tell("on the MIDI", read, tell)
    for engine in engines:
        sounding = [heard(sketch.scoring.texture.harmony.plan.spotting.scene, sketch.recording, engine) for sketch in sketches[:listened]]
        _tell(engine, sounding, tell)
        tell(f"  highest peak {max(it.peak for it in sounding):.3f} of full scale")


def _tell(where: str, read: Sequence[Figures], tell: Callable[[str], None]) -> None:
    known = sorted((it.follows, it.scene.id, it.scene.style) for it in read if it.follows is not None)
    tell(f"{where}: loudness follows arousal {statistics.median(each for each, *_ in known):.2f} in the median of {len(known)} scenes "
         f"(asked: 0.8); least " + ", ".join(f"{each:.2f} {name} {style}" for each, name, style in known[:4]))  # fmt: skip
    rises = [(do, rise, it.scene) for it in read for do, rise in it.rises]
    for kinds, least, what in ((("accent", "stinger"), 4.0, "strikes rise"), (("swell",), 6.0, "swells rise")):
        _tell_rises(what, least, [(rise, f"{scene.id} {scene.style}") for do, rise, scene in rises if do in kinds], tell)
    cuts = [rise for do, rise, _ in rises if do == "cut"]
    if cuts:
        tell(f"  cuts: at most {max(cuts):.0f} dB is left after 50 ms, over {len(cuts)}")


def _tell_rises(what: str, least: float, found: Iterable[tuple[float, str]], tell: Callable[[str], None]) -> None:
    rises = sorted(found)
    short = [it for it in rises if it[0] < least]
    if rises:
        middle = statistics.median(rise for rise, _ in rises)
        named = ", ".join(f"{rise:.1f} {name}" for rise, name in short[:8])
        tell(f"  {what} {middle:.1f} dB in the median of {len(rises)}; {len(short)} by less than {least:g} {named}".rstrip())
