"""Seconds, frames, quarters and ticks are each other's inverses to the last frame, at all rates and under any tempo map."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentimelineio import opentime

from motifgen.compose.spotting import spot
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene
from motifgen.story.timecode import RATES, FrameRate, Timecode, parse_time

STEPS = st.lists(st.tuples(st.integers(1, 20_000), st.integers(200_000, 1_500_000)), max_size=12)
#: The rates for which OpenTimelineIO has drop-frame timecode.
DROP = [name for name in RATES if name.endswith("df")]


def tempo_of(first: int, steps: list[tuple[int, int]]) -> TempoMap:
    at, found = 0, [(0, first)]
    for gap, pace in steps:
        at += gap
        found.append((at, pace))
    return TempoMap(tuple(found))


def library_time(code: Timecode) -> opentime.RationalTime:
    return opentime.RationalTime(code.frames, float(code.rate.fps))


def library_text(code: Timecode) -> str:
    return str(library_time(code).to_timecode(float(code.rate.fps), code.rate.drop))


@pytest.mark.parametrize("name", RATES)
@given(st.data(), st.integers(200_000, 1_500_000), STEPS)
@settings(max_examples=50, deadline=None)
def test_frames_seconds_quarters_and_ticks_are_inverse(name, data, first, steps):
    rate, tempo = FrameRate.named(name), tempo_of(first, steps)
    frame = data.draw(st.integers(0, rate.day - 1))
    seconds = rate.seconds(frame)
    quarter = tempo.exact_tick(seconds) / PPQ
    assert tempo.seconds(quarter * PPQ) == seconds
    assert rate.frames(tempo.seconds(quarter * PPQ)) == frame
    assert Timecode.nearest(seconds, rate).frames == frame
    # A whole tick is never half a frame away from the frame that it was made of.
    assert round(rate.frames(tempo.seconds(tempo.tick(seconds)))) == frame
    tick = data.draw(st.integers(0, 10_000_000))
    assert tempo.tick(tempo.seconds(tick)) == tick


@pytest.mark.parametrize("name", RATES)
@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_scene_file_gives_back_every_frame(name, data):
    rate = FrameRate.named(name)
    start = Timecode(data.draw(st.integers(0, rate.day - 1)), rate)
    later = data.draw(st.integers(0, rate.day // 2))
    code = start.later(rate.seconds(later))
    seconds = parse_time(str(code), start, rate)
    assert rate.frames(seconds) == later
    assert start.later(seconds) == code


@pytest.mark.parametrize("name", RATES)
@given(st.data())
@settings(max_examples=100, deadline=None)
def test_timecode_is_that_of_opentimelineio(name, data):
    rate = FrameRate.named(name)
    # Without dropping, the library ends the day after 24 hours of the clock, before the last frames of timecode are reached.
    frames = min(rate.day, int(86_400 * Fraction(name.removesuffix("df"))) - rate.nominal)
    code = Timecode(data.draw(st.integers(0, frames - 1)), rate)
    assert library_text(code) == str(code)
    if not rate.drop:
        # Of text alone the library cannot know whether 29.97 counts without dropping; with a colon it takes it so.
        assert opentime.from_timecode(str(code), float(rate.fps)).value == code.frames


@pytest.mark.parametrize("name", DROP)
@given(st.data())
@settings(max_examples=100, deadline=None)
def test_drop_frame_is_read_as_opentimelineio_reads_it(name, data):
    rate = FrameRate.named(name)
    code = Timecode(data.draw(st.integers(0, rate.day - 1)), rate)
    assert opentime.from_timecode(str(code), float(rate.fps)).value == Timecode.parse(str(code), rate).frames == code.frames


@pytest.mark.parametrize("name", DROP)
def test_every_dropped_number_is_refused_and_every_minute_begins_as_in_opentimelineio(name):
    rate = FrameRate.named(name)
    for minute in range(24 * 60):
        first = Timecode.parse(f"{minute // 60:02}:{minute % 60:02}:00;{rate.dropped if minute % 10 else 0:02}", rate)
        assert library_text(first) == str(first)
        last = Timecode((first.frames - 1) % rate.day, rate)
        assert library_text(last) == str(last)
        assert str(last).endswith(f":59;{rate.nominal - 1}")


@pytest.mark.parametrize("name", RATES)
@given(st.data())
@settings(max_examples=50, deadline=None)
def test_the_day_wraps_as_in_opentimelineio(name, data):
    rate = FrameRate.named(name)
    code = Timecode(data.draw(st.integers(0, rate.day - 1)), rate)
    by = data.draw(st.integers(0, rate.day - 1))
    wrapped = (library_time(code) + opentime.RationalTime(by, float(rate.fps))).value % rate.day
    assert code.later(rate.seconds(by)).frames == wrapped
    assert code.later(rate.seconds(by)).later(-rate.seconds(by)) == code


@pytest.mark.parametrize("name", RATES)
def test_a_landing_says_the_frame_that_was_asked(name):
    rate = FrameRate.named(name)
    start = Timecode.parse("00:59:50:00", rate)
    hits = [Hit(rate.seconds(frames), "accent") for frames in (rate.nominal * 11 + 3, rate.nominal * 19 + 7)]
    found = spot(Scene("1m1", 30, Arc.of((0, "calm")), frame_rate=rate, start=start, hits=hits))
    for landing in found.landings:
        assert landing.met
        assert start.later(found.seconds(landing.at)) == start.later(landing.hit.at)
        assert abs(landing.error) <= Fraction(1, 1000)
