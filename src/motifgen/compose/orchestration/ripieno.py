"""Ripieno: who joins in, so that a full moment has many players and a thin one few."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from motifgen.compose.orchestration.casting import Casting, suits
from motifgen.compose.orchestration.census import Census
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.doubling import double, low, wanted
from motifgen.compose.orchestration.fit import haste
from motifgen.compose.orchestration.strands import Strand

_ORDER = ("melody", "bass", "pad", "ostinato", "counter", "pulse", "drone", "arpeggio")
_ROUNDS = (1, 1, 2, 4)
_GROUND = frozenset({"pad", "bass", "ostinato"})
_FULL, _SHORT = 0.4, 12
_EASE = 2.0


class Seat(NamedTuple):
    """A strand with the chair that carries it and the octave in which it does."""

    strand: Strand
    chair: Chair
    octave: int


class Ground(NamedTuple):
    """A seat that others may join between their phrases: from where to where it plays, and the seconds of a quarter there."""

    start: float
    end: float
    seat: Seat
    pace: float


def fill(casting: Casting, seats: Sequence[Seat], found: Census) -> None:
    """Let idle players join the strands of bars that lack players: the theme first, then the bass, then what fills.

    A theme is joined from its beginning to its end. What accompanies is joined for as long as players are lacking, one more in each
    round, so that a crescendo grows by a player at a time.

    Parameters
    ----------
    found : Census
        Kept up to date as players join.
    """
    ranked = sorted(seats, key=lambda seat: (_ORDER.index(seat.strand.line.role), seat.strand.start, seat.strand.rank))
    for most in _ROUNDS:
        for seat in ranked:
            bars = found.bars(*seat.strand.span)
            if seat.strand.line.role == "melody":
                _join(casting, seat, found, bars, min(int(found.missing(bars)), most, wanted(casting, seat.strand)))
                continue
            for run in list(found.lacking(bars)):
                _join(casting, seat, found, run, min(max(int(found.missing(run)), 1), most))


def _join(casting: Casting, seat: Seat, found: Census, bars: range, most: int) -> None:
    """Let so many players join a seat's strand for some of its bars."""
    if most < 1:
        return
    piece = seat.strand.within(found.starts[bars.start], found.starts[bars.stop])
    joined = double(casting, piece, seat.chair, seat.octave, most) if piece.notes else 0
    for at in found.played(piece.notes) if joined else ():
        found.count[at] += joined


def bridge(casting: Casting, seats: Sequence[Seat], found: Census) -> None:
    """Let players who would rest for a bar or two between phrases play on with the accompaniment: entries are long, and so are rests."""
    ground = [
        Ground(*seat.strand.span, seat, casting.pace(seat.strand))
        for seat in seats
        if seat.strand.line.role in _GROUND and seat.strand.line.weight > _FULL
    ]
    for chair in casting.roster.chairs:
        if not chair.instrument.drums:
            duties = sorted(casting.roster.of(chair), key=lambda duty: duty.start)
            for before, after in pairwise(duties):
                if 1 < after.start - before.end <= _SHORT:
                    _cross(casting, chair, ground, found, (before.end, after.start))


def _ready(casting: Casting, chair: Chair, seat: Seat) -> bool:
    return low(chair) if seat.strand.line.role == "bass" else suits(casting, chair, seat.strand)


def _cross(casting: Casting, chair: Chair, ground: Sequence[Ground], found: Census, gap: tuple[float, float]) -> None:
    """Give a chair the notes in a gap of the strand that suits it best, if they fill half of it and nobody there is too many."""
    start, end = gap
    if found.missing(found.bars(start, end)) < 0:
        return
    offers = []
    for at, (begun, done, seat, pace) in enumerate(ground):
        if begun < end and start < done and _ready(casting, chair, seat):
            octave = seat.strand.octave(chair.instrument, seat.octave, 1)
            if (
                octave is not None
                and haste(chair.instrument, seat.strand.busiest, pace) <= 1
                and (seat.strand.line.role != "pad" or seat.strand.outside(chair.instrument, octave, held=True) <= _EASE)
            ):
                offers.append((seat.chair.instrument.family != chair.instrument.family, abs(octave - seat.octave), at, octave))
    for _, _, at, octave in sorted(offers)[:3]:
        strand = ground[at].seat.strand
        notes = tuple(note for note in strand.notes if start <= note.quarters[0] and note.quarters[1] <= end)
        if sum(float(note.duration) for note in notes) >= 0.5 * (end - start):
            casting.roster.give(chair, strand.line.role, notes, octave, 0.06, joined=True)
            for bar in found.played(notes):
                found.count[bar] += 1
            return
