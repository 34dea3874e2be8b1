"""Bending: the smoothest tempo under given beats, written as whole microseconds.

The tempo is a value for each cell (a bar or a beat). The cells between two anchors must last exactly as long as the picture; among all that
do, the tempo is the one that stays closest to the wish and changes least from cell to cell: least squares under linear
constraints, solved exactly (a tridiagonal system, and a small one for the constraints).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.spotting.wish import Wish

Floats = NDArray[np.float64]
_STIFF, _STIFFEST = 144.0, 10_000.0


class Pins(NamedTuple):
    """Places of the lattice (units) and the exact seconds at which they fall; the first is 0 at 0."""

    places: tuple[int, ...]
    seconds: tuple[Fraction, ...]


class Cells(NamedTuple):
    """Stretches of one tempo: where each begins and the last ends (units), and the wished seconds a unit for each."""

    edges: Floats
    wished: Floats

    @classmethod
    def between(cls, edges: Sequence[int], pins: Pins, wish: Wish, felt: int) -> Cells:
        """Return cells with the wish laid over them, so that the moments between two pins are those of the picture.

        Parameters
        ----------
        edges : Sequence[int]
            Rising; every pin is among them.
        felt : int
            The felt beat in units.
        """
        passed = [wish.until(float(at)) for at in pins.seconds]
        places = np.asarray(edges, dtype=np.float64)
        # Rounded, because machines may differ in the last bit of an interpolation.
        beats = np.round(np.interp(places, pins.places, passed), 9)
        after = places > pins.places[-1]
        beats[after] = passed[-1] + (places[after] - pins.places[-1]) / felt
        times = _moments(beats, wish)
        return cls(places, np.diff(times) / (np.diff(beats) * felt))

    def cut(self, tempo: Floats, places: Sequence[int]) -> tuple[Cells, Floats]:
        """Return cells, and the tempo of each, with edges at some more places; both as they are where these are edges already."""
        inside = {place for place in places if self.edges[0] < place < self.edges[-1]}
        more = sorted(inside - set(self.edges.astype(int).tolist()))
        if not more:
            return self, tempo
        edges = np.sort(np.concatenate([self.edges, np.asarray(more, dtype=np.float64)]))
        owner = np.searchsorted(self.edges, edges[:-1], side="right") - 1
        return Cells(edges, self.wished[owner]), tempo[owner]

    @property
    def lengths(self) -> Floats:
        """Return each cell's length in units."""
        return np.diff(self.edges)


def _moments(beats: Floats, wish: Wish) -> Floats:
    """Return the moment of each beat, as `Wish.when` does, all at once; after the last sample the last tempo goes on."""
    known = np.asarray(wish.beats)
    at = np.clip(np.searchsorted(known, beats, side="right") - 1, 0, len(known) - 2)
    found: Floats = wish.step * (at + (beats - known[at]) / (known[at + 1] - known[at]))
    return found


def evened(cells: Cells, pins: Pins, felt: int, steepest: float, passes: int = 8) -> Floats:
    """Return the smoothed tempo made gentler where it changes too fast (iteratively reweighted least squares).

    Parameters
    ----------
    steepest : float
        How much the tempo may change in a unit, as a share.
    """
    tempo, extra = smoothed(cells, pins, felt), np.ones(max(len(cells.wished) - 1, 0))
    apart = (cells.lengths[1:] + cells.lengths[:-1]) / 2
    for _ in range(passes):
        over = changes(np.maximum(tempo, cells.wished / 8)) / apart / steepest
        if not (over > 1).any():
            break
        extra = np.minimum(extra * np.maximum(over, 1.0) ** 2, _STIFFEST)
        tempo = smoothed(cells, pins, felt, extra)
    return tempo


def changes(tempo: Floats) -> Floats:
    """Return how much each value differs from the one before, as a share of the smaller; plain arithmetic, the same on every machine."""
    before, after = tempo[:-1], tempo[1:]
    return np.maximum(before, after) / np.minimum(before, after) - 1


def smoothed(cells: Cells, pins: Pins, felt: int, stiffer: Floats | float = 1.0) -> Floats:
    """Return seconds a unit for each cell: the smoothest tempo near the wish that meets every pin.

    Raises
    ------
    FloatingPointError
        Never for rising pins: the constraints are then independent.
    """
    owner = np.searchsorted(np.asarray(pins.places[1:]), cells.edges[:-1], side="right")
    count = len(pins.places) - 1
    columns = np.zeros((len(cells.wished), count + 1))
    inside = owner < count
    columns[np.flatnonzero(inside), owner[inside]] = cells.lengths[inside]
    weight = cells.lengths / felt / cells.wished**2
    columns[:, count] = weight * cells.wished
    solved = _tridiagonal(weight, _stiffness(cells, felt) * stiffer, columns)
    if not count:
        return solved[:, 0]
    wanted = np.array([float(after - before) for before, after in pairwise(pins.seconds)])
    sums = np.zeros((count, count + 1))
    passed, begun = solved * cells.lengths[:, None], np.searchsorted(owner, range(count + 1)).tolist()
    for row, (first, last) in enumerate(pairwise(begun)):
        sums[row] = np.add.accumulate(passed[first:last], axis=0)[-1]
    factors = _eliminated(sums[:, :count], wanted - sums[:, count])
    result = solved[:, count].copy()
    for column, factor in zip(solved.T, factors, strict=False):
        result += column * factor
    return result


