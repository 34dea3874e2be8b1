"""A recut: frames are put in or taken out of the picture, and every later time of a scene arc file moves with them.

Only the times are rewritten, letter by letter in their places; comments, order and layout of the file stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from motifgen.errors import NotationError, SceneFileError, UnknownNameError, shown
from motifgen.files.scene_file import read_story
from motifgen.files.scene_file.nodes import Listing, Mapping, Node, Page, Scalar
from motifgen.files.scene_file.source import marked, read_nodes
from motifgen.story.pickup import in_picture
from motifgen.story.scene import Scene, SourceScene, Story
from motifgen.story.timecode import FrameRate, Timecode, parse_time

_BY = re.compile(r"([+-]?)\s*([0-9]{1,7})\s*f(?:rames?)?\Z", re.IGNORECASE)
_SIGNED = re.compile(r"([+-]?)\s*([0-9].*)\Z")
_LISTS = ("arc", "hits", "cast", "dialogue", "silence", "statements")
_STARTS, _ENDS = ("at", "from"), ("to",)


@dataclass(frozen=True, slots=True)
class Edit:
    """Frames put into the picture before a frame (more than 0), or taken out from it on (less than 0).

    Parameters
    ----------
    at : int
        A frame of the picture as it was, counted from timecode 00:00:00:00.
    by : int
        How many frames.
    """

    at: int
    by: int

    def moved(self, frame: Fraction, is_end: bool) -> Fraction:
        """Return where a frame lies afterwards; one that is taken out lies on the cut. What ends at the edit still ends there."""
        if self.by > 0:
            return frame + self.by if frame > self.at or (frame == self.at and not is_end) else frame
        if frame >= self.at - self.by:
            return frame + self.by
        return min(frame, Fraction(self.at))

    def swallows(self, start: Fraction, end: Fraction) -> bool:
        """Tell whether all from a frame up to another is taken out."""
        return self.by < 0 and self.at <= start < end <= self.at - self.by


def edit(at: str, by: str, story: Story, scene: str = "") -> Edit:
    """Return an edit as a person writes it.

    Parameters
    ----------
    at : str
        Film timecode, or a time from the start of ``scene``.
    by : str
        ``-14f``, ``+2f``, or a time with a sign: ``-0:01.5``.

    Raises
    ------
    NotationError
        If either cannot be read, or a time needs a scene and the film has several.
    UnknownNameError
        If there is no such scene.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> film = Story(scenes=[Scene("1m1", 60, Arc.of((0, "calm")), start="01:00:10:00")])
    >>> edit("0:42", "-14f", film)
    Edit(at=87648, by=-14)
    """
    rate = story.frame_rate
    if at.count(":") + at.count(";") == 3:
        return Edit(Timecode.parse(at, rate).frames, _frames(by, rate))
    start = _as_written(_scene(story, scene, at)).start
    return Edit(start.frames + round(rate.frames(parse_time(at, start, rate))), _frames(by, rate))


def _as_written(scene: Scene | SourceScene) -> Scene | SourceScene:
    return in_picture(scene) if isinstance(scene, Scene) else scene


def _scene(story: Story, name: str, at: str) -> Scene | SourceScene:
    names = [scene.id for scene in story.scenes]
    if not name and len(names) == 1:
        return story.scenes[0]
    if not name:
        raise NotationError(
            f"{shown(at)} counts from a scene's start, but which? accepted: a scene with it ({', '.join(names)}), or film timecode"
        )
    if name not in names:
        raise UnknownNameError("scene", name, names)
    return story.scenes[names.index(name)]


def _frames(by: str, rate: FrameRate) -> int:
    frames, time = _BY.match(by.strip()), _SIGNED.match(by.strip())
    if frames:
        count = int(frames[2])
    elif time and time[2].count(":") < 3:
        count = round(rate.frames(parse_time(time[2], Timecode(0, rate), rate)))
    else:
        count = 0
    if not count:
        raise NotationError(f"cannot move by {shown(by)}; accepted: frames as '-14f' or '+2f', or a time as '-0:01.5'")
    return -count if by.strip().startswith("-") else count


def recut(path: Path, edits: Sequence[Edit], *, allow_outside: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the text of a scene arc file after a recut, and a sentence for everything that moved.

    Parameters
    ----------
    edits : Sequence[Edit]
        In any order; all count frames of the picture as it was.
    allow_outside : bool
        Whether the file may name motif files outside its own folder tree.

    Raises
    ------
    SceneFileError
        If the file has faults; or if a scene, or a span of one, would vanish altogether or has no start to be moved.
    """
    story, page = read_story(path, allow_outside=allow_outside), Page(str(path))
    top = read_nodes(path, page)
    scenes = _field(top, "scenes")
    moving = _Moving(story.frame_rate, tuple(sorted(edits, key=lambda it: -it.at)), page)
    if isinstance(scenes, Listing):
        for node, scene in zip(scenes.items, story.scenes, strict=True):
            moving.scene(node, _as_written(scene))
    if page.faults:
        raise SceneFileError(page.faults)
    mark, text = marked(path.read_bytes())
    return mark + moving.applied(text), tuple(moving.said)


