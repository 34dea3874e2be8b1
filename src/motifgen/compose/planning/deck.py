"""The deck of forms from which a theme's variant is chosen: every allowed combination of steps, as columns of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from motifgen.affect import AXES
from motifgen.compose.planning.table import ModeRow, Shift, StepRow, mode_rows, step_rows


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
class Deck:
    """Cards with what each does to affect (a column an axis, in the order of `AXES`), what it costs, and its marks.

    ``marks`` tells for a step's or mode's name, and for ``whole``, which cards have it.
    """

    cards: tuple[Card, ...]
    shifts: NDArray[np.float64]
    costs: NDArray[np.float64]
    marks: dict[str, NDArray[np.bool_]]

    def marked(self, name: str) -> NDArray[np.bool_]:
        """Return which cards have a step, a mode, or are ``whole``."""
        none: NDArray[np.bool_] = np.zeros(len(self.cards), dtype=bool)
        return self.marks.get(name, none)


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
    rows = [row for row in step_rows() if row.step in steps]
    pairs = [pair for pair in combinations(rows, 2) if pair[0].axis != pair[1].axis]
    ways: list[tuple[StepRow, ...]] = [(), *((row,) for row in rows), *pairs]
    places = [None, *(row for row in mode_rows() if row.name in modes and row.name != own)]
    cards = [Card(mode, way) for mode in places for way in ways]
    cards = [card for card in cards if not (fragment and card.whole)]
    shifts = [_shift(own, card) for card in cards]
    costs = [sum(row.cost for row in card.rows) + (card.mode.cost if card.mode else 0.0) for card in cards]
    table = np.array([[getattr(shift, axis) for axis in AXES] for shift in shifts], dtype=np.float64).reshape(-1, len(AXES))
    return Deck(tuple(cards), table, np.array(costs, dtype=np.float64), _marks(cards))


def _shift(own: str, card: Card) -> Shift:
    total = Shift()
    if card.mode is not None:
        home = mode_row(own) or ModeRow(own, 0.0, 0.2)
        total = Shift(valence=card.mode.valence - home.valence, tension=card.mode.tension - home.tension)
    for row in card.rows:
        total += row.shift
    return total


def _marks(cards: list[Card]) -> dict[str, NDArray[np.bool_]]:
    names = {name for card in cards for row in card.rows for name in row.names} | {card.mode.name for card in cards if card.mode}
    found = {name: np.array([_has(card, name) for card in cards], dtype=bool) for name in sorted(names)}
    found["whole"] = np.array([card.whole for card in cards], dtype=bool)
    found["plain"] = np.array([not card.mode and not card.rows for card in cards], dtype=bool)
    return found


def _has(card: Card, name: str) -> bool:
    return any(name in row.names for row in card.rows) or (card.mode is not None and card.mode.name == name)
