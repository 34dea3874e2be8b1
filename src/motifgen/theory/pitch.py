"""Spelled pitches and intervals as pairs of integers: staff steps and semitones.

Transposing adds the pairs and inverting subtracts them, so spelling survives every operation by itself. C4 is MIDI 60:
this is the only place that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motifgen.errors import NotationError, shown

LETTERS = "CDEFGAB"
NATURAL = (0, 2, 4, 5, 7, 9, 11)
_PITCH = re.compile(r"([A-Ga-g])(#{1,3}|b{1,3}|x|♯|♭)?(-?\d{1,2})\Z")
_CLASS = re.compile(r"([A-Ga-g])(#{1,3}|b{1,3}|x|♯|♭)?\Z")
_ALTER = {None: 0, "#": 1, "♯": 1, "##": 2, "x": 2, "###": 3, "b": -1, "♭": -1, "bb": -2, "bbb": -3}


def _natural(steps: int) -> int:
    """Return the semitones of a natural note, so many staff steps above C0."""
    octave, letter = divmod(steps, 7)
    return 12 * octave + NATURAL[letter]


def accidental(alter: int) -> str:
    """Return the accidental signs of an alteration: ``1`` is ``"#"``, ``-2`` is ``"bb"``."""
    return "#" * alter if alter > 0 else "b" * -alter


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A distance between two spelled pitches.

    Examples
    --------
    >>> Pitch.parse("Eb4") - Pitch.parse("C4")
    Interval(steps=2, semitones=3)
    >>> -Interval(2, 3) + Interval(4, 7)
    Interval(steps=2, semitones=4)
    """

    steps: int
    semitones: int

    def __add__(self, other: Interval) -> Interval:
        """Add two intervals."""
        return Interval(self.steps + other.steps, self.semitones + other.semitones)

    def __neg__(self) -> Interval:
        """Turn the interval round."""
        return Interval(-self.steps, -self.semitones)


@dataclass(frozen=True, slots=True, order=True)
class PitchClass:
    """A letter with an alteration: ``step`` 0 is C, 6 is B; ``alter`` in semitones.

    Examples
    --------
    >>> PitchClass.parse("Bb")
    PitchClass(step=6, alter=-1)
    >>> str(PitchClass(3, 1)), PitchClass(3, 1).semitone
    ('F#', 6)
    """

    step: int
    alter: int = 0

    @classmethod
    def parse(cls, text: str) -> PitchClass:
        """Read ``"F#"``."""
        match = _CLASS.match(text.strip())
        if not match:
            raise NotationError(f"cannot read the note name {shown(text)}; accepted: 'C', 'F#', 'Bb', ...")
        return cls(LETTERS.index(match[1].upper()), _ALTER[match[2]])

    def __str__(self) -> str:
        """Return ``"F#"``."""
        return LETTERS[self.step] + accidental(self.alter)

    @property
    def semitone(self) -> int:
        """Return the semitones above C, 0 to 11."""
        return (NATURAL[self.step] + self.alter) % 12

    @property
    def fifths(self) -> int:
        """Return the place on the line of fifths: C is 0, G is 1, F is -1."""
        return (self.step * 2 + 1) % 7 - 1 + 7 * self.alter

    def __add__(self, interval: Interval) -> PitchClass:
        """Return the name an interval above."""
        return (self.at(4) + interval).pitch_class

    def __sub__(self, other: PitchClass) -> Interval:
        """Return the interval up from another name to this one, less than an octave of staff steps."""
        steps = (self.step - other.step) % 7
        low = other.at(4)
        return Interval(steps, _natural(low.steps + steps) + self.alter - low.semitones)

    def at(self, octave: int) -> Pitch:
        """Return the pitch of this name in an octave; octaves begin at C."""
        steps = 7 * octave + self.step
        return Pitch(steps, _natural(steps) + self.alter)


@dataclass(frozen=True, slots=True, order=True)
class Pitch:
    """A spelled pitch.

    Parameters
    ----------
    steps : int
        Staff steps above C0: C4 is 28.
    semitones : int
        Semitones above C0: C4 is 48.

    Examples
    --------
    >>> p = Pitch.parse("F#4")
    >>> p.midi, str(p + Interval(2, 3)), p == eval(repr(p))
    (66, 'A4', True)
    """

    steps: int
    semitones: int

    @classmethod
    def parse(cls, text: str) -> Pitch:
        """Read scientific pitch: ``"F#4"``, ``"Bb3"``; C4 is middle C."""
        match = _PITCH.match(text.strip())
        if not match:
            raise NotationError(f"cannot read the pitch {shown(text)}; accepted: scientific pitch such as 'C4', 'F#5', 'Bb3'")
        return PitchClass(LETTERS.index(match[1].upper()), _ALTER[match[2]]).at(int(match[3]))

    def __str__(self) -> str:
        """Return scientific pitch."""
        return f"{self.pitch_class}{self.octave}"

    @property
    def midi(self) -> int:
        """Return the MIDI key number; it may lie outside 0 to 127."""
        return self.semitones + 12

    @property
    def alter(self) -> int:
        """Return the accidental in semitones."""
        return self.semitones - _natural(self.steps)

    @property
    def octave(self) -> int:
        """Return the octave of the written letter: B#3 is in octave 3."""
        return self.steps // 7

    @property
    def pitch_class(self) -> PitchClass:
        """Return the name without the octave."""
        return PitchClass(self.steps % 7, self.alter)

    def __add__(self, interval: Interval) -> Pitch:
        """Return the pitch an interval above."""
        return Pitch(self.steps + interval.steps, self.semitones + interval.semitones)

    def __sub__(self, other: Pitch) -> Interval:
        """Return the interval from another pitch up to this one."""
        return Interval(self.steps - other.steps, self.semitones - other.semitones)

    def octaves(self, count: int) -> Pitch:
        """Return the same note so many octaves higher."""
        return Pitch(self.steps + 7 * count, self.semitones + 12 * count)
