"""Scenes whose music may change only on purpose."""

import difflib
from pathlib import Path

import pytest

from golden.readable import readable
from motifgen import compose, read_story

HERE = Path(__file__).parent
SCENES = sorted(path.stem for path in HERE.glob("*.yaml"))


def test_there_are_scenes():
    assert len(SCENES) >= 3


@pytest.mark.parametrize("name", SCENES)
def test_the_music_is_as_it_was(name, regenerate):
    story = read_story(HERE / f"{name}.yaml")
    text = "\n".join(readable(compose(scene, story)) for scene in story.scenes)
    golden = HERE / f"{name}.txt"
    if regenerate:
        golden.write_text(text, encoding="utf-8")
    known = golden.read_text(encoding="utf-8")
    changed = difflib.unified_diff(known.splitlines(), text.splitlines(), "as it was", "now", lineterm="", n=1)
    assert text == known, "\n".join(list(changed)[:40])
