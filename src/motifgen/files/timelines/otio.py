"""Timelines in OpenTimelineIO's own forms, ``.otio`` and ``.otioz``: every marker on the timeline, its tracks and its clips.

A marker counts in the time of what it hangs on (a clip's media, a track, the whole timeline) and is carried to the timeline's own.
Some exporters write absolute timecode instead (OpenTimelineIO issue 169): a marker that lies nowhere in its item, but in the timeline
once the start timecode is taken off, is read so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

from motifgen.errors import MissingError, NotationError, shown
from motifgen.files.timelines.marks import LARGEST, Clock, Mark, Reading
from motifgen.story.timecode import RATES, FrameRate

_BUNDLED = "content.otio"
_TICK = 1_000_000


def is_otio(text: str) -> bool:
    """Tell whether a text is an OpenTimelineIO timeline."""
    return text.lstrip()[:1] == "{" and '"OTIO_SCHEMA"' in text


def unpacked(file: Path | bytes, name: str) -> bytes:
    """Return the timeline inside an ``.otioz`` bundle, whose media are not read; the bytes of anything else.

    Raises
    ------
    NotationError
        If it is another kind of zip file, or its timeline is far too large.
    """
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    if not zipfile.is_zipfile(source):
        return file if isinstance(file, bytes) else file.read_bytes()
    with zipfile.ZipFile(source) as bundle:
        if _BUNDLED not in bundle.namelist():
            raise NotationError(f"{name} is a zip file without {_BUNDLED}; accepted: an OpenTimelineIO bundle (.otioz)")
        size = bundle.getinfo(_BUNDLED).file_size
        if size > LARGEST:
            raise NotationError(f"the timeline in {name} has {size:,} bytes; accepted: {LARGEST:,} at most")
        try:
            return bundle.read(_BUNDLED)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise NotationError(f"the timeline in {name} cannot be unpacked: {error}") from error


def read_otio(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return the markers that can be seen in a timeline; those on what is trimmed away are not in the picture, and are left out.

    Times count from the timeline's own start timecode, or from the clock's zero where it has none.

    Raises
    ------
    MissingError
        If OpenTimelineIO is not installed.
    NotationError
        If it cannot be read, or holds no timeline.
    SceneFileError
        With every marker whose time cannot be told, as on a clip of unknown length.
    """
    otio, timeline, found = _library(), _timeline(text, name), Reading(name, clock)
    for item in (timeline.tracks, *timeline.find_children()):
        for marker in getattr(item, "markers", ()):
            try:
                span = _span(marker, item, timeline)
            except (otio.exceptions.OTIOError, ArithmeticError, AttributeError, ValueError) as error:
                found.fault(1, f"the marker {shown(marker.name)} on {shown(item.name)} has no time that can be told: {error}")
                continue
            if span is not None:
                # A frame is how long most programs let a moment last.
                length = span[1] if span[1] > _frame(marker) else Fraction(0)
                found.marks.append(Mark(_zero(timeline, clock) + span[0], marker.name.strip(), marker.comment.strip(), length))
    return found.done()


def _zero(timeline: Any, clock: Clock) -> Fraction:  # noqa: ANN401 - the library has no types
    begun = timeline.global_start_time
    return clock.zero.seconds if begun is None else _seconds(begun)


