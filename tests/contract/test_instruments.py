"""Every row of the instruments' table."""

from __future__ import annotations

import pytest

from motifgen.errors import UnknownNameError
from motifgen.orchestra.instrument import Instrument, find_instrument, instruments

ROWS = tuple(instruments().values())
FAMILIES = ("woodwind", "brass", "strings", "keys", "plucked", "percussion", "voice", "electronic")
PUBLISHED = {  # sounding bottom and top keys as treatises print them
    "piccolo": (74, 108), "flute": (60, 96), "oboe": (58, 91), "english horn": (52, 81), "clarinet": (50, 94), "bassoon": (34, 72),
    "horn": (35, 77), "trumpet": (54, 84), "trombone": (40, 72), "tuba": (28, 60), "timpani": (36, 57), "harp": (24, 103),
    "piano": (21, 108), "violin": (55, 103), "viola": (48, 91), "cello": (36, 84), "double bass": (28, 67), "choir": (40, 84),
}  # fmt: skip


def test_the_table_is_long_enough_for_a_film() -> None:
    assert len(ROWS) >= 60
    assert {row.family for row in ROWS} == set(FAMILIES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(row: Instrument) -> None:
    assert 0 <= row.low <= row.sweet_low <= row.sweet_high <= row.high <= 127
    assert 0 <= row.program <= 127
    assert row.clef in {"treble", "alto", "tenor", "bass", "percussion"}
    assert row.players >= 1
    assert 1 <= row.polyphony <= 10
    assert 0 <= row.breath <= 12
    assert 1 <= row.agility <= 24
    assert 0 < row.weight <= 4
    assert -24 <= row.transposition <= 24
    assert row.plural
    assert eval(repr(row)) == row  # noqa: S307 - the law of values


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_drums_have_keys_of_general_midi_in_their_range(row: Instrument) -> None:
    assert row.drums == bool(row.keys) == (row.clef == "percussion")
    assert all(35 <= key <= 85 and row.low <= key <= row.high for key in row.keys)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_name_finds_its_row(row: Instrument) -> None:
    for name in (row.name, row.plural, row.name.upper(), f"solo {row.name}", f"{row.name} 1"):
        assert find_instrument(name)[0] is row
    for alias in row.aliases:
        assert find_instrument(alias)[0].name == row.name


def test_no_alias_belongs_to_two() -> None:
    names = [alias.casefold() for row in ROWS for alias in row.aliases]
    assert len(names) == len(set(names))
    assert not set(names) & set(instruments())


@pytest.mark.parametrize(("name", "ends"), PUBLISHED.items())
def test_ranges_are_the_published_ones(name: str, ends: tuple[int, int]) -> None:
    assert (instruments()[name].low, instruments()[name].high) == ends


def test_winds_breathe_and_bows_do_not() -> None:
    assert all(row.breath > 0 for row in ROWS if row.family == "brass" and row.players == 1)
    assert all(row.breath == 0 for row in ROWS if row.family in {"strings", "keys", "plucked", "percussion", "electronic"})


@pytest.mark.parametrize(
    ("text", "name", "alone"),
    [
        ("solo cello", "cello", True),
        ("Cello", "cello", False),
        ("contrabass", "double bass", False),
        ("double-bass", "double bass", False),
        ("French Horn", "horn", False),
        ("horn 3", "horn", False),
        ("violins II", "violin", False),
        ("cor anglais", "english horn", False),
        ("Solo Violoncello", "cello", True),
    ],
)
def test_usual_ways_to_write(text: str, name: str, *, alone: bool) -> None:
    instrument, single = find_instrument(text)
    assert (instrument.name, single) == (name, alone)


def test_unknown_names_show_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean .*'trombone'.*motifgen instruments"):
        find_instrument("tromboon")


def test_a_misspelled_soloist_is_answered_with_a_soloist() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'solo cello'"):
        find_instrument("solo celo")
