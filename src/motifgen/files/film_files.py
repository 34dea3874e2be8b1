"""Files of a whole film that need no note: the cue sheet, spotting notes, streamers, and markers for editing programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from motifgen.files.cue_sheet import write_cue_sheet
from motifgen.story.scene import Scene, Story


def _notes(story: Story) -> bytes:
    from motifgen.files.timelines.notes import spotting_notes  # noqa: PLC0415 - few renders ask for it

    return spotting_notes(story).encode()


def _streamers(story: Story) -> bytes:
    from motifgen.files.timelines.notes import streamers  # noqa: PLC0415 - as above

    return streamers(story).encode()


def _markers(story: Story, *, kind: str) -> bytes:
    """Return every scene and hit as markers; the timeline's zero is the full hour at or before the first scene."""
    from motifgen.files.timelines import Clock, of_scene, write_marks  # noqa: PLC0415 - as above
    from motifgen.story.timecode import Timecode  # noqa: PLC0415 - as above

    scenes = [scene for scene in story.scenes if isinstance(scene, Scene)]
    first = min((scene.start for scene in scenes), default=Timecode(0, story.frame_rate), key=lambda start: start.frames)
    zero = Timecode.parse(f"{str(first)[:2]}:00:00{':;'[story.frame_rate.drop]}00", story.frame_rate)
    marks = sorted((mark for scene in scenes for mark in of_scene(scene)), key=lambda mark: mark.at)
    return write_marks(marks, kind, Clock(story.frame_rate, zero), story.title or "motifgen").encode()


#: What each format's file is called, and what writes it.
FILM_FILES: Mapping[str, tuple[str, Callable[[Story], bytes]]] = {
    "cue-sheet": ("cue-sheet.csv", write_cue_sheet),
    "spotting-notes": ("spotting-notes.md", _notes),
    "streamers": ("streamers.csv", _streamers),
    "resolve": ("markers-resolve.edl", partial(_markers, kind="resolve")),
    "premiere": ("markers-premiere.csv", partial(_markers, kind="premiere")),
    "reaper": ("markers-reaper.csv", partial(_markers, kind="reaper")),
    "avid": ("markers-avid.txt", partial(_markers, kind="avid")),
    "otio": ("markers.otio", partial(_markers, kind="otio")),
    "markers": ("markers.csv", partial(_markers, kind="csv")),
}
