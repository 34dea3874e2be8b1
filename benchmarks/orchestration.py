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
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from motifgen import Arc, Cast, Character, Hit, Motif, read_story
from motifgen.affect import words
from motifgen.chance import Chance
from motifgen.compose.desk import Line, ScoreNote, ScorePart, Scoring
from motifgen.compose.harmony import harmonise
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.planning import plan
from motifgen.compose.spotting import spot
from motifgen.compose.texture import weave
from motifgen.compose.texture.outer import parallel
from motifgen.measure.ranks import rank_correlation
from motifgen.orchestra.palette import palettes
from motifgen.story.scene import Scene, Story
from motifgen.theory.spacing import LOW_LIMITS

ROOT = Path(__file__).parent.parent
BREATH = 0.12
MUD = re.compile(r"bars? (\d+)(?: to (\d+))?: .*mud")
MOVES, TURN = 0.5, 0.4
CHORDAL = frozenset({"pad", "bass"})
FAMILIES = ("woodwind", "brass", "strings", "keys", "plucked", "percussion", "voice", "electronic")
SHORT = frozenset({"staccato", "pizzicato", "spiccato"})
DO = ("accent", "stinger", "swell", "reveal", "entry", "pause")
TRAITS = ("brave", "lonely", "cruel", "tender", "playful", "menacing", "noble", "sad", "hopeful")


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


def generated(number: int, style: str) -> tuple[Scene, Story]:
    """Return a scene of 40 to 100 s with a drawn arc, cast, hits and words."""
    draw = Chance(number, "benchmark", "orchestration", style)
    length = 40 + draw.below(61)
    turns = sorted({0, *(1 + draw.below(length - 2) for _ in range(3 + draw.below(3)))})
    arc = Arc.of(
        *((at, word, draw.choose(("linear", "smooth", "hold"))) for at, word in zip(turns, _moving(draw, len(turns)), strict=True))
    )
    cast = [
        Cast(Character(name, traits=(draw.choose(TRAITS),)), (length * n // 4, length)) for n, name in enumerate("abc"[: 1 + draw.below(3)])
    ]
    places = sorted({5 + draw.below(length - 8) for _ in range(draw.below(4))})
    hits = [Hit(Fraction(at), draw.choose(DO), who="a" if n == 0 else "") for n, at in enumerate(places)]
    hits = [replace(hit, who="a" if hit.do in {"reveal", "entry"} else "") for hit in hits]
    first = 3 + draw.below(length // 2)
    dialogue = ((first, first + 6 + draw.below(8)),) if draw.below(2) else ()
    scene = Scene(f"g{number}", length, arc, style=style, cast=cast, hits=hits, dialogue=dialogue, seed=number)
    return scene, Story(scenes=(scene,), seed=number)


def _moving(draw: Chance, count: int) -> list[str]:
    """Return so many drawn feelings, each more or less excited than the one before."""
    vocabulary = {word: affect.arousal for word, affect in sorted(words().items())}
    found = [draw.choose(list(vocabulary))]
    while len(found) < count:
        found.append(draw.choose([word for word, arousal in vocabulary.items() if abs(arousal - vocabulary[found[-1]]) >= TURN]))
    return found


def given(style: str) -> Iterator[tuple[Scene, Story]]:
    """Yield the composed scenes of the examples in a style."""
    for path in sorted(ROOT.glob("examples/*/*.yaml")):
        story = read_story(path)
        yield from ((replace(scene, style=style), story) for scene in story.scenes if isinstance(scene, Scene))


def scored(scene: Scene, story: Story) -> Scoring:
    """Return a scene's score."""
    return orchestrate(weave(harmonise(plan(spot(scene, story)))))


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
