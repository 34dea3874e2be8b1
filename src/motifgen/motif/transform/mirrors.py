"""Mirrors: upside down, backwards, and both; and a motif that its mirror image answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import exactly_mirrored_chord, mirror, mirrored_in_time, tonally_mirrored_chord
from motifgen.motif.transform.limits import not_too_long, one_of
from motifgen.motif.transform.melodic import TransposeDegrees
from motifgen.motif.transform.strands import groups, mapped, sounded
from motifgen.theory.scale import Degree


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
        one_of("kind of inversion", self.kind, ("tonal", "real"))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif upside down."""
        mode, axis = motif.key.mode, self.axis
        if self.kind == "real":
            return motif.having("", notes=mapped(motif, mirror(axis, mode), lambda c: exactly_mirrored_chord(c, axis, mode)))
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
        one_of("retrograde", self.what, ("all", "pitches"))

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
    places = sounded(notes)
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
class Reflect(Transform):
    """Let the motif be answered by its own mirror image, upside down or backwards, from the note on which it ended.

    A mirror image alone is seldom known again by ear; after the motif itself it is heard as what it is.

    Parameters
    ----------
    what : str
        ``"invert"`` or ``"retrograde"``: which mirror.

    Notes
    -----
    Source: A. Schoenberg, *Fundamentals of Musical Composition* (1967), on contrary motion in the consequent.

    Examples
    --------
    >>> motif = Motif.parse("C4/q D4/e F4/e E4/h")
    >>> str(motif >> Reflect()), str(motif >> Reflect("retrograde"))
    ('C4/q D4/e F4 E4/h | E4/q D4/e B3 C4/h', 'C4/q D4/e F4 E4/h | E4 F4/e D4 C4/q')
    """

    what: str = "invert"

    NAME: ClassVar[str] = "reflect"
    SYNTAX: ClassVar[tuple[str, ...]] = ("what:invert|retrograde",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 6
    EXAMPLE: ClassVar[str] = "reflect invert"

    def __post_init__(self) -> None:
        """Refuse what is no mirror."""
        one_of("mirror", self.what, ("invert", "retrograde"))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif and its mirror image; one that never sounds stays as it is."""
        steps = [note.degree.step for note in motif.notes if note.degree is not None]
        if not steps:
            return motif
        not_too_long(2 * len(motif.notes))
        if self.what == "retrograde":
            image = Retrograde().changed(motif)
        else:
            image = Invert(axis=Degree(steps[0])).changed(motif)
            image = TransposeDegrees(steps[-1] - steps[0]).changed(image)
        return motif.having("", notes=(*motif.notes[:-1], replace(motif.notes[-1], tied=False), *image.notes))
