import tomllib
from importlib.resources import files

import pytest

from motifgen.compose.harmony.dialect import CADENCES, dialect, dialects, feelings, progression_classes
from motifgen.compose.harmony.transitions import transitions
from motifgen.compose.harmony.vocabulary import vocabulary
from motifgen.theory.scale import MODES, Mode

PALETTES = tomllib.loads((files("motifgen") / "data" / "palettes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PALETTES)
def test_every_palette_speaks_a_known_dialect(name: str) -> None:
    assert dialect(PALETTES[name]["dialect"]).description


@pytest.mark.parametrize("name", dialects())
@pytest.mark.parametrize("mode", MODES)
def test_every_dialect_has_chords_in_every_mode(name: str, mode: str) -> None:
    words = vocabulary(dialect(name), Mode.named(mode))
    assert len(words.chords) >= 24, "any triad can be reached"
    assert (words.prior <= 0.25).sum() >= 3
    assert len(set(words.chords)) == len(words.chords)
    assert words.members.any(axis=0).all()


@pytest.mark.parametrize("name", dialects())
def test_rows_are_in_range(name: str) -> None:
    row = dialect(name)
    assert 0.5 <= row.rhythm <= 8
    assert all(0 <= share <= 1 for share in (row.chromatic, row.inversions, row.pedal, row.roughness, row.melodic))
    assert {cadence for cadence, _ in row.cadences} <= set(CADENCES)
    for tiers in (row.major, row.minor):
        numerals = [numeral for tier in tiers for numeral in tier]
        assert len(numerals) == len(set(numerals)), "a chord stands in one tier only"
    words = vocabulary(row, Mode.named("minor"))
    assert transitions(words, words, 0, row).same.diagonal().all()


def test_feelings_use_classes_that_exist() -> None:
    for feeling in feelings():
        assert set(feeling.classes) <= set(progression_classes())
        assert feeling.nearness(feeling.affect) == 1
    used = {name for feeling in feelings() for name in feeling.classes}
    assert {"M4m", "M6M", "m8m", "m6m", "m5M", "M2M"} <= used
