"""What verovio leaves out of a MusicXML score or takes amiss, said so that it is drawn as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

_MEASURE = re.compile(r"<measure\b")
_SIGNATURE = re.compile(r"\s*<keySig\b[^>]*/>")
_EMPTY = re.compile(r"\s*<scoreDef\b[^>]*>\s*</scoreDef>")
_LAST = re.compile(r"</scoreDef>\s*\Z")


def uncovered(score: bytes) -> bytes:
    """Return a score in which nothing stands over the first bar of a long rest, where verovio leaves it out: that bar is set apart.

    Examples
    --------
    >>> over = "<attributes><measure-style><multiple-rest>3</multiple-rest></measure-style></attributes><direction/>"
    >>> root = fromstring(uncovered(f"<s><part><measure>{over}</measure><measure><note/></measure></part></s>".encode()))
    >>> [bar.findtext("attributes/measure-style/multiple-rest") for bar in root.iter("measure")]
    [None, '2']
    """
    root = fromstring(score)  # noqa: S314 - our own score
    for part in root.iter("part"):
        for measure, following in pairwise(part.findall("measure")):
            style = measure.find("attributes/measure-style")
            if style is None or measure.find("direction") is None:
                continue
            count = int(style.findtext("multiple-rest", "0")) - 1
            for attributes in measure.findall("attributes"):
                for each in attributes.findall("measure-style"):
                    attributes.remove(each)
            if count > 1:
                made = Element("attributes")
                SubElement(SubElement(made, "measure-style"), "multiple-rest").text = str(count)
                following.insert(0, made)
    return tostring(root)


def topped(score: bytes) -> bytes:
    """Return a score whose top staff is never left out as silent: what stands over the system would go with it.

    Its bars of rest get a note that is not printed; chord symbols that are written after a note, and reckoned back, are put before it,
    since they would stand over the lower staff of a keyboard.

    Examples
    --------
    >>> bar = '<measure><note><rest measure="yes"/><duration>4</duration></note></measure>'
    >>> root = fromstring(topped(f"<s><part>{bar}</part><part>{bar}</part></s>".encode()))
    >>> [[note.get("print-object", "yes") for note in part.iter("note")] for part in root]
    [['yes', 'no'], ['yes']]
    >>> symbols = "".join(f"<harmony><offset>{-back}</offset></harmony>" for back in (3, 2))
    >>> root = fromstring(topped(f"<s><part><measure><note><duration>4</duration></note>{symbols}</measure></part></s>".encode()))
    >>> [(each.tag, each.findtext("offset")) for each in root[0][0]]
    [('harmony', '1'), ('harmony', '2'), ('note', None)]
    """
    root = fromstring(score)  # noqa: S314 - our own score
    parts = root.findall("part")
    for measure in parts[0].findall("measure"):
        _forward(measure)
        notes = [note for note in measure.findall("note") if note.findtext("staff", "1") == "1"]
        if len(parts) > 1 and len(notes) == 1 and notes[0].find("rest[@measure='yes']") is not None:
            at = list(measure).index(notes[0]) + 1
            measure[at:at] = _hidden(notes[0])
    return tostring(root)


def _forward(measure: Element) -> None:
    """Put chord symbols that are reckoned back from the end of a note before it."""
    note = None
    for each in list(measure):
        offset = each.find("offset")
        if each.tag == "note":
            note = each
        elif note is not None and each.tag == "harmony" and offset is not None and int(offset.text or 0) < 0:
            offset.text = str(int(note.findtext("duration", "0")) + int(offset.text or 0))
            measure.remove(each)
            measure.insert(list(measure).index(note), each)


def _hidden(rest: Element) -> list[Element]:
    """Return a note that is not printed, in a second voice as long as a rest."""
    length = rest.findtext("duration", "0")
    back, hidden = Element("backup"), Element("note", {"print-object": "no"})
    pitch = SubElement(hidden, "pitch")
    rows = [(back, "duration", length), (pitch, "step", "B"), (pitch, "octave", "4")]
    rows += [(hidden, name, text) for name, text in (("duration", length), ("voice", "2"), ("type", "whole"), ("staff", "1"))]
    for parent, name, text in rows:
        SubElement(parent, name).text = text
    return [back, hidden]


def signed(mei: str, score: bytes) -> str:
    """Return a score as verovio has read it (MEI), with the key signatures of every staff where they change.

    verovio gives those of the first part to all, which is wrong for players who transpose.

    Parameters
    ----------
    mei : str
    score : bytes
        The MusicXML that it was read from.

    Examples
    --------
    >>> keys = '<part><measure/><measure><attributes><key><fifths>{}</fifths></key></attributes></measure></part>'
    >>> score = f"<s>{keys.format(-5)}{keys.format(-3)}</s>".encode()
    >>> mei = '<section><measure/><scoreDef><keySig sig="5f" /></scoreDef><measure/></section>'
    >>> print(signed(mei, score).replace("<scoreDef>", chr(10) + "<scoreDef>").replace("<measure/></section>", chr(10) + "..."))
    <section><measure/>
    <scoreDef><staffGrp><staffDef n="1"><keySig sig="5f"/></staffDef><staffDef n="2"><keySig sig="3f"/></staffDef></staffGrp></scoreDef>
    ...
    """
    begin = mei.find("<section")
    head, body = mei[:begin], _EMPTY.sub("", _SIGNATURE.sub("", mei[begin:]))
    changes = _changes(fromstring(score))  # noqa: S314 - our own score
    places = [match.start() for match in _MEASURE.finditer(body)]
    made, last = [head], 0
    for number, place in enumerate(places):
        before, last = body[last:place], place
        if number in changes:
            staves = "".join(f'<staffDef n="{staff}"><keySig sig="{_sig(fifths)}"/></staffDef>' for staff, fifths in changes[number])
            group = f"<staffGrp>{staves}</staffGrp></scoreDef>"
            before = _LAST.sub(group, before) if _LAST.search(before) else f"{before}<scoreDef>{group}"
        made.append(before)
    return "".join((*made, body[last:]))


def _changes(root: Element) -> dict[int, list[tuple[int, int]]]:
    """Return by measure, the first left out, (number of the staff from the top, sharps or flats) where the signature changes."""
    found: dict[int, list[tuple[int, int]]] = {}
    for first, count, part in _staves(root):
        for number, measure in enumerate(part.findall("measure")):
            fifths = measure.findtext("attributes/key/fifths")
            if number and fifths is not None:
                found.setdefault(number, []).extend((first + each, int(fifths)) for each in range(count))
    return found


def _staves(root: Element) -> Iterator[tuple[int, int, Element]]:
    """Yield the number of each part's first staff, how many it has, and the part."""
    first = 1
    for part in root.iter("part"):
        count = int(part.findtext(".//attributes/staves") or 1)
        yield first, count, part
        first += count


def _sig(fifths: int) -> str:
    return f"{abs(fifths)}{'s' if fifths > 0 else 'f'}" if fifths else "0"
