"""The cue sheet: a row for every scene, with film timecode and real durations."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from motifgen.files.cue_sheet import COLUMNS, write_cue_sheet
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast, Scene, SourceScene, Story
from motifgen.story.timecode import FrameRate, Timecode


def rows_of(story: Story) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_cue_sheet(story).decode("utf-8"), newline="")))


def test_columns_are_there_in_their_order_even_without_scenes() -> None:
    assert write_cue_sheet(Story()).decode() == ",".join(COLUMNS) + "\r\n"


def test_drop_frame_times_are_film_timecode_and_durations_real_time() -> None:
    rate = FrameRate.named("29.97df")
    scene = Scene("1m1", Fraction(60), Arc.of((0, "calm")), frame_rate=rate, start=Timecode.parse("00:59:59;28", rate))
    row = rows_of(Story(scenes=(scene,), frame_rate=rate))[0]
    assert (row["in"], row["out"], row["duration"], row["frame_rate"]) == ("00:59:59;28", "01:00:59;26", "0:01:00.000", "29.97df")


def test_every_theme_of_the_cast_is_named_once() -> None:
    mara, sea = Character("mara"), Character("the_sea")
    cast = (Cast(mara, (0, 5)), Cast(sea), Cast(mara, (8, 9)))
    assert rows_of(Story(scenes=(Scene("1m1", 10, Arc.of((0, "calm")), cast=cast),)))[0]["themes"] == "Mara; The Sea"


def test_existing_music_keeps_its_facts_and_no_cell_is_a_formula() -> None:
    source = SourceScene("1m2", Fraction(3661), (("title", "=1+1"), ("artist", 'The "Nets", live'), ("publisher", "Quay\tMusic")))
    row = rows_of(Story("Ünder", scenes=(source,)))[0]
    assert (row["production"], row["kind"], row["title"]) == ("Ünder", "source", "'=1+1")
    assert (row["artist"], row["publisher"], row["duration"]) == ('The "Nets", live', "Quay\tMusic", "1:01:01.000")
