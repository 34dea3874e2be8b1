"""Themes of several bars are phrases: ideas come back where the form says so, and phrases close where it says so."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from importlib.resources import files
from statistics import fmean

import pytest

from motifgen.chance import Chance
from motifgen.motif.invention import archetypes, invent
from motifgen.motif.invention.harmony import implied
from motifgen.motif.invention.phrase import closes_of, draw_form, parsed_form, written_chords
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

TABLE = tomllib.loads((files("motifgen") / "data" / "phrases.toml").read_text(encoding="utf-8"))
FORMS = [(bars, text) for bars, rows in TABLE["forms"].items() for text in rows]


@pytest.mark.parametrize(("bars", "text"), FORMS)
def test_a_form_has_its_bars_and_ends(bars: str, text: str) -> None:
    form = parsed_form(text)
    assert len(form) == int(bars)
    assert form[-1].close == "full"
    for place, bar in enumerate(form):
        assert bar.source < place
        assert bar.source < 0 or form[bar.source].letter == bar.letter


@pytest.mark.parametrize("bars", range(1, 24))
def test_any_number_of_bars_has_a_form(bars: int) -> None:
    assert len(draw_form(bars, Chance(0, bars))) == bars


@pytest.mark.parametrize("kind", sorted(TABLE["closes"]))
@pytest.mark.parametrize("key", ["D major", "D minor", "D dorian", "D mixolydian", "D phrygian", "D lydian", "D harmonic minor"])
def test_closes_can_be_read_in_every_mode(kind: str, key: str) -> None:
    home = Key.parse(key)
    for rows in closes_of(kind, minor=home.mode.minor).values():
        for row in rows:
            assert len(implied(row, home, Meter(4, 4), 2)) >= 2


def test_every_archetype_closes_in_a_way_that_is_known() -> None:
    assert {row.cadence for row in archetypes().values()} == set(TABLE["closes"])


def test_a_bar_that_comes_back_has_its_chords_again_and_phrases_close() -> None:
    form = parsed_form("a b c d/ a= b= c e.")
    bars = written_chords(form, ["1 | 4"], {"half": ["2 | 5"], "full": ["4 5 | 1"]}, Chance(0)).split(" | ")
    assert bars == ["1", "4", "2", "5", "1", "4", "4 5", "1"]


def _bar(motif: Motif, number: int) -> list[tuple[Fraction, Fraction, int]]:
    begin = motif.pickup + number * motif.meter.bar
    return [(at - begin, length, pitch.midi) for at, length, pitch in motif.sounding() if begin <= at < begin + motif.meter.bar]


def _long(count: int) -> list[Motif]:
    names = ("hero", "home", "love", "journey", "loss")
    return [invent(archetype=name, notes=(24, 34), meter="4/4", name=f"long {i}").motif for name in names for i in range(count)]


def test_a_long_theme_says_its_idea_again() -> None:
    """Its first bar comes back whole, with its pitches or moved, in nearly every theme of six bars or more."""

    def returns(motif: Motif) -> bool:
        first = _bar(motif, 0)
        bars = [_bar(motif, number) for number in range(1, int((motif.duration - motif.pickup) / motif.meter.bar))]
        heads = [bar[: max(len(first) - 1, 1)] for bar in bars]
        shape = [(at, pitch - first[0][2]) for at, _, pitch in first[: max(len(first) - 1, 1)]]
        return any(head and [(at, pitch - head[0][2]) for at, _, pitch in head] == shape for head in heads)

    found = [returns(motif) for motif in _long(6) if motif.duration >= 24]
    assert len(found) >= 10
    assert fmean(found) >= 0.6


def test_a_long_theme_is_not_one_rhythm_over_and_over() -> None:
    for motif in _long(4):
        bars = int((motif.duration - motif.pickup) / motif.meter.bar)
        rhythms = {tuple((at, length) for at, length, _ in _bar(motif, number)) for number in range(bars)}
        assert len(rhythms) >= 2 + (bars >= 6)
