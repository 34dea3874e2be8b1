"""What stands over the system and over parts: pauses of all, and themes in the words of players."""

from fractions import Fraction

import pytest

from motifgen.files.notation.heading import headings, themes
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart, StaffText
from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Meter

F = Fraction
BARS = tuple(StaffBar(F(4 * n), Meter(4, 4), 90.0) for n in range(12))


def playing(*spans):
    notes = tuple(StaffNote(F(start), F(end) - F(start), Pitch.parse("C4"), 0.5) for start, end in spans)
    return StaffPart("Oboe", "oboe", 0, "treble", 68, keyboard=False, notes=notes)


@pytest.mark.parametrize(
    ("spans", "places"),
    [
        ([(0, 8), (12, 16)], [8]),
        ([(0, 9), (20, 24)], [12]),
        ([(0, 4), (20, 24)], []),
        ([(4, 8), (8, 12)], []),
        ([(4, 8), (10, 12), (24, 28)], [12]),
    ],
)
def test_a_general_pause_is_said_where_all_are_silent_for_up_to_three_bars(spans, places):
    found = [text for text in headings(Score(BARS, (), (playing(*spans),), ())) if text.text == "G.P."]
    assert [text.at for text in found] == places


def test_one_player_who_goes_on_makes_it_no_pause():
    score = Score(BARS, (), (playing((0, 8), (12, 16)), playing((8, 12))), ())
    assert not [text for text in headings(score) if text.text == "G.P."]


def test_themes_are_altered_in_the_words_of_players():
    text = StaffText(F(0), "theme", "King, transpose -7 degrees, minor", "Oboe")
    assert themes(Score(BARS, (), (playing((0, 4)),), (text,)))["Oboe"][0].text == "King, octave down, minor"
