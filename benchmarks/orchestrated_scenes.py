"""Scenes that are orchestrated to be judged: the examples in every style, and generated ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from motifgen import Arc, Cast, Character, Hit, read_story
from motifgen.affect import words
from motifgen.chance import Chance
from motifgen.compose.desk import Scoring
from motifgen.compose.harmony import harmonise
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.planning import plan
from motifgen.compose.spotting import spot
from motifgen.compose.texture import weave
from motifgen.story.scene import Scene, Story

ROOT = Path(__file__).parent.parent
TURN = 0.4
DO = ("accent", "stinger", "swell", "reveal", "entry", "pause")
TRAITS = ("brave", "lonely", "cruel", "tender", "playful", "menacing", "noble", "sad", "hopeful")


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
