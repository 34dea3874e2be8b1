from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.affect import Affect
from motifgen.compose.spotting.steady import Steady, steady
from motifgen.errors import RangeError
from motifgen.orchestra.palette import palette
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene
from motifgen.theory.time import Meter

ORCHESTRAL = palette("orchestral")


def scene(*seconds, **more):
    return Scene("x", Fraction(60), Arc.of((0, Affect())), hits=tuple(Hit(Fraction(at)) for at in seconds), **more)


def test_a_tempo_that_catches_all_comes_first():
    # At 80 bpm a beat lasts 0.75 s.
    rows = steady(scene("7.5", "15.75", "33", "48.75"), ORCHESTRAL, 70, 90, step=0.5)
    best = rows[0]
    assert best.bpm == 80
    assert (best.met, best.near, best.missed, best.worst, best.cost) == (4, 0, 0, 0.0, 0.0)
    assert rows == tuple(sorted(rows, key=lambda row: (-row.met, -row.near, row.cost, row.bpm)))
    assert len(rows) == 41


def test_frames_off_are_negative_when_the_music_is_early_and_that_costs_twice():
    late, early = (steady(scene(at), ORCHESTRAL, 60, 60)[0] for at in ("19.9", "20.1"))
    assert late.off == (pytest.approx(2.4),)
    assert early.off == (pytest.approx(-2.4),)
    assert early.cost == pytest.approx(2 * late.cost)


def test_hits_are_met_near_or_missed_by_their_tolerance():
    made = scene("10.03", "20.07", "30.2")
    row = steady(made, ORCHESTRAL, 60, 60)[0]
    assert (row.met, row.near, row.missed) == (1, 1, 1)
    kinder = replace(made, hits=tuple(replace(hit, tolerance=Fraction(5)) for hit in made.hits))
    assert steady(kinder, ORCHESTRAL, 60, 60)[0].met == 3


def test_downbeats_are_harder_than_beats_and_beats_than_any():
    made = scene("11", "22.5", "37")
    found = [
        steady(replace(made, hits=tuple(replace(hit, on=on) for hit in made.hits)), ORCHESTRAL, 60, 60)[0].worst
        for on in ("downbeat", "beat", "any")
    ]
    assert found[0] > found[1] > found[2] == 0


def test_the_felt_beat_counts_in_compound_time():
    row = steady(scene("7.5", "15", meter=Meter(6, 8)), ORCHESTRAL, 80, 80)[0]
    assert row.met == 2


def test_the_range_is_the_scenes_else_the_palettes():
    assert {row.bpm for row in steady(scene("10", tempo=(80, 80.2)), ORCHESTRAL)} == {80, 80.1, 80.2}
    found = [row.bpm for row in steady(scene("10"), ORCHESTRAL, step=1)]
    assert (min(found), max(found)) == ORCHESTRAL.tempo


@pytest.mark.parametrize("wrong", [(90, 80, 1), (-5, 80, 1), (60, 70, 0), (60, 70, 1e-9), (float("nan"), 70, 1)])
def test_ranges_that_make_no_sense_are_refused(wrong):
    with pytest.raises(RangeError, match="cannot try tempi"):
        steady(scene("10"), ORCHESTRAL, *wrong)


@pytest.mark.parametrize(("bpm", "click"), [(120, "12-0"), (144, "10-0"), (102.857, "14-0"), (60, "24-0")])
def test_clicks_are_frames_and_eighths(bpm, click):
    assert Steady(bpm, 0, 0, 0, 0.0, 0.0, ()).click(Fraction(24)) == click
