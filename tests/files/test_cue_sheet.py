"""The cue sheet: a row for every scene, with film timecode and real durations."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import UnknownNameError
from motifgen.files.cue_sheet import COLUMNS, CREDITS, write_cue_sheet
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast, Scene, SourceScene, Story
from motifgen.story.timecode import RATES, FrameRate, Timecode


def rows_of(story: Story) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_cue_sheet(story).decode("utf-8"), newline="")))


def test_columns_are_there_in_their_order_even_without_scenes() -> None:
    assert write_cue_sheet(Story()).decode() == ",".join(COLUMNS) + "\r\n"


def test_drop_frame_times_are_film_timecode_and_durations_real_time() -> None:
    rate = FrameRate.named("29.97df")
    scene = Scene("1m1", Fraction(60), Arc.of((0, "calm")), frame_rate=rate, start=Timecode.parse("00:59:59;28", rate))
    row = rows_of(Story(scenes=(scene,), frame_rate=rate))[0]
    assert (row["in"], row["out"], row["duration"], row["frame_rate"]) == ("00:59:59;28", "01:00:59;26", "0:00:59.993", "29.97df")


def test_every_theme_of_the_cast_is_named_once() -> None:
    mara, sea = Character("mara"), Character("the_sea")
    cast = (Cast(mara, (0, 5)), Cast(sea), Cast(mara, (8, 9)))
    assert rows_of(Story(scenes=(Scene("1m1", 10, Arc.of((0, "calm")), cast=cast),)))[0]["themes"] == "Mara; The Sea"


def test_existing_music_keeps_its_facts_and_no_cell_is_a_formula() -> None:
    source = SourceScene("1m2", Fraction(3661), (("title", "=1+1"), ("artist", 'The "Nets", live'), ("publisher", "Quay\tMusic")))
    row = rows_of(Story("Ünder", scenes=(source,)))[0]
    assert (row["production"], row["kind"], row["title"]) == ("Ünder", "source", "'=1+1")
    assert (row["artist"], row["publisher"], row["duration"]) == ('The "Nets", live', "Quay\tMusic", "1:01:01.000")


def milliseconds(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)) * 1000)


@given(st.sampled_from(RATES), st.lists(st.integers(30, 5000), min_size=1, max_size=12))
@settings(max_examples=50, deadline=None)
def test_durations_add_up_to_the_total_and_are_those_of_in_and_out(name: str, lengths: list[int]) -> None:
    rate = FrameRate.named(name)
    scenes, at = [], Timecode(0, rate)
    for number, frames in enumerate(lengths):
        source = number % 3 == 1
        length = rate.seconds(frames)
        scenes.append(
            SourceScene(f"1m{number}", length, (("title", "x"),), start=at)
            if source
            else Scene(f"1m{number}", length, Arc.of((0, "calm")), frame_rate=rate, start=at)
        )
        at = at.later(length + 1)
    rows = rows_of(Story(scenes=scenes, frame_rate=rate))
    assert len(rows) == len(lengths)
    assert [row["source"] for row in rows] == ["yes" if n % 3 == 1 else "no" for n in range(len(rows))]
    so_far = 0
    for row, frames in zip(rows, lengths, strict=True):
        so_far += milliseconds(row["duration"])
        assert milliseconds(row["total"]) == so_far
        lasted = Timecode.parse(row["in"], rate).until(Timecode.parse(row["out"], rate))
        assert lasted == rate.seconds(frames)
        assert abs(milliseconds(row["duration"]) - lasted * 1000) <= 1
    assert abs(so_far - rate.seconds(sum(lengths)) * 1000) <= Fraction(1, 2)


def test_a_length_between_frames_counts_as_its_in_and_out() -> None:
    row = rows_of(Story(scenes=(Scene("1m1", "10.01", Arc.of((0, "calm"))),)))[0]
    assert (row["out"], row["duration"]) == ("01:00:10:00", "0:00:10.000")


def test_every_field_of_a_cue_sheet_is_there() -> None:
    facts = {"title": "Harbour Lights", "artist": "The Nets", "composer": "A. Writer", "publisher": "Quay Music", "pro": "GEMA",
             "splits": "A. Writer 50 %, Quay Music 50 %", "use": "visual vocal", "notes": "on the radio", "label": "Quay 12"}  # fmt: skip
    film = Story("The Salt Road", scenes=(Scene("1m1", 90, Arc.of((0, "calm")), title="Storm"), SourceScene("1m2s", 70, facts)))
    said = {"composer": "M. Vale", "publisher": "Vale Music", "pro": "PRS", "splits": "M. Vale 100 %", "artist": "Salt Orchestra"}
    data = write_cue_sheet(film, said)
    score, source = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert {name: score[name] for name in said} == said
    assert set(said) < set(CREDITS)
    assert score["use"] == "background instrumental"
    for name in (*said, "title", "use"):
        assert source[name] == facts[name]
    assert source["notes"] == "on the radio; label: Quay 12"
    assert (score["sequence"], source["sequence"]) == ("1", "2")


def test_an_unknown_credit_is_said() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'composer'"):
        write_cue_sheet(Story(), {"compser": "M. Vale"})


def test_credits_of_the_film_stand_in_every_composed_row_and_a_scenes_own_come_first() -> None:
    arc = Arc.of((0, "calm"))
    scenes = (
        Scene("1m1", 20, arc, credits=(("use", "main title theme"), ("composer", "A. Other"))),
        Scene("1m2", 20, arc, start="01:02:00:00"),
        SourceScene("1m3", 10, (("title", "Lights"), ("composer", "A. Writer")), start="01:03:00:00"),
    )
    said = (("composer", "M. Vale"), ("publisher", "Vale Music"), ("pro", "PRS"), ("splits", "M. Vale 100 %"), ("notes", "temp: none"))
    rows = list(csv.DictReader(io.StringIO(write_cue_sheet(Story("Tide", scenes, credits=said)).decode())))
    assert [row["composer"] for row in rows] == ["A. Other", "M. Vale", "A. Writer"]
    assert [row["use"] for row in rows] == ["main title theme", "background instrumental", ""]
    assert [row["publisher"] for row in rows] == ["Vale Music", "Vale Music", ""]
    assert [row["notes"] for row in rows] == ["temp: none", "temp: none", ""]
    again = list(csv.DictReader(io.StringIO(write_cue_sheet(Story("Tide", scenes, credits=said), {"pro": "ASCAP"}).decode())))
    assert [row["pro"] for row in again] == ["ASCAP", "ASCAP", ""]


def test_a_credit_that_there_is_not_is_refused() -> None:
    scene = Scene("1m1", 20, Arc.of((0, "calm")), credits=(("author", "M. Vale"),))
    with pytest.raises(UnknownNameError, match="author"):
        write_cue_sheet(Story(scenes=(scene,)))
