"""Every row of the table of emotion words."""

from __future__ import annotations

import csv
import itertools
from importlib.resources import files

import pytest

from motifgen.affect import AXES, affect_of, is_noun, kin_of, words

TEXT = (files("motifgen") / "data" / "emotions.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))
IN_THE_FORMAT = ["calm", "unease", "hope", "terror", "relief", "brave", "lonely", "menace", "dread"]


def test_the_table_is_large_sorted_and_without_repeats() -> None:
    listed = [row["word"] for row in ROWS]
    assert len(listed) >= 300
    assert listed == sorted(set(listed))


def test_no_two_words_differ_only_in_case_or_separators() -> None:
    plain = [row["word"].casefold().replace("-", "").replace(" ", "").replace("_", "") for row in ROWS]
    assert len(plain) == len(set(plain))


@pytest.mark.parametrize("row", ROWS, ids=[row["word"] for row in ROWS])
def test_a_row_is_read_as_written(row: dict[str, str]) -> None:
    affect = affect_of(row["word"])
    for axis, (low, high) in AXES.items():
        assert low <= float(row[axis]) <= high
        assert getattr(affect, axis) == float(row[axis])
    assert row["kin"] in words()
    assert {"yes": True, "no": False}[row["noun"]] is is_noun(row["word"])


@pytest.mark.parametrize("word", IN_THE_FORMAT)
def test_the_words_of_the_scene_format_are_known(word: str) -> None:
    assert affect_of(word) == words()[word]


def test_kin_stay_near_each_other() -> None:
    """Relatives may differ, but not so far that a noun and its adjective would be composed as opposites."""
    groups: dict[str, list[str]] = {}
    for word in words():
        groups.setdefault(kin_of(word), []).append(word)
    for kin, members in groups.items():
        for one, other in itertools.combinations(members, 2):
            a, b = affect_of(one), affect_of(other)
            assert abs(a.valence - b.valence) <= 0.8, (kin, one, other)
            assert abs(a.arousal - b.arousal) <= 0.85, (kin, one, other)


@pytest.mark.parametrize(
    ("noun", "adjective"),
    [("sadness", "sad"), ("courage", "brave"), ("loneliness", "lonely"), ("unease", "uneasy"), ("joy", "joyful"), ("fear", "fearful"),
     ("rage", "furious"), ("hope", "hopeful"), ("tension", "tense"), ("calm", "calmness"), ("majestic", "regal")],
)  # fmt: skip
def test_a_noun_and_its_adjective_mean_nearly_the_same(noun: str, adjective: str) -> None:
    a, b = affect_of(noun), affect_of(adjective)
    assert max(abs(getattr(a, axis) - getattr(b, axis)) for axis in AXES) <= 0.25
