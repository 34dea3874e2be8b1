"""The cue sheet: every scene of a film, composed or source, with timecodes and durations, as CSV."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from motifgen.story.scene import Scene, SourceScene, Story

COLUMNS = (
    "production",
    "sequence",
    "cue",
    "title",
    "kind",
    "use",
    "in",
    "out",
    "duration",
    "frame_rate",
    "artist",
    "composer",
    "publisher",
    "style",
    "themes",
)


def write_cue_sheet(story: Story) -> bytes:
    """Return a film's cue sheet as UTF-8 CSV (RFC 4180), a row for each scene in the order of the film.

    ``in`` and ``out`` are film timecode (``out`` is the first frame after the music), ``duration`` is h:mm:ss.mmm of real time.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> scene = Scene("1m1", Fraction(90), Arc.of((0, "calm")), title="Storm")
    >>> write_cue_sheet(Story("The Salt Road", scenes=(scene,))).decode().splitlines()[1]
    'The Salt Road,1,1m1,Storm,score,background instrumental,01:00:00:00,01:01:30:00,0:01:30.000,24,,,,orchestral,'
    """
    sheet = io.StringIO(newline="")
    rows = csv.writer(sheet, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for number, scene in enumerate(story.scenes, 1):
        facts = _composed(scene) if isinstance(scene, Scene) else _source(scene)
        rate = scene.start.rate
        times = {"in": scene.start, "out": scene.start.later(scene.length), "duration": _clock(scene.length), "frame_rate": rate}
        row = {"production": story.title, "sequence": number, "cue": scene.id, **facts, **times}
        rows.writerow([_plain(str(row.get(column, ""))) for column in COLUMNS])
    return sheet.getvalue().encode()


def _composed(scene: Scene) -> dict[str, object]:
    themes = dict.fromkeys(cast.who.name for cast in scene.cast)
    return {"title": scene.title, "kind": "score", "use": "background instrumental", "style": scene.style, "themes": "; ".join(themes)}


def _source(scene: SourceScene) -> dict[str, object]:
    facts = dict(scene.source)
    return {**facts, "title": facts.get("title") or scene.title, "kind": "source"}


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _clock(seconds: Fraction) -> str:
    milliseconds = round(seconds * 1000)
    return f"{milliseconds // 3_600_000}:{milliseconds // 60_000 % 60:02}:{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
