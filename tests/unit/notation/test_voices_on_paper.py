"""Values and voices: everything that was composed is on paper, and can be read."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motifgen.files.notation.groups import groups
from motifgen.files.notation.hands import gathered, hands
from motifgen.files.notation.values import pieces
from motifgen.files.notation.voices import barred, beaten, tidied, voices
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart
from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Meter, Span

F = Fraction
METERS = [Meter.parse(text) for text in ("4/4", "3/4", "2/4", "5/4", "6/8", "9/8", "12/8", "7/8", "5/8", "2/2", "6/4")]
places = st.integers(0, 63).map(lambda each: F(each, 4))
notes = st.builds(
    lambda at, length, key: StaffNote(at, length, Pitch.parse(key), 0.5),
    places,
    st.integers(1, 12).map(lambda each: F(each, 4)),
    st.sampled_from(("C3", "E3", "G3", "C4", "E4", "G4", "B4")),
)


@given(st.sampled_from(METERS), st.integers(0, 47), st.integers(1, 48), st.booleans())
def test_values_fill_a_span_and_nothing_else(meter, start, length, rest):
    begin = F(start, 4) % meter.bar
    end = min(begin + F(length, 4), meter.bar)
    found = pieces(Span(begin, end), meter, rest=rest)
    assert [onset for onset, _ in found] == [begin + sum((each for _, each in found[:number]), F(0)) for number in range(len(found))]
    assert sum(each for _, each in found) == end - begin
    if rest and meter.count % 3:
        dotted = [(onset, each) for onset, each in found if each.numerator == 3 and each.denominator in {1, 2, 4, 8} and each != meter.bar]
        assert all(meter.unit == 8 and onset in meter.accents and each == F(3, 2) for onset, each in dotted)


@pytest.mark.parametrize(
    ("text", "accents", "begin", "end", "lengths"),
    [
        ("7/8", "0 1 2", "3/2", "7/2", "1/2 3/2"),
        ("7/8", "0 3/2 5/2", "0", "7/2", "3/2 1 1"),
        ("7/8", "0 3/2 5/2", "1/2", "5/2", "1/2 1/2 1"),
        ("5/8", "0 1", "1", "5/2", "3/2"),
        ("12/8", "0 3/2 3 9/2", "3/2", "6", "3/2 3/2 3/2"),
    ],
)
def test_rests_show_the_groups_of_a_meter(text, accents, begin, end, lengths):
    row = tuple(map(F, accents.split()))
    found = pieces(Span(F(begin), F(end)), Meter.parse(text), row, rest=True)
    assert [each for _, each in found] == [F(each) for each in lengths.split()]


@given(st.lists(notes, min_size=1, max_size=20), st.sampled_from(["7/8", "5/8", "5/4", "8/8", "11/8"]))
def test_groups_fill_the_bar_and_are_those_of_the_meter_in_some_order(row, text):
    meter = Meter.parse(text)
    bars = tuple(StaffBar(meter.bar * n, meter, 100.0) for n in range(12))
    part = StaffPart("Oboe", "oboe", 0, "treble", 68, keyboard=False, notes=tuple(note for note in row if note.onset < bars[-1].end))
    found = groups(Score(bars, (), (part,), ()))
    assert len(set(found)) == 1
    sizes, usual = (sorted(b - a for a, b in zip(each, (*each[1:], meter.bar), strict=True)) for each in (found[0], meter.accents))
    assert sizes == usual


@given(st.integers(0, 15), st.integers(1, 16))
def test_no_value_hides_the_middle_of_a_bar_of_four(start, length):
    begin = F(start, 4)
    for onset, each in pieces(Span(begin, min(begin + F(length, 4), F(4))), Meter(4, 4)):
        if onset < 2 < onset + each:
            assert onset == 0 or (onset, each) == (1, 2)


@given(st.lists(notes, max_size=20))
def test_two_voices_hold_all_that_is_played(row):
    found = voices(tidied(row)[0])
    assert len(found) <= 2
    for voice in found:
        for one, other in pairwise(voice):
            assert one[0].end <= other[0].onset
    written = {(note.onset, note.pitch) for voice in found for chord in voice for note in chord}
    assert written == {(note.onset, note.pitch) for note in row}


@given(st.lists(notes, min_size=1, max_size=20), st.sampled_from(METERS))
def test_every_voice_fills_its_bars(row, meter):
    bars = [StaffBar(meter.bar * number, meter, 90.0) for number in range(-(-F(20) // meter.bar))]
    for voiced in barred(voices(tidied(row)[0]), bars):
        for voice in voiced:
            assert sum(sound.duration for sound in voice) == meter.bar


def test_the_upper_voice_comes_first():
    low = StaffNote(F(0), F(4), Pitch.parse("C3"), 0.5)
    high = [StaffNote(F(n), F(1), Pitch.parse("G4"), 0.5) for n in range(4)]
    upper, lower = voices([low, *high])
    assert [chord[0].pitch for chord in upper] == [note.pitch for note in high]
    assert lower == [[low]]


@pytest.mark.parametrize(("length", "written"), [("3/8", "1/2"), ("7/8", "1"), ("11/8", "3/2"), ("1", "1"), ("1/3", "1/3")])
def test_a_release_before_the_next_note_is_not_written(length, written):
    first = StaffNote(F(0), F(length), Pitch.parse("C4"), 0.5)
    later = replace(first, onset=F(2))
    assert tidied([first, later])[0][0].duration == F(written)


def test_a_gap_before_the_next_note_is_a_breath_and_no_rest():
    row = [StaffNote(F(0), F(15, 8), Pitch.parse("C4"), 0.5), StaffNote(F(2), F(1), Pitch.parse("D4"), 0.5)]
    found, gaps = tidied(row)
    assert found[0].duration == 2
    assert gaps == {0}


def test_strokes_last_until_the_next_or_the_beat_and_rolls_as_long_as_they_roll():
    bars = [StaffBar(F(0), Meter(4, 4), 90.0)]
    stroke = StaffNote(F(0), F(1, 4), Pitch.parse("D2"), 0.5)
    roll = replace(stroke, onset=F(2), duration=F(2), marks=frozenset({"tremolo"}))
    assert [note.duration for note in beaten([stroke, replace(stroke, onset=F(1, 2)), roll], bars)] == [F(1, 2), F(1, 2), F(2)]


@given(st.lists(notes, max_size=20), st.sampled_from(("", "staccato", "pizzicato")))
def test_no_sixteenth_rest_stands_behind_a_note_that_leaves_room(row, mark):
    found, _ = tidied([replace(note, marks=frozenset(filter(None, (mark,)))) for note in row])
    onsets = sorted({note.onset for note in found})
    for note in found:
        following = next((onset for onset in onsets if onset > note.onset), None)
        if following is None or following - note.end > F(1, 4):
            assert (note.end % F(1, 2)) == 0


@given(st.lists(notes, max_size=20))
def test_a_hand_that_plays_no_theme_has_one_voice(row):
    short = [replace(note, duration=min(note.duration, F(2))) for note in row]
    found = gathered(short)
    assert len(voices(found)) <= 1
    assert sorted((note.onset, note.pitch) for note in found) == sorted((note.onset, note.pitch) for note in short)


def test_a_theme_keeps_its_length_over_what_the_same_hand_plays():
    theme = StaffNote(F(0), F(3), Pitch.parse("G4"), 0.5, statement=0)
    below = [StaffNote(F(n), F(2), Pitch.parse("C4"), 0.5) for n in range(2)]
    assert [note.duration for note in gathered([theme, *below])] == [F(1), F(3), F(2)]


def run(*names):
    return [StaffNote(F(at, 2), F(1, 2), Pitch.parse(name), 0.5) for at, name in enumerate(names)]


def test_a_broken_chord_stays_in_one_hand_though_it_crosses_the_middle():
    right, left = hands(run(*("G3", "D4", "Bb3", "Eb4", "G4", "Bb4") * 4))
    assert not right or not left


def test_chords_after_a_bass_note_are_in_the_hand_that_holds_no_melody():
    melody = StaffNote(F(0), F(3), Pitch.parse("A4"), 0.5)
    low = [StaffNote(F(0), F(1), Pitch.parse("F2"), 0.5)]
    low += [StaffNote(F(at), F(1), Pitch.parse(name), 0.5) for at in (1, 2) for name in ("A3", "C4", "F4")]
    assert hands([melody, *low]) == ((melody,), tuple(low))


def test_bass_and_melody_are_in_two_hands():
    low, high = run("C2", "G2", "E3", "G2"), run("C5", "D5", "E5", "C5")
    assert hands([*low, *high]) == (tuple(high), tuple(low))


@given(st.lists(notes, max_size=30))
def test_every_note_is_in_one_hand_and_no_hand_has_more_than_it_must(row):
    right, left = hands(row)
    assert sorted(map(repr, (*right, *left))) == sorted(map(repr, row))
    for onset in {note.onset for note in row}:
        low = [note.pitch.midi for note in left if note.onset == onset]
        high = [note.pitch.midi for note in right if note.onset == onset]
        assert not low or not high or max(low) < min(high)
