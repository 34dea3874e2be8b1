"""How durations are written: cut at bar lines and beats into values that a reader knows, so that the beats stay visible.

After E. Gould, *Behind Bars* (2011), on grouping notes and rests within the meter.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from motifgen.theory.time import Meter, Span

F = Fraction
PLAIN = tuple(F(n, d) for n, d in ((8, 1), (6, 1), (4, 1), (3, 1), (2, 1), (3, 2), (1, 1), (3, 4), (1, 2), (3, 8), (1, 4), (1, 8), (1, 16)))
UNDOTTED = tuple(value for value in PLAIN if value.numerator != 3)
TUPLET = tuple(F(n, d) for n, d in ((4, 3), (2, 3), (1, 3), (1, 6), (1, 12), (4, 5), (2, 5), (1, 5), (1, 10)))


def readable(at: Fraction) -> Fraction:
    """Return a place that notation can name: plain or triplet or quintuplet grid as it is, else the nearest 32nd.

    Examples
    --------
    >>> readable(F(7, 12)), readable(F(1001, 960))
    (Fraction(7, 12), Fraction(1, 1))
    """
    return at if any(denominator % at.denominator == 0 for denominator in (16, 12, 10)) else F(round(at * 8), 8)


def pieces(span: Span, meter: Meter, *, rest: bool = False) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return (onset, duration) of the written values that fill a span of a bar.

    From an accent on, the longest plain value that leaves the next accents visible; off the beat, up to the next beat, except
    that a syncopation of one beat that hides no accent stays one note. Rests have no dots in simple meters and never cross a beat
    that they do not begin on.

    Examples
    --------
    >>> four = Meter(4, 4)
    >>> [str(length) for _, length in pieces(Span(F(1, 2), F(4)), four)]
    ['1/2', '1', '2']
    >>> [str(length) for _, length in pieces(Span(F(1, 4), F(3)), four, rest=True)]
    ['1/4', '1/2', '1', '1']
    """
    return _pieces(span.start, span.end, meter, rest)


@lru_cache(maxsize=4096)
def _pieces(start: Fraction, end: Fraction, meter: Meter, rest: bool) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple(_cut(start, end, meter, _rest if rest else _note))


def _cut(at: Fraction, end: Fraction, meter: Meter, longest: object) -> Iterator[tuple[Fraction, Fraction]]:
    while at < end:
        length = longest(at, end, meter)  # type: ignore[operator]
        yield at, length
        at += length


def _note(at: Fraction, end: Fraction, meter: Meter) -> Fraction:
    left, beat = end - at, meter.beat
    following = _next_accent(at, meter)
    if at % beat:
        syncopated = left == beat and (at % beat) * 2 == beat and at + left <= following and left in PLAIN
        return left if syncopated else _value(at, min(beat - at % beat, left))
    if at not in meter.accents:
        half = left == 2 * beat and at % (2 * beat) == beat and not meter.compound and left in PLAIN and _even(meter)
        return left if half else _value(at, min(left, max(following - at, beat)))
    if _even(meter) or at + left <= following:
        return _value(at, left)
    accents = [accent for accent in (*meter.accents, meter.bar) if at < accent <= end]
    lengths = [accent - at for accent in accents if accent - at in PLAIN]
    return max(lengths) if lengths else _value(at, min(left, following - at))


def _rest(at: Fraction, end: Fraction, meter: Meter) -> Fraction:
    left, beat = end - at, meter.beat
    following = _next_accent(at, meter)
    if at % beat:
        room = min(left, beat - at % beat)
        return next((value for value in (*UNDOTTED, *TUPLET) if value <= room and at % value == 0 and _fits(at, value)), room)
    if at in meter.accents and following <= end and following - at in (PLAIN if meter.compound else UNDOTTED):
        return following - at
    room = min(left, beat)
    if meter.compound and room == beat:
        return room
    return next((value for value in (*UNDOTTED, *TUPLET) if value <= room and _fits(at, value)), room)


def _even(meter: Meter) -> bool:
    """Tell whether a meter's halves are such that a dotted half is read at once: simple meters without groups of three and two."""
    return not meter.compound and meter.beat >= 1 and meter.count in {1, 2, 3, 4}


def _next_accent(at: Fraction, meter: Meter) -> Fraction:
    return next((accent for accent in (*meter.accents, meter.bar) if accent > at), meter.bar)


def _value(at: Fraction, room: Fraction) -> Fraction:
    if room in TUPLET and _fits(at, room):
        return room
    return next((value for value in (*PLAIN, *TUPLET) if value <= room and _fits(at, value)), room)


def _fits(at: Fraction, value: Fraction) -> bool:
    """Tell whether a value may stand at a place: a triplet place can only be left by a triplet value."""
    return all(value.denominator % prime == 0 or at.denominator % prime for prime in (3, 5))
