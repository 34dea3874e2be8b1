"""Clefs by range: few ledger lines, few changes, never one for a single note."""

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from motifgen.files.notation.clefs import LINES, clefs, customs, ledger_lines, runs
from motifgen.orchestra.instrument import instruments
from motifgen.theory.pitch import Pitch

bars = st.lists(st.lists(st.integers(8, 50), max_size=8), min_size=1, max_size=12)


def steps(*names):
    return [Pitch.parse(name).steps for name in names]


def test_every_instrument_has_a_row_that_begins_with_its_own_clef():
    assert set(customs()) == set(instruments())
    for name, instrument in instruments().items():
        assert customs()[name].clefs[0] == instrument.clef
        assert set(customs()[name].clefs) <= {*LINES, "percussion"}
        assert customs()[name].abbreviation


def test_a_horn_that_doubles_the_bass_reads_bass_clef():
    low = steps("B2", "C3", "D3", "B2")
    assert clefs([low] * 4, customs()["horn"].clefs) == ("bass",) * 4
    assert clefs([steps("C5", "E5", "G4", "C5")] * 4, customs()["horn"].clefs) == ("treble",) * 4


def test_a_high_cello_goes_to_tenor_clef_and_comes_back():
    high, low = steps("A4", "B4", "C5", "B4"), steps("C3", "G2", "E3", "C3")
    found = clefs([low] * 2 + [high] * 4 + [low] * 4, customs()["cello"].clefs)
    assert found == ("bass",) * 2 + ("tenor",) * 4 + ("bass",) * 4


def test_one_note_changes_no_clef():
    assert set(clefs([steps("C3", "E3"), steps("G5"), steps("C3", "E3")], customs()["cello"].clefs)) == {"bass"}


def test_a_high_phrase_between_rests_has_its_own_clef():
    low, high = steps("C3", "G2", "E3"), steps("G4", "A4", "B4", "A4", "B4", "G4", "A4")
    found = clefs([low, [], high, [], low, low], customs()["trombone"].clefs)
    assert found[2] == "tenor"
    assert {found[0], *found[4:]} == {"bass"}
    assert set(clefs([low, high[:3], low], customs()["trombone"].clefs)) == {"bass"}


@given(
    bars, st.sampled_from([("treble", "bass"), ("bass", "tenor", "treble"), ("treble", "bass", "treble+8", "bass-8"), ("alto", "treble")])
)
def test_a_clef_stays_for_four_notes_or_until_a_rest_and_is_never_worse_than_the_usual_one(heights, choices):
    found = clefs(heights, choices)
    assert len(found) == len(heights)
    for first, last, _ in runs(found)[1:-1]:
        assert sum(len(each) for each in heights[first:last]) >= 4 or not heights[last - 1]
    usual = sum(ledger_lines(step, choices[0]) ** 2 for bar in heights for step in bar)
    chosen = sum(ledger_lines(step, clef) ** 2 for bar, clef in zip(heights, found, strict=True) for step in bar)
    assert chosen <= usual + 1e-9


def test_the_table_names_each_instrument_once():
    path = Path(__file__).parents[3] / "src" / "motifgen" / "data" / "notation.csv"
    names = [row["name"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    assert len(names) == len(set(names))
