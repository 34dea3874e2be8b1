"""Windows on strands: every run of so many notes by the hash of its moves, and whether its rhythm fits a pattern.

A rolling hash with a multiplier that has an inverse modulo 2**64 gives the hash of every window of any length from one running sum
(R. Karp and M. Rabin, "Efficient randomized pattern-matching algorithms", 1987); a sorted table of them finds thousands of
patterns at once.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import log2

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.finding.strands import Ints, Strands
from motifgen.sketch.events import PPQ

Floats = NDArray[np.float64]
_FACTOR = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_WRITTEN, _PLAYED, _PLAYED_PLAINLY = 0.1, 0.25, 0.35
_SLOWEST = 3.01
_RATIOS = tuple(sorted({Fraction(a, b) for a in (1, 2, 3, 4, 5, 6, 8) for b in (1, 2, 3, 4, 5, 6, 8)}))


class Windows:
    """The windows of some strands, indexed when first asked for.

    Parameters
    ----------
    strands : Strands
    """

    def __init__(self, strands: Strands) -> None:
        """Sum up the hashes of all moves."""
        self.strands = strands
        self.slack = _WRITTEN if strands.written else _PLAYED
        moves = np.diff(strands.pitch)
        self._powers = _powers(len(moves), _FACTOR)
        self._inverse = _powers(len(moves), pow(_FACTOR, -1, _MODULUS))
        with np.errstate(over="ignore"):
            self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(_digits(moves) * self._powers, dtype=np.uint64)])
        self._tables: dict[int, tuple[NDArray[np.uint64], Ints]] = {}

    def __len__(self) -> int:
        """Return how many notes there are."""
        return len(self.strands.pitch)

    def places(self, moves: Ints) -> Ints:
        """Return where windows with exactly these moves begin."""
        return self.all_places([moves])[0]

    def all_places(self, patterns: list[Ints]) -> list[Ints]:
        """Return for each pattern of one common length where its moves are found."""
        length = len(patterns[0])
        hashes, order = self._table(length)
        keys = np.array([_hash(pattern) for pattern in patterns], dtype=np.uint64)
        lows, highs = np.searchsorted(hashes, keys, "left").tolist(), np.searchsorted(hashes, keys, "right").tolist()
        return [
            self._true(order[low:high], pattern) if high > low else order[:0]
            for pattern, low, high in zip(patterns, lows, highs, strict=True)
        ]

    def _true(self, starts: Ints, moves: Ints) -> Ints:
        """Return the windows that do hold the moves, since two patterns may have one hash."""
        steps = self.strands.pitch[starts[:, None] + np.arange(1, len(moves) + 1)] - self.strands.pitch[starts][:, None]
        return np.sort(starts[np.all(steps == np.cumsum(moves), axis=1)])

    def _table(self, length: int) -> tuple[NDArray[np.uint64], Ints]:
        if length not in self._tables:
            strand = self.strands.strand
            starts = np.flatnonzero(strand[length:] == strand[:-length]) if len(strand) > length else np.zeros(0, dtype=np.int64)
            with np.errstate(over="ignore"):
                hashes = (self._sums[starts + length] - self._sums[starts]) * self._inverse[starts]
            order = np.argsort(hashes, kind="stable")
            self._tables[length] = hashes[order], starts[order]
        return self._tables[length]

    def paces(self, starts: Ints, onsets: Floats, *, plain: bool = False) -> tuple[NDArray[np.bool_], Floats]:
        """Return for windows whether their rhythm fits a pattern at some pace, and how many times slower they are.

        Every onset must be where the pattern puts it, but for a share of the shorter of the two steps around it: a tenth in written music,
        a quarter in played, and a little over a third in played music where the motif would be ``plain``. Windows more than eight
        times slower or faster never fit.
        """
        slack = _PLAYED_PLAINLY if plain and not self.strands.written else self.slack
        heard = self.strands.onset[starts[:, None] + np.arange(len(onsets))].astype(np.float64)
        heard -= heard[:, :1]
        ratio = heard[:, -1] / (onsets[-1] * PPQ)
        steps = np.diff(onsets)
        shorter = np.minimum(np.concatenate([steps[:1], steps]), np.concatenate([steps, steps[-1:]]))
        astray = np.abs(heard - ratio[:, None] * onsets * PPQ) - slack * shorter * PPQ * ratio[:, None]
        fits = np.all(astray <= 1, axis=1) & (ratio > 0)
        with np.errstate(divide="ignore"):
            fits &= np.abs(np.log2(np.where(ratio > 0, ratio, 1.0))) <= _SLOWEST
        return fits, ratio

    def named(self, ratio: float) -> Fraction:
        """Return a pace as a musician says it: the simple ratio it is near, or the nearest with small numbers."""
        own = log2(ratio)
        apart, near = min((abs(own - pitch), simple) for pitch, simple in _ratios())
        if apart <= self.slack / 2:
            return near
        return Fraction(ratio).limit_denominator(16) or Fraction(1, 16)


@cache
def _ratios() -> tuple[tuple[float, Fraction], ...]:
    """Return the simple ratios, each after its logarithm."""
    return tuple((log2(ratio), ratio) for ratio in _RATIOS)


def _digits(moves: Ints) -> NDArray[np.uint64]:
    return (moves + 129).astype(np.uint64)


def _powers(count: int, factor: int) -> NDArray[np.uint64]:
    found = np.full(count + 1, factor, dtype=np.uint64)
    found[0] = 1
    with np.errstate(over="ignore"):
        return np.cumprod(found, dtype=np.uint64)[:count] if count else found[:0]


def _hash(moves: Ints) -> int:
    total, power = 0, 1
    for move in moves.tolist():
        total += (move + 129) * power
        power = power * _FACTOR % _MODULUS
    return total % _MODULUS
