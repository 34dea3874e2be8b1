"""Each style is another music, by its figures."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import Scoring
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.texture import weave
from motifgen.orchestra.palette import palettes

STYLES = tuple(palettes())
FAMILIES = ("woodwind", "brass", "strings", "keys", "plucked", "percussion", "voice", "electronic")
SHORT = frozenset({"staccato", "pizzicato", "spiccato"})


@cache
def scored(style: str) -> Scoring:
    return orchestrate(weave(harmony_of(style)))


@cache
def figures(style: str) -> tuple[float, ...]:
    """Return the share of time of each family, of short notes and drums; density, dynamics, length, height and spread."""
    notes = [(note, part.instrument) for part in scored(style).parts for note in part.notes]
    pitched = [note for note, instrument in notes if not instrument.drums]
    time = {name: sum(float(note.duration) for note, instrument in notes if instrument.family == name) for name in FAMILIES}
    keys = [note.pitch.midi for note in pitched]
    mean = sum(keys) / len(keys)
    return (
        *(time[name] / sum(time.values()) for name in FAMILIES),
        sum(not SHORT.isdisjoint(note.marks) for note in pitched) / len(pitched),
        1 - len(pitched) / len(notes),
        len(notes) / 900,
        sum(note.level for note, _ in notes) / len(notes),
        sum(float(note.duration) for note in pitched) / len(pitched) / 4,
        mean / 60,
        math.sqrt(sum((key - mean) ** 2 for key in keys) / len(keys)) / 20,
    )


@pytest.mark.parametrize(("one", "other"), list(combinations(STYLES, 2)))
def test_two_styles_are_told_apart_by_their_figures(one: str, other: str) -> None:
    assert math.dist(figures(one), figures(other)) > 0.25


def families(style: str) -> dict[str, float]:
    return dict(zip(FAMILIES, figures(style), strict=False))


def test_styles_sound_of_what_they_are_made_of() -> None:
    assert families("electronic")["electronic"] > 0.6
    assert families("piano")["keys"] == 1.0
    assert max(families("romance"), key=families("romance").__getitem__) == "strings"
    assert families("epic")["brass"] + families("epic")["voice"] > families("orchestral")["brass"]
    assert families("intimate")["brass"] == 0.0
    assert families("intimate")["percussion"] < 0.15  # the vibraphone alone
    assert families("fantasy")["voice"] + families("fantasy")["plucked"] > 0.1


def test_comedy_is_short_and_romance_is_long() -> None:
    short = {style: figures(style)[len(FAMILIES)] for style in STYLES}
    assert short["comedy"] > 0.6
    assert short["romance"] < 0.3


def test_jazz_walks_and_comps() -> None:
    lines = scored("jazz").texture.lines
    bass = [note for line in lines if line.role == "bass" for note in line.notes]
    assert sum(note.duration <= 1 for note in bass) > 0.8 * len(bass)
    chords = [note for line in lines if line.role == "pad" and line.statement < 0 for note in line.notes if note.duration <= 1]
    assert sum(note.onset.denominator > 1 for note in chords) > 0.3 * len(chords)
