"""What scores may never do, and what they should: over the examples and generated scenes, in every style.

    python benchmarks/orchestration.py [--scenes 50] [--styles folk jazz ...] [--worst] [--only scores styles speed]

- *scores*: every example and so many generated scenes, each in every style. Notes out of range, chords that no player can hold and winds
  without breath; intervals below their low limits (lists published for arrangers) that no warning in the ledger accounts for; parallel
  fifths and octaves between melody and bass, and between the outer voices of held chords; how much of its time a theme is the loudest,
  the highest or the liveliest line; the rank correlation, bar by bar, of arousal and of how many parts sound (notes, at a lone piano), in
  scenes whose arousal moves by 0.5 or more: where the file asks for nothing else (words, rests, a blow and the bar before it), and over all
  bars; the weight of music under words beside the rest (median over scenes);
- *styles*: the same ninety seconds (calm, unease, battle, grief, peace) in every style, as the table of the docs; and how often the style
  of a generated scene is told, among all, from figures that the other scenes taught;
- *speed*: orchestrating three minutes for the whole orchestra and for smaller ones (asked: under 150 ms for 20 players).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from orchestrated_scenes import generated, given, scored
from orchestration_faults import Tally, judged

from motifgen import Arc, Cast, Character, Hit, Motif, read_story
from motifgen.compose.desk import Scoring
from motifgen.compose.harmony import harmonise
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.planning import plan
from motifgen.compose.spotting import spot
from motifgen.compose.texture import weave
from motifgen.orchestra.palette import palettes
from motifgen.story.scene import Scene, Story

FAMILIES = ("woodwind", "brass", "strings", "keys", "plucked", "percussion", "voice", "electronic")
SHORT = frozenset({"staccato", "pizzicato", "spiccato"})


def scores(count: int, styles: Sequence[str], *, worst: bool) -> None:
    """Print a row for each style and one for all."""
    whole = Tally()
    for style in styles:
        own = Tally()
        for scene, story in (*given(style), *(generated(number, style) for number in range(count))):
            found = judged(scored(scene, story))
            if worst and (said := _complaint(found)):
                print(f"    {scene.id} {style}: {said}")
            own.add(found)
        _print(style, own)
        whole.add(own)
    _print("all", whole)


def _complaint(found: Tally) -> str:
    names = ("out of range", "impossible at once", "without breath", "mud", "parallels")
    said = [f"{name} {found.sums[name]}" for name in names if found.sums[name]]
    said += [
        f"{name} {value:.2f}"
        for name, (value,) in found.each.items()
        if (name == "under words") == (value > 0.5 if name == "under words" else value >= 0.6)
    ]
    if found.sums["heard"] < 0.9 * found.sums["sung"]:
        said.append(f"heard {found.sums['heard'] / found.sums['sung']:.2f}")
    return ", ".join(said)


def _print(name: str, tally: Tally) -> None:
    sums = tally.sums
    rho = statistics.median(tally.each.get("parts and arousal", [0.0]))
    whole = statistics.median(tally.each.get("all bars", [0.0]))
    words_of = tally.each.get("under words", [0.0])
    print(
        f"{name:11} {len(tally.each.get('parts and arousal', [])):4} scenes, {sums['notes']:7} notes: out of range {sums['out of range']}, "
        f"impossible {sums['impossible at once']}, no breath {sums['without breath']}; mud {sums['mud'] / max(sums['moments'], 1):.2%} "
        f"(meant {sums['mud meant'] / max(sums['moments'], 1):.2%}); parallels {sums['parallels']} of {sums['moves']}; "
        f"theme heard {sums['heard'] / max(sums['sung'], 1):.1%}; parts~arousal {rho:.2f} (all bars {whole:.2f}); "
        f"under words {statistics.median(words_of):.2f} (most {max(words_of):.2f})",
        flush=True,
    )


def ninety_seconds(style: str) -> tuple[Scene, Story]:
    """Return the scene that every style is shown by."""
    arc = Arc.of((0, "calm"), (20, "unease", "smooth"), (45, "battle"), (65, "grief"), (80, "peace"))
    hero = Character("hero", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"))
    friend = Character("friend", Motif.parse("F4/q A4/e C5/e D5/h | C5/q A4/q F4/h", key="F major"), voice=["clarinet"])
    scene = Scene("s1", 90, arc, style=style, cast=[Cast(hero), Cast(friend, (25, 90))], hits=[Hit(45, "accent")], seed=7)
    return scene, Story(scenes=(scene,), seed=7)


def figures(score: Scoring) -> dict[str, float]:
    """Return a score's figures: time by family, share of short notes and drums, notes a second, level, length, height and spread."""
    seconds = float(score.texture.harmony.plan.spotting.scene.length)
    notes = [(note, part.instrument) for part in score.parts for note in part.notes]
    pitched = [note for note, instrument in notes if not instrument.drums]
    time_of: Counter[str] = Counter()
    for note, instrument in notes:
        time_of[instrument.family] += float(note.duration)  # type: ignore[assignment]  # a counter adds anything
    whole, many = sum(time_of.values()) or 1, max(len(pitched), 1)
    keys = [note.pitch.midi for note in pitched] or [60]
    return {
        **{family: time_of[family] / whole for family in FAMILIES},
        "short": sum(not SHORT.isdisjoint(note.marks) for note in pitched) / many,
        "drums": 1 - len(pitched) / max(len(notes), 1),
        "density": len(notes) / seconds / 20,
        "level": statistics.fmean([note.level for note, _ in notes] or [0.0]),
        "length": sum(float(note.duration) for note in pitched) / many / 4,
        "height": statistics.fmean(keys) / 60,
        "spread": statistics.pstdev(keys) / 20,
    }


