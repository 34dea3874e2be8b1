"""Arguments of transforms as text: what each kind of argument looks like, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from motifgen.errors import MotifgenError
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Meter

_INTEGER = re.compile(r"[+-]?\d{1,4}\Z")
_RATIO = re.compile(r"(?:\d{1,6}/[1-9]\d{0,5}|\d{1,6}(?:\.\d{1,6})?)\Z")


def integer(text: str) -> int:
    """Read a whole number, negative ones too."""
    if not _INTEGER.match(text):
        raise ValueError(text)
    return int(text)


def count(text: str) -> int:
    """Read a whole number of 1 or more."""
    number = integer(text)
    if number < 1:
        raise ValueError(text)
    return number


def ratio(text: str) -> Fraction:
    """Read a number above 0: ``2``, ``3/2``, ``1.5``."""
    if not _RATIO.match(text) or not Fraction(text):
        raise ValueError(text)
    return Fraction(text)


def amount(text: str) -> Fraction:
    """Read a number from 0 to 1: ``0.5``, ``1/3``."""
    if not _RATIO.match(text) or Fraction(text) > 1:
        raise ValueError(text)
    return Fraction(text)


def numbers(text: str) -> tuple[int, ...]:
    """Read whole numbers of 1 or more with spaces or commas between."""
    return tuple(count(word) for word in text.replace(",", " ").split())


def motif(text: str) -> Motif:
    """Read a motif text in braces: ``{D minor 4/4: D4/q A4/h.}``."""
    if not (text.startswith("{") and text.endswith("}")):
        raise ValueError(text)
    return Motif.parse(text[1:-1])


READERS: dict[str, tuple[Callable[[str], object], str, bool]] = {
    "integer": (integer, "a whole number", False),
    "count": (count, "a whole number of 1 or more", False),
    "ratio": (ratio, "a number above 0, as in 2 or 3/2", False),
    "amount": (amount, "a number from 0 to 1", False),
    "degree": (Degree.parse, "a degree, as in 5 or b3'", False),
    "key": (Key.parse, "a key, as in F minor", True),
    "meter": (Meter.parse, "a meter, as in 3/4", False),
    "numbers": (numbers, "whole numbers", True),
    "motif": (motif, "a motif text in braces", False),
}


def fits(kind: str, words: list[str]) -> tuple[object, int] | None:
    """Return what the next words mean as an argument of a kind, and how many of them it took; or None.

    A kind is a key of `READERS`, or the accepted words with ``|`` between: ``tonal|real``.
    """
    if kind not in READERS:
        choice = kind.split("|")
        return (words[0], 1) if words and words[0] in choice else None
    reader, _, greedy = READERS[kind]
    for taken in range(len(words), 0, -1) if greedy else range(1, min(len(words), 1) + 1):
        try:
            return reader(" ".join(words[:taken])), taken
        except (ValueError, MotifgenError):
            continue
    return None


def described(item: str) -> str:
    """Return an item of a transform's syntax for people: ``[steps: a whole number]``."""
    name, colon, kind = item.partition(":")
    if not colon:
        return name
    return f"<{name}: {READERS[kind][1] if kind in READERS else kind.replace('|', ' or ')}>"
