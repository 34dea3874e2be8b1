import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifgen.errors import NotationError, UnknownNameError
from motifgen.theory.pitch import Interval, PitchClass
from motifgen.theory.scale import MODES, Degree, Key, Mode

keys = st.builds(
    lambda step, alter, mode: Key(PitchClass(step, alter), Mode.named(mode)),
    st.integers(0, 6),
    st.integers(-1, 1),
    st.sampled_from(sorted(MODES)),
)
degrees = st.builds(Degree, st.integers(-14, 21), st.integers(-2, 2))


@given(keys, degrees)
def test_a_degree_comes_back_from_its_pitch(key, degree):
    assert key.degree(key.pitch(degree)) == degree


@given(degrees)
def test_degrees_print_as_they_are_read(degree):
    assert Degree.parse(str(degree)) == degree


@given(keys)
def test_keys_print_as_they_are_read(key):
    assert Key.parse(str(key)) == key
    assert eval(repr(key)) == key  # noqa: S307 - the law is about eval


@pytest.mark.parametrize(
    ("text", "fifths"),
    [("C major", 0), ("D minor", -1), ("D dorian", 0), ("F lydian", 0), ("F# major", 6), ("Eb minor", -6), ("G mixolydian", 0), ("Bm", 2)],
)
def test_signatures(text, fifths):
    assert Key.parse(text).fifths == fifths


def test_moving_a_key_avoids_more_than_six_signs():
    assert str(Key.parse("F# major").moved(Interval(4, 7))) == "Db major"


def test_a_misspelt_mode_names_its_neighbours():
    with pytest.raises(UnknownNameError, match="'phrygian'"):
        Key.parse("C phrigian")


@pytest.mark.parametrize("text", ["", "major", "H major", "C4 major"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises((NotationError, UnknownNameError)):
        Key.parse(text)
