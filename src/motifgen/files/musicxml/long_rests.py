"""Rests of several bars in players' parts: one sign with the number of bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

_BEFORE = frozenset({"print", "barline"})


def counted(root: Element) -> None:
    """Say of two bars or more in which nothing stands but rests that they are one rest; what stands over its first bar does not part it.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> rest, tone = '<note><rest measure="yes"/></note>', "<note><pitch/></note>"
    >>> bars = [tone, "<direction/>" + rest, rest, rest, "<attributes><key/></attributes>" + rest, tone]
    >>> root = fromstring("<s><part>" + "".join(f"<measure>{bar}</measure>" for bar in bars) + "</part></s>")
    >>> counted(root)
    >>> [(number, bar.findtext("attributes/measure-style/multiple-rest")) for number, bar in enumerate(root[0], start=1) if len(bar) > 2]
    [(2, '3')]
    """
    for part in root.iter("part"):
        measures = part.findall("measure")
        for first, last in _runs(measures):
            _style(measures[first]).text = str(last - first)


def _runs(measures: Sequence[Element]) -> Iterator[tuple[int, int]]:
    """Yield (first bar, bar after the last) of runs of rest."""
    first = 0
    for number in range(1, len(measures) + 1):
        if number == len(measures) or not (_begins(measures[first]) and _bare(measures[number])):
            if number - first > 1:
                yield first, number
            first = number


def _silent(measure: Element) -> bool:
    """Tell whether nothing is played in a measure."""
    rests = [note.find("rest") for note in measure.findall("note")]
    return bool(rests) and all(rest is not None and rest.get("measure") == "yes" for rest in rests)


def _begins(measure: Element) -> bool:
    """Tell whether a run of rest may begin with a measure: nothing stands over a later place of it."""
    tags = [each.tag for each in measure if each.tag != "barline"]
    return _silent(measure) and "forward" not in tags and "direction" not in tags[tags.index("note") :]


def _bare(measure: Element) -> bool:
    """Tell whether a measure has nothing but rests."""
    return _silent(measure) and all(each.tag in {"note", "backup", "barline"} for each in measure)


def _style(measure: Element) -> Element:
    attributes = measure.find("attributes")
    if attributes is None:
        attributes = Element("attributes")
        measure.insert(sum(each.tag in _BEFORE for each in measure[:1]), attributes)
    return SubElement(SubElement(attributes, "measure-style"), "multiple-rest")
