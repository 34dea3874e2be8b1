"""The rows of ``data/dramaturgy.toml``: what modes, transformations and keys mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from motifgen.affect import AXES, Affect
from motifgen.motif.transform.table import parse_transform
from motifgen.theory.pitch import Interval


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference between two affects; unlike an affect it has no bounds."""

    valence: float = 0.0
    arousal: float = 0.0
    tension: float = 0.0
    power: float = 0.0

    def __add__(self, other: Shift) -> Shift:
        """Add two shifts."""
        return Shift(
            self.valence + other.valence, self.arousal + other.arousal, self.tension + other.tension, self.power + other.power
        )  # fmt: skip

    def scaled(self, amount: float) -> Shift:
        """Return a part of the shift."""
        return Shift(*(amount * getattr(self, axis) for axis in AXES))

    def applied(self, affect: Affect) -> Affect:
        """Return an affect after the shift, ending at the bounds of the axes."""
        ends = {axis: getattr(affect, axis) + getattr(self, axis) for axis in AXES}
        return Affect(**{axis: round(min(max(value, AXES[axis][0]), AXES[axis][1]), 9) for axis, value in ends.items()})


class ModeRow(NamedTuple):
    """What a mode does to a neutral tune, and how dear it is; ``wonder`` modes belong to awe and wonder only."""

    name: str
    valence: float
    tension: float
    wonder: bool = False
    cost: float = 0.08


class StepRow(NamedTuple):
    """What one transformation does to a theme; see the table's own comments. ``hard`` counts its hard steps.

    ``belongs`` are the callings without which it has no place; ``dark`` keeps it to where the feeling is dark or tense, ``light`` to
    where it is light and the owner no menace; ``uneven`` to themes in which every note stays one note.
    """

    step: str
    axis: str
    cost: float
    shift: Shift
    says: str
    part: str = ""
    whole: bool = True
    belongs: frozenset[str] = frozenset()
    dark: bool = False
    light: bool = False
    uneven: bool = False
    names: frozenset[str] = frozenset()
    hard: int = 0

    @property
    def develops(self) -> bool:
        """Tell whether the theme goes on where it would close: it is sequenced, or spun out."""
        return not self.belongs and not self.names.isdisjoint(("sequence", "extend"))


class MoveRow(NamedTuple):
    """A way from the home key: how far it feels (0 to 1), and what it is for."""

    up: Interval
    far: float
    feel: Shift
    says: str = ""


@cache
def mode_rows() -> tuple[ModeRow, ...]:
    """Return every mode a theme may be cast in."""
    return tuple(ModeRow(name, **row) for name, row in _table()["modes"].items())


@cache
def step_rows() -> tuple[StepRow, ...]:
    """Return every transformation that the planner considers."""
    return tuple(map(_step, _table()["steps"]))


def _step(row: Mapping[str, Any]) -> StepRow:
    done = [parse_transform(text) for text in row["step"].format(n=4).split(", ")]
    # A mirror by another name is a mirror still, for whoever forbids it.
    names = frozenset(transform.name for transform in done) | ({"invert", "retrograde"} & set(row["step"].split()))
    given = {**row, "shift": Shift(**row["shift"]), "belongs": frozenset(row.get("belongs", ()))}
    return StepRow(**given, names=names, hard=sum(transform.hard for transform in done))


@cache
def fate_words() -> frozenset[str]:
    """Return the words that make a theme one of fate."""
    return frozenset(_table()["fate"]["words"])


@cache
def mirror_words() -> Mapping[str, frozenset[str]]:
    """Return the words that call for a mirror image, by the calling: ``mirror`` or ``undone``."""
    return {calling: frozenset(words) for calling, words in _table()["mirrors"].items()}


@cache
def because() -> Mapping[str, str]:
    """Return what each calling of a mirror adds to its sentence."""
    return dict(_table()["because"])


@cache
def state_shifts() -> Mapping[str, Shift]:
    """Return what each state of a journey adds to its owner's feeling."""
    return {name: Shift(**row) for name, row in _table()["states"].items()}


@cache
def home_rows() -> Mapping[str, MoveRow]:
    """Return where a scene is at home in each state of its protagonist's journey, as seen from the film's home."""
    return {name: MoveRow(Interval(*row["up"]), row["far"], Shift(), row["says"]) for name, row in _table()["homes"].items()}


@cache
def move_rows() -> tuple[MoveRow, ...]:
    """Return every way from the home key; the first stays at home."""
    rows = _table()["moves"]
    return tuple(MoveRow(Interval(*row["up"]), row["far"], Shift(**row.get("feel", {})), row.get("says", "")) for row in rows)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("motifgen.data").joinpath("dramaturgy.toml").read_text("utf-8"))
