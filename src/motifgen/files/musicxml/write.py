"""A sheet as MusicXML bytes, through music21; the same bytes every time."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any

import music21
from music21.musicxml.m21ToXml import ScoreExporter

from motifgen.errors import RangeError
from motifgen.files.musicxml.empty import Empty
from motifgen.files.musicxml.layers import numbered
from motifgen.files.musicxml.long_rests import counted
from motifgen.files.musicxml.paper import head, layout, transposing
from motifgen.files.musicxml.staves import PartWriter, joined
from motifgen.files.musicxml.symbols import dressed
from motifgen.files.notation import Sheet, full_score, part_sheets, short_score
from motifgen.sketch.recording import Recording
from motifgen.sketch.score import Score

_DATE = re.compile(rb"<encoding-date>[^<]*</encoding-date>")


def to_musicxml(recording: Recording, *, short: bool = False) -> bytes:
    """Return the score of a recording as MusicXML bytes; see `motifgen.files.musicxml.write_musicxml`."""
    written = _written(recording)
    if short:
        return _xml(recording.title, short_score(written), "Short score, at sounding pitch")
    sheet = full_score(written)
    return _xml(recording.title, sheet, "Transposed score" if transposing(sheet.staves) else "Score")


def to_parts(recording: Recording) -> Iterator[tuple[str, bytes]]:
    """Yield the name of every player and the part as MusicXML bytes; see `motifgen.files.musicxml.write_parts`."""
    for name, sheet in part_sheets(_written(recording)):
        yield name, _xml(recording.title, sheet, name, part=True)


def _written(recording: Recording) -> Score:
    if recording.score is None:
        raise RangeError("this recording has no written score; accepted: a composed scene")
    return recording.score


def _xml(title: str, sheet: Sheet, kind: str, *, part: bool = False) -> bytes:
    empty = Empty()
    score = _score(title, sheet, empty)
    exporter = ScoreExporter(score, makeNotation=False)
    exporter.spannerBundle = _Indexed(list(score.spannerBundle))
    with contextlib.redirect_stderr(io.StringIO()):
        root = exporter.parse()
        empty.fill(root)
        dressed(root)
        numbered(root)
        if part:
            counted(root)
        head(root, title, kind)
        text: bytes = exporter.asBytes()
    return _DATE.sub(b"", text)


class _Indexed(music21.spanner.SpannerBundle):  # type: ignore[misc]
    """Spanners that are found by what they span; music21 asks for every note, and walks through all of them each time."""

    def getBySpannedElement(self, spannedElement: Any) -> Any:  # noqa: N802, N803 - music21's names
        """Return the spanners of an element."""
        if "index" not in self._cache:
            index: dict[int, list[Any]] = {}
            for each in self._storage:
                for one in each.getSpannedElements():
                    index.setdefault(id(one), []).append(each)
            self._cache["index"] = {key: music21.spanner.SpannerBundle(found) for key, found in index.items()}
        return self._cache["index"].get(id(spannedElement)) or _NONE


_NONE = music21.spanner.SpannerBundle()


def _score(title: str, sheet: Sheet, empty: Empty) -> Any:
    score = music21.stream.Score(id="score")
    score.metadata = music21.metadata.Metadata(title=title, composer="motifgen")
    numbers = [staff.part for staff in sheet.staves]
    writers = []
    for index, staff in enumerate(sheet.staves):
        hand = ("RH" if index + 1 < len(numbers) and numbers[index + 1] == staff.part else "LH") if numbers.count(staff.part) > 1 else ""
        writers.append(PartWriter(staff, sheet, f"P{staff.part + 1}{hand}", braced=bool(hand)))
    if writers:
        _texts(writers[0], sheet)
    parts = [(staff, writer.written(empty)) for staff, writer in zip(sheet.staves, writers, strict=True)]
    for _, part in parts:
        score.insert(0, part)
    for group in joined(parts):
        score.insert(0, group)
    score.insert(0, layout(len(parts)))
    return score


def _texts(top: PartWriter, sheet: Sheet) -> None:
    for mark in sheet.tempi:
        top.tempo(mark)
    for text in sheet.texts:
        top.place(text)
