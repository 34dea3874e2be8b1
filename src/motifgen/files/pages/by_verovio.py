"""Pages by verovio, an engraver that is a Python package: ``pip install 'motifgen[pages]'``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from motifgen.errors import MissingError
from motifgen.files.pages.drawing import Shape
from motifgen.files.pages.for_verovio import signed, topped, uncovered
from motifgen.files.pages.outlines import moves
from motifgen.files.pages.pdf import pdf

_PAPER = re.compile(
    rb"<millimeters>([\d.]+)</millimeters>\s*<tenths>([\d.]+)</tenths>.*?<page-height>([\d.]+)</page-height>\s*<page-width>([\d.]+)</page-width>",
    re.DOTALL,
)
#: Degrees of a chord that its text says already; verovio prints them all the same.
_HIDDEN = re.compile(r'<degree print-object="no".*?</degree>', re.DOTALL)
_CHORD = re.compile(r'<g id="[^"]*" class="harm">.*?</g>', re.DOTALL)
_POINTS = re.compile(r'font-size="(\d+)px"')
_CHORD_SIZE = 0.86
_A4 = (210.0, 297.0, 7.0)
_A3 = (297.0, 420.0)
_SMALL = 3.6
_OPTIONS = {
    "breaks": "auto", "condense": "auto", "condenseTempoPages": True, "footer": "none", "justifyVertically": True, "pageMarginBottom": 100,
    "pageMarginLeft": 100,
    "pageMarginRight": 100, "pageMarginTop": 100, "scale": 100, "smuflTextFont": "none", "svgRemoveXlink": True, "xmlIdSeed": 1,
}  # fmt: skip
_USUAL = 7.2


def there() -> bool:
    """Tell whether verovio is installed."""
    return find_spec("verovio") is not None


def svg_pages(score: bytes) -> list[bytes]:
    """Return a MusicXML score as SVG documents, one for each page; the same bytes every time.

    Raises
    ------
    MissingError
        Where verovio is not installed or cannot read the score.
    """
    return [page.encode() for page in _pages(score)]


def pdf_pages(score: bytes) -> bytes:
    """Return a MusicXML score as a PDF on the paper that it asks for, enlarged from A4 to A3 where staves would be lower than 3.6 mm.

    Raises
    ------
    MissingError
        As for `svg_pages`.
    """
    width, height, staff = paper(score)
    size = _A3 if staff < _SMALL and (width, height) == _A4[:2] else (width, height)
    return pdf(_pages(score), size, _glyph)


def pdf_book(scores: Iterable[bytes]) -> bytes:
    """Return several MusicXML scores as one PDF on A4, each beginning on a page of its own.

    Raises
    ------
    MissingError
        As for `svg_pages`.
    """
    return pdf([page for score in scores for page in _pages(uncovered(score))], _A4[:2], _glyph)


def paper(score: bytes) -> tuple[float, float, float]:
    """Return width and height of the paper that a score asks for, and the height of a staff, in millimeters; A4 where it asks for none.

    Examples
    --------
    >>> paper(b"<score-partwise/>")
    (210.0, 297.0, 7.0)
    """
    found = _PAPER.search(score)
    if not found:
        return _A4
    millimeters, tenths, height, width = (float(each) for each in found.groups())
    return round(width * millimeters / tenths, 1), round(height * millimeters / tenths, 1), millimeters * 40 / tenths


def _pages(score: bytes) -> list[str]:
    try:
        import verovio  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise MissingError("engraving pages here needs verovio; install it with: pip install 'motifgen[pages]'") from error
    width, height, staff = paper(score)
    small = staff / _USUAL
    verovio.enableLog(verovio.LOG_OFF)
    press: Any = verovio.toolkit()
    press.setOptions({**_OPTIONS, "pageWidth": round(width * 10 / small), "pageHeight": round(height * 10 / small)})
    if not (press.loadData(_HIDDEN.sub("", topped(score).decode())) and press.loadData(signed(press.getMEI(), score))):
        raise MissingError("verovio cannot read the score; MuseScore or LilyPond, where installed, may: see 'motifgen doctor'")
    return [_apart(press.renderToSVG(number)) for number in range(1, press.getPageCount() + 1)]


def _apart(page: str) -> str:
    """Return a page with chord symbols a little smaller: verovio lays them out without a gap, so that one ends where the next begins."""
    return _CHORD.sub(lambda found: _POINTS.sub(lambda size: f'font-size="{round(int(size[1]) * _CHORD_SIZE)}px"', found[0]), page)


@cache
def _glyph(character: str) -> Shape | None:
    """Return the outline of a glyph of verovio's music font."""
    spec = find_spec("verovio")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    file = folder / "data" / "Leipzig" / f"{ord(character):04X}.xml"
    if not file.is_file():
        return None
    found = re.search(r' d="([^"]*)"', file.read_text(encoding="utf-8"))
    return Shape(tuple(moves(found[1])), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), filled=True, stroke=0.0) if found else None
