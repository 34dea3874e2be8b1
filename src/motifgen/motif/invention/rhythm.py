"""Rhythms for motifs: cells that characterise an archetype, one per accented group of the bar, the head coming back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp

from motifgen.chance import Chance
from motifgen.motif.invention.archetype import Weights
from motifgen.theory.time import Meter

Cell = tuple[Fraction, ...]
_VALUES: dict[str, Fraction | int] = {"w": 4, "h": 2, "q": 1, "e": Fraction(1, 2), "s": Fraction(1, 4), "t": Fraction(1, 8)}
_TUPLETS = {3: 2, 5: 4, 6: 4, 7: 4}
_PICKUPS = (("e", 40), ("q", 32), ("e e", 18), ("e. s", 10))


@dataclass(frozen=True, slots=True)
class Group:
    """An accented group of a bar: where it begins (quarters from the first bar line), its cell, and what it echoes.

    ``echo`` is the index of an earlier group with the same cell, or -1.
    """

    start: Fraction
    cell: Cell
    echo: int = -1

    @property
    def onsets(self) -> tuple[Fraction, ...]:
        """Return where the notes begin, in quarters from the first bar line."""
        return tuple(self.start + sum(self.cell[:i], Fraction(0)) for i in range(len(self.cell)))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Groups in order of time; a pickup is a group that begins before 0."""

    groups: tuple[Group, ...]

    @property
    def onsets(self) -> tuple[Fraction, ...]:
        """Return where the notes begin, in quarters from the first bar line."""
        return tuple(onset for group in self.groups for onset in group.onsets)

    @property
    def durations(self) -> tuple[Fraction, ...]:
        """Return the notes' durations in quarters."""
        return tuple(duration for group in self.groups for duration in group.cell)

    @property
    def pickup(self) -> Fraction:
        """Return the quarters before the first bar line."""
        return max(-self.groups[0].start, Fraction(0))


@dataclass(frozen=True, slots=True)
class RhythmBrief:
    """What is asked of a rhythm.

    Parameters
    ----------
    characters : Weights
        How likely each character of cell is: ``dotted``, ``held`` ...
    meter : Meter
    bars : int
    notes : tuple[int, int]
        At least and at most.
    pickup : bool
        Whether it begins before the bar line.
    loops : bool
        Whether it turns without end: then no long last note.
    """

    characters: Weights
    meter: Meter
    bars: int
    notes: tuple[int, int]
    pickup: bool
    loops: bool


def draw_rhythm(brief: RhythmBrief, chance: Chance) -> Rhythm:
    """Return a rhythm whose bars add up and whose number of notes lies within what is asked."""
    wanted = brief.notes[0] + chance.below(brief.notes[1] - brief.notes[0] + 1)
    upbeat = _upbeat(brief, wanted, chance)
    body = max(wanted - len(upbeat), 1)
    cells = _cells_for(brief, body, chance)
    cells = _fitted(cells, body)
    return Rhythm(_placed(upbeat, cells, _lengths(brief)))


def _upbeat(brief: RhythmBrief, wanted: int, chance: Chance) -> Cell:
    """Draw a pickup; a motif of one note has none."""
    if not brief.pickup or wanted < 2:
        return ()
    texts = [(text, weight) for text, weight in _PICKUPS if len(text.split()) < wanted]
    cell = _cell(chance.weighted([text for text, _ in texts], [weight for _, weight in texts]))
    return (Fraction(1, 2),) if brief.meter.compound or sum(cell) >= brief.meter.bar else cell


def _lengths(brief: RhythmBrief) -> tuple[Fraction, ...]:
    return group_lengths(brief.meter) * brief.bars


def group_lengths(meter: Meter) -> tuple[Fraction, ...]:
    """Return the lengths of a bar's accented groups, in quarters."""
    return tuple(b - a for a, b in pairwise((*meter.accents, meter.bar)))


def _cells_for(brief: RhythmBrief, body: int, chance: Chance) -> list[Cell]:
    """Draw a cell for each group; later bars take up the first, and the last group is the goal."""
    lengths, per_bar = _lengths(brief), len(group_lengths(brief.meter))
    density = (body - (0 if brief.loops else 1)) / float(sum(lengths[: len(lengths) if brief.loops else -1]) or lengths[0])
    first = _bar_cells(lengths[:per_bar], brief, density, chance)
    cells = list(first)
    for _ in range(brief.bars - 1):
        again = chance.unit() < 0.7
        cells += first if again else [first[0], *_bar_cells(lengths[1:per_bar], brief, density, chance)]
    return cells if brief.loops else _closing(cells, lengths, per_bar, chance)


