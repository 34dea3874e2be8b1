"""Lists of markers that are tables: Premiere, REAPER, Pro Tools, Logic, Avid, and plain CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from motifgen.errors import NotationError, RangeError
from motifgen.files.timelines.marks import Clock, Mark, Reading
from motifgen.story.timecode import FrameRate, Timecode

_BARS = re.compile(r"[0-9]+[.|][0-9]+[.|][0-9]+\Z")
_LOGIC = re.compile(r"([0-9]{1,2}:[0-9]{2}:[0-9]{2}[:;][0-9]{2})(?:\.([0-9]{2}))?\Z")
_FORMULA = tuple("=+-@")
_PLAIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "time": ("time", "timecode", "at", "in", "start", "position", "tc"),
        "name": ("name", "what", "marker", "label", "marker name", "hit"),
        "note": ("note", "notes", "comment", "comments", "description"),
        "until": ("until", "out", "end", "to"),
    }
)


def is_premiere(text: str) -> bool:
    """Tell whether a text is Premiere's tab-separated list of markers, in any language: six columns, the third and fourth timecode."""
    rows = list(_rows(text, "\t"))
    return len(rows) > 1 and all(len(cells) >= 6 and _is_timecode(cells[2]) and _is_timecode(cells[3]) for _, cells in rows[1:])


