"""Markers from an editor's timeline put into a scene arc file."""

from fractions import Fraction

import pytest

from motifgen.errors import NotationError
from motifgen.files.scene_file import read_story
from motifgen.files.timelines import Mark, of_scene
from motifgen.files.timelines.update import started, update
from motifgen.story.timecode import FrameRate

FILM = """motifgen: 1
scenes:
  - id: 1m1
    start: 01:00:00:00
    length: 1:30         # to the storm
    hits:
      - {at: 01:00:44:12, what: the wave, do: accent}   # loud
      - {at: 60.5, what: "she turns", do: reveal}
    arc: [{at: 0, feel: calm}]
  - id: 1m2
    start: 01:02:00:00
    length: 60
    arc:
      - {at: 0, feel: calm}
  - id: 1m3
    start: 01:04:00:00
    length: 60
    hits: [{at: 5, what: a door}]
    arc: [{at: 0, feel: calm}]
"""


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.yaml"
    path.write_text(FILM)
    return path


def hits(path, text):
    path.write_text(text)
    return [[(float(hit.at), hit.do, hit.what) for hit in scene.hits] for scene in read_story(path).scenes]


def test_moved_hits_move_new_ones_are_added_and_comments_stay(film):
    marks = [
        Mark(3600 + 45, "accent: the wave"),
        Mark(3600 + 70, 'stinger: a "face"'),
        Mark(3720 + 10, "cut: dark"),
        Mark(3840 + 5, "HIT a door"),
        Mark(3840 + 9, "a bell"),
        Mark(9999, "credits"),
    ]
    found = update(film, marks)
    assert "{at: 01:00:45:00, what: the wave, do: accent}   # loud" in found.text
    assert "length: 1:30         # to the storm" in found.text
    assert hits(film, found.text) == [
        [(45, "accent", "the wave"), (60.5, "reveal", "she turns"), (70, "stinger", 'a "face"')],
        [(10, "cut", "dark")],
        [(9, "accent", "a bell"), (5, "accent", "a door")],
    ]
    assert found.outside == (marks[-1],)
    assert "1m1: the accent 'the wave' moved from 01:00:44:12 to 01:00:45:00" in found.said
    assert "1m1: no mark names the reveal 'she turns'; it is kept" in found.said
    assert "1m2: added the cut 'dark' at 01:02:10:00" in found.said


def test_a_files_own_marks_change_nothing(film):
    marks = [mark for scene in read_story(film).scenes for mark in of_scene(scene)]
    found = update(film, marks)
    assert found.text == FILM
    assert found.said == ()


def test_two_hits_of_one_name_are_told_apart_by_their_order(film):
    film.write_text(FILM.replace('"she turns", do: reveal', '"the wave", do: accent'))
    found = update(film, [Mark(3600 + 46, "the wave"), Mark(3600 + 62, "the wave")])
    assert [at for at, *_ in hits(film, found.text)[0]] == [46, 62]


def test_lines_keep_their_ends(film):
    film.write_bytes(FILM.replace("\n", "\r\n").encode())
    found = update(film, [Mark(3720 + 10, "cut: dark")])
    assert found.text.count("\r\n") == found.text.count("\n") == FILM.count("\n") + 2


HEAD = "motifgen: 1\nscenes:\n"
BLOCK = "  - id: 1m1\n    length: 60\n    arc: [{at: 0, feel: calm}]\n"


SECOND = "  - id: 1m2\n    start: 01:05:00:00\n    length: 9\n    arc: [{at: 0, feel: calm}]\n"


@pytest.mark.parametrize(
    "layout",
    [
        "  - {id: 1m1, length: 60, arc: [{at: 0, feel: calm}]} # end\n",
        "  - {id: 1m1, length: 60,\n     arc: [{at: 0, feel: calm}] # } not here\n    }\n",
        f"{BLOCK}    hits: []  # none yet\n    key: C major\n",
        f"{BLOCK}    hits:   # none yet\n    key: C major\n",
        f"{BLOCK}    hits:",
        f"{BLOCK}    hits:\n      - {{at: 30, what: x,\n         do: accent\n        }}  # said\n    key: C major\n",
        f"{BLOCK}    hits:\n      - at: 30  # x\n        what: >\n          a long\n          text\n\n    # the key\n    key: C major\n",
        f"{BLOCK}    hits: [{{at: 30, what: x}},\n      {{at: 32, what: y}}] # said\n    key: C major\n",
        f"{BLOCK.replace('}]', '},')}      {{at: 3, feel: terror}}\n      ] # end\n  # next\n{SECOND}",
    ],
)
def test_hits_are_added_in_any_layout_and_every_line_and_comment_stays(film, layout):
    film.write_text(HEAD + layout)
    marks = [Mark(3605, "cut: b"), Mark(3611, "a # b: {c}")]
    old = [(hit.do, hit.what) for hit in read_story(film).scenes[0].hits]
    found = update(film, marks)
    film.write_text(found.text)
    new = [(hit.do, hit.what) for hit in read_story(film).scenes[0].hits]
    assert sorted(new) == sorted([*old, ("cut", "b"), ("accent", "a # b: {c}")])
    comments = [line[line.index("#") :] for line in layout.split("\n") if "#" in line]
    assert [comment for comment in comments if comment not in found.text] == []
    assert update(film, marks).text == found.text


def test_a_new_film_from_regions_and_marks(film):
    marks = [
        Mark(3600, "1m1 Storm", length=90),
        Mark(Fraction("3644.52"), "stinger: the \\ wave"),
        Mark(3720, "Harbor", length=60),
        Mark(3725, "a: b"),
        Mark(9999, "z"),
    ]
    marks = [Mark(Fraction(mark.at), mark.name, length=Fraction(mark.length)) for mark in marks]
    text = started(marks, FrameRate.named("25"), 'The "Reel"')
    assert hits(film, text) == [[(44.52, "stinger", "the \\ wave")], [(5, "accent", "a: b")]]
    story = read_story(film)
    assert story.title == 'The "Reel"'
    assert [(scene.id, scene.title, float(scene.length)) for scene in story.scenes] == [("1m1", "Storm", 90), ("1m2", "Harbor", 60)]


def test_a_new_film_from_marks_alone_is_one_scene(film):
    text = started([Mark(Fraction(3610), "a door"), Mark(Fraction(3630), "cut")], FrameRate(), "Reel")
    assert hits(film, text) == [[(0, "accent", "a door"), (20, "cut", "")]]
    assert read_story(film).scenes[0].length == 25
    with pytest.raises(NotationError, match="no marks"):
        started([], FrameRate(), "Reel")
