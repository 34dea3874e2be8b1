"""Lists of markers as editing programs export them: samples follow the published formats."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import NotationError, SceneFileError, UnknownNameError
from motifgen.files.timelines import FORMATS, Clock, Mark, hits_of, of_scene, read_marks, write_marks
from motifgen.files.timelines.marks import LARGEST
from motifgen.story.arc import Arc
from motifgen.story.scene import DO, Hit, Scene
from motifgen.story.timecode import RATES, FrameRate, Timecode

FILM = Clock()
RESOLVE = """TITLE: Scene 12 markers
FCM: NON-DROP FRAME

001  001      V     C        01:00:22:12 01:00:22:13 01:00:22:12 01:00:22:13  
Big hit here |C:ResolveColorRed |M:HIT knife |D:1

* a comment line
002  AX       V     C        01:00:30:00 01:00:30:01 01:00:30:00 01:00:30:01
 |C:ResolveColorBlue |M:Door opens |D:48
003  001      V     C        01:00:40:00 01:00:40:01 01:00:40:00 01:00:40:01
- 3 shots |C:ResolveColorBlue |M: |D:1
"""  # noqa: W291 - event lines may end in spaces
PREMIERE = (
    "Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\t\n"
    "cut: silence\tall stops\t01:00:22:12\t01:00:22:12\t00:00:00:00\tComment\t\n"
    "Chase\t\t01:00:30:00\t01:00:45:00\t00:00:15:00\tChapter\t\n"
)
PRO_TOOLS = """SESSION NAME:\tScene12
SAMPLE RATE:\t48000.000000
BIT DEPTH:\t24-bit
SESSION START TIMECODE:\t01:00:00:00
TIMECODE FORMAT:\t29.97 Drop Frame
# OF AUDIO TRACKS:\t0


