"""Expression: how much of each rule a feeling takes, blended from the rows of ``data/expressions.toml``."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.story.arc import Arc

NEARNESS = 0.45


class Expression(NamedTuple):
    """Quantities of the performance rules: 1 as published, 0 off, negative the inverse.

    ``turn`` is where a phrase peaks, 0 to 1; ``legato`` runs from 0 (detached) to 1 (slurred).
    """

    phrase_arch: float
    sub_arch: float
    section_arch: float
    turn: float
    final_ritard: float
    high_loud: float
    duration_contrast: float
    double_duration: float
    punctuation: float
    leap_tones: float
    leap_articulation: float
    repetition: float
    uphill: float
    melodic_charge: float
    harmonic_charge: float
    chromatic_charge: float
    staccato: float
    legato: float
    overall: float
    noise: float


@cache
def expressions() -> dict[str, tuple[Affect, Expression]]:
    """Return every row of the table: where its feeling lies, and how it is played."""
    table = tomllib.loads((files("motifgen.data") / "expressions.toml").read_text(encoding="utf-8"))
    neutral = table["neutral"]
    return {
        name: (Affect(*row["at"]), Expression(*(row.get(key, neutral[key]) for key in Expression._fields))) for name, row in table.items()
    }


def blended(affect: Affect) -> Expression:
    """Return how a feeling is played: the mean of all rows, weighted by how near they are.

    Examples
    --------
    >>> blended(Affect(-0.7, 0.4, 0.9, -0.45)).phrase_arch < 0 < blended(Affect(0.65, -0.5, 0.05)).phrase_arch
    True
    """
    rows = list(expressions().values())
    weights = [exp(-_distance(affect, at) / (2 * NEARNESS**2)) for at, _ in rows]
    total = sum(weights)
    quantities = zip(*(row for _, row in rows), strict=True)
    return Expression(*(round(sum(w * each for w, each in zip(weights, said, strict=True)) / total, 9) for said in quantities))


def expression_for(arc: Arc, seconds: float) -> Expression:
    """Return how a moment of a scene is played."""
    return blended(arc.at(Fraction(round(seconds * 1000), 1000)))


def _distance(one: Affect, other: Affect) -> float:
    """Return the squared distance; power counts half, for it is the least certain of the four."""
    return ((one.valence - other.valence) ** 2 + (one.arousal - other.arousal) ** 2
            + (one.tension - other.tension) ** 2 + 0.5 * (one.power - other.power) ** 2)  # fmt: skip
