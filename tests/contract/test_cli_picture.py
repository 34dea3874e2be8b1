"""Time to picture and the plan on the command line: tempo, recut, spot, plan, explain, usage."""

from __future__ import annotations

import pytest

from motifgen.compose.planning import plan
from motifgen.compose.spotting import spot
from motifgen.files.midi import write_midi
from motifgen.files.midi_recording import read_recording
from motifgen.files.scene_file import read_story
from motifgen.takes import compose

FILM = """\
motifgen: 1
title: Two Rooms
style: chamber
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}}
scenes:
  - id: 1m1   # the storm
    start: 01:00:10:00
    length: 0:30
    arc: [{at: 0, feel: calm}, {at: 20, feel: fear}]
    cast: [{who: mara}]
    hits:
      - {at: 0:12, what: the door}
      - {at: 01:00:32:00, what: the lamp, do: stinger}
  - {id: 1m2, start: 01:01:00:00, length: 0:10, arc: [{at: 0, feel: hope}], cast: [{who: mara, from: 2}]}
"""
MARKS = "time,name\n01:00:22:00,accent: the door\n01:00:30:00,cut: dark\n01:05:00:00,later\n"


@pytest.fixture
def run(command, tmp_path):
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    return command


def text(tmp_path, name="film.yaml"):
    return (tmp_path / name).read_text(encoding="utf-8")


def test_tempo_lists_the_best_steady_tempi_of_each_scene(run):
    done = run("tempo", "film.yaml", "--scene", "1m1", "--range", "80-100", "--count", "3")
    head, *rows = (line.split("\t") for line in done.out.splitlines())
    assert (done.status, head[:3], len(rows)) == (0, ["scene", "bpm", "click"], 3)
    met = [int(row[3]) for row in rows]
    assert met == sorted(met, reverse=True)
    assert met[0] == 2
    assert all(80 <= float(row[1]) <= 100 and row[0] == "1m1" and len(row[7].split()) == 2 for row in rows)
    bpm = float(rows[0][1])
    assert abs((12 * bpm / 60) - round(12 * bpm / 60)) * 60 / bpm * 24 <= 1
    quiet = run("tempo", "film.yaml", "--scene", "1m2")
    assert (quiet.status, quiet.err) == (0, "1m2: it has no hits; every tempo meets them all\n")


def test_recut_moves_what_lies_after_the_edit_and_says_so(run, tmp_path):
    done = run("recut", "film.yaml", "--scene", "1m1", "--at", "0:15", "--by", "-24f")
    assert done.status == 0
    assert "1m1: hits 'the lamp': 01:00:32:00 -> 01:00:31:00" in done.out
    after = text(tmp_path)
    for kept in ("id: 1m1   # the storm", "{at: 0:12, what: the door}", "start: 01:00:10:00"):
        assert kept in after
    for moved in ("length: 0:29", "{at: 19, feel: fear}", "01:00:31:00, what: the lamp", "start: 01:00:59:00"):
        assert moved in after


def test_a_change_list_does_what_its_edits_do_and_the_old_file_may_be_kept(run, tmp_path):
    (tmp_path / "list.txt").write_text("at,by,scene\n0:15,-24f,1m1\n\n# more\n01:01:05:00 +12f\n", encoding="utf-8")
    assert run("recut", "film.yaml", "--list", "list.txt", "-o", "new.yaml").status == 0
    assert text(tmp_path) == FILM
    run("recut", "film.yaml", "--scene", "1m1", "--at", "0:15", "--by", "-24f", "--at", "01:01:05:00", "--by", "+12f")
    assert text(tmp_path) == text(tmp_path, "new.yaml") != FILM


def test_every_line_of_a_change_list_that_cannot_be_read_is_named(run, tmp_path):
    (tmp_path / "list.txt").write_text("0:15 -24f\n0:15 -24f 1m9\n01:00:15:00\n01:00:15:00 much\n", encoding="utf-8")
    done = run("recut", "film.yaml", "--list", "list.txt")
    assert (done.status, text(tmp_path)) == (2, FILM)
    assert [line.split(" ")[0] for line in done.err.splitlines()] == [f"list.txt:{line}:1:" for line in (1, 2, 3, 4)]


