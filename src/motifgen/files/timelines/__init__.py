"""Markers from and for the programs in which a picture is cut: Resolve, Premiere, Pro Tools, REAPER, Logic, Avid, any that speaks OTIO."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from motifgen.errors import NotationError, UnknownNameError
from motifgen.files.timelines import tables
from motifgen.files.timelines.marks import Clock, Mark, decoded, hits_of, of_scene
from motifgen.files.timelines.otio import is_otio, read_otio, unpacked, write_otio
from motifgen.files.timelines.resolve import is_resolve, read_resolve, write_resolve

__all__ = ["FORMATS", "Clock", "Mark", "hits_of", "of_scene", "read_marks", "read_timeline", "write_marks"]


class Format(NamedTuple):
    """A kind of list: what it is called, how it is known, read and written, and how its files end."""

    title: str
    suffix: str
    known: Callable[[str], bool]
    read: Callable[[str, str, Clock], tuple[Mark, ...]]
    write: Callable[[Iterable[Mark], str, Clock], str] | None = None


#: In the order in which a text is tried; the plainest comes last.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "otio": Format("OpenTimelineIO (.otio, .otioz)", ".otio", is_otio, read_otio, write_otio),
        "resolve": Format("DaVinci Resolve: Timeline Markers to EDL", ".edl", is_resolve, read_resolve, write_resolve),
        "protools": Format("Pro Tools: Session Info as Text", ".txt", tables.is_pro_tools, tables.read_pro_tools),
        "reaper": Format("REAPER: Region/Marker CSV", ".csv", tables.is_reaper, tables.read_reaper, tables.write_reaper),
        "premiere": Format("Premiere: Markers", ".csv", tables.is_premiere, tables.read_premiere, tables.write_premiere),
        "avid": Format("Avid Media Composer: markers as text", ".txt", tables.is_avid, tables.read_avid, tables.write_avid),
        "logic": Format("Logic: marker list pasted as text", ".txt", tables.is_logic, tables.read_logic),
        "csv": Format("a table with a time and a name", ".csv", tables.is_plain, tables.read_plain, tables.write_plain),
    }
)


def read_marks(data: bytes, name: str, clock: Clock, kind: str = "") -> tuple[Mark, ...]:
    r"""Return the markers of a list that an editing program exported, in order of time.

    Parameters
    ----------
    name : str
        The file's name, for messages.
    clock : Clock
        The timeline's frame rate, which most of these lists do not hold, and the timecode of its zero.
    kind : str
        A name of `FORMATS`; empty finds it out.

    Raises
    ------
    NotationError
        If it is none of these lists.
    SceneFileError
        With every line that cannot be read.

    Examples
    --------
    >>> read_marks(b"time,name\n0:10,the door", "marks.csv", Clock())[0].name
    'the door'
    """
    text = decoded(unpacked(data, name), name)
    if kind:
        return _format(kind).read(text, name, clock)
    for each in FORMATS.values():
        if each.known(text):
            return each.read(text, name, clock)
    accepted = "; ".join(each.title for each in FORMATS.values())
    raise NotationError(f"{name} is no list of markers that is known; accepted: {accepted}")


def read_timeline(path: Path, clock: Clock, kind: str = "") -> tuple[Mark, ...]:
    """Return the markers of a file, as `read_marks` does; the media in an ``.otioz`` bundle are not read.

    Raises
    ------
    OSError
        If there is no such file.
    """
    return read_marks(unpacked(path, path.name), path.name, clock, kind)


def write_marks(marks: Iterable[Mark], kind: str, clock: Clock, title: str = "motifgen") -> str:
    """Return markers as a list that a program imports.

    Raises
    ------
    UnknownNameError
        If that kind of list cannot be written.
    """
    write = _format(kind).write
    if write is None:
        raise UnknownNameError("list of markers that can be written", kind, [key for key, each in FORMATS.items() if each.write])
    return write(marks, title, clock)


def _format(kind: str) -> Format:
    if kind not in FORMATS:
        raise UnknownNameError("list of markers", kind, FORMATS)
    return FORMATS[kind]
