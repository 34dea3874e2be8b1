"""The cue sheet: every scene of a film, composed or source, with timecodes, durations, rights and notes, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction

from motifgen.errors import UnknownNameError
from motifgen.story.scene import Scene, SourceScene, Story

COLUMNS = (
    "production",
    "sequence",
    "cue",
    "title",
    "kind",
    "source",
    "use",
    "in",
    "out",
    "duration",
    "total",
    "frame_rate",
    "artist",
    "composer",
    "publisher",
    "pro",
    "splits",
    "style",
    "themes",
    "notes",
)
#: What a cue sheet says of a score, where the film, a scene or a call says it.
CREDITS = ("artist", "composer", "publisher", "pro", "splits", "use", "notes")
_SAID = frozenset(("title", *CREDITS))


def write_cue_sheet(story: Story, score: Mapping[str, str] | None = None) -> bytes:
    """Return a film's cue sheet as UTF-8 CSV (RFC 4180), a row for each scene in the order of the film.

    ``in`` and ``out`` are film timecode (``out`` is the first frame after the music), ``duration`` is h:mm:ss.mmm of real time from one to
    the other, and ``total`` what all durations so far add up to, to the millisecond. ``source`` is ``yes`` for music that exists. What
    is known of such music and has no column stands in its notes.

    Parameters
    ----------
    score : Mapping[str, str], optional
        What is to be said of every composed scene, by the names of `CREDITS`, instead of what the film itself says; a scene's own
        credits come before both.

    Raises
    ------
    UnknownNameError
        If anything else is said.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> scene = Scene("1m1", Fraction(90), Arc.of((0, "calm")), title="Storm")
    >>> write_cue_sheet(Story("The Salt Road", scenes=(scene,)), {"composer": "M. Vale"}).decode().splitlines()[1]
    'The Salt Road,1,1m1,Storm,score,no,background instrumental,01:00:00:00,01:01:30:00,0:01:30.000,0:01:30.000,24,,M. Vale,,,,orchestral,,'
    """
    given = {**dict(story.credits), **(score or {})}
    own = (name for scene in story.scenes if isinstance(scene, Scene) for name, _ in scene.credits)
    for name in (*given, *own):
        if name not in CREDITS:
            raise UnknownNameError("credit", name, CREDITS)
    sheet = io.StringIO(newline="")
    rows = csv.writer(sheet, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    passed = Fraction(0)
    for number, scene in enumerate(story.scenes, 1):
        facts = _composed(scene, {**given, **dict(scene.credits)}) if isinstance(scene, Scene) else _source(scene)
        before, passed = passed, passed + _lasting(scene)
        # Each is the difference of two rounded sums, so that what is printed adds up.
        lasted = _milliseconds(passed) - _milliseconds(before)
        times = {"in": scene.start, "out": scene.start.later(scene.length), "frame_rate": scene.start.rate}
        row = {"production": story.title, "sequence": number, "cue": scene.id, **facts, **times}
        row |= {"duration": _clock(lasted), "total": _clock(_milliseconds(passed))}
        rows.writerow([_plain(str(row.get(column, ""))) for column in COLUMNS])
    return sheet.getvalue().encode()


def _composed(scene: Scene, said: Mapping[str, str]) -> dict[str, str]:
    themes = dict.fromkeys(cast.who.name for cast in scene.cast)
    known = {"kind": "score", "source": "no", "style": str(scene.style), "title": scene.title, "themes": "; ".join(themes)}
    return {"use": "background instrumental", **said, **known}


def _source(scene: SourceScene) -> dict[str, str]:
    facts = dict(scene.source)
    more = [f"{name}: {value}" for name, value in facts.items() if name not in _SAID]
    notes = "; ".join([text for text in (facts.get("notes", ""), *more) if text])
    known = {name: value for name, value in facts.items() if name in _SAID}
    return {**known, "title": facts.get("title") or scene.title, "kind": "source", "source": "yes", "notes": notes}


def _lasting(scene: Scene | SourceScene) -> Fraction:
    """Return the real seconds from the first frame of a scene to the first frame after it."""
    rate = scene.start.rate
    return rate.seconds(round(rate.frames(scene.length)))


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _milliseconds(seconds: Fraction) -> int:
    return round(seconds * 1000)


def _clock(milliseconds: int) -> str:
    return f"{milliseconds // 3_600_000}:{milliseconds // 60_000 % 60:02}:{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
