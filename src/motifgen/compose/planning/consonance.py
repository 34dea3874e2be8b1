"""Two themes at once: whether their strong beats agree."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from typing import NamedTuple

from motifgen.compose.desk import Statement
from motifgen.compose.planning.forms import GRID, Form, grid, on_grid
from motifgen.theory.scale import Key

AGREE = frozenset({0, 3, 4, 5, 7, 8, 9})
SHARE = 0.75


class Sounding(NamedTuple):
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
        motif, at = statement.motif, grid(statement.start)
        notes = tuple((at + on, at + off, midi) for on, off, midi in on_grid(motif, statement.key))
        return cls(statement.who.name, at, at + grid(motif.duration), notes)

    @classmethod
    def placed(cls, form: Form, key: Key, start: Fraction, times: int = 1) -> Sounding:
        """Return a form of a theme on the grid, in a key, from a place in quarters on, several times over where asked."""
        at = grid(start)
        notes = tuple((at + on, at + off, midi) for on, off, midi in form.repeated(times, key))
        return cls("", at, at + grid(form.duration) * times, notes)

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
    step, first, last = grid(beat), max(one.start, other.start), min(one.end, other.end)
    places = {on for on, _, _ in (*one.notes, *other.notes) if first <= on < last and on % step == 0}
    pairs = [(one.at(place), other.at(place)) for place in places]
    heard = [(high - low) % 12 for high, low in pairs if high is not None and low is not None]
    return round(sum(gap in AGREE for gap in heard) / len(heard), 6) if heard else 1.0
