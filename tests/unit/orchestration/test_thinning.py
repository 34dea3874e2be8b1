"""Thinning: where others fall silent, a band's piano, bass and drums go on."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import BarSpan, ScoreNote
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.texture import weave

SECTION = {"pad": ("piano", "jazz guitar"), "bass": ("upright bass",), "percussion": ("drum kit",)}


def heard(notes: Iterable[ScoreNote], bars: Iterable[BarSpan]) -> set[int]:
    found = list(notes)
    return {bar.number for bar in bars if any(bar.start <= note.onset < bar.end for note in found)}


@pytest.mark.parametrize("seconds", [60, 120, 180])
def test_a_band_plays_every_bar_that_was_written_for_its_rhythm_section(seconds: int) -> None:
    texture = weave(harmony_of("jazz", seconds))
    bars, scoring = texture.harmony.plan.spotting.bars, orchestrate(texture)
    for role, players in SECTION.items():
        written = heard((note for line in texture.lines if line.role == role for note in line.notes), bars)
        played = heard((note for part in scoring.parts if part.instrument.name in players for note in part.notes), bars)
        assert written <= played, role
        assert len(played) > 0.6 * len(bars), role
