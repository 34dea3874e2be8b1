"""The formulas of the measures, against published and worked-out values, to three decimals."""

import numpy as np
import pytest

from motifgen.measure import felt
from motifgen.measure.curves import curves
from motifgen.measure.expression import expression
from motifgen.measure.felt import cues, perceived_valence, ratings, salient
from motifgen.measure.ranks import follows, rank_correlation, standard
from motifgen.measure.roughness import roughness_curve
from motifgen.measure.sampling import Samples, seconds_of, smooth
from motifgen.measure.tonality import tonality
from motifgen.measure.variety import variety
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.roughness import roughness
from motifgen.theory.scale import Key
from performing import played, recording

C = Key.parse("C major")
HOME = [48, 52, 55, 60, 64, 65, 67, 69, 71, 62]
ROUGH = [
    ((60, 64, 67), 0.1202),
    ((60, 63, 67), 0.1301),
    ((60, 61), 0.4839),
    ((60, 72), 0.0021),
    ((60, 66), 0.0968),
    ((64, 67, 72), 0.1353),
    ((60, 61, 62, 63), 1.0241),
    ((36, 40, 43), 0.4096),
    ((72, 76, 79), 0.0640),
    ((36, 43, 52, 60), 0.2719),
    ((48, 63, 67, 71), 0.2136),
]
STRAINS = [
    ((48, 64, 67, 72), 0.390),
    ((57, 60, 64, 69), 0.908),
    ((53, 57, 60, 65), 1.025),
    ((55, 59, 62, 67), 0.937),
    ((50, 57, 62, 65), 1.129),
    ((52, 59, 64, 67), 1.006),
    ((59, 62, 65), 0.810),
    ((55, 59, 62, 65), 0.667),
    ((48, 63, 67, 72), 0.723),
    ((53, 56, 60, 65), 1.271),
    ((50, 57, 62, 66), 1.255),
    ((56, 60, 63, 68), 1.595),
    ((51, 58, 63, 67), 1.411),
    ((52, 56, 59, 64), 0.595),
    ((57, 61, 64, 69), 0.966),
    ((58, 62, 65, 70), 1.419),
    ((49, 56, 61, 65), 2.173),
    ((54, 58, 61, 66), 2.639),
    ((54, 57, 61, 66), 2.159),
    ((47, 54, 59, 63), 0.891),
    ((48, 64, 68, 72), 0.803),
    ((59, 62, 65, 68), 0.488),
    ((60, 61, 62, 63), 1.129),
    ((48, 64, 67, 71), 0.639),
    ((48, 64, 67, 78), 0.561),
]


def rows(*chords):
    table = np.zeros((len(chords), 128))
    for row, keys in zip(table, chords, strict=True):
        row[list(keys)] = 1.0
    return table


def scale(top=60, step=960, velocity=80, length=900):
    return [(number * step, number * step + length, top + tone, velocity) for number, tone in enumerate((0, 2, 4, 5, 7, 9, 11, 12))]


@pytest.mark.parametrize(("keys", "published"), ROUGH)
def test_roughness_has_the_published_values(keys, published):
    assert float(roughness_curve(rows(keys))[0]) == pytest.approx(published, abs=6e-4)


def test_roughness_of_many_moments_is_that_of_each():
    chords = [(60, 64, 67), (), (40, 52, 59, 76, 88), (0, 127), (60,)]
    assert roughness_curve(rows(*chords)) == pytest.approx([roughness(keys) for keys in chords], abs=1e-6)


@pytest.mark.parametrize(("keys", "published"), STRAINS)
def test_strain_has_the_published_values(keys, published):
    """A second's worth of the chord within two minutes of its key."""
    home = rows(*[HOME] * 240)
    home[100:110] = 0.0
    home[100:110, list(keys)] = 1.0
    found = tonality(home, C)
    assert (int(found.tonic[104]), bool(found.minor[104])) == (0, False)
    assert float(found.strain[104]) == pytest.approx(published, abs=6e-4)


