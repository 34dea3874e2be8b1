"""Note: one note or rest of a motif, with all that is attached to it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motifgen.errors import RangeError, UnknownNameError
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Degree

MARKS = ("accent", "staccato", "tenuto")


@dataclass(frozen=True, slots=True)
class Note:
    """One note or rest of a motif, with all that is attached to it.

    Parameters
    ----------
    degree : Degree or None
        ``None`` is a rest.
    duration : Fraction
        In quarters, more than 0.
    tied : bool
        Tied to the next note, which must have the same degree.
    marks : frozenset[str]
        Any of `MARKS`.
    chord : DegreeChord, optional
        A chord that the composer fixed from this note on.

    Examples
    --------
    >>> Note(Degree(0), Fraction(1, 2)).sounds, Note(None, Fraction(1)).sounds
    (True, False)
    """

    degree: Degree | None
    duration: Fraction
    tied: bool = False
    marks: frozenset[str] = frozenset()
    chord: DegreeChord | None = None

    def __post_init__(self) -> None:
        """Refuse a note without length, a rest that is tied, a mark that nobody knows."""
        if self.duration.numerator <= 0:
            raise RangeError(f"a note lasts {self.duration} quarters; accepted: more than 0")
        if self.tied and self.degree is None:
            raise RangeError("a rest is tied; accepted: ties between notes of the same degree")
        if self.marks and (unknown := self.marks.difference(MARKS)):
            raise UnknownNameError("mark", min(unknown), MARKS)

    @property
    def sounds(self) -> bool:
        """Tell whether it is a note and not a rest."""
        return self.degree is not None


#: The slots themselves fill a new note in a little more than half the time that `object.__setattr__` takes to find them by name.
_FIELDS = ("degree", "duration", "tied", "marks", "chord")
_put_degree, _put_duration, _put_tied, _put_marks, _put_chord = (getattr(Note, name).__set__ for name in _FIELDS)


def varied(note: Note, degree: Degree | None, duration: Fraction, chord: DegreeChord | None) -> Note:
    """Return a note with another pitch, length and chord, its tie and marks kept; it is not checked again.

    Transforms make notes by the hundred from notes that were checked: a rest must stay a rest, and lengths above 0.

    Examples
    --------
    >>> varied(Note(Degree(0), Fraction(1), marks=frozenset({"accent"})), Degree(2), Fraction(2), None)
    Note(degree=Degree(step=2, alter=0), duration=Fraction(2, 1), tied=False, marks=frozenset({'accent'}), chord=None)
    """
    made = object.__new__(Note)
    _put_degree(made, degree)
    _put_duration(made, duration)
    _put_tied(made, note.tied)
    _put_marks(made, note.marks)
    _put_chord(made, chord)
    return made
