"""Asked silence, cuts and pauses."""

from fractions import Fraction

import pytest

from motifgen.affect import Affect
from motifgen.compose.spotting import spot
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, BarPlace, Hit, Scene
from motifgen.theory.time import Span, merged
from planned import character, planned

CALM = Affect()


def scene(*hits, points=((0, CALM),), **more):
    return Scene("x", Fraction(60), Arc.of(*points), hits=hits, **more)


def in_seconds(spotting):
    return [(float(spotting.seconds(rest.start)), float(spotting.seconds(rest.end))) for rest in spotting.rests]


def test_asked_silence_begins_on_its_frame_and_ends_on_the_next_beat():
    spotting = spot(scene(silence=(Span(Fraction(20), Fraction(25)),)))
    ((start, end),) = in_seconds(spotting)
    assert abs(start - 20) < 0.001
    assert 25 <= end + 0.003 < 25 + 60 / 88
    assert not (spotting.rests[0].end - spotting.bar_at(spotting.rests[0].end).start) % 1
    assert spotting.silent(spotting.quarter(Fraction(22)))
    assert not spotting.silent(spotting.quarter(Fraction(30)))


def test_a_cut_lasts_to_the_end_of_the_scene():
    spotting = spot(scene(Hit(Fraction(45), "cut")))
    assert spotting.rests == (Span(spotting.landings[0].at, spotting.end),)


def test_a_cut_lasts_to_the_next_arc_point():
    spotting = spot(scene(Hit(Fraction(30), "cut"), points=((0, CALM), (30, CALM), (36, CALM), (50, CALM))))
    ((start, end),) = in_seconds(spotting)
    assert abs(start - 30) < 0.001
    assert 36 <= end + 0.003 < 36.8


def test_a_cut_lasts_to_the_next_hit():
    spotting = spot(scene(Hit(Fraction(30), "cut"), Hit(Fraction(34), "accent")))
    assert spotting.rests == (Span(spotting.landings[0].at, spotting.landings[1].at),)


@pytest.mark.parametrize("second", [Fraction(363, 10), Fraction(3741, 100), Fraction(389, 10), Fraction(4017, 100)])
def test_the_statement_that_ends_a_cut_begins_where_the_cut_ends(second):
    plan = planned(scene(Hit(Fraction(30), "cut"), statements=(Asked(second, character(0)),)))
    (statement,) = [it for it in plan.statements if it.asked]
    assert plan.spotting.rests[0].end == statement.start
    assert not any("left out" in text for text in plan.warnings)


def test_a_cut_lasts_to_the_next_statement():
    mara = Character("mara")
    by_time = spot(scene(Hit(Fraction(30), "cut"), statements=(Asked(Fraction(38), mara),)))
    assert abs(in_seconds(by_time)[0][1] - 38) < 0.4
    bar = by_time.bar_at(by_time.quarter(Fraction(44))).number
    by_bar = spot(scene(Hit(Fraction(30), "cut"), statements=(Asked(BarPlace(bar), mara),)))
    assert by_bar.rests[0].end == by_bar.bars[bar - 1].start
    nowhere = spot(scene(Hit(Fraction(30), "cut"), statements=(Asked(BarPlace(999), mara),)))
    assert nowhere.rests[0].end == nowhere.end


def test_a_pause_holds_its_breath_for_half_a_second_to_two_and_goes_on_with_a_beat():
    for at in ("12.3", "30.0", "41.7", "55.1"):
        spotting = spot(scene(Hit(Fraction(at), "pause")))
        ((start, end),) = in_seconds(spotting)
        assert abs(start - float(Fraction(at))) < 0.001
        assert 0.5 <= end - start <= 2
        bar = spotting.bar_at(spotting.rests[0].end)
        assert not (spotting.rests[0].end - bar.start) % bar.meter.beat


def test_a_pause_ends_at_the_next_hit():
    spotting = spot(scene(Hit(Fraction(30), "pause"), Hit(Fraction("30.7"), "stinger")))
    assert spotting.rests == (Span(spotting.landings[0].at, spotting.landings[1].at),)


def test_a_pause_on_slow_beats_still_breathes_half_a_second():
    spotting = spot(scene(Hit(Fraction(30), "pause"), tempo=(20, 20)))
    ((start, end),) = in_seconds(spotting)
    assert 0.5 <= end - start + 0.001 <= 2


def test_silences_that_touch_are_one():
    joined = merged(
        [Span(Fraction(4), Fraction(6)), Span(Fraction(0), Fraction(4)), Span(Fraction(5), Fraction(5)), Span(Fraction(8), Fraction(9))]
    )
    assert joined == (Span(Fraction(0), Fraction(6)), Span(Fraction(8), Fraction(9)))


def test_an_accent_makes_no_silence():
    assert spot(scene(Hit(Fraction(30), "accent"), Hit(Fraction(40), "swell"))).rests == ()