def write_otio(marks: Iterable[Mark], title: str, clock: Clock) -> str:
    """Return a timeline of one empty track that holds the marks, for programs that take ``.otio``.

    Raises
    ------
    MissingError
        If OpenTimelineIO is not installed.
    """
    otio = _library()
    marks, fps = tuple(marks), float(clock.rate.fps)

    def span(start: Fraction, length: Fraction) -> Any:  # noqa: ANN401 - the library has no types
        moments = (otio.opentime.RationalTime(round(clock.rate.frames(seconds)), fps) for seconds in (start, length))
        return otio.opentime.TimeRange(*moments)

    zero = clock.zero.seconds
    timeline = otio.schema.Timeline(title, global_start_time=otio.opentime.RationalTime(clock.zero.frames, fps))
    last = max((mark.at + mark.length for mark in marks), default=zero) - zero
    timeline.tracks.append(otio.schema.Track("V1", [otio.schema.Gap(source_range=span(Fraction(0), last + clock.rate.seconds(1)))]))
    for mark in marks:
        length = max(mark.length, clock.rate.seconds(1))
        timeline.tracks.markers.append(otio.schema.Marker(mark.name, span(mark.at - zero, length), comment=mark.note))
    return str(timeline.to_json_string()) + "\n"


def _library() -> Any:  # noqa: ANN401 - as above
    try:
        return import_module("opentimelineio")
    except ImportError as error:
        raise MissingError("OpenTimelineIO is not installed; 'pip install motifgen[film]' brings it") from error


def _timeline(text: str, name: str) -> Any:  # noqa: ANN401 - as above
    otio = _library()
    try:
        found = otio.adapters.read_from_string(text, "otio_json")
    except (ValueError, otio.exceptions.OTIOError) as error:
        raise NotationError(f"{name} cannot be read as a timeline: {error}") from error
    if not isinstance(found, otio.schema.Timeline):
        raise NotationError(f"{name} holds {type(found).__name__}, no timeline; accepted: one timeline, as editing programs export it")
    return found


def _span(marker: Any, item: Any, timeline: Any) -> tuple[Fraction, Fraction] | None:  # noqa: ANN401 - as above
    """Return where a marker lies from the timeline's first frame, and how long it lasts (seconds); None where it is trimmed away."""
    start, length = _seconds(marker.marked_range.start_time), _seconds(marker.marked_range.duration)
    first, last = _ends(item.trimmed_range())
    whole = _ends(timeline.tracks.trimmed_range())
    if first <= start <= last:
        carried = item.transformed_time_range(marker.marked_range, timeline.tracks)
        at = _seconds(carried.start_time) - whole[0]
        return (at, length) if _is_seen(item, marker, timeline) else None
    begun = timeline.global_start_time
    absolute = start - (_seconds(begun) if begun is not None else 0)
    if 0 <= absolute <= whole[1] - whole[0] and absolute != start:
        return absolute, length
    # On the timeline itself a marker may lie after the last clip.
    return (start - first, length) if item is timeline.tracks and start >= first else None


def _is_seen(item: Any, marker: Any, timeline: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether what a marker hangs on is shown at that moment by everything round it."""
    here = marker.marked_range.start_time
    for outer in _outside(item, timeline):
        here = item.transformed_time(here, outer)
        first, last = _ends(outer.trimmed_range())
        if not first <= _seconds(here) <= last:
            return False
        item = outer
    return True


def _outside(item: Any, timeline: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    while item is not timeline.tracks and item.parent() is not None:
        item = item.parent()
        yield item


def _ends(span: Any) -> tuple[Fraction, Fraction]:  # noqa: ANN401 - as above
    return _seconds(span.start_time), _seconds(span.start_time) + _seconds(span.duration)


def _frame(marker: Any) -> Fraction:  # noqa: ANN401 - as above
    return 1 / _rate(marker.marked_range.start_time.rate)


def _seconds(time: Any) -> Fraction:  # noqa: ANN401 - as above
    """Return exact seconds; a value is a binary fraction only where rates were mixed, and then good to a millionth of a frame."""
    return Fraction(round(time.value * _TICK), _TICK) / _rate(time.rate)


def _rate(fps: float) -> Fraction:
    """Return the exact rate that a float stands for: 23.976 and 24000/1001 are the same film rate."""
    exact = (FrameRate.named(name).fps for name in RATES)
    return next((rate for rate in exact if abs(float(rate) - fps) < 0.002), Fraction(fps).limit_denominator(1001))
