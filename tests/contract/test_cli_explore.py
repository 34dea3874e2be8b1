"""`motifgen explore`: a table of the best takes, a file of all, and going on after a stop."""

from __future__ import annotations

import json

import pytest

FILM = """\
motifgen: 1
style: piano
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}}
scenes:
  - {id: 1m1, length: 0:08, arc: [{at: 0, feel: calm}, {at: 6, feel: fear}], cast: [{who: mara}]}
  - {id: 1m2, length: 0:08, arc: [{at: 0, feel: hope}]}
"""


@pytest.fixture
def run(command, tmp_path):
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    return command


def test_explore_lists_the_best_and_goes_on_where_it_was(run, tmp_path):
    status, out, err = run("explore", "film.yaml", "--takes", "3", "--scene", "1m1", "--jobs", "1", "--apart", "0")
    head, *rows = [line.split("\t") for line in out.splitlines()]
    assert (status, head[:3], len(rows)) == (0, ["scene", "seed", "score"], 3)
    assert "3 takes" in err
    first, *lines = (tmp_path / "film.takes.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["takes"] == 2
    assert {str(json.loads(line)["seed"]) for line in lines} == {row[1] for row in rows}
    status, again, _ = run("explore", "film.yaml", "--takes", "3", "--scene", "1m1", "--jobs", "1", "--keep", "1")
    assert (status, again.splitlines()) == (0, out.splitlines()[:2])
    assert (tmp_path / "film.takes.jsonl").read_text(encoding="utf-8").splitlines() == [first, *lines]


def test_explore_refuses_a_file_of_something_else(run, tmp_path):
    (tmp_path / "other.jsonl").write_text('{"a": 1}\n', encoding="utf-8")
    status, out, err = run("explore", "film.yaml", "--takes", "1", "--jobs", "1", "-o", "other.jsonl")
    assert (status, out) == (2, "")
    assert "takes of another film" in err
    assert (tmp_path / "other.jsonl").read_text(encoding="utf-8") == '{"a": 1}\n'
