"""Melody and bass, and the outer voices of chords, keep apart."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture import weave
from motifgen.compose.texture.loom import survey
from motifgen.compose.texture.outer import apart, parallel
from motifgen.orchestra.palette import palettes
from motifgen.theory.pitch import Pitch

STYLES = tuple(palettes())


def sounding(notes: tuple[ScoreNote, ...], at: Fraction) -> list[int]:
    return [note.pitch.midi for note in notes if note.onset <= at < note.end]


@pytest.mark.parametrize("style", STYLES)
def test_melody_and_bass_and_the_edges_of_chords_make_no_parallels(style: str) -> None:
    lines = weave(harmony_of(style)).lines
    steps = []
    for bass in (line for line in lines if line.role == "bass"):
        for theme in (line for line in lines if line.role == "melody"):
            pairs = [(note.pitch.midi, high[0]) for note in bass.notes if (high := sounding(theme.notes, note.onset))]
            steps += pairwise(pairs)
    for pad in (line for line in lines if line.role == "pad" and line.statement < 0):
        chords = [sounding(pad.notes, at) for at in sorted({note.onset for note in pad.notes})]
        steps += pairwise([(min(chord), max(chord)) for chord in chords if len(chord) > 1])
    faults = sum(parallel(*one, *other) for one, other in steps)
    assert faults <= len(steps) // 50


def test_a_root_that_would_make_octaves_is_led_to() -> None:
    loom = survey(harmony_of("orchestral"))
    first, second = (item.span.start for item in loom.harmony.chords[2:4])
    length = second - first

    def line(role: str, *keys: str) -> Line:
        return Line(role, tuple(ScoreNote(first + n * length, length, Pitch.parse(key), 0.5) for n, key in enumerate(keys)))

    mended = apart(loom, line("bass", "D3", "E3").notes, [line("melody", "D5", "E5")])
    assert [str(note.pitch) for note in (mended[0], mended[-1])] == ["D3", "E3"]
    assert len(mended) == 3
    assert sum(note.duration for note in mended) == 2 * length
    kept = apart(loom, line("bass", "D3", "E3").notes, [line("melody", "D5", "C5")])
    assert kept == list(line("bass", "D3", "E3").notes)
