"""Every hit that is met falls on its place in the tempo map as it is written."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.affect import Affect
from motifgen.compose.desk import stated_place
from motifgen.compose.spotting import spot
from motifgen.compose.spotting.landings import fine
from motifgen.errors import ComposeError
from motifgen.motif.motif import Motif
from motifgen.motif.notation import read
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, Cast, Hit, Scene
from motifgen.story.timecode import RATES, FrameRate
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

MS = Fraction(1, 1000)
METERS = ("2/4", "3/4", "4/4", "5/4", "6/8", "9/8", "12/8", "7/8", "2/2", "3/2", "5/8", "3/8", "8/8", "11/8", "7/16", "1/4")


def scene(length, hits, arousal=(-0.3, 0.5, 0.0), **more):
    length = Fraction(length)
    points = [(length * i / (len(arousal) - 1), Affect(arousal=value)) for i, value in enumerate(arousal)]
    return Scene("x", length, Arc.of(*points), hits=tuple(hits), **more)


def written(spotting):
    """The second of a place, summed again from the steps alone."""
    steps = [*spotting.tempo.steps, (10**12, 1)]

    def second(quarters):
        tick, passed = quarters * PPQ, Fraction(0)
        for (start, microseconds), (end, _) in pairwise(steps):
            passed += max(min(tick, end) - start, 0) * microseconds
        return passed / PPQ / 1_000_000

    return second


def on_grid(spotting, landing):
    """Whether a landing is a place of the kind that was asked for, by the bar in which it lies."""
    bar = spotting.bar_at(landing.at)
    inside = landing.at - bar.start
    grain = {"downbeat": bar.meter.bar, "beat": bar.meter.beat, "any": fine(bar)}[landing.hit.on]
    return not inside % grain


@st.composite
def hit_lists(draw, length, gap, most=8):
    rate = FrameRate.named(draw(st.sampled_from(RATES)))
    frames = draw(st.lists(st.integers(int(gap * rate.nominal), int((length - 1) * rate.nominal)), min_size=1, max_size=most, unique=True))
    kept = []
    for frame in sorted(frames):
        if not kept or rate.seconds(frame - kept[-1]) >= gap:
            kept.append(frame)
    kinds = st.sampled_from(("accent", "stinger", "swell", "entry", "reveal", "pause", "cut"))
    places = st.sampled_from(("downbeat", "beat", "any"))
    return rate, [Hit(rate.seconds(frame), draw(kinds), on=draw(places)) for frame in kept]


@given(st.data(), st.sampled_from(METERS))
@settings(max_examples=50, deadline=None)
def test_hits_a_second_apart_are_met_within_a_millisecond_in_any_meter(data, meter):
    rate, hits = data.draw(hit_lists(60, gap=2))
    spotting = spot(scene(60, hits, meter=Meter.parse(meter), frame_rate=rate))
    second = written(spotting)
    for landing in spotting.landings:
        assert landing.met
        assert landing.error == second(landing.at) - landing.hit.at
        assert abs(landing.error) < MS
        assert on_grid(spotting, landing)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_bars_follow_each_other_and_cover_the_scene(data):
    length = data.draw(st.sampled_from((Fraction(2), Fraction(31), Fraction("61.5"), Fraction(150))))
    _, hits = data.draw(hit_lists(int(length), gap=Fraction(1, 2)))
    spotting = spot(scene(length, hits))
    assert spotting.bars[0].start == 0
    assert [bar.number for bar in spotting.bars] == list(range(1, len(spotting.bars) + 1))
    assert all(before.end == after.start for before, after in pairwise(spotting.bars))
    assert spotting.bars[-1].start < spotting.end <= spotting.bars[-1].end
    assert abs(spotting.seconds(spotting.end) - length) < MS


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_tempo_steps_are_on_beats_or_hits_at_most_one_a_beat(data):
    _, hits = data.draw(hit_lists(60, gap=1))
    spotting = spot(scene(60, [replace(hit, on="beat") for hit in hits]))
    beats = {bar.start + n * bar.meter.beat for bar in spotting.bars for n in range(bar.meter.beats)}
    assert all(Fraction(tick, PPQ) in beats for tick, _ in spotting.tempo.steps)


def test_forty_hits_in_a_minute_miss_only_what_lies_closer_than_a_sixteenth():
    times = [Fraction(7 * i * i % 1399 + 20, 24) for i in range(40)]
    hits = [Hit(at) for at in sorted(set(times))]
    spotting = spot(scene(60, hits))
    gaps = {after.hit.at: after.hit.at - before.hit.at for before, after in pairwise(spotting.landings)}
    missed = [landing for landing in spotting.landings if not landing.met]
    lonely = [
        at
        for at in (landing.hit.at for landing in missed)
        if gaps.get(at, 1) > Fraction(1, 5) and gaps.get(_next(hits, at), 1) > Fraction(1, 5)
    ]
    assert len(hits) >= 30
    assert lonely == []
    assert len([said for said in spotting.warnings if "is missed" in said]) == len(missed)


def _next(hits, at):
    return min((hit.at for hit in hits if hit.at > at), default=None)


def test_hits_closer_than_a_beat_fall_into_a_bar_of_short_beats():
    hits = [Hit(Fraction(20)), Hit(Fraction("20.35"))]
    spotting = spot(scene(60, hits, arousal=(0, 0)))
    assert all(landing.met and abs(landing.error) < MS for landing in spotting.landings)
    first, second = spotting.landings
    assert 0 < second.at - first.at < 1
    assert {str(bar.meter) for bar in spotting.bars} != {"4/4"}


def test_two_hits_a_frame_apart_share_a_beat_within_their_tolerance():
    hits = [Hit(Fraction(480, 24), what="one"), Hit(Fraction(481, 24), what="two")]
    spotting = spot(scene(60, hits))
    assert [landing.met for landing in spotting.landings] == [True, True]
    assert abs(spotting.landings[0].error) < MS
    (said,) = [said for said in spotting.warnings if "within its tolerance" in said]
    assert "'two'" in said
    assert "1.0 frames early; it lies 1.0 frames after the accent 'one' at 20.000 s, which is met" in said


@pytest.mark.parametrize("frames", [2, 3, 4, 5, 6, 8, 10])
@pytest.mark.parametrize("second", [372, 480, 601])
def test_hits_closer_than_a_beat_are_met_to_the_millisecond_and_the_tempo_hardly_bends(frames, second):
    spotting = spot(scene(60, [Hit(Fraction(second, 24)), Hit(Fraction(second + frames, 24))], meter=Meter(4, 4)))
    for landing in spotting.landings:
        assert landing.met
        assert abs(landing.error) < MS
        assert landing.error == written(spotting)(landing.at) - landing.hit.at
    assert not any("bends" in said for said in spotting.warnings)


def test_a_hit_on_a_part_of_a_beat_is_named_with_what_a_beat_would_have_cost():
    hits = [Hit(Fraction(480, 24), what="the gun"), Hit(Fraction(483, 24), what="the fall")]
    spotting = spot(scene(60, hits, tempo=(80, 80)))
    first, second = spotting.landings
    assert on_grid(spotting, first)
    assert not on_grid(spotting, second)
    (said,) = [said for said in spotting.warnings if "part of a beat" in said]
    assert "'the fall'" in said
    assert "it lies 3.0 frames after the accent 'the gun' at 20.000 s, which is met; to give each hit a beat would miss one" in said


def test_two_hits_that_cannot_both_be_met_are_named_with_their_frames_and_their_price():
    hits = [Hit(Fraction(480, 24), what="the gun", on="downbeat"), Hit(Fraction(483, 24), what="the fall", on="downbeat")]
    spotting = spot(scene(60, hits, tempo=(80, 80)))
    missed = [landing for landing in spotting.landings if not landing.met]
    assert len(missed) == 1
    (said,) = [said for said in spotting.warnings if "missed" in said]
    frames = abs(float(missed[0].error * 24))
    assert missed[0].hit.what in said
    assert f"{frames:.1f} frames" in said
    assert "3.0 frames" in said
    assert "which is met" in said
    assert "to meet it the tempo would bend by up to" in said
    assert "where 77.6 to 82.4 are allowed" in said


def test_hits_that_may_be_missed_go_first_and_it_is_said():
    hits = [
        Hit(Fraction(480, 24), what="the gun"),
        Hit(Fraction(484, 24), what="a bird", must=False),
        Hit(Fraction(516, 24), what="the fall"),
    ]
    spotting = spot(scene(60, hits, tempo=(80, 80)))
    met = {landing.hit.what: landing.met for landing in spotting.landings}
    assert met == {"the gun": True, "a bird": False, "the fall": True}
    assert any("a bird" in said and "was dropped" in said for said in spotting.warnings)


def test_a_hit_at_the_start_and_at_the_very_end():
    spotting = spot(scene(60, [Hit(Fraction(0), "entry"), Hit(Fraction(60), "accent")]))
    start, end = spotting.landings
    assert start.at == 0
    assert start.met
    assert end.met
    assert end.at == spotting.end


@pytest.mark.parametrize("length", [Fraction(1, 24), Fraction(1, 2), Fraction(2), Fraction(1200)])
def test_scenes_of_any_length(length):
    spotting = spot(scene(length, [Hit(length / 2)]))
    assert spotting.landings[0].met
    assert spotting.bars[-1].end >= spotting.end


@pytest.mark.parametrize("at", ["7", "13", "31.25"])
@pytest.mark.parametrize("bpm", [20, 40, 250])
@pytest.mark.parametrize("on", ["downbeat", "beat", "any"])
def test_very_slow_and_very_fast_tempi_meet_hits_on_their_own_places(bpm, on, at):
    spotting = spot(scene(60, [Hit(Fraction(at), on=on)], tempo=(bpm, bpm), meter=Meter(4, 4)))
    (landing,) = spotting.landings
    assert landing.met
    assert abs(landing.error) < MS
    if on != "any":
        assert on_grid(spotting, landing)
    paces = [60_000_000 / microseconds for _, microseconds in spotting.tempo.steps]
    assert max(paces) <= 1.0301 * bpm
    assert min(paces) >= 0.9699 * bpm


def test_a_scene_without_length_is_refused():
    empty = scene(1, [])
    object.__setattr__(empty, "length", Fraction(0))
    with pytest.raises(ComposeError, match="lasts 0 s"):
        spot(empty)


@pytest.mark.parametrize(("on", "weight"), [("downbeat", 4), ("beat", 2), ("any", 0)])
def test_where_in_the_bar_is_as_asked(on, weight):
    hits = [Hit(Fraction(at), on=on) for at in ("7.3", "21.9", "33.1", "48.6")]
    spotting = spot(scene(60, hits))
    for landing in spotting.landings:
        bar = spotting.bar_at(landing.at)
        assert bar.meter.weight(landing.at - bar.start) >= weight
        assert landing.met


def test_accents_come_to_downbeats_far_more_often_than_chance():
    places = []
    for shift in range(8):
        hits = [Hit(Fraction(at) + Fraction(7 * shift, 24)) for at in (11, 24, 39, 55)]
        spotting = spot(scene(70, hits, arousal=(-0.2, 0.2)))
        places += [landing.at == spotting.bar_at(landing.at).start for landing in spotting.landings]
    assert sum(places) / len(places) > 0.5


@pytest.mark.parametrize(("on", "place"), [("beat", 3), ("downbeat", 0)])
def test_an_entry_with_a_pickup_falls_where_the_pickup_leads_to_a_bar_line(on, place):
    upbeat = Character("mara", read("D4/q | A4/q. G4/e F4/q E4/q | D4/w", Key.parse("D minor")))
    assert isinstance(upbeat.motif, Motif)
    assert upbeat.motif.pickup == 1
    places = []
    for at in ("17.2", "29.5", "36", "41.6", "48.9"):
        spotting = spot(scene(60, [Hit(Fraction(at), "entry", who="mara", on=on)], arousal=(0, 0), cast=[Cast(upbeat)]))
        (landing,) = spotting.landings
        assert landing.met
        places.append(landing.at - spotting.bar_at(landing.at).start)
    assert places.count(place) >= 4


def test_an_asked_statement_begins_exactly_where_it_was_asked():
    mara = Character("mara", read("D4/q A4/q. G4/e F4/q", Key.parse("D minor")))
    asked = [Asked(Fraction(at), mara) for at in ("20", "41.3")]
    spotting = spot(scene(60, [Hit(Fraction(33))], cast=[Cast(mara)], statements=asked))
    for statement in asked:
        at = spotting.quarter(statement.at)
        assert abs(spotting.seconds(Fraction(round(at))) - statement.at) < MS


@pytest.mark.parametrize("shift", [Fraction(0), Fraction("0.3"), Fraction("0.85"), Fraction("1.4"), Fraction("2.05")])
def test_asked_statements_among_hits_begin_where_they_were_asked_and_no_hit_is_missed_for_it(shift):
    mara = Character("mara", read("D4/q A4/q. G4/e F4/q", Key.parse("D minor")))
    asked = [Asked(Fraction(at) + shift, mara) for at in ("9.75", "18.5", "33.1", "50.2")]
    hits = [Hit(Fraction(at)) for at in ("12.25", "22.5", "41.208", "55")]
    spotting = spot(scene(60, hits, cast=[Cast(mara)], statements=asked))
    assert all(landing.met and abs(landing.error) < MS for landing in spotting.landings)
    for statement in asked:
        at = stated_place(statement.at, spotting.bars, spotting.tempo)
        assert abs(spotting.seconds(at) - statement.at) <= MS


def test_the_same_scene_is_spotted_the_same_twice():
    hits = [Hit(Fraction(at)) for at in ("7.3", "21.9", "33.1")]
    assert spot(scene(60, hits)) == spot(scene(60, hits))


def test_moving_a_hit_moves_the_music():
    one, other = (spot(scene(60, [Hit(Fraction(at))])) for at in ("31.3", "33.1"))
    assert one.tempo != other.tempo
    assert isinstance(one.tempo, TempoMap)
