"""Accompaniments keep a figure for a phrase: a groove that answers itself, a hand that breaks chords."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import ScoreNote, Texture
from motifgen.compose.texture import weave
from motifgen.compose.texture.clearings import clearings
from motifgen.compose.texture.layers import layers
from motifgen.compose.texture.loom import survey
from motifgen.orchestra.palette import palettes


@cache
def woven(style: str) -> Texture:
    return weave(harmony_of(style, 180))


def bars(texture: Texture, role: str) -> Iterator[tuple[tuple[ScoreNote, ...], tuple[ScoreNote, ...]]]:
    """Go through neighboring full bars of the same line."""
    spotting = texture.harmony.plan.spotting
    for line in texture.lines:
        if line.role == role and line.statement < 0 and not line.voice:
            own = [tuple(note for note in line.notes if bar.start <= note.onset < bar.end) for bar in spotting.bars]
            yield from ((one, other) for one, other in pairwise(own) if len(one) > 2 and len(other) > 2)


def places(notes: tuple[ScoreNote, ...], texture: Texture) -> frozenset[Fraction]:
    return frozenset(note.onset - texture.harmony.plan.spotting.bar_at(note.onset).start for note in notes)


@pytest.mark.parametrize("style", ["orchestral", "epic", "action"])
def test_an_ostinato_keeps_its_rhythm_and_its_accent_while_its_notes_change(style: str) -> None:
    texture = woven(style)
    pairs = list(bars(texture, "ostinato"))
    kept = [len(places(one, texture) ^ places(other, texture)) <= 1 for one, other in pairs]
    same = [[note.pitch for note in one] == [note.pitch for note in other] for one, other in pairs]
    leaned = [
        {n.onset % 4 for n in one if "accent" in n.marks} == {n.onset % 4 for n in other if "accent" in n.marks} for one, other in pairs
    ]
    assert len(pairs) >= 5
    assert sum(kept) >= 0.8 * len(pairs)
    assert sum(leaned) >= 0.7 * len(pairs)
    assert sum(same) <= 0.2 * len(pairs)


@pytest.mark.parametrize("style", ["romance", "folk", "chamber", "intimate"])
def test_a_hand_breaks_chords_within_its_reach(style: str) -> None:
    texture = woven(style)
    survey_of = survey(texture.harmony)
    found = [line for line in texture.lines if line.role == "arpeggio" and not line.voice and len(line.notes) > 5]
    assert found
    for line in found:
        for one, other in pairwise(line.notes):
            assert one.end <= other.onset
        for note in line.notes:
            item = survey_of.chord(note.onset)
            assert item is not None
            assert note.pitch.midi % 12 in item.chord.semitones
            beside = [n.pitch.midi for n in line.notes if item.span.start <= n.onset < item.span.end]
            assert max(beside) - min(beside) <= 21


@pytest.mark.parametrize("style", ["epic", "orchestral", "western", "action"])
def test_an_excited_climax_keeps_its_drums_and_its_bass(style: str) -> None:
    loom = survey(harmony_of(style, 180))
    found = layers(loom, clearings(loom))
    high = [index for index, moment in enumerate(loom.moments) if moment.section.function == "climax" and moment.affect.arousal > 0.3][2:]
    assert high
    for kind in ("percussion", "bass"):
        playing = [index for index in high if any(layer.kind == kind and layer.first <= index < layer.last for layer in found)]
        assert len(playing) >= 0.9 * len(high), kind


@pytest.mark.parametrize("style", tuple(palettes()))
def test_layers_come_and_go_with_the_phrases(style: str) -> None:
    loom = survey(harmony_of(style, 180))
    found = layers(loom, clearings(loom))
    begun = [loom.index(moment.section.span.start) for moment in loom.moments]
    told = {loom.index(statement.start) for statement in loom.plan.statements} | {loom.index(it.at) for it in loom.spotting.landings}
    for index in sorted({layer.first for layer in found} | {layer.last for layer in found} - {len(loom.moments)}):
        odd = (index - begun[index]) % 2
        assert not odd or index in told or loom.moments[index].full * loom.moments[index - 1].full == 0, index
