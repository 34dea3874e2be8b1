from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.affect import AXES, Affect, affect_of, feel, kin_of, mix, words
from motifgen.errors import RangeError, UnknownNameError

AFFECTS = st.builds(Affect, valence=st.floats(-1, 1), arousal=st.floats(-1, 1), tension=st.floats(0, 1), power=st.floats(-1, 1))


@pytest.mark.parametrize("spelling", ["longed-for", "Longed For", "longed_for", "LONGEDFOR"])
def test_case_and_separators_do_not_matter(spelling: str) -> None:
    assert affect_of(spelling) == words()["longed-for"]


def test_an_unknown_word_names_its_neighbours_and_where_the_list_is() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown emotion word 'tryumph'; did you mean 'triumph'.*motifgen emotions") as caught:
        affect_of("tryumph")
    assert "triumph" in caught.value.nearest


def test_a_misspelt_axis_is_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'valence'"):
        feel("calm", valense=0.2)


def test_a_mixture_lies_between_its_words() -> None:
    both = feel({"unease": 0.7, "hope": 0.3})
    for axis in AXES:
        low, high = sorted(getattr(affect_of(word), axis) for word in ("unease", "hope"))
        assert low <= getattr(both, axis) <= high


def test_words_at_the_same_point_add_their_weights() -> None:
    twins = [(a, b) for a in words() for b in words() if a < b and words()[a] == words()[b]]
    one, other = twins[0]
    assert feel({one: 1, other: 1, "terror": 2}).valence == pytest.approx((affect_of(one).valence + affect_of("terror").valence) / 2)


def test_an_axis_beside_the_word_overrides_it() -> None:
    assert feel("terror", tension=0.2).tension == 0.2
    assert feel("terror", tension=0.2).valence == affect_of("terror").valence
    with pytest.raises(RangeError, match="tension is 2"):
        feel("terror", tension=2)


@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf])
def test_weights_that_mean_nothing_are_refused(weight: float) -> None:
    with pytest.raises(RangeError, match="weight of 'calm'"):
        feel({"calm": weight, "hope": 1.0})
    with pytest.raises(RangeError, match="weight of a feeling"):
        mix({Affect(): weight})


def test_weights_of_nothing_are_refused() -> None:
    with pytest.raises(RangeError, match="add up to more than 0"):
        feel({"calm": 0.0})
    with pytest.raises(RangeError, match="add up to more than 0"):
        feel({})


@given(one=AFFECTS, other=AFFECTS)
@settings(max_examples=50, deadline=None)
def test_the_way_from_one_to_another_begins_and_ends_there(one: Affect, other: Affect) -> None:
    for axis in AXES:
        assert getattr(one.towards(other, 0.0), axis) == pytest.approx(getattr(one, axis), abs=1e-8)
        assert getattr(one.towards(other, 1.0), axis) == pytest.approx(getattr(other, axis), abs=1e-8)


def test_a_word_knows_its_kin() -> None:
    assert kin_of("lonesome") == kin_of("lonely") == "loneliness"
    with pytest.raises(UnknownNameError):
        kin_of("qwertz")


def test_affect_is_a_value() -> None:
    point = feel("dread")
    assert eval(repr(point)) == point  # noqa: S307 - the law under test
    assert hash(point) == hash(feel("dread"))
    with pytest.raises(RangeError, match="valence is nan"):
        Affect(valence=math.nan)
