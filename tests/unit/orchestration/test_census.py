"""Who joins and who falls silent, and what lies too close in the depth."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import ScoreNote, Scoring
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.orchestration.census import Census
from motifgen.compose.orchestration.depth import too_close
from motifgen.compose.texture import weave
from motifgen.orchestra.palette import palettes

STYLES = tuple(name for name in palettes() if name != "piano")
FULL = ("orchestral", "epic", "action", "fantasy", "romance", "chamber")


@cache
def scored(style: str) -> Scoring:
    return orchestrate(weave(harmony_of(style)))


def sounding(scoring: Scoring) -> list[tuple[float, int]]:
    """Return the arousal of every bar without a rest, and how many parts sound in it."""
    spotting = scoring.texture.harmony.plan.spotting
    found = []
    for bar in spotting.bars:
        middle = (bar.start + min(bar.end, spotting.end)) / 2
        if not spotting.silent(middle):
            count = sum(any(note.onset < bar.end and note.end > bar.start for note in part.notes) for part in scoring.parts)
            found.append((spotting.affect(middle).arousal, count))
    return found


@pytest.mark.parametrize("style", FULL)
def test_the_excited_third_of_a_scene_has_many_more_players_than_the_calm_third(style: str) -> None:
    rows = sorted(sounding(scored(style)))
    third = len(rows) // 3
    calm, excited = (sum(count for _, count in part) / third for part in (rows[:third], rows[-third:]))
    assert excited > 1.7 * calm


@pytest.mark.parametrize("style", STYLES)
def test_a_player_more_or_less_at_a_time(style: str) -> None:
    rows = sounding(scored(style))
    steps = [abs(two[1] - one[1]) for one, two in pairwise(rows) if abs(two[0] - one[0]) < 0.05]
    assert sum(step <= 3 for step in steps) >= 0.6 * len(steps)


@pytest.mark.parametrize("style", STYLES)
def test_nothing_lies_too_close_in_the_depth(style: str) -> None:
    score = scored(style)
    low = [note for part in score.parts if not part.instrument.drums for note in part.notes if note.pitch.midi < 64]
    for note in low:
        keys = sorted({other.pitch.midi for other in low if other.onset <= note.onset < other.end})
        assert not any(too_close(one, two) for one, two in pairwise(keys)) or _mud(score, note), (note, keys)


def _mud(score: Scoring, note: ScoreNote) -> bool:
    number = score.texture.harmony.plan.spotting.bar_at(note.onset).number
    spans = (text.split(":")[0].split()[1:] for text in score.warnings if text.endswith("mud"))
    return any(int(span[0]) <= number <= int(span[-1]) for span in spans)


def test_mud_is_left_where_dread_asks_for_it_and_said() -> None:
    harmony = harmony_of("horror")
    scene = harmony.plan.spotting.scene
    dread = replace(scene.arc.points[0].affect, valence=-0.9, arousal=0.0, tension=1.0)
    arc = replace(scene.arc, points=tuple(replace(point, affect=dread) for point in scene.arc.points))
    plan = harmony.plan
    spotting = replace(plan.spotting, scene=replace(scene, arc=arc))
    score = orchestrate(weave(replace(harmony, plan=replace(plan, spotting=spotting))))
    assert any(text.endswith("the dread there asks for mud") for text in score.warnings)


def test_a_census_knows_where_players_are_lacking() -> None:
    found = Census((0.0, 4.0, 8.0, 12.0, 16.0), [1, 1, 5, 1], [2.0, 3.0, 3.0, 2.0])
    assert list(found.lacking(range(4))) == [range(2)]
    assert list(found.crowded()) == [range(2, 3)]
    assert found.bars(3.0, 8.0) == range(2)
