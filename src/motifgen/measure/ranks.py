"""Ranks: whether two curves rise and fall together, whatever their scales."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.sampling import STEP, Curve

LAG = 8


def rank_correlation(a: Curve, b: Curve) -> float:
    """Return Spearman's rank correlation, ties averaged; 0 where a curve does not move.

    Examples
    --------
    >>> rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 30.0, 20.0]))
    0.5
    """
    return _mean_product(standard(ranks(a)), standard(ranks(b)))


def _mean_product(a: Curve, b: Curve) -> float:
    return round(float((a * b).mean()), 6)


def follows(asked: Curve, heard: Curve, where: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the best rank correlation of two curves and how late the heard one then is: 0 to 2 s, the earliest of equals.

    Only samples of ``where`` count. Where nothing counts, or nothing moves, the correlation is 0.
    """
    if not where.any():
        return 0.0, 0.0
    late = [np.concatenate([np.full(lag, asked[0]), asked[: len(asked) - lag]]) for lag in range(min(LAG, len(asked) - 1) + 1)]
    told = standard(ranks(heard[where]))
    found = [_mean_product(standard(ranks(each[where])), told) for each in late]
    best = int(np.argmax(found))
    return found[best], best * STEP


def standard(values: Curve) -> Curve:
    """Return a curve in standard units; zeros for one that does not move."""
    spread = float(values.std()) if len(values) else 0.0
    return np.asarray((values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values)), dtype=np.float64)


def ranks(values: Curve) -> Curve:
    """Return the rank of every value, 1 for the least; equal ones (to nine digits) share the mean of theirs.

    Examples
    --------
    >>> ranks(np.array([0.3, 0.1, 0.3])).tolist()
    [2.5, 1.0, 2.5]
    """
    _, inverse, counts = np.unique(np.round(values, 9), return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse], dtype=np.float64)
