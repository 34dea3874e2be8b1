"""Form: fragments, truncation, sequences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import diatonic_quality, folded, moved_chord, moved_degree, recast_chord, recast_degree
from motifgen.motif.transform.limits import at_least_one, not_too_long, one_of
from motifgen.motif.transform.stepping import stepped
from motifgen.motif.transform.strands import cut, mapped, sounded
from motifgen.theory.chord import DegreeChord
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Degree, Mode


@dataclass(frozen=True, slots=True)
class Head(Transform):
    """Keep the first notes; rests between them stay. A motif of no more notes stays whole.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e F4/q") >> Head(2))
    'D4/q A4/q.'
    """

    notes: int = 4

    NAME: ClassVar[str] = "head"
    SYNTAX: ClassVar[tuple[str, ...]] = ("notes:count",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "head 4"

    def __post_init__(self) -> None:
        """Refuse fewer than one note."""
        at_least_one("notes", self.notes)

    def changed(self, motif: Motif) -> Motif:
        """Return the first notes."""
        places = sounded(motif.notes)
        return motif if len(places) <= self.notes else cut(motif, 0, places[self.notes - 1].stop)


@dataclass(frozen=True, slots=True)
class Tail(Transform):
    """Keep the last notes, at their place in the bar, under the chord that held there.

    Examples
    --------
    >>> str(Motif.parse("[Dm] D4/q A4/q. G4/e F4/q") >> Tail(2))
    '[Dm] G4/e F4/q |'
    """

    notes: int = 4

    NAME: ClassVar[str] = "tail"
    SYNTAX: ClassVar[tuple[str, ...]] = ("notes:count",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "tail 4"

    def __post_init__(self) -> None:
        """Refuse fewer than one note."""
        at_least_one("notes", self.notes)

    def changed(self, motif: Motif) -> Motif:
        """Return the last notes."""
        places = sounded(motif.notes)
        return motif if len(places) <= self.notes else cut(motif, places[-self.notes].start, len(motif.notes))


@dataclass(frozen=True, slots=True)
class Range(Transform):
    """Keep the notes from one to another, both counted from 1 and both kept.

    Of a range that reaches past the end, what is there is kept, and the last note at least.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4 G4 F4") >> Range(2, 3))
    '@3 A4/q G4'
    """

    first: int = 1
    last: int = 4

    NAME: ClassVar[str] = "range"
    SYNTAX: ClassVar[tuple[str, ...]] = ("first:count", "last:count")
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "range 2 4"

    def __post_init__(self) -> None:
        """Refuse ranges that are empty or begin before the first note."""
        at_least_one("first", self.first)
        if self.last < self.first:
            raise RangeError(f"the range {self.first} {self.last} is empty; accepted: first, then last, as in 'range 2 4'")

    def changed(self, motif: Motif) -> Motif:
        """Return the notes of the range."""
        places = sounded(motif.notes)
        if not places:
            return motif
        first, last = places[: self.first][-1], places[: self.last][-1]
        return cut(motif, first.start, last.stop)


@dataclass(frozen=True, slots=True)
class Truncate(Transform):
    """Cut off the last notes, so that the goal is never reached: death, fainting, failure.

    A motif of one note stays as it is. Source: thematic truncation, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015).

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e F4/q") >> Truncate())
    'D4/q A4/q. G4/e'
    """

    notes: int = 1

    NAME: ClassVar[str] = "truncate"
    SYNTAX: ClassVar[tuple[str, ...]] = ("notes:count",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "truncate"

    def __post_init__(self) -> None:
        """Refuse to cut nothing."""
        at_least_one("notes", self.notes)

    def changed(self, motif: Motif) -> Motif:
        """Return the motif without its end; of a shorter one, its first note."""
        places = sounded(motif.notes)
        keep = max(len(places) - self.notes, 1)
        return motif if keep >= len(places) else cut(motif, 0, places[keep - 1].stop)


@dataclass(frozen=True, slots=True)
class Sequence(Transform):
    """Repeat on other degrees, each copy so many steps from the one before; a sequence over n intervals has n + 1 copies.

    Parameters
    ----------
    times : int
        How many copies follow the first.
    steps : int
        Scale steps from each copy to the next; ``up 1`` is 1, ``down 1`` is -1.
    kind : str
        ``"tonal"`` stays within the key, and altered notes mean the same on each degree; ``"real"`` keeps the exact intervals of the
        first copy, each moved by the same interval (major or perfect, as scale steps above the tonic of a major key); ``"modulating"``
        restates the motif in the key that has its tonic on each new degree, major or minor as the chord there is.

    Examples
    --------
    >>> motif = Motif.parse("C4/e D4 E4/q")
    >>> str(motif >> Sequence(2, -1))
    'C4/e D4 E4/q B3/e C4 D4/q | A3/e B3 C4/q'
    >>> str(motif >> Sequence(1, 1, "real"))
    'C4/e D4 E4/q D4/e E4 F#4/q'
    >>> str(Motif.parse("C4/e B3 C4/q") >> Sequence(1, 1, "modulating"))
    'C4/e B3 C4/q D4/e C4 D4/q'
    """

    times: int = 2
    steps: int = 1
    kind: str = "tonal"

    NAME: ClassVar[str] = "sequence"
    SYNTAX: ClassVar[tuple[str, ...]] = ("times:count", "steps:integer", "kind:tonal|real|modulating")
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 3
    EXAMPLE: ClassVar[str] = "sequence 2 down 1"

    def __post_init__(self) -> None:
        """Refuse fewer than one repeat and kinds that are neither."""
        at_least_one("times", self.times)
        one_of("kind of sequence", self.kind, ("tonal", "real", "modulating"))

    def changed(self, motif: Motif) -> Motif:
        """Return the copies, one after the other."""
        not_too_long((self.times + 1) * len(motif.notes))
        copies = [motif.notes] + [self._copy(motif, order) for order in range(1, self.times + 1)]
        return motif.having("", notes=tuple(note for copy in copies for note in copy))

    def _copy(self, motif: Motif, order: int) -> tuple[Note, ...]:
        mode, steps = motif.key.mode, self.steps * order
        if self.kind == "tonal":
            return stepped(motif, steps)
        if self.kind == "modulating":
            return in_key_on(motif, steps)
        octave, step = divmod(abs(self.steps), 7)
        size = Interval(abs(self.steps), 12 * octave + (0, 2, 4, 5, 7, 9, 11)[step])
        sign = order if self.steps > 0 else -order
        interval = Interval(size.steps * sign, size.semitones * sign)
        return mapped(motif, lambda degree: moved_degree(degree, interval, mode), lambda chord: moved_chord(chord, interval, mode))


def in_key_on(motif: Motif, steps: int) -> tuple[Note, ...]:
    """Return the notes as they are in the key whose tonic is so many scale steps higher, spelled from the home key."""
    home = motif.key.mode
    up = home.semitones(steps)
    local = Mode.named("minor" if diatonic_quality(home, steps) in {"m", "dim"} else "major")

    def from_home(degree: Degree) -> Degree:
        step = degree.step + steps
        return Degree(step, up + local.semitones(degree.step) + degree.alter - home.semitones(step))

    def harmony(chord: DegreeChord) -> DegreeChord:
        there = recast_chord(chord, home, local)
        bass = folded(from_home(there.bass)) if there.bass is not None else None
        return DegreeChord(folded(from_home(there.root)), there.quality, bass)

    return mapped(motif, lambda degree: from_home(recast_degree(degree, home, local)), harmony)
