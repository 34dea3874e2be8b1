"""The films that tests compose: the examples, and scenes that are only here; each composed once a session."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from motifgen import Sketch, compose, read_story

HERE = Path(__file__).parent
FILES = sorted([*(HERE.parent / "examples").glob("*/*.yaml"), *(HERE / "scenes").glob("*.yaml"), *(HERE / "golden").glob("*.yaml")])


@cache
def sketches(path: Path) -> tuple[Sketch, ...]:
    """Return the sketches of a file's composed scenes."""
    story = read_story(path)
    return tuple(compose(scene, story) for scene in story.scenes if hasattr(scene, "arc"))


def every_sketch() -> list[Sketch]:
    """Return the sketches of all files."""
    return [sketch for path in FILES for sketch in sketches(path)]
