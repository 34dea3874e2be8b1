"""How durations are written: cut at bar lines and beats into values that a reader knows, so that the beats stay visible.

After E. Gould, *Behind Bars* (2011), on grouping notes and rests within the meter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from motifgen.theory.time import Meter, Span

F = Fraction
PLAIN = tuple(F(n, d) for n, d in ((8, 1), (6, 1), (4, 1), (3, 1), (2, 1), (3, 2), (1, 1), (3, 4), (1, 2), (3, 8), (1, 4), (1, 8), (1, 16)))
UNDOTTED = tuple(value for value in PLAIN if value.numerator != 3)
TUPLET = tuple(F(n, d) for n, d in ((4, 3), (2, 3), (1, 3), (1, 6), (1, 12), (4, 5), (2, 5), (1, 5), (1, 10)))

#: (onset, duration) of what is written, in quarters.
Values = tuple[tuple[Fraction, Fraction], ...]


def readable(at: Fraction) -> Fraction:
    """Return a place that notation can name: plain or triplet or quintuplet grid as it is, else the nearest 32nd.

    Examples
    --------
    >>> readable(F(7, 12)), readable(F(1001, 960))
    (Fraction(7, 12), Fraction(1, 1))
    """
    return at if any(denominator % at.denominator == 0 for denominator in (16, 12, 10)) else F(round(at * 8), 8)


def pieces(span: Span, meter: Meter, accents: tuple[Fraction, ...] = (), *, rest: bool = False) -> Values:
    """Return (onset, duration) of the written values that fill a span of a bar.

    The accents are where the groups of the bar begin; left out, those that are usual in the meter. From an accent on, the longest plain
    value that leaves the next accents visible; off the beat, up to the next beat, except that a syncopation of one beat that hides no
    accent stays one note. Rests have no dots in simple meters and never cross a beat that they do not begin on; a group of three
    eighths is one dotted rest.

    Examples
    --------
    >>> four = Meter(4, 4)
    >>> [str(length) for _, length in pieces(Span(F(1, 2), F(4)), four)]
    ['1/2', '1', '2']
    >>> [str(length) for _, length in pieces(Span(F(1, 4), F(3)), four, rest=True)]
    ['1/4', '1/2', '1', '1']
    """
    return _pieces(span.start, span.end, meter, accents or meter.accents, rest)


@lru_cache(maxsize=4096)
def _pieces(
    start: Fraction, end: Fraction, meter: Meter, accents: tuple[Fraction, ...], rest: bool
) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple(_cut(start, end, _Bar(meter, accents), _rest if rest else _note))


@dataclass(frozen=True, slots=True)
class _Bar:
    """A meter and where its groups begin."""

    meter: Meter
    accents: tuple[Fraction, ...]

    @property
    def even(self) -> bool:
        """Tell whether its halves are such that a dotted half is read at once: simple meters without groups of three and two."""
        return not self.meter.compound and self.meter.beat >= 1 and self.meter.count in {1, 2, 3, 4}

    def following(self, at: Fraction) -> Fraction:
        """Return the next accent, or the end of the bar."""
        return next((accent for accent in (*self.accents, self.meter.bar) if accent > at), self.meter.bar)


def _cut(
    at: Fraction, end: Fraction, bar: _Bar, longest: Callable[[Fraction, Fraction, _Bar], Fraction]
) -> Iterator[tuple[Fraction, Fraction]]:
    while at < end:
        length = longest(at, end, bar)
        yield at, length
        at += length


def _note(at: Fraction, end: Fraction, bar: _Bar) -> Fraction:
    left, beat = end - at, bar.meter.beat
    following = bar.following(at)
    if at % beat:
        syncopated = left == beat and (at % beat) * 2 == beat and at + left <= following and left in PLAIN
        return left if syncopated else _value(at, min(beat - at % beat, left))
    if at not in bar.accents:
        half = left == 2 * beat and at % (2 * beat) == beat and left in PLAIN and bar.even
        return left if half else _value(at, min(left, max(following - at, beat)))
    if bar.even or at + left <= following:
        return _value(at, left)
    lengths = [accent - at for accent in (*bar.accents, bar.meter.bar) if at < accent <= end and accent - at in PLAIN]
    return max(lengths) if lengths else _value(at, min(left, following - at))


def _rest(at: Fraction, end: Fraction, bar: _Bar) -> Fraction:
    left, beat = end - at, bar.meter.beat
    following = bar.following(at)
    if at % beat:
        room = min(left, beat - at % beat)
        return next((value for value in (*UNDOTTED, *TUPLET) if value <= room and at % value == 0 and _fits(at, value)), room)
    eighths = bar.meter.unit >= 8
    if at in bar.accents and following <= end and following - at in (PLAIN if eighths else UNDOTTED):
        return following - at
    room = min(left, following - at if eighths and at in bar.accents else beat)
    if bar.meter.compound and room == beat:
        return room
    return next((value for value in (*UNDOTTED, *TUPLET) if value <= room and _fits(at, value)), room)


def _value(at: Fraction, room: Fraction) -> Fraction:
    if room in TUPLET and _fits(at, room):
        return room
    return next((value for value in (*PLAIN, *TUPLET) if value <= room and _fits(at, value)), room)


def _fits(at: Fraction, value: Fraction) -> bool:
    """Tell whether a value may stand at a place: a triplet place can only be left by a triplet value."""
    return all(value.denominator % prime == 0 or at.denominator % prime for prime in (3, 5))
