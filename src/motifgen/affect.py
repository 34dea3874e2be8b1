"""Affect: a point of valence, arousal, tension and power; and the words for it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import isfinite
from types import MappingProxyType

from motifgen.errors import RangeError, UnknownNameError, shown

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
        """Return the point on the straight way to another, ``amount`` 0 to 1.

        Examples
        --------
        >>> Affect(valence=-1.0).towards(Affect(valence=1.0), 0.75).valence
        0.5
        """
        if self == other:
            return self
        return mix({self: 1 - amount, other: amount})


def mix(weights: Mapping[Affect, float]) -> Affect:
    """Return the weighted mean of affects.

    Raises
    ------
    RangeError
        When a weight is negative or not finite, or all are 0.

    Examples
    --------
    >>> mix({Affect(valence=1.0): 1, Affect(valence=0.0): 3}).valence
    0.25
    """
    for weight in weights.values():
        if not (isfinite(weight) and weight >= 0):
            raise RangeError(f"the weight of a feeling is {weight!r}; accepted: 0 or more")
    total = sum(weights.values())
    if not total > 0:
        raise RangeError("the weights of a feeling must add up to more than 0")
    mean = {axis: sum(getattr(affect, axis) * w for affect, w in weights.items()) / total for axis in AXES}
    return Affect(**{axis: min(max(round(value, 9), AXES[axis][0]), AXES[axis][1]) for axis, value in mean.items()})


@cache
def words() -> Mapping[str, Affect]:
    """Return every emotion and trait word with the affect it stands for, in alphabetical order.

    The values are set by hand for film: valence is the surest axis, power the least sure (read it as heroism).

    Examples
    --------
    >>> words()["terror"]
    Affect(valence=-0.8, arousal=0.85, tension=1.0, power=-0.4)
    """
    return MappingProxyType({word: _point(row) for word, row in _table().items()})


def kin_of(word: str) -> str:
    """Return the word under which an emotion word and its relatives are gathered.

    Raises
    ------
    UnknownNameError
        When no table knows the word.

    Examples
    --------
    >>> kin_of("lonesome")
    'loneliness'
    """
    return _table()[_known(word)]["kin"]


def is_noun(word: str) -> bool:
    """Tell whether an emotion word is a noun, which a scene turns to; else it is an adjective, which a scene turns.

    Raises
    ------
    UnknownNameError
        When no table knows the word.

    Examples
    --------
    >>> is_noun("terror"), is_noun("eerie")
    (True, False)
    """
    return _table()[_known(word)]["noun"] == "yes"


def affect_of(word: str) -> Affect:
    """Return the affect that an emotion or trait word stands for.

    Case, spaces, hyphens and underscores do not matter.

    Raises
    ------
    UnknownNameError
        When no table knows the word; the nearest ones are named.

    Examples
    --------
    >>> affect_of("Brave").power
    0.66
    """
    return _point(_table()[_known(word)])


def feel(feeling: str | Mapping[str, float], **axes: float) -> Affect:
    """Return the affect of a word, or of words mixed by weight, as a scene file writes it.

    Parameters
    ----------
    feeling : str or Mapping[str, float]
        ``"terror"``, or ``{"unease": 0.7, "hope": 0.3}``; weights need not add up to 1.
    **axes : float
        Any of ``valence``, ``arousal``, ``tension``, ``power``, which then override the words.

    Raises
    ------
    UnknownNameError
        When a word or an axis is not known.
    RangeError
        When a weight is negative, all weights are 0, or an axis lies outside its range.

    Examples
    --------
    >>> feel({"unease": 1, "hope": 1}, tension=0.9)
    Affect(valence=0.1, arousal=0.15, tension=0.9, power=0.075)
    """
    for axis in axes:
        if axis not in AXES:
            raise UnknownNameError("axis of feeling", axis, AXES)
    point = affect_of(feeling) if isinstance(feeling, str) else _mixed(feeling)
    return replace(point, **axes)


def _mixed(weights: Mapping[str, float]) -> Affect:
    """Mix words; those that stand for the same point add their weights."""
    points: dict[Affect, float] = {}
    for word, weight in weights.items():
        if not (isfinite(weight) and weight >= 0):
            raise RangeError(f"the weight of {shown(word)} is {weight!r}; accepted: 0 or more")
        point = affect_of(word)
        points[point] = points.get(point, 0.0) + weight
    return mix(points)


def _plain(word: str) -> str:
    return "".join(word.casefold().replace("-", " ").replace("_", " ").split())


def _known(word: str) -> str:
    spelled = _spellings().get(_plain(word))
    if spelled is None:
        raise UnknownNameError("emotion word", word, _table(), see="motifgen emotions")
    return spelled


@cache
def _spellings() -> dict[str, str]:
    return {_plain(word): word for word in _table()}


def _point(row: Mapping[str, str]) -> Affect:
    return Affect(**{axis: float(row[axis]) for axis in AXES})


@cache
def _table() -> dict[str, dict[str, str]]:
    """Read the words once; the file is sorted, and so is the table. A scene asks for few, so points are made for those that it asks for."""
    text = (files("motifgen") / "data" / "emotions.csv").read_text(encoding="utf-8")
    return {row["word"]: row for row in csv.DictReader(text.splitlines())}
