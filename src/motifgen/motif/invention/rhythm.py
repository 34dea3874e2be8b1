"""Rhythms for motifs: cells that characterise an archetype, one per accented group of the bar, bar by bar as the form asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import exp

from motifgen.chance import Chance
from motifgen.motif.invention.archetype import Weights
from motifgen.motif.invention.cells import TICKS, Cell, cell_choices, cell_length, parsed_cell, sounding
from motifgen.motif.invention.fitting import fitted
from motifgen.motif.invention.phrase import Form
from motifgen.theory.time import Meter

_PICKUPS = (("e", 40), ("q", 34), ("e e", 16), ("e. s", 10))
_DRAWS = 12
_SHORT = 2  # so many bars are held together by one rhythm
_BUSIER = 1.3  # how much denser a continuation is than the idea that it continues


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
        return sounding(self.cell)


@dataclass(frozen=True, slots=True)
class Return:
    """Groups whose melody the form brings back: the first, the one it comes from, how many there are, and whether it stays where it was."""

    first: int
    source: int
    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Groups in order of time; a pickup is a group that begins before 0. ``returns`` are those bars that the form brings back."""

    groups: tuple[Group, ...]
    returns: tuple[Return, ...] = ()

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
    form : Form
        Its bars.
    notes : tuple[int, int]
        At least and at most.
    pickup : bool
        Whether it begins before the bar line.
    close : str
        ``held`` ends on a long note, ``clipped`` on a short one and a rest, ``open`` turns without end.
    """

    characters: Weights
    meter: Meter
    form: Form
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
    best: list[Cell] = []
    for _ in range(_DRAWS):
        cells = _cells_for(brief, aim, upbeat, chance)
        if not best or _faults(cells, body, brief) < _faults(best, body, brief):
            best = cells
        if not _faults(best, body, brief):
            break
    groups = grouped(upbeat, fitted(best, body))
    return Rhythm(groups, _returns(groups, brief, upbeat))


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


def _off(cells: Sequence[Cell], body: tuple[int, int]) -> int:
    """Return how many notes there are too many or too few."""
    count = sum(map(sounding, cells))
    return max(body[0] - count, count - body[1], 0)


def _faults(cells: Sequence[Cell], body: tuple[int, int], brief: RhythmBrief) -> int:
    """Return what is wrong with a rhythm: notes too many or too few, and a second bar that does not take up the first one's head."""
    groups = len(group_lengths(brief.meter))
    rhymes = len(brief.form) < _SHORT or groups < _SHORT or cells[0] in cells[1:] or brief.close == "open"
    return 2 * _off(cells, body) + (not rhymes)


