"""Metronome marks: by the beat that is counted, and with a goal where the tempo moves."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifgen.files.notation.tempi import counted, tempi
from motifgen.sketch.score import StaffBar
from motifgen.theory.time import Meter


def bars(rows, meter="4/4"):
    meters = [Meter.parse(meter)] * len(rows) if isinstance(meter, str) else [Meter.parse(each) for each in meter]
    start, made = Fraction(0), []
    for tempo, each in zip(rows, meters, strict=True):
        made.append(StaffBar(start, each, tempo))
        start += each.bar
    return made


@pytest.mark.parametrize(
    ("meter", "quarters", "number"), [("6/8", 169.25, 113), ("2/2", 143.0, 72), ("4/4", 82.3, 82), ("7/8", 132.1, 132)]
)
def test_the_mark_counts_the_beat_in_whole_numbers(meter, quarters, number):
    (mark,), words = tempi(bars([quarters] * 4, meter))
    assert (mark.number, mark.quarters, words) == (number, quarters, ())


def test_a_way_has_a_word_and_a_goal():
    marks, words = tempi(bars([100.0, 100.0, 96.0, 92.0, 88.0, 84.0, 84.0]))
    assert [(mark.at, mark.number) for mark in marks] == [(0, 100), (20, 84)]
    assert [(text.at, text.text) for text in words] == [(4, "rit.")]


def test_what_creeps_has_one_word_and_no_mark_on_the_way():
    marks, words = tempi(bars([180.0 - each for each in range(40)]))
    assert len(marks) == 2
    assert [text.text for text in words] == ["poco a poco rit."]


def test_another_beat_is_marked_again_and_a_single_odd_bar_is_not():
    marks, _ = tempi(bars([120.0] * 6, ("4/4", "4/4", "6/8", "4/4", "6/8", "6/8")))
    assert [(mark.beat, mark.number) for mark in marks] == [(1, 120), (Fraction(3, 2), 80)]
    assert counted(Meter.parse("3/8")) == Fraction(3, 2)


def test_equal_beats_in_another_meter_are_marked_and_are_no_jump():
    marks, words = tempi(bars([120.0, 120.0, 180.0, 120.0], ("4/4", "4/4", "6/8", "4/4")))
    assert [(mark.beat, mark.number) for mark in marks] == [(1, 120), (Fraction(3, 2), 120), (1, 120)]
    assert words == ()


def test_a_way_goes_on_over_a_change_of_meter():
    rows = [100.0, 110.0, 120.0, 195.0, 210.0, 225.0, 225.0]
    marks, words = tempi(bars(rows, ("4/4", "4/4", "4/4", "6/8", "6/8", "6/8", "6/8")))
    assert [(mark.at, mark.number) for mark in marks] == [(0, 100), (12, 130), (18, 150)]
    assert [text.text for text in words] == ["accel."]


@given(st.lists(st.floats(40, 200), min_size=1, max_size=30))
def test_every_word_leads_to_a_mark(rows):
    written = bars(rows)
    marks, words = tempi(written)
    assert marks[0].at == 0
    for text, after in pairwise([*words, None]):
        goal = next(mark for mark in marks if mark.at > text.at)
        assert after is None or goal.at <= after.at
        here = next(bar.tempo for bar in written if bar.start == text.at)
        assert ("accel." in text.text) is (goal.quarters > here)
