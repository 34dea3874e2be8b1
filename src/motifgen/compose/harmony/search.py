"""The search: the chords of least cost over a whole stretch, by dynamic programming."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from motifgen.affect import Affect
from motifgen.compose.harmony.cadences import CLOSES, ENDS
from motifgen.compose.harmony.dialect import Dialect, feelings
from motifgen.compose.harmony.learned import kinds_of, learned, meeting, scores
from motifgen.compose.harmony.slots import NEUTRAL, Slot, emission
from motifgen.compose.harmony.transitions import feeling_table, transitions
from motifgen.compose.harmony.vocabulary import Floats, Ints, Truths, Vocabulary, vocabulary
from motifgen.theory.chord import DegreeChord

KEPT = 28
ASSOCIATION, REVEALED, FORBIDDEN = 1.0, 4.0, 50.0
PARALLEL, REACHED, STAYED, ESTRANGED = 5.0, 3.2, 2.0, 0.75
UNRESOLVED = (1.5, 2.5, 2.5, 5.0, 6.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """A slot's candidates: the vocabulary, which of its chords are still in play, and what each costs."""

    slot: Slot
    words: Vocabulary
    kept: Ints
    cost: Ints


def solve(slots: Sequence[Slot], dialect: Dialect, beat: Fraction, n: int = 1) -> tuple[tuple[DegreeChord, ...], ...]:
    """Return the ``n`` best distinct successions of chords, best first, one chord for each slot.

    Parameters
    ----------
    slots : Sequence[Slot]
        In order of time.
    dialect : Dialect
    beat : Fraction
        Quarters in a beat.
    n : int
        How many; fewer come back where there are no more.
    """
    return ways(slots, dialect, beat).best(n)


class Ways(NamedTuple):
    """Every slot's candidates, and what each move from one slot to the next costs, in whole millionths."""

    columns: tuple[_Column, ...]
    moves: tuple[Ints, ...]

    def best(self, n: int = 1) -> tuple[tuple[DegreeChord, ...], ...]:
        """Return the ``n`` best distinct successions of chords, best first."""
        if not self.columns:
            return ()
        costs = self.columns[0].cost[None, :]
        trails: list[Ints] = []
        for moves, column in zip(self.moves, self.columns[1:], strict=True):
            costs, trail = _advance(costs, moves, column, n)
            trails.append(trail)
        return _traced(self.columns, costs, trails, n)


def ways(slots: Sequence[Slot], dialect: Dialect, beat: Fraction, known: Ways | None = None) -> Ways:
    """Return what a search needs; what is known of slots that have not changed since is not worked out again.

    Parameters
    ----------
    known : Ways, optional
        Of as many slots in the same dialect and meter. In chorales it is of no use: there all slots around one bear on it.
    """
    chorale = dialect.syntax == "chorale"
    before = (None,) * len(slots) if known is None or chorale else known.columns
    counted = scores(slots) if chorale else (None,) * len(slots)
    columns = tuple(
        old if old is not None and old.slot == slot else _column(slot, dialect, beat, score)
        for slot, old, score in zip(slots, before, counted, strict=True)
    )
    stays = [old is column for old, column in zip(before, columns, strict=True)]
    moves = tuple(
        known.moves[at] if known and stays[at] and stays[at + 1] else _exact(_moves(one, other, dialect))
        for at, (one, other) in enumerate(itertools.pairwise(columns))
    )
    return Ways(columns, moves)


def _column(slot: Slot, dialect: Dialect, beat: Fraction, counted: Floats | None) -> _Column:
    extras = () if slot.fixed is None else (slot.fixed,)
    words = vocabulary(dialect, slot.key.mode, extras, closing=slot.goal in CLOSES and dialect.syntax != "chorale")
    cost = emission(slot, words, dialect, beat)
    if counted is not None:
        cost = cost + _habit(slot) * counted[kinds_of(words)]
    most = len(cost) if slot.turn == "reveal" else KEPT
    kept = np.sort(np.argsort(np.round(cost, 9), kind="stable")[:most])
    kept = kept[np.isfinite(cost[kept])]
    return _Column(slot, words, kept, _exact(cost[kept]))


def _habit(slot: Slot) -> float:
    """Return how much it counts what Bach does: all at rest, less the more tension is asked."""
    return 1 - ESTRANGED * max(0.0, slot.affect.tension - NEUTRAL)


def _advance(costs: Ints, moves: Ints, column: _Column, n: int) -> tuple[Ints, Ints]:
    """Return the ``n`` best costs of every chord of a column, and for each the (rank, chord) it came from, as one number."""
    ranks, width = costs.shape
    paths = (costs[:, :, None] + moves[None, :, :]).reshape(ranks * width, -1)
    if n == 1:
        best = np.argmin(paths, axis=0)
        return (paths[best, np.arange(len(best))] + column.cost)[None, :], best[None, :]
    trail = np.argsort(paths, axis=0, kind="stable")[:n]
    return np.take_along_axis(paths, trail, axis=0) + column.cost, trail


def _exact(cost: Floats) -> Ints:
    """Return costs as whole millionths, so that sums and ties are the same on every machine."""
    return np.rint(cost * 1_000_000).astype(np.int64)


