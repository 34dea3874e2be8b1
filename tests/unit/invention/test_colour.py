"""Traits must be heard: each axis of feeling moves what is invented."""

from __future__ import annotations

from statistics import fmean

from motifgen.affect import Affect
from motifgen.motif.invention import archetypes, invent, suited
from motifgen.motif.invention.colour import BRIGHTNESS, Palette, coloured
from motifgen.motif.statistics import Figures, figures
from motifgen.theory.scale import MODES

HERO = archetypes()["hero"]


def palette(**axes: float) -> Palette:
    own = HERO.feel
    point = Affect(**{axis: axes.get(axis, getattr(own, axis)) for axis in ("valence", "arousal", "tension", "power")})
    return coloured(HERO, point, HERO.notes)


def share(weights: tuple[tuple[str, float], ...], *names: str) -> float:
    return sum(weight for name, weight in weights if name in names) / sum(weight for _, weight in weights)


def population(*traits: str) -> list[Figures]:
    return [figures(invent(traits, archetype="hero", name=str(number)).motif) for number in range(16)]


def test_valence_moves_the_mode() -> None:
    assert share(palette(valence=-0.8).modes, "minor", "dorian") > share(palette(valence=0.8).modes, "minor", "dorian") + 0.3


def test_arousal_moves_the_number_of_notes_and_the_rhythms() -> None:
    slow, fast = palette(arousal=-0.8), palette(arousal=0.9)
    assert slow.notes[1] < fast.notes[1] or slow.notes[0] < fast.notes[0]
    assert share(slow.rhythms, "held") > share(fast.rhythms, "held")


def test_power_moves_the_leaps_and_the_contour() -> None:
    weak, strong = palette(power=-0.8), palette(power=1.0)
    assert share(weak.contours, "falling") > share(strong.contours, "falling")
    assert strong.shares[3] + strong.shares[5] > weak.shares[3] + weak.shares[5]


def test_tension_moves_the_chromatics() -> None:
    assert palette(tension=1.0).chromatic > palette(tension=0.0).chromatic


def test_darkness_moves_the_register() -> None:
    assert palette(valence=-0.9).middle < palette(valence=0.9).middle


def test_it_reaches_the_notes() -> None:
    bright, dark = population("joyful", "energetic"), population("grief", "weary")
    assert fmean(one.minor for one in dark) > fmean(one.minor for one in bright) + 0.3
    assert fmean(one.notes for one in bright) > fmean(one.notes for one in dark)
    assert fmean(one.range for one in bright) > fmean(one.range for one in dark)


def test_every_mode_that_an_archetype_names_has_a_brightness() -> None:
    assert set(BRIGHTNESS) <= set(MODES)
    assert {name for row in archetypes().values() for name, _ in row.modes} <= set(BRIGHTNESS)


def test_the_first_trait_decides_between_two_archetypes() -> None:
    assert suited(["love", "menace"])[0].name == "love"
    assert suited(["menace", "love"])[0].name == "menace"
