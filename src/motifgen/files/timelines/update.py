"""A list of markers put into a scene arc file: hits that moved are moved, new ones added; comments and layout stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from motifgen.errors import NotationError, SceneFileError, shown
from motifgen.files.scene_file import read_story
from motifgen.files.scene_file.nodes import Listing, Mapping, Node, Page, Place, Scalar
from motifgen.files.scene_file.source import marked, read_nodes
from motifgen.files.timelines.marks import Mark, hits_of
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene
from motifgen.story.timecode import FrameRate, Timecode

_CUE = re.compile(r"\s*([0-9]{1,3}m[0-9]{1,3}[a-z]?)\b\s*[:\-]?\s*(.*)\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Updated:
    """The new text of a file, a sentence for every change, and the marks that lie in no scene."""

    text: str
    said: tuple[str, ...]
    outside: tuple[Mark, ...]


def update(path: Path, marks: Sequence[Mark], *, allow_outside: bool = False) -> Updated:
    """Return a scene arc file's text with the hits of a list of markers.

    A mark and a hit are the same when they do the same and say the same; of several, in order of time. Hits that no mark names are kept.

    Raises
    ------
    SceneFileError
        If the file has faults, or holds hits in a form in which none can be added.
    """
    story, page = read_story(path, allow_outside=allow_outside), Page(str(path))
    mark, text = marked(path.read_bytes())
    top, writer = read_nodes(path, page), _Writer(text, story.frame_rate, page)
    nodes = _field(top, "scenes")
    inside: set[Mark] = set()
    for node, scene in zip(nodes.items if isinstance(nodes, Listing) else (), story.scenes, strict=True):
        if isinstance(scene, Scene) and isinstance(node, Mapping):
            mine = {mark: at for mark in marks if (at := _within(mark, scene)) is not None}
            inside.update(mine)
            writer.scene(node, scene, hits_of([replace(mark, at=at) for mark, at in mine.items()], scene))
    if not page.faults:
        _check(writer.text(), page)
    if page.faults:
        raise SceneFileError(page.faults)
    return Updated(mark + writer.text(), tuple(writer.said), tuple(mark for mark in marks if mark not in inside))


def _within(mark: Mark, scene: Scene) -> Fraction | None:
    """Return when a mark of a scene is, None if it lies elsewhere; half a frame beyond an edge is the edge, for lists round times."""
    first, last = scene.start.seconds, scene.start.seconds + scene.length
    grain = 1 / (2 * scene.frame_rate.fps)
    return min(max(mark.at, first), last) if first - grain < mark.at < last + grain else None


class _Writer:
    """Rewrites lines; those to be added are kept apart until the end, so that line numbers stay true."""

    def __init__(self, text: str, rate: FrameRate, page: Page) -> None:
        self.lines = text.split("\n")
        self.brackets, self.values = _ends(text)
        self.newline = "\r" if text.count("\r\n") * 2 > len(self.lines) else ""
        self.rate, self.page = rate, page
        self.said: list[str] = []
        self.changes: dict[tuple[int, int], tuple[str, str]] = {}
        self.added: dict[int, list[str]] = {}

    def scene(self, node: Mapping, scene: Scene, wanted: Sequence[Hit]) -> None:
        """Move the hits that are there, and add the others."""
        listing = _field(node, "hits")
        items = [item for item in listing.items if isinstance(item, Mapping)] if isinstance(listing, Listing) else []
        left = list(zip(items, scene.hits, strict=True))
        new = []
        for hit in wanted:
            same = next((pair for pair in left if pair[1].do == hit.do and _listed(pair[1].what) == _listed(hit.what)), None)
            if same is None:
                new.append(hit)
            else:
                left.remove(same)
                self._move(same[0], same[1], hit, scene)
        self.said += [f"{scene.id}: no mark names the {hit.do} {shown(hit.what)}; it is kept" for _, hit in left]
        if new:
            self._add(node, listing, new, scene)

    def _move(self, item: Mapping, old: Hit, hit: Hit, scene: Scene) -> None:
        at = _field(item, "at")
        if round(self.rate.frames(old.at)) == round(self.rate.frames(hit.at)) or not isinstance(at, Scalar):
            return
        if at.verbatim is None:
            self.page.fault(at.place, "this time is folded or escaped and cannot be rewritten in its place; write it plainly")
            return
        new = str(scene.start.later(hit.at))
        self.changes[at.verbatim.line, at.verbatim.column] = (at.text, new)
        self.said.append(f"{scene.id}: the {hit.do} {shown(hit.what)} moved from {at.text} to {new}")

    def _add(self, node: Mapping, listing: Node | None, hits: Sequence[Hit], scene: Scene) -> None:
        rows = [_row(hit, scene) for hit in hits]
        self.said += [f"{scene.id}: added the {hit.do} {shown(hit.what)} at {scene.start.later(hit.at)}" for hit in hits]
        if isinstance(listing, Listing) and listing.items:
            self._after(listing, rows)
        elif listing is not None and self._closes(listing):
            self._before_end(listing, ", ".join(rows))
        elif self._closes(node):
            self._before_end(node, f", hits: [{', '.join(rows)}]")
        else:
            self._below(node, listing, rows)

    def _below(self, node: Mapping, listing: Node | None, rows: Sequence[str]) -> None:
        """Put hits on lines of their own: under their field if it holds nothing, else with it under the last line of the scene."""
        key = next((key for key, value in node.entries if value is listing), None)
        lead = " " * (node.entries[0][0].place.column - 1)
        if key is not None:
            self.added.setdefault(key.place.line, []).extend(f"{lead}  - {row}" for row in rows)
        else:
            self.added.setdefault(self._last_line(node), []).extend([f"{lead}hits:", *(f"{lead}  - {row}" for row in rows)])

    def _closes(self, node: Node) -> bool:
        """Tell whether a node ends with a bracket of its own."""
        return isinstance(node, Listing | Mapping) and node.place in self.brackets

    def _before_end(self, node: Node, text: str) -> None:
        """Put a text before the bracket with which a node ends."""
        end = self.brackets[node.place]
        self.changes[end.line, end.column - 1] = ("", text)

    def _after(self, listing: Listing, rows: Sequence[str]) -> None:
        last = listing.items[-1]
        before = self.lines[last.place.line - 1][: last.place.column - 1]
        if before.strip() == "-":
            self.added.setdefault(self._last_line(last), []).extend(before + row for row in rows)
            return
        # A list in brackets: the new hits stand before its first.
        first = listing.items[0].place
        self.changes[first.line, first.column] = ("", "".join(f"{row}, " for row in rows))

    def _last_line(self, node: Node) -> int:
        """Return the last line of a node, without the comments and empty lines after it."""
        end = (self.values if isinstance(node, Scalar) else self.brackets).get(node.place)
        if end is None:
            values = [value for _, value in node.entries] if isinstance(node, Mapping) else node.items if isinstance(node, Listing) else ()
            return max(map(self._last_line, values), default=node.place.line)
        line = end.line - (end.column == 1)
        while line > node.place.line and re.match(r"\s*(#|\r?\Z)", self.lines[line - 1]):
            line -= 1
        return line

    def text(self) -> str:
        """Return the file's new text."""
        lines = [*self.lines]
        for (line, column), (old, new) in sorted(self.changes.items(), reverse=True):
            row = lines[line - 1]
            lines[line - 1] = row[: column - 1] + new + row[column - 1 + len(old) :]
        for line, rows in sorted(self.added.items(), reverse=True):
            lines[line:line] = [row + self.newline for row in rows]
        return "\n".join(lines)


