import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifgen.errors import NotationError
from motifgen.theory.pitch import Interval, Pitch, PitchClass

pitches = st.builds(
    lambda step, alter, octave: PitchClass(step, alter).at(octave), st.integers(0, 6), st.integers(-2, 2), st.integers(0, 8)
)
intervals = st.builds(lambda a, b: b - a, pitches, pitches)


@given(pitches)
def test_a_pitch_prints_as_the_text_that_reads_back(pitch):
    assert Pitch.parse(str(pitch)) == pitch
    assert eval(repr(pitch)) == pitch  # noqa: S307 - the law is about eval


@given(pitches, intervals, intervals)
def test_transposing_adds(pitch, a, b):
    assert pitch + a + b == pitch + (a + b)
    assert pitch + a + -a == pitch


@given(pitches, pitches)
def test_the_difference_is_what_must_be_added(a, b):
    assert a + (b - a) == b


@pytest.mark.parametrize(
    ("text", "midi"), [("C4", 60), ("A4", 69), ("B#3", 60), ("Cb4", 59), ("F##4", 67), ("C-1", 0), ("Fx4", 67), ("B♭3", 58)]
)
def test_c4_is_sixty_and_octaves_follow_the_letter(text, midi):
    assert Pitch.parse(text).midi == midi


@pytest.mark.parametrize("text", ["H4", "C", "4", "", "C44x", "Cb#4", "c 4"])
def test_what_is_no_pitch_is_refused_with_what_is_accepted(text):
    with pytest.raises(NotationError, match="scientific pitch"):
        Pitch.parse(text)


def test_line_of_fifths():
    names = ["Fb", "Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#"]
    assert [PitchClass.parse(name).fifths for name in names] == list(range(-8, 8))


def test_intervals_between_names_go_up_less_than_an_octave():
    assert PitchClass.parse("C") - PitchClass.parse("B") == Interval(1, 1)
    assert PitchClass.parse("B") - PitchClass.parse("C") == Interval(6, 11)
