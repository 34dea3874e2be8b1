"""Data sets: takes and variants with their labels, as JSON lines and as Parquet, read back and gone on with."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import pytest

from motifgen.cli import main
from motifgen.errors import ComposeError, MissingError, NotationError, RangeError
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.scene import Cast, Character, Hit, Scene, Story
from motifgen.takes.explore import explore
from motifgen.takes.journal import Journal
from motifgen.takes.parquet import ParquetFolder
from motifgen.takes.rows import Lines
from motifgen.takes.taking import taken
from motifgen.takes.variants import kind, variants, write_variants

parquet = pytest.importorskip("pyarrow.parquet")
OATH = Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor")
THEMES = {"oath": OATH, "call": Motif.parse("C5/q G5/e E5/e C5/h", key="C major")}
SCENE = Scene("1m1", 8, Arc.of((0, "calm"), (6, "fear")), cast=[Cast(Character("mara", motif=OATH))], hits=[Hit(5, "accent")], seed=5)
STORY = Story(scenes=(SCENE,), seed=3)


def rows(path):
    """What any other program reads of a data set."""
    if path.suffix == ".parquet":
        return parquet.read_table(path).to_pylist()
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def stop_after(data, made):
    """Write rows, then be stopped by Ctrl-C."""
    with data.writing() as write:
        for row in made:
            write(row)
        raise KeyboardInterrupt


def test_a_take_says_what_it_was_composed_as_and_what_was_measured():
    labels = taken(SCENE, STORY, 1).labels
    assert (labels.seconds, labels.hits, labels.leads, labels.faults) == (8.0, 1, 1, 0)
    assert labels.keys
    assert labels.notes > 8
    assert all(20 < tempo < 300 for tempo in labels.tempos)
    assert all(text.startswith("mara: ") for text in labels.statements)
    assert labels.leads_found == 1
    assert len(labels.likenesses) == len(labels.statements) > 0
    for step in labels.transforms:
        parse_transform(step)
    assert eval(repr(labels), {"Labels": type(labels)}) == labels  # noqa: S307 - a value is its own repr


def test_takes_in_parquet_are_those_in_json_lines(tmp_path):
    path = tmp_path / "new/takes.parquet"
    assert explore(STORY, 3, path) == explore(STORY, 3, tmp_path / "takes.jsonl")
    told = []
    assert explore(STORY, 3, path, composer=None, progress=told.append)["1m1"][0] in told
    found, lines = rows(path), rows(tmp_path / "takes.jsonl")
    assert [row["number"] for row in found] == [0, 1, 2]
    for row, line in zip(found, lines, strict=True):
        assert row["score.total"] == line["score"]["total"]
        assert row["labels.tension"] == line["labels"]["tension"]
        assert row["labels.statements"] == line["labels"]["statements"]
        assert row["print"] == line["print"]
    assert Journal.of(path, STORY).takes() == Journal.of(tmp_path / "takes.jsonl", STORY).takes()


def test_parquet_goes_on_after_a_stop_and_is_written_group_by_group(tmp_path):
    whole, stopped = (ParquetFolder(tmp_path / name, kind(THEMES, 4, 0, 2), group=3) for name in ("whole.parquet", "stopped.parquet"))
    made = [asdict(variant) for variant in variants(THEMES, 4, steps=2)]
    with whole.writing() as write:
        for row in made:
            write(row)
    assert [len(rows(part)) for part in sorted(whole.path.iterdir())] == [3, 3, 2]
    with pytest.raises(KeyboardInterrupt):
        stop_after(stopped, made[:4])
    assert [row["text"] for _, row in stopped.read()] == [row["text"] for row in made[:4]]
    with stopped.writing() as write:
        for row in made[4:]:
            write(row)
    assert rows(stopped.path) == rows(whole.path)
    assert not list(stopped.path.glob("*.unfinished"))


def test_other_data_is_not_mixed(tmp_path):
    path = tmp_path / "v.parquet"
    write_variants(THEMES, 2, path)
    for other in ({"seed": 1}, {"steps": 2}):
        with pytest.raises(RangeError, match="variants of other themes"):
            write_variants(THEMES, 2, path, **other)
    with pytest.raises(RangeError, match="takes of another film"):
        explore(STORY, 1, path)
    (path / "part-00000.parquet").write_bytes(b"no")
    with pytest.raises(NotationError, match="not a Parquet file; accepted: what 'motifgen variants' has written"):
        write_variants(THEMES, 2, path)
    (tmp_path / "file.parquet").write_bytes(b"PAR1")
    with pytest.raises(RangeError, match="is a file; accepted: a folder"):
        write_variants(THEMES, 2, tmp_path / "file.parquet")


def test_without_pyarrow_json_lines_are_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingError, match=r"pip install motifgen\[data\]"):
        write_variants(THEMES, 1, tmp_path / "v.parquet")
    assert not (tmp_path / "v.parquet").exists()
    assert write_variants(THEMES, 1, tmp_path / "v.jsonl") == 2


def test_variants_are_what_their_labels_say():
    made = list(variants(THEMES, 60, seed=4))
    assert [variant.number for variant in made] == [*range(60), *range(60)]
    assert len({(variant.theme, variant.text) for variant in made}) == 120
    for variant in made:
        again = THEMES[variant.theme]
        for step in variant.steps:
            again = parse_transform(step)(again)
        assert again.text(heading=True) == variant.text != variant.source
        assert variant.likeness == round(likeness(THEMES[variant.theme], again).total, 6)
        assert len(variant.families) == len(variant.steps) <= 3
        assert variant.hard == sum(parse_transform(step).hard for step in variant.steps)
        assert (variant.key, variant.mode, variant.meter) == (str(again.key), again.key.mode.name, str(again.meter))
        assert variant.pitches == tuple(pitch.midi for *_, pitch in again.sounding())
        assert len(variant.onsets) == len(variant.lengths) == len(variant.pitches)
    assert {len(variant.steps) for variant in made} == {1, 2, 3}
    assert len({family for variant in made for family in variant.families}) >= 5
    assert made[:3] == list(variants({"oath": OATH}, 60, seed=4))[:3]
    assert made[0] != next(variants(THEMES, 60, seed=5))


def test_variants_go_on_after_a_stop_to_the_same_end(tmp_path):
    whole, path = tmp_path / "whole.jsonl", tmp_path / "stopped.jsonl"
    assert write_variants(THEMES, 9, whole) == 18
    lines = whole.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:7]) + lines[7][:20])
    assert write_variants(THEMES, 9, path) == 12
    assert path.read_bytes() == whole.read_bytes()
    write_variants(THEMES, 9, tmp_path / "whole.parquet")
    assert rows(tmp_path / "whole.parquet") == rows(whole)
    assert [row for _, row in Lines(whole, kind(THEMES, 9, 0, 3)).read()] == rows(whole)


def test_what_variants_cannot_be_made_of_is_refused(monkeypatch):
    monkeypatch.setattr("motifgen.takes.variants._TRIES", 3)
    for asked, said in (((THEMES, 0), "0 variants"), (({}, 1), "no theme")):
        with pytest.raises(RangeError, match=said):
            next(variants(*asked))
    with pytest.raises(RangeError, match="up to 9 steps"):
        next(variants(THEMES, 1, steps=9))
    two = Motif.parse("C4/q G4/q")
    with pytest.raises(ComposeError, match="are made, and no other was found; accepted: fewer"):
        list(variants({"two": two}, 1000, steps=1))


def test_the_command_writes_a_labeled_set(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["motifgen", "variants", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, capsys.readouterr()

    given = ("D minor 4/4: D4/q A4/q. G4/e F4/h", "--invent", "brave lonely", "--themes", "2", "--count", "4", "-o", "v.parquet")
    status, said = command(*given)
    assert (status, said.out) == (0, "v.parquet: 12 variants of 3 themes, 12 of them new\n")
    assert {row["theme"] for row in rows(tmp_path / "v.parquet")} == {"1", "brave lonely 1", "brave lonely 2"}
    assert "0 of them new" in command(*given)[1].out
    status, said = command()
    assert status == 2
    assert "no theme is given" in said.err
