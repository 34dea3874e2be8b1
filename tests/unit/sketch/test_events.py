from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import RangeError
from motifgen.sketch.events import CONTROL, NOTE, control_table, controls, note_table, notes
from motifgen.sketch.tempo_map import LONGEST, TempoMap, to_tick


def test_notes_are_sorted_and_read_only():
    rows = notes([(960, 1920, 62, 80), (0, 960, 64, 80), (0, 960, 60, 80), (0, 480, 60, 90)])
    assert rows.dtype == NOTE
    assert rows.tolist() == [(0, 480, 60, 90), (0, 960, 60, 80), (0, 960, 64, 80), (960, 1920, 62, 80)]
    with pytest.raises(ValueError, match="read-only"):
        rows["pitch"] = 0


def test_controls_of_one_place_keep_their_order():
    rows = controls([(960, 11, 90), (0, 11, 80), (0, 1, 70), (960, 11, 30)])
    assert rows.dtype == CONTROL
    assert rows.tolist() == [(0, 1, 70), (0, 11, 80), (960, 11, 90), (960, 11, 30)]


def test_nothing_is_something_too():
    assert notes([]).size == controls([]).size == 0
    assert note_table(np.zeros((0, 4), dtype=np.int64)).dtype == NOTE
    assert control_table(np.zeros((0, 3), dtype=np.int64)).dtype == CONTROL


steps = st.lists(st.tuples(st.integers(1, 5_000), st.integers(1, LONGEST)), max_size=8)


@settings(max_examples=50, deadline=None)
@given(steps, st.integers(1, LONGEST), st.integers(0, 60_000))
def test_ticks_and_seconds_are_exact_both_ways(rest, first, tick):
    at, rows = 0, [(0, first)]
    for wait, microseconds in rest:
        at += wait
        rows.append((at, microseconds))
    tempo = TempoMap(tuple(rows))
    assert tempo.exact_tick(tempo.seconds(tick)) == tick
    assert tempo.tick(tempo.seconds(tick)) == tick
    assert tempo.seconds(tick + 1) > tempo.seconds(tick)


def test_seconds_add_up_over_steps():
    tempo = TempoMap(((0, 500_000), (960, 250_000), (1920, 1_000_000)))
    assert [tempo.seconds(tick) for tick in (0, 480, 960, 1440, 1920, 2880)] == [
        0, Fraction(1, 4), Fraction(1, 2), Fraction(5, 8), Fraction(3, 4), Fraction(7, 4)]  # fmt: skip
    assert [tempo.bpm(tick) for tick in (0, 959, 960, 5000)] == [120, 120, 240, 60]


def test_steps_that_change_nothing_are_left_out():
    assert TempoMap.of([(0, 500_000), (960, 500_000), (1920, 400_000)]).steps == ((0, 500_000), (1920, 400_000))


@pytest.mark.parametrize(
    "rows", [(), ((1, 500_000),), ((0, 500_000), (0, 400_000)), ((0, 0),), ((0, LONGEST + 1),), ((0, 5), (9, 5), (8, 5))]
)
def test_impossible_maps_are_refused(rows):
    with pytest.raises(RangeError):
        TempoMap(rows)


def test_quarters_become_the_nearest_ticks():
    assert [to_tick(Fraction(text)) for text in ("0", "1", "1/7", "2/7", "1/1920")] == [0, 960, 137, 274, 0]