def styles_table(styles: Sequence[str]) -> None:
    """Print the table of styles."""
    print("| style | parts | sounds mostly of | short notes | notes a second | mean level | drums |\n|---|---|---|---|---|---|---|")
    for style in styles:
        score = scored(*ninety_seconds(style))
        found = figures(score)
        most = sorted(((found[family], family) for family in FAMILIES if found[family] >= 0.08), reverse=True)[:3]
        mostly = ", ".join(f"{family} {share:.0%}" for share, family in most)
        drums = f"{found['drums']:.0%}" if found["drums"] else "–"
        row = f"{found['short']:.0%} | {20 * found['density']:.1f} | {found['level']:.2f} | {drums}"
        print(f"| {style} | {len(score.parts)} | {mostly} | {row} |")


def told_apart(count: int, styles: Sequence[str]) -> None:
    """Print how often the nearest mean of the other scenes' figures is that of a scene's own style."""
    rows = {style: np.array([list(figures(scored(*generated(number, style))).values()) for number in range(count)]) for style in styles}
    scale = np.concatenate(list(rows.values())).std(axis=0) + 0.02
    right = 0
    for style, number in product(styles, range(count)):
        means = {
            other: np.delete(rows[other], number, axis=0).mean(axis=0) if other == style else rows[other].mean(axis=0) for other in styles
        }
        away = {other: float(np.abs((rows[style][number] - mean) / scale).sum()) for other, mean in means.items()}
        right += min(away, key=away.__getitem__) == style
    whole = count * len(styles)
    print(f"styles: {right / whole:.0%} of {whole} generated scenes are told by their figures, among {len(styles)}")


def speed(_: object = None) -> None:
    """Print the processor time of orchestrating three minutes."""
    story = read_story(Path(__file__).parent / "three_minutes.yaml")
    for style in ("orchestral", "horror", "fantasy"):
        scene = replace(story.scenes[0], style=style)
        texture = weave(harmonise(plan(spot(scene, story))))
        orchestrate(texture)
        times = []
        for _ in range(5):
            start = time.process_time()
            score = orchestrate(texture)
            times.append(time.process_time() - start)
        notes = sum(len(part.notes) for part in score.parts)
        print(
            f"speed, {style}: 3 minutes, {len(score.parts)} parts, {notes} notes orchestrated in {1000 * statistics.median(times):.0f} ms"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=50)
    parser.add_argument("--styles", nargs="*", default=list(palettes()))
    parser.add_argument("--worst", action="store_true", help="also name the scenes that fall short")
    parser.add_argument("--only", nargs="*", choices=("scores", "styles", "speed"), default=["scores", "styles", "speed"])
    asked = parser.parse_args()
    if "scores" in asked.only:
        scores(asked.scenes, asked.styles, worst=asked.worst)
    if "styles" in asked.only:
        styles_table(asked.styles)
        told_apart(min(asked.scenes, 6), asked.styles)
    if "speed" in asked.only:
        speed()
