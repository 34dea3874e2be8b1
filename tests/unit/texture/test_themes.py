"""Where themes are placed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_scenes import harmony_of
from motifgen.affect import Affect
from motifgen.compose.texture.loom import Loom, survey
from motifgen.compose.texture.themes import placing, register_centre
from motifgen.orchestra.instrument import find_instrument


@pytest.fixture(scope="module")
def loom() -> Loom:
    return survey(harmony_of("orchestral"))


def test_bright_lies_high_and_dark_power_sinks() -> None:
    assert register_centre(Affect(valence=0.8)) > register_centre(Affect(valence=-0.8)) > register_centre(Affect(valence=-0.8, power=0.8))


@pytest.mark.parametrize("voice", ["solo cello", "piccolo", "contrabass", "horn", "solo violin"])
def test_a_theme_is_placed_where_its_voice_can_play_it(loom: Loom, voice: str) -> None:
    statement = replace(loom.plan.statements[0], by=voice)
    keys = [pitch for _, _, pitch in statement.motif.sounding(statement.key)]
    moved = [pitch.octaves(placing(loom, statement, keys)).midi for pitch in keys]
    instrument = find_instrument(voice)[0]
    assert instrument.low <= min(moved)
    assert max(moved) <= instrument.high


@pytest.mark.parametrize(("text", "octaves"), [("octave 1", 1), ("transpose 7 degrees", 1), ("transpose -12", -1)])
def test_what_a_transform_moved_stays_moved(loom: Loom, text: str, octaves: int) -> None:
    plain = loom.plan.statements[0]
    keys = [pitch for _, _, pitch in plain.motif.sounding(plain.key)]
    moved = [pitch.octaves(octaves) for pitch in keys]
    assert placing(loom, replace(plain, transforms=(text,)), moved) == placing(loom, plain, keys)


def test_a_second_line_keeps_away_from_the_theme_it_sounds_with(loom: Loom) -> None:
    plain = replace(loom.plan.statements[0], by="", who=replace(loom.plan.statements[0].who, voice=()), treatment="counter")
    pitches = [pitch for _, _, pitch in plain.motif.sounding(plain.key)]

    def middle(*beside: float) -> float:
        keys = [pitch.octaves(placing(loom, plain, pitches, beside)).midi for pitch in pitches]
        return sum(keys) / len(keys)

    alone = middle()
    for other in (alone, alone + 3, alone - 3):
        assert abs(middle(other) - other) > abs(alone - other)
        assert abs(middle(other) - other) >= 6
