from math import dist

import pytest

from motifgen.errors import RangeError
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import PitchClass
from motifgen.theory.scale import Key
from motifgen.theory.tension import (
    center,
    chord_strain,
    diameter,
    flat_fifths,
    harmonic_charge,
    key_center,
    melodic_charge,
    momentum,
    position,
    strain,
    triad_center,
)

C = Key.parse("C major")
CALIBRATION = [
    ("48 64 67 72", 1.855, 0.390, 0.000, 0.000),
    ("57 60 64 69", 1.855, 0.908, 0.935, 0.935),
    ("53 57 60 65", 1.855, 1.025, 1.187, 0.967),
    ("55 59 62 67", 1.855, 0.937, 1.187, 1.772),
    ("50 57 62 65", 1.855, 1.129, 1.461, 1.310),
    ("52 59 64 67", 1.855, 1.006, 0.967, 1.625),
    ("59 62 65", 3.124, 0.810, 1.152, 1.142),
    ("55 59 62 65", 3.124, 0.667, 1.020, 0.282),
    ("48 63 67 72", 1.855, 0.723, 0.784, 1.198),
    ("53 56 60 65", 1.855, 1.271, 1.355, 1.077),
    ("50 57 62 66", 3.868, 1.255, 1.631, 1.454),
    ("56 60 63 68", 1.855, 1.595, 1.600, 1.985),
    ("51 58 63 67", 1.855, 1.411, 1.640, 1.187),
    ("52 56 59 64", 3.868, 0.595, 0.400, 1.952),
    ("57 61 64 69", 3.868, 0.966, 1.118, 1.187),
    ("58 62 65 70", 1.855, 1.419, 1.772, 1.375),
    ("49 56 61 65", 1.855, 2.173, 2.291, 1.640),
    ("54 58 61 66", 1.855, 2.639, 2.874, 1.187),
    ("54 57 61 66", 3.868, 2.159, 2.395, 0.612),
    ("47 54 59 63", 4.622, 0.891, 1.187, 1.969),
    ("48 64 68 72", 3.200, 0.803, 0.612, 1.461),
    ("59 62 65 68", 3.868, 0.488, 0.846, 1.020),
    ("60 61 62 63", 3.137, 1.129, 1.355, 0.800),
    ("48 64 67 71", 2.449, 0.639, 0.612, 1.749),
    ("48 64 67 78", 4.472, 0.561, 0.781, 1.155),
]


def _flat(keys: str) -> list[int]:
    return [flat_fifths(int(key), C.tonic) for key in keys.split()]


@pytest.mark.parametrize(("row", "expected"), list(enumerate(CALIBRATION)))
def test_ribbons_of_the_calibration_chords(row: int, expected: tuple[str, float, float, float, float]) -> None:
    keys, wide, strained, away, moved = expected
    places = _flat(keys)
    before = _flat(CALIBRATION[row - 1][0]) if row else []
    home = center(_flat(CALIBRATION[0][0]))
    assert diameter(places) == pytest.approx(wide, abs=6e-4)
    assert strain(places, C) == pytest.approx(strained, abs=6e-4)
    assert dist(center(places), home) == pytest.approx(away, abs=6e-4)
    assert momentum(before, places) == pytest.approx(moved, abs=6e-4)


def test_distances_along_the_line_of_fifths() -> None:
    distances = [1.470, 2.154, 1.855, 1.600, 2.449, 3.124, 3.137, 3.200, 3.868, 4.472, 4.622, 4.800]
    assert [round(dist(position(0), position(k)), 3) for k in range(1, 13)] == pytest.approx(distances, abs=6e-4)


@pytest.mark.parametrize(
    ("key", "distance"),
    [("G major", 0.717), ("F major", 0.717), ("D major", 1.161), ("Bb major", 1.161), ("A major", 1.340), ("Eb major", 1.340),
     ("E major", 1.600), ("Ab major", 1.600), ("B major", 2.087), ("Db major", 2.087), ("F# major", 2.543), ("A minor", 0.939),
     ("C minor", 0.423)],
)  # fmt: skip
def test_distances_between_keys(key: str, distance: float) -> None:
    assert dist(key_center(C), key_center(Key.parse(key))) == pytest.approx(distance, abs=6e-4)


def test_spelling_keeps_triads_compact() -> None:
    for text in ("D", "E", "F#m", "B", "Gb"):
        assert diameter(name.fifths for name in Chord.parse(text).names) == pytest.approx(1.855, abs=6e-4)


def test_chords_far_from_home_strain_more() -> None:
    order = [chord_strain(Chord.parse(text), C) for text in ("C", "G", "Dm", "Ab", "Gb")]
    assert order == sorted(order)


def test_charges() -> None:
    assert [harmonic_charge(Chord.parse(text), C) for text in ("C", "G", "F#", "Cm", "Dbm", "Bdim", "Bm7b5")] == [0, 1.5, 7.5, 0.3, 8, 5, 5]
    assert [melodic_charge(PitchClass.parse(name), Chord.parse("F")) for name in ("F", "Gb", "C")] == [0, 6.5, 1]


def test_no_notes() -> None:
    assert momentum([], [0]) == 0
    assert diameter([]) == 0
    with pytest.raises(RangeError, match="at least one note"):
        center([])


def test_minor_triads_lie_flatwards() -> None:
    assert triad_center(0, minor=True)[2] < triad_center(0)[2]
