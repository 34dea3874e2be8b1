"""Errors: what they say, and that they survive the way to another process."""

import copy
import pickle

import pytest

from motifgen.errors import (
    ComposeError,
    Fault,
    MissingError,
    MotifgenError,
    NotationError,
    RangeError,
    SceneFileError,
    UnknownNameError,
)

_EVERY = [
    NotationError("cannot read 'x'"),
    RangeError("3 is too much"),
    ComposeError("it cannot be done"),
    MissingError("verovio is not installed"),
    UnknownNameError("role", "boss", ["lead", "support"], listed=True),
    SceneFileError([Fault("film.yaml", 2, 1, "wrong"), Fault("film.yaml", 1, 4, "wrong too")]),
]


@pytest.mark.parametrize("error", _EVERY, ids=lambda error: type(error).__name__)
def test_an_error_is_the_same_in_another_process(error: MotifgenError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - our own bytes
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert vars(twin) == vars(error)


def test_every_kind_of_error_is_among_them() -> None:
    assert {type(error) for error in _EVERY} == set(MotifgenError.__subclasses__())


def test_a_word_with_no_neighbor_is_answered_with_all_that_are_accepted() -> None:
    assert str(UnknownNameError("click", "zzz", ["none", "all"])) == "unknown click 'zzz'; accepted: none, all"
    assert str(UnknownNameError("click", "non", ["none", "all"])) == "unknown click 'non'; did you mean 'none'?"
    assert str(UnknownNameError("word", "zzz", ["calm"], see="motifgen emotions")) == "unknown word 'zzz' (motifgen emotions lists them)"
