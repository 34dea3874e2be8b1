"""From bytes to located nodes, with limits: size, depth, aliases, tags, doubled keys.

The events of ruamel.yaml's YAML 1.2 parser are gathered here into nodes that keep their place. Nothing is constructed from a
tag, and an alias shares its node, so what a file can cost is bounded by its size.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motifgen.errors import nearest, shown
from motifgen.files.scene_file.broken import broken
from motifgen.files.scene_file.nodes import Listing, Mapping, Node, Page, Place, Scalar, described

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
LONGEST_LINE = 20_000
DEEPEST = 24
#: Escapes in quotes can write what a file cannot hold, and what no file name, MIDI text or terminal should get.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_NULLS = ("", "~", "null", "Null", "NULL")


class _Refused(Exception):  # noqa: N818 - stops the reading of one file; what is wrong is on the page
    """Reading cannot go on."""


def read_nodes(path: Path, page: Page) -> Mapping | None:
    """Return the top mapping of a YAML file, or None when it cannot be read; what is wrong is noted on the page."""
    try:
        text = _text(_bytes(path, page), page)
        top = _Composer(text, page).document()
    except _Refused:
        return None
    if not isinstance(top, Mapping):
        given = "an empty file" if isinstance(top, Scalar) and top.text in _NULLS else described(top)
        page.fault(top.place, f"a scene arc file is a mapping that begins with 'motifgen: 1'; given: {given}")
        return None
    return top


def _stop(page: Page, place: Place, message: str) -> _Refused:
    page.fault(place, message)
    return _Refused()


def _bytes(path: Path, page: Page) -> bytes:
    """Read at most one byte more than is allowed, so that a huge file (or a device) costs nothing."""
    try:
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "not a regular file"
            raise _stop(page, Place(), f"this is {kind}; accepted: a scene arc file (YAML)")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise _stop(page, Place(), f"cannot be read: {reason}{_beside(path) if isinstance(error, FileNotFoundError) else ''}") from None
    if len(data) > MOST_BYTES:
        raise _stop(page, Place(), f"the file is larger than {MOST_BYTES:,} bytes; accepted: at most that")
    return data


def _beside(path: Path) -> str:
    """Return a hint at the scene arc files that are there instead."""
    there = sorted(str(other) for ending in ("*.yaml", "*.yml") for other in path.parent.glob(ending)) if path.parent.is_dir() else []
    close = nearest(str(path), there) or (tuple(there) if len(there) == 1 else ())
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


def _text(data: bytes, page: Page) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _stop(page, Place(), "the file is in UTF-16; accepted: UTF-8 text (editors ask for the encoding when they save)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _stop(
            page,
            _place_of(data[: error.start].decode("utf-8", "replace")),
            f"byte 0x{data[error.start]:02x} is not UTF-8; accepted: UTF-8 text",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # The parser's time grows with the square of a line's length; no line that a person writes is long enough to notice.
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise _stop(page, Place(number), f"the line has {len(line):,} characters; accepted: at most {LONGEST_LINE:,}")
    return text


def marked(data: bytes) -> tuple[str, str]:
    """Return the byte order mark that stands before a text, or nothing, and the text: who rewrites a file leaves the mark there."""
    return "\ufeff" if data.startswith(codecs.BOM_UTF8) else "", data.decode("utf-8-sig")


def _place_of(before: str) -> Place:
    """Return the place just after a text."""
    return Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _events(text: str, page: Page) -> Iterator[Any]:
    """Yield the parser's events; turn its errors into faults."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - slow import
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415 - slow import
    from ruamel.yaml.reader import ReaderError  # noqa: PLC0415 - slow import

    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ReaderError as error:
        raise _stop(
            page,
            _place_of(text[: error.position]),
            f"character U+{ord(text[error.position]):04X} cannot stand in a YAML file; accepted: printable text",
        ) from None
    except MarkedYAMLError as error:
        raise _stop(page, *broken(text, error)) from None
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise _stop(page, Place(), f"this is not YAML: {shown(error)}") from None


class _Composer:
    """Gathers events into nodes; recursion is bounded by `DEEPEST`."""

    def __init__(self, text: str, page: Page) -> None:
        self._lines = text.split("\n")
        self._page = page
        self._events = _events(text, page)
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def document(self) -> Node:
        """Return the root of the only document."""
        root: Node | None = None
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent" and root is not None:
                raise _stop(self._page, _start(event), "a second document begins here; accepted: one document in a file")
            if kind in {"ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"}:
                root = self._node(event, 1)
        return root if root is not None else Scalar("", Place())

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401 - ruamel's events are untyped
        place, before = _start(event), self._count
        self._spend(1, place)
        if type(event).__name__ == "AliasEvent":
            return self._alias(event, place)
        if event.tag is not None:
            raise _stop(self._page, place, f"the tag {shown(event.tag)} stands here; accepted: values without tags")
        if depth > DEEPEST:
            raise _stop(self._page, place, f"this is nested more than {DEEPEST} deep; accepted: less")
        node = self._built(event, depth, place)
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, self._count - before)
        return node

    def _built(self, event: Any, depth: int, place: Place) -> Node:  # noqa: ANN401 - as above
        kind = type(event).__name__
        if kind == "SequenceStartEvent":
            return Listing(tuple(self._items(depth)), place)
        if kind == "MappingStartEvent":
            return self._mapping(depth, place)
        return self._scalar(event, place)

    def _spend(self, nodes: int, place: Place) -> None:
        self._count += nodes
        if self._count > MOST_NODES:
            raise _stop(self._page, place, f"the file holds more than {MOST_NODES:,} values, repeated aliases counted; accepted: fewer")

    def _alias(self, event: Any, place: Place) -> Node:  # noqa: ANN401 - as above
        if event.anchor not in self._anchors:
            raise _stop(self._page, place, f"no '&{event.anchor}' stands before '*{event.anchor}'; accepted: an alias of what came before")
        node, cost = self._anchors[event.anchor]
        self._spend(cost, place)
        return node

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if type(event).__name__ in {"SequenceEndEvent", "MappingEndEvent"}:
                return
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int, place: Place) -> Mapping:
        nodes = list(self._items(depth))
        seen: dict[str, Place] = {}
        entries = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._page.fault(key.place, f"{described(key)} stands as a field's name; accepted: a word")
            elif key.text in seen:
                self._page.fault(key.place, f"{shown(key.text)} is given twice; first on line {seen[key.text].line}; accepted: once")
            else:
                seen[key.text] = key.place
                entries.append((key, value))
        return Mapping(tuple(entries), place)

    def _scalar(self, event: Any, place: Place) -> Scalar:  # noqa: ANN401 - as above
        plain = event.style is None or event.style == ""
        begins = place.column - 1 + (0 if plain else 1)
        if found := _UNSEEN.search(event.value):
            message = f"the character U+{ord(found[0]):04X} stands in {shown(event.value)}; accepted: text without control characters"
            self._page.fault(place, message)
            return Scalar(_UNSEEN.sub("?", event.value), place, plain)
        same = self._lines[place.line - 1][begins : begins + len(event.value)] == event.value
        return Scalar(event.value, place, plain, Place(place.line, begins + 1) if same else None)


def _start(event: Any) -> Place:  # noqa: ANN401 - ruamel's events are untyped
    """Return where an event's own text starts; an anchor before it counts as its start."""
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
