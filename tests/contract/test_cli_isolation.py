"""Scenes stand alone: what is changed in one changes no byte of another, and runs do not differ."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from motifgen.files.scene_file import read_story
from motifgen.takes import render

FILM = """\
motifgen: 1
seed: 3
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}}
  sea: {kind: place, motif: {invent: {archetype: menace}}}
emotions: {dread: {motif: {invent: {archetype: ostinato}}}}
scenes:
  - {id: 1m1, length: 0:16, style: chamber, arc: [{at: 0, feel: calm}, {at: 8, feel: dread}], cast: [{who: mara}, {who: sea}]}
  - {id: 1m2, start: 01:01:00:00, length: 0:14, arc: [{at: 0, feel: hope}, {at: 9, feel: joy}], cast: [{who: sea}, {who: mara, from: 4}]}
"""


def files_of(folder: Path, text: str, scene: str) -> dict[str, bytes]:
    """Return what is written for one scene of a film."""
    (folder / "film.yaml").write_text(text, encoding="utf-8")
    made = render(read_story(folder / "film.yaml"), folder / "out", scenes=[scene])
    return {path.name: path.read_bytes() for path in made[0].files}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{at: 8, feel: dread}", "{at: 6, feel: joy, tension: 0.4, curve: smooth}"),
        ("length: 0:16", "length: 0:20, start: 01:00:30:00, meter: 3/4, tempo: 100"),
        ("style: chamber", "style: orchestral, seed: 99"),
        ("style: chamber", "title: Another, hits: [{at: 5, do: stinger}], silence: [{from: 10}]"),
        ("style: chamber", "style: chamber, statements: [{at: 3, who: sea, as: augment 2}]"),
        ("emotions:", "  nobody: {traits: brave, motif: {invent: {archetype: hero}}}\nemotions:"),
        ("id: 1m1", "id: 9m9"),
        ("seed: 3", "title: A title\nseed: 3"),
    ],
)
def test_editing_one_scene_changes_no_byte_of_another(tmp_path: Path, before: str, after: str) -> None:
    assert before in FILM
    assert files_of(tmp_path, FILM.replace(before, after, 1), "1m2") == files_of(tmp_path, FILM, "1m2")


def test_rendering_one_scene_alone_gives_the_bytes_of_rendering_all(tmp_path: Path) -> None:
    alone = files_of(tmp_path, FILM, "1m2")
    made = render(read_story(tmp_path / "film.yaml"), tmp_path / "all")
    assert {path.name: path.read_bytes() for path in made[1].files} == alone


def test_the_same_file_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    found = []
    for seed in ("0", "1", "4242"):
        command = [sys.executable, "-m", "motifgen", "render", "film.yaml", "-o", seed]
        subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        found.append({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()})
    assert found[0] == found[1] == found[2]
    assert sorted(found[0]) == ["1m1.ledger.json", "1m1.mid", "1m2.ledger.json", "1m2.mid"]
