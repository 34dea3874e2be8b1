"""DaVinci Resolve's markers as an EDL ("Timeline Markers to EDL", manual of version 18.6): two lines a marker, no frame rate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from motifgen.files.timelines.marks import Clock, Mark, Reading

_EVENT = re.compile(r"\s*[0-9]{1,6}\s+\S+\s+\S+\s+\S+\s+([0-9:;]+)\s+([0-9:;]+)\s+([0-9:;]+)\s+([0-9:;]+)\s*\Z")
_TAIL = re.compile(r"\|([CMD]):([^|]*)")


def is_resolve(text: str) -> bool:
    """Tell whether a text is such a list."""
    return "|M:" in text and any(map(_EVENT.match, text.split("\n")))


def read_resolve(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return the markers; the name is what was typed as the marker's name, the note what stands before it."""
    found = Reading(name, clock)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith(("TITLE:", "* "))]
    for (number, line), (_, following) in pairwise([*lines, (0, "")]):
        event = _EVENT.match(line)
        if event:
            facts = dict(_TAIL.findall(following))
            note = following.split("|", 1)[0].strip().removeprefix("- ")
            end = _end(event[3], facts.get("D", ""), clock)
            found.mark(number, event[3], facts.get("M", "").strip() or note, note if facts.get("M", "").strip() else "", end)
        elif line.startswith("FCM:") and ("NON" not in line) != clock.rate.drop:
            found.fault(number, f"the list counts {line[4:].strip().lower()}, but the frame rate is {clock.rate}; give the timeline's own")
        elif not line.startswith("FCM:") and "|M:" not in line:
            found.fault(number, "this is neither a marker's event line nor its text; accepted: 'Timeline Markers to EDL' of Resolve")
    return found.done()


def _end(start: str, frames: str, clock: Clock) -> str:
    """Return where a marker of some frames ends, as a time that the clock reads; one frame is a moment."""
    if not frames.strip().isdecimal() or int(frames) <= 1 or not re.fullmatch(r"\d\d:\d\d:\d\d[:;]\d\d", start):
        return ""
    try:
        return str(clock.timecode(clock.seconds(start) + clock.rate.seconds(int(frames))))
    except ValueError:
        return ""


def write_resolve(marks: Iterable[Mark], title: str, clock: Clock) -> str:
    """Return an EDL that Resolve imports as timeline markers; ``|`` in texts becomes ``/``."""
    lines = [f"TITLE: {_plain(title)}", f"FCM: {'DROP FRAME' if clock.rate.drop else 'NON-DROP FRAME'}", ""]
    for number, mark in enumerate(marks, 1):
        first = clock.timecode(mark.at)
        frames = max(round(clock.rate.frames(mark.length)), 1)
        times = f"{first} {first.later(clock.rate.seconds(1))}"
        note = _plain(mark.note)
        # A note that begins with a digit would be taken for the next event, one with a star for a comment.
        lead = "- " if note[:1].isdecimal() or note.startswith("*") else ""
        lines += [
            f"{number:03}  001      V     C        {times} {times}",
            f"{lead}{note} |C:ResolveColorRed |M:{_plain(mark.name)} |D:{frames}",
            "",
        ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
