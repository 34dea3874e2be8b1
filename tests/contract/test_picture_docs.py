"""The page about time to picture: what it shows as said is what is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motifgen.compose.spotting import spot
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene

DOCS = Path(__file__).parents[2] / "docs"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_change_that_is_shown_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    shown = [line for block in blocks("sync.md", "python") for line in re.findall(r"# (1m1: .*) \.\.\.", block)]
    for block in blocks("sync.md", "python"):
        exec(compile(block, "sync.md", "exec"), known)  # noqa: S102 - as above
    said = capsys.readouterr().out.splitlines()
    assert shown
    assert set(shown) <= set(said)


def test_what_is_shown_of_a_missed_hit_is_what_is_said() -> None:
    hits = (Hit("20", "accent", "the gun", on="downbeat"), Hit("20.125", "accent", "the fall", on="downbeat"))
    arc = Arc.of((0, {"calm": 1}))
    said = [text for text in spot(Scene("x", 60, arc, hits=hits, tempo=80)).warnings if "is missed" in text]
    page = " ".join((DOCS / "sync.md").read_text(encoding="utf-8").split())
    assert said[0].split("; to meet it")[0] in page
