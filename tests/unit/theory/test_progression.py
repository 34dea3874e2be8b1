import csv
from importlib.resources import files
from math import dist

import pytest

from motifgen.errors import NotationError, UnknownNameError
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Interval, PitchClass
from motifgen.theory.progression import apply, common_tones, distance, progression_class, striking, triad, words
from motifgen.theory.tension import triad_center

ROWS = list(csv.DictReader((files("motifgen") / "data" / "progressions.csv").read_text(encoding="utf-8").splitlines()))
SPELLED = (Interval(0, 0), Interval(1, 1), Interval(1, 2), Interval(2, 3), Interval(2, 4), Interval(3, 5), Interval(3, 6), Interval(4, 7),
           Interval(5, 8), Interval(5, 9), Interval(6, 10), Interval(6, 11))  # fmt: skip


def _pair(name: str) -> tuple[Chord, Chord]:
    home = PitchClass.parse("C")
    quality = {"M": "", "m": "m"}
    return Chord(home, quality[name[0]]), Chord(home + SPELLED[int(name[1:-1])], quality[name[-1]])


def test_the_table_has_every_class_once() -> None:
    names = {row["class"] for row in ROWS}
    expected = {f"{a}{up}{b}" for a in "Mm" for b in "Mm" for up in range(12)} - {"M0M", "m0m"}
    assert names == expected
    assert len(ROWS) == 46


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["class"])
def test_the_table_is_true(row: dict[str, str]) -> None:
    one, other = _pair(row["class"])
    assert progression_class(one, other) == row["class"]
    assert common_tones(one, other) == int(row["common_tones"])
    assert distance(one, other) == int(row["distance"])
    assert set(row["words"].split("/")) <= set(words(one, other))
    for word in row["words"].split("/"):
        assert apply(word, one).semitones == other.semitones


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["class"])
def test_spiral_distances_are_those_of_the_best_spelling(row: dict[str, str]) -> None:
    one, other = _pair(row["class"])
    near = min(
        dist(triad_center(one.root.fifths, minor=one.minor), triad_center(other.root.fifths + turn, minor=other.minor))
        for turn in (-12, 0, 12)
    )
    assert near == pytest.approx(float(row["spiral"]), abs=0.006)


def test_operators_are_involutions() -> None:
    for text in ("C", "Am", "F#", "Ebm"):
        for move in "PLRSNH":
            assert apply(move * 2, Chord.parse(text)) == Chord.parse(text)


def test_sevenths_count_with_their_triads() -> None:
    assert [triad(Chord.parse(text)) for text in ("C7", "Am7", "Bdim", "C5", "Csus4")] == ["M", "m", None, None, None]
    assert progression_class(Chord.parse("Bdim"), Chord.parse("C")) is None


def test_faults_are_named() -> None:
    with pytest.raises(UnknownNameError, match="neo-Riemannian"):
        apply("X", Chord.parse("C"))
    with pytest.raises(NotationError, match="triad"):
        apply("P", Chord.parse("C7"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["class"])
def test_striking_moves_share_at_most_one_tone(row: dict[str, str]) -> None:
    one, other = _pair(row["class"])
    if striking(one, other):
        assert int(row["common_tones"]) <= 1
    third = (other.root.semitone - one.root.semitone) % 12 in {3, 4, 8, 9}
    assert striking(one, other) or not third or int(row["common_tones"]) == 2
