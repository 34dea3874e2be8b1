"""Two themes at once: whether their strong beats agree."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from motifgen.compose.desk import Statement
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Key

AGREE = frozenset({0, 3, 4, 5, 7, 8, 9})
SHARE = 0.75
GRID = 10_080


@dataclass(frozen=True, slots=True)
class Sounding:
    """A statement as it is heard: whole numbers of a fine grid (`GRID` to the quarter), for quick comparing.

    ``notes`` are onset, end and MIDI pitch, in order of time.
    """

    name: str
    start: int
    end: int
    notes: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, statement: Statement) -> Sounding:
        """Return a statement's notes on the grid."""
        return cls.placed(statement.who.name, statement.motif, statement.key, statement.start)

    @classmethod
    def placed(cls, name: str, motif: Motif, key: Key, start: Fraction) -> Sounding:
        """Return a motif's notes on the grid, from a place in quarters on."""
        length, notes = _notes(motif, key)
        at = round(start * GRID)
        return cls(name, at, at + length, tuple((at + on, at + off, midi) for on, off, midi in notes))

    def meets(self, other: Sounding) -> bool:
        """Tell whether two sound at the same time."""
        return self.start < other.end and other.start < self.end

    def at(self, place: int) -> int | None:
        """Return the pitch that sounds at a place of the grid."""
        index = bisect_right(self.notes, (place, GRID * GRID, 0)) - 1
        return self.notes[index][2] if index >= 0 and place < self.notes[index][1] else None


def agreement(one: Sounding, other: Sounding, beat: Fraction = Fraction(1)) -> float:
    """Return the share of common strong places at which two statements are consonant, 0 to 1; 1 where they share none.

    A place is strong when a note begins in either on a beat. Thirds, fourths, fifths, sixths, unisons and octaves
    agree; seconds, sevenths and the tritone do not.

    Parameters
    ----------
    beat : Fraction
        The length of a beat in quarters.
    """
    step = round(beat * GRID)
    places = sorted({on for on, _, _ in (*one.notes, *other.notes) if on % step == 0})
    pairs = [(one.at(place), other.at(place)) for place in places]
    heard = [(high - low) % 12 for high, low in pairs if high is not None and low is not None]
    return round(sum(gap in AGREE for gap in heard) / len(heard), 6) if heard else 1.0


@lru_cache(maxsize=1024)
def _notes(motif: Motif, key: Key) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    notes = ((round(on * GRID), round((on + length) * GRID), pitch.midi) for on, length, pitch in motif.sounding(key))
    return round(motif.duration * GRID), tuple(notes)
