"""Every row of the palettes' table."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from motifgen.errors import NotationError, RangeError, UnknownNameError
from motifgen.orchestra.blend import blend
from motifgen.orchestra.instrument import find_instrument
from motifgen.orchestra.palette import Palette, palette, palettes
from motifgen.theory.time import Meter

ROWS = tuple(palettes().values())
ROLES = ("melody", "counter", "bass", "pad", "ostinato", "arpeggio", "pulse", "hit", "percussion", "drone")
NAMED = ("orchestral", "chamber", "piano", "epic", "intimate", "electronic", "folk", "noir", "jazz", "horror", "western", "comedy",
         "fantasy", "action", "romance", "scifi")  # fmt: skip


def test_the_styles_that_a_film_asks_for_are_there() -> None:
    assert set(NAMED) <= set(palettes())
    assert next(iter(palettes())) == "orchestral"
    assert palette("orchestral").parts >= 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(row: Palette) -> None:
    slow, fast = row.tempo
    assert 30 <= slow < fast <= 200
    quiet, loud = row.dynamics
    assert 0 <= quiet < loud <= 1
    assert 0 < row.bend <= 0.15
    assert all(Meter.parse(meter) for meter in row.meters)
    assert row.textures
    assert row.description.endswith((".", "!"))
    assert eval(repr(row)) == row  # noqa: S307 - the law of values


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_ensembles_are_real_and_in_score_order(row: Palette) -> None:
    found = [find_instrument(name)[0] for name, _ in row.ensemble]
    assert all(count >= 1 for _, count in row.ensemble)
    assert [instrument.order for instrument in found] == sorted(instrument.order for instrument in found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_role_is_given_to_players_of_the_ensemble(row: Palette) -> None:
    members = {name for name, _ in row.ensemble}
    assert {role for role, _ in row.roles} == set(ROLES)
    for role, names in row.roles:
        assert names, role
        assert set(names) <= members, role
        assert Counter(names).most_common(1)[0][1] == 1, role


def test_one_palette_has_one_drum_kit_program() -> None:
    for row in ROWS:
        kits = {instrument.program for instrument in (find_instrument(name)[0] for name, _ in row.ensemble) if instrument.drums}
        assert len(kits) <= 1, row.name


def test_unknown_styles_show_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'western'"):
        palette("westrn")
    assert palette("Film Noir") is palette("noir")


def test_a_blend_has_the_players_of_both_and_its_name_reads_back() -> None:
    both = blend({"electronic": 0.4, "folk": 0.6})
    assert {"fiddle", "synth pad"} <= dict(both.ensemble).keys()
    assert palette(both.name) == both
    assert both.tempo == pytest.approx((0.6 * 60 + 0.4 * 70, 0.6 * 138 + 0.4 * 150))
    assert both.dialect == palette("folk").dialect
    assert blend({"noir": 3}) is palette("noir")
    assert blend({"folk": 6, "electronic": 4}) == both


@pytest.mark.parametrize("weights", [{}, {"folk": 0.0, "noir": 1.0}, {"folk": -1}])
def test_a_blend_needs_weights(weights: dict[str, float]) -> None:
    with pytest.raises(RangeError, match="more than 0"):
        blend(weights)


def test_a_blend_that_cannot_be_read_says_how_it_is_written() -> None:
    with pytest.raises(NotationError, match=re.escape("'folk 0.6 + electronic 0.4'")):
        palette("folk + electronic")
