"""The answer of a fugue: the subject again on the dominant, its head bent so that tonic and dominant answer each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.formal import in_key_on
from motifgen.motif.transform.limits import one_of
from motifgen.motif.transform.strands import sounded
from motifgen.theory.scale import Degree

_FIFTH = 4


@dataclass(frozen=True, slots=True)
class Answer(Transform):
    """Answer as a second voice in a fugue does: the motif in the key of the dominant, a fifth higher or a fourth lower.

    Parameters
    ----------
    kind : str
        ``"tonal"`` answers the fifths with which the head begins by the tonic, so that the key stays for a moment, and the rest exactly;
        ``"real"`` answers every note exactly. A motif whose head has no fifth is answered the same by both.
    place : str
        ``"above"``, a fifth higher, or ``"below"``, a fourth lower.

    Notes
    -----
    Source: A. Gedalge, *Traité de la fugue* (1901), on the tonal answer: the dominant at the head is answered by the tonic.

    Examples
    --------
    >>> subject = Motif.parse("C4/q G4 E4/e F4 G4/q")
    >>> str(subject >> Answer()), str(subject >> Answer("real"))
    ('G4/q C5 B4/e C5 D5/q', 'G4/q D5 B4/e C5 D5/q')
    """

    kind: str = "tonal"
    place: str = "above"

    NAME: ClassVar[str] = "answer"
    SYNTAX: ClassVar[tuple[str, ...]] = ("kind:tonal|real", "place:above|below")
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 3
    EXAMPLE: ClassVar[str] = "answer tonal below"

    def __post_init__(self) -> None:
        """Refuse what is neither."""
        one_of("kind of answer", self.kind, ("tonal", "real"))
        one_of("place of an answer", self.place, ("above", "below"))

    def changed(self, motif: Motif) -> Motif:
        """Return the answer; the head of a tonal one keeps its own chords."""
        exact = list(in_key_on(motif, _FIFTH if self.place == "above" else _FIFTH - 7))
        if self.kind == "real":
            return motif.having("", notes=tuple(exact))
        head = _head(motif)
        for place in head:
            exact[place] = self._bent(motif.notes[place], exact[place])
        after = head[-1] + 1 if head else 0
        if head and after < len(exact) and exact[after].chord is None:
            chord = next((note.chord for note in reversed(in_key_on(motif, _FIFTH)[:after]) if note.chord is not None), None)
            exact[after] = replace(exact[after], chord=chord)
        return motif.having("", notes=tuple(exact))

    def _bent(self, old: Note, new: Note) -> Note:
        """Return a note of the head: the fifth answered by the tonic, under the chord that it had."""
        if old.degree is None or old.degree.step % 7 != _FIFTH or new.degree is None:
            return replace(new, chord=old.chord)
        return replace(new, degree=Degree(new.degree.step - 1), chord=old.chord)


def _head(motif: Motif) -> list[int]:
    """Return the places of the notes before the first that is neither tonic nor fifth, if there is a fifth among them."""
    found: list[int] = []
    for group in sounded(motif.notes):
        degree = motif.notes[group.start].degree
        if degree is None or degree.alter or degree.step % 7 not in {0, _FIFTH}:
            break
        found += group
    fifths = [place for place in found if (degree := motif.notes[place].degree) is not None and degree.step % 7 == _FIFTH]
    return list(range(found[-1] + 1)) if fifths else []
