"""Archetypes: what motifs for a hero, a menace, a love ... are made of; and which one a set of traits asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from motifgen.affect import Affect, affect_of, kin_of, mix
from motifgen.errors import UnknownNameError

Weights = tuple[tuple[str, float], ...]
_RESERVE = 0.2


@dataclass(frozen=True, slots=True)
class Archetype:
    """A row of the table of archetypes.

    Weights are pairs of a name and how likely it is to be drawn; ``features`` and ``goals`` are named by semitones and
    by degree. See the head of ``data/archetypes.toml`` for what each field means.
    """

    name: str
    says: str
    role: str
    aliases: tuple[str, ...]
    feel: Affect
    modes: Weights
    meters: Weights
    bars: int
    notes: tuple[int, int]
    range: tuple[int, int]
    pickup: float
    contours: Weights
    features: Weights
    starts: Weights
    goals: Weights
    rhythms: Weights
    intervals: Weights
    chromatic: float
    first_up: float
    calls: float
    articulation: str
    close: str
    cadence: str
    exact: float
    falls: float
    folk: float
    chordal: float
    kinds: tuple[str, ...]
    major: tuple[str, ...]
    minor: tuple[str, ...]


def archetypes() -> Mapping[str, Archetype]:
    """Return every archetype by its name.

    Examples
    --------
    >>> archetypes()["love"].says
    'a wide leap up that is taken back by step'
    """
    return MappingProxyType(_table())


def archetype_named(name: str) -> Archetype:
    """Return an archetype by its name or an alias; case, hyphens and underscores do not matter.

    Raises
    ------
    UnknownNameError
        When no row knows the name.

    Examples
    --------
    >>> archetype_named("Romance").name
    'love'
    """
    plain, known = _plain(name), _names()
    if plain not in known:
        raise UnknownNameError("archetype", name, known)
    return _table()[known[plain]]


def suited(traits: Sequence[str]) -> tuple[Archetype, ...]:
    """Return all archetypes, the one that suits a set of traits best first.

    A trait that is an archetype's name or alias counts most, then one whose kin is; the rest is the distance of the feelings, of which the
    first trait's counts twice. Those that are made by what the words mean (a fanfare, a chant) want to be asked for.

    Raises
    ------
    UnknownNameError
        When a trait is neither an emotion word nor an archetype.

    Examples
    --------
    >>> suited(["gentle", "wise"])[0].name, suited(["king", "wise"])[0].name
    ('home', 'fanfare')
    """
    point, rows = feeling([*traits[:1], *traits]), _table().values()
    bonus = {row.name: sum(_bonus(trait, place, row) for place, trait in enumerate(traits)) for row in rows}
    reserve = {row.name: 0.0 if row.role else _RESERVE for row in rows}
    return tuple(sorted(rows, key=lambda row: (round(_distance(point, row.feel) + reserve[row.name] - bonus[row.name], 6), row.name)))


def _bonus(trait: str, place: int, row: Archetype) -> float:
    """Return how much a trait draws an archetype nearer: the first trait most, its kin the less the further the trait itself lies away."""
    if _meant(trait) != row.name:
        return 0.0
    first = 0.9 if not place else 0.5
    if _plain(trait) in _names():
        return first + 0.2
    return first * max(1.0 - _distance(_feel(trait), row.feel), 0.0)


def _meant(trait: str) -> str:
    """Return the archetype that a trait, or the kin of that word, names; empty when none does."""
    known, plain = _names(), _plain(trait)
    if plain in known:
        return known[plain]
    return known.get(kin_of(trait), "")


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("-", " ").replace("_", " ").split())


def feeling(traits: Sequence[str]) -> Affect | None:
    """Return the middle of what traits feel like; ``None`` without traits."""
    points = [_feel(trait) for trait in traits]
    weights: dict[Affect, float] = {}
    for point in points:
        weights[point] = weights.get(point, 0.0) + 1.0
    return mix(weights) if points else None


def _feel(trait: str) -> Affect:
    try:
        return affect_of(trait)
    except UnknownNameError:
        if _plain(trait) in _names():
            return archetype_named(trait).feel
        raise


def _distance(one: Affect | None, other: Affect) -> float:
    if one is None:
        return 0.0
    apart = ((one.valence - other.valence) ** 2 + (one.arousal - other.arousal) ** 2
             + 0.8 * (one.power - other.power) ** 2 + (one.tension - other.tension) ** 2)  # fmt: skip
    return float(apart**0.5)


@cache
def _names() -> dict[str, str]:
    return {alias: row.name for row in _table().values() for alias in (row.name, *row.aliases)}


@cache
def _table() -> dict[str, Archetype]:
    text = (files("motifgen") / "data" / "archetypes.toml").read_text(encoding="utf-8")
    return {name: _row(name, fields) for name, fields in tomllib.loads(text).items()}


def _row(name: str, fields: dict[str, Any]) -> Archetype:
    """Make a row of what the file says; an unknown or missing field is a TypeError or KeyError, which tests would show."""
    chords = fields.pop("chords")
    valence, arousal, power, tension = fields.pop("feel")
    made = {key: _value(value) for key, value in fields.items()}
    return Archetype(
        name=name, feel=Affect(valence, arousal, tension, power), major=tuple(chords["major"]), minor=tuple(chords["minor"]), **made
    )


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        return tuple((str(key), float(weight)) for key, weight in value.items())
    return tuple(value) if isinstance(value, list) else value
