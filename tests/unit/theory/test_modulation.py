import pytest

from motifgen.theory.chord import Chord
from motifgen.theory.modulation import modulation
from motifgen.theory.scale import Key


@pytest.mark.parametrize(
    ("before", "after", "home", "away", "kind"),
    [
        ("G", "Ab", "C major", "Ab major", "chromatic cadence"),
        ("Am", "D7", "C major", "G major", "pivot"),
        ("C", "E", "C major", "B minor", "mediant"),
        ("C", "C#m", "C major", "A major", "common tone"),
        ("C", "Db", "C major", "Db major", "direct"),
        ("G7", "C", "C major", "F major", "pivot"),
    ],
)
def test_kinds(before: str, after: str, home: str, away: str, kind: str) -> None:
    assert modulation(Chord.parse(before), Chord.parse(after), Key.parse(home), Key.parse(away)) == kind


@pytest.mark.parametrize(
    ("text", "best"), [("Fbm", "Em"), ("Cbm6", "Bm6"), ("E#dim7", "E#dim7"), ("G#", "G#"), ("C", "C"), ("Gbm/Bbb", "F#m/A")]
)
def test_double_accidentals_are_avoided(text: str, best: str) -> None:
    assert str(Chord.parse(text).readable()) == best
    assert Chord.parse(text).readable().semitones == Chord.parse(text).semitones
