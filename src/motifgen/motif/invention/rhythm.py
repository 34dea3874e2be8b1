"""Rhythms for motifs: cells that characterise an archetype, one per accented group of the bar, the head coming back.

Durations are whole numbers of ticks here, `TICKS` to a quarter, because many rhythms are drawn for one that is kept; a
negative duration is a rest.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp

from motifgen.chance import Chance
from motifgen.motif.invention.archetype import Weights
from motifgen.theory.time import Meter

TICKS = 96
Cell = tuple[int, ...]
_VALUES = {"w": 4 * TICKS, "h": 2 * TICKS, "q": TICKS, "e": TICKS // 2, "s": TICKS // 4, "t": TICKS // 8}
_PICKUPS = (("e", 40), ("q", 34), ("e e", 16), ("e. s", 10))
_FORMS = {1: ("a",), 2: ("ab",), 3: ("aab",), 4: ("abac", "aabc", "abab")}
_DRAWS = 8


@dataclass(frozen=True, slots=True)
class Group:
    """An accented group of a bar: where it begins (ticks from the first bar line), its cell, and what it echoes.

    ``echo`` is the index of an earlier group with the same cell, or -1.
    """

    start: int
    cell: Cell
    echo: int = -1

    @property
    def sounding(self) -> int:
        """Return how many notes it has."""
        return sum(length > 0 for length in self.cell)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Groups in order of time; a pickup is a group that begins before 0."""

    groups: tuple[Group, ...]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Return the ticks of all notes and rests."""
        return tuple(length for group in self.groups for length in group.cell)

    @property
    def pickup(self) -> int:
        """Return the ticks before the first bar line."""
        return max(-self.groups[0].start, 0)


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
    close : str
        ``held`` ends on a long note, ``clipped`` on a short one and a rest, ``open`` turns without end.
    """

    characters: Weights
    meter: Meter
    bars: int
    notes: tuple[int, int]
    pickup: bool
    close: str = "held"


def draw_rhythm(brief: RhythmBrief, chance: Chance) -> Rhythm:
    """Return a rhythm whose bars add up and whose number of notes lies within what is asked."""
    least, most = brief.notes
    wanted = least + chance.below(most - least + 1)
    upbeat = _upbeat(brief, wanted, chance)
    body = (max(least - len(upbeat), 1), max(most - len(upbeat), 1))
    aim = max(wanted - len(upbeat), 1)
    cells: list[Cell] = []
    for _ in range(_DRAWS):
        cells = _cells_for(brief, aim, chance)
        if body[0] <= _sounding(cells) <= body[1]:
            break
    return Rhythm(grouped(upbeat, _fitted(cells, body)))


def group_lengths(meter: Meter) -> tuple[int, ...]:
    """Return the lengths of a bar's accented groups, in ticks.

    Examples
    --------
    >>> group_lengths(Meter(7, 8))
    (96, 96, 144)
    """
    return tuple(ticks(b - a) for a, b in pairwise((*meter.accents, meter.bar)))


def ticks(quarters: Fraction) -> int:
    """Return quarters as whole ticks; finer than a tick is cut off."""
    return int(quarters * TICKS)


@lru_cache(maxsize=4096)
def weight_at(meter: Meter, tick: int) -> int:
    """Return the metrical weight of a place, 0 to 4."""
    return meter.weight(Fraction(tick, TICKS))


def _sounding(cells: Sequence[Cell]) -> int:
    return sum(length > 0 for cell in cells for length in cell)


