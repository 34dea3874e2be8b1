"""Readings: each take follows the arc in its own way, and held breath is heard though the music lies low."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motifgen import Arc, Scene, compose
from motifgen.compose.performance.balance import HEARD_DB, wish_for
from motifgen.measure.conformance import measure
from motifgen.story.arc import Keyframe

ARC = Arc.of((0, "calm"), (20, "dread"))


def wished(arc, seed=0):
    return wish_for(compose(Scene("1m1", 24, arc, style="piano", seed=seed)).spotting)


def test_each_seed_reads_the_arc_in_its_own_way_and_always_in_that_way():
    one, again, other = (wished(ARC, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.level, again.level)
    assert np.array_equal(one.tilt, again.tilt)
    assert not np.allclose(one.level, other.level)
    assert np.corrcoef(one.level, other.level)[0, 1] > 0.9


def test_a_small_turn_of_the_arc_is_a_turn_all_the_same():
    low, high = replace(ARC.at(0), tension=0.2, arousal=0.0), replace(ARC.at(0), tension=0.24, arousal=0.06)
    small = wished(Arc((Keyframe(0, low), Keyframe(20, high))))
    assert HEARD_DB / 4 < small.level.std() <= HEARD_DB + 1e-6
    assert wished(Arc((Keyframe(0, low),))).level.std() < 1e-9


@pytest.mark.parametrize("style", ["chamber", "folk"])
def test_held_breath_is_heard_as_tension(style):
    """From lively without tension to quiet and tense: loudness can follow one alone, so neither may drown the other."""
    lively, held = replace(ARC.at(0), valence=0.3, tension=0.05, arousal=0.6), replace(ARC.at(0), valence=0.1, tension=0.8, arousal=-0.5)
    scene = Scene("1m1", 40, Arc((Keyframe(0, lively), Keyframe(36, held))), style=style, seed=2)
    sketch = compose(scene)
    wish = wish_for(sketch.spotting)
    assert wish.level[-20] > wish.level[10]
    report = measure(sketch.recording, scene, search=False)
    assert report.tension > 0
    assert report.arousal > 0
