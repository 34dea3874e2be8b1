"""Takes on a real Dask cluster of two processes on this machine, one of which is killed while it composes."""

from __future__ import annotations

import logging
import sys
from functools import partial

import pytest

from dying import dying_once
from motifgen.cli import main
from motifgen.errors import MissingError, NotationError, RangeError
from motifgen.story.arc import Arc
from motifgen.story.scene import Scene, Story
from motifgen.takes.executors import executor_at
from motifgen.takes.explore import explore
from motifgen.takes.taking import take_seed

distributed = pytest.importorskip("distributed")
STORY = Story(scenes=(Scene("1m1", 4, Arc.of((0, "calm"), (3, "fear")), seed=5),), seed=3)
FILM = "motifgen: 1\nstyle: piano\nscenes:\n  - {id: 1m1, length: 0:04, arc: [{at: 0, feel: calm}]}\n"


@pytest.fixture(scope="module")
def cluster():
    with local(2) as made:
        yield made


def local(workers):
    options = {"threads_per_worker": 1, "processes": True, "host": "127.0.0.1", "dashboard_address": ":0"}
    return distributed.LocalCluster(n_workers=workers, silence_logs=logging.CRITICAL, **options)


@pytest.fixture
def address(cluster):
    return cluster.scheduler_address.replace("tcp://", "dask://")


def test_a_worker_that_is_killed_loses_no_take(address, tmp_path):
    death = tmp_path / "died"
    composer = partial(dying_once, str(death), take_seed(STORY.scenes[0], 3))
    with executor_at(address) as executor:
        there = explore(STORY, 8, tmp_path / "there.jsonl", executor=executor, composer=composer)
    assert death.exists()
    assert [take.number for take in sorted(there["1m1"], key=lambda take: take.number)] == list(range(8))
    assert there == explore(STORY, 8, tmp_path / "here.jsonl")
    lines = [(tmp_path / name).read_text(encoding="utf-8").splitlines() for name in ("there.jsonl", "here.jsonl")]
    assert sorted(lines[0]) == sorted(lines[1])


def test_the_command_takes_an_address(address, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    said = []
    for where in (["--executor", address], ["--jobs", "1", "-o", "here.jsonl"]):
        monkeypatch.setattr(sys, "argv", ["motifgen", "explore", "film.yaml", "--takes", "2", "--apart", "0", *where])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 3


def test_a_cluster_is_for_takes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    for words, said in (("render film.yaml", "--takes 2 or more"), ("explore film.yaml --jobs 2", "one of them")):
        monkeypatch.setattr(sys, "argv", ["motifgen", *words.split(), "--executor", "dask://node:8786"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["", "node:8786", "tcp://node:8786", "dask://", "dask://node", "dask://node:0", "dask://node:99999", "dask://node:1/a"]
)
def test_addresses_that_cannot_be_read(address):
    with pytest.raises(NotationError, match="accepted: dask://HOST:PORT"), executor_at(address):
        pass


def test_nobody_answers(monkeypatch):
    monkeypatch.setattr("motifgen.takes.executors.PATIENCE", 0.2)
    with pytest.raises(ConnectionError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9 "), executor_at("dask://127.0.0.1:9"):
        pass


def test_a_cluster_without_workers_and_one_of_another_version_are_refused(address, monkeypatch):
    monkeypatch.setattr("motifgen.takes.executors.__version__", "0.0.0")
    with pytest.raises(RangeError, match=r"has motifgen .*accepted: motifgen 0\.0\.0"), executor_at(address):
        pass
    empty = local(0)
    with empty, pytest.raises(RangeError, match="has no worker"), executor_at(empty.scheduler_address.replace("tcp://", "dask://")):
        pass


def test_without_dask_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError, match=r"pip install motifgen\[cluster\]"), executor_at("dask://node:8786"):
        pass
