"""Affect: a point of valence, arousal, tension and power; and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motifgen.errors import RangeError

AXES = {"valence": (-1.0, 1.0), "arousal": (-1.0, 1.0), "tension": (0.0, 1.0), "power": (-1.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Affect:
    """How something feels.

    Parameters
    ----------
    valence : float
        -1 (bad) to 1 (good).
    arousal : float
        -1 (asleep) to 1 (frantic).
    tension : float
        0 (at rest) to 1 (unbearable).
    power : float
        -1 (helpless) to 1 (mighty).
    """

    valence: float = 0.0
    arousal: float = 0.0
    tension: float = 0.0
    power: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what lies outside the axes (NaN included)."""
        for axis, (low, high) in AXES.items():
            if not low <= getattr(self, axis) <= high:
                raise RangeError(f"{axis} is {getattr(self, axis)!r}; accepted: {low:g} to {high:g}")

    def towards(self, other: Affect, amount: float) -> Affect:
        """Return the point on the straight way to another, ``amount`` 0 to 1."""
        return mix({self: 1 - amount, other: amount})


def mix(weights: Mapping[Affect, float]) -> Affect:
    """Return the weighted mean of affects.

    Examples
    --------
    >>> mix({Affect(valence=1.0): 1, Affect(valence=0.0): 3}).valence
    0.25
    """
    total = sum(weights.values())
    if not total > 0:
        raise RangeError("the weights of a feeling must add up to more than 0")
    mean = {axis: sum(getattr(affect, axis) * w for affect, w in weights.items()) / total for axis in AXES}
    return Affect(**{axis: min(max(round(value, 9), AXES[axis][0]), AXES[axis][1]) for axis, value in mean.items()})
