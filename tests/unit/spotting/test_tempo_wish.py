"""Tempo and meter follow what the scene asks."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from motifgen.affect import Affect
from motifgen.compose.spotting import spot
from motifgen.compose.spotting.wish import choose_meter, felt_beat, wished
from motifgen.motif.notation import read
from motifgen.orchestra.palette import palette
from motifgen.sketch.events import PPQ
from motifgen.story.arc import Arc
from motifgen.story.casting import themes
from motifgen.story.leitmotif import Character, Invention
from motifgen.story.scene import Cast, Hit, Scene
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

ORCHESTRAL = palette("orchestral")


def scene(*arousal, length=60, **more):
    points = [(Fraction(length * i, max(len(arousal) - 1, 1)), Affect(arousal=value)) for i, value in enumerate(arousal)]
    return Scene("x", Fraction(length), Arc.of(*points), **more)


def felt(spotting):
    """Felt beats a minute, bar by bar."""
    return [
        60 * float((bar.end - bar.start) / felt_beat(bar.meter) / (spotting.seconds(bar.end) - spotting.seconds(bar.start)))
        for bar in spotting.bars
    ]


@pytest.mark.parametrize(("arousal", "bpm"), [(0, 92), (0.4, 113.27), (-0.6, 67.35), (1, 154.72), (-1, 54.7)])
def test_an_even_arousal_has_an_even_tempo_near_its_wish(arousal, bpm):
    found = felt(spot(scene(arousal)))
    assert min(found) == pytest.approx(bpm, rel=0.06)
    assert max(found) / min(found) < 1.0001


def test_tempo_rises_and_falls_with_arousal():
    found = felt(spot(scene(-0.6, 0.8, -0.6, length=120)))
    peak = found.index(max(found))
    assert len(found) * 0.35 < peak < len(found) * 0.7
    assert max(found) > 1.5 * found[0]
    assert max(found) > 1.5 * found[-1]


def test_the_bend_from_bar_to_bar_is_small_even_where_the_arc_jumps():
    points = ((0, Affect(arousal=-0.7), "hold"), (30, Affect(arousal=0.7), "hold"))
    found = felt(spot(Scene("x", Fraction(60), Arc.of(*points))))
    assert found[0] < 72
    assert found[-1] > 125
    assert max(after / before for before, after in pairwise(found)) < 1.08


@pytest.mark.parametrize("turn", [6, 12, 20])
def test_an_arc_that_turns_at_once_among_hits_bends_the_tempo_no_more_than_the_style_likes(turn):
    points = ((0, Affect(arousal=-0.6)), (turn, Affect(arousal=0.8)))
    hits = [Hit(Fraction(at)) for at in ("4.5", "11.96", "17.04")]
    spotting = spot(Scene("x", Fraction(24), Arc.of(*points), hits=hits, style="piano"))
    found = felt(spotting)
    assert max(max(after / before, before / after) for before, after in pairwise(found)) <= 1.0801
    assert all(landing.met and abs(landing.error) <= Fraction(1, 1000) for landing in spotting.landings)


@pytest.mark.parametrize("meter", ["3/4", "6/8", "2/2", "7/8", "3/8"])
def test_the_felt_beat_is_what_runs_at_the_wished_tempo(meter):
    assert felt(spot(scene(0, meter=Meter.parse(meter))))[0] == pytest.approx(92, rel=0.06)


def test_one_tempo_is_kept_exactly_where_no_hit_asks_for_more():
    spotting = spot(scene(-0.8, 0.9, tempo=(96, 96)))
    assert spotting.tempo.steps == ((0, 625_000),)


def test_one_tempo_is_nudged_by_three_percent_at_most():
    hits = tuple(Hit(Fraction(at)) for at in ("9.7", "20.2", "31.9", "47.3"))
    spotting = spot(scene(0, tempo=(96, 96), hits=hits))
    assert all(landing.met for landing in spotting.landings)
    assert all(93.11 <= 60_000_000 / microseconds <= 98.89 for _, microseconds in spotting.tempo.steps)


@pytest.mark.parametrize("tempo", [(80, 100), (60, 66), (140, 150)])
def test_a_range_of_tempi_is_kept(tempo):
    hits = tuple(Hit(Fraction(at)) for at in ("9.7", "20.2", "31.9", "47.3"))
    for hit_list in ((), hits):
        spotting = spot(scene(-0.9, 0.9, tempo=tempo, hits=hit_list))
        assert all(tempo[0] - 0.01 <= 60_000_000 / microseconds <= tempo[1] + 0.01 for _, microseconds in spotting.tempo.steps)


def test_a_palettes_range_is_kept_by_the_wish():
    slow = wished(scene(1.0), palette("intimate"))
    assert slow.bpm(30) == pytest.approx(palette("intimate").tempo[1])


def test_the_wish_goes_both_ways():
    wish = wished(scene(-0.5, 0.7), ORCHESTRAL)
    for seconds in (0.0, 3.3, 29.9, 60.0):
        assert wish.when(wish.until(seconds)) == pytest.approx(seconds)


def test_the_scenes_own_meter_comes_first_then_the_first_leads_then_the_palettes():
    waltz = Character("mara", read("D4/q E4/q F4/q", Key.parse("D minor"), Meter(3, 4)))
    odd = Character("foe", read("D4/e E4/q F4/q D4/q", Key.parse("D minor"), Meter(7, 8)))
    asked = Character("sea", Invention(meter="6/8"))
    plain = scene(0)
    assert choose_meter(plain, ORCHESTRAL) == Meter(4, 4)
    assert choose_meter(replace(plain, cast=(Cast(waltz),)), ORCHESTRAL) == Meter(3, 4)
    assert choose_meter(replace(plain, cast=(Cast(asked),)), ORCHESTRAL) == Meter(6, 8)
    assert choose_meter(replace(plain, cast=(Cast(waltz, role="hint"),)), ORCHESTRAL) == Meter(4, 4)
    assert choose_meter(replace(plain, cast=(Cast(odd),)), ORCHESTRAL) == Meter(7, 8)
    assert choose_meter(replace(plain, cast=(Cast(odd),)), palette("action")) == Meter(7, 8)
    assert choose_meter(replace(plain, cast=(Cast(waltz),), meter=Meter(5, 4)), ORCHESTRAL) == Meter(5, 4)


@pytest.mark.parametrize("style", ["orchestral", "folk", "horror"])
def test_a_theme_still_to_be_invented_counts_with_the_meter_it_will_have(style):
    made = replace(scene(0), cast=(Cast(Character("lover", traits=("tender",))),), style=style)
    will_be = themes(made)["lover"].meter
    assert str(will_be) in palette(style).meters
    assert choose_meter(made, palette(style)) == spot(made).bars[0].meter == will_be


def test_a_scene_without_hits_ends_on_a_bar_line():
    for length in (30, 47, 61, 90):
        spotting = spot(scene(-0.2, 0.3, length=length))
        assert spotting.bars[-1].end == spotting.end


def test_a_large_bend_is_said():
    hits = (Hit(Fraction("20.0")), Hit(Fraction("20.11")), Hit(Fraction("40.0")))
    spotting = spot(scene(-0.9, hits=hits, tempo=(60, 150)))
    found = [float((bar.end - bar.start) / (spotting.seconds(bar.end) - spotting.seconds(bar.start))) for bar in spotting.bars]
    steepest = max(max(a / b, b / a) for a, b in pairwise(found)) - 1
    assert any("bends by up to" in said for said in spotting.warnings) == (steepest > ORCHESTRAL.bend)


@pytest.mark.parametrize("times", [("30",), ("9.5", "33.7"), ("36.5", "44.7"), ("12.4", "27.2", "47")])
def test_one_tempo_near_the_wish_is_found_when_it_will_do(times):
    spotting = spot(scene(0.1, hits=tuple(Hit(Fraction(at)) for at in times)))
    assert all(abs(landing.error) < Fraction(1, 1000) for landing in spotting.landings)
    tempi = [microseconds for _, microseconds in spotting.tempo.steps]
    assert max(tempi) / min(tempi) < 1.0201
    places = {Fraction(tick, PPQ) for tick, _ in spotting.tempo.steps}
    assert places <= {Fraction(0), *(landing.at for landing in spotting.landings)}
    assert felt(spotting)[0] == pytest.approx(96.9, rel=0.08)


def test_a_tempo_that_stays_is_not_forced_on_an_arc_that_moves():
    hits = tuple(Hit(Fraction(at)) for at in ("17.2", "29.6", "44.1"))
    found = felt(spot(scene(-0.5, 0.6, hits=hits)))
    assert max(found) > 1.4 * min(found)
