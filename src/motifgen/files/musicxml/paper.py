"""The paper: the size of the page and of the staves on it, and what stands at its head."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import music21

from motifgen.files.notation.staff import Staff

_PAPER = (210.0, 297.0)
_MARGIN = 12.0
_TITLE = 22.0
_BETWEEN = 18.0
_USUAL, _SCORE, _FEW = 6.4, 5.6, 2
_SMALL = 4.2
_STAFF, _TUTTI = 104.0, 126.0
_APART, _FAR, _LIGHT = 55.0, 80.0, 0.74
_SYSTEMS = 110


def layout(staves: int) -> Any:
    """Return an A4 page and the staff size at which every staff of a system is on it: two systems where they can be read, else one.

    Staves stand close and are moved apart by what stands between them: in a tutti a staff with its marks takes more than three times
    its own height, and the first page has a title; where one system leaves room to spare they stand wider. Larger paper would suit large
    scores, but programs that set their own paper would then cut staves off; our own pages are enlarged (`motifgen.files.pages`).
    """
    width, height = _PAPER
    count = max(staves, 1)
    room = height - 2 * _MARGIN - _TITLE
    one, two = 40 * room / (_TUTTI * count), 20 * (room - _BETWEEN) / (_STAFF * count)
    millimeters = round(min(_USUAL if staves <= _FEW else _SCORE, two if two >= _SMALL else one), 2)
    tenths = 40 / millimeters
    apart = _APART if two >= _SMALL else min(max(_LIGHT * room * tenths / count - 40, _APART), _FAR)
    margins = dict.fromkeys(("topMargin", "bottomMargin", "leftMargin", "rightMargin"), round(_MARGIN * tenths))
    page = music21.layout.PageLayout(pageHeight=round(height * tenths), pageWidth=round(width * tenths), **margins)
    return music21.layout.ScoreLayout(
        scalingMillimeters=millimeters,
        scalingTenths=40,
        pageLayout=page,
        systemLayout=music21.layout.SystemLayout(distance=_SYSTEMS),
        staffLayoutList=[music21.layout.StaffLayout(distance=round(apart))],
    )


def head(root: Element, title: str, kind: str) -> None:
    """Put the head of the first page into a score: its title, what kind of score or whose part it is, and who wrote it.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> root = fromstring("<s><defaults><page-layout><page-width>1200</page-width></page-layout></defaults><part-list/></s>")
    >>> head(root, "1m1", "Short score, at sounding pitch")
    >>> [each.findtext("credit-words") for each in root.iter("credit")]
    ['1m1', 'Short score, at sounding pitch', 'motifgen']
    """
    page, parts = root.find("defaults/page-layout"), root.find("part-list")
    if page is None or parts is None:
        return
    width, height, margin = (float(page.findtext(name, "0")) for name in ("page-width", "page-height", "page-margins/top-margin"))
    top, below = height - margin, height - 2 * margin
    rows = (
        ("title", title, ("center", width / 2, top, "20")),
        ("lyricist", kind, ("left", margin, below, "10")),
        ("composer", "motifgen", ("right", width - margin, below, "10")),
    )
    at = list(root).index(parts)
    for each in reversed(rows):
        root.insert(at, _credit(*each))


def _credit(kind: str, text: str, place: tuple[str, float, float, str]) -> Element:
    made = Element("credit", page="1")
    SubElement(made, "credit-type").text = kind
    justify, x, y, size = place
    given = {"default-x": f"{x:.0f}", "default-y": f"{y:.0f}", "font-size": size, "justify": justify, "valign": "top"}
    SubElement(made, "credit-words", given).text = text
    return made


def transposing(staves: Iterable[Staff]) -> bool:
    """Tell whether a staff is written at other names than it sounds."""
    return any(staff.transposition % 12 for staff in staves)
