"""What the notes are called on paper: keys, themes and chords spelled as one score, and nothing sounds otherwise."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from films import HERE, sketches
from motifgen.files.notation.naming import readable
from motifgen.sketch.score import Score, StaffNote, StaffPart, StaffText
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import MODES, Key, Mode, PitchClass
from motifgen.theory.spelling import side_by_side

F = Fraction
OBOE = StaffPart("Oboe", "oboe", 0, "treble", 68, keyboard=False, notes=())
SCENES = [sketches(HERE / "scenes" / f"{name}.yaml")[0].recording.score for name in ("horror", "noirx")]
keys = st.builds(
    lambda step, alter, mode: Key(PitchClass(step, alter), Mode.named(mode)),
    st.integers(0, 6),
    st.integers(-1, 1),
    st.sampled_from(sorted(MODES)),
)


def line(names, *, statement=-1, part=OBOE):
    notes = tuple(StaffNote(F(n), F(1), Pitch.parse(name), 0.5, frozenset(), statement) for n, name in enumerate(names.split()))
    return StaffPart(part.name, *(getattr(part, name) for name in ("instrument", "transposition", "clef", "program", "keyboard")), notes)


def named(*parts, key="C major", chords=()):
    texts = tuple(StaffText(F(at), "chord", text) for at, text in chords)
    made = readable(Score((), ((F(0), Key.parse(key)),), parts, texts))
    return [" ".join(str(note.pitch) for note in part.notes) for part in made.parts], [text.text for text in made.texts]


def test_a_theme_is_called_as_suits_the_key_around_it():
    assert named(line("Ab4 Cb5 Bb4 F4", statement=0), key="C# dorian")[0] == ["G#4 B4 A#4 E#4"]


def test_a_theme_is_moved_as_a_whole_and_keeps_its_chromatic_steps():
    theme = "G4 F#4 G4 Bb4 A4 G#4 A4 C#5"
    assert named(line(theme, statement=0), key="C major")[0] == [theme]


def test_a_neapolitan_under_six_flats_is_written_in_flats():
    assert named(line("E4 G#4 B4"), key="Eb minor", chords=[(0, "E/G#")]) == (["Fb4 Ab4 Cb5"], ["Fb/Ab"])


def test_a_chord_far_away_keeps_names_without_double_signs():
    assert named(line("D4 F#4 A4"), key="Eb minor", chords=[(0, "D")]) == (["D4 F#4 A4"], ["D"])


def test_a_chord_as_far_from_the_key_either_way_keeps_the_name_that_was_composed():
    assert named(line("Eb4 Gb4 Bb4"), key="G major", chords=[(0, "Ebm")]) == (["Eb4 Gb4 Bb4"], ["Ebm"])


def test_what_belongs_to_no_chord_leads_by_step():
    assert named(line("Gb4 E4 Eb4"), key="Gb lydian", chords=[(0, "Gb"), (2, "Ebm")])[0] == ["Gb4 Fb4 Eb4"]
    assert named(line("E4 D#4 E4"), chords=[(0, "C")])[0] == ["E4 D#4 E4"]


def test_who_plays_a_theme_s_note_with_it_calls_it_the_same():
    theme = line("G4 D5 F#4 G4", statement=0)
    assert named(theme, line("G3 D4 Gb3 G3"), key="C minor", chords=[(0, "Ab7")])[0] == ["G4 D5 F#4 G4", "G3 D4 F#3 G3"]


def test_a_note_played_again_keeps_its_name():
    assert named(line("G#4 Ab4"), key="A minor", chords=[(0, "E7"), (1, "Ddim")])[0] == ["G#4 G#4"]


@pytest.mark.parametrize("score", SCENES)
def test_nothing_sounds_otherwise(score):
    made = readable(score)
    for before, after in zip(score.parts, made.parts, strict=True):
        rows = [(note.onset, note.duration, note.pitch.midi, note.marks) for note in before.notes]
        assert rows == [(note.onset, note.duration, note.pitch.midi, note.marks) for note in after.notes]


@pytest.mark.parametrize("score", SCENES)
def test_players_of_one_note_have_one_name_for_it(score):
    names = defaultdict(set)
    for part in readable(score).parts:
        for note in part.notes if part.clef != "percussion" else ():
            names[note.onset, note.pitch.midi % 12].add(note.pitch.pitch_class)
    assert names
    assert all(len(each) == 1 for each in names.values())


@given(st.lists(st.tuples(keys, st.integers(1, 64).map(F)), min_size=1, max_size=6))
def test_keys_side_by_side_keep_their_sound_and_at_most_nine_signs(rows):
    found = side_by_side(rows)
    assert [(key.tonic.semitone, key.mode) for key in found] == [(key.tonic.semitone, key.mode) for key, _ in rows]
    assert all(abs(key.fifths) <= 9 for key in found)


@pytest.mark.parametrize(
    ("length", "names", "best"),
    [
        (16, "Eb minor, D# phrygian, Eb minor", "Eb minor, Eb phrygian, Eb minor"),
        (24, "Gb major, F# mixolydian, F# major", "Gb major, Gb mixolydian, Gb major"),
        (80, "Db major, C# minor", "Db major, C# minor"),
        (40, "G# minor, Ab mixolydian, Ab major", "G# minor, Ab mixolydian, Ab major"),
        (16, "D# minor", "Eb minor"),
    ],
)
def test_a_tonic_keeps_its_name_where_the_signs_allow(length, names, best):
    rows = [(Key.parse(name), F(length)) for name in names.split(", ")]
    assert ", ".join(map(str, side_by_side(rows))) == best
