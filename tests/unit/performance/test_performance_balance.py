"""Balance: the whole follows the arc, whatever the single players were written to do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motifgen import Arc, Scene, compose
from motifgen.compose.performance import balance
from motifgen.compose.performance.balance import MOST_TILT, balanced
from motifgen.compose.performance.hearing import Ensemble
from motifgen.compose.performance.loudness import RANGE
from motifgen.compose.performance.reading import wish_for
from motifgen.compose.performance.stage import phrase_bounds
from motifgen.compose.performance.strand import Clock, Strand
from motifgen.measure.curves import curves
from motifgen.story.scene import Hit
from performing import CELLO, VIOLIN, note, part, scoring, tune


@pytest.fixture(scope="module")
def rising():
    return compose(Scene("1m1", 40, Arc.of((0, "calm"), (36, "panic")), hits=(Hit(20, "accent", "door"),)))


@pytest.fixture(scope="module")
def level_strands(rising):
    bounds = np.array([0.0, 40.0])
    found = [Strand.of(part, Clock(rising.spotting.tempo), bounds) for part in rising.scoring.parts]
    return [replace(strand, level=np.full(strand.level.shape, 0.5)) for strand in found]


def mean_level(strands, start, end):
    inside = [strand.level[(strand.start >= start) & (strand.start < end)] for strand in strands]
    return float(np.concatenate(inside).mean())


def test_the_wish_rises_with_what_is_felt_and_favours_high_players_where_it_is_tense(rising):
    wish = wish_for(rising.spotting)
    assert wish.wide > 8
    assert wish.arousal[0] < 0 < wish.arousal[-8]
    assert wish.tilt[0] < 0 < wish.tilt[-8]


def test_neither_hits_nor_words_are_judged(rising):
    wish = wish_for(rising.spotting)
    near = (wish.seconds > 19.5) & (wish.seconds < 20.5)
    assert not wish.free[near].any()
    assert wish.free[~near].mean() > 0.9


def test_in_the_tense_end_high_notes_gain_on_low_ones(rising, level_strands):
    notes = [
        (pitch, level)
        for strand in balanced(level_strands, rising.spotting)
        if not strand.part.instrument.drums
        for at, pitch, level in zip(strand.start, strand.pitch, strand.level, strict=True)
        if 33 < at < 36
    ]
    high = np.mean([level for pitch, level in notes if pitch >= 67])
    low = np.mean([level for pitch, level in notes if pitch <= 50])
    assert 0 < (high - low) * RANGE < 2 * MOST_TILT


def test_a_crescendo_of_players_is_not_turned_down(rising, level_strands):
    found = balanced(level_strands, rising.spotting)
    assert mean_level(found, 30, 36) > mean_level(found, 2, 8)


def test_pitches_onsets_and_players_stay(rising, level_strands):
    for before, after in zip(level_strands, balanced(level_strands, rising.spotting), strict=True):
        assert after.part is before.part
        assert np.array_equal(after.on, before.on)
        assert np.array_equal(after.pitch, before.pitch)
        assert after.level.max(initial=0.0) <= 1.0


def test_a_flat_arc_leaves_no_tilt():
    sketch = compose(Scene("1m1", 12, Arc.of((0, "calm"))))
    assert not np.any(np.round(wish_for(sketch.spotting).tilt, 9))


def test_under_words_the_whole_lies_well_under_the_rest_of_the_scene():
    sketch = compose(Scene("1m1", 40, Arc.of((0, "calm"), (36, "sadness")), dialogue=[(14, 24)]))
    loud = curves(sketch.recording).loudness
    spoken, rest = loud[15 * 4 : 23 * 4], np.concatenate([loud[: 13 * 4], loud[26 * 4 :]])
    assert 10 * np.log10(np.mean(10 ** (spoken / 10))) < 10 * np.log10(np.mean(10 ** (rest / 10))) - 6


def test_what_accompanies_gives_way_to_the_tune():
    """A soft tune among loud chords is brought to the front; one that is there already is left alone."""
    levels = []
    for loud in (0.8, 0.1):
        chords = [part([note(4 * bar, 4, name, loud) for bar in range(8)], f"Cello {name}", CELLO, "pad") for name in ("D3", "F3", "A3")]
        score = scoring(part(tune(level=0.5), "Violin", VIOLIN), *chords)
        plan = score.texture.harmony.plan
        clock = Clock(plan.spotting.tempo)
        strands = [Strand.of(each, clock, phrase_bounds(plan, clock)) for each in score.parts]
        wish = wish_for(plan.spotting)
        heard = balance._with_tune(Ensemble.of(strands, len(wish.seconds)), wish).split(strands)  # noqa: SLF001 - before the arc is followed
        levels.append([float((after.level - before.level).mean()) for before, after in zip(strands, heard, strict=True)])
    assert levels[0][0] > 0.05
    assert max(levels[0][1:]) < -0.1
    assert np.abs(levels[1]).max() < 1e-6
