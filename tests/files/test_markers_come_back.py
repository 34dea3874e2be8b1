"""The lists of markers that a render writes: sections are there, and reading a list back changes nothing."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from motifgen.files.film_files import MARKER_FILES, marker_file
from motifgen.files.scene_file import read_story
from motifgen.files.timelines import Clock, read_timeline
from motifgen.files.timelines.update import started, update
from motifgen.story.timecode import FrameRate, Timecode
from motifgen.takes import render

FILM = """\
motifgen: 1
title: Tide
frame_rate: {rate}
style: piano
characters:
  mara: {{motif: {{key: D minor, notes: "D4/q A4/q. G4/e F4/q"}}}}
scenes:
  - id: 1m1            # the storm
    title: Storm
    start: 01:00:10:00
    length: 30
    arc: [{{at: 0, feel: calm}}, {{at: 12, feel: terror}}]
    cast: [{{who: mara}}]
    hits:
      - {{at: 7.1, what: "a | bar, and \\"quotes\\"", do: stinger}}  # the editor's own words
      - {{at: 20, what: one, on: downbeat}}
      - {{at: 20.03, what: two}}
      - {{at: 25, do: cut}}
  - id: 1m2
    start: 01:10:00:00
    source: {{title: Harbour Lights}}
    length: 10
"""


@pytest.fixture(scope="module", params=["24", "29.97df", "25"])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    rate = FrameRate.named(request.param)
    film = folder / "film.yaml"
    text = FILM.format(rate=rate)
    film.write_text(re.sub(r":(00)$", r";\1", text, flags=re.MULTILINE) if rate.drop else text)
    (rendered,) = render(read_story(film), folder, formats=[*MARKER_FILES, "ledger"])
    return film, rate, rendered.ledger


def read(film: Path, rate: FrameRate, name: str):
    zero = Timecode.parse(f"01:00:00{':;'[rate.drop]}00", rate)
    return read_timeline(film.parent / MARKER_FILES[name][0], Clock(rate, zero))


@pytest.mark.parametrize("name", MARKER_FILES)
def test_every_section_is_marked_at_its_frame(made, name):
    film, rate, ledger = made
    marks = [(mark.name, round(rate.frames(mark.at))) for mark in read(film, rate, name)]
    first = round(rate.frames(read_story(film).scenes[0].start.seconds))
    assert len(ledger["sections"]) >= 2
    for section in ledger["sections"]:
        at = first + round(section["start_seconds"] * float(rate.fps))
        assert any(title == f"1m1 {section['function']}" and abs(frame - at) <= 1 for title, frame in marks)


@pytest.mark.parametrize("name", MARKER_FILES)
def test_a_list_that_comes_back_changes_nothing(made, name):
    film, rate, _ = made
    found = update(film, read(film, rate, name))
    assert found.said == ()
    assert found.text == film.read_text()
    assert not found.outside


@pytest.mark.parametrize("name", MARKER_FILES)
def test_a_new_film_of_a_list_has_the_same_scene_and_hits(made, name, tmp_path):
    film, rate, _ = made
    again = tmp_path / "again.yaml"
    again.write_text(started(read(film, rate, name), rate, "Tide"))
    (scene,), (old, _) = read_story(again).scenes, read_story(film).scenes
    assert (scene.id, scene.title, scene.start) == (old.id, old.title, old.start)
    assert abs(scene.length - old.length) * rate.fps <= 1
    assert [(hit.do, hit.what.replace("/", "|")) for hit in scene.hits] == [(hit.do, hit.what) for hit in old.hits]
    for hit, was in zip(scene.hits, old.hits, strict=True):
        assert abs(hit.at - was.at) * rate.fps <= 1


def test_a_mark_that_a_list_rounds_past_the_scenes_end_is_the_end(tmp_path):
    film, rate = tmp_path / "film.yaml", FrameRate.named("23.976")
    film.write_text(FILM.format(rate="23.976").replace("length: 30", "end: 01:00:52:11"), encoding="utf-8")
    story = read_story(film)
    (tmp_path / MARKER_FILES["reaper"][0]).write_bytes(marker_file(story, MARKER_FILES["reaper"][1], {}))
    marks = read(film, rate, "reaper")
    end = story.scenes[0].start.seconds + story.scenes[0].length
    [last] = [mark for mark in marks if mark.name == "1m1 end"]
    assert last.at > end
    assert not update(film, marks).outside
    assert update(film, [replace(last, at=end + 1 / rate.fps)]).outside


def test_a_hit_that_is_heard_some_frames_off_says_so_in_its_note(made):
    film, rate, ledger = made
    notes = {mark.name: mark.note for mark in read(film, rate, "resolve")}
    off = {hit["what"]: hit["error_frames"] for hit in ledger["hits"]}
    assert abs(off["two"]) >= 0.5
    assert notes["HIT accent: two"] == f"heard {abs(off['two']):.1f} frames {'late' if off['two'] > 0 else 'early'}"
    assert not notes["HIT accent: one"]
