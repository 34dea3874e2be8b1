"""The page about the scene arc file: its examples are read, its faults are the faults, and it leaves no field out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motifgen.errors import SceneFileError
from motifgen.files.scene_file import read_story, scene_schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scene-format.md").read_text(encoding="utf-8")
TEMPLATE = (ROOT / "src" / "motifgen" / "data" / "template.yaml").read_text(encoding="utf-8")
EXAMPLES = [*re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL), TEMPLATE]


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_is_a_film(tmp_path: Path, text: str) -> None:
    (tmp_path / "film.yaml").write_text(text, encoding="utf-8")
    assert read_story(tmp_path / "film.yaml").scenes


def test_the_faults_are_those_that_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = re.search(r"```yaml wrong\n(.*?)```", PAGE, re.DOTALL)
    shown = re.search(r"```faults\n(.*?)```", PAGE, re.DOTALL)
    assert wrong
    assert shown
    Path("film.yaml").write_text(wrong[1], encoding="utf-8")
    with pytest.raises(SceneFileError) as caught:
        read_story("film.yaml")
    said, expected = str(caught.value).splitlines(), shown[1].splitlines()
    assert len(said) == len(expected)
    assert all(line.startswith(start) for line, start in zip(said, expected, strict=True)), "\n".join(said)


def test_every_field_and_every_fixed_word_is_on_the_page() -> None:
    kinds = scene_schema()["$defs"].values()
    fields = {name for kind in kinds for name in kind.get("properties", {})}
    words = {str(word) for kind in kinds for field in kind.get("properties", {}).values() for word in field.get("enum", ())}
    missing = {name for name in fields | words if f"`{name}" not in PAGE and f"{name}:" not in PAGE and f"{name}`" not in PAGE}
    assert not missing