def _upbeat(brief: RhythmBrief, wanted: int, chance: Chance) -> Cell:
    """Draw a pickup; a motif of one note has none."""
    if not brief.pickup or wanted < 2:
        return ()
    texts = [(text, weight) for text, weight in _PICKUPS if len(text.split()) < wanted]
    cell = parsed_cell(chance.weighted([text for text, _ in texts], [weight for _, weight in texts]))
    return (TICKS // 2,) if brief.meter.compound or sum(cell) >= ticks(brief.meter.bar) else cell


def _cells_for(brief: RhythmBrief, aim: int, upbeat: Cell, chance: Chance) -> list[Cell]:
    """Draw a cell for each group: later bars take up the first, phrases close on long notes, and the last group is the goal."""
    lengths, form = group_lengths(brief.meter), brief.form
    total = sum(lengths) * len(form) / TICKS
    closing = 0 if brief.close == "open" else lengths[-1] / TICKS
    density = max(aim - bool(closing), 0.5) / max(total - closing, lengths[-1] / TICKS)
    bars: dict[str, list[Cell]] = {}
    cells: list[Cell] = []
    for place, bar in enumerate(form):
        if bar.letter not in bars:
            busier = _BUSIER if place >= len(form) // 2 and len(form) > 2 and not bar.close else 1.0
            bars[bar.letter] = _other_bar(bars, lengths, brief, density * busier, chance)
        drawn = bars[bar.letter]
        if bar.close == "half":
            drawn = _halted(drawn, lengths, upbeat if form[place + 1].source == 0 else ())
        cells += drawn
    return cells if brief.close == "open" else _closed(cells, lengths, brief, chance)


def _other_bar(bars: Mapping[str, list[Cell]], lengths: Sequence[int], brief: RhythmBrief, density: float, chance: Chance) -> list[Cell]:
    """Draw the cells of a bar; in a form of several bars one that is unlike those that have been drawn, where the cells allow it."""
    model = bars.get("a", [])
    found = _bar(lengths, brief, density, model, chance)
    for _ in range(_DRAWS):
        if len(brief.form) <= _SHORT or found not in bars.values():
            break
        found = _bar(lengths, brief, density, model, chance)
    return found


def _bar(lengths: Sequence[int], brief: RhythmBrief, density: float, model: list[Cell], chance: Chance) -> list[Cell]:
    """Draw the cells of a bar: the first bar's again (in short motifs), its head with another tail, or (seldom) all new."""
    fate = chance.unit()
    if model and fate < 0.65 and len(brief.form) <= _SHORT:
        return list(model)
    cells = model[:1] if model and fate < 0.95 and len(lengths) > 1 else []
    for length in lengths[len(cells) :]:
        if cells and cell_length(cells[-1]) == length and chance.unit() < 0.2:
            cells = [*cells, cells[-1]]
            continue
        choices = cell_choices(length, brief.characters)
        weights = [weight * exp(-1.3 * abs(notes - density * length / TICKS)) for _, weight, notes in choices]
        cells = [*cells, chance.weighted([cell for cell, _, _ in choices], weights)]
    return cells


def _halted(cells: list[Cell], lengths: Sequence[int], upbeat: Cell) -> list[Cell]:
    """Let a phrase come to a halt within a theme: its last group is one note, which makes room for the pickup of the next phrase."""
    taken = cell_length(upbeat)
    if not upbeat or taken >= lengths[-1]:
        return [*cells[:-1], (lengths[-1],)]
    return [*cells[:-1], (lengths[-1] - taken,), upbeat]


def _closed(cells: list[Cell], lengths: Sequence[int], brief: RhythmBrief, chance: Chance) -> list[Cell]:
    """End on a goal: a long note, a long note led to by a shorter one, the whole bar; or a dry note and a rest."""
    kept, last, fate = cells[:-1], lengths[-1], chance.unit()
    if brief.close == "clipped" and last > TICKS and fate < 0.7:
        return [*kept, (TICKS, TICKS - last)]
    if len(lengths) > 1 and len(brief.form) > _SHORT and fate < 0.1:
        return [*cells[: -len(lengths)], (sum(lengths),)]
    if last >= 2 * TICKS and fate < 0.35:
        lead = chance.choose([(TICKS,), (TICKS // 2, TICKS // 2), (TICKS,)] if last > 2 * TICKS else [(TICKS // 2,), (TICKS,)])
        return [*kept, (*lead, last - sum(lead))]
    return [*kept, (last,)]


def grouped(upbeat: Cell, cells: Sequence[Cell]) -> tuple[Group, ...]:
    """Give the cells their places, and each the earlier one that it echoes."""
    groups = [Group(-cell_length(upbeat), upbeat)] if upbeat else []
    at = 0
    for cell in cells:
        earlier = [i for i, group in enumerate(groups) if group.cell == cell and len(cell) > 1 and group.start >= 0]
        groups.append(Group(at, cell, earlier[0] if earlier else -1))
        at += cell_length(cell)
    return tuple(groups)


def _returns(groups: Sequence[Group], brief: RhythmBrief, upbeat: Cell) -> tuple[Return, ...]:
    """Return which groups the form brings back, as far as their rhythm is still that of the bar they come from."""
    length = ticks(brief.meter.bar)
    bars = [
        [i for i, group in enumerate(groups) if place * length <= group.start < (place + 1) * length] for place in range(len(brief.form))
    ]
    found: list[Return] = []
    for place, bar in enumerate(brief.form):
        if bar.source < 0 or not bars[place] or not bars[bar.source]:
            continue
        before = bars[place - 1][-1]
        if bar.source == 0 and upbeat and groups[before].cell == upbeat and groups[before].start > (place - 1) * length:
            found.append(Return(before, 0, 1, bar.exact))
        same = _same_head(groups, bars[place], bars[bar.source])
        if same:
            found.append(Return(bars[place][0], bars[bar.source][0], same, bar.exact))
    return tuple(found)


def _same_head(groups: Sequence[Group], bar: Sequence[int], source: Sequence[int]) -> int:
    """Return how many groups from the beginning of two bars are alike."""
    for count, (one, other) in enumerate(zip(bar, source, strict=False)):
        if groups[one].cell != groups[other].cell:
            return count
    return min(len(bar), len(source))
