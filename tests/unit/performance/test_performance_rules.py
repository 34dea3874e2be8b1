"""The performance rules against values worked out by hand from their published formulas, to three decimals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motifgen.compose.performance import accents, durations, gaps, grouping, phrasing

THREE = 5e-4


def assert_close(found, wanted):
    assert np.asarray(found, dtype=float) == pytest.approx(wanted, abs=THREE)


def array(*values):
    return np.array(values, dtype=float)


def pitches(*values):
    return np.array(values, dtype=np.int64)


@pytest.mark.parametrize(
    ("place", "length", "level"),
    [(0.0, 1.15, -1.5), (0.15, 1.0375, -0.375), (0.3, 1.0, 0.0), (0.65, 1.075, -0.75), (1.0, 1.3, -3.0)],
)
def test_phrase_arch_of_the_default_palette(place, length, level):
    lengths, decibels = phrasing.phrase_arch(array(place), 1.5, 0.3, amp=2.0)
    assert_close(lengths, [length])
    assert_close(decibels, [level])


def test_phrase_arch_closes_more_where_a_higher_level_closes_too():
    lengths, decibels = phrasing.phrase_arch(array(1.0), 1.5, 0.3, amp=2.0, end=1.3)
    assert_close(lengths, [1.39])
    assert_close(decibels, [-3.9])


def test_phrase_arch_can_be_turned_round_and_off():
    lengths, decibels = phrasing.phrase_arch(array(0.0, 1.0), np.array([-1.0, 0.0]), 0.5)
    assert_close(lengths, [0.9, 1.0])
    assert_close(decibels, [0.5, 0.0])


def test_final_ritard_at_k_one_ends_at_a_quarter_of_the_tempo():
    tempo, elapsed = phrasing.final_ritard(array(0.0, 0.5, 1.0), 1.0)
    kappa = 1 / 64 - 1
    assert_close(tempo, [1.0, (1 + kappa / 2) ** (1 / 3), 0.25])
    assert_close(elapsed, [0.0, 1.5 / kappa * ((1 + kappa / 2) ** (2 / 3) - 1), 1.5 / kappa * (1 / 16 - 1)])


def test_final_ritard_at_k_a_fifth():
    assert_close(phrasing.final_ritard(array(1.0), 0.2)[0], [0.625])
    assert phrasing.ritard_length(0.2) == 260.0


def test_the_ritards_clock_is_the_integral_of_its_tempo():
    place = np.linspace(0, 1, 20_001)
    tempo, elapsed = phrasing.final_ritard(place, 0.7)
    slowness = 1 / tempo
    assert_close(elapsed[-1], np.sum((slowness[1:] + slowness[:-1]) / 2) / 20_000)


def test_high_loud_is_three_decibels_an_octave_about_the_mean():
    assert_close(accents.high_loud(pitches(60, 62, 67), 1.0), [-0.75, -0.25, 1.0])


@pytest.mark.parametrize(("above", "charge"), list(enumerate([0, 6.5, 2, 4.5, 4, 2.5, 6, 1, 5.5, 3, 3.5, 5])))
def test_melodic_charge(above, charge):
    decibels, lengths = accents.melodic_charge(pitches(above, above - 12), 1.5)
    assert_close(decibels, [0.3 * charge] * 2)
    assert_close(lengths, [1 + 0.01 * charge] * 2)


def test_melodic_charge_at_its_most():
    decibels, lengths = accents.melodic_charge(pitches(1), 1.0)
    assert_close(decibels, [1.3])
    assert_close(lengths, [1.0433])


MAJOR = [0, 7, 4, 3.5, 6, 3, 7.5, 1.5, 4, 6, 3.5, 7]
MINOR = [0.3, 8, 2.5, 7, 3, 3.5, 7, 2, 6.5, 1.5, 6, 5.5]


@pytest.mark.parametrize("root", range(12))
def test_harmonic_charge_of_every_triad(root):
    minor, diminished = np.array([False, True, True, False]), np.array([False, False, True, True])
    charge = accents.chord_charge(pitches(root, root, root, root - 12), minor, diminished)
    assert_close(charge, [MAJOR[root], MINOR[root], 5, 5])
    decibels = accents.harmonic_charge(charge, 1.0)
    assert_close(decibels, [1.5 * math.sqrt(value) for value in charge])
    assert_close(accents.harmonic_stretch(decibels), [math.sqrt(1 + 0.018 * 1.5 * math.sqrt(value)) for value in charge])
    for first, each in ((True, 10), (False, 2)):
        assert_close(accents.harmonic_wait(charge, np.full(charge.shape, first), 1.5), [1.5 * each * math.sqrt(value) for value in charge])


def test_chromatic_charge_is_a_mean_over_five_notes():
    line = pitches(60, 61, 66, 65, 72, 71, 70)
    charge = [(32 - size) % 12 - 6 for size in (1, 5, 1, 7, 1, 1, 1)]
    assert charge == [1, -3, 1, -5, 1, 1, 1]
    decibels, lengths = accents.chromatic_charge(line, 1.0)
    assert_close(decibels[2:5], [1.35 * sum(charge[i - 2 : i + 3]) / 5 for i in (2, 3, 4)])
    assert_close(lengths[2:5], [1 + 0.009 * sum(charge[i - 2 : i + 3]) / 5 for i in (2, 3, 4)])


@pytest.mark.parametrize(
    ("duration", "milliseconds", "decibels"),
    [
        (20, 0, 0),
        (30, 0, 0),
        (115, -8.25, -0.4125),
        (200, -16.5, -0.825),
        (300, -13.5, -0.675),
        (400, -10.5, -0.525),
        (500, -5.25, -0.2625),
        (600, 0, 0),
    ],
)
def test_duration_contrast(duration, milliseconds, decibels):
    added, level = durations.duration_contrast(array(duration), 1.0)
    assert_close(added, [milliseconds])
    assert_close(level, [decibels])


def test_duration_contrast_leaves_double_durations_alone():
    assert durations.in_double(array(400, 200, 400, 300)).tolist() == [True, True, False, False]


def test_double_duration_makes_two_to_one_softer():
    found = array(600, 300, 600) + durations.double_duration(array(600, 300, 600), 1.0)
    assert_close(found, [564, 336, 600])
    assert_close(found[0] / found[1], 1.6786)


def test_double_duration_needs_a_longer_note_after_it():
    assert_close(durations.double_duration(array(600, 300, 300), 1.0), [0, 0, 0])


def test_leap_tones():
    whole = np.zeros(2, dtype=bool)
    assert_close(durations.leap_tones(pitches(60, 67), 1.0, whole), [-4.2 * math.sqrt(7), 4.2 * math.sqrt(7)])
    assert_close(durations.leap_tones(pitches(67, 60), 1.0, whole), [2.4 * math.sqrt(7), -4.2 * math.sqrt(7)])
    assert_close(durations.leap_tones(pitches(60, 62), 1.0, whole), [0, 0])


def test_leap_tones_not_over_a_phrase_boundary_nor_in_a_zigzag():
    assert_close(durations.leap_tones(pitches(60, 67), 1.0, np.array([True, True])), [0, 0])
    assert_close(durations.leap_tones(pitches(60, 67, 60, 67), 1.0, np.zeros(4, dtype=bool)), [0, 0, 0, 0])


def test_faster_uphill():
    assert_close(durations.faster_uphill(pitches(60, 62, 64, 62), 1.5), [0, -3, 0, 0])


def test_punctuation():
    gap, added = gaps.punctuation(array(100, 160, 400, 640, 900), 1.1)
    assert_close(gap, [22, 22, 44, 66, 66])
    assert_close(added, [9.9, 9.9, 19.8, 29.7, 29.7])


def test_phrase_articulation():
    assert gaps.phrase_articulation(1.5) == (120.0, 60.0)


def test_leap_articulation():
    leaps, interval = np.array([2, 3, -9, 14]), array(400, 400, 700, 700)
    assert_close(gaps.leap_articulation(leaps, interval, 1.0), [0, 24 * 0.45, 72 * 0.6, 72 * 0.6])
    assert_close(gaps.leap_articulation(np.array([7]), array(100), 1.0), [0])


def test_repetition_articulation():
    assert_close(gaps.repetition_articulation(np.array([True, False]), 2.0), [70, 0])


@pytest.mark.parametrize(("k", "share"), [(0.5, 0.65555 * 0.665), (1.0, 0.665), (3.0, 1.065 * 0.665), (0.0, 0.0)])
def test_score_staccato(k, share):
    assert_close(gaps.score_staccato(array(500), k), [500 * share])


def test_score_staccato_at_k_one_sounds_for_a_third():
    assert_close(1 - gaps.score_staccato(array(500), 1.0) / 500, [0.335])


@pytest.mark.parametrize(
    ("k", "duration", "overlap"),
    [(1.0, 500, 58.5915), (0.5, 500, 49.3333), (3.0, 500, 19.378 * 5 - 27.125), (0.0, 500, 0.0), (1.0, 3000, 0.0)],
)
def test_score_legato(k, duration, overlap):
    assert_close(gaps.score_legato(array(duration), k), [overlap])


def test_overall_articulation():
    assert_close(gaps.overall_articulation(array(100, 400), 0.5), [0, 50])


def test_groups_end_where_a_line_lingers():
    interval = array(250, 250, 250, 750, 250, 250, 250, 250, 750, 250, 250, 1000)
    ends = grouping.group_ends(interval, np.full(12, 60), np.arange(12) == 11)
    assert np.flatnonzero(ends).tolist() == [3, 8, 11]


def test_groups_end_where_a_line_leaps():
    line = pitches(60, 62, 64, 65, 74, 72, 71, 69, 67, 65)
    ends = grouping.group_ends(np.full(10, 300.0), line, np.arange(10) == 9)
    assert np.flatnonzero(ends).tolist() == [3, 9]


@pytest.mark.parametrize("count", [1, 3, 7, 8, 11, 15, 40])
def test_groups_have_three_to_seven_notes(count):
    rng = [(7 * i * i + 3 * i) % 11 for i in range(count)]
    ends = np.flatnonzero(
        grouping.group_ends(array(*(200 + 50 * r for r in rng)), pitches(*(60 + r for r in rng)), np.arange(count) == count - 1)
    )
    sizes = np.diff(ends, prepend=-1)
    assert sizes.sum() == count
    assert count <= 7 or (sizes.min() >= 3 and sizes.max() <= 7)
