"""Every row of the tables that motifs are invented from."""

from __future__ import annotations

import csv
from fractions import Fraction
from importlib.resources import files

import pytest

from motifgen.motif.invention import Archetype, archetype_named, archetypes, invent
from motifgen.motif.invention.cells import TICKS, parsed_cell
from motifgen.motif.invention.harmony import implied
from motifgen.motif.statistics import INTERVALS
from motifgen.story.leitmotif import KINDS
from motifgen.theory.pitch import PitchClass
from motifgen.theory.scale import Key, Mode
from motifgen.theory.time import Meter

DATA = files("motifgen") / "data"
CELLS = list(csv.DictReader((DATA / "rhythm_cells.csv").read_text(encoding="utf-8").splitlines()))
LEARNED = list(csv.DictReader((DATA / "melody_statistics.csv").read_text(encoding="utf-8").splitlines()))
ASKED = {
    "hero",
    "villain",
    "menace",
    "love",
    "loss",
    "mystery",
    "wonder",
    "comic",
    "home",
    "journey",
    "ostinato",
    "fanfare",
    "lament",
    "chant",
}


def test_the_archetypes_that_were_promised_are_there() -> None:
    assert set(archetypes()) >= ASKED


def test_no_alias_stands_for_two_archetypes() -> None:
    names = [name for row in archetypes().values() for name in (row.name, *row.aliases)]
    assert len(names) == len(set(names))
    assert all(archetype_named(alias) is row for row in archetypes().values() for alias in row.aliases)


@pytest.mark.parametrize("row", list(archetypes().values()), ids=list(archetypes()))
def test_a_row_can_be_read_in_all_its_modes_and_meters(row: Archetype) -> None:
    assert [name for name, _ in row.intervals] == list(INTERVALS)
    for name, _ in row.modes:
        key = Key(PitchClass.parse("D"), Mode.named(name))
        for text in row.minor if key.mode.minor else row.major:
            for meter, _ in row.meters:
                assert implied(text, key, Meter.parse(meter), 4)
    for share in (row.pickup, row.chromatic, row.first_up, row.calls, row.folk, row.chordal):
        assert 0 <= share <= 1
    for weights in (row.modes, row.meters, row.contours, row.features, row.starts, row.goals, row.rhythms):
        assert all(weight > 0 for _, weight in weights)
    assert {name for name, _ in row.contours} <= {"arch", "rising", "falling", "wave"}
    assert row.close in {"held", "clipped", "open"}
    assert row.articulation in {"accent", "staccato", "tenuto", ""}


@pytest.mark.parametrize("row", list(archetypes().values()), ids=list(archetypes()))
def test_a_row_names_only_rhythms_that_have_cells(row: Archetype) -> None:
    assert {name for name, _ in row.rhythms} <= {cell["character"] for cell in CELLS}


def test_every_kind_that_a_character_may_be_has_archetypes() -> None:
    named = {kind for row in archetypes().values() for kind in row.kinds}
    assert named == set(KINDS) - {"emotion"}  # an emotion is its own trait


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell['length']} {cell['character']} {cell['cell']}")
def test_a_cell_adds_up_to_its_length(cell: dict[str, str]) -> None:
    assert sum(map(abs, parsed_cell(cell["cell"]))) == Fraction(cell["length"]) * TICKS


def test_the_cells_are_without_repeats() -> None:
    rows = [(cell["length"], cell["character"], cell["cell"]) for cell in CELLS]
    assert len(rows) == len(set(rows))


def test_what_was_learned_covers_every_turn_and_weight() -> None:
    turns = {int(row["given"]) for row in LEARNED if row["table"] == "move"}
    weights = {int(row["given"]) for row in LEARNED if row["table"].startswith("degree")}
    assert turns == set(range(-4, 5))
    assert weights == set(range(5))
    assert sum(int(row["count"]) for row in LEARNED if row["table"] == "close") > 1500


@pytest.mark.parametrize(
    "meter", ["2/2", "3/2", "2/4", "3/4", "4/4", "5/4", "6/4", "3/8", "6/8", "7/8", "9/8", "12/8", "11/8", "3/16", "1/4"]
)
def test_every_meter_gets_whole_bars(meter: str) -> None:
    motif = invent(archetype="journey", meter=meter).motif
    assert (motif.duration - motif.pickup) % motif.meter.bar == 0
