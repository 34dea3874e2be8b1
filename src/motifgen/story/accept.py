"""What people may write where the story holds exact values: plain numbers, texts, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from motifgen.errors import NotationError, RangeError, UnknownNameError, shown
from motifgen.story.timecode import FrameRate, Timecode, parse_time
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

FIRST = Timecode(0)
RATE = FrameRate()


def seconds(value: object, start: Timecode = FIRST, rate: FrameRate = RATE) -> Fraction:
    """Return a time as exact seconds: a number, or a text as in a scene file.

    Examples
    --------
    >>> seconds(34.5), seconds("0:34.5")
    (Fraction(69, 2), Fraction(69, 2))
    """
    return value if type(value) is Fraction and value >= 0 else parse_time(value, start, rate)


def is_timecode(value: object) -> bool:
    """Tell whether a value is film timecode, which only a scene can place."""
    return isinstance(value, str) and value.count(":") + value.count(";") == 3


def span(value: object, start: Timecode = FIRST, rate: FrameRate = RATE) -> Span:
    """Return a stretch of seconds from a `Span` or a pair of times.

    Examples
    --------
    >>> span((8, "0:16"))
    Span(start=Fraction(8, 1), end=Fraction(16, 1))
    """
    if isinstance(value, Span):
        first, last = value.start, value.end
    elif isinstance(value, tuple | list) and len(value) == 2:
        first, last = value
    else:
        raise NotationError(f"cannot read the span {shown(value)}; accepted: a pair of times such as (8, 16)")
    found = Span(seconds(first, start, rate), seconds(last, start, rate))
    if found.end <= found.start:
        raise RangeError(f"a span from {float(found.start):g} s to {float(found.end):g} s is empty; accepted: an end after its start")
    return found


def several(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - whatever a field holds
    """Return what may be given alone, as a list or as a tuple, as a tuple."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)


def pairs(value: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - whatever a field holds
    """Return a mapping of texts, or pairs of them, as pairs in their order."""
    return tuple((str(name), str(said)) for name, said in (value.items() if isinstance(value, Mapping) else value))


def key(value: Key | str | None) -> Key | None:
    """Return a key from its text."""
    return Key.parse(value) if isinstance(value, str) else value


def meter(value: Meter | str | None) -> Meter | None:
    """Return a meter from its text."""
    return Meter.parse(value) if isinstance(value, str) else value


def tempo(value: object) -> tuple[float, float] | None:
    """Return a range of felt beats per minute from one number or a pair.

    Examples
    --------
    >>> tempo(96), tempo([80, 120])
    ((96.0, 96.0), (80.0, 120.0))
    """
    if value is None:
        return None
    given = several(value)
    if len(given) not in (1, 2) or not all(isinstance(it, int | float | Fraction) and not isinstance(it, bool) for it in given):
        raise NotationError(f"cannot read the tempo {shown(value)}; accepted: beats a minute, or a pair such as (80, 120)")
    slow, fast = float(given[0]), float(given[-1])
    if not 10 <= slow <= fast <= 400:
        raise RangeError(f"the tempo is {slow:g} to {fast:g}; accepted: 10 to 400 beats a minute, the slower first")
    return slow, fast


def one_of(kind: str, value: str, accepted: Iterable[str]) -> None:
    """Refuse a word that is not accepted, naming the nearest that is."""
    if value not in accepted:
        raise UnknownNameError(kind, value, accepted, listed=True)
