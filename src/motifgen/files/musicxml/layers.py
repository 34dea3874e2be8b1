"""Numbers of voices: each staff of a keyboard has its own, so that programs do not take a voice from one hand to the other."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_EACH = 4


def numbered(root: Element) -> None:
    """Give the voices of parts with two staves numbers: 1 to 4 on the upper, 5 to 8 on the lower.

    music21 numbers them anew in every measure; a voice 2 that is now the left hand, now the second voice of the right, makes programs
    push rests aside as if there were two voices everywhere.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> note = "<note><voice>{}</voice><staff>{}</staff></note>"
    >>> root = fromstring("<s><measure>" + "".join(note.format(*row) for row in ((1, 1), (2, 2), (2, 2), (3, 2))) + "</measure></s>")
    >>> numbered(root)
    >>> [each.text for each in root.iter("voice")]
    ['1', '5', '5', '6']
    """
    for measure in root.iter("measure"):
        given: dict[str, dict[str, str]] = {}
        for each in measure:
            voice, staff = each.find("voice"), each.findtext("staff")
            if voice is None or not staff:
                continue
            own = given.setdefault(staff, {})
            first = _EACH * (int(staff) - 1) + 1
            voice.text = own.setdefault(voice.text or "", str(first + len(own)))
