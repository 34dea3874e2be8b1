"""Ripieno: who joins in, so that a full moment has many players and a thin one few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from motifgen.compose.desk import BarSpan, Line
from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.doubling import double, wanted
from motifgen.compose.orchestration.fit import haste, octave_for
from motifgen.compose.orchestration.strands import Strand

_ORDER = ("melody", "bass", "pad", "ostinato", "counter", "pulse", "drone", "arpeggio")
_ROUNDS = (1, 2, 4)
_GROUND = frozenset({"pad", "bass", "ostinato"})
_FULL, _SHORT = 0.4, 12


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


def bridge(casting: Casting, seats: Sequence[Seat]) -> None:
    """Let players who would rest for a bar or two between phrases play on with the accompaniment: entries are long, and so are rests."""
    ground = [seat for seat in seats if seat.strand.line.role in _GROUND and seat.strand.line.weight > _FULL]
    for chair in casting.roster.chairs:
        if not chair.instrument.drums:
            duties = sorted(casting.roster.of(chair), key=lambda duty: duty.start)
            for before, after in pairwise(duties):
                if 1 < after.start - before.end <= _SHORT:
                    _cross(casting, chair, ground, before.end, after.start)


def _cross(casting: Casting, chair: Chair, ground: Sequence[Seat], start: float, end: float) -> None:
    """Give a chair the notes between two places of the strand that suits it best, if they fill half of the time."""
    offers = []
    for at, seat in enumerate(ground):
        if seat.strand.span[0] < end and start < seat.strand.span[1]:
            octave = octave_for(chair.instrument, seat.strand.keys, wished=seat.octave, reach=1)
            slow = haste(chair.instrument, seat.strand.busiest, casting.pace(seat.strand)) <= 1
            if octave is not None and slow:
                offers.append((seat.chair.instrument.family != chair.instrument.family, abs(octave - seat.octave), at, octave))
    for _, _, at, octave in sorted(offers)[:3]:
        strand = ground[at].strand
        notes = [note for note in strand.notes if start <= float(note.onset) and float(note.end) <= end]
        if sum(float(note.duration) for note in notes) >= 0.5 * (end - start):
            casting.roster.give(chair, strand.line.role, notes, octave, 0.06)
            return
