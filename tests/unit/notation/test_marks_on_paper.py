"""Dynamics, slurs, breaths, signatures: what stands on real pages."""

from fractions import Fraction
from itertools import pairwise

import pytest

from films import HERE, sketches
from motifgen.files.notation import full_score
from motifgen.files.notation.dynamics import LEVELS
from motifgen.files.notation.signatures import head, signed, transposed
from motifgen.theory.pitch import Pitch

F = Fraction
TONICS = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
NAMES = [name for _, name in LEVELS]
SCORES = {name: sketches(HERE / "scenes" / f"{name}.yaml")[0].recording.score for name in ("storm", "waltz", "pianox")}


@pytest.fixture(scope="module", params=sorted(SCORES))
def sheet(request):
    return full_score(SCORES[request.param])


def test_no_dynamic_is_said_twice_without_a_rest(sheet):
    for staff in sheet.staves:
        for (a, one), (b, other) in pairwise(staff.dynamics):
            if one == other and staff.name != sheet.staves[0].name:
                last = max((note.end for note in staff.notes if note.onset < b), default=a)
                assert b - last >= 12


def test_hairpins_lie_between_marks_and_go_their_way(sheet):
    for staff in sheet.staves:
        for one, other in pairwise(staff.hairpins):
            assert one.end <= other.start
        for pin in staff.hairpins:
            before = [name for at, name in staff.dynamics if at <= pin.start][-1]
            after = next(name for at, name in staff.dynamics if at > pin.end)
            assert (NAMES.index(after) > NAMES.index(before)) is pin.louder


def test_slurs_are_for_those_who_can_play_them_and_short_enough(sheet):
    tempo = min(bar.tempo for bar in sheet.bars)
    found = 0
    for staff in sheet.staves:
        assert not staff.slurs or staff.family in {"woodwind", "brass", "strings"}
        for one, other in pairwise(staff.slurs):
            assert one[1] < other[0]
        for start, end in staff.slurs:
            inside = [note for note in staff.notes if start <= note.onset <= end]
            assert not any(note.marks & {"staccato", "pizzicato", "tremolo"} for note in inside)
            assert all(a.end == b.onset and a.pitch != b.pitch for a, b in pairwise(inside))
            assert float(end - start) * 60 / tempo <= 12
            found += 1
    assert found or len(sheet.staves) <= 2


def test_who_breathes_has_breath_marks_at_most_once_a_phrase(sheet):
    for staff in sheet.staves:
        assert not staff.breaths or staff.family in {"woodwind", "brass", "voice"}
        for one, other in pairwise(sorted(staff.breaths)):
            assert other - one >= 4


def test_voices_and_notes_are_few_enough_to_read(sheet):
    for staff in sheet.staves:
        assert all(len(voiced) <= 2 for voiced in staff.voices)
        assert len(set(staff.clefs)) <= 4
        assert all(abs(fifths) <= 6 for fifths in staff.fifths)


@pytest.mark.parametrize("fifths", range(-7, 8))
@pytest.mark.parametrize("semitones", [-2, -7, -9, -14, 3])
def test_transposing_players_read_at_most_six_signs_and_sound_right(fifths, semitones):
    read, shift = transposed(fifths, semitones)
    assert abs(read) <= 6
    assert shift.semitones == -semitones
    tonic = Pitch.parse(TONICS[fifths + 7] + "4")
    written = head(tonic, shift)
    assert signed(read).get(str(written.pitch_class)[0], 0) == written.alter


def test_signatures_change_where_it_is_worth_it(sheet):
    changes = [number for number, (a, b) in enumerate(pairwise(sheet.staves[0].fifths), start=1) if a != b]
    assert all(b - a >= 2 for a, b in pairwise(changes))


def test_sections_have_letters_and_hits_their_timecode(sheet):
    letters = [text.text.split()[0] for text in sheet.texts if text.kind == "rehearsal"]
    assert letters == sorted(set(letters), key=lambda each: (len(each), each))
    assert all(text.text[2] == ":" for text in sheet.texts if text.kind == "hit")


@pytest.mark.parametrize("fifths", range(-9, 10))
@pytest.mark.parametrize("semitones", [0, -12, -2, -7, -9, 3])
def test_no_player_reads_more_than_six_accidentals(fifths, semitones):
    read, _ = transposed(max(-6, min(6, fifths)), semitones)
    assert abs(read) <= 6
    assert abs(transposed(fifths, 0)[0]) <= 6
