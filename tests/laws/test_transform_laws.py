"""The algebra that must hold, over motifs with altered notes, ties, rests, pickups, chords and marks."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.motif.motif import Motif
from motifgen.motif.transform.formal import Sequence
from motifgen.motif.transform.melodic import Transpose, TransposeDegrees
from motifgen.motif.transform.mirrors import Invert, Retrograde, RetrogradeInversion
from motifgen.motif.transform.modal import InMode
from motifgen.motif.transform.rhythmic import Augment, Diminish
from strategies import degrees, motifs, ratios

modest = settings(max_examples=50, deadline=None)
steps = st.integers(-9, 9)
kinds = st.sampled_from(("tonal", "real"))


def midi(motif):
    return [(onset, length, pitch.midi) for onset, length, pitch in motif.sounding()]


@modest
@given(motifs(), kinds, degrees(-3, 7))
def test_inverting_twice_changes_nothing(motif, kind, axis):
    assert motif >> Invert(kind, axis) >> Invert(kind, axis) == motif


@modest
@given(motifs(), st.sampled_from(("all", "pitches")))
def test_reading_backwards_twice_changes_nothing(motif, what):
    assert motif >> Retrograde(what) >> Retrograde(what) == motif


@modest
@given(motifs())
def test_retrograde_inversion_twice_changes_nothing(motif):
    assert motif >> RetrogradeInversion() >> RetrogradeInversion() == motif


@modest
@given(motifs(), steps, steps)
def test_transpositions_by_degrees_add(motif, a, b):
    assert motif >> TransposeDegrees(a) >> TransposeDegrees(b) == motif >> TransposeDegrees(a + b)


@modest
@given(motifs(), st.integers(-24, 24), st.integers(-24, 24))
def test_transpositions_by_semitones_add_in_sound(motif, a, b):
    assert midi(motif >> Transpose(a) >> Transpose(b)) == midi(motif >> Transpose(a + b))
    assert midi(motif >> Transpose(a)) == [(onset, length, key + a) for onset, length, key in midi(motif)]


@modest
@given(motifs(), st.integers(-24, 24))
def test_transposing_back_changes_nothing(motif, semitones):
    assert motif >> Transpose(semitones) >> Transpose(-semitones) == motif
    assert motif >> TransposeDegrees(semitones) >> TransposeDegrees(-semitones) == motif


@modest
@given(motifs(), st.integers(-3, 7), st.integers(-3, 7))
def test_inverting_at_a_then_at_b_transposes_by_twice_the_difference(motif, a, b):
    from motifgen.theory.scale import Degree  # noqa: PLC0415 - only here

    twice = motif >> Invert(axis=Degree(a)) >> Invert(axis=Degree(b))
    assert twice == motif >> TransposeDegrees(2 * (b - a))


@modest
@given(motifs(), steps)
def test_transposing_then_inverting_is_inverting_then_transposing_the_other_way(motif, t):
    assert motif >> TransposeDegrees(t) >> Invert() == motif >> Invert() >> TransposeDegrees(-t)


@modest
@given(motifs(), steps, kinds, ratios())
def test_retrograde_commutes(motif, t, kind, ratio):
    for other in (TransposeDegrees(t), Transpose(t), Invert(kind), Augment(ratio)):
        assert motif >> Retrograde() >> other == motif >> other >> Retrograde()


@modest
@given(motifs(), ratios())
def test_augmenting_scales_time_exactly_and_can_be_undone(motif, ratio):
    longer = motif >> Augment(ratio)
    assert longer.duration == motif.duration * ratio
    assert longer >> Augment(1 / ratio) == motif
    assert longer >> Diminish(ratio) == motif


@modest
@given(motifs(), st.integers(1, 4), st.integers(-8, 8), kinds)
def test_a_sequence_over_n_intervals_has_n_more_copies(motif, times, interval, kind):
    copies = motif >> Sequence(times, interval, kind)
    assert len(copies.notes) == (times + 1) * len(motif.notes)
    assert copies.duration == (times + 1) * motif.duration
    assert copies.notes[: len(motif.notes)] == motif.notes


@modest
@given(motifs(), st.integers(-8, 8))
def test_a_real_sequence_keeps_every_interval(motif, interval):
    whole = midi(motif >> Sequence(1, interval, "real"))
    first, second = whole[: len(whole) // 2], whole[len(whole) // 2 :]
    assert len({b[2] - a[2] for a, b in zip(first, second, strict=True)}) <= 1


@modest
@given(motifs(modes=("major", "minor", "dorian", "lydian")))
def test_a_change_of_mode_keeps_altered_notes_and_moves_the_others(motif):
    changed = motif >> InMode("phrygian")
    tonic = motif.key.tonic.at(4).semitones
    for before, after in zip(motif.notes, changed.notes, strict=True):
        if before.degree is None:
            assert after.degree is None
        elif before.degree.alter:
            assert changed.key.pitch(after.degree).semitones == motif.key.pitch(before.degree).semitones
        else:
            assert changed.key.pitch(after.degree).semitones - tonic == changed.key.mode.semitones(before.degree.step)


@modest
@given(motifs(smallest=2), ratios())
def test_lineage_tells_what_was_done_and_is_no_part_of_equality(motif, ratio):
    longer = motif >> Augment(ratio) >> Invert()
    assert longer.lineage == (str(Augment(ratio)), "invert")
    assert Motif(longer.notes, longer.key, longer.meter, longer.pickup) == longer
    assert isinstance(longer.duration, Fraction)