class _Moving:
    """Gathers what is to be rewritten."""

    def __init__(self, rate: FrameRate, edits: tuple[Edit, ...], page: Page) -> None:
        self.rate, self.edits, self.page = rate, edits, page
        self.said: list[str] = []
        self.changes: dict[tuple[int, int], tuple[str, str]] = {}

    def scene(self, node: Node, scene: Scene | SourceScene) -> None:
        """Move all times of one scene."""
        first, last = Fraction(scene.start.frames), scene.start.frames + self.rate.frames(scene.length)
        start, end = self._moved(first, is_end=False), self._moved(last, is_end=True)
        if any(it.swallows(first, last) for it in self.edits) or end <= start:
            self.page.fault(node.place, f"scene {scene.id} would vanish; delete it first")
            return
        given = _field(node, "start")
        if start != first and not isinstance(given, Scalar):
            self.page.fault(node.place, f"scene {scene.id} has no 'start' that could move; give it one")
            return
        if isinstance(given, Scalar):
            self._write(given, str(Timecode(int(start), self.rate)), f"{scene.id}: start")
        self._length(node, scene, (start, end))
        for field in _LISTS:
            for place in _items(_field(node, field)):
                self._entry(place, scene, field, start)
        if any(first <= it.at < last for it in self.edits):
            self.said += [f"{scene.id}: {text} is counted in bars, which this edit may move; look at it" for text in _by_bars(node)]

    def _length(self, node: Node, scene: Scene | SourceScene, span: tuple[Fraction, Fraction]) -> None:
        length, end = _field(node, "length"), _field(node, "end")
        seconds = self.rate.seconds(span[1] - span[0])
        if isinstance(length, Scalar) and seconds != scene.length:
            self._write(length, _plain(length.text, seconds) or f"{float(seconds):.6f}", f"{scene.id}: length")
        if isinstance(end, Scalar):
            self._time(end, scene, "end", (span[0], True))

    def _entry(self, entry: Mapping, scene: Scene | SourceScene, field: str, start: Fraction) -> None:
        times = {key.text: value for key, value in entry.entries if key.text in (*_STARTS, *_ENDS) and isinstance(value, Scalar)}
        what = next((value.text for key, value in entry.entries if key.text in {"what", "who", "feel"} and isinstance(value, Scalar)), "")
        name = f"{field} {shown(what)}" if what else field
        frames = {key: self._frame(value, scene) for key, value in times.items()}
        first, last = frames.get("from"), frames.get("to")
        if first is not None and last is not None and any(it.swallows(first, last) for it in self.edits):
            self.page.fault(entry.place, f"this ({scene.id}, {name}) lies wholly in what is taken out; delete it first")
            return
        for key, value in times.items():
            self._time(value, scene, name, (start, key in _ENDS))

    def _frame(self, value: Scalar, scene: Scene | SourceScene) -> Fraction | None:
        """Return the frame of a time, or None for a place by bar."""
        if value.text.strip().lower().startswith("bar"):
            return None
        return scene.start.frames + self.rate.frames(parse_time(value.text, scene.start, self.rate))

    def _time(self, value: Scalar, scene: Scene | SourceScene, name: str, where: tuple[Fraction, bool]) -> None:
        start, is_end = where
        frame = self._frame(value, scene)
        if frame is None:
            return
        moved = self._moved(frame, is_end=is_end)
        if any(it.by < 0 and it.at < frame < it.at - it.by for it in self.edits):
            self.said.append(f"{scene.id}: {name} lay in what was taken out; it is now on the cut")
        timecode = value.text.count(":") + value.text.count(";") == 3
        if not timecode and moved - start == frame - scene.start.frames:
            return
        plain = None if timecode else _plain(value.text, self.rate.seconds(moved - start))
        self._write(value, plain or str(Timecode(round(moved), self.rate)), f"{scene.id}: {name}")

    def _moved(self, frame: Fraction, *, is_end: bool) -> Fraction:
        for it in self.edits:
            frame = it.moved(frame, is_end)
        return frame

    def _write(self, value: Scalar, text: str, name: str) -> None:
        if text == value.text:
            return
        if value.verbatim is None:
            self.page.fault(value.place, "this time is folded or escaped and cannot be rewritten in its place; write it plainly")
            return
        place = (value.verbatim.line, value.verbatim.column)
        if place not in self.changes:
            self.said.append(f"{name}: {value.text} -> {text}")
            self.changes[place] = (value.text, text)

    def applied(self, text: str) -> str:
        """Return the file's text with all changes made, the last first so that columns stay true."""
        lines = text.split("\n")
        for (line, column), (old, new) in sorted(self.changes.items(), reverse=True):
            row = lines[line - 1]
            lines[line - 1] = row[: column - 1] + new + row[column - 1 + len(old) :]
        return "\n".join(lines)


def _plain(old: str, seconds: Fraction) -> str | None:
    """Return a time in the form of an old one, or None where that form cannot hold it exactly."""
    if ":" in old:
        if (seconds * 1000).denominator != 1:
            return None
        minutes, rest = divmod(seconds, 60)
        fraction = f".{int(rest % 1 * 1000):03}".rstrip("0") if rest % 1 else ""
        if old.count(":") == 2 and not fraction:
            return f"{int(minutes) // 60}:{int(minutes) % 60:02}:{int(rest):02}"
        return f"{int(minutes)}:{int(rest):02}{fraction}"
    if (seconds * 1_000_000).denominator != 1:
        return None
    return f"{float(seconds):.6f}".rstrip("0").rstrip(".")


def _by_bars(node: Node) -> Iterator[str]:
    """Yield what stands by bars and not by times, as the file has it."""
    for entry in _items(_field(node, "statements")):
        at = _field(entry, "at")
        if isinstance(at, Scalar) and at.text.strip().lower().startswith("bar"):
            yield f"the statement at {shown(at.text)}"
    if _field(node, "keep_bars") is not None:
        yield "keep_bars"


def _field(node: Node | None, name: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((value for key, value in node.entries if key.text == name), None)


def _items(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Listing):
        yield from (item for item in node.items if isinstance(item, Mapping))
