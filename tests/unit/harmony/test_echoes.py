"""Sequences, ostinato harmony and hints: chords that answer other chords, and what the ledger says of them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.affect import Affect
from motifgen.compose.harmony import harmonise
from motifgen.compose.harmony.cadences import cadence
from motifgen.compose.harmony.dialect import dialects
from motifgen.compose.harmony.echoes import varied, worn
from motifgen.compose.harmony.sequences import moved, sequences
from motifgen.compose.harmony.slots import Slot
from motifgen.compose.harmony.songs import songs, withheld
from motifgen.motif.notation import read
from motifgen.story.leitmotif import Character, Invention
from motifgen.theory.chord import Chord, DegreeChord
from motifgen.theory.roman import numeral
from motifgen.theory.scale import Key
from motifgen.theory.time import Span
from planned_harmony import D_MINOR, TUNE, planned_scene

C = Key.parse("C major")
FOUND = {
    "descending fifths": "C F Bdim Em Am Dm",
    "romanesca": "C G/B Am Em/G F C/E",
    "ascending 5-6": "C Am/C Dm Bdim/D Em C/E",
    "monte": "C7/E F D7/F# G E7/G# Am",
    "fonte": "A7/C# Dm G7/B C F#7/A# Bdim",
    "rising minor thirds": "C Eb Gb",
    "creeping semitones": "Cm Dbm Dm",
}


@pytest.mark.parametrize(("name", "chords"), FOUND.items())
def test_models_are_repeated_as_they_should(name: str, chords: str) -> None:
    own = [str(chord.within(C).readable()) for number in range(3) for chord in sequences()[name].member(number, C.mode)]
    assert [Chord.parse(one).semitones for one in own] == [Chord.parse(one).semitones for one in chords.split()]


@pytest.mark.parametrize("row", sequences().values(), ids=lambda row: row.name)
def test_every_row_can_be_spelled_in_every_mode(row) -> None:
    for key in ("C major", "A minor", "D dorian", "E phrygian", "F lydian", "G mixolydian", "C harmonic minor"):
        home = Key.parse(key)
        chords = [chord.within(home) for number in range(4) for chord in row.member(number, home.mode)]
        assert all(chord.lowest.semitone in chord.semitones for chord in chords)


def test_moving_keeps_inversion_and_foreign_quality() -> None:
    chord = DegreeChord.of(Chord.parse("Dm7/F"), C)
    assert str(moved(chord, 2, C.mode).within(C)) == "Fm7/Ab"


def test_a_free_building_stretch_carries_a_sequence() -> None:
    told = set()
    for seed in range(6):
        harmony = harmonise(planned_scene("classical", seed=seed, starts=(), affect=Affect(0.2, 0.0, 0.4, 0.2)))
        told |= {span.why for span in harmony.chords if 32 <= span.span.start < 48 and span.why.startswith("sequence: ")}
    assert any("member 3" in why for why in told)


def test_a_climbing_fragment_takes_its_chords_with_it() -> None:
    plan = planned_scene("orchestral", starts=(16,))
    cell, higher = (read(text, D_MINOR) for text in ("D4/q F4/q A4/q F4/q", "E4/q G4/q Bb4/q G4/q"))
    first = replace(plan.statements[0], motif=cell, who=Character("mara", Invention("hero")))
    second = replace(first, motif=higher, start=Fraction(20))
    harmony = harmonise(replace(plan, statements=(first, second)))
    assert any("sequence with mara: a step higher" in span.why for span in harmony.chords)
    one, other = (next(span.chord for span in harmony.chords if Fraction(at) in span.span) for at in (16, 20))
    assert (other.root.step - one.root.step) % 7 == 1


def test_ostinato_harmony_comes_round() -> None:
    speech = dialects()["electronic"]
    harmony = harmonise(planned_scene("electronic", starts=()))
    roots = [next(span.chord.root for span in harmony.chords if Fraction(at) in span.span) for at in range(0, 28, 4)]
    assert roots[: 7 - speech.loop] == roots[speech.loop :]
    assert any("ostinato harmony" in span.why for span in harmony.chords)


def test_an_invented_themes_own_chords_may_be_overruled_and_a_composers_not() -> None:
    plan = planned_scene("noir", starts=(16,), motif=read("[Dm] D4/q A4/q. G4/e F4/q | [A] E4/q. F4/e D4/h", D_MINOR))
    written = harmonise(plan)
    assert str(next(span.chord for span in written.chords if Fraction(16) in span.span)) == "Dm"
    invented = replace(plan.statements[0], who=Character("mara", Invention("lament")))
    free = harmonise(replace(plan, statements=(invented,)))
    assert not any("written" in span.why for span in free.chords)
    assert next(span.chord.root for span in free.chords if Fraction(16) in span.span) == TUNE.key.tonic


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [("G", "Am", "deceptive"), ("Bb", "C", "subtonic"), ("Dm", "Bb", "subtonic"), ("Am", "C", "open"), ("F/A", "C/E", "imperfect plagal")],
)
def test_endings_are_called_by_their_names(one: str, other: str, name: str) -> None:
    assert cadence(Chord.parse(one), Chord.parse(other), C) == name


def test_the_last_close_before_the_final_one_is_withheld() -> None:
    first, second, third = songs(planned_scene("romance", starts=(0, 16, 64)), dialects()["romance"])
    closing = [song._replace(goal="authentic") for song in (first, second, third)]
    assert [song.goal for song in withheld(closing, dialects()["romance"])] == ["authentic", "deceptive", "authentic"]
    assert withheld(closing, dialects()["folk"]) == tuple(closing), "no deceptive endings in folk music"
    open_end = [*closing[:2], third._replace(goal="open")]
    assert withheld(open_end, dialects()["romance"]) == tuple(open_end), "nothing to wait for"


def test_chords_that_rock_are_asked_to_go_elsewhere() -> None:
    home, away = numeral("I", C.mode), numeral("IV", C.mode)
    slots = tuple(Slot(Span(Fraction(at), Fraction(at + 1)), C, Affect()) for at in range(8))
    found = varied(slots, [home, away] * 4)
    assert [slot.hinted < 0 for slot in found] == [False, False, False, True, False, False, True, False]
    assert varied(slots, [home, away, numeral("V", C.mode), home] * 2) == slots


def test_roots_that_are_heard_too_often_grow_dear():
    home, away = numeral("I", C.mode), numeral("vi", C.mode)
    slots = tuple(Slot(Span(Fraction(at), Fraction(at + 1)), C, Affect()) for at in range(8))
    found = worn(slots, [home, away] * 4)
    prices = [slot.whim[9] for slot in found]
    assert prices == sorted(prices)
    assert prices[4] == 0 < prices[6]
    assert found[6].whim[0] == 0, "the tonic may come more often"
    assert not any(found[7].whim[root] for root in range(12) if root not in (0, 9))
