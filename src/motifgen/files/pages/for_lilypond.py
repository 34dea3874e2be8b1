"""Chord symbols as words, for LilyPond: its converter sets them one after the other from the first bar, wherever they stand."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

_SIGNS = {"-1": "♭", "1": "♯"}
_SIZE = "8"


def spoken(score: bytes) -> bytes:
    """Return a MusicXML score with words in place of chord symbols.

    Examples
    --------
    >>> root = "<root><root-step>E</root-step><root-alter>-1</root-alter></root>"
    >>> added = "<degree><degree-value>9</degree-value><degree-type>add</degree-type></degree>"
    >>> symbol = f'<harmony>{root}<kind text="m" parentheses-degrees="yes">minor</kind>{added}<staff>1</staff></harmony>'
    >>> fromstring(spoken(f"<s><measure>{symbol}</measure></s>".encode())).findtext(".//words")
    'E♭m(add9)'
    """
    made = fromstring(score)  # noqa: S314 - our own score
    for measure in made.iter("measure"):
        for at, each in enumerate(measure):
            if each.tag == "harmony":
                measure[at] = _words(each)
    return tostring(made)


def _words(symbol: Element) -> Element:
    made = Element("direction", placement="above")
    SubElement(SubElement(made, "direction-type"), "words", {"font-size": _SIZE}).text = _text(symbol)
    for name in ("offset", "staff"):
        if (given := symbol.find(name)) is not None:
            SubElement(made, name).text = given.text
    return made


def _text(symbol: Element) -> str:
    """Return a chord symbol as it is printed: root, kind, what is added, bass."""
    kind = symbol.find("kind")
    degrees = "".join(_degree(each) for each in symbol.findall("degree") if each.get("print-object") != "no")
    if degrees and kind is not None and kind.get("parentheses-degrees") == "yes":
        degrees = f"({degrees})"
    bass = f"/{_name(symbol, 'bass')}" if symbol.find("bass") is not None else ""
    return f"{_name(symbol, 'root')}{kind.get('text', '') if kind is not None else ''}{degrees}{bass}"


def _name(symbol: Element, part: str) -> str:
    return symbol.findtext(f"{part}/{part}-step", "") + _SIGNS.get(symbol.findtext(f"{part}/{part}-alter", ""), "")


def _degree(degree: Element) -> str:
    sign, value = _SIGNS.get(degree.findtext("degree-alter", ""), ""), degree.findtext("degree-value", "")
    return f"{'add' if degree.findtext('degree-type') == 'add' and not sign and value in {'9', '11'} else ''}{sign}{value}"
