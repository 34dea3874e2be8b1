"""What people may write where the story holds exact values: plain numbers, texts, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from motifgen.errors import NotationError, RangeError, UnknownNameError, ensure, shown
from motifgen.story.timecode import FrameRate, Timecode, parse_time
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

#: What stands for a time, and for what may be given alone or as many, where people write it.
Time: TypeAlias = Fraction | float | str
T = TypeVar("T")
Several: TypeAlias = T | Iterable[T]
Stretch: TypeAlias = Span | tuple[Time, Time]
Texts: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]

FIRST = Timecode(0)
RATE = FrameRate()
#: Larger seeds would not survive programs that read the ledger's numbers as floating point.
LARGEST_SEED = 2**53 - 1
_ID = re.compile(r"\w[\w.-]{0,63}\Z")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z", re.IGNORECASE)


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


def all_of(what: str, value: object, kind: type) -> tuple[Any, ...]:
    """Return what may be given alone or as a list as a tuple; refuse what is of another kind.

    Examples
    --------
    >>> all_of("a hit", [3], str)
    Traceback (most recent call last):
    motifgen.errors.NotationError: a hit is '3'; accepted: str
    """
    found = several(value)
    for it in found:
        ensure(what, it, kind)
    return found


def identifier(value: object) -> str:
    """Return a scene's id; it names the scene's files, on every machine.

    Examples
    --------
    >>> identifier("a/b")
    Traceback (most recent call last):
    motifgen.errors.NotationError: the id 'a/b' cannot name a file; accepted: letters, digits, '_', '-' and '.', 64 at most, as in '1m1'
    """
    if not isinstance(value, str) or not _ID.match(value) or value.endswith(".") or _DEVICES.match(value):
        raise NotationError(
            f"the id {shown(value)} cannot name a file; accepted: letters, digits, '_', '-' and '.', 64 at most, as in '1m1'"
        )
    return value


def seed(value: object) -> int:
    """Return a seed, as it was given.

    Examples
    --------
    >>> seed(-1)
    Traceback (most recent call last):
    motifgen.errors.RangeError: the seed is '-1'; accepted: whole numbers from 0 to 9007199254740991
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_SEED:
        raise RangeError(f"the seed is {shown(value)}; accepted: whole numbers from 0 to {LARGEST_SEED}")
    return value


def share(what: str, value: object, where: str = "") -> None:
    """Refuse what is no number from 0 to 1."""
    if not isinstance(value, int | float | Fraction) or isinstance(value, bool) or not 0 <= value <= 1:
        raise RangeError(f"{what} is {value!r}{where}; accepted: 0 to 1")


def pairs(value: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - whatever a field holds
    """Return a mapping of texts, or pairs of them, as pairs in their order."""
    given = value.items() if isinstance(value, Mapping) else value
    if isinstance(given, str) or not isinstance(given, Iterable) or not all(isinstance(it, tuple | list) and len(it) == 2 for it in given):
        raise NotationError(f"cannot read the pairs {shown(value)}; accepted: a mapping of texts, as in {{'composer': 'M. Vale'}}")
    return tuple((str(name), str(said)) for name, said in given)


def key(value: Key | str | None) -> Key | None:
    """Return a key from its text."""
    ensure("a key", value, Key, str, type(None))
    return Key.parse(value) if isinstance(value, str) else value


def meter(value: Meter | str | None) -> Meter | None:
    """Return a meter from its text."""
    ensure("a meter", value, Meter, str, type(None))
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
