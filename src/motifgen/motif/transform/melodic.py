"""Pitch: transposing, inverting, reading backwards, widening and narrowing."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from motifgen.errors import RangeError, UnknownNameError
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import (
    exactly_mirrored_chord,
    mirrored_degree,
    mirrored_in_time,
    recast_chord,
    recast_degree,
    shifted_chord,
    tonally_mirrored_chord,
)
from motifgen.motif.transform.strands import groups, mapped
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Degree, Key

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


@dataclass(frozen=True, slots=True)
class Invert(Transform):
    """Turn upside down about an axis, the tonic unless another degree is given.

    Parameters
    ----------
    kind : str
        ``"tonal"`` mirrors scale steps within the mode, alterations turned round; ``"real"`` mirrors semitones exactly.
    axis : Degree
        Which degree stays where it is.

    Examples
    --------
    >>> motif = Motif.parse("C4/q E4 G4 F#4")
    >>> str(motif >> Invert()), str(motif >> Invert("real")), str(motif >> Invert(axis=Degree(2)))
    ('C4/q A3 F3 Gb3', 'C4/q Ab3 F3 Gb3', 'G4/q E4 C4 Db4')
    """

    kind: str = "tonal"
    axis: Degree = field(default=Degree(0))

    NAME: ClassVar[str] = "invert"
    SYNTAX: ClassVar[tuple[str, ...]] = ("kind:tonal|real", "axis:degree")
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 10
    EXAMPLE: ClassVar[str] = "invert tonal 5"

    def __post_init__(self) -> None:
        """Refuse a kind that is neither."""
        if self.kind not in {"tonal", "real"}:
            raise UnknownNameError("kind of inversion", self.kind, ("tonal", "real"))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif upside down."""
        mode, axis = motif.key.mode, self.axis
        if self.kind == "real":
            return motif.having(
                "", notes=mapped(motif, lambda d: mirrored_degree(d, axis, mode), lambda c: exactly_mirrored_chord(c, axis, mode))
            )
        return motif.having(
            "",
            notes=mapped(
                motif,
                lambda d: Degree(2 * axis.step - d.step, 2 * axis.alter - d.alter),
                lambda c: tonally_mirrored_chord(c, axis, mode),
            ),
        )


