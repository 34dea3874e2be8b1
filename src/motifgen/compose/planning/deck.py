"""The deck of forms from which a theme's variant is chosen: every allowed combination of steps, as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from motifgen.affect import AXES
from motifgen.compose.planning.table import ModeRow, Shift, StepRow, mode_rows, step_rows

Numbers = NDArray[np.float64]
Marks = dict[str, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Card:
    """One form: a mode or none, and at most two steps, of different axes: more, and nobody could follow."""

    mode: ModeRow | None
    rows: tuple[StepRow, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the theme is heard to its end."""
        return all(row.whole for row in self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Steps alone, without a mode: none, one or two, with what each does to affect, what it costs, and its marks."""

    rows: tuple[tuple[StepRow, ...], ...]
    shifts: Numbers
    costs: Numbers
    marks: Marks


@dataclass(frozen=True, slots=True, eq=False)
class Deck:
    """Cards: every way in every mode, the theme's own first.

    ``shifts`` has a column an axis, in the order of `AXES`; ``tones`` is how bright a mode is by itself; ``marks`` holds those that were
    asked for.
    """

    modes: tuple[ModeRow | None, ...]
    ways: Ways
    shifts: Numbers
    tones: Numbers
    costs: Numbers
    marks: Marks

    def __len__(self) -> int:
        """Return how many cards there are."""
        return len(self.costs)

    def card(self, place: int) -> Card:
        """Return a card."""
        mode, way = divmod(place, len(self.ways.rows))
        return Card(self.modes[mode], self.ways.rows[way])

    def marked(self, name: str) -> NDArray[np.bool_]:
        """Return which cards have a step, by its name or its whole text, a mode, or are ``whole`` or ``plain``."""
        if name not in self.marks:
            ways = self.ways.marks.get(name, np.zeros(len(self.ways.rows), dtype=bool))
            # Another mode is not plain, whatever else is done.
            own = np.array([row is None or name != "plain" for row in self.modes])
            mode = np.array([row is not None and row.name == name for row in self.modes])
            self.marks[name] = (own[:, None] & ways | mode[:, None]).ravel()
        return self.marks[name]


def mode_row(name: str) -> ModeRow | None:
    """Return what a mode does; ``None`` for the rarer ones that the table leaves out."""
    return next((row for row in mode_rows() if row.name == name), None)


@lru_cache(maxsize=128)
def deck(own: str, steps: frozenset[str], modes: frozenset[str], *, fragment: bool) -> Deck:
    """Return the cards for a theme of a mode.

    Parameters
    ----------
    own : str
        The theme's own mode.
    steps, modes : frozenset[str]
        The rows of the table that are allowed, by their text, and the modes.
    fragment : bool
        Whether only forms that are not whole are asked; otherwise all are there.
    """
    ways = _ways(steps, fragment=fragment)
    places = (None, *(row for row in mode_rows() if row.name in modes and row.name != own))
    count = len(ways.rows)
    home = mode_row(own) or ModeRow(own, 0.0, 0.2)
    moved = [Shift() if row is None else Shift(valence=row.valence - home.valence, tension=row.tension - home.tension) for row in places]
    shifts = np.tile(ways.shifts, (len(places), 1)) + np.repeat(_columns(moved), count, axis=0)
    costs = np.tile(ways.costs, len(places)) + np.repeat([row.cost if row is not None else 0.0 for row in places], count)
    tones = np.repeat([(row or home).valence for row in places], count)
    return Deck(places, ways, shifts, tones, costs, {})


@lru_cache(maxsize=64)
def _ways(steps: frozenset[str], *, fragment: bool) -> Ways:
    rows = [row for row in step_rows() if row.step in steps]
    pairs = [pair for pair in combinations(rows, 2) if pair[0].axis != pair[1].axis]
    ways: list[tuple[StepRow, ...]] = [(), *((row,) for row in rows), *pairs]
    ways = [way for way in ways if not (fragment and all(row.whole for row in way))]
    shifts = [sum((row.shift for row in way), Shift()) for way in ways]
    marks: Marks = {name: np.zeros(len(ways), dtype=bool) for name in sorted({name for row in rows for name in (row.step, *row.names)})}
    for place, way in enumerate(ways):
        for row in way:
            for name in (row.step, *row.names):
                marks[name][place] = True
    marks["whole"] = np.array([all(row.whole for row in way) for way in ways], dtype=bool)
    marks["plain"] = np.array([not way for way in ways], dtype=bool)
    return Ways(tuple(ways), _columns(shifts), np.array([sum(row.cost for row in way) for way in ways], dtype=np.float64), marks)


def _columns(shifts: list[Shift]) -> Numbers:
    axes = attrgetter(*AXES)
    return np.array([axes(shift) for shift in shifts], dtype=np.float64).reshape(-1, len(AXES))
