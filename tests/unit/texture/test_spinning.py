"""What goes on between statements, and what a band does: nothing on top of a theme that should be heard alone."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import Texture
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.texture import weave
from motifgen.compose.texture.layers import Layer
from motifgen.compose.texture.loom import Loom, survey
from motifgen.compose.texture.rhythm_section import comping, marking, soli
from motifgen.compose.texture.spinning import continuations
from motifgen.compose.texture.themes import theme_lines
from motifgen.orchestra.palette import palettes

STYLES = tuple(name for name in palettes() if name != "piano")


@cache
def surveyed(style: str, seconds: int = 90) -> Loom:
    return survey(harmony_of(style, seconds))


@cache
def woven(style: str) -> Texture:
    return weave(harmony_of(style, 90))


@pytest.mark.parametrize("style", ["orchestral", "noir", "jazz", "scifi", "romance"])
def test_a_continuation_sings_where_no_theme_does_and_softer(style: str) -> None:
    loom = surveyed(style, 180)
    themes = theme_lines(loom)
    found = continuations(loom, themes)
    assert found
    sung = [(line.notes[0].onset, line.notes[-1].end) for line in themes if line.role in {"melody", "counter"}]
    for line in found:
        start, end = line.notes[0].onset, line.notes[-1].end
        assert not any(start < until and onset < end for onset, until in sung)
        assert all(note.level <= 0.81 * loom.loud(note.onset) + 0.05 for note in line.notes)
        assert all(before.end <= after.onset for before, after in pairwise(line.notes))
        assert all(abs(after.pitch.midi - before.pitch.midi) <= 12 for before, after in pairwise(line.notes))
        assert line.notes[-1].pitch.midi % 12 in loom.chord(line.notes[-1].onset).chord.semitones


@pytest.mark.parametrize("style", STYLES)
def test_a_first_whole_statement_has_no_second_line_made_for_it(style: str) -> None:
    texture = woven(style)
    loom = surveyed(style)
    assert loom.bare
    for line in (line for line in texture.lines if line.role == "counter" and line.statement < 0):
        for theme in (theme for theme in texture.lines if theme.statement in loom.bare and theme.role == "melody"):
            others = [t for t in texture.lines if t.role == "melody" and t.statement not in loom.bare]
            above = any(t.notes[0].onset < line.notes[-1].end and line.notes[0].onset < t.notes[-1].end for t in others)
            assert above or line.notes[0].onset >= theme.notes[-1].end or line.notes[-1].end <= theme.notes[0].onset


def test_a_pianist_comps_without_roots_around_the_middle() -> None:
    loom = surveyed("jazz")
    for line in comping(loom, Layer("pad", 0, len(loom.moments))):
        assert line.voice[0] == "piano"
        for note in line.notes:
            assert 48 <= note.pitch.midi <= 74
        for onset in {note.onset for note in line.notes}:
            struck = [note.pitch.midi % 12 for note in line.notes if note.onset == onset]
            chord = loom.chord(onset).chord
            assert len(struck) <= 4
            assert chord.root.semitone not in struck or len(set(chord.semitones)) < 4


def test_a_guitar_marks_every_beat_and_nobody_does_where_there_is_none() -> None:
    loom = surveyed("jazz")
    lines = marking(loom, Layer("pulse", 0, len(loom.moments)))
    onsets = {note.onset for line in lines for note in line.notes}
    beats = {moment.start + n * moment.bar.meter.beat for moment in loom.moments for n in range(moment.bar.meter.beats)}
    assert onsets <= beats
    assert len(onsets) > 0.9 * sum(loom.chord(at) is not None for at in beats)
    assert marking(surveyed("noir"), Layer("pulse", 0, 4)) == ()


def test_a_rhythm_section_carries_a_scene() -> None:
    for style in ("jazz", "noir"):
        scoring = orchestrate(woven(style))
        loom = surveyed(style)
        active = [moment for moment in loom.moments if moment.full > 0.15 and moment.spoken <= 0]
        drums = {loom.index(note.onset) for part in scoring.parts if part.instrument.drums for note in part.notes}
        comping = {loom.index(note.onset) for part in scoring.parts if part.instrument.family == "keys" for note in part.notes}
        for played in (drums, comping):
            assert sum(loom.moments.index(moment) in played for moment in active) > 0.75 * len(active)


def test_horns_play_soli_under_a_theme_in_a_full_moment_only() -> None:
    loom = surveyed("jazz")
    themes = theme_lines(loom)
    found = soli(loom, themes)
    assert found
    sung = {
        note.onset: note.pitch.midi for line in themes for note in line.notes if line.role == "melody" and line.statement not in loom.bare
    }
    for line in found:
        for note in line.notes:
            assert loom.moment(note.onset).full > 0.5
            assert 3 <= sung[note.onset] - note.pitch.midi <= 16
    assert soli(surveyed("epic"), themes) == ()
