"""Swells reach their frame in every ensemble, also where the moment asks for next to nobody."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from desk_scenes import harmonised, planned, scene
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.spotting import spot
from motifgen.compose.texture import weave
from motifgen.orchestra.palette import palettes
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit


@pytest.mark.parametrize("style", sorted(palettes()))
def test_somebody_plays_the_peak_of_a_swell_though_it_is_still(style):
    still = replace(scene(style, 60, hits=(Hit(Fraction(31), "swell"),)), arc=Arc.of((0, "sleepy"), (60, "sleepy")))
    spotting = spot(still)
    scoring = orchestrate(weave(harmonised(planned(spotting))))
    frame = spotting.landings[0].at
    assert any(note.onset == frame for part in scoring.parts if not part.instrument.drums for note in part.notes)
