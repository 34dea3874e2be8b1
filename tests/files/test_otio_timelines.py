"""Timelines of OpenTimelineIO: built with the library itself, read as marks at the picture's own time."""

from __future__ import annotations

import sys
import zipfile
from fractions import Fraction

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime, TimeRange

from motifgen.errors import MissingError, NotationError, SceneFileError
from motifgen.files.timelines import Clock, Mark, read_marks, read_timeline, write_marks
from motifgen.files.timelines.marks import LARGEST
from motifgen.story.timecode import FrameRate, Timecode

HOUR = Clock()


def span(start, length=1.0, rate=24.0):
    return TimeRange(RationalTime(start, rate), RationalTime(length, rate))


def reel(rate=24.0, start=86_400.0):
    """Ten seconds of black, then a shot of two seconds whose media begin at 00:00:40:00 of a tape at 25 fps."""
    timeline = otio.schema.Timeline("reel 1", global_start_time=None if start is None else RationalTime(start, rate))
    track = otio.schema.Track("V1")
    timeline.tracks.append(track)
    shot = otio.schema.Clip("shot", source_range=span(1000, 50, 25.0))
    track.extend([otio.schema.Gap(source_range=span(0, 10 * rate, rate)), shot])
    return timeline, track, shot


def marker(name, *where, note=""):
    return otio.schema.Marker(name, span(*where), comment=note)


def read(timeline, clock=HOUR):
    return read_marks(timeline.to_json_string().encode(), "reel.otio", clock)


def test_markers_on_timeline_track_and_clip_come_out_in_the_timelines_own_time():
    timeline, track, shot = reel()
    timeline.tracks.markers.append(marker("stinger: the knife", 48, note="sharp"))
    track.markers.append(marker("Chase", 72, 96))
    shot.markers.append(marker("face", 1010, 1, 25.0))
    assert read(timeline) == (
        Mark(Fraction(3602), "stinger: the knife", "sharp"),
        Mark(Fraction(3603), "Chase", "", Fraction(4)),
        Mark(3610 + Fraction(10, 25), "face"),
    )


def test_a_timeline_without_a_start_counts_from_the_clocks_zero():
    timeline, _, _ = reel(start=None)
    timeline.tracks.markers.append(marker("a", 24))
    assert [mark.at for mark in read(timeline)] == [3601]


def test_markers_on_trimmed_media_are_not_in_the_picture():
    timeline, _, shot = reel()
    shot.markers.extend([marker("before", 990, 1, 25.0), marker("after", 1060, 1, 25.0), marker("seen", 1050, 1, 25.0)])
    assert [mark.name for mark in read(timeline)] == ["seen"]


def test_a_marker_that_an_outer_trim_hides_is_left_out():
    timeline, track, shot = reel()
    shot.markers.extend([marker("shown", 1010, 1, 25.0), marker("hidden", 1040, 1, 25.0)])
    track.source_range = span(0, 264)
    assert [mark.name for mark in read(timeline)] == ["shown"]


def test_absolute_timecode_on_a_timeline_or_a_clip_is_understood():
    timeline, _, shot = reel()
    timeline.tracks.markers.append(marker("on the timeline", 86_448))
    shot.markers.append(marker("on the clip", 86_640))
    assert [(mark.name, mark.at) for mark in read(timeline)] == [("on the timeline", 3602), ("on the clip", 3610)]


def test_film_rates_are_exact_whether_rounded_or_not():
    for rate in (23.976, 24000 / 1001):
        timeline, _, _ = reel(rate)
        timeline.tracks.markers.append(marker("a", 100, 1, rate))
        assert read(timeline)[0].at == (86_400 + 100) * Fraction(1001, 24000)


def test_a_bundle_is_read_and_its_media_are_not(tmp_path):
    timeline, _, shot = reel()
    timeline.tracks.markers.append(marker("a", 24))
    tape = tmp_path / "tape.mov"
    tape.write_bytes(b"no picture")
    shot.media_reference = otio.schema.ExternalReference(tape.as_uri(), span(900, 500, 25.0))
    path = tmp_path / "reel.otioz"
    otio.adapters.write_to_file(timeline, str(path))
    assert read_timeline(path, HOUR) == read_marks(path.read_bytes(), path.name, HOUR) == read(timeline)
    plain = tmp_path / "reel.otio"
    otio.adapters.write_to_file(timeline, str(plain))
    assert read_timeline(plain, HOUR, "otio") == read(timeline)


def test_what_is_written_opens_in_the_library_and_comes_back():
    rate = FrameRate.named("29.97df")
    clock = Clock(rate, Timecode.parse("01:00:00;00", rate))
    cut = Mark(clock.seconds("01:00:10;12"), "HIT cut: silence", "all stops")
    marks = (cut, Mark(clock.seconds("01:01:00;02"), "2m1", length=rate.seconds(90)))
    text = write_marks(marks, "otio", clock, "reel")
    opened = otio.adapters.read_from_string(text, "otio_json")
    assert opened.global_start_time.to_timecode() == "01:00:00;00"
    assert [found.name for found in opened.tracks.markers] == ["HIT cut: silence", "2m1"]
    assert read_marks(text.encode(), "reel.otio", clock) == marks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"OTIO_SCHEMA": "Timeline.1", ', "cannot be read as a timeline"),
        ('{"OTIO_SCHEMA": "Timeline.99"}', "cannot be read as a timeline"),
        ('{"OTIO_SCHEMA": "Clip.1", "name": "x"}', "holds Clip, no timeline"),
    ],
)
def test_what_is_no_timeline_is_said(text, said):
    with pytest.raises(NotationError, match=said):
        read_marks(text.encode(), "reel.otio", HOUR)


def test_every_marker_whose_time_cannot_be_told_is_named():
    timeline, track, shot = reel()
    unknown = otio.schema.Clip("lost reel")
    track.append(unknown)
    unknown.markers.append(marker("here", 10))
    shot.markers.append(otio.schema.Marker("still", TimeRange(RationalTime(1010, 0.0), RationalTime(1, 0.0))))
    with pytest.raises(SceneFileError) as error:
        read(timeline)
    assert {fault.file for fault in error.value.faults} == {"reel.otio"}
    said = " ".join(fault.message for fault in error.value.faults)
    assert "the marker 'still' on 'shot'" in said
    assert "the marker 'here' on 'lost reel'" in said


def test_other_zip_files_and_huge_timelines_are_refused(tmp_path):
    path = tmp_path / "x.otioz"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("other.txt", "x")
    with pytest.raises(NotationError, match=r"without content\.otio"):
        read_timeline(path, HOUR)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("content.otio", " " * (LARGEST + 1))
    with pytest.raises(NotationError, match="accepted: 10,000,000"):
        read_timeline(path, HOUR)


def test_without_the_library_the_message_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentimelineio", None)
    with pytest.raises(MissingError, match=r"pip install motifgen\[film\]"):
        read_marks(b'{"OTIO_SCHEMA": "Timeline.1"}', "reel.otio", HOUR)
