"""Files of a whole film beside its music: the cue sheet, spotting notes, streamers, and markers for editing programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from motifgen.files.cue_sheet import write_cue_sheet
from motifgen.story.scene import Scene, Story

if TYPE_CHECKING:
    from motifgen.files.timelines.marks import Mark


def _notes(story: Story) -> bytes:
    from motifgen.files.timelines.notes import spotting_notes  # noqa: PLC0415 - few renders ask for it

    return spotting_notes(story).encode()


def _streamers(story: Story) -> bytes:
    from motifgen.files.timelines.notes import streamers  # noqa: PLC0415 - as above

    return streamers(story).encode()


def marker_file(story: Story, kind: str, marks: Mapping[str, Sequence[Mark]]) -> bytes:
    """Return every scene with its hits, and the sections of its music, as markers; the timeline's zero is the full hour before all.

    Parameters
    ----------
    kind : str
        A key of `motifgen.files.timelines.FORMATS`.
    marks : Mapping[str, Sequence[Mark]]
        Of the scenes that are composed, by id; of others the start, the hits and the end are marked.
    """
    from motifgen.files.timelines import Clock, of_scene, write_marks  # noqa: PLC0415 - few renders ask for it
    from motifgen.story.timecode import Timecode  # noqa: PLC0415 - as above

    scenes = [scene for scene in story.scenes if isinstance(scene, Scene)]
    first = min((scene.start for scene in scenes), default=Timecode(0, story.frame_rate), key=lambda start: start.frames)
    zero = Timecode.parse(f"{str(first)[:2]}:00:00{':;'[story.frame_rate.drop]}00", story.frame_rate)
    every = sorted((mark for scene in scenes for mark in marks.get(scene.id) or of_scene(scene)), key=lambda mark: mark.at)
    return write_marks(every, kind, Clock(story.frame_rate, zero), story.title or "motifgen").encode()


#: What each format's file is called, and what writes it.
FILM_FILES: Mapping[str, tuple[str, Callable[[Story], bytes]]] = {
    "cue-sheet": ("cue-sheet.csv", write_cue_sheet),
    "spotting-notes": ("spotting-notes.md", _notes),
    "streamers": ("streamers.csv", _streamers),
}
#: What each list of markers is called, and which program's it is.
MARKER_FILES: Mapping[str, tuple[str, str]] = {
    "resolve": ("markers-resolve.edl", "resolve"),
    "premiere": ("markers-premiere.csv", "premiere"),
    "reaper": ("markers-reaper.csv", "reaper"),
    "avid": ("markers-avid.txt", "avid"),
    "otio": ("markers.otio", "otio"),
    "markers": ("markers.csv", "csv"),
}