def _upbeat(brief: RhythmBrief, wanted: int, chance: Chance) -> Cell:
    """Draw a pickup; a motif of one note has none."""
    if not brief.pickup or wanted < 2:
        return ()
    texts = [(text, weight) for text, weight in _PICKUPS if len(text.split()) < wanted]
    cell = parsed_cell(chance.weighted([text for text, _ in texts], [weight for _, weight in texts]))
    return (TICKS // 2,) if brief.meter.compound or sum(cell) >= ticks(brief.meter.bar) else cell


def _cells_for(brief: RhythmBrief, aim: int, chance: Chance) -> list[Cell]:
    """Draw a cell for each group: later bars take up the first, and the last group is the goal."""
    lengths = group_lengths(brief.meter)
    total = sum(lengths) * brief.bars / TICKS
    closing = 0 if brief.close == "open" else lengths[-1] / TICKS
    density = max(aim - bool(closing), 0.5) / max(total - closing, lengths[-1] / TICKS)
    form = chance.choose(_FORMS.get(brief.bars, ("a" + "b" * (brief.bars - 1),)))
    bars: dict[str, list[Cell]] = {}
    for letter in form:
        if letter not in bars:
            bars[letter] = _bar(lengths, brief, density, bars.get("a", []), chance)
    cells = [cell for letter in form for cell in bars[letter]]
    return cells if brief.close == "open" else _closed(cells, lengths, brief, chance)


def _bar(lengths: Sequence[int], brief: RhythmBrief, density: float, model: list[Cell], chance: Chance) -> list[Cell]:
    """Draw the cells of a bar: the first bar's again, its head with another tail, or (seldom) all new."""
    fate = chance.unit()
    if model and fate < 0.55:
        return list(model)
    cells = model[:1] if model and fate < 0.9 and len(lengths) > 1 else []
    for length in lengths[len(cells) :]:
        if cells and _length(cells[-1]) == length and chance.unit() < 0.25:
            cells = [*cells, cells[-1]]
            continue
        choices = _choices(length, brief.characters)
        weights = [weight * exp(-1.3 * abs(notes - density * length / TICKS)) for _, weight, notes in choices]
        cells = [*cells, chance.weighted([cell for cell, _, _ in choices], weights)]
    return cells


def _closed(cells: list[Cell], lengths: Sequence[int], brief: RhythmBrief, chance: Chance) -> list[Cell]:
    """End on a goal: a long note, a long note led to by a shorter one, the whole bar; or a dry note and a rest."""
    kept, last, fate = cells[:-1], lengths[-1], chance.unit()
    if brief.close == "clipped" and last > TICKS and fate < 0.7:
        return [*kept, (TICKS, TICKS - last)]
    if len(lengths) > 1 and brief.bars > 1 and fate < 0.1:
        return [*cells[: -len(lengths)], (sum(lengths),)]
    if last >= 2 * TICKS and fate < 0.35:
        lead = chance.choose([(TICKS,), (TICKS // 2, TICKS // 2), (TICKS,)] if last > 2 * TICKS else [(TICKS // 2,), (TICKS,)])
        return [*kept, (*lead, last - sum(lead))]
    return [*kept, (last,)]


@lru_cache(maxsize=256)
def _choices(length: int, characters: Weights) -> list[tuple[Cell, float, int]]:
    """Return the cells of a length, how well they suit, and how many notes they have; an unusual length takes those of half or twice it."""
    likely, table = dict(characters), _cells()
    for scale in (Fraction(1), Fraction(2), Fraction(4), Fraction(1, 2), Fraction(1, 4)):
        rows = table.get(int(length / scale), ()) if (length / scale).denominator == 1 else ()
        found = [(tuple(int(d * scale) for d in cell), likely[character]) for character, cell in rows if character in likely]
        if found:
            return [(cell, weight, _sounding([cell])) for cell, weight in found]
    return [((length,), 1.0, 1)]


def _fitted(cells: list[Cell], body: tuple[int, int]) -> list[Cell]:
    """Join the shortest neighbours, or halve the longest note that is not the goal, until the number is right."""
    cells = list(cells)
    while _sounding(cells) > body[1]:
        _join_shortest(cells)
    while _sounding(cells) < body[0]:
        _halve_longest(cells)
    return cells


def _join_shortest(cells: list[Cell]) -> None:
    """Let the shortest note go into the note before it; the first into the one after it."""
    flat = [length for cell in cells for length in cell]
    sounding = [i for i, length in enumerate(flat) if length > 0]
    place = min(sounding[1:], key=lambda i: (flat[i], -i))
    before = max(i for i in sounding if i < place)
    joined = [*flat[:before], sum(map(abs, flat[before : place + 1])), *flat[place + 1 :]]
    cells[:] = [tuple(joined)] if len(cells) == 1 else _regrouped(joined, cells)


def _regrouped(flat: Sequence[int], cells: Sequence[Cell]) -> list[Cell]:
    """Cut a line of lengths into groups where the old groups began, as far as notes still begin there."""
    starts, at = {sum(map(_length, cells[:i])) for i in range(len(cells))}, 0
    found: list[list[int]] = []
    for length in flat:
        if at in starts or not found:
            found.append([length])
        else:
            found[-1].append(length)
        at += abs(length)
    return [tuple(cell) for cell in found]


def _halve_longest(cells: list[Cell]) -> None:
    """Halve the longest note, a dotted one into two thirds and a third; the goal only when it is the longest by far."""
    spots = [
        (-length / (2.5 if g == len(cells) - 1 else 1), g, i) for g, cell in enumerate(cells) for i, length in enumerate(cell) if length > 1
    ]
    _, group, place = min(spots)
    length = cells[group][place]
    long = length * 2 // 3 if length % 9 == 0 else (length + 1) // 2
    cells[group] = (*cells[group][:place], long, length - long, *cells[group][place + 1 :])


def _length(cell: Cell) -> int:
    return sum(map(abs, cell))


def grouped(upbeat: Cell, cells: Sequence[Cell]) -> tuple[Group, ...]:
    """Give the cells their places, and each the earlier one that it echoes."""
    groups = [Group(-_length(upbeat), upbeat)] if upbeat else []
    at = 0
    for cell in cells:
        earlier = [i for i, group in enumerate(groups) if group.cell == cell and len(cell) > 1 and group.start >= 0]
        groups.append(Group(at, cell, earlier[0] if earlier else -1))
        at += _length(cell)
    return tuple(groups)


@cache
def _cells() -> dict[int, tuple[tuple[str, Cell], ...]]:
    """Read the rhythm cells by their length, each with its character."""
    text = (files("motifgen") / "data" / "rhythm_cells.csv").read_text(encoding="utf-8")
    found: dict[int, tuple[tuple[str, Cell], ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        length = ticks(Fraction(row["length"]))
        found[length] = (*found.get(length, ()), (row["character"], parsed_cell(row["cell"])))
    return found


def parsed_cell(text: str) -> Cell:
    """Read a cell: ``"q. e"``, with tuplets as ``e3`` and rests as ``re``; rests are negative.

    Examples
    --------
    >>> parsed_cell("q. re e3")
    (144, -48, 32)
    """
    return tuple(-_token(token[1:]) if token[0] == "r" else _token(token) for token in text.split())


def _token(token: str) -> int:
    value, rest = _VALUES[token[0]], token[1:]
    return value * 2 // 3 if rest == "3" else value * 2 - value // 2 ** len(rest)
