"""Keyed randomness: every draw comes from a stream that is named, so nothing depends on the order of calls.

The algorithm is part of the file format: the same name gives the same numbers on every machine and Python version.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of draws named by a seed and words.

    Parameters
    ----------
    seed : int
    *name : object
        What the draws are for: scene, leitmotif, place, purpose. Each is taken by its ``str``.

    Examples
    --------
    >>> Chance(7, "1m1", "mara").unit() == Chance(7, "1m1", "mara").unit()
    True
    >>> Chance(7, "1m1", "mara").unit() == Chance(7, "1m1", "oath").unit()
    False
    """

    __slots__ = ("_count", "_key")

    def __init__(self, seed: int, *name: object) -> None:
        """Name the stream."""
        self._key = blake2b("\x1f".join(map(str, (seed, *name))).encode(), digest_size=16).digest()
        self._count = 0

    def bits(self) -> int:
        """Return the next 64 bits."""
        digest = blake2b(self._count.to_bytes(8, "big"), key=self._key, digest_size=8).digest()
        self._count += 1
        return int.from_bytes(digest, "big")

    def unit(self) -> float:
        """Return a number from 0 up to but not including 1."""
        return (self.bits() >> 11) / (1 << 53)

    def between(self, low: float, high: float) -> float:
        """Return a number from low up to high."""
        return low + (high - low) * self.unit()

    def below(self, count: int) -> int:
        """Return a whole number from 0 to ``count - 1``."""
        return self.bits() * count >> 64

    def choose(self, items: Sequence[T]) -> T:
        """Return one of the items, all equally likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float | Fraction]) -> T:
        """Return one of the items, each as likely as its weight says."""
        mark = self.unit() * float(sum(weights))
        for item, weight in zip(items, weights, strict=True):
            mark -= float(weight)
            if mark < 0:
                return item
        return items[-1]
