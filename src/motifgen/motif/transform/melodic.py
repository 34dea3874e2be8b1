"""Transposition: by semitones, by degrees, to a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import recast_chord, recast_degree, shifted_chord
from motifgen.motif.transform.strands import mapped
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Key

_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)


@dataclass(frozen=True, slots=True)
class Transpose(Transform):
    """Move into the key so many semitones higher; degrees, and so the spelling, stay as they are.

    Parameters
    ----------
    semitones : int
        Negative is down. They are spelled as perfect, major and minor intervals and the augmented fourth.

    Examples
    --------
    >>> motif = Motif.parse("D4/q C#4 D4", key="D minor")
    >>> str(motif >> Transpose(3)), str(motif >> Transpose(3) >> Transpose(-3))
    ('F4/q E4 F4', 'D4/q C#4 D4')
    """

    semitones: int = 0

    NAME: ClassVar[str] = "transpose"
    SYNTAX: ClassVar[tuple[str, ...]] = ("semitones:integer",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 2
    EXAMPLE: ClassVar[str] = "transpose 3"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif in the other key."""
        octaves, within = divmod(abs(self.semitones), 12)
        interval = Interval(7 * octaves + _STEPS[within], abs(self.semitones))
        return moved_by(motif, interval if self.semitones >= 0 else -interval)


def moved_by(motif: Motif, interval: Interval) -> Motif:
    """Return the motif with its key moved by an exact spelled interval, octaves included."""
    tonic = motif.key.tonic.at(4) + interval
    key, octave = Key(tonic.pitch_class, motif.key.mode), tonic.octave - 4
    notes = motif.notes
    if octave:
        notes = mapped(motif, lambda degree: degree.shifted(7 * octave), lambda chord: chord)
    return motif.having("", notes=notes, key=key)


@dataclass(frozen=True, slots=True)
class TransposeDegrees(Transform):
    """Move up so many scale steps within the key; altered notes stay altered, and chords follow.

    Examples
    --------
    >>> motif = Motif.parse("C4/q F#4 G4")
    >>> str(motif >> TransposeDegrees(1)), str(motif >> TransposeDegrees(1) >> TransposeDegrees(-1))
    ('D4/q G#4 A4', 'C4/q F#4 G4')
    """

    steps: int = 0

    NAME: ClassVar[str] = "transpose"
    SYNTAX: ClassVar[tuple[str, ...]] = ("steps:integer", "degrees")
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 2
    EXAMPLE: ClassVar[str] = "transpose -2 degrees"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif on other degrees."""
        mode = motif.key.mode
        return motif.having(
            "", notes=mapped(motif, lambda degree: degree.shifted(self.steps), lambda chord: shifted_chord(chord, self.steps, mode))
        )


@dataclass(frozen=True, slots=True)
class TransposeTo(Transform):
    """Move into a key, by the nearest way (up, if both are as near); another mode changes the mode.

    Examples
    --------
    >>> str(Motif.parse("C4/q E4 G4") >> TransposeTo(Key.parse("A minor")))
    'A3/q C4 E4'
    """

    key: Key

    NAME: ClassVar[str] = "transpose"
    SYNTAX: ClassVar[tuple[str, ...]] = ("to", "key:key")
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 5
    EXAMPLE: ClassVar[str] = "transpose to F minor"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif in the key."""
        up = self.key.tonic - motif.key.tonic
        semitones = up.semitones % 12
        interval = up if semitones <= 6 else up + Interval(-7, -12)
        moved = moved_by(motif, interval)
        old, new = motif.key.mode, self.key.mode
        notes = mapped(moved, lambda degree: recast_degree(degree, old, new), lambda chord: recast_chord(chord, old, new))
        return moved.having("", notes=notes, key=self.key)