def _closing(cells: list[Cell], lengths: Sequence[Fraction], per_bar: int, chance: Chance) -> list[Cell]:
    """End on a long note: the last group whole, or led to by a short note, or the whole last bar."""
    kept, last = cells[:-1], lengths[-1]
    if per_bar > 1 and len(kept) > per_bar and chance.unit() < 0.22:
        return [*cells[:-per_bar], *((sum(lengths[-per_bar:], Fraction(0)),),)]
    if last >= 2 and chance.unit() < 0.35:
        lead = Fraction(1) if last >= 3 or chance.unit() < 0.3 else Fraction(1, 2)
        return [*kept, (lead, last - lead)]
    return [*kept, (last,)]


def _bar_cells(lengths: Sequence[Fraction], brief: RhythmBrief, density: float, chance: Chance) -> list[Cell]:
    """Draw the cells of a bar; a group may say again what the one before it said."""
    cells: list[Cell] = []
    for length in lengths:
        if cells and sum(cells[-1]) == length and chance.unit() < 0.3:
            cells.append(cells[-1])
            continue
        choices = _choices(length, brief.characters)
        weights = [weight * exp(-1.1 * abs(len(cell) - density * float(length))) for cell, weight in choices]
        cells.append(chance.weighted([cell for cell, _ in choices], weights))
    return cells


def _choices(length: Fraction, characters: Weights) -> list[tuple[Cell, float]]:
    """Return the cells of a length, by how well they suit; an unusual length takes those of half or twice it."""
    likely, table = dict(characters), cell_table()
    for scale in (1, 2, 4, Fraction(1, 2), Fraction(1, 4)):
        rows = table.get(length / scale, ())
        found = [(tuple(d * scale for d in cell), likely[character]) for character, cell in rows if character in likely]
        if found:
            return found
    return [((length,), 1.0)]


def _fitted(cells: list[Cell], wanted: int) -> list[Cell]:
    """Join the shortest neighbours, or halve the longest note that is not the goal, until the number is right."""
    cells = list(cells)
    while sum(map(len, cells)) > wanted:
        if not _join_shortest(cells):
            cells[-2:] = [(sum(cells[-2], Fraction(0)) + sum(cells[-1], Fraction(0)),)]
    while sum(map(len, cells)) < wanted:
        _halve_longest(cells)
    return cells


def _join_shortest(cells: list[Cell]) -> bool:
    """Join the two neighbours of a cell that are shortest together; tell whether there was a cell to join in."""
    pairs = [(a + b, -g, i) for g, cell in enumerate(cells) for i, (a, b) in enumerate(pairwise(cell))]
    if not pairs:
        return False
    joined, group, place = min(pairs)
    cell = cells[-group]
    cells[-group] = (*cell[:place], joined, *cell[place + 2 :])
    return True


def _halve_longest(cells: list[Cell]) -> None:
    """Halve the longest note; of the last group only when nothing else is left to halve."""
    spots = [(g == len(cells) - 1 and len(cells) > 1, -cell[i], g, i) for g, cell in enumerate(cells) for i in range(len(cell))]
    _, length, group, place = min(spots)
    half = -length / 2
    long, short = (half, half) if half.denominator & (half.denominator - 1) == 0 and half.numerator in {1, 2, 4} else _uneven(-length)
    cells[group] = (*cells[group][:place], long, short, *cells[group][place + 1 :])


def _uneven(length: Fraction) -> tuple[Fraction, Fraction]:
    """Split a dotted note into its two natural parts: two thirds and a third."""
    return length * 2 / 3, length / 3


def _placed(upbeat: Cell, cells: Sequence[Cell], lengths: Sequence[Fraction]) -> tuple[Group, ...]:
    """Give the cells their places, and each the earlier one that it echoes."""
    groups = [Group(-sum(upbeat, Fraction(0)), upbeat)] if upbeat else []
    at = Fraction(0)
    for index, cell in enumerate(cells):
        earlier = [i for i, group in enumerate(groups) if group.cell == cell and len(cell) > 1 and group.start >= 0]
        groups.append(Group(at, cell, earlier[0] if earlier and index < len(lengths) else -1))
        at += sum(cell, Fraction(0))
    return tuple(groups)


@cache
def cell_table() -> dict[Fraction, tuple[tuple[str, Cell], ...]]:
    """Return the rhythm cells by their length in quarters, each with its character."""
    text = (files("motifgen") / "data" / "rhythm_cells.csv").read_text(encoding="utf-8")
    found: dict[Fraction, tuple[tuple[str, Cell], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        length = Fraction(row["length"])
        found[length] = (*found.get(length, ()), (row["character"], _cell(row["cell"])))
    return found


def _cell(text: str) -> Cell:
    return tuple(map(_duration, text.split()))


def _duration(token: str) -> Fraction:
    """Return the quarters of ``q``, ``e.`` or ``e3``."""
    value, rest = Fraction(_VALUES[token[0]]), token[1:]
    if rest.isdigit():
        return value * _TUPLETS[int(rest)] / int(rest)
    return value * (2 - Fraction(1, 2 ** len(rest)))