def test_spot_makes_a_film_from_markers(run, tmp_path):
    (tmp_path / "reel.csv").write_text(MARKS, encoding="utf-8")
    done = run("spot", "reel.csv", "-o", "new.yaml", "--rate", "25", "--title", "Reel 1")
    assert (done.status, done.out) == (0, "new.yaml is made from 3 marks. Next: motifgen check new.yaml\n")
    story = read_story(tmp_path / "new.yaml")
    assert (story.title, str(story.frame_rate)) == ("Reel 1", "25")
    assert [(hit.do, hit.what) for hit in story.scenes[0].hits] == [("accent", "the door"), ("cut", "dark"), ("accent", "later")]
    assert run("spot", "reel.csv", "--rate", "25", "--title", "Reel 1").out == text(tmp_path, "new.yaml")


def test_spot_updates_a_film_and_keeps_its_comments(run, tmp_path):
    (tmp_path / "reel.csv").write_text(MARKS.replace("22:00", "23:00"), encoding="utf-8")
    done = run("spot", "reel.csv", "-o", "film.yaml")
    assert done.status == 0
    assert "1m1: the accent 'the door' moved from 0:12 to 01:00:23:00" in done.out
    assert "1m1: added the cut 'dark' at 01:00:30:00" in done.out
    assert done.err == "film.yaml: the mark 'later' at 01:05:00:00 lies in no scene; it is left out\n"
    assert "# the storm" in text(tmp_path)
    assert [hit.do for hit in read_story(tmp_path / "film.yaml").scenes[0].hits] == ["accent", "stinger", "cut"]


def test_a_plan_is_pasted_back_as_the_same_statements(run, tmp_path):
    done = run("plan", "film.yaml", "--scene", "1m2")
    head, *lines = done.out.splitlines()
    assert (done.status, head, lines[0]) == (0, "# 1m2", "statements:")
    places = [line.strip() for line in lines if line.strip().startswith("- {at: bar ")]
    assert places
    before = FILM.replace("  - {id: 1m2, start: 01:01:00:00, length: 0:10, arc: [{at: 0, feel: hope}], cast: [{who: mara, from: 2}]}\n", "")
    pasted = (
        before + "  - id: 1m2\n    start: 01:01:00:00\n    length: 0:10\n    arc: [{at: 0, feel: hope}]\n    cast: [{who: mara, from: 2}]\n"
    )
    (tmp_path / "film.yaml").write_text(pasted + "".join(f"    {line}\n" for line in lines), encoding="utf-8")
    story = read_story(tmp_path / "film.yaml")
    made = plan(spot(story.scenes[1], story))
    assert len([it for it in made.statements if it.asked]) == len(places)


def test_explain_says_what_is_composed_in_a_bar(run):
    done = run("explain", "film.yaml", "--scene", "1m2", "--bar", "2")
    assert done.status == 0
    assert done.out.startswith("Bar 2 (")
    assert "Chords: " in done.out


def test_the_usage_map_is_a_table_and_a_picture(run, tmp_path):
    table, keys = (part.splitlines() for part in run("usage", "film.yaml").out.split("\n\n"))
    assert keys[0].split("\t") == ["scene", "from", "key", "why"]
    assert all(len(row.split("\t")) == 4 for row in keys[1:])
    assert table[0].split("\t") == ["who", "scene", "at", "as", "changed", "key", "likeness", "silent before"]
    assert table[1].startswith("Mara\t1m1\t")
    assert {line.split("\t")[1] for line in table[1:]} == {"1m1", "1m2"}
    assert run("usage", "film.yaml", "-o", "map.svg").out == "map.svg\n"
    assert text(tmp_path, "map.svg").startswith("<svg")