def _moves(before: _Column, column: _Column, dialect: Dialect) -> Floats:
    slot = column.slot
    if slot.after_gap:
        return np.zeros((len(before.kept), len(column.kept)))
    shift = (slot.key.tonic.semitone - before.slot.key.tonic.semitone) % 12
    table = transitions(before.words, column.words, shift, dialect)
    grid = (before.kept[:, None], column.kept[None, :])
    same = table.same[grid]
    telling = REVEALED if slot.turn == "reveal" else 1.0
    cost = table.base[grid] - telling * _said(slot.affect)[table.classes[grid]]
    if dialect.syntax != "chorale" or not slot.notes or not slot.due:
        cost = np.where(same, _stay(slot), cost + _change(slot))
    if dialect.syntax == "chorale" and not shift:
        table_of = learned(minor=slot.key.mode.minor)
        cost = cost + _habit(slot) * table_of.moves(before.words, column.words, meeting(slot, before.slot))[grid]
    if slot.goal:
        cost = cost + _cadence(slot.goal, before, column)
    if slot.turn:
        cost = cost + FORBIDDEN * (~table.striking[grid] if slot.turn == "reveal" else ~same if slot.turn == "rest" else same)
    return cost + _outer(before, column, table.bass[grid], same) + _resolution(before, column)


@lru_cache(maxsize=4096)
def _said(affect: Affect) -> Floats:
    """Return how much each progression class is favoured for what it says near an affect."""
    near = np.array([feeling.nearness(affect) for feeling in feelings()])
    return np.asarray(ASSOCIATION / max(1.0, float(near.sum())) * (near @ feeling_table()))


def _stay(slot: Slot) -> float:
    """Return what it costs not to change: little inside the time a chord should last, much on the downbeats after it."""
    return 1.2 if slot.due and slot.weight >= 3 else 0.6 if slot.due else -0.2


def _change(slot: Slot) -> float:
    if slot.turn:
        return 0.0
    return (0.0 if slot.due else 1.2) + (0.0, 0.0, 0.8, 1.1, 1.4)[4 - slot.weight]


def _outer(before: _Column, column: _Column, bass: Ints, same: Truths) -> Floats:
    """Return the price of outer voices in parallel fifths or octaves, and of moving the same way."""
    if not before.slot.notes or not column.slot.notes:
        return np.zeros(bass.shape)
    one, other = before.slot.notes[-1].note.pitch.semitones, column.slot.notes[0].note.pitch.semitones
    if one == other:
        return np.zeros(bass.shape)
    first = (one - before.slot.key.tonic.semitone - before.words.bass[before.kept]) % 12
    second = (other - column.slot.key.tonic.semitone - column.words.bass[column.kept]) % 12
    perfect = ((first == 0) | (first == 7))[:, None] & (first[:, None] == second[None, :]) & (bass != 0)
    along = np.sign(bass) == np.sign(other - one)
    return np.where(same, 0.0, PARALLEL * perfect + 0.12 * along)


def _resolution(before: _Column, column: _Column) -> Floats:
    """Return the price of foreign notes at the end of a slot that find no chord tone to resolve to in the next."""
    last = before.slot.notes[-1] if before.slot.notes else None
    if last is None or last.goes is None or last.note.end != column.slot.span.start:
        return np.zeros((len(before.kept), len(column.kept)))
    goal = last.note.pitch.semitones + last.goes
    foreign = ~before.words.members[before.kept, (last.note.pitch.semitones - before.slot.key.tonic.semitone) % 12]
    missed = ~column.words.members[column.kept, (goal - column.slot.key.tonic.semitone) % 12]
    return np.where(foreign[:, None] & missed[None, :], UNRESOLVED[last.weight], 0.0)


def _cadence(goal: str, before: _Column, column: _Column) -> Floats:
    """Return a price for every pair of chords that is not the cadence; a full close where none is meant costs more.

    A close that comes to rest by another way than the one that was drawn is still worth much.
    """
    last, final = ENDS[goal]
    shift = (column.slot.key.tonic.semitone - before.slot.key.tonic.semitone) % 12
    first = (before.words.root[before.kept] - shift) % 12
    second, bass = column.words.root[column.kept], column.words.bass[column.kept]
    arrives = np.isin(second, final) & (bass == second)
    comes = np.isin(first, last) if last else np.ones(len(first), dtype=bool)
    if goal == "mixed":
        comes &= before.words.kind[before.kept] == 1
    if goal in CLOSES:
        arrives = arrives & ~column.words.members[column.kept, 5]  # a fourth that hangs over the tonic is no rest
        return np.where(arrives[None, :], np.where(comes, -REACHED, -STAYED)[:, None], 0.5)
    closes = (first == 7)[:, None] & (second == 0)[None, :]
    return np.asarray(np.where(comes[:, None] & arrives[None, :], -REACHED, 0.5) + 1.2 * closes)


def _traced(columns: Sequence[_Column], costs: Ints, trails: Sequence[Ints], n: int) -> tuple[tuple[DegreeChord, ...], ...]:
    width = len(columns[-1].kept)
    ends = np.argsort(costs.ravel(), kind="stable")[:n]
    found = []
    for end in ends:
        rank, at = divmod(int(end), width)
        path = [columns[-1].words.chords[columns[-1].kept[at]]]
        for column, trail in zip(reversed(columns[:-1]), reversed(trails), strict=True):
            rank, at = divmod(int(trail[rank, at]), len(column.kept))
            path.append(column.words.chords[column.kept[at]])
        found.append(tuple(reversed(path)))
    return tuple(found)