def test_strain_does_not_depend_on_the_key_that_is_home():
    low, high = (tonality(rows(*[[key + shift for key in keys] for keys in ([HOME] * 60)])) for shift in (0, 7))
    assert (int(low.tonic[0]), int(high.tonic[0])) == (0, 7)
    assert low.strain == pytest.approx(high.strain)


@pytest.mark.parametrize(
    ("mode", "happiness"),
    [
        ((0, 2, 4, 5, 7, 9, 11), 0.83),
        ((0, 2, 4, 5, 7, 9, 10), 0.64),
        ((0, 2, 4, 6, 7, 9, 11), 0.58),
        ((0, 2, 3, 5, 7, 9, 10), 0.40),
        ((0, 2, 3, 5, 7, 8, 10), 0.34),
        ((0, 1, 3, 5, 7, 8, 10), 0.21),
    ],
)
def test_modes_are_as_happy_as_listeners_say(mode, happiness):
    keys = [48, *([52] if 4 in mode else [51]), 55, 36, *(60 + tone for tone in mode)]
    home = Key.parse("C major" if 4 in mode else "C minor")
    assert float(tonality(rows(*[keys] * 8), home).happiness[3]) == pytest.approx(happiness, abs=6e-4)


def test_additive_ratings_are_the_published_sums():
    levels = np.array([[1.0, 3, 4, 3, 2], [0.0, 5, 6, 5, 1]])
    found = ratings(levels)
    assert found["happy"][0] == pytest.approx(-0.286 + 1.792 + 3 * 0.315 + 4 * 0.236 - 3 * 0.014 + 2 * 0.180, abs=5e-4)
    assert found["scary"][1] == pytest.approx(2.868 + 5 * 0.076 - 6 * 0.302 + 5 * 0.259 - 0.037, abs=5e-4)
    assert set(found) == {"happy", "sad", "scary", "peaceful"}


def test_tension_weights_are_the_published_ones():
    assert felt.TENSION_WEIGHTS == {"tempo": 0.05, "loudness": 0.49, "density": -0.02, "pitch": 0.21, "strain": 0.07, "roughness": 0.14}


def test_a_slope_with_the_trend_counts_five_times():
    """What is added is the slope of the line fitted to 3 s, times 5 where the last 3 s went the same way, times 1 elsewhere."""
    feature = np.cumsum(np.sin(np.linspace(0, 12, 120)) + 0.3 * np.sin(np.linspace(0, 90, 120)))
    curve = salient(feature)
    padded = np.pad(feature, 6, mode="edge")
    slopes = [np.polyfit(np.arange(13), padded[at : at + 13], 1)[0] for at in range(120)]
    factors = np.diff(curve) / np.array(slopes[1:])
    unit = factors.min()
    assert set(np.round(factors / unit, 3).tolist()) == {1.0, 5.0}
    for at in range(13, 120):
        trend = np.polyfit(np.arange(12), curve[at - 12 : at], 1)[0]
        assert factors[at - 1] / unit == pytest.approx(5.0 if slopes[at] * trend > 0 else 1.0)


def test_ranks_lags_and_standard_units():
    asked = np.sin(np.linspace(0, 6, 80))
    late = np.concatenate([np.full(4, asked[0]), asked[:-4]])
    assert follows(asked, late, np.ones(80, dtype=bool)) == (1.0, 1.0)
    assert follows(asked, np.zeros(80), np.ones(80, dtype=bool)) == (0.0, 0.0)
    assert follows(asked, late, np.zeros(80, dtype=bool)) == (0.0, 0.0)
    assert rank_correlation(np.array([1.0, 2, 3, 4]), np.array([1.0, 3, 2, 4])) == pytest.approx(0.8)
    assert standard(np.array([1.0, 3.0])).tolist() == [-1.0, 1.0]
    assert smooth(np.array([0.0, 3.0, 0.0, 0.0]), 1).tolist() == [1.5, 1.0, 1.0, 0.0]


