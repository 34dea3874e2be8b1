from fractions import Fraction

import pytest

from motifgen.errors import NotationError, RangeError, UnknownNameError
from motifgen.motif.duration import duration_text, parse_duration
from motifgen.motif.motif import Motif, Note
from motifgen.theory.chord import Chord, DegreeChord
from motifgen.theory.scale import Degree, Key


def lengths(motif):
    return [note.duration for note in motif]


def test_the_contract_s_own_example_reads():
    motif = Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor", meter="4/4")
    assert [str(pitch) for *_, pitch in motif.sounding()] == ["D4", "A4", "G4", "F4", "E4", "F4", "D4"]
    assert motif.duration == 8
    assert motif.pickup == 0


def test_degrees_read_in_any_octave():
    motif = Motif.parse("1/q 5/q. 4/e | b3'/q #7,/q 1/h", key="D major", degrees=True)
    assert [str(pitch) for *_, pitch in motif.sounding()] == ["D4", "A4", "G4", "F5", "C##4", "D4"]
    assert motif.pickup == 3


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("w", "4"), ("h", "2"), ("q", "1"), ("e", "1/2"), ("s", "1/4"), ("t", "1/8"), ("q.", "3/2"), ("h..", "7/2"),
        ("e3", "1/3"),
        ("q3", "2/3"), ("q5", "4/5"), ("s6", "1/6"), ("e7", "2/7"), ("e9", "4/9"), ("e.3", "1/2"), ("e3.", "1/2"), ("=5/7", "5/7"),
        ("=3", "3"),
    ],
)  # fmt: skip
def test_durations(text, quarters):
    assert parse_duration(text) == Fraction(quarters)
    assert parse_duration(duration_text(Fraction(quarters))) == Fraction(quarters)


@pytest.mark.parametrize("text", ["x", "q4", "e2", "e33", "q....", "=0", "=1/0", "", "qq", "3"])
def test_durations_that_are_none_say_what_is(text):
    with pytest.raises(NotationError, match="accepted: w h q e s t"):
        parse_duration(text)


def test_a_duration_left_out_repeats_the_last_and_the_first_is_a_quarter():
    assert lengths(Motif.parse("D4 A4/e G4 F4/h E4")) == [Fraction(1), Fraction(1, 2), Fraction(1, 2), Fraction(2), Fraction(2)]


def test_marks_ties_rests_and_chords():
    motif = Motif.parse("[Dm] D4/q>_ r/e [A7/C#]A4*~ A4/q [5:7/2] G4", key="D minor")
    dm, a7 = (DegreeChord.of(Chord.parse(symbol), motif.key) for symbol in ("Dm", "A7/C#"))
    assert [note.chord for note in motif] == [dm, None, a7, None, DegreeChord(Degree(4), "7", Degree(1))]
    assert motif.notes[0].marks == {"accent", "tenuto"}
    assert motif.notes[2].marks == {"staccato"}
    assert [note.tied for note in motif] == [False, False, True, False, False]
    assert [length for _, length, _ in motif.sounding()] == [1, Fraction(3, 2), 1]


def test_a_short_first_bar_is_a_pickup_and_a_short_last_bar_is_open():
    motif = Motif.parse("A4/e | D5/q. C5/e A4/h | A4/q")
    assert motif.pickup == Fraction(1, 2)
    assert str(motif) == "A4/e | D5/q. C5/e A4/h | A4/q"


def test_a_bar_line_at_the_very_beginning_says_that_there_is_no_pickup():
    assert Motif.parse("| A4/w | D5/q |").pickup == 0
    with pytest.raises(NotationError, match="holds 1 quarters; accepted: 4 in 4/4"):
        Motif.parse("| A4/q | D5/w")


def test_pickups_that_bar_lines_cannot_show_are_written_out():
    motif = Motif((Note(Degree(0), Fraction(1)),), Key.parse("C major"), pickup=Fraction(3, 2))
    assert str(motif) == "@3/2 C4/q"
    assert Motif.parse("@3/2 C4") == motif


