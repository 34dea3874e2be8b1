"""A lone keyboard: two hands that a pianist has, a melody that is heard, a figure that follows the feeling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import groupby

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import ScoreNote, Scoring, Spotting
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.texture import weave
from motifgen.compose.texture.figures import Figure, figures
from motifgen.theory.time import Meter

METERS = ("4/4", "3/4", "6/8", "5/4", "7/8")


@cache
def scored(meter: str) -> Scoring:
    return orchestrate(weave(harmony_of("piano", 80, meter=Meter.parse(meter))))


def _one_hand(keys: Sequence[int]) -> bool:
    return not keys or (keys[-1] - keys[0] <= 14 and len(keys) <= 5)


@pytest.mark.parametrize("meter", METERS)
def test_each_hand_reaches_what_it_strikes(meter: str) -> None:
    (part,) = scored(meter).parts
    for _, struck in groupby(part.notes, key=lambda note: note.onset):
        keys = sorted(note.pitch.midi for note in struck)
        assert any(_one_hand(keys[:parting]) and _one_hand(keys[parting:]) for parting in range(len(keys) + 1)), keys


@pytest.mark.parametrize("meter", METERS)
def test_the_melody_is_the_highest_of_what_is_struck_with_it(meter: str) -> None:
    scoring = scored(meter)
    (part,) = scoring.parts
    lines = scoring.texture.lines
    sung = {(note.onset, note.pitch.midi) for line in lines if line.role == "melody" for note in line.notes}
    struck = {onset: [n.pitch.midi for n in notes] for onset, notes in groupby(part.notes, key=lambda note: note.onset)}
    assert sung
    on_top = [max(struck[onset]) == key for onset, key in sorted(sung) if onset in struck]
    assert sum(on_top) >= 0.9 * len(on_top)


@pytest.mark.parametrize("meter", METERS)
def test_the_left_hand_moves_more_where_more_is_felt(meter: str) -> None:
    scoring = scored(meter)
    spotting = scoring.texture.harmony.plan.spotting
    low = [note for note in scoring.parts[0].notes if note.pitch.midi < 60]
    calm, excited = (_rate(low, spotting, wish) for wish in (lambda felt: felt < 0.0, lambda felt: felt > 0.35))
    assert excited > 1.5 * calm


def _rate(notes: Sequence[ScoreNote], spotting: Spotting, wish: Callable[[float], bool]) -> float:
    bars = [bar for bar in spotting.bars if bar.end <= spotting.end and wish(spotting.affect(bar.start + bar.meter.bar / 2).arousal)]
    onsets = {note.onset for note in notes}
    seconds = float(sum(spotting.seconds(bar.end) - spotting.seconds(bar.start) for bar in bars))
    return sum(any(bar.start <= at < bar.end for bar in bars) for at in onsets) / seconds


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.name)
def test_every_figure_has_its_place(figure: Figure) -> None:
    assert figure.shape in {"held", "fifths", "arch", "alberti", "afterbeats", "octaves", "tremolo"}
    assert Fraction(1, 8) <= figure.unit <= 1
    assert -1 <= figure.valence <= 1
    assert -1 <= figure.arousal <= 1
    assert 0 <= figure.tension <= 1
    assert all(beats > 0 for beats in figure.beats)
