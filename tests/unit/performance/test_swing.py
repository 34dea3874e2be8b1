"""Swing: second eighths come late where the style swings and the beat is a quarter, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motifgen.compose.performance import perform
from motifgen.compose.performance.swing import BAND, swing_accent, swing_ratio
from performing import BASS_DRUM, PIANO, note, part, scoring, tune

BPM = (60.0, 120.0, 240.0)


@pytest.mark.parametrize(("bpm", "ratio"), [(60, 3.5019), (120, 2.9019), (300, 1.1019), (330, 1.0)])
def test_the_published_ratio(bpm, ratio):
    assert swing_ratio(np.array([float(bpm)]), 1.0)[0] == pytest.approx(ratio, abs=5e-4)


def test_off_is_even_and_the_accent_is_three_decibels():
    assert swing_ratio(np.array(BPM), 0.0).tolist() == [1.0, 1.0, 1.0]
    assert swing_accent(1.0) == 3.0


def onsets(line, *, swing, of=PIANO, **asked):
    score = scoring(part(line, "Piano", of, "pad"), swing=swing, **asked)
    rows = perform(score, humanize=0).parts[0].notes
    return rows["onset_tick"], rows["velocity"]


@pytest.mark.parametrize("bpm", BPM)
def test_second_eighths_come_late_by_the_ratio(bpm):
    line = tune(8, "1/2")
    tempo = ((0, round(60e6 / bpm)),)
    (even, soft), (late, loud) = (onsets(line, swing=swing, tempo=tempo) for swing in (False, True))
    ratio = float(swing_ratio(np.array([bpm]), BAND)[0])
    assert (late - even)[::2].tolist() == [0] * 32
    assert (late - even)[1::2] == pytest.approx(960 * ratio / (1 + ratio) - 480, abs=2)
    assert loud[1::2].mean() > soft[1::2].mean()


def test_who_has_the_tune_swings_least():
    theme = [replace(note, statement=0) for note in tune(8, "1/2")]
    even, theirs, ours = (onsets(line, swing=swing)[0] for line, swing in ((theme, False), (tune(8, "1/2"), True), (theme, True)))
    assert 0 < (ours - even)[1::2].min() <= (ours - even)[1::2].max() < 0.5 * (theirs - even)[1::2].min()


def test_finer_divisions_and_hits_stay_where_they_are():
    line = [note(i, "1/2", "D4") for i in range(3)] + [note("5/2", "1/4", "E4"), note("11/4", "1/4", "F4"), note("7/2", "1/2", "D4")]
    even, late = (onsets(line, swing=swing, hits=[("accent", "7/2")])[0] for swing in (False, True))
    assert even.tolist() == late.tolist()


def test_drums_swing_on_the_last_sixteenth_too_and_land_with_the_others():
    ride = [note(i + place, "1/4", "D#3") for i in range(8) for place in (0, 0.75)]
    drums, _ = onsets(ride, swing=True, of=BASS_DRUM)
    piano, _ = onsets(tune(2, "1/2"), swing=True)
    assert np.abs(drums[1::2] - piano[1::2]).max() < 20
    assert np.abs(onsets(ride, swing=True)[0] - onsets(ride, swing=False)[0]).max() == 0
