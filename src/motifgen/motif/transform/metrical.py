"""Another meter: the rhythm of each bar fitted to the new one at the least change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm, log2
from typing import ClassVar, NamedTuple

from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.theory.time import Meter

_STRONGER, _WEAKER, _TIED = 0.05, 0.2, 0.5
_TWICE = Fraction(7, 4)
_FINEST, _MOST_PLACES = 8, 192


@dataclass(frozen=True, slots=True)
class Remeter(Transform):
    """Recast in another meter: downbeats stay downbeats, and each bar's rhythm changes as little as it can.

    Beats become beats, so that 4/4 fills two bars of 6/8 and two bars of 2/4 fill one of 4/4. Where a bar has more beats than
    before, a note is held longer; where it has fewer, notes give way: of all rhythms on the coarsest grid that holds every note,
    the one whose values are nearest to the old ones (as ratios), whose accented notes stay on accents, and that reads without ties.

    Examples
    --------
    >>> waltz = Motif.parse("C4/q. D4/e E4/q | F4/h D4/q", meter="3/4")
    >>> str(waltz >> Remeter(Meter(4, 4)))
    'C4/q. D4/e E4/h | F4/h. D4/q'
    >>> str(Motif.parse("D4/q A4/q. G4/e F4/q | E4/h D4/h") >> Remeter(Meter(3, 4)))
    'D4/q A4/e G4 F4/q | E4/h D4/q'
    >>> str(Motif.parse("C4/q D4/e E4/e F4/h") >> Remeter(Meter(6, 8)))
    'C4/q. D4/q E4/e | F4/h.'
    """

    meter: Meter = field(default=Meter(3, 4))

    NAME: ClassVar[str] = "meter"
    SYNTAX: ClassVar[tuple[str, ...]] = ("meter:meter",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 7
    EXAMPLE: ClassVar[str] = "meter 3/4"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif in the other meter."""
        old, scale = motif.meter, _felt(self.meter) / _felt(motif.meter)
        before, after = _bars(old, self.meter)
        whole = after * self.meter.bar
        durations = [Fraction(0)] * len(motif.notes)
        pickup = Fraction(0)
        for group in _groups(motif, before * old.bar):
            ideal = [_Part(number, length * scale, old.weight(place)) for number, place, length in group.parts]
            room = whole if group.full else min(sum((part.length for part in ideal), Fraction(0)), whole)
            same = sum((part.length for part in ideal), Fraction(0)) == room and old.compound == self.meter.compound
            fitted = [part.length for part in ideal] if same else _fitted(ideal, room, self.meter, upbeat=group.upbeat)
            pickup += room if group.upbeat else 0
            for part, length in zip(ideal, fitted, strict=True):
                durations[part.note] += length
        notes = tuple(replace(note, duration=length) for note, length in zip(motif.notes, durations, strict=True))
        return motif.having("", notes=notes, meter=self.meter, pickup=pickup)


class _Part(NamedTuple):
    """A note, or what of it lies in a group of bars: its number, the length it should have, and its old metrical weight."""

    note: int
    length: Fraction
    weight: int


class _Group(NamedTuple):
    """The notes in a group of bars as (number, place from the bar line, length); whether it is full, or the upbeat."""

    parts: tuple[tuple[int, Fraction, Fraction], ...]
    full: bool
    upbeat: bool


def _felt(meter: Meter) -> Fraction:
    """Return the beat that is tapped, in quarters: the dotted one of compound meters and 3/8, else a quarter, however it is written."""
    if meter.compound or (meter.unit == 8 and meter.count == 3):
        return meter.beat * (1 if meter.compound else 3)
    return Fraction(1)


def _bars(old: Meter, new: Meter) -> tuple[int, int]:
    """Return how many old bars become how many new ones."""
    ratio = (old.bar / _felt(old)) / (new.bar / _felt(new))
    more, fewer = int(ratio + 2 - _TWICE), int(1 / ratio + 2 - _TWICE)
    return max(fewer, 1), max(more, 1)


def _groups(motif: Motif, length: Fraction) -> Iterator[_Group]:
    """Go through a motif's notes, cut at the bar lines between groups of bars."""
    places = [onset - motif.pickup for onset in (*motif.onsets, motif.duration)]
    found: dict[int, list[tuple[int, Fraction, Fraction]]] = {}
    for number, (start, end) in enumerate(pairwise(places)):
        at = start
        while at < end:
            group = at // length
            until = min(end, (group + 1) * length)
            found.setdefault(group, []).append((number, at - group * length, until - at))
            at = until
    for group, parts in sorted(found.items()):
        yield _Group(tuple(parts), sum((part[2] for part in parts), Fraction(0)) == length, group < 0)


def _fitted(parts: Sequence[_Part], room: Fraction, meter: Meter, *, upbeat: bool) -> list[Fraction]:
    """Return for each part how long it is, so that together they fill the room.

    A shortest path over places of the grid: a step is a part with a length. Where the grid would be finer than anyone counts
    (tuplets of several kinds in one bar), all lengths grow or shrink alike.
    """
    grid = _grid(parts, room, meter)
    if room / grid > _MOST_PLACES:
        return [part.length * room / sum((part.length for part in parts), Fraction(0)) for part in parts]
    cells, shift = int(room / grid), (-room % meter.bar if upbeat else Fraction(0))
    weights = [meter.weight(shift + place * grid) for place in range(cells)]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for left, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
        costs = [0.0, *(_cost(length * grid, part) for length in range(1, cells + 1))]
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for place, (cost, lengths) in best.items():
            shifted = cost + _moved(part.weight, weights[place])
            for length in range(1 if left else cells - place, cells - place - left + 1):
                total = (round(shifted + costs[length], 9), (*lengths, length))
                if place + length not in found or _order(total) < _order(found[place + length]):
                    found[place + length] = total
        best = found
    return [length * grid for length in best[cells][1]]


def _order(found: tuple[float, tuple[int, ...]]) -> tuple[float, tuple[int, ...]]:
    """Return what ranks two rhythms: their costs; of equal ones the longer note comes first."""
    return found[0], tuple(-length for length in found[1])


def _grid(parts: Sequence[_Part], room: Fraction, meter: Meter) -> Fraction:
    """Return the coarsest grid on which every part has a place: of units or half beats, halved as often as the shortest part needs."""
    own = [part.length for part in parts]
    grid = Fraction(4, meter.unit) / (1 if meter.unit >= 8 else 2)
    for _ in range(_FINEST):
        if grid <= min(own) and not room % grid and room / grid >= len(own):
            return grid
        grid /= 2
    return _divisor((*own, room)) / len(own)


def _divisor(lengths: Sequence[Fraction]) -> Fraction:
    below = lcm(*(length.denominator for length in lengths))
    return Fraction(gcd(*(int(length * below) for length in lengths)), below)


def _cost(length: Fraction, part: _Part) -> float:
    """Return what a length costs: its ratio to the old one in powers of two, more if it cannot be written as one note."""
    return abs(log2(length / part.length)) + (0.0 if length.numerator in {1, 2, 3, 4, 6} else _TIED)


def _moved(old: int, new: int) -> float:
    return _WEAKER * (old - new) if old > new else _STRONGER * (new - old)
