"""Styles in scene files: one name, or several with weights, written as a text or as a mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from motifgen import read_story
from motifgen.errors import SceneFileError
from motifgen.files.scene_file.schema import scene_schema
from motifgen.orchestra.palette import palette

FILM = "motifgen: 1\nstyle: {style}\nscenes:\n  - id: 1m1\n    length: 10\n    arc: [{{at: 0, feel: calm}}]\n"


def read(tmp_path: Path, style: str) -> str:
    file = tmp_path / "film.yaml"
    file.write_text(FILM.format(style=style), encoding="utf-8")
    return read_story(file).scenes[0].style  # type: ignore[union-attr]  # the one scene is composed


def test_a_mapping_is_the_same_blend_as_a_text(tmp_path: Path) -> None:
    mapped = read(tmp_path, "{folk: 0.6, electronic: 0.4}")
    assert mapped == read(tmp_path, "folk 0.6 + electronic 0.4") == "folk 0.6 + electronic 0.4"
    assert read(tmp_path, "{Celtic: 3, hybrid: 2}") == mapped
    assert read(tmp_path, "\n  electronic: 2\n  folk: 3") == mapped


def test_a_blend_has_players_of_both_and_one_style_is_itself(tmp_path: Path) -> None:
    players = dict(palette(read(tmp_path, "{folk: 1, electronic: 1}")).ensemble)
    assert {"fiddle", "synth bass"} <= players.keys()
    assert read(tmp_path, "{noir: 5}") == "noir"


@pytest.mark.parametrize(
    ("style", "places"),
    [
        ("{folk: 0.6, elektronic: 0.4}", [(2, 20, "'electronic'")]),
        ("{folk: much, electronic: 0.4}", [(2, 15, "'much' is no number")]),
        ("{folk: 0, jaz: 1}", [(2, 15, "more than 0"), (2, 18, "'jazz'")]),
        ("{folk: [1], noir: -1}", [(2, 15, "a list"), (2, 26, "out of range")]),
        ("{}", [(2, 8, "weights")]),
        ("[folk, noir]", [(2, 8, "{folk: 0.6, electronic: 0.4}")]),
    ],
)
def test_every_fault_of_a_blend_is_named_at_its_place(tmp_path: Path, style: str, places: list[tuple[int, int, str]]) -> None:
    with pytest.raises(SceneFileError) as raised:
        read(tmp_path, style)
    faults = [(fault.line, fault.column, fault.message) for fault in raised.value.faults]
    assert [(line, column) for line, column, _ in faults] == [(line, column) for line, column, _ in places]
    assert all(said in message for (_, _, said), (_, _, message) in zip(places, faults, strict=True))


def test_the_schema_knows_blends() -> None:
    *_, mapping = scene_schema()["$defs"]["style"]["anyOf"]
    assert mapping["type"] == "object"
    assert "folk" in mapping["properties"]
