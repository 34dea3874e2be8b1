"""What the ledger says is stated is found by search in the part that states it."""

from __future__ import annotations

import pytest

from films import FILES
from motifgen import compose, read_story
from motifgen.measure.finding import find_themes
from motifgen.motif.transform import parse_transform
from motifgen.story.casting import themes

EXAMPLES = [path for path in FILES if path.parent.name in {"macbeth", "nosferatu", "two-hander"}]
CHANGES_RHYTHM = {"syncopate", "displace", "dot", "even out", "remeter", "rhythm alone"}


def full(statement):
    """Tell whether a statement is the whole theme as melody, in a rhythm that is still its own."""
    names = {parse_transform(text).name for text in statement["transforms"]}
    families = {parse_transform(text).FAMILY for text in statement["transforms"]}
    return statement["treatment"] == "theme" and bool(statement["parts"]) and not names & CHANGES_RHYTHM and "form" not in families


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_full_statement_is_found_in_its_first_part(path):
    story, stated, missed = read_story(path), 0, []
    for scene in (scene for scene in story.scenes if hasattr(scene, "arc")):
        recording = compose(scene, story).recording
        found = find_themes(recording, {who: motif for who, motif in themes(scene, story).items() if len(motif.sounding()) >= 3})
        for statement in filter(full, recording.ledger["statements"]):
            near = [
                each
                for each in found[statement["who"]]
                if each.part == statement["parts"][0] and abs(each.seconds - statement["start_seconds"]) < 0.3
            ]
            stated += 1
            missed += [] if near else [(scene.id, statement["who"], statement["bar"], statement["transforms"])]
    assert stated > 0
    assert missed == []
