"""Transforms as a composer would keep them: altered notes, ornaments, accents, and the answer."""

from __future__ import annotations

from fractions import Fraction

import pytest

from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform

CHROMATIC = Motif.parse("G4/e | C5/q D5/e Eb5/q. | D5/e C5 B4 C5/q.", key="C minor", meter="6/8")
WALTZ = Motif.parse("D5/q | F#5/h E5/q | D5/q A4 B4 | C#5/h E5/q | D5/h", key="D major", meter="3/4")


def done(text: str, motif: Motif) -> str:
    return str(parse_transform(text)(motif))


def test_a_neighbor_a_semitone_away_stays_one_in_a_sequence() -> None:
    copies = done("sequence 2 down 1", CHROMATIC).split()
    assert copies[-3:] == ["Ab4", "G4", "Ab4/q."]  # not G#4, which is Ab4


def test_an_altered_chord_note_is_as_the_new_chord_has_it() -> None:
    theme = Motif.parse("[Am] E4/w | [E] B4/h G#4", key="A minor")
    assert done("sequence 1 down 1", theme).endswith("[Dm] A4/h F4")


def test_a_copy_never_meets_itself_under_two_names() -> None:
    theme = Motif.parse("B4/e C5/q.", key="C minor")
    assert done("extend 2 2", theme) == "B4/e C5/q. C#5/e D5/q. | D5/e Eb5/q."


def test_the_goal_of_an_ornamented_theme_stays_plain() -> None:
    for kind in ("passing", "neighbor", "turn", "trill"):
        assert done(f"ornament {kind} 1", WALTZ).endswith("D5/h")


@pytest.mark.parametrize(
    ("theme", "ornamented"),
    [
        ("C4/q E4/q", "C4/e D4 E4/q"),
        ("C4/q D4/q", "C4/e B3/s C4 D4/q"),
        ("C4/q F4/q", "C4/e D4/s E4 F4/q"),
        ("C4/q C4/q", "C4/e D4/s C4 C4/q"),
    ],
)
def test_passing_notes_lead_on_or_turn_round_their_note(theme: str, ornamented: str) -> None:
    assert done("ornament passing 1/2", Motif.parse(theme)) == ornamented


def test_a_trill_comes_to_rest_on_its_note() -> None:
    assert done("ornament trill 1/2", Motif.parse("C4/h D4/h")) == "C4/s D4 C4 D4 C4 D4 C4/e D4/h"


def test_dotting_keeps_downbeats_where_they_are() -> None:
    dotted = parse_transform("dot")(WALTZ)
    before = {onset for onset, _, _ in WALTZ.sounding() if (onset - WALTZ.pickup) % WALTZ.meter.bar == 0}
    assert before <= {onset for onset, _, _ in dotted.sounding()}


@pytest.mark.parametrize("meter", ["4/4", "3/4", "6/8", "9/8", "2/2"])
def test_even_notes_fill_whole_beats(meter: str) -> None:
    theme = Motif.parse("C4/q. D4/e E4/q G4/q. F4/e E4/q D4/h. C4/h.", meter=meter)
    length = parse_transform("even out")(theme).notes[0].duration
    beat = theme.meter.beat
    assert (beat / length).denominator == 1 or (length / beat).denominator == 1


def test_even_notes_keep_the_downbeat() -> None:
    assert done("even out", Motif.parse("A3/e | D4/q. E4/e F4/q A4 | G4/h D4/h")).startswith("A3/q | D4 E4")


def test_swing_moves_what_lies_between_beats() -> None:
    assert done("swing", Motif.parse("r/e D4 E4/q F4/q. G4/e")) == "r/q3 D4/e3 E4/q F4/=5/3 G4/e3"
    assert parse_transform("swing 1/2")(WALTZ).notes == WALTZ.notes
    assert parse_transform("swing")(CHROMATIC).notes == CHROMATIC.notes


def test_swing_keeps_beats_and_the_whole() -> None:
    theme = Motif.parse("A3/e | C4/e D4 E4/s F4 G4/e A4/q. G4/e | C4/w")
    swung = parse_transform("swing 3/5")(theme)
    assert swung.pickup == Fraction(2, 5)
    assert swung.duration - swung.pickup == theme.duration - theme.pickup
    with pytest.raises(RangeError, match="1/2 to 3/4"):
        parse_transform("swing 9/10")


def test_a_tonal_answer_answers_dominant_by_tonic() -> None:
    subject = Motif.parse("[C] G4/q C4 E4/e F4 [G] G4/q | [C] E4/h", key="C major")
    assert done("answer", subject) == "[C] C5/q G4 [G] B4/e C5 [D] D5/q | [G] B4/h"
    assert done("answer real below", subject) == "[G] D4/q G3 B3/e C4 [D] D4/q | [G] B3/h"


def test_an_answer_in_minor_is_in_the_minor_dominant() -> None:
    assert done("answer below", Motif.parse("C5/q G4 Ab4 B4 | C5/h", key="C minor")) == "G4/q C4 Eb4 F#4 | G4/h"


def test_a_redeemed_minor_theme_may_close_on_its_dominant() -> None:
    theme = Motif.parse("[Am] E4/h C5 | [E7] B4/h G#4", key="A minor")
    assert done("redeem", theme) == "[Am] E4/h C5 | [E] B4 G#4"
