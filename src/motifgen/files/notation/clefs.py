"""Clefs by range: which clef every bar is written in, so that a player reads few ledger lines and few changes."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType

#: Staff steps above C0 of the bottom and top line of each clef; C4 is 28.
LINES = {
    "treble": (30, 38), "bass": (18, 26), "alto": (24, 32), "tenor": (22, 30), "treble+8": (37, 45), "bass-8": (11, 19),
}  # fmt: skip
_CHANGE = 10.0
_SIGN = 9.0
_RESTED = 0.4
_AWAY = (0.0, 0.5, 1.2, 1.2, 1.2)
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Written:
    """How an instrument is written: its abbreviation, and the clefs that its players read, the usual one first."""

    abbreviation: str
    clefs: tuple[str, ...]


@cache
def customs() -> Mapping[str, Written]:
    """Return how instruments are written, by name: the rows of ``data/notation.csv``.

    Examples
    --------
    >>> customs()["cello"].clefs, customs()["horn"].abbreviation
    (('bass', 'tenor', 'treble'), 'Hn.')
    """
    text = files("motifgen").joinpath("data/notation.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["name"]: Written(row["abbreviation"], tuple(row["clefs"].split())) for row in rows})


def ledger_lines(steps: int, clef: str) -> int:
    """Return how many ledger lines a note needs in a clef.

    Examples
    --------
    >>> ledger_lines(28, "treble"), ledger_lines(27, "treble"), ledger_lines(28, "bass"), ledger_lines(33, "alto")
    (1, 1, 1, 0)
    """
    bottom, top = LINES[clef]
    return max((bottom - steps) // 2, (steps - top) // 2, 0)


def clefs(bars: Sequence[Sequence[int]], choices: Sequence[str]) -> tuple[str, ...]:
    """Return a clef for every bar, given the heights of its notes in staff steps above C0 as written.

    The cheapest way by dynamic programming: a note costs by the square of its ledger lines, a change of clef as much as five notes on
    three of them, less than half of it after a bar of rest, where there is time to read it. Between rests a clef stays for at least
    four notes, so that it never changes for one alone. The first choice is what the player reads best.

    Examples
    --------
    >>> low = [[13, 14, 13, 12]] * 2
    >>> clefs([[36, 37, 38, 36], *low, [38, 37, 36, 38]], ("treble", "bass"))
    ('treble', 'bass', 'bass', 'treble')
    >>> clefs([[32, 33], [20], [31]], ("treble", "bass"))
    ('treble', 'treble', 'treble')
    """
    if len(choices) == 1 or not any(bars):
        return (choices[0],) * len(bars)
    best: dict[tuple[str, int], float] = {(clef, 0): _CHANGE * (clef != choices[0]) for clef in choices}
    trail: list[dict[tuple[str, int], tuple[str, int]]] = []
    for before, heights in pairwise([[0], *bars]):
        best, came = _step(best, heights, choices, rested=not before)
        trail.append(came)
    state = min(best, key=lambda each: (round(best[each], 6), choices.index(each[0]), -each[1]))
    found = []
    for came in reversed(trail):
        found.append(state[0])
        state = came[state]
    return tuple(reversed(found))


def _step(
    best: Mapping[tuple[str, int], float], heights: Sequence[int], choices: Sequence[str], *, rested: bool
) -> tuple[dict[tuple[str, int], float], dict[tuple[str, int], tuple[str, int]]]:
    """Return the cost of every (clef, notes read in it, at most four) after a bar, and from where it was reached."""
    costs = {clef: sum(_cost(steps, clef) for steps in heights) + _AWAY[rank] * len(heights) for rank, clef in enumerate(choices)}
    made: dict[tuple[str, int], float] = {}
    came: dict[tuple[str, int], tuple[str, int]] = {}
    for (before, count), cost in best.items():
        for clef in choices:
            if clef != before and count < _FEWEST and not rested:
                continue
            state = (clef, min((count if clef == before else 0) + len(heights), _FEWEST))
            total = cost + costs[clef] + (_price(before, clef) * (_RESTED if rested else 1.0) if clef != before else 0.0)
            late = clef != before and total <= made.get(state, total) + 1e-9
            if state not in made or total < made[state] - 1e-9 or late:
                made[state], came[state] = total, (before, count)
    return made, came


def _cost(steps: int, clef: str) -> float:
    lines = ledger_lines(steps, clef)
    return lines**2 / 5


def _price(before: str, clef: str) -> float:
    return _SIGN if before[:4] == clef[:4] else _CHANGE


def runs(names: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (first bar, bar after the last, clef) of every run of one clef.

    Examples
    --------
    >>> runs(["bass", "bass", "tenor"])
    [(0, 2, 'bass'), (2, 3, 'tenor')]
    """
    cuts = [0, *(number for number in range(1, len(names)) if names[number] != names[number - 1]), len(names)]
    return [(first, last, names[first]) for first, last in pairwise(cuts) if first < last]
