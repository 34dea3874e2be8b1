"""A recut moves every later time, and touches nothing else of the file."""

from fractions import Fraction

import pytest

from motifgen.errors import NotationError, SceneFileError, UnknownNameError
from motifgen.files.scene_file import read_story
from motifgen.files.timelines.recut import Edit, edit, recut
from motifgen.story.scene import Scene, Span

FILM = """motifgen: 1
frame_rate: 24   # film
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q"}}
scenes:
  - id: 1m1
    start: 01:00:00:00
    length: 1:30         # to the storm
    arc:
      - {at: 0, feel: calm}
      - {at: 0:40, feel: terror}   # the wave
    cast: [{who: mara, from: 0:10, to: 0:50}]
    hits:
      - {at: 01:00:44:12, what: the wave, do: accent}
      - {at: 60.5, what: "she turns", do: reveal, who: mara}
    dialogue: [{from: 0:20, to: 0:24}]
    statements: [{at: bar 3, who: mara}]
  - id: 1m2
    start: "01:02:00:00"
    end: 01:03:00:00
    arc: [{at: 0, feel: calm}]
    hits: [{at: 0:30, what: a door}, {at: 01:02:45:00, what: a face}]
"""


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.yaml"
    path.write_text(FILM)
    return path


def after(film, *edits):
    text, said = recut(film, edits)
    film.write_text(text)
    return read_story(film), text, said


def test_fourteen_frames_out_move_all_that_comes_later(film):
    story = read_story(film)
    moved, text, said = after(film, edit("0:42", "-14f", story, "1m1"))
    first, second = moved.scenes
    gone = Fraction(14, 24)
    assert isinstance(first, Scene)
    assert abs(first.length - (90 - gone)) < Fraction(1, 10**6)
    assert [point.at for point in first.arc.points] == [0, 40]
    assert first.cast[0].span == Span(Fraction(10), 50 - gone)
    assert [hit.at for hit in first.hits] == [Fraction("44.5") - gone, Fraction("60.5") - gone]
    assert first.dialogue == (Span(Fraction(20), Fraction(24)),)
    assert str(second.start) == "01:01:59:10"
    assert second.length == 60
    assert [hit.at for hit in second.hits] == [30, 45]
    assert "1m1: hits 'the wave': 01:00:44:12 -> 01:00:43:22" in said
    assert "1m2: start: 01:02:00:00 -> 01:01:59:10" in said
    assert not any("bar 3" in sentence and " -> " in sentence for sentence in said)
    assert "{at: bar 3, who: mara}" in text
    assert text.count("\n") == FILM.count("\n")


def test_nothing_but_times_is_touched(film):
    text, said = recut(film, [Edit(86_400 + 24 * 42, 24)])
    changed = [(old, new) for old, new in zip(FILM.split("\n"), text.split("\n"), strict=True) if old != new]
    assert len(changed) == len([line for line in said if " -> " in line]) == 7
    assert "    length: 1:31         # to the storm" in text
    assert 'start: "01:02:01:00"' in text
    assert "cast: [{who: mara, from: 0:10, to: 0:51}]" in text
    assert '{at: 61.5, what: "she turns", do: reveal, who: mara}' in text


def test_in_and_out_again_is_nothing(film):
    there, _ = recut(film, [Edit(86_400 + 24 * 42, 48)])
    film.write_text(there)
    back, _ = recut(film, [Edit(86_400 + 24 * 42, -48)])
    assert back == FILM


def test_several_edits_count_frames_of_the_picture_as_it_was(film):
    edits = [Edit(86_400 + 24 * 5, -24), Edit(86_400 + 24 * 45, 48)]
    one, _ = recut(film, edits)
    other, _ = recut(film, edits[::-1])
    assert one == other
    film.write_text(one)
    first = read_story(film).scenes[0]
    assert [hit.at for hit in first.hits] == [Fraction("43.5"), Fraction("61.5")]
    assert first.length == 91


def test_what_lay_in_the_cut_is_said(film):
    story, _, said = after(film, Edit(86_400 + 24 * 44, -24))
    assert story.scenes[0].hits[0].at == 44
    assert "1m1: hits 'the wave' lay in what was taken out; it is now on the cut" in said


