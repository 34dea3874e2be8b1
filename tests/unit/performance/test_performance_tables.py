"""The tables that a musician may edit: every row is whole, and every quantity is heard."""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.performance import noise, palette, perform
from motifgen.compose.performance.dynamics import articulations
from motifgen.compose.performance.palette import Expression, blended, expressions
from performing import CELLO, note, part, scoring, tune


def test_every_row_of_expressions_is_whole():
    for name, (at, row) in expressions().items():
        assert isinstance(at, Affect), name
        for quantity, amount in row._asdict().items():
            assert -3 <= amount <= 3, (name, quantity)
        assert 0.2 <= row.turn <= 0.8
        assert 0 <= row.legato <= 1


def test_a_feeling_on_a_row_is_played_mostly_as_the_row_says():
    anger = expressions()["anger"][1]
    felt = blended(expressions()["anger"][0])
    neutral = expressions()["neutral"][1]
    assert abs(felt.duration_contrast - anger.duration_contrast) < abs(felt.duration_contrast - neutral.duration_contrast)


def test_feelings_blend_without_steps():
    path = [blended(Affect(-0.7, 0.4, 0.9, -0.45).towards(Affect(0.65, -0.5, 0.05), i / 50)) for i in range(51)]
    assert max(abs(a.phrase_arch - b.phrase_arch) for a, b in pairwise(path)) < 0.15


QUANTITIES = Expression._fields


def varied_line():
    """A line with dotted, repeated, leaping, climbing and short notes, so that every rule has something to do."""
    line = [*tune(4), *(replace(n, onset=n.onset + 16, marks=frozenset({"staccato"})) for n in tune(1, "1/2"))]
    line += [note(20, "4/3", "D4"), note("64/3", "2/3", "F4"), note(22, 2, "A4")]
    return [*line, *(replace(n, onset=n.onset + 24) for n in tune(2, "1/2", pitches=("D4", "D4", "E4", "F4", "A4", "C5")))]


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_every_quantity_is_heard(quantity, monkeypatch):
    base = expressions()["neutral"][1]._replace(legato=0.0)
    score = scoring(part(varied_line(), "Cello", CELLO, "counter" if quantity == "turn" else "melody"))
    heard = []
    for amount in (0.05, 0.95):
        expression = base._replace(**{quantity: amount})
        monkeypatch.setattr(palette, "blended", lambda _affect, expression=expression: expression)
        one = perform(score).parts[0]
        heard.append((one.notes.tolist(), one.controls.tolist()))
    assert heard[0] != heard[1]


def test_every_row_of_articulations_is_possible():
    for row in articulations().values():
        assert 0 <= row.sounding <= 1, row.mark
        assert 0 <= row.gap < 100, row.mark
        assert -6 <= row.decibels <= 8, row.mark


def test_every_seat_is_in_the_hall_and_belongs_to_somebody():
    rows = list(csv.DictReader((files("motifgen.data") / "seating.csv").read_text(encoding="utf-8").splitlines()))
    instruments = list(csv.DictReader((files("motifgen.data") / "instruments.csv").read_text(encoding="utf-8").splitlines()))
    known = {row["name"] for row in instruments} | {row["family"] for row in instruments}
    assert {row["who"] for row in rows} <= known
    assert {row["family"] for row in instruments} <= {row["who"] for row in rows}
    assert all(0 <= int(row["pan"]) <= 127 for row in rows)


def test_white_noise_has_the_spread_it_says():
    draws = noise.white(Chance(1, "x"), np.arange(40_000))
    assert abs(draws.mean()) < 0.02
    assert abs(draws.std() - 1) < 0.02
    assert np.abs(draws).max() < 3.5


def test_pink_noise_is_slow_and_of_unit_size():
    seconds = np.arange(0, 4_000, 0.125)
    drift = noise.pink(Chance(1, "x"), seconds)
    assert 0.8 < drift.std() < 1.2
    power = np.abs(np.fft.rfft(drift - drift.mean())) ** 2
    frequency = np.fft.rfftfreq(drift.size, 0.125)
    band = (frequency > 0.15) & (frequency < 1.5)
    slope = np.polyfit(np.log(frequency[band]), np.log(power[band] + 1e-12), 1)[0]
    assert -2.0 < slope < -0.5


def test_draws_belong_to_places():
    every, some = noise.white(Chance(1, "x"), np.arange(100)), noise.white(Chance(1, "x"), np.array([7, 50]))
    assert every[[7, 50]].tolist() == some.tolist()
    assert noise.white(Chance(2, "x"), np.arange(5)).tolist() != noise.white(Chance(1, "x"), np.arange(5)).tolist()
