"""Pages on the command line: the score and the short score as PDF and SVG, all of them or none."""

from __future__ import annotations

import pytest

from motifgen import output
from motifgen.files import pages
from motifgen.files.pages import by_verovio, programs

FILM = """\
motifgen: 1
title: Harbor
style: chamber
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}, voice: cello}
scenes:
  - {id: 1m1, title: Storm, length: 0:08, arc: [{at: 0, feel: calm}], cast: [{who: mara}], hits: [{at: 3, what: the door}]}
"""


@pytest.fixture
def run(command, tmp_path):
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    return command


def test_a_render_writes_scores_and_pages(run, tmp_path):
    code, said, _ = run(
        "render", "film.yaml", "-o", "out", "--format", "musicxml,short,pdf,short-pdf,svg,short-svg", "--engraver", "Verovio"
    )
    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert code == 0
    assert made == ["1m1.1.svg", "1m1.musicxml", "1m1.pdf", "1m1.short.1.svg", "1m1.short.musicxml", "1m1.short.pdf"]
    assert all(name in said for name in made)
    assert (tmp_path / "out" / "1m1.pdf").read_bytes() != (tmp_path / "out" / "1m1.short.pdf").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "mid", "--engraver", "verovio"), "--engraver needs pages; accepted: --format pdf or svg"),
        (("--format", "pdf", "--engraver", "musescor"), "unknown engraver 'musescor'; did you mean 'MuseScore'"),
    ],
)
def test_wrong_asking_is_said_before_anything_is_composed(run, tmp_path, arguments, words):
    code, _, said = run("render", "film.yaml", "-o", "out", *arguments)
    assert code != 0
    assert words in said
    assert not (tmp_path / "out").exists()


def test_without_an_engraver_nothing_is_lost_and_the_way_is_shown(run, tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "1m1.pdf").write_bytes(b"of last week")
    monkeypatch.setattr(by_verovio, "there", lambda: False)
    monkeypatch.setattr(programs, "musescore", lambda: "")
    monkeypatch.setattr(programs, "lilypond", lambda: "")
    code, _, said = run("render", "film.yaml", "-o", "out", "--format", "pdf,mid")
    assert code != 0
    assert all(way in said for way in pages.ENGRAVERS.values())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["1m1.pdf"]
    assert (tmp_path / "out" / "1m1.pdf").read_bytes() == b"of last week"
    assert set(output.PAGES) <= set(output.missing_formats())
    _, said, _ = run("doctor")
    rows = {line.split("\t")[0]: line for line in said.splitlines()}
    assert all("not found" in rows[name] and pages.ENGRAVERS[name] in rows[name] for name in pages.ENGRAVERS)


def test_last_pages_of_a_longer_render_are_removed_and_nothing_else(run, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    others = ("1m1.7.svg", "1m1.notes.svg", "1m1.short.2.svg", "1m10.2.svg")
    for name in ("1m1.2.svg", "1m1.3.svg", *others):
        (folder / name).write_text("old", encoding="utf-8")
    assert run("render", "film.yaml", "-o", "out", "--format", "svg", "--engraver", "verovio")[0] == 0
    assert sorted(path.name for path in folder.iterdir()) == sorted(("1m1.1.svg", *others))
