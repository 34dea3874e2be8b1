"""Score: the written music, exact and spelled, clean of any performance; what notation is made from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter


@dataclass(frozen=True, slots=True)
class StaffNote:
    """A written note: quarters from the start, sounding pitch, dynamic level 0..1, articulation marks.

    ``statement`` counts the statements of the scene's themes; -1 is a note of none.

    Examples
    --------
    >>> note = StaffNote(Fraction(1), Fraction(1, 2), Pitch.parse("C4"), 0.5)
    >>> note.end
    Fraction(3, 2)
    """

    onset: Fraction
    duration: Fraction
    pitch: Pitch
    level: float
    marks: frozenset[str] = frozenset()
    statement: int = -1

    @property
    def end(self) -> Fraction:
        """Return where the note ends."""
        return self.onset + self.duration


@dataclass(frozen=True, slots=True)
class StaffPart:
    """A player's line as written.

    Parameters
    ----------
    name, instrument : str
    transposition : int
        Semitones from written to sounding pitch: horn in F is -7.
    clef : str
        ``treble alto tenor bass percussion``.
    program : int
        General MIDI program.
    keyboard : bool
        Whether it is written on two staves.
    family, role : str
        Family of the instrument, and what it does most (``"melody"``, ``"bass"`` ...).
    """

    name: str
    instrument: str
    transposition: int
    clef: str
    program: int
    keyboard: bool
    notes: tuple[StaffNote, ...]
    family: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class StaffBar:
    """A written bar: where it begins in quarters, its meter, its tempo in quarters a minute."""

    start: Fraction
    meter: Meter
    tempo: float

    @property
    def end(self) -> Fraction:
        """Return where the next bar begins."""
        return self.start + self.meter.bar


@dataclass(frozen=True, slots=True)
class StaffText:
    """A text over the staff: ``kind`` is ``rehearsal``, ``hit``, ``theme`` or ``chord``; ``part`` is empty for the top part."""

    at: Fraction
    kind: str
    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The written music of a scene, at sounding pitch; ``keys`` say where each key begins."""

    bars: tuple[StaffBar, ...]
    keys: tuple[tuple[Fraction, Key], ...]
    parts: tuple[StaffPart, ...]
    texts: tuple[StaffText, ...]
