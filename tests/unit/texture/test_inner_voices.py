"""Held chords are lines: what leaves a chord comes home by step, and nothing that moves rubs against the theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import Line, ScoreNote, Texture
from motifgen.compose.texture import weave
from motifgen.compose.texture.loom import Loom, survey

STYLES = ("orchestral", "chamber", "romance", "fantasy", "intimate")


@cache
def woven(style: str) -> tuple[Loom, Texture]:
    harmony = harmony_of(style, 180)
    return survey(harmony), weave(harmony)


def held(texture: Texture) -> Iterator[Line]:
    for line in texture.lines:
        if line.role == "pad" and line.statement < 0 and not line.voice and not any(note.marks for note in line.notes):
            yield line


def foreign(loom: Loom, note: ScoreNote) -> bool:
    spans = loom.chords(note.onset, note.end)
    return any(note.pitch.midi % 12 not in item.chord.semitones for item in spans)


@pytest.mark.parametrize("style", STYLES)
def test_what_leaves_a_chord_comes_home_by_step(style: str) -> None:
    loom, texture = woven(style)
    clearings = {note.onset for line in texture.lines if line.role == "hit" for note in line.notes}
    moved = 0
    for line in held(texture):
        for note in line.notes:
            if foreign(loom, note) and loom.chord(note.end) is not None and not any(0 <= at - note.end <= 8 for at in clearings):
                after = [n.pitch.midi for n in line.notes if n.onset == note.end]
                assert any(abs(key - note.pitch.midi) <= 2 for key in after), (note, after)
                moved += 1
    assert moved >= 2


@pytest.mark.parametrize("style", STYLES)
def test_nothing_that_moves_rubs_against_the_theme(style: str) -> None:
    loom, texture = woven(style)
    sung = [note for line in texture.lines if line.role == "melody" for note in line.notes]
    for line in held(texture):
        for note in line.notes:
            item = loom.chord(note.onset)
            if item is not None and note.pitch.midi % 12 not in item.chord.semitones:
                over = [n.pitch.midi for n in sung if n.onset < note.end and note.onset < n.end]
                assert not any(abs(key - note.pitch.midi) in {1, 11, 13} for key in over)


@pytest.mark.parametrize("style", ["orchestral", "chamber", "romance"])
def test_chords_without_a_bass_under_them_stand_on_their_own(style: str) -> None:
    loom, texture = woven(style)
    low = [note for line in texture.lines if line.role in {"bass", "drone", "melody", "hit"} for note in line.notes]
    alone = rooted = 0
    for line in held(texture):
        for onset in sorted({note.onset for note in line.notes}):
            struck = [note for note in line.notes if note.onset <= onset < note.end]
            lowest = min(struck, key=lambda note: note.pitch.midi)
            item = loom.chord(onset)
            if item is None or lowest.pitch.midi >= 52 or any(n.onset <= onset < n.end and n.pitch.midi < 60 for n in low):
                continue
            alone += 1
            rooted += lowest.pitch.midi % 12 == item.chord.lowest.semitone
    assert alone >= 3
    assert rooted >= 0.8 * alone
