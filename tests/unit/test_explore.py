"""Exploring: takes are kept line by line, resumed after a stop, and the listed ones are not alike."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from motifgen.errors import NotationError, RangeError
from motifgen.measure.distance import distance, sound_print
from motifgen.measure.score import WEIGHTS, Score, parts
from motifgen.story.arc import Arc
from motifgen.story.scene import Scene, Story
from motifgen.takes import Take, compose_takes, local_executor
from motifgen.takes.explore import distinct, explore
from motifgen.takes.taking import processes, ranked, take_seed, taken
from performing import played, recording

SCENE = Scene("1m1", 4, Arc.of((0, "calm"), (3, "fear")), seed=5)
STORY = Story(scenes=(SCENE, Scene("1m2", 4, Arc.of((0, "hope")))), seed=3)
FULL = Score(*[1.0] * 8)


@dataclass(frozen=True)
class Noted:
    """What a composed scene looks like to takes."""

    recording: object


class Composer:
    """Composes a few notes that the seed chooses, and counts."""

    def __init__(self, most=10**9):
        self.made, self.most = [], most

    def __call__(self, scene, story):
        if len(self.made) == self.most:
            raise KeyboardInterrupt
        assert [it for it in story.scenes if it.id == scene.id] == [scene]
        self.made.append((scene.id, scene.seed))
        base = 40 + scene.seed % 37
        return Noted(recording(played(rows=[(960 * n, 960 * n + 900, base + (n * (scene.seed % 5)), 60 + 7 * n) for n in range(6)])))


def test_a_stopped_exploration_goes_on_to_the_same_end(tmp_path):
    whole = explore(STORY, 6, tmp_path / "whole.jsonl", composer=Composer())
    path, first, second = tmp_path / "new/stopped.jsonl", Composer(most=8), Composer()
    with pytest.raises(KeyboardInterrupt):
        explore(STORY, 6, path, composer=first)
    path.write_bytes(path.read_bytes() + b'{"scene": "1m2", "num')  # as when the machine is switched off while a line is written
    told = []
    assert explore(STORY, 6, path, composer=second, progress=told.append) == whole
    assert (len(first.made), len(second.made), len(told)) == (8, 4, 12)
    assert not set(first.made) & set(second.made)
    assert path.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    third = Composer()
    assert explore(STORY, 6, path, composer=third) == whole
    assert third.made == []
    assert {name: made[:1] for name, made in explore(STORY, 2, path, composer=third, scenes=["1m2"]).items()}.keys() == {"1m2"}


def test_lines_hold_what_was_measured(tmp_path):
    made = explore(STORY, 2, tmp_path / "takes.jsonl", scenes=["1m1"], composer=Composer())
    head, *lines = [json.loads(line) for line in (tmp_path / "takes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert set(head) == {"motifgen", "takes", "film"}
    assert [line["number"] for line in lines] == [0, 1]
    assert lines[0]["seed"] == 5
    by_number = {take.number: take for take in made["1m1"]}
    assert lines[1]["score"]["total"] == by_number[1].score.total
    assert set(lines[0]["score"]) == {"total", *parts()}


def test_takes_of_another_film_are_not_mixed(tmp_path):
    path = tmp_path / "takes.jsonl"
    explore(STORY, 1, path, composer=Composer())
    before = path.read_bytes()
    with pytest.raises(RangeError, match="another film"):
        explore(replace(STORY, seed=4), 1, path, composer=Composer())
    for spoilt, said in ((b"no json\n", ":4: not a line"), (b"[]\n", ":4: not a JSON object"), (b'{"scene": 1}\n', ":4: not a take")):
        path.write_bytes(before + spoilt)
        with pytest.raises(NotationError, match=said):
            explore(STORY, 1, path, composer=Composer())
        assert path.read_bytes() == before + spoilt
    with pytest.raises(RangeError, match="0 takes"):
        explore(STORY, 0, path, composer=Composer())


def test_an_executor_changes_nothing_but_the_time(tmp_path):
    with ThreadPoolExecutor(3) as executor:
        there = explore(STORY, 5, tmp_path / "there.jsonl", executor=executor, composer=Composer())
    assert there == explore(STORY, 5, tmp_path / "here.jsonl", composer=Composer())


def test_other_processes_compose_the_same_takes():
    told = []
    with local_executor(1) as executor:
        there = compose_takes(SCENE, None, 2, executor, told.append)
    assert there == compose_takes(SCENE, None, 2)
    assert sorted(take.number for take in told) == [0, 1]
    assert all(take == taken(SCENE, Story(scenes=(SCENE,), seed=5), take.number) for take in there)


def test_a_fault_in_a_take_is_raised_and_the_rest_called_off(tmp_path):
    def composer(*_):
        raise RangeError("no such thing")

    with ThreadPoolExecutor(1) as executor, pytest.raises(RangeError, match="no such thing"):
        explore(STORY, 3, tmp_path / "takes.jsonl", executor=executor, composer=composer)


def test_processes_are_started_only_where_they_are_worth_it():
    with processes(1) as none:
        assert none is None
    with pytest.raises(RangeError, match="0 processes"):
        local_executor(0)
    with pytest.raises(RangeError, match="0 takes"):
        compose_takes(SCENE, count=0)


def test_the_best_take_costs_nothing_that_the_first_one_had():
    first = replace(FULL, tension=0.8, arousal=0.8)
    louder = replace(first, arousal=1.0, tension=0.77)
    better = replace(first, tension=0.9)
    both = replace(first, tension=0.81, arousal=0.81)
    missing = replace(FULL, hits=0.5)
    takes = [Take("1m1", number, number, score) for number, score in enumerate((first, louder, better, both, missing))]
    assert louder.total > better.total > both.total
    assert [take.number for take in ranked(takes)] == [3, 2, 0, 1, 4]
    assert [take.number for take in ranked(takes[1:])] == [1, 2, 3, 4]


def test_a_take_that_follows_the_arc_goes_before_one_that_does_not():
    first = replace(FULL, tension=0.6, arousal=1.0)
    turned = replace(FULL, tension=0.8, arousal=0.8)
    unplayable = replace(FULL, playable=0.5)
    assert [score.astray for score in (first, turned, FULL)] == [1, 0, 0]
    takes = [Take("1m1", number, number, score) for number, score in enumerate((first, turned, unplayable))]
    assert [take.number for take in ranked(takes)] == [1, 0, 2]


def test_weights_are_those_of_the_parts():
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
    assert set(WEIGHTS) == set(parts())


def test_seeds_of_takes_are_named_by_scene_and_number():
    seeds = [take_seed(SCENE, number) for number in range(200)]
    assert seeds[0] == 5
    assert len(set(seeds)) == 200
    assert max(seeds) < 2**53
    assert take_seed(replace(SCENE, id="2m1"), 1) != seeds[1]


def test_listed_takes_are_not_alike():
    def sounding(base):
        return sound_print(recording(played(rows=[(960 * n, 960 * n + 900, base + n, 80) for n in range(8)])))

    prints = [sounding(60), sounding(60), sounding(72), sounding(66)]
    takes = [Take("1m1", number, number, FULL, each) for number, each in enumerate(prints)]
    assert distance(prints[0], prints[1]) == 0.0
    assert distance(prints[0], prints[2]) == pytest.approx(0.2, abs=0.01)
    assert distance(prints[0], prints[3]) > distance(prints[0], prints[2])
    assert [take.number for take in distinct(takes, 3, 0.1)] == [0, 2, 3]
    assert [take.number for take in distinct(takes, 2, 0.0)] == [0, 1]
    assert [take.number for take in distinct(takes, 3, 0.3)] == [0, 3]
    for keep, apart in ((0, 0.1), (1, 1.5), (1, -0.1)):
        with pytest.raises(RangeError):
            distinct(takes, keep, apart)
