"""Ripieno: who joins in, so that a full moment has many players and a thin one few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motifgen.compose.desk import BarSpan, Line
from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.doubling import double, wanted
from motifgen.compose.orchestration.strands import Strand

_ORDER = ("melody", "bass", "pad", "ostinato", "counter", "pulse", "drone", "arpeggio")
_ROUNDS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Seat:
    """A strand with the chair that carries it and the octave in which it does."""

    strand: Strand
    chair: Chair
    octave: int


@dataclass(slots=True)
class Census:
    """How many players each bar has and should have.

    Parameters
    ----------
    starts : tuple[float, ...]
        Where bars begin, and where the last one ends.
    count : list[int]
    target : list[float]
    """

    starts: tuple[float, ...]
    count: list[int]
    target: list[float]

    def bars(self, start: float, end: float) -> range:
        """Return the indices of the bars that a span touches."""
        touched = [at for at in range(len(self.count)) if self.starts[at] < end and start < self.starts[at + 1]]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def missing(self, bars: range) -> float:
        """Return how many players a stretch of bars lacks on average."""
        return sum(self.target[at] - self.count[at] for at in bars) / max(len(bars), 1)


def census(casting: Casting, bars: Sequence[BarSpan], lines: Iterable[Line]) -> Census:
    """Return the census of a scene: a bar should have the share of the ensemble that its heaviest accompaniment has weight."""
    starts = (*(float(bar.start) for bar in bars), float(bars[-1].end))
    found = Census(starts, [0] * len(bars), [0.0] * len(bars))
    for line in lines:
        if line.role in {"pad", "bass", "ostinato", "pulse"}:
            for at in found.bars(float(line.notes[0].onset), float(line.notes[-1].end)):
                found.target[at] = max(found.target[at], line.weight * 0.9 * len(casting.roster.chairs))
    for chair in casting.roster.chairs:
        busy = {at for duty in casting.roster.of(chair) if duty.role != "hit" for at in found.bars(duty.start, duty.end)}
        for at in busy:
            found.count[at] += 1
    return found


def fill(casting: Casting, seats: Sequence[Seat], found: Census) -> None:
    """Let idle players join the strands of bars that lack players: the theme first, then the bass, then what fills.

    Parameters
    ----------
    found : Census
        Kept up to date as players join.
    """
    ranked = sorted(seats, key=lambda seat: (_ORDER.index(seat.strand.line.role), seat.strand.start, seat.strand.rank))
    for most in _ROUNDS:
        for seat in ranked:
            bars = found.bars(*seat.strand.span)
            lack = min(int(found.missing(bars)), most, _room(casting, seat.strand))
            if lack >= 1:
                joined = double(casting, seat.strand, seat.chair, seat.octave, lack)
                for at in bars:
                    found.count[at] += joined


def _room(casting: Casting, strand: Strand) -> int:
    """Return how many may join a strand in a round: a theme stays a soloist's until it is heavy, everything else takes who comes."""
    return wanted(casting, strand) if strand.line.role == "melody" else max(_ROUNDS)
