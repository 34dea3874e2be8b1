"""A scene that is not cut arrives: figures stop on the last chord, and it sounds whole to the end."""

from __future__ import annotations

from functools import cache

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import Texture
from motifgen.compose.texture import weave
from motifgen.compose.texture.ending import landing_of
from motifgen.compose.texture.loom import survey
from motifgen.orchestra.palette import palettes
from motifgen.story.arc import Arc

STYLES = tuple(palettes())
UP = Arc.of((0, "calm"), (20, "hope"), (40, "triumph"))
FLIGHT = Arc.of((0, "unease"), (20, "panic"), (40, "terror"))


@cache
def woven(style: str, *, bright: bool = False) -> Texture:
    return weave(harmony_of(style, 40, arc=UP) if bright else harmony_of(style))


@pytest.mark.parametrize("style", STYLES)
def test_figures_arrive_and_the_last_chord_sounds_whole(style: str) -> None:
    texture = woven(style)
    at, end = landing_of(survey(texture.harmony)), texture.harmony.plan.spotting.end
    assert at is not None
    late = [n for line in texture.lines if line.role in {"ostinato", "pulse"} and line.statement < 0 for n in line.notes if n.onset > at]
    assert not late
    chord = texture.harmony.chords[-1].chord
    arrived = {note.pitch.midi % 12 for line in texture.lines for note in line.notes if note.onset <= at < note.end}
    assert chord.root.semitone in arrived
    assert len(arrived & set(chord.semitones)) >= 2
    if style != "comedy":  # whose last chord is dry
        assert [note for line in texture.lines for note in line.notes if note.onset <= at and note.end == end]


@pytest.mark.parametrize("style", ["orchestral", "epic", "western", "folk"])
def test_a_bright_end_is_everybodys_chord(style: str) -> None:
    texture = woven(style, bright=True)
    at = landing_of(survey(texture.harmony))
    assert at is not None
    weights = {line.weight for line in texture.lines if line.role == "pad" for note in line.notes if note.onset == at}
    assert max(weights) > 0.3
    assert len({n.pitch.midi for line in texture.lines for n in line.notes if n.onset <= at < n.end}) >= 5


def test_a_comedy_ends_on_a_dry_chord() -> None:
    texture = woven("comedy")
    at = landing_of(survey(texture.harmony))
    struck = [note for line in texture.lines if line.role == "hit" for note in line.notes if note.onset == at]
    assert len(struck) >= 3
    assert all(note.duration <= 1 and "staccato" in note.marks for note in struck)


def test_a_scene_that_ends_in_flight_is_broken_off() -> None:
    assert landing_of(survey(harmony_of("action", 40, arc=FLIGHT))) is None
