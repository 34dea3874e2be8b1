from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import RangeError
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap, to_tick
from motifgen.story.timecode import RATES, FrameRate


@st.composite
def tempo_maps(draw):
    tempi = draw(st.lists(st.integers(250_000, 1_500_000), min_size=1, max_size=8))
    gaps = draw(st.lists(st.integers(240, 9600), min_size=len(tempi), max_size=len(tempi)))
    ticks = [sum(gaps[:i]) for i in range(len(tempi))]
    return TempoMap.of(zip(ticks, tempi, strict=True))


@given(tempo_maps(), st.fractions(0, 200, max_denominator=960))
@settings(max_examples=80, deadline=None)
def test_seconds_and_ticks_are_inverse(tempo, quarters):
    tick = quarters * PPQ
    assert tempo.exact_tick(tempo.seconds(tick)) == tick
    assert tempo.tick(tempo.seconds(to_tick(quarters))) == to_tick(quarters)


@given(tempo_maps(), st.sampled_from(RATES), st.integers(0, 200_000))
@settings(max_examples=80, deadline=None)
def test_a_frame_survives_the_way_through_quarters(tempo, name, frame):
    rate = FrameRate.named(name)
    seconds = rate.seconds(frame)
    back = tempo.seconds(tempo.exact_tick(seconds))
    assert rate.frames(back) == frame
    # Rounded to the nearest tick, it is still the same frame: a tick is far shorter than half of one.
    assert round(rate.frames(tempo.seconds(tempo.tick(seconds)))) == frame


@given(tempo_maps(), st.integers(0, 100_000), st.integers(0, 100_000))
@settings(max_examples=50, deadline=None)
def test_time_only_goes_on(tempo, one, other):
    early, late = sorted((one, other))
    assert tempo.seconds(early) <= tempo.seconds(late)
    assert (tempo.seconds(early) == tempo.seconds(late)) == (early == late)


def test_steps_that_change_nothing_are_left_out():
    assert TempoMap.of([(0, 500_000), (960, 500_000), (1920, 400_000)]).steps == ((0, 500_000), (1920, 400_000))


def test_bpm_counts_quarters():
    tempo = TempoMap(((0, 500_000), (1920, 1_000_000)))
    assert (tempo.bpm(0), tempo.bpm(1919), tempo.bpm(1920)) == (120, 120, 60)


def test_before_the_start_the_first_tempo_runs():
    assert TempoMap(((0, 500_000),)).seconds(-960) == Fraction(-1, 2)


@pytest.mark.parametrize(
    "steps",
    [(), ((960, 500_000),), ((0, 500_000), (0, 400_000)), ((0, 5), (960, 6), (480, 7)), ((0, 0),), ((0, 16_777_216),)],
)
def test_what_no_file_can_hold_is_refused(steps):
    with pytest.raises(RangeError):
        TempoMap(steps)
