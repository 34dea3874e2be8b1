"""Musical time: quarter notes as Fractions, half-open spans, meters. The only place that says what a beat is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from motifgen.errors import NotationError, shown

_METER = re.compile(r"\s*([0-9]{1,2})\s*/\s*(1|2|4|8|16|32)\s*\Z")
_UNITS = (1, 2, 4, 8, 16, 32)
_GROUPS = {5: (3, 2), 7: (2, 2, 3), 8: (3, 3, 2), 10: (3, 3, 2, 2), 11: (3, 3, 3, 2)}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time ``[start, end)``, in quarters or in seconds.

    Examples
    --------
    >>> Span(Fraction(0), Fraction(4)).overlaps(Span(Fraction(4), Fraction(8)))
    False
    """

    start: Fraction
    end: Fraction

    @property
    def length(self) -> Fraction:
        """Return the distance from start to end."""
        return self.end - self.start

    def __contains__(self, at: Fraction) -> bool:
        """Tell whether a moment lies inside; the end does not."""
        return self.start <= at < self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether two spans share time."""
        return self.start < other.end and other.start < self.end


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap joined, empty ones left out.

    Examples
    --------
    >>> merged([Span(Fraction(2), Fraction(4)), Span(Fraction(0), Fraction(2)), Span(Fraction(6), Fraction(6))])
    (Span(start=Fraction(0, 1), end=Fraction(4, 1)),)
    """
    joined: list[Span] = []
    for span in sorted(span for span in spans if span.length > 0):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


@dataclass(frozen=True, slots=True, order=True)
class Meter:
    """A time signature.

    A *beat* is the notated unit (a quarter in 3/4, an eighth in 7/8), except in compound meters (6/8, 9/8, 12/8),
    where it is three units.

    Parameters
    ----------
    count : int
        Units in a bar, 1 to 99.
    unit : int
        The note value of a unit: 1, 2, 4, 8, 16 or 32.

    Examples
    --------
    >>> Meter.parse("6/8").beat
    Fraction(3, 2)
    >>> Meter(7, 8).accents
    (Fraction(0, 1), Fraction(1, 1), Fraction(2, 1))
    """

    count: int
    unit: int
    _bar: Fraction = field(init=False, repr=False, compare=False)
    _beat: Fraction = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be written as a time signature; keep its lengths, which are asked for at every bar."""
        if not 1 <= self.count <= 99 or self.unit not in _UNITS:
            raise NotationError(f"there is no meter {self.count}/{self.unit}; accepted: 1 to 99 over 1, 2, 4, 8, 16 or 32")
        object.__setattr__(self, "_bar", Fraction(4 * self.count, self.unit))
        object.__setattr__(self, "_beat", Fraction(4 * (3 if self.compound else 1), self.unit))

    @classmethod
    def parse(cls, text: str) -> Meter:
        """Read ``"4/4"``."""
        match = _METER.match(text)
        if not match or not int(match[1]):
            raise NotationError(f"cannot read the meter {shown(text)}; accepted: '4/4', '3/4', '6/8', '7/8', '5/4', ...")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Return ``"4/4"``."""
        return f"{self.count}/{self.unit}"

    @property
    def bar(self) -> Fraction:
        """Return the length of a bar in quarters."""
        return self._bar

    @property
    def compound(self) -> bool:
        """Tell whether the beat is three units."""
        return self.unit >= 8 and self.count > 3 and self.count % 3 == 0

    @property
    def beat(self) -> Fraction:
        """Return the length of a beat in quarters."""
        return self._beat

    @property
    def beats(self) -> int:
        """Return how many beats a bar has."""
        return self.count // 3 if self.compound else self.count

    @property
    def middle(self) -> Fraction:
        """Return where the second half of a bar begins, in quarters from the bar line: on a beat, the later one where beats are odd.

        Examples
        --------
        >>> [str(Meter.parse(text).middle) for text in ("4/4", "3/4", "5/4", "9/8", "7/8")]
        ['2', '2', '3', '3', '2']
        """
        return self.beat * (self.beats - self.beats // 2)

    @property
    def accents(self) -> tuple[Fraction, ...]:
        """Return where the accented groups of a bar begin, in quarters from the bar line."""
        return _accents(self)

    def weight(self, offset: Fraction) -> int:
        """Return the metrical weight of a place in the bar.

        Parameters
        ----------
        offset : Fraction
            Quarters from the bar line; taken modulo the bar.

        Returns
        -------
        int
            4 on the downbeat, 3 on an accented group, 2 on another beat, 1 on half a beat, 0 elsewhere.
        """
        # Whole numbers instead of fractions: a place is `place` parts of which a unit has `unit`, and a score asks for thousands.
        unit = 4 * offset.denominator
        place = offset.numerator * self.unit % (self.count * unit)
        if not place:
            return 4
        if not place % unit and place // unit in _starts(self):
            return 3
        if not place % (3 * unit if self.compound else unit):
            return 2
        return 1 if not (place if self.compound else 2 * place) % unit else 0


@lru_cache(maxsize=64)
def _accents(meter: Meter) -> tuple[Fraction, ...]:
    return tuple(Fraction(4 * start, meter.unit) for start in _starts(meter))


@lru_cache(maxsize=64)
def _starts(meter: Meter) -> tuple[int, ...]:
    """Return where the accented groups of a bar begin, in units of the meter."""
    if meter.compound:
        return tuple(range(0, meter.count, 3))
    if meter.count <= 3:
        return (0,)
    groups = _GROUPS.get(meter.count, (2,) * (meter.count // 2) if meter.count % 2 == 0 else (2,) * (meter.count // 2 - 1) + (3,))
    return tuple(sum(groups[:i]) for i in range(len(groups)))
