"""Measures of rest: music21 writes the first of each length; the others, which half of a score are made of, are copies of it."""

from __future__ import annotations

import copy
from fractions import Fraction
from xml.etree.ElementTree import Element


class Empty:
    """Keeps the places of measures that have nothing but a rest, and fills them in once the others are written.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> empty = Empty()
    >>> [empty.takes("P1", number, Fraction(4)) for number in (2, 3)]
    [False, True]
    >>> root = fromstring('<s><part id="P1"><measure number="1"/><measure number="2"><rest/></measure><measure number="4"/></part></s>')
    >>> empty.fill(root)
    >>> [(each.get("number"), len(each)) for each in root[0]]
    [('1', 0), ('2', 1), ('3', 1), ('4', 0)]
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._first: dict[Fraction, tuple[str, int]] = {}
        self._left: dict[str, list[tuple[int, Fraction]]] = {}

    def takes(self, part: str, number: int, length: Fraction) -> bool:
        """Tell whether a measure of rest is left to be filled in; the first of each length is not."""
        if length not in self._first:
            self._first[length] = part, number
            return False
        self._left.setdefault(part, []).append((number, length))
        return True

    def fill(self, root: Element) -> None:
        """Put the measures that were left into a score, each at its number."""
        parts = {part.get("id", ""): part for part in root.iter("part")}
        models = {length: self._model(parts[part], number) for length, (part, number) in self._first.items()}
        for name, rows in self._left.items():
            made = {int(each.get("number", "0")): each for each in parts[name].findall("measure")}
            for number, length in rows:
                made[number] = copy.deepcopy(models[length])
                made[number].set("number", str(number))
            parts[name][:] = [made[number] for number in sorted(made)]

    @staticmethod
    def _model(part: Element, number: int) -> Element:
        return next(each for each in part.findall("measure") if each.get("number") == str(number))