M A R K E R S  L I S T I N G
#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME                             \tCOMMENTS
1   \t01:00:22;12  \t1077076           \tSamples  \tknife                            \tsharp
2   \t01:01:00;02  \t2882880           \tSamples  \tdoor                             \t
"""
REAPER = "#,Name,Start,End,Length\nM1,knife,0:22.500,,\nR1,Chase,30.0,45.0,15.0\nM2,late,1:00:00.250,,\n"
LOGIC = "\t01:00:22:12.40\tknife\t0 0 0 1\n\t01:00:30:00.00\tdoor\t∞\n"
AVID = "Editor\t01:00:22:12\tV1\tred\tknife\t1\nEditor\t01:00:30:00\tV1\tblue\tdoor\t1\n"
PLAIN = "Timecode;What;Comment\n01:00:22:12;knife;sharp\n0:30;door;\n"


def times(marks):
    return [float(mark.at - 3600) for mark in marks]


@pytest.mark.parametrize(
    ("text", "kind", "names", "seconds"),
    [
        (RESOLVE, "resolve", ["HIT knife", "Door opens", "3 shots"], [22.5, 30, 40]),
        (PREMIERE, "premiere", ["cut: silence", "Chase"], [22.5, 30]),
        (REAPER, "reaper", ["knife", "Chase", "late"], [22.5, 30, 3600.25]),
        (LOGIC, "logic", ["knife", "door"], [22.5 + 0.5 / 24, 30]),
        (AVID, "avid", ["knife", "door"], [22.5, 30]),
        (PLAIN, "csv", ["knife", "door"], [22.5, 30]),
    ],
)
def test_each_list_is_known_and_read(text, kind, names, seconds):
    found = read_marks(text.encode(), "list", FILM)
    assert [mark.name for mark in found] == names
    assert times(found) == pytest.approx(seconds)
    assert read_marks(text.encode(), "list", FILM, kind) == found
    assert next(key for key, each in FORMATS.items() if each.known(text)) == kind


def test_pro_tools_brings_its_own_frame_rate():
    knife, door = read_marks(PRO_TOOLS.encode(), "session.txt", FILM)
    rate = FrameRate.named("29.97df")
    assert knife.at == Timecode.parse("01:00:22;12", rate).seconds
    assert door.at == Timecode.parse("01:01:00;02", rate).seconds
    assert (knife.name, knife.note) == ("knife", "sharp")


def test_lengths_and_notes_are_kept():
    knife, door, shots = read_marks(RESOLVE.encode(), "list", FILM)
    assert (knife.note, knife.length) == ("Big hit here", 0)
    assert door.length == 2
    assert (shots.name, shots.note) == ("3 shots", "")
    assert read_marks(PREMIERE.encode(), "list", FILM)[1].length == 15
    assert read_marks(REAPER.encode(), "list", FILM)[1].length == 15
    assert read_marks(PLAIN.encode(), "list", FILM)[0].note == "sharp"


def test_every_encoding_that_editors_write():
    text = "time,name\n0:10,Türe\n"
    for data in (
        text.encode(),
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.encode("latin-1"),
        text.replace("\n", "\r\n").encode(),
    ):
        assert read_marks(data, "list", FILM)[0].name == "Türe"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (RESOLVE.replace("01:00:30:00 01:00:30:01\n", "01:00:30:25 01:00:30:26\n"), 8, "there is no frame 25"),
        (RESOLVE + "what is this\n", 12, "neither a marker's event line"),
        (RESOLVE.replace("NON-DROP FRAME", "DROP FRAME"), 2, "counts drop frame"),
        (PREMIERE.replace("01:00:30:00", "01:00:30;00"), 3, "is drop-frame"),
        (PRO_TOOLS.replace("01:01:00;02", "01:01:00;01"), 12, "does not exist"),
        (PRO_TOOLS.replace("01:01:00;02  ", "12|1|000"), 12, "bars and beats"),
        (REAPER.replace("0:22.500", "12.1.00"), 2, "bars and beats"),
        (REAPER + "M3,only\n", 5, "has 2 columns"),
        (PLAIN + "0:75;late\n", 4, "accepted: seconds"),
    ],
)
def test_what_cannot_be_read_is_named_by_line(text, line, said):
    with pytest.raises(SceneFileError) as error:
        read_marks(text.encode(), "list.txt", FILM)
    (fault,) = error.value.faults
    assert (fault.file, fault.line) == ("list.txt", line)
    assert said in fault.message


def test_all_faults_are_named_at_once():
    with pytest.raises(SceneFileError) as error:
        read_marks(b"time,name\n0:99,a\n0:10,b\nxx,c\n", "list", FILM)
    assert [fault.line for fault in error.value.faults] == [2, 4]


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04\x00\x00", b'time,name\n0:10,"unclosed' + b"x" * 200_000, b"a,b\n1,2"])
def test_what_is_no_list_is_said(data):
    with pytest.raises(NotationError):
        read_marks(data, "list", FILM)


def test_a_huge_file_is_refused():
    with pytest.raises(NotationError, match="larger than"):
        read_marks(b"x" * (LARGEST + 1), "list", FILM)


@pytest.mark.parametrize("kind", [key for key, each in FORMATS.items() if each.write])
@pytest.mark.parametrize("rate", RATES)
@given(st.data())
@settings(max_examples=8, deadline=None)
def test_written_lists_are_read_back_to_the_frame(kind, rate, data):
    exact = FrameRate.named(rate)
    clock = Clock(exact, Timecode.parse("01:00:00:00", exact))
    first = clock.zero.frames
    frames = sorted(data.draw(st.sets(st.integers(first, first + 400_000), min_size=1, max_size=6)))
    texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=12)
    marks = [Mark(exact.seconds(frame), f"m {data.draw(texts)}", data.draw(texts)) for frame in frames]
    found = read_marks(write_marks(marks, kind, clock, "a title").encode(), "list", clock)
    assert [round(exact.frames(mark.at)) for mark in found] == frames
    assert [_plain(mark.name) for mark in found] == [_plain(mark.name) for mark in marks]


def _plain(text):
    return " ".join(text.replace("|", "/").split())


def test_notes_that_an_edl_would_misread_are_guarded():
    marks = [Mark(Fraction(3610), "a|b", "3 men"), Mark(Fraction(3620), "c", "* star")]
    text = write_marks(marks, "resolve", FILM)
    assert "\n- 3 men |C:" in text
    assert [(mark.name, mark.note) for mark in read_marks(text.encode(), "list", FILM)] == [("a/b", "3 men"), ("c", "* star")]


def test_a_spreadsheet_takes_no_name_for_a_formula():
    mark = Mark(Fraction(3610), "=cmd()", "-1")
    text = write_marks([mark], "csv", FILM)
    assert "'=cmd()" in text
    assert read_marks(text.encode(), "list", FILM) == (mark,)


def test_unknown_kinds_are_said():
    with pytest.raises(UnknownNameError, match="did you mean 'resolve'"):
        read_marks(b"", "list", FILM, "resolv")
    with pytest.raises(UnknownNameError, match="that can be written"):
        write_marks([], "logic", FILM)


@pytest.mark.parametrize(
    ("name", "do", "what"),
    [
        *((f"{do}: the knife", do, "the knife") for do in DO),
        ("HIT cut - black", "cut", "black"),
        ("[Stinger] the face", "stinger", "the face"),
        ("HIT knife", "accent", "knife"),
        ("hit", "accent", ""),
        ("accentuate", "accent", "accentuate"),
        ("the cut", "accent", "the cut"),
        ("Hitchcock walks by", "accent", "Hitchcock walks by"),
    ],
)
def test_a_name_says_what_the_hit_does(name, do, what):
    hit = Mark(Fraction(3610), name).hit(Timecode())
    assert (hit.at, hit.do, hit.what) == (10, do, what)


def test_a_scene_survives_the_way_through_an_editor():
    hits = (Hit(Fraction(5), "cut", "silence"), Hit(Fraction(8), "stinger", "the face"), Hit(Fraction(12), "accent"))
    scene = Scene("1m1", Fraction(20), Arc.of((0, "calm")), title="Storm", hits=hits)
    for kind in ("resolve", "premiere", "reaper", "csv"):
        marks = read_marks(write_marks(of_scene(scene), kind, FILM).encode(), "list", FILM)
        assert hits_of(marks, scene) == hits
    outside = [*of_scene(scene), Mark(Fraction(10), "early"), Mark(Fraction(9999), "late")]
    assert hits_of(outside, scene) == hits
    assert hits_of([replace(mark, at=mark.at + 2) for mark in of_scene(scene)], scene)[0].at == 7
