"""The same theme for another force, in one word."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from desk_scenes import harmony_of
from motifgen import Arc, Cast, Character, Motif, Scene, compose
from motifgen.compose.desk import BarSpan
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.orchestration.keyboard import SHORTEST
from motifgen.compose.sketch import Sketch
from motifgen.compose.texture import weave
from motifgen.errors import UnknownNameError
from motifgen.motif.transform import Chamber, Piano, Transform, Tutti
from motifgen.orchestra.palette import palette
from motifgen.story.moments import Asked

MARA = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"), voice=["horn"])
ARC = Arc.of((0, "calm"), (18, "determination"), (30, "calm"))


@cache
def composed(style: str = "orchestral", step: Transform | None = None, by: str = "") -> Sketch:
    asked = (Asked(16, MARA, (step,) if step else (), by),) if step or by else ()
    return compose(Scene("1m1", 36, ARC, cast=[Cast(MARA)], statements=asked, style=style, seed=4))


def asked_span(sketch: Sketch) -> tuple[int, Fraction, Fraction]:
    return next((at, s.start, s.end) for at, s in enumerate(sketch.plan.statements) if s.asked)


def players(sketch: Sketch, start: Fraction, end: Fraction) -> set[str]:
    return {part.name for part in sketch.scoring.parts if any(start <= note.onset < end for note in part.notes)}


def test_a_statement_for_piano_is_played_by_a_piano_alone() -> None:
    sketch = composed(step=Piano())
    index, start, end = asked_span(sketch)
    assert players(sketch, start, end) == {"Piano"}
    piano = next(part for part in sketch.scoring.parts if part.name == "Piano")
    assert {note.statement for note in piano.notes} == {index, -1}
    assert all(start <= note.onset and note.end <= end for note in piano.notes)
    assert not any(part.name != "Piano" and note.onset < start < note.end for part in sketch.scoring.parts for note in part.notes)
    assert sketch.ledger["statements"][index]["transforms"] == ["piano"]


def test_a_statement_for_soloists_has_a_handful_of_them() -> None:
    sketch = composed(step=Chamber())
    index, start, end = asked_span(sketch)
    found = players(sketch, start, end)
    assert 2 <= len(found) <= 8
    assert not {"Violins I", "Violins II", "Violas", "Cellos", "Double Basses"} & found
    assert any(note.statement == index for part in sketch.scoring.parts if part.name in found for note in part.notes)


def test_a_tutti_has_many_more_players_than_the_same_place_without() -> None:
    sketch, plain = composed(step=Tutti()), composed(by="horn")
    _, start, end = asked_span(sketch)
    assert len(players(sketch, start, end)) >= 18
    assert len(players(sketch, start, end)) > len(players(plain, *asked_span(plain)[1:]))


def test_an_instrument_that_is_named_plays_the_statement() -> None:
    sketch = composed(by="solo cello")
    index, *_ = asked_span(sketch)
    assert sketch.ledger["statements"][index]["parts"][0] == "Solo Cello"


def test_the_rest_of_the_scene_goes_on_in_its_own_style() -> None:
    sketch = composed(step=Piano())
    bars: tuple[BarSpan, ...] = sketch.spotting.bars
    assert "Piano" not in players(sketch, bars[0].start, asked_span(sketch)[1])


@pytest.mark.parametrize(
    ("style", "step"), [("piano", Tutti()), ("piano", Chamber()), ("chamber", Tutti()), ("electronic", Piano()), ("jazz", Piano())]
)
def test_every_style_knows_every_force(style: str, step: Transform) -> None:
    sketch = composed(style, step)
    index, *_ = asked_span(sketch)
    assert sketch.ledger["statements"][index]["parts"]
    names = [part["name"] for part in sketch.ledger["parts"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("style", ["orchestral", "epic", "chamber", "romance", "horror"])
def test_a_reduction_leaves_out_doublings_only_and_holds_every_theme(style: str) -> None:
    texture = weave(harmony_of(style))
    score = orchestrate(texture, palette("piano"))
    assert not any("out of reach" in text for text in score.warnings)
    (piano,) = score.parts
    struck = {(note.onset, note.pitch.midi % 12) for note in piano.notes}
    rolled = {(onset - SHORTEST, name) for onset, name in struck}
    sung = {(note.onset, note.pitch.midi % 12) for line in texture.lines if line.role == "melody" for note in line.notes}
    assert len(sung - struck - rolled) <= len(sung) // 50


def test_a_sketch_is_reorchestrated_in_one_word() -> None:
    sketch = composed()
    assert [part.name for part in sketch.reorchestrated("piano").scoring.parts] == ["Piano"]
    assert len(sketch.reorchestrated("chamber").scoring.parts) <= 12
    more = sketch.reorchestrated("tutti")
    assert sum(len(part.notes) for part in more.scoring.parts) > 1.5 * sum(len(part.notes) for part in sketch.scoring.parts)
    cello = sketch.reorchestrated("solo cello")
    assert all(row["parts"][0] == "Solo Cello" for row in cello.ledger["statements"] if row["treatment"] == "theme")
    with pytest.raises(UnknownNameError, match="chamber"):
        sketch.reorchestrated("chambre")
