"""Readings: each take follows the arc in its own way, and held breath is heard though the music lies low."""

from __future__ import annotations

import statistics
from dataclasses import replace

import numpy as np
import pytest

from motifgen import Arc, Scene, compose
from motifgen.compose.performance import weighing
from motifgen.compose.performance.hearing import Ensemble
from motifgen.compose.performance.reading import HEARD_DB, wish_for
from motifgen.compose.performance.strand import Clock, Strand
from motifgen.measure.conformance import measure
from motifgen.story.arc import Keyframe

ARC = Arc.of((0, "calm"), (20, "dread"))


def wished(arc, seed=0):
    return wish_for(compose(Scene("1m1", 24, arc, style="piano", seed=seed)).spotting)


def opposed(style, seed=2):
    """From lively without tension to quiet and tense: loudness can follow one alone."""
    lively, held = replace(ARC.at(0), valence=0.3, tension=0.05, arousal=0.6), replace(ARC.at(0), valence=0.1, tension=0.8, arousal=-0.5)
    return Scene("1m1", 40, Arc((Keyframe(0, lively), Keyframe(36, held))), style=style, seed=seed)


def test_each_seed_reads_the_arc_in_its_own_way_and_always_in_that_way():
    one, again, other = (wished(ARC, seed) for seed in (1, 1, 2))
    assert (one.wide, one.lean) == (again.wide, again.lean)
    assert np.array_equal(one.tilt, again.tilt)
    assert one.wide != other.wide
    assert one.lean != other.lean
    assert not np.allclose(one.tilt, other.tilt)


def test_a_small_turn_of_the_arc_is_a_turn_all_the_same():
    low, high = replace(ARC.at(0), tension=0.2, arousal=0.0), replace(ARC.at(0), tension=0.24, arousal=0.06)
    small = wished(Arc((Keyframe(0, low), Keyframe(20, high))))
    assert 1 < small.wide <= HEARD_DB * 1.15
    assert wished(Arc((Keyframe(0, low),))).wide == 0


def test_a_small_turn_before_a_great_one_is_heard():
    """What counts is mostly which moment is higher: a calm third of a scene is softer than a stirred one, whatever storm follows."""
    low, stirred, storm = (
        replace(ARC.at(0), tension=tension, arousal=arousal) for tension, arousal in ((0.1, -0.3), (0.2, -0.1), (0.9, 0.9))
    )
    wish = wished(Arc((Keyframe(0, low), Keyframe(8, low), Keyframe(8, stirred), Keyframe(16, stirred), Keyframe(16, storm))))
    calm, livelier, wild = (wish.arousal[(wish.seconds > start) & (wish.seconds < start + 7)].mean() for start in (0.5, 8.5, 16.5))
    assert livelier - calm > 0.5
    assert wild - livelier > livelier - calm


def test_loudness_makes_up_for_what_the_score_does_not_tell():
    """The same arc: where more begins by itself, less has to be done."""
    scene = Scene("1m1", 24, ARC, style="piano")
    spotting = compose(scene).spotting
    wish = replace(wish_for(spotting), tension=np.zeros(97), arousal=np.linspace(-1.7, 1.7, 97), free=np.ones(97, dtype=bool))
    rows = compose(scene).scoring.parts
    strands = [Strand.of(part, Clock(spotting.tempo), np.array([0.0, 24.0])) for part in rows]
    told = weighing.told(Ensemble.of(strands, len(wish.seconds)), wish, spotting)
    plain, level = wish.arousal, told.wanted(wish, 0.0)
    busy = told.towards({"density": 0.3, "tempo": 0.2})
    assert np.corrcoef(level, busy)[0, 1] < np.corrcoef(plain, busy)[0, 1]
    assert np.corrcoef(level, plain)[0, 1] > 0.7


@pytest.mark.parametrize("style", ["chamber", "folk"])
def test_held_breath_is_heard_as_tension_and_as_calm(style):
    """Loudness can follow one alone, so neither may drown the other."""
    reports = [measure(compose(scene).recording, scene, search=False) for scene in (opposed(style, seed) for seed in (1, 2, 3))]
    assert statistics.median(report.tension for report in reports) > 0.2
    assert statistics.median(report.arousal for report in reports) > 0.4
