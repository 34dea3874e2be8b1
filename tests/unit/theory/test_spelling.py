import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifgen.theory.chord import QUALITIES, Chord, DegreeChord
from motifgen.theory.pitch import Interval, Pitch, PitchClass
from motifgen.theory.scale import MODES, Degree, Key, Mode
from motifgen.theory.spelling import plain, written

keys = st.builds(
    lambda step, alter, mode: Key(PitchClass(step, alter), Mode.named(mode)),
    st.integers(0, 6),
    st.integers(-1, 1),
    st.sampled_from(sorted(MODES)),
)
intervals = st.sampled_from(
    [Interval(*up) for up in ((0, 0), (1, 1), (1, 2), (2, 3), (2, 4), (3, 6), (4, 7), (-1, -1), (-2, -3), (-2, -4))]
)
chords = st.builds(DegreeChord, st.builds(Degree, st.integers(0, 6), st.integers(-1, 1)), st.sampled_from(sorted(QUALITIES)))


@given(keys, st.lists(intervals, max_size=5))
def test_wherever_a_key_is_moved_it_has_at_most_six_signs(key, ways):
    for way in ways:
        there = key.moved(way)
        assert there.tonic.semitone == (key.tonic + way).semitone
        assert abs(there.fifths) <= 6
        key = there


@given(keys)
def test_no_enharmonic_name_of_a_key_has_fewer_signs(key):
    best = key.respelled()
    others = [Key(PitchClass(step, alter), key.mode) for step in range(7) for alter in (-1, 0, 1)]
    same = [other for other in others if other.tonic.semitone == key.tonic.semitone and abs(other.fifths) <= 6]
    assert best.signs == min(other.signs for other in same)
    assert best.respelled() == best


@given(keys, chords)
def test_a_chord_is_written_with_its_own_notes_under_a_name_that_is_read(key, degree):
    key = key.respelled()
    chord = degree.within(key)
    there = written(chord, key)
    assert (there.semitones, there.quality) == (chord.semitones, chord.quality)
    assert abs(there.root.alter) <= 1
    assert str(there.root) != "Fb"
    if str(there.root) in ("E#", "B#"):
        assert "dim" in there.quality or there.quality == "m7b5"
        assert key.fifths > 0
    if str(there.root) == "Cb":
        assert key.fifths <= -4


@given(keys)
def test_triads_of_the_key_keep_its_names(key):
    key = key.respelled()
    for step in range(7):
        third, fifth = (key.mode.semitones(step + up) - key.mode.semitones(step) for up in (2, 4))
        quality = {(4, 7): "", (3, 7): "m", (3, 6): "dim"}.get((third, fifth))
        if quality is not None and key.mode.name in ("major", "minor", "dorian", "mixolydian", "lydian", "phrygian"):
            assert set(written(Chord(key.scale[step], quality), key).names) <= set(key.scale)


@pytest.mark.parametrize(
    ("text", "home", "best"),
    [
        ("D#7", "G# minor", "D#7"),
        ("Fbmaj7", "Ab major", "Emaj7"),
        ("E#m", "C# minor", "Fm"),
        ("E#dim7", "F# minor", "E#dim7"),
        ("Cb", "Gb major", "Cb"),
        ("Cb", "E major", "B"),
        ("Bbbm", "Db major", "Am"),
        ("Fb/Ab", "Eb minor", "E/G#"),
    ],
)
def test_chords_that_are_often_spelled_wrong(text, home, best):
    assert str(written(Chord.parse(text), Key.parse(home))) == best


@given(keys, st.integers(0, 6), st.integers(-2, 2))
def test_double_signs_are_left_to_the_key_and_its_leading_tone(key, step, alter):
    key, pitch = key.respelled(), PitchClass(step, alter).at(4)
    found = plain(pitch, key)
    assert found.midi == pitch.midi
    if abs(found.alter) > 1:
        assert found == pitch
        leading = (key.tonic - found.pitch_class).semitones % 12 == 1
        assert found.pitch_class in key.scale or leading
    assert plain(Pitch.parse("C4"), key) == Pitch.parse("C4")