def read_premiere(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return Premiere's markers (File > Export > Markers): Marker Name, Description, In, Out, Duration, Marker Type."""
    found = Reading(name, clock)
    for line, cells in list(_rows(text, "\t"))[1:]:
        if len(cells) < 4:
            found.fault(line, f"a marker has {len(cells)} columns; accepted: name, description, in, out, duration, type, parted by tabs")
        else:
            found.mark(line, cells[2], cells[0], cells[1], cells[3])
    return found.done()


def write_premiere(marks: Iterable[Mark], title: str, clock: Clock) -> str:  # noqa: ARG001 - every writer has a title
    """Return markers as Premiere exports them."""
    rows: list[tuple[str, ...]] = [("Marker Name", "Description", "In", "Out", "Duration", "Marker Type", "")]
    for mark in marks:
        times = (clock.timecode(mark.at), clock.timecode(mark.at + mark.length), Timecode.nearest(mark.length, clock.rate))
        rows.append((mark.name, mark.note, *map(str, times), "Comment", ""))
    return _written(rows, "\t")


def is_reaper(text: str) -> bool:
    """Tell whether a text is REAPER's list of regions and markers."""
    return text.lower().startswith("#,name,start,end")


def read_reaper(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return REAPER's regions and markers; the project's time must be minutes and seconds, seconds, or timecode."""
    found = Reading(name, clock)
    for line, cells in list(_rows(text, ","))[1:]:
        if len(cells) < 3:
            found.fault(line, f"a marker has {len(cells)} columns; accepted: #,Name,Start,End,Length")
        elif _BARS.match(cells[2].strip()):
            found.fault(
                line,
                f"{cells[2]!r} is bars and beats; set the project's time unit to minutes and seconds, or to timecode, and export again",
            )
        else:
            found.mark(line, cells[2], cells[1], until=cells[3] if len(cells) > 3 else "")
    return found.done()


def write_reaper(marks: Iterable[Mark], title: str, clock: Clock) -> str:  # noqa: ARG001 - every writer has a title
    """Return regions and markers that REAPER imports, in seconds from the project's start."""
    rows: list[tuple[str, ...]] = [("#", "Name", "Start", "End", "Length")]
    for number, mark in enumerate(marks, 1):
        start, length = mark.at - clock.zero.seconds, mark.length
        times = (_decimal(start), _decimal(start + length), _decimal(length)) if length else (_decimal(start), "", "")
        rows.append((f"{'R' if length else 'M'}{number}", mark.name, *times))
    return _written(rows, ",")


def is_pro_tools(text: str) -> bool:
    """Tell whether a text is Pro Tools' session info with markers."""
    return "M A R K E R S  L I S T I N G" in text


def read_pro_tools(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return the markers of Pro Tools' "Session Info as Text"; its own frame rate is used where it names one."""
    head, _, listing = text.partition("M A R K E R S  L I S T I N G")
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.split("\n"))}
    found = Reading(name, clock)
    rate = _session_rate(facts.get("TIMECODE FORMAT", ""))
    if rate is not None:
        found.clock = replace(clock, rate=rate)
    rows = list(_rows(listing, "\t"))
    columns = [cell.strip().upper() for cell in rows[0][1]] if rows else []
    for line, cells in rows[1:]:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        if not row.get("#", "").isdecimal():
            break
        time = row.get("LOCATION", "")
        if _BARS.match(time):
            found.fault(line + head.count("\n"), f"{time!r} is bars and beats; export the session text with timecode")
        else:
            found.mark(line + head.count("\n"), time, row.get("NAME", ""), row.get("COMMENTS", ""))
    return found.done()


def _session_rate(text: str) -> FrameRate | None:
    """Return the rate of ``29.97 Drop Frame`` or ``23.976 Frame``."""
    number, _, rest = text.partition(" ")
    try:
        return FrameRate.named({"23.98": "23.976"}.get(number, number) + ("df" if "drop" in rest.lower() else ""))
    except RangeError:
        return None


def is_logic(text: str) -> bool:
    """Tell whether a text is Logic's marker list, pasted."""
    rows = list(_rows(text, "\t"))
    return bool(rows) and all(any(_LOGIC.match(cell.strip()) for cell in cells[:2]) for _, cells in rows)


def read_logic(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return the markers of Logic's list, pasted as text: lock, position in SMPTE, name, length; eightieths of a frame are kept."""
    found = Reading(name, clock)
    for line, cells in _rows(text, "\t"):
        at = next((i for i, cell in enumerate(cells[:2]) if _LOGIC.match(cell.strip())), None)
        if at is None or len(cells) < at + 2:
            found.fault(line, "this line has no SMPTE position and name; in Logic, show positions as time and copy the list again")
            continue
        position = _LOGIC.match(cells[at].strip())
        before = len(found.marks)
        found.mark(line, position[1] if position else "", cells[at + 1])
        if position and position[2] and len(found.marks) > before:
            found.marks[-1] = replace(found.marks[-1], at=found.marks[-1].at + found.clock.rate.seconds(Fraction(int(position[2]), 80)))
    return found.done()


def is_avid(text: str) -> bool:
    """Tell whether a text is Avid Media Composer's list of markers."""
    rows = list(_rows(text, "\t"))
    return bool(rows) and all(len(cells) >= 5 and _is_timecode(cells[1]) for _, cells in rows)


def read_avid(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return Avid's markers: user, timecode, track, color, comment; the comment is what names them."""
    found = Reading(name, clock)
    for line, cells in _rows(text, "\t"):
        if len(cells) < 5:
            found.fault(line, f"a marker has {len(cells)} columns; accepted: user, timecode, track, color, comment, parted by tabs")
        else:
            found.mark(line, cells[1], cells[4])
    return found.done()


def write_avid(marks: Iterable[Mark], title: str, clock: Clock) -> str:
    """Return markers that Avid Media Composer imports into a sequence; its list has no place for notes."""
    rows = []
    for mark in marks:
        frames = max(round(clock.rate.frames(mark.length)), 1)
        rows.append((" ".join(title.split()) or "motifgen", str(clock.timecode(mark.at)), "V1", "red", mark.name, str(frames)))
    return _written(rows, "\t")


def is_plain(text: str) -> bool:
    """Tell whether a text is a table whose first row names a time and a name."""
    header = _header(text)
    return "time" in header and "name" in header


def read_plain(text: str, name: str, clock: Clock) -> tuple[Mark, ...]:
    """Return the rows of a table with a header, parted by commas, semicolons or tabs; times in any form of a scene file."""
    found, header = Reading(name, clock), _header(text)
    for line, cells in list(_rows(text, _delimiter(text)))[1:]:
        if header["time"] >= len(cells):
            found.fault(line, f"this row has no time; the header puts it into column {header['time'] + 1}")
            continue
        row = {column: cells[at] for column, at in header.items() if at < len(cells)}
        found.mark(line, row["time"], _bare(row.get("name", "")), _bare(row.get("note", "")), row.get("until", ""))
    return found.done()


def write_plain(marks: Iterable[Mark], title: str, clock: Clock) -> str:  # noqa: ARG001 - every writer has a title
    """Return a table of timecode, seconds from the timeline's zero, name, note and end; no spreadsheet takes a name for a formula."""
    rows: list[tuple[str, ...]] = [("timecode", "seconds", "name", "note", "until")]
    for mark in marks:
        until = str(clock.timecode(mark.at + mark.length)) if mark.length else ""
        rows.append((str(clock.timecode(mark.at)), _decimal(mark.at - clock.zero.seconds), _text(mark.name), _text(mark.note), until))
    return _written(rows, ",")


def _text(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def _header(text: str) -> dict[str, int]:
    """Return the columns of a plain table by what they hold."""
    first = next(iter(_rows(text, _delimiter(text))), (0, []))[1]
    found: dict[str, int] = {}
    for at, cell in enumerate(first):
        for column, words in _PLAIN.items():
            if cell.strip().casefold() in words:
                found.setdefault(column, at)
    return found


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows that are not empty, each with the line on which it ends."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in table:
            if any(cell.strip() for cell in cells):
                yield table.line_num, cells
    except csv.Error as error:
        raise NotationError(f"line {table.line_num} of the table cannot be read: {error}") from error


def _written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _is_timecode(cell: str) -> bool:
    return bool(_LOGIC.match(cell.strip()))


def _decimal(seconds: Fraction) -> str:
    return f"{float(seconds):.6f}".rstrip("0").rstrip(".")
