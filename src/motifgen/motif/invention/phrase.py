"""Phrases: how the bars of a motif hang together, and how they close.

The forms are those of W. Caplin, Classical Form (1998): an idea that is repeated or answered, a continuation, a close.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from motifgen.chance import Chance

LONG = 6
"""From so many bars on, a motif is a theme with a harmony of its own for every phrase."""

_CYCLE = ("a", "b", "a~", "b~")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a form.

    Parameters
    ----------
    letter : str
        Bars with the same letter have the same rhythm.
    source : int
        The index of the earlier bar whose melody comes back; -1 when none does.
    exact : bool
        Whether it comes back as it was, and not on another degree.
    close : str
        ``"half"`` closes a phrase openly, ``"full"`` is the end; else empty.
    """

    letter: str
    source: int = -1
    exact: bool = False
    close: str = ""


Form = tuple[Bar, ...]


def draw_form(bars: int, chance: Chance) -> Form:
    """Return a form of so many bars.

    Examples
    --------
    >>> [(bar.letter, bar.source) for bar in draw_form(2, Chance(0))]
    [('a', -1), ('b', -1)]
    """
    rows = _tables()["forms"].get(str(bars))
    return parsed_form(chance.choose(rows)) if rows else _unusual(bars)


def parsed_form(text: str) -> Form:
    """Read a form such as ``"a b/ a= c."``.

    Examples
    --------
    >>> parsed_form("a b/ a= c.")[2]
    Bar(letter='a', source=0, exact=True, close='')
    """
    bars: list[Bar] = []
    for token in text.split():
        earlier = [i for i, bar in enumerate(bars) if bar.letter == token[0]]
        returns = bool(earlier) and ("=" in token or "~" in token)
        close = "half" if token[-1] == "/" else "full" if token[-1] == "." else ""
        bars.append(Bar(token[0], earlier[0] if returns else -1, "=" in token, close))
    return tuple(bars)


def closes_of(kind: str, *, minor: bool) -> dict[str, tuple[str, ...]]:
    """Return the open (``"half"``) and the full closes of a kind, two bars each, in modes with a major or a minor third."""
    rows = _tables()["closes"][kind]
    return {close: tuple(rows[close]["minor" if minor else "major"]) for close in ("half", "full")}


def written_chords(form: Sequence[Bar], units: Sequence[str], kinds: Mapping[str, Sequence[str]], chance: Chance) -> str:
    """Return the chords of a long theme, bars apart by ``|``: two bars at a time from ``units``, and closes where the form has them.

    A bar that comes back as it was has its chords again.
    """
    written: list[str] = []
    unit: list[str] = []
    for place, bar in enumerate(form):
        if bar.exact and bar.source >= 0 and not bar.close:
            written.append(written[bar.source])
        elif bar.close:
            row = [each.strip() for each in chance.choose(kinds[bar.close]).split("|")]
            if place > 1 and form[place - 1].source < 0:
                written[-1] = row[0]
            written.append(row[1])
        else:
            unit = unit or [each.strip() for each in chance.choose(units).split("|")]
            written.append(unit.pop(0))
    return " | ".join(written)


def _unusual(bars: int) -> Form:
    """Return a form for a number of bars that the table has not: two bars moved on and on, and an end."""
    return parsed_form(" ".join([_CYCLE[i if i < len(_CYCLE) else 2 + i % 2] for i in range(bars - 1)] + ["e."]))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("motifgen") / "data" / "phrases.toml").read_text(encoding="utf-8"))
