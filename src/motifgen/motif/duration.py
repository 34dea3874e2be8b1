"""Note values <-> quarters: ``q.`` is 3/2, ``e3`` a triplet eighth."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from motifgen.errors import NotationError, shown

LETTERS = {"w": Fraction(4), "h": Fraction(2), "q": Fraction(1), "e": Fraction(1, 2), "s": Fraction(1, 4), "t": Fraction(1, 8)}
TUPLETS = {3: 2, 5: 4, 6: 4, 7: 4, 9: 8, 10: 8, 11: 8, 12: 8, 13: 8, 14: 8, 15: 8}
_VALUE = re.compile(r"([whqest])(\.{0,3})(\d{1,2})?(\.{0,3})\Z")
_EXACT = re.compile(r"=(\d{1,9})(?:/([1-9]\d{0,8}))?\Z")


def parse_duration(text: str) -> Fraction:
    """Return the quarters that a note value lasts.

    Parameters
    ----------
    text : str
        ``w h q e s t`` with up to three dots, and a tuplet's number: N notes in the time of the largest power of two below N;
        or ``=`` and quarters.

    Examples
    --------
    >>> parse_duration("q."), parse_duration("e3"), parse_duration("s5"), parse_duration("=5/7")
    (Fraction(3, 2), Fraction(1, 3), Fraction(1, 5), Fraction(5, 7))
    """
    if (exact := _EXACT.match(text)) and int(exact[1]):
        return Fraction(int(exact[1]), int(exact[2] or 1))
    match = _VALUE.match(text)
    dots = len(match[2] + match[4]) if match else 0
    tuplet = int(match[3]) if match and match[3] else 0
    if not match or dots > 3 or (tuplet and tuplet not in TUPLETS):
        raise NotationError(
            f"cannot read the duration {shown(text)}; accepted: w h q e s t, with dots, as in 'q.'; a tuplet's number "
            f"({' '.join(map(str, TUPLETS))}), as in 'e3'; or quarters, as in '=5/7'"
        )
    return _value(match[1], dots, tuplet)


def _value(letter: str, dots: int, tuplet: int) -> Fraction:
    plain = LETTERS[letter] * (2 - Fraction(1, 2**dots))
    return plain * Fraction(TUPLETS[tuplet], tuplet) if tuplet else plain


@cache
def _texts() -> dict[Fraction, str]:
    """Return the simplest text of every length that has one: few dots before tuplets, small tuplets before large.

    Nobody reads a tuplet with two dots: such a length is written in quarters.
    """
    found: dict[Fraction, str] = {}
    for tuplet in (0, *TUPLETS):
        for dots in range(2 if tuplet else 4):
            for letter in LETTERS:
                found.setdefault(_value(letter, dots, tuplet), f"{letter}{'.' * dots}{tuplet or ''}")
    return found


def duration_text(duration: Fraction) -> str:
    """Return the note value that `parse_duration` reads.

    Examples
    --------
    >>> duration_text(Fraction(3, 4)), duration_text(Fraction(2, 3)), duration_text(Fraction(5, 7))
    ('e.', 'q3', '=5/7')
    """
    return _texts().get(duration) or f"={duration}"