def test_an_edit_between_scenes_moves_only_the_later_one(film):
    story, _, _ = after(film, edit("01:01:45:00", "+10f", read_story(film)))
    assert story.scenes[0].length == 90
    assert str(story.scenes[1].start) == "01:02:00:10"


@pytest.mark.parametrize(
    ("at", "by", "line", "said"),
    [
        (24 * 20, -24 * 4, 16, "wholly in what is taken out"),
        (24 * 110, -24 * 80, 18, "scene 1m2 would vanish"),
    ],
)
def test_what_would_vanish_is_a_located_fault(film, at, by, line, said):
    with pytest.raises(SceneFileError) as error:
        recut(film, [Edit(86_400 + at, by)])
    assert error.value.faults[0].line == line
    assert said in error.value.faults[0].message
    assert film.read_text() == FILM


def test_a_scene_without_a_start_cannot_move(film):
    film.write_text(FILM.replace("    start: 01:00:00:00\n", ""))
    with pytest.raises(SceneFileError, match="no 'start' that could move"):
        recut(film, [Edit(80_000, 5)])


def test_a_file_with_faults_is_not_recut(film):
    film.write_text(FILM.replace("terror", "terorr"))
    with pytest.raises(SceneFileError, match="did you mean 'terror'"):
        recut(film, [Edit(86_400, 5)])


@pytest.mark.parametrize(("by", "frames"), [("-14f", -14), ("+2f", 2), ("3 frames", 3), ("-0:01.5", -36), ("2", 48), ("+1.25", 30)])
def test_edits_as_people_write_them(film, by, frames):
    assert edit("01:00:10:00", by, read_story(film)) == Edit(86_640, frames)


@pytest.mark.parametrize("by", ["", "0f", "-", "f", "ten", "-01:00:00:00", "--3f"])
def test_what_is_no_edit_is_said(film, by):
    with pytest.raises(NotationError, match=r"accepted: frames as '-14f'|accepted: seconds"):
        edit("01:00:10:00", by, read_story(film))


def test_a_time_needs_its_scene(film):
    story = read_story(film)
    with pytest.raises(NotationError, match=r"1m1, 1m2"):
        edit("0:42", "-1f", story)
    with pytest.raises(UnknownNameError, match="did you mean '1m2'"):
        edit("0:42", "-1f", story, "1m22")
    assert edit("0:42", "-1f", story, "1m2").at == 89_280 + 42 * 24


def test_a_time_that_stays_where_it_is_in_its_scene_is_not_rewritten(tmp_path):
    film = tmp_path / "film.yaml"
    film.write_text(FILM.replace("frame_rate: 24 ", "frame_rate: 23.976 ").replace("at: 0:30, what: a door", "at: 0:30.5, what: a door"))
    story = read_story(film)
    text, said = recut(film, [edit("0:42", "-14f", story, "1m1")])
    assert "at: 0:30.5, what: a door" in text
    assert [line for line in said if line.startswith("1m2")] == [
        "1m2: start: 01:02:00:00 -> 01:01:59:10",
        "1m2: end: 01:03:00:00 -> 01:02:59:10",
        "1m2: hits 'a face': 01:02:45:00 -> 01:02:44:10",
    ]


def test_what_is_counted_in_bars_is_said_where_the_edit_may_move_them(film):
    _, said = recut(film, [edit("0:42", "-14f", read_story(film), "1m1")])
    assert "1m1: the statement at 'bar 3' is counted in bars, which this edit may move; look at it" in said
    _, elsewhere = recut(film, [edit("0:10", "-14f", read_story(film), "1m2")])
    assert not [line for line in elsewhere if "bars" in line]


def test_line_ends_and_the_byte_order_mark_of_windows_stay(tmp_path):
    film = tmp_path / "film.yaml"
    film.write_bytes(b"\xef\xbb\xbf" + FILM.replace("\n", "\r\n").encode())
    text, said = recut(film, [edit("0:42", "-14f", read_story(film), "1m1")])
    assert said
    assert text.startswith("\ufeffmotifgen: 1\r\n")
    assert text.count("\r\n") == text.count("\n") == FILM.count("\n")
