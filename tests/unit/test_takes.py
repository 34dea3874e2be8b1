"""Rendering a film, with a composer that only takes notes of what it is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from motifgen.errors import RangeError, UnknownNameError
from motifgen.output import chosen_formats, film_files, formats, missing_formats
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene, SourceScene, Story
from motifgen.takes import USUAL, chosen_scenes, render
from motifgen.takes.taking import take_seed
from performing import played, recording

CALM = Arc.of((0, "calm"))
STORY = Story(
    "Two Rooms",
    scenes=(
        Scene("1m1", 10, CALM, seed=4),
        SourceScene("1m2", 9, (("title", "Lights"),)),
        Scene("1m3", 8, CALM),
    ),
    seed=3,
)


@dataclass(frozen=True)
class Noted:
    """What a composed scene looks like to rendering."""

    recording: object


class Composer:
    """Returns the same recording for every scene, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, scene, story):
        self.asked.append((scene.id, scene.seed, story.seed))
        return Noted(recording(played(rows=[(0, 960, 62, 80)])))


def test_every_composed_scene_is_rendered_in_the_order_of_the_film(tmp_path: Path) -> None:
    composer, begun = Composer(), []
    made = render(STORY, tmp_path / "out", composer=composer, progress=lambda scene: begun.append(scene.id))
    assert composer.asked == [("1m1", 4, 3), ("1m3", 3, 3)]
    assert begun == ["1m1", "1m3"]
    assert [one.scene.id for one in made] == ["1m1", "1m3"]
    assert made[0].files == (tmp_path / "out/1m1.mid", tmp_path / "out/1m1.ledger.json")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["1m1.ledger.json", "1m1.mid", "1m3.ledger.json", "1m3.mid"]


def test_a_seed_takes_the_place_of_all_seeds(tmp_path: Path) -> None:
    composer = Composer()
    made = render(STORY, tmp_path, seed=9, composer=composer)
    assert composer.asked == [("1m1", 9, 9), ("1m3", 9, 9)]
    assert [one.scene.seed for one in made] == [9, 9]


def test_papers_of_the_film_alone_compose_nothing(tmp_path: Path) -> None:
    composer = Composer()
    assert render(STORY, tmp_path, formats=["cue-sheet", "usage"], composer=composer) == ()
    assert composer.asked == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cue-sheet.csv", "usage.svg"]


def test_nothing_is_written_when_a_later_scene_cannot_be_composed(tmp_path: Path) -> None:
    def composer(scene, story):
        if scene.id == "1m3":
            raise RangeError("no")
        return Composer()(scene, story)

    with pytest.raises(RangeError):
        render(STORY, tmp_path / "out", composer=composer)
    assert not (tmp_path / "out").exists()


def test_the_take_that_misses_least_is_kept_and_its_seed_makes_it_again(tmp_path: Path) -> None:
    scene = Scene("1m1", 10, CALM, seed=2**53 - 1, hits=[Hit(2, "entry")])
    asked = Story(scenes=(scene,), seed=3)
    wanted = take_seed(scene, 2)

    def composer(scene, story):
        assert (story.seed, story.scenes[0].seed) == (3, scene.seed)
        onset = 3840 if scene.seed == wanted else 2600
        return Noted(recording(played(rows=[(0, 960, 62, 80), (onset, onset + 960, 62, 80)])))

    made = render(asked, tmp_path / "takes", takes=4, composer=composer)[0]
    assert made.scene.seed == wanted
    assert sorted(take.number for take in made.takes) == [0, 1, 2, 3]
    assert len({take.seed for take in made.takes}) == 4
    assert [take.score.hits for take in made.takes] == [1.0, 0.0, 0.0, 0.0]
    again = render(Story(scenes=(made.scene,), seed=3), tmp_path / "again", composer=composer)[0]
    assert again.takes == ()
    assert again.files[0].read_bytes() == made.files[0].read_bytes()
    with pytest.raises(RangeError, match="0 takes"):
        render(asked, tmp_path / "none", takes=0, composer=composer)


def test_formats_are_chosen_by_name() -> None:
    assert chosen_formats(USUAL) == ("mid", "ledger")
    assert chosen_formats([" MID", ".mid", "cue-sheet"]) == ("mid", "cue-sheet")
    assert set(chosen_formats(["mid", "all"])) == set(formats()) - set(missing_formats())
    assert {"mid", "ledger", "flac", "html", "cue-sheet"} <= set(formats()) - set(missing_formats())
    assert film_files(Path("out"), ["mid", "cue-sheet"]) == (Path("out/cue-sheet.csv"),)
    with pytest.raises(UnknownNameError, match="did you mean 'ledger'"):
        chosen_formats(["legder"])


def test_scenes_are_chosen_by_id() -> None:
    assert [scene.id for scene in chosen_scenes(STORY, [])] == ["1m1", "1m3"]
    assert [scene.id for scene in chosen_scenes(STORY, ["1m3", "1m1"])] == ["1m1", "1m3"]
    with pytest.raises(UnknownNameError, match="Accepted: 1m1, 1m2, 1m3"):
        chosen_scenes(STORY, ["2m1"])
    with pytest.raises(RangeError, match="'1m2' is source music"):
        chosen_scenes(STORY, ["1m2"])


def test_the_ledger_says_how_well_a_scene_does_where_it_is_measured(tmp_path: Path) -> None:
    plain, asked = (render(STORY, tmp_path, scenes=["1m1"], composer=Composer(), measured=measured)[0] for measured in (False, True))
    assert "measures" not in plain.ledger
    assert asked.takes == ()
    assert asked.ledger["measures"]["score"]["total"] > 0
    written = json.loads((tmp_path / "1m1.ledger.json").read_text(encoding="utf-8"))
    assert written["measures"]["arc"]["valence"] == asked.ledger["measures"]["arc"]["valence"]
    several = render(STORY, tmp_path, scenes=["1m1"], composer=Composer(), takes=2)[0]
    assert several.ledger["measures"]["score"]["total"] == several.takes[0].score.total
