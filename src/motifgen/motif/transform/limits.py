"""What arguments of transforms may be."""

from __future__ import annotations

from fractions import Fraction

from motifgen.errors import NotationError, RangeError, UnknownNameError, shown

MOST_NOTES = 20_000


def exact(name: str, value: object) -> Fraction:
    """Return a number as a fraction: whole numbers, decimals as they are written, texts as ``"3/2"``.

    Examples
    --------
    >>> exact("the factor", 1.5), exact("the factor", "3/2")
    (Fraction(3, 2), Fraction(3, 2))
    """
    try:
        return value if isinstance(value, Fraction) else Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise NotationError(f"{name} is {shown(value)}; accepted: a number, as in 2, 1.5 or '3/2'") from None


def positive(value: Fraction | float | str) -> Fraction:
    """Return a factor as a fraction; refuse 0 and less."""
    factor = exact("the factor", value)
    if factor <= 0:
        raise RangeError(f"the factor is {factor}; accepted: more than 0")
    return factor


def at_least_one(name: str, value: int) -> None:
    """Refuse numbers below 1."""
    if value < 1:
        raise RangeError(f"{name} is {value}; accepted: 1 or more")


def not_too_long(notes: int) -> None:
    """Refuse to make more notes than any music needs, before they are made."""
    if notes > MOST_NOTES:
        raise RangeError(f"this would make {notes} notes; accepted: a motif of up to {MOST_NOTES}")


def one_of(kind: str, value: str, accepted: tuple[str, ...]) -> None:
    """Refuse words that are not accepted, naming the nearest that are."""
    if value not in accepted:
        raise UnknownNameError(kind, value, accepted)


def share_of(name: str, value: Fraction | float | str) -> Fraction:
    """Return a share as a fraction; refuse what is not from 0 to 1."""
    share = exact(name, value)
    if not 0 <= share <= 1:
        raise RangeError(f"{name} is {share}; accepted: 0 to 1")
    return share