def test_a_heading_is_key_and_meter():
    motif = Motif.parse("Bb harmonic minor 6/8: Bb4/q. F4/q A4/e")
    assert (str(motif.key), str(motif.meter)) == ("Bb harmonic minor", "6/8")
    assert motif.text(heading=True) == "Bb harmonic minor 6/8: Bb4/q. F4/q A4/e"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("D4/q H4/q", r"column 6: cannot read the pitch 'H4'.*scientific pitch"),
        ("D4/q A4/z", r"column 6: cannot read the duration 'z'"),
        ("D4/q A4/q> | D4/q D4/q D4/q D4/q D4/q | D4", r"column 39: the bar before this place holds 5 quarters; accepted: 4 in 4/4"),
        ("D4/q | D4/w D4/q", r"column 13: the bar before this place holds 5 quarters"),
        ("D4/q [Xm] A4", r"column 6: cannot read the chord 'Xm'"),
        ("D4/q [Dm A4", r"column 6: cannot read the chord"),
        ("D4/q [] A4", r"column 6: cannot read the chord"),
        ("D4/q [1:foo] A4", r"column 6: .*unknown chord quality 'foo'"),
        ("D4/q [Dm]", r"column 10: a chord stands after the last note"),
        ("D4/q~ E4", r"column 1: 'D4/q~' is tied to E4"),
        ("D4/q~", r"column 1: 'D4/q~' is tied to nothing"),
        ("r/q~ r", r"column 1: 'r/q~': a rest is tied"),
        ("D4/q @2 E4", r"column 6: cannot read the pickup '@2'.*before the first note"),
        ("D4/", r"column 1: cannot read the note 'D4/'"),
        ("", "an empty motif text"),
        ("| |", "an empty motif text"),
        ("D4 " * 10_000, "a motif text of 30000 characters"),
    ],
)
def test_errors_name_the_token_its_column_and_what_is_accepted(text, says):
    with pytest.raises(NotationError, match=says):
        Motif.parse(text)


def test_errors_in_degrees():
    with pytest.raises(NotationError, match=r"column 5: cannot read the degree 'D4'; accepted: '1' to '7'"):
        Motif.parse("1/q D4/q", degrees=True)
    with pytest.raises(NotationError, match="column 1: '1~' is tied to r"):
        Motif.parse("1~ r", degrees=True)


def test_notes_across_bar_lines_are_printed_without_bar_lines():
    motif = Motif.parse("C4/h. D4/h E4/q")
    assert "|" not in str(motif)
    assert Motif.parse(str(motif)) == motif


def test_values_that_are_no_music_are_refused():
    with pytest.raises(RangeError, match="more than 0"):
        Note(Degree(0), Fraction(0))
    with pytest.raises(UnknownNameError, match="did you mean 'staccato'"):
        Note(Degree(0), Fraction(1), marks=frozenset({"stacato"}))
    with pytest.raises(RangeError, match="at least one note"):
        Motif((), Key.parse("C major"))
    with pytest.raises(RangeError, match="0 or more"):
        Motif((Note(Degree(0), Fraction(1)),), Key.parse("C major"), pickup=Fraction(-1))
    with pytest.raises(RangeError, match="tied to nothing"):
        Motif((Note(Degree(0), Fraction(1), tied=True),), Key.parse("C major"))
    with pytest.raises(RangeError, match=r"note 1 .* is tied to 2"):
        Motif((Note(Degree(0), Fraction(1), tied=True), Note(Degree(1), Fraction(1))), Key.parse("C major"))


def test_a_notebook_sees_every_note_and_the_text():
    html = Motif.parse("A4/e | D5/q.", key="D minor")._repr_html_()
    assert html.count("<title>") == 2
    assert "D minor 4/4: A4/e | D5/q." in html


def test_a_motif_of_rests_can_be_drawn():
    assert "<svg" in Motif.parse("r/h")._repr_html_()


def test_what_no_accidental_can_spell_is_written_as_steps_and_alteration():
    motif = Motif((Note(Degree(2, -5), Fraction(1)), Note(Degree(80), Fraction(1))), Key.parse("C major"))
    assert str(motif) == "^2:-5/q F15"
    assert motif.text(degrees=True) == "^2:-5/q ^80:0"
    for degrees in (False, True):
        assert Motif.parse(motif.text(degrees=degrees), degrees=degrees) == motif


def test_chords_that_no_symbol_spells_are_written_by_degree():
    chord = DegreeChord(Degree(3, 2), "m7", Degree(0, -2))
    motif = Motif((Note(Degree(0), Fraction(1), chord=chord),), Key.parse("C# major"))
    assert str(motif) == "[##4:m7/bb1] C#4/q"
    assert Motif.parse(str(motif), key="C# major") == motif
