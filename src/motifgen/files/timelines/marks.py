"""What an editor marks on a timeline: a moment, a name, a note; and how a mark is read as a hit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from motifgen.errors import Fault, MotifgenError, NotationError, SceneFileError, shown
from motifgen.story.scene import DO, Hit, Scene
from motifgen.story.timecode import FrameRate, Timecode, parse_time

_NAMED = re.compile(rf"\s*(?:hit\b\s*[:\-]?\s*)?(?:[\[(]?({'|'.join(DO)})\b[\])]?\s*[:\-]?\s*)?(.*)\Z", re.IGNORECASE | re.DOTALL)
_TIMECODE = re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}[:;][0-9]{2}\Z")
_LONG = re.compile(r"([0-9]{1,2}):([0-9]{2}:[0-9]{2}\.[0-9]{1,9})\Z")
LARGEST = 10_000_000
#: What a section of the music is called after its scene's id; such a mark is none of the picture's.
SECTIONS = ("intro", "statement", "continuation", "build", "climax", "release", "coda", "silence", "underscore")
_RATE, _HOUR = FrameRate(), Timecode()


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a timeline.

    Parameters
    ----------
    at : Fraction
        Real seconds from timecode 00:00:00:00.
    name, note : str
        What the editor wrote.
    length : Fraction
        Seconds; 0 for a moment.
    """

    at: Fraction
    name: str
    note: str = ""
    length: Fraction = Fraction(0)

    def hit(self, scene_start: Timecode) -> Hit:
        """Return the hit that a mark asks for; a name may begin with what to do: ``stinger: the knife``, ``HIT cut``.

        Examples
        --------
        >>> Mark(Fraction(3612), "Stinger: the knife").hit(Timecode.parse("01:00:00:00", FrameRate()))
        Hit(at=Fraction(12, 1), do='stinger', what='the knife', who='', on='beat', must=True, tolerance=Fraction(1, 1))
        """
        found = _NAMED.match(self.name)
        do, what = (found[1], found[2]) if found else (None, self.name)
        return Hit(self.at - scene_start.seconds, (do or "accent").lower(), " ".join((what or self.note).split()))


@dataclass(frozen=True, slots=True)
class Clock:
    """How a timeline counts: its frame rate, and the timecode of its zero for programs that count from there.

    Examples
    --------
    >>> clock = Clock(FrameRate(), Timecode.parse("01:00:00:00", FrameRate()))
    >>> clock.seconds("01:00:10:12") == clock.seconds("0:10.5") == Fraction("3610.5")
    True
    """

    rate: FrameRate = _RATE
    zero: Timecode = _HOUR

    def seconds(self, text: str) -> Fraction:
        """Return real seconds from 00:00:00:00 of timecode, or of a time that counts from the timeline's zero."""
        text = text.strip()
        if _TIMECODE.match(text):
            return Timecode.parse(text, self.rate).seconds
        long = _LONG.match(text)
        if long:
            return self.zero.seconds + 3600 * int(long[1]) + parse_time(long[2], self.zero, self.rate)
        return self.zero.seconds + parse_time(text, self.zero, self.rate)

    def timecode(self, seconds: Fraction) -> Timecode:
        """Return the nearest frame of a mark."""
        return Timecode.nearest(seconds, self.rate)


class Reading:
    """Marks gathered from the lines of a file, with every line that could not be read.

    Parameters
    ----------
    name : str
        The file's, for messages.
    """

    __slots__ = ("clock", "faults", "marks", "name")

    def __init__(self, name: str, clock: Clock) -> None:
        """Begin with nothing."""
        self.name, self.clock = name, clock
        self.marks: list[Mark] = []
        self.faults: list[Fault] = []

    def fault(self, line: int, message: str, column: int = 1) -> None:
        """Keep what is wrong with a line."""
        self.faults.append(Fault(self.name, line, column, message))

    def mark(self, line: int, time: str, name: str, note: str = "", until: str = "") -> None:
        """Keep a mark, or say why its time cannot be read.

        Parameters
        ----------
        until : str
            Where it ends, as a time, or empty.
        """
        try:
            at = self.clock.seconds(time)
            end = self.clock.seconds(until) if until.strip() else at
        except NotationError as error:
            self.fault(line, str(error))
            return
        self.marks.append(Mark(at, name.strip(), note.strip(), max(end - at, Fraction(0))))

    def done(self) -> tuple[Mark, ...]:
        """Return the marks in order of time.

        Raises
        ------
        SceneFileError
            With every line that could not be read.
        """
        if self.faults:
            raise SceneFileError(self.faults)
        return tuple(sorted(self.marks, key=lambda mark: mark.at))


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file, in whichever encoding editors' programs write: UTF-16 or UTF-8 with or without a mark, or Latin-1.

    Raises
    ------
    NotationError
        If it is far too large, or no text at all.
    """
    if len(data) > LARGEST:
        raise NotationError(f"{name} is larger than {LARGEST:,} bytes; a list of markers is not")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    if "\0" in text:
        raise NotationError(f"{name} is no text; accepted: a list of markers as an editing program exports it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def of_scene(scene: Scene) -> tuple[Mark, ...]:
    """Return a scene as marks: its start, every hit, its end.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> scene = Scene("1m1", 20, Arc.of((0, "calm")), title="Storm", hits=[Hit(5, "cut", "silence")])
    >>> [(float(mark.at), mark.name) for mark in of_scene(scene)]
    [(3600.0, '1m1 Storm'), (3605.0, 'HIT cut: silence'), (3620.0, '1m1 end')]
    """
    start = scene.start.seconds
    hits = [Mark(start + hit.at, f"HIT {hit.do}" + (f": {hit.what}" if hit.what else "")) for hit in scene.hits]
    title = f"{scene.id} {scene.title}".strip()
    return (Mark(start, title, length=scene.length), *sorted(hits, key=lambda mark: mark.at), Mark(start + scene.length, f"{scene.id} end"))


def own_names(scene_id: str, title: str = "") -> frozenset[str]:
    """Return the names of marks that motifgen writes for a scene and that are no hits: its start, its end, its sections.

    Examples
    --------
    >>> sorted(own_names("1m1", "Storm"))[:3]
    ['1m1 Storm', '1m1 build', '1m1 climax']
    """
    return frozenset((f"{scene_id} {title}".strip(), f"{scene_id} end", *(f"{scene_id} {name}" for name in SECTIONS)))


def hits_of(marks: Iterable[Mark], scene: Scene) -> tuple[Hit, ...]:
    """Return the marks inside a scene as hits, in order of time; a mark that is the scene's own start, end or section is none.

    Raises
    ------
    MotifgenError
        If a mark cannot be a hit; the message names it.
    """
    start, own = scene.start.seconds, own_names(scene.id, scene.title)
    found = []
    for mark in sorted(marks, key=lambda mark: mark.at):
        if 0 <= mark.at - start <= scene.length and mark.name not in own:
            try:
                found.append(mark.hit(scene.start))
            except MotifgenError as error:
                raise NotationError(f"the mark {shown(mark.name)} cannot be a hit: {error}") from error
    return tuple(found)