@dataclass(frozen=True, slots=True)
class Retrograde(Transform):
    """Read backwards: the whole, or the pitches alone over the rhythm as it was.

    The motif begins where it began, in the bar too. Ties, marks and chords keep to their notes: an accent stays on the
    attack of a tied note, and a chord sounds with the notes it sounded with.

    Examples
    --------
    >>> motif = Motif.parse("D4/q.> E4/e F4/h")
    >>> str(motif >> Retrograde()), str(motif >> Retrograde("pitches"))
    ('F4/h E4/e D4/q.>', 'F4/q.> E4/e D4/h')
    """

    what: str = "all"

    NAME: ClassVar[str] = "retrograde"
    SYNTAX: ClassVar[tuple[str, ...]] = ("what:all|pitches",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 11
    EXAMPLE: ClassVar[str] = "retrograde pitches"

    def __post_init__(self) -> None:
        """Refuse what is neither."""
        if self.what not in {"all", "pitches"}:
            raise UnknownNameError("retrograde", self.what, ("all", "pitches"))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif backwards."""
        return motif.having("", notes=_backwards(motif.notes) if self.what == "all" else _pitches_backwards(motif.notes))


def _backwards(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    chords = mirrored_in_time(tuple(note.chord for note in notes))
    turned = [_turned(notes, group) for group in reversed(groups(notes))]
    flat = [note for group in turned for note in group]
    return tuple(Note(n.degree, n.duration, n.tied, n.marks, chord) for n, chord in zip(flat, chords, strict=True))


def _turned(notes: tuple[Note, ...], group: range) -> list[Note]:
    """Return a tied group with its lengths backwards and its marks where they were, counted from the attack."""
    lengths = [notes[place].duration for place in reversed(group)]
    return [Note(notes[i].degree, length, notes[i].tied, notes[i].marks) for i, length in zip(group, lengths, strict=True)]


def _pitches_backwards(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    places = [group for group in groups(notes) if notes[group.start].sounds]
    degrees = [notes[group.start].degree for group in reversed(places)]
    found = list(notes)
    for group, degree in zip(places, degrees, strict=True):
        for place in group:
            note = notes[place]
            found[place] = Note(degree, note.duration, note.tied, note.marks, note.chord)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RetrogradeInversion(Transform):
    """Read backwards and upside down about the tonic."""

    NAME: ClassVar[str] = "retrograde inversion"
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 12
    EXAMPLE: ClassVar[str] = "retrograde inversion"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif backwards and upside down."""
        return Retrograde().changed(Invert().changed(motif))


@dataclass(frozen=True, slots=True)
class Expand(Transform):
    """Widen every interval by a factor, counted in scale steps from the first note; contour and alterations stay.

    Steps are rounded to whole ones, halves away from zero, and a move stays a move of at least a step.

    Examples
    --------
    >>> str(Motif.parse("C4/q D4 F4 E4") >> Expand(Fraction(2)))
    'C4/q E4 B4 G4'
    """

    factor: Fraction = Fraction(2)

    NAME: ClassVar[str] = "expand"
    SYNTAX: ClassVar[tuple[str, ...]] = ("factor:ratio",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "expand 3/2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse factors of 0 or less."""
        object.__setattr__(self, "factor", positive(self.factor))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif with its intervals widened."""
        return motif.having("", notes=scaled_intervals(motif.notes, self.factor))


@dataclass(frozen=True, slots=True)
class Compress(Transform):
    """Narrow every interval by a factor; contour and alterations stay.

    Examples
    --------
    >>> str(Motif.parse("C4/q G4 C5 A4") >> Compress(Fraction(2)))
    'C4/q E4 G4 F4'
    """

    factor: Fraction = Fraction(2)

    NAME: ClassVar[str] = "compress"
    SYNTAX: ClassVar[tuple[str, ...]] = ("factor:ratio",)
    FAMILY: ClassVar[str] = "pitch"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "compress 2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse factors of 0 or less."""
        object.__setattr__(self, "factor", positive(self.factor))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif with its intervals narrowed."""
        return motif.having("", notes=scaled_intervals(motif.notes, 1 / self.factor))


def positive(value: Fraction | int | str) -> Fraction:
    """Return a factor as a fraction; refuse 0 and less."""
    factor = Fraction(value)
    if factor <= 0:
        raise RangeError(f"the factor is {factor}; accepted: more than 0")
    return factor


def scaled_intervals(notes: tuple[Note, ...], factor: Fraction) -> tuple[Note, ...]:
    """Return the notes with the scale steps between them multiplied."""
    places = [place for place, note in enumerate(notes) if note.degree is not None]
    found, at = list(notes), 0
    for order, place in enumerate(places):
        degree = notes[place].degree
        before = notes[places[order - 1]].degree if order else degree
        if degree is None or before is None:
            continue
        at = at + _scaled(degree.step - before.step, factor) if order else degree.step
        found[place] = Note(Degree(at, degree.alter), notes[place].duration, notes[place].tied, notes[place].marks, notes[place].chord)
    return tuple(found)


def _scaled(steps: int, factor: Fraction) -> int:
    size = max(int(abs(steps) * factor + Fraction(1, 2)), 1) if steps else 0
    return size if steps > 0 else -size


def contour(notes: tuple[Note, ...]) -> tuple[int, ...]:
    """Return the signs of the moves in scale steps between the sounded notes: -1, 0 or 1."""
    steps = [note.degree.step for note in notes if note.degree is not None]
    return tuple((b > a) - (b < a) for a, b in pairwise(steps))
