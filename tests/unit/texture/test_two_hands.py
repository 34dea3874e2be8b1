"""A lone keyboard: two hands that a pianist has, a melody that is heard, a figure that follows the feeling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from itertools import groupby, pairwise

import pytest

from desk_scenes import harmony_of
from motifgen import Arc, Cast, Character, Scene, compose
from motifgen.compose.desk import ScoreNote, Scoring, Spotting
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.texture import weave
from motifgen.compose.texture.figures import Figure, arched, figures
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


@pytest.mark.parametrize("top", range(1, 7))
@pytest.mark.parametrize("count", [4, 6, 8, 12, 16])
def test_a_broken_chord_begins_below_reaches_its_top_and_strikes_nothing_twice_running(count: int, top: int) -> None:
    steps = [arched(n, count, top) for n in range(count)]
    assert steps[0] == min(steps) == 0
    assert max(steps) == min(top, count // 2)
    assert all(abs(one - other) == 1 for one, other in pairwise(steps))


@pytest.mark.parametrize("seed", range(4))
def test_broken_chords_have_room_to_be_more_than_a_trill(seed: int) -> None:
    """In a calm scene, a left hand that goes in quavers seldom has only two keys in a bar."""
    scene = Scene(
        "1m1", 40, Arc.of((0, "wistful"), (30, "hope")), style="piano", cast=[Cast(Character("ada", traits=("tender",)))], seed=seed
    )
    texture = compose(scene).scoring.texture
    struck = [note for line in texture.lines if line.role == "arpeggio" for note in line.notes]
    bars = [[note for note in struck if bar.start <= note.onset < bar.end] for bar in texture.harmony.plan.spotting.bars]
    keys = [len({note.pitch.midi for note in bar}) for bar in bars if len({note.onset for note in bar}) >= 6]
    assert keys
    assert sum(count <= 2 for count in keys) <= len(keys) / 4


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure.name)
def test_every_figure_has_its_place(figure: Figure) -> None:
    assert figure.shape in {"held", "fifths", "arch", "alberti", "afterbeats", "octaves", "tremolo"}
    assert Fraction(1, 8) <= figure.unit <= 1
    assert -1 <= figure.valence <= 1
    assert -1 <= figure.arousal <= 1
    assert 0 <= figure.tension <= 1
    assert all(beats > 0 for beats in figure.beats)
