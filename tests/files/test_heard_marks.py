"""Markers of composed music: sections and hits, in the picture's time, readable by old hosts."""

from fractions import Fraction

import pytest

from motifgen.files.timelines import FORMATS, Clock, Mark, read_marks, write_marks
from motifgen.files.timelines.heard import of_recording, plainly_named
from motifgen.motif.notation import read
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast, Hit, Scene
from motifgen.takes import compose
from motifgen.theory.scale import Key

MARA = Character("mara", read("D4/q A4/q. G4/e F4/q", Key.parse("D minor")))
HITS = [Hit(12, "accent", "l’éclair sur la mer déchaînée, enfin"), Hit(Fraction(41, 2), "stinger", "she")]


@pytest.fixture(scope="module")
def scene():
    return Scene("1m1", 40, Arc.of((0, "calm"), (20, "terror")), cast=[Cast(MARA)], hits=HITS, style="piano", start="01:02:03:04")


@pytest.fixture(scope="module")
def marks(scene):
    return of_recording(compose(scene).recording, scene.start)


def test_every_section_and_every_hit_is_there_within_a_millisecond(scene, marks):
    for hit in HITS:
        (mark,) = [mark for mark in marks if mark.name == f"HIT {hit.do} {hit.what}"]
        assert abs(mark.at - scene.start.seconds - hit.at) <= Fraction(1, 1000)
    sections = [mark for mark in marks if mark.name.startswith("1m1 ")]
    assert sections[0].at == scene.start.seconds
    assert len(sections) + len(HITS) == len(marks)


@pytest.mark.parametrize("kind", [key for key, each in FORMATS.items() if each.write])
def test_old_hosts_can_read_every_file_and_the_frame_is_kept(scene, marks, kind):
    clock = Clock(scene.frame_rate, scene.start)
    found = read_marks(write_marks(plainly_named(marks), kind, clock, "1m1").encode(), "marks", clock)
    assert [clock.timecode(mark.at) for mark in found] == [clock.timecode(mark.at) for mark in marks]
    for mark in found:
        assert mark.name.isascii()
        assert 0 < len(mark.name) <= 31


def test_a_name_that_was_cut_is_whole_in_the_note():
    (short, long) = plainly_named([Mark(Fraction(0), "HIT l’éclair", "n"), Mark(Fraction(1), "HIT cut: " + "ä" * 40, "more")])
    assert (short.name, short.note) == ("HIT l'eclair", "n")
    assert (long.name, long.note) == ("HIT cut: " + "a" * 22, "HIT cut: " + "ä" * 40 + " more")
