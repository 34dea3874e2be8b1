"""Spotting notes and streamers: everything that a scene asks for is on the paper."""

import csv
import io

from motifgen.affect import Affect
from motifgen.files.timelines.notes import HARDNESS, spotting_notes, streamers
from motifgen.motif.notation import read
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import DO, Cast, Hit, Scene, SourceScene, Story
from motifgen.story.timecode import Timecode
from motifgen.theory.scale import Key

MARA = Character("mara", read("D4/q A4/q", Key.parse("D minor")))
FILM = Story(
    "The Salt | Road",
    scenes=[
        Scene(
            "1m1",
            "1:30",
            Arc.of((0, "calm"), ("0:20.5", Affect(valence=-0.5, arousal=0.25))),
            title="Storm",
            start="01:00:10:00",
            cast=[Cast(MARA, (5, 50), role="hint")],
            hits=[Hit(60, "reveal", "she | turns", who="mara", on="downbeat"), Hit(34.5, "accent", "the wave", must=False)],
            dialogue=[(8, 16)],
            silence=[(86, 90)],
        ),
        SourceScene("1m2", 70, {"title": "Harbour Lights", "artist": "The Nets"}, start=Timecode(96_000)),
    ],
)


def test_notes_tell_all_that_is_asked():
    text = spotting_notes(FILM)
    for line in (
        "# The Salt / Road: spotting notes",
        "## 1m1 Storm",
        "01:00:10:00 to 01:01:40:00 (1:30, 24 fps), orchestral",
        "| 01:00:44:12 | 34.500 | the wave | accent | hard, may be missed |",
        "| 01:01:10:00 | 60.000 | she / turns | reveal of mara | soft, on downbeat |",
        "- feeling: calm at 0:00, valence -0.5, arousal 0.25, tension 0 at 0:20.5",
        "- hint: Mara, 0:05 to 0:50",
        "- words: 0:08 to 0:16",
        "- silence: 1:26 to 1:30",
        "## 1m2",
        "01:06:40:00 to 01:07:50:00 (1:10, 24 fps), source music",
        "- title: Harbour Lights",
        "- artist: The Nets",
    ):
        assert line in text.split("\n")
    assert text.index("the wave") < text.index("she / turns")


def test_a_streamer_lasts_two_seconds_and_ends_on_its_frame():
    rows = list(csv.DictReader(io.StringIO(streamers(FILM))))
    assert [(row["punch"], row["color"]) for row in rows] == [("01:00:10:00", "green"), ("01:00:44:12", "red"), ("01:01:10:00", "yellow")]
    rate = FILM.frame_rate
    for row in rows:
        assert Timecode.parse(row["streamer"], rate).until(Timecode.parse(row["punch"], rate)) == 2
    assert [row["label"] for row in rows] == ["1m1 Storm", "accent: the wave", "reveal: she | turns"]


def test_every_kind_of_hit_is_hard_or_soft():
    assert set(HARDNESS) == set(DO)