def _stiffness(cells: Cells, felt: int) -> Floats:
    """Return what a difference between each cell and the next costs: less, the farther apart they are."""
    apart = (cells.lengths[1:] + cells.lengths[:-1]) / (2 * felt)
    return _STIFF / apart / (cells.wished[1:] * cells.wished[:-1])


def _tridiagonal(weight: Floats, stiff: Floats, columns: Floats) -> Floats:
    """Solve for all columns by Thomas's elimination; plain elementwise arithmetic, so that every machine gets the same bits."""
    diagonal = weight.copy()
    diagonal[1:] += stiff
    diagonal[:-1] += stiff
    main, off, factors = diagonal.tolist(), stiff.tolist(), []
    for k in range(1, len(main)):
        factors.append(off[k - 1] / main[k - 1])
        main[k] -= factors[-1] * off[k - 1]
    solved = [_substituted(column, factors, off, main) for column in columns.T.tolist()]
    return np.array(solved, dtype=np.float64).T.copy()


def _substituted(column: list[float], factors: list[float], off: list[float], main: list[float]) -> list[float]:
    """Return a column after both passes; a row has few columns, so lists are quicker here than arrays."""
    first = next((place for place, value in enumerate(column) if value), 0)
    for k in range(first + 1, len(main)):  # what comes before the first number stays nothing
        column[k] += factors[k - 1] * column[k - 1]
    column[-1] /= main[-1]
    for k in range(len(main) - 2, -1, -1):
        column[k] = (column[k] + off[k] * column[k + 1]) / main[k]
    return column


def _eliminated(matrix: Floats, right: Floats) -> Floats:
    """Solve a small positive definite system by elimination without pivots."""
    work = np.column_stack([matrix, right])
    for k in range(len(work)):
        work[k + 1 :] -= work[k] * (work[k + 1 :, k] / work[k, k])[:, None]
    for k in range(len(work) - 1, -1, -1):
        work[k] /= work[k, k]
        work[:k] -= work[k] * work[:k, k][:, None]
    return work[:, -1]


def within(cells: Cells, smooth: Floats, pins: Pins, felt: int, wish: Wish) -> Floats:
    """Return the smooth tempo, moved towards one even tempo between two pins as far as it must be to keep inside the tempo range.

    Both meet the pins, so every mixture does.
    """
    slow, fast = 60 / (wish.low * felt), 60 / (wish.high * felt)
    owner, even = _even(cells, pins)
    away = smooth - even
    beyond = np.where(away > 0, smooth - slow, fast - smooth)
    shares = np.zeros(len(pins.places))
    np.maximum.at(shares, owner, np.where(beyond > 0, beyond / np.maximum(np.abs(away), 1e-12), 0.0))
    kept: Floats = smooth - np.minimum(np.round(shares + 5e-10, 9), 1.0)[owner] * away
    return kept


def stepped(pins: Pins, wish: Wish, felt: int) -> tuple[Cells, Floats]:
    """Return one cell between each two pins, of which there are two at least, and seconds a unit for each; the last tempo stays."""
    cells = Cells.between(pins.places, pins, wish, felt)
    return cells, _even(cells, pins)[1]


def _even(cells: Cells, pins: Pins) -> tuple[NDArray[np.intp], Floats]:
    """Return for each cell the number of its stretch between two pins, and the one tempo of that stretch; after the last pin, the wish."""
    owner = np.searchsorted(np.asarray(pins.places[1:]), cells.edges[:-1], side="right")
    even = cells.wished.copy()
    for row, ((place, at), (next_place, next_at)) in enumerate(pairwise(zip(pins.places, pins.seconds, strict=True))):
        even[owner == row] = float(next_at - at) / (next_place - place)
    return owner, even


def written(cells: Cells, tempo: Floats, pins: Pins, ticks: Sequence[int], ppq: int) -> list[tuple[int, int]]:
    """Return tempo steps (tick, whole microseconds a quarter), each rounded from the time really passed so far, so that no error adds up.

    At a pin the time aimed at is the picture's own. Time is counted in ticks of a microsecond a quarter, which are whole numbers.

    Parameters
    ----------
    ticks : Sequence[int]
        Where each cell begins and the last ends.
    """
    second = ppq * 1_000_000
    exact = {place: round(at * second) for place, at in zip(pins.places, pins.seconds, strict=True)}
    edges = cells.edges.astype(int).tolist()
    steps, passed, aim = [], 0, 0
    for (start, end), (first, last), pace in zip(pairwise(edges), pairwise(ticks), tempo.tolist(), strict=True):
        aim = exact.get(end, aim + round(round(pace * (end - start), 9) * second))
        length = last - first
        microseconds = max((2 * (aim - passed) + length) // (2 * length), 1)
        steps.append((first, microseconds))
        passed += length * microseconds
    return steps
