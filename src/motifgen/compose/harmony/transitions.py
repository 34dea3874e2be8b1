"""What it costs to go from one chord to the next: syntax, bass, voice leading and association, as matrices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from motifgen.compose.harmony.dialect import Dialect, feelings, progression_classes
from motifgen.compose.harmony.vocabulary import Floats, Ints, Truths, Vocabulary
from motifgen.theory.progression import striking_class

_BASS = np.array([0.3, -0.4, -0.4, 0.15, 0.15, 0.15, 0.6, 0.15, 0.15, 0.15, -0.4, -0.4])
_ROOT = np.array([0.25, 0.15, 0.05, 0.4, 0.3, -0.35, 0.55, 0.1, 0.0, -0.1, 0.25, 0.3])
_MODAL = np.array([0.3, 0.3, -0.1, 0.0, 0.1, -0.15, 0.8, -0.15, 0.0, 0.0, -0.1, 0.4])
_FUNCTION = np.array([[0.1, 0.0, 0.0, 0.1], [0.05, 0.1, -0.35, 0.1], [-0.25, 0.7, 0.1, 0.45], [0.5, 0.5, 0.5, 0.35]])

#: What other chords on the same root cost where nothing else is said about moves.
STANDING = {"free": 1.2, "chorale": 0.6}


@dataclass(frozen=True, slots=True, eq=False)
class Transitions:
    """Everything about moves from one vocabulary to another (which may be the same).

    Parameters
    ----------
    base : array, chords by chords
        Syntax, bass and voice leading together.
    classes : array of int
        The row of each move's progression class; the last row stands for none.
    same : array of bool
        Moves that change nothing.
    bass : array of int
        Semitones the bass moves, -5 to 6.
    striking : array of bool
        Moves that turn the harmony: chromatic mediants, slides, hexatonic poles, tritones.
    """

    base: Floats
    classes: Ints
    same: Truths
    bass: Ints
    striking: Truths


@lru_cache(maxsize=256)
def transitions(one: Vocabulary, other: Vocabulary, shift: int, dialect: Dialect) -> Transitions:
    """Return the moves from one vocabulary to another whose tonic lies ``shift`` semitones higher."""
    root = (other.root[None, :] + shift - one.root[:, None]) % 12
    bass = (other.bass[None, :] + shift - one.bass[:, None]) % 12
    turned = np.roll(other.members, shift, axis=1)
    shared = one.members.astype(np.float64) @ turned.astype(np.float64).T  # whole numbers: floats are multiplied sooner, and exactly
    alike = (shared == one.members.sum(axis=1)[:, None]) & (shared == turned.sum(axis=1)[None, :])
    same = alike & (bass == 0) & (root == 0)
    moves = _classes(one, other, root)
    base = _syntax(one, other, root, dialect, modulating=bool(shift)) + _BASS[bass] + _leading(moves, shared)
    if shift:
        base = base - 0.5 * (one.diatonic[:, None] & _inside(other, one, shift)[None, :])
    _, striking = _tables()
    return Transitions(base, moves, same, np.where(bass > 6, bass - 12, bass), striking[moves])


def _syntax(one: Vocabulary, other: Vocabulary, root: Ints, dialect: Dialect, *, modulating: bool) -> Floats:
    if modulating:
        return np.zeros(root.shape)
    if dialect.syntax in STANDING:
        return np.where(root == 0, STANDING[dialect.syntax], 0.0)
    if dialect.syntax == "modal" or not one.tonal:
        return np.asarray(_MODAL[root])
    cost = _ROOT[root] + _FUNCTION[one.function[:, None], other.function[None, :]]
    applied = one.function == 3
    resolved = np.where(np.isin(one.kind, (0,))[:, None], root == 5, root == 1)
    resolved = np.where(one.sixth[:, None], root == 11, resolved)
    return np.asarray(cost - 1.1 * (applied[:, None] & resolved))


def _classes(one: Vocabulary, other: Vocabulary, root: Ints) -> Ints:
    """Return for each move the row of its progression class, -1 (the last row) where there is none."""
    first, second = one.kind[:, None], other.kind[None, :]
    rows = (first * 12 + root) * 2 + second
    return np.where((first < 2) & (second < 2), rows, 48)


def _leading(moves: Ints, shared: Floats) -> Floats:
    """Return what the voices' motion costs: far moves, and where these are not known those with few shared tones, cost more."""
    distance, _ = _tables()
    return np.where(moves < 48, 0.09 * distance[moves], 0.12 * (3 - np.minimum(shared, 3)))


def _inside(other: Vocabulary, one: Vocabulary, shift: int) -> Truths:
    """Return which chords of the other vocabulary are diatonic in the first key too."""
    home = np.asarray(one.members[one.diatonic].any(axis=0))
    away = np.roll(other.members, shift, axis=1)
    return np.asarray(~(away & ~home[None, :]).any(axis=1))


def _row(name: str) -> int:
    return ((0 if name[0] == "M" else 1) * 12 + int(name[1:-1])) * 2 + (0 if name[-1] == "M" else 1)


@lru_cache(maxsize=1)
def _tables() -> tuple[Floats, Truths]:
    distance, striking = np.zeros(49), np.zeros(49, dtype=bool)
    for name, row in progression_classes().items():
        distance[_row(name)] = row.distance
        striking[_row(name)] = striking_class(name)
    return distance, striking


@lru_cache(maxsize=1)
def feeling_table() -> Floats:
    """Return for every feeling how much each progression class says it, 0 to 1."""
    table = np.zeros((len(feelings()), 49))
    for at, feeling in enumerate(feelings()):
        for rank, name in enumerate(feeling.classes):
            table[at, _row(name)] = 1 - 0.08 * rank
    return table