def test_many_ticks_become_the_seconds_of_each():
    tempo = TempoMap(((0, 500_000), (1000, 333_333), (5000, 1_234_567)))
    ticks = np.array([0, 999, 1000, 4999, 9000])
    assert seconds_of(tempo, ticks) == pytest.approx([float(tempo.seconds(int(tick))) for tick in ticks], abs=1e-9)


def test_curves_of_a_few_notes_are_what_was_worked_out():
    piece = recording(played(rows=[(0, 1920, 60, 127), (1920, 3840, 72, 64)]))
    found = curves(piece)
    assert found.loudness[0] == pytest.approx(40 * np.log10(100 / 127), abs=1e-3)
    assert found.loudness[0] - found.loudness[5] == pytest.approx(40 * np.log10(127 / 64), abs=1e-3)
    assert (found.pitch[0], found.pitch[5], found.top[5]) == (60.0, 72.0, 72.0)
    assert found.tempo[0] == 120.0
    assert found.player[0] == pytest.approx(40 * np.log10(127 / 80), abs=1e-3)
    assert found.parts[:8].tolist() == [1.0] * 8
    assert found.loudness[9] == -60.0


def test_drums_are_loud_but_have_no_pitch():
    drum = played("Bass Drum", [(0, 3840, 36, 127)], drums=True)
    alone, both = curves(recording(drum)), curves(recording(drum, played(rows=[(0, 3840, 72, 40)])))
    assert alone.loudness[0] > -10
    assert alone.pitch[0] == 60.0
    assert both.pitch[0] == 72.0
    assert both.parts[0] == 2.0


def test_major_fast_high_and_short_is_gladder_than_minor_slow_low_and_long():
    glad = recording(played(rows=scale(76, 240, 80, 120)))
    major = [(0, 7600, 48, 80), (0, 7600, 52, 80), (0, 7600, 55, 80)]
    minor = [(0, 7600, 36, 80), (0, 7600, 39, 80), (0, 7600, 43, 80)]
    one, other = (curves(recording(played(rows=base), glad.parts[0])) for base in (major, minor))
    assert perceived_valence(one)[:4].mean() > perceived_valence(other)[:4].mean() + 0.1
    levels = cues(curves(glad))[2]
    assert levels[4] > 2.5
    assert levels[2] > 4


def test_expression_is_that_of_what_is_written():
    even = recording(played(rows=scale()))
    found = expression(even, curves(even), -50.0)
    assert (found.velocity_spread, found.timing_spread_ms, found.shaping, found.shaped_parts) == (0.0, 0.0, 0.0, 0.0)
    loose = [
        (on + (9 if number % 2 else -9 if on else 0), end, pitch, 60 + 40 * (number % 2))
        for number, (on, end, pitch, _) in enumerate(scale())
    ]
    shaped = recording(played(rows=loose, changes=[(tick, 11, 60 + tick // 96) for tick in range(0, 3840, 96)]))
    found = expression(shaped, curves(shaped), -50.0)
    assert found.velocity_spread == 20.0
    assert 4 < found.timing_spread_ms < 6
    assert found.shaping == pytest.approx(39 / 4, abs=1e-3)
    assert found.shaped_parts == 1.0


def test_literal_repeats_are_counted():
    bar = [(0, 960, 60, 80), (960, 1920, 64, 80)]
    twice = recording(played(rows=[*bar, *((on + 3840 + 7, end + 3840, pitch, 90) for on, end, pitch, _ in bar)]))
    found = variety(twice)
    assert (found.bars_repeated, found.part_bars_repeated, found.rhythms, found.pitches) == (0.5, 0.5, 0.5, 2.0)
    other = recording(played(rows=[*bar, (3840, 4800, 60, 80), (5760, 6720, 65, 80)]))
    assert variety(other).bars_repeated == 0.0
    assert variety(recording()).rhythms == 0.0


def test_a_recording_without_notes_can_be_measured():
    found = curves(recording())
    assert set(found.loudness.tolist()) == {-60.0}
    assert not np.isnan(perceived_valence(found)).any()
    assert len(Samples.of(recording())) == len(found.seconds)