def test_music_is_measured_against_its_scene_whoever_wrote_it(run, tmp_path):
    story = read_story(tmp_path / "film.yaml")
    (tmp_path / "1m1.mid").write_bytes(write_midi(compose(story.scenes[0], story).recording))
    done = run("measure", "1m1.mid", "film.yaml")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert (done.status, rows[0]) == (0, ["what", "where", "measured", "as it should be"])
    named = {row[0]: row for row in rows}
    assert named["hit: accent the door"][1] == "12.00 s"
    assert named["hit: accent the door"][2].startswith("heard, ")
    assert "tension" in named
    assert not [row for row in rows if row[0] == "unplayable"]
    other = run("measure", "1m1.mid", "film.yaml", "--scene", "1m2")
    assert "1m1.mid: the music goes on for " in other.err


def test_keys_that_switch_articulations_are_no_music(run, tmp_path):
    (tmp_path / "film.yaml").write_text(FILM.replace("style:", "library: vsco\nstyle:"), encoding="utf-8")
    run("render", "film.yaml", "--scene", "1m1", "--format", "mid", "-o", ".")
    assert min(part.notes["pitch"].min() for part in read_recording(tmp_path / "1m1.mid").parts) < 40
    assert "unplayable" not in run("measure", "1m1.mid", "film.yaml").out


def test_measures_are_json_on_request(run, tmp_path):
    import json  # noqa: PLC0415 - only here

    story = read_story(tmp_path / "film.yaml")
    (tmp_path / "other.mid").write_bytes(write_midi(compose(story.scenes[0], story).recording))
    report = json.loads(run("measure", "other.mid", "film.yaml", "--scene", "1m1", "--json").out)
    assert (report["scene"], len(report["hits"])) == ("1m1", 2)
    assert -1 <= report["tension"] <= 1
    assert 0 <= report["score"] <= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tempo", "film.yaml", "--range", "fast"], "cannot read the range 'fast'; accepted: two tempi as in '60-140'"),
        (["tempo", "film.yaml", "--range", "140-60"], "the range is 140 to 60; accepted: rising"),
        (["tempo", "film.yaml", "--scene", "1m9"], "unknown scene"),
        (["recut", "film.yaml"], "no edit is given; accepted: --at 0:42 --by -14f, or --list"),
        (["recut", "film.yaml", "--at", "0:42"], "accepted: a --by for each --at"),
        (["recut", "film.yaml", "--at", "0:42", "--by", "+2f"], "counts from a scene's start, but which?"),
        (["recut", "film.yaml", "--at", "01:00:12:00", "--by", "lots"], "cannot move by 'lots'"),
        (["recut", "film.yaml", "--list", "no.txt"], "no.txt: No such file"),
        (["spot", "no.csv"], "no.csv: No such file"),
        (["spot", "film.yaml"], "is no list of markers that is known"),
        (["spot", "film.yaml", "--rate", "26"], "unknown frame rate"),
        (["spot", "film.yaml", "--kind", "reapr"], "did you mean 'reaper'"),
        (["spot", "film.yaml", "--zero", "1:00"], "cannot read the timecode '1:00'"),
        (["plan", "film.yaml", "--scene", "1m9"], "unknown scene"),
        (["explain", "film.yaml"], "--bar"),
        (
            ["explain", "film.yaml", "--bar", "3"],
            "the file has 2 composed scenes, and none is named; accepted: --scene with one of 1m1, 1m2",
        ),
        (["explain", "film.yaml", "--bar", "300", "--scene", "1m2"], "there is no bar 300"),
        (["usage", "film.yaml", "-o", "no/map.svg"], "there is no such folder"),
        (["measure", "film.yaml", "film.yaml", "--scene", "1m1"], "film.yaml: not a MIDI file that can be read"),
        (["measure", "no.mid", "film.yaml", "--scene", "1m1"], "no.mid: No such file"),
        (["play", "film.yaml", "--soundfont", "no.sf2"], "the soundfont 'no.sf2' is not there"),
        (["play", "film.yaml", "--scene", "1m9"], "unknown scene"),
        (["watch", "film.yaml", "--format", "mdi"], "did you mean 'mid'"),
    ],
)
def test_what_cannot_be_done_is_refused_plainly_and_changes_nothing(run, tmp_path, arguments, said):
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["film.yaml"]
    assert text(tmp_path) == FILM