def _ends(text: str) -> tuple[dict[Place, Place], dict[Place, Place]]:
    """Return where what stands in brackets ends, and where single values end, by where they begin."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow import
    from ruamel.yaml.nodes import ScalarNode  # noqa: PLC0415 - slow import

    brackets: dict[Place, Place] = {}
    values: dict[Place, Place] = {}
    left = [YAML(typ="safe", pure=True).compose(text)]
    while left:
        node = left.pop()
        found = values if isinstance(node, ScalarNode) else brackets
        if not isinstance(node, ScalarNode):
            left += [part for entry in node.value for part in (entry if isinstance(entry, tuple) else (entry,))]
        if isinstance(node, ScalarNode) or node.flow_style:
            start, end = node.start_mark, node.end_mark
            found[Place(start.line + 1, start.column + 1)] = Place(end.line + 1, end.column + 1)
    return brackets, values


def _check(text: str, page: Page) -> None:
    """Note a fault if the new text is no YAML any more: hits were added where the layout of the file does not let them stand."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow import
    from ruamel.yaml.error import MarkedYAMLError  # noqa: PLC0415 - slow import

    try:
        YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 1
        page.fault(Place(line), "hits cannot be added here; write 'hits:' with each hit, '- {at: ..., what: ...}', on one line")


