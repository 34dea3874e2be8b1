"""Forms of a theme: what steps make of it, and how much of it is left; each worked out once."""

from __future__ import annotations

from functools import lru_cache

from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.table import parse_transform


@lru_cache(maxsize=512)
def step(text: str) -> Transform:
    """Return the transform that a step's text names."""
    return parse_transform(text)


@lru_cache(maxsize=4096)
def varied(theme: Motif, steps: tuple[str, ...]) -> Motif:
    """Return a theme after steps of the transform table."""
    for text in steps:
        theme = step(text)(theme)
    return theme


@lru_cache(maxsize=4096)
def likened(theme: Motif, variant: Motif) -> float:
    """Return how much of a theme is heard in a variant, 0 to 1."""
    return round(likeness(theme, variant).total, 6)


def names(steps: tuple[str, ...]) -> set[str]:
    """Return the table names of steps, which is what a character's ``never`` holds."""
    return {step(text).name for text in steps}
