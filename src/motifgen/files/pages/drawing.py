"""An engraved SVG page as shapes and words on a plane, in the units of its outermost viewBox: what a PDF is drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from motifgen.files.pages.outlines import Move, moves

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_CALL = re.compile(r"(\w+)\(([^)]*)\)")
_CIRCLE = 0.5523
_ITALIC = frozenset({"dir", "dynam", "mNum"})
_BOLD = frozenset({"tempo", "reh"})
#: a, b, c, d, e, f: x' = ax + cy + e, y' = bx + dy + f.
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline under a matrix, filled or not, with a stroke of a width (0 for none)."""

    moves: tuple[Move, ...]
    matrix: Matrix
    filled: bool
    stroke: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one type; ``size`` in units of the plane, ``music`` a text of music glyphs."""

    text: str
    size: float
    bold: bool
    italic: bool
    music: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Spans set one after another from a place; ``anchor`` is ``start middle end``."""

    x: float
    y: float
    anchor: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    matrix: Matrix = IDENTITY
    bold: bool = False
    italic: bool = False
    size: float = 0.0
    music: bool = False
    anchor: str = "start"
    filled: bool = True


def combined(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does the inner and then the outer one.

    Examples
    --------
    >>> combined((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 5, 6))
    (2, 0, 0, 2, 10, 12)
    """
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def drawing(page: str) -> tuple[tuple[float, float], list[Shape | Words]]:
    """Return the size of an SVG page, and what is on it in order."""
    root = fromstring(page)  # noqa: S314 - the engraver's own output
    glyphs = {each.get("id", ""): each for each in root.iter(f"{_SVG}g") if each.get("id")}
    glyphs |= {each.get("id", ""): each for each in root.iter(f"{_SVG}symbol")}
    inner = root.find(f"{_SVG}svg")
    box = (inner if inner is not None else root).get("viewBox", "0 0 100 100").split()
    return (float(box[2]), float(box[3])), list(_walk(root, _Style(), glyphs))


def _walk(element: Element, style: _Style, glyphs: Mapping[str, Element]) -> Iterator[Shape | Words]:
    tag = element.tag.removeprefix(_SVG)
    hidden = element.get("visibility") == "hidden" or "placeholder" in (element.get("class") or "")
    if hidden or tag in {"defs", "style", "desc", "title"}:
        return
    style = _styled(element, style)
    if tag == "use":
        target = glyphs.get((element.get("href") or element.get(_LINK) or "").lstrip("#"))
        if target is not None:
            place = (1.0, 0.0, 0.0, 1.0, float(element.get("x") or 0), float(element.get("y") or 0))
            placed = replace(style, matrix=combined(style.matrix, place))
            for child in target:
                yield from _walk(child, placed, glyphs)
    elif tag == "text":
        yield from _words(element, style)
    elif outline := _outline(tag, element):
        yield Shape(outline, style.matrix, style.filled and element.get("fill-opacity") != "0", float(element.get("stroke-width") or 0))
    else:
        for child in element:
            yield from _walk(child, style, glyphs)


def _styled(element: Element, style: _Style) -> _Style:
    classes = set((element.get("class") or "").split())
    weight, slant, size = element.get("font-weight"), element.get("font-style"), element.get("font-size")
    bold, italic = style.bold or bool(classes & _BOLD), style.italic or bool(classes & _ITALIC)
    return replace(
        style,
        matrix=combined(style.matrix, matrix(element.get("transform", ""))),
        bold=bold if weight is None else weight == "bold",
        italic=italic if slant is None else slant == "italic",
        size=style.size if size is None else float(size.removesuffix("px")),
        music=style.music if element.get("font-family") is None else element.get("font-family") in {"Leipzig", "Bravura", "Leland"},
        anchor=element.get("text-anchor", style.anchor),
        filled=style.filled if element.get("fill") is None else element.get("fill") != "none",
    )


def matrix(transform: str) -> Matrix:
    """Return the matrix of an SVG transform of translations and scalings.

    Examples
    --------
    >>> matrix("translate(5, 6) scale(2)")
    (2.0, 0.0, 0.0, 2.0, 5.0, 6.0)
    """
    made = IDENTITY
    for name, text in _CALL.findall(transform):
        numbers = [float(each) for each in re.split(r"[\s,]+", text.strip())]
        if name == "translate":
            made = combined(made, (1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1] if len(numbers) > 1 else 0.0))
        elif name == "scale":
            made = combined(made, (numbers[0], 0.0, 0.0, numbers[-1], 0.0, 0.0))
        elif name == "matrix":
            a, b, c, d, e, f = numbers
            made = combined(made, (a, b, c, d, e, f))
    return made


def _outline(tag: str, element: Element) -> tuple[Move, ...]:
    def number(name: str) -> float:
        return float(element.get(name) or 0)

    if tag == "path":
        return _path(element.get("d", ""))
    if tag in {"polygon", "polyline"}:
        numbers = [float(each) for each in re.split(r"[\s,]+", element.get("points", "").strip())]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        return (("M", (points[0],)), *(("L", (point,)) for point in points[1:]), *((("Z", ()),) if tag == "polygon" else ()))
    if tag == "rect":
        x, y, w, h = number("x"), number("y"), number("width"), number("height")
        return tuple(moves(f"M{x} {y}h{w}v{h}h{-w}z"))
    if tag == "ellipse":
        x, y, w, h = number("cx"), number("cy"), number("rx"), number("ry")
        k, m = _CIRCLE * w, _CIRCLE * h
        round_ = f"c0 {m} {k - w} {h} {-w} {h}c{-k} 0 {-w} {m - h} {-w} {-h}c0 {-m} {w - k} {-h} {w} {-h}c{k} 0 {w} {h - m} {w} {h}z"
        return tuple(moves(f"M{x + w} {y}{round_}"))
    return ()


@lru_cache(maxsize=512)
def _path(data: str) -> tuple[Move, ...]:
    """Return the moves of path data; the glyphs of a page come again and again."""
    return tuple(moves(data))


def _words(element: Element, style: _Style) -> Iterator[Words]:
    """Yield the lines of a text: its spans, each with a place of its own beginning a line."""
    place = (float(element.get("x") or 0), float(element.get("y") or 0))
    line: list[tuple[Span, _Style]] = []
    for text, each, own in [*_spans(element, style), ("", style, place)]:
        if own is not None:
            if line:
                yield _line(line, place)
            line, place = [], own
        if text.strip():
            line.append((Span(text, each.size * each.matrix[3], each.bold, each.italic, each.music), each))


def _line(line: list[tuple[Span, _Style]], place: tuple[float, float]) -> Words:
    style = line[0][1]
    a, b, c, d, e, f = style.matrix
    x, y = place
    return Words(a * x + c * y + e, b * x + d * y + f, style.anchor, tuple(span for span, _ in line))


def _spans(element: Element, style: _Style) -> Iterator[tuple[str, _Style, tuple[float, float] | None]]:
    """Yield (text, style, own place) of the leaves of a text."""
    if not len(element):
        yield (element.text or "").strip("\n"), style, None
    for child in element:
        own = (float(child.get("x") or 0), float(child.get("y") or 0)) if child.get("x") is not None else None
        for text, each, place in _spans(child, _styled(child, style)):
            yield text, each, place or own
            own = None