def started(marks: Sequence[Mark], rate: FrameRate, title: str) -> str:
    """Return a new scene arc file: a scene for each mark that lasts a second or more, with the marks inside as hits.

    Without such a mark, a scene lies between each ``1m1 Storm`` and ``1m1 end``; without these all lie in one scene, which begins with
    the first and ends five seconds after the last.

    Raises
    ------
    NotationError
        If there are no marks.

    Examples
    --------
    >>> from fractions import Fraction
    >>> print(started([Mark(Fraction(3600), "1m1 Storm", length=Fraction(60)), Mark(Fraction(3610), "cut: dark")], FrameRate(), "Reel"))
    motifgen: 1
    title: "Reel"
    frame_rate: 24
    scenes:
      - id: 1m1
        title: "Storm"
        start: 01:00:00:00
        end: 01:01:00:00
        arc:
          - {at: 0, feel: calm}
        hits:
          - {at: 01:00:10:00, what: "dark", do: cut}
    <BLANKLINE>
    """
    if not marks:
        raise NotationError("the list has no marks; accepted: at least one")
    regions = [mark for mark in marks if mark.length >= 1] or _between_ends(marks) or [_whole(marks)]
    moments = [mark for mark in marks if mark.length < 1]
    lines = ["motifgen: 1", f"title: {_quoted(title)}", f"frame_rate: {rate}", "scenes:"]
    for number, region in enumerate(regions, 1):
        name = _CUE.match(region.name)
        cue, title = (name[1], name[2]) if name else (f"1m{number}", region.name)
        start, end = (Timecode.nearest(at, rate) for at in (region.at, region.at + region.length))
        lines += [f"  - id: {cue}", f"    title: {_quoted(title)}"]
        lines += [f"    start: {start}", f"    end: {end}", "    arc:", "      - {at: 0, feel: calm}"]
        scene = Scene(cue, region.length, Arc.of((0, "calm")), frame_rate=rate, start=start, title=title)
        hits = hits_of(moments, scene)
        lines += ["    hits:", *(f"      - {_row(hit, scene)}" for hit in hits)] if hits else []
    return "\n".join([*lines, ""])


def _between_ends(marks: Sequence[Mark]) -> list[Mark]:
    """Return the scenes of a list of moments: from the first mark of a cue to the one that is its end."""
    found = []
    for last in marks:
        cue, _, word = last.name.rpartition(" ")
        first = next((mark for mark in marks if mark.name.split(" ")[0] == cue), last) if word == "end" and _CUE.match(cue) else last
        if last.at - first.at >= 1:
            found.append(replace(first, length=last.at - first.at))
    return found


def _whole(marks: Sequence[Mark]) -> Mark:
    first, last = min(mark.at for mark in marks), max(mark.at for mark in marks)
    return Mark(first, "", length=last - first + 5)


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _listed(text: str) -> str:
    """Return a text as every list of markers can hold it: on one line, without the bar that parts fields in some."""
    return " ".join(text.replace("|", "/").split())


def _row(hit: Hit, scene: Scene) -> str:
    return f"{{at: {scene.start.later(hit.at)}, what: {_quoted(hit.what)}, do: {hit.do}}}"


def _field(node: Node | None, name: str) -> Node | None:
    if not isinstance(node, Mapping):
        return None
    return next((value for key, value in node.entries if key.text == name), None)
