from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.motif.alignment import Costs, found_within, matched_points
from motifgen.motif.likeness import Likeness, likeness
from motifgen.motif.motif import Motif
from motifgen.motif.profile import profile
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.rhythmic import Augment
from motifgen.motif.transform.table import parse_transform
from strategies import motifs

THEME = Motif.parse("A4/e | D5/q. E5/e F5/q E5/e D5 | A5/h F5/q C#5/q | D5/h.", key="D minor")
OTHER = Motif.parse("G4/q G4/e G4 Bb4/q G4 | F4/h. Eb4/q", key="G minor")
modest = settings(max_examples=50, deadline=None)


def left(text, theme=THEME):
    return likeness(theme, parse_transform(text)(theme)).total


@modest
@given(motifs(), st.integers(-12, 12))
def test_a_theme_is_wholly_like_itself_in_every_key(motif, semitones):
    assert likeness(motif, parse_transform(f"transpose {semitones}")(motif)).total == 1


@modest
@given(motifs(), motifs())
def test_likeness_lies_between_0_and_1_and_is_the_same_both_ways(one, other):
    found, back = likeness(one, other), likeness(other, one)
    parts = (found.total, found.contour, found.intervals, found.rhythm, found.harmony, found.cover)
    assert all(0 <= part <= 1 for part in parts)
    assert found.total == pytest.approx(back.total, abs=0.12)


@modest
@given(motifs(smallest=4), st.sampled_from([Fraction(2), Fraction(1, 2)]))
def test_the_same_at_another_pace_is_heard(motif, ratio):
    if len(motif.sounding()) >= 4:
        assert likeness(motif, Augment(ratio)(motif)).total > 0.5


def test_tempo_is_no_part_of_a_motif():
    """A motif has no tempo: likeness cannot depend on it. Twice as slow in notation is a little less like."""
    assert 0.7 < left("augment 2") < 1
    assert left("augment 2") == pytest.approx(left("diminish 2"), abs=0.01)


def test_the_ladder_is_kept():
    ladder = ["transpose 5", "minor", "major", "ornament passing 1/4", "augment 2", "expand 3/2", "invert", "retrograde"]
    totals = [left(text) for text in ladder]
    assert totals[0] == totals[1] == 1
    assert totals[2] > totals[4] > totals[5] > totals[6] > 0
    assert totals[3] > totals[4]
    assert totals[7] < 0.5


@pytest.mark.parametrize(
    "text", ["major", "dorian", "augment 2", "ornament grace 1/3", "ornament turn 1/4", "head 6", "tail 6", "range 3 8"]
)
def test_what_an_audience_can_follow_stays_above_the_floor(text):
    assert left(text) >= 0.5


def test_another_theme_is_another_theme():
    assert likeness(THEME, OTHER).total < 0.3


def test_longer_fragments_are_more_like():
    found = [left(f"head {count}") for count in (4, 5, 7, 9)]
    assert found == sorted(found)


def test_a_fragment_is_compared_with_the_place_it_comes_from():
    parts = likeness(THEME, parse_transform("range 4 8")(THEME))
    assert parts.contour == parts.intervals == parts.rhythm == 1
    assert parts.cover == 0.5


def test_parts_say_what_is_left():
    alone = likeness(THEME, parse_transform("rhythm")(THEME))
    assert alone.rhythm == 1
    assert alone.contour < 0.6
    even = likeness(THEME, parse_transform("even out")(THEME))
    assert even.contour == even.intervals == 1
    assert even.rhythm < 0.5


def test_silence_is_like_silence_only():
    silence = Motif.parse("r/w")
    assert likeness(silence, silence) == Likeness(1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert likeness(THEME, silence).total == 0


def test_a_likeness_is_a_value():
    found = likeness(THEME, OTHER)
    assert eval(repr(found)) == found  # noqa: S307 - its own repr


def test_chains_are_measured_as_they_sound():
    chain: Transform = parse_transform("major, augment 2")
    assert likeness(THEME, chain(THEME)).total < min(left("major"), left("augment 2"))


def test_a_single_short_note_before_a_long_one_is_heard_as_a_grace_note():
    assert profile(Motif.parse("C4/h E4/t C4/q... G4/h")).moves == profile(Motif.parse("C4/h C4 G4/h")).moves


def test_free_ends_cost_nothing_and_gaps_cost_one():
    table = Costs(lambda a, b: float(a != b), 5)
    assert found_within((1, 2, 3), (9, 9, 1, 2, 3, 9), table) == 1
    assert found_within((1, 2, 3), (1, 3), table) == pytest.approx(2 / 3)
    assert found_within((), (1,), table) == 1
    assert found_within((4, 4), (-4, -4), table) == 0


def test_points_match_under_any_shift():
    points = [(0, 0), (3, 5), (7, 2), (9, 9)]
    assert matched_points(points, [(onset + 100, pitch - 3) for onset, pitch in points]) == 4
    assert matched_points(points, points[1:3]) == 2
    assert matched_points(points, []) == 0


def test_a_trill_is_heard_as_the_note_that_is_trilled():
    assert left("ornament trill 1/4") > 0.9
    rocking = Motif.parse("C4/e D4 C4 D4 C4 D4 E4 F4 | G4/h")
    assert len(profile(rocking).points) == 9  # as long as the other notes: a figure, no trill


def test_a_note_that_is_leaned_on_is_heard_though_it_comes_late():
    assert left("ornament appoggiatura 1/4") > left("expand 3/2")
    leaning = [(0, 0), (4, 2), (6, 0), (8, 5), (12, 7)]
    plain = [(0, 0), (4, 0), (8, 5), (12, 7)]
    assert matched_points(plain, leaning, late=[(4, 0)]) == pytest.approx(3.8)
    assert matched_points(plain, leaning) == pytest.approx(3.2)
    assert matched_points(plain, [*leaning, (14, 1), (16, 2)], late=[(4, 0)]) == pytest.approx(3.4)
