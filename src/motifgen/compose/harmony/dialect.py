"""Dialects and feelings: the rows of ``data/dialects.toml``, ``feelings.csv`` and ``progressions.csv``, as values."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from motifgen.affect import AXES, Affect
from motifgen.errors import RangeError, UnknownNameError

SYNTAXES = ("functional", "modal", "free", "chorale")
GRIDS = ("beat", "group")
CADENCES = ("authentic", "half", "deceptive", "plagal", "mixed", "subtonic", "modulating", "open")
_WIDTH = 0.45


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a style's harmony speaks; the comments of ``data/dialects.toml`` say what each field means."""

    name: str
    description: str
    syntax: str
    grid: str
    rhythm: float
    chromatic: float
    inversions: float
    pedal: float
    drone: bool
    loop: int
    roughness: float
    melodic: float
    cadences: tuple[tuple[str, float], ...]
    major: tuple[tuple[str, ...], ...]
    minor: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Refuse words that the engine does not know."""
        for kind, word, known in (("syntax", self.syntax, SYNTAXES), ("grid", self.grid, GRIDS)):
            if word not in known:
                raise UnknownNameError(kind, word, known)
        if self.loop < 0:
            raise RangeError(f"loop is {self.loop} in dialect {self.name!r}; accepted: 0 or more bars")
        for name, weight in self.cadences:
            if name not in CADENCES:
                raise UnknownNameError("cadence", name, CADENCES)
            if weight <= 0:
                raise RangeError(f"the weight of cadence {name!r} in dialect {self.name!r} is {weight}; accepted: more than 0")

    def tiers(self, *, minor: bool) -> tuple[tuple[str, ...], ...]:
        """Return the numerals by tier for keys with a minor or a major third."""
        return self.minor if minor else self.major


class Feeling(NamedTuple):
    """A feeling with its place among affects and the progression classes that say it."""

    name: str
    affect: Affect
    classes: tuple[str, ...]

    def nearness(self, affect: Affect) -> float:
        """Return how near an affect lies: 1 at the feeling itself, towards 0 far away."""
        gap = sum((getattr(affect, axis) - getattr(self.affect, axis)) ** 2 for axis in AXES)
        return exp(-gap / (2 * _WIDTH**2))


@dataclass(frozen=True, slots=True)
class ProgressionClass:
    """A row of ``data/progressions.csv``: one of the 46 moves between major and minor triads, and what it says on screen."""

    name: str
    words: tuple[str, ...]
    common_tones: int
    distance: int
    spiral: float
    count: int
    association: str
    source: str


def dialect(name: str) -> Dialect:
    """Return a dialect by its name.

    Raises
    ------
    UnknownNameError
        When no row has that name; the message names the nearest.

    Examples
    --------
    >>> dialect("jazz").syntax
    'functional'
    """
    rows = dialects()
    if name not in rows:
        raise UnknownNameError("harmonic dialect", name, rows)
    return rows[name]


@cache
def dialects() -> dict[str, Dialect]:
    """Return every dialect by name, in the order of the table."""
    rows = tomllib.loads(_text("dialects.toml"))
    return {name: _dialect(name, row) for name, row in rows.items()}


@cache
def feelings() -> tuple[Feeling, ...]:
    """Return the feelings that have progression classes of their own."""
    rows = csv.DictReader(_text("feelings.csv").splitlines())
    return tuple(
        Feeling(row["feeling"], Affect(**{axis: float(row[axis]) for axis in AXES}), tuple(row["classes"].split())) for row in rows
    )


@cache
def progression_classes() -> dict[str, ProgressionClass]:
    """Return the 46 classes of triad moves by name."""
    rows = csv.DictReader(_text("progressions.csv").splitlines())
    return {row["class"]: _progression(row) for row in rows}


def _progression(row: dict[str, str]) -> ProgressionClass:
    return ProgressionClass(
        name=row["class"],
        words=tuple(row["words"].split("/")),
        common_tones=int(row["common_tones"]),
        distance=int(row["distance"]),
        spiral=float(row["spiral"]),
        count=int(row["count"]),
        association=row["association"],
        source=row["source"],
    )


def _dialect(name: str, row: dict[str, object]) -> Dialect:
    fields = {"loop": 0, **row}
    for tiers in ("major", "minor"):
        fields[tiers] = tuple(tuple(tier.split()) for tier in fields[tiers])  # type: ignore[attr-defined]
    fields["cadences"] = tuple((cadence, float(weight)) for cadence, weight in fields["cadences"].items())  # type: ignore[attr-defined]
    return Dialect(name=name, **fields)  # type: ignore[arg-type]


def _text(name: str) -> str:
    return (files("motifgen") / "data" / name).read_text(encoding="utf-8")
