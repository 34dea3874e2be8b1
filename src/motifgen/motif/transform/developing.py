"""Development: what becomes of a theme as it is worked with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.formal import Head
from motifgen.motif.transform.limits import at_least_one, not_too_long
from motifgen.motif.transform.stepping import stepped
from motifgen.motif.transform.strands import cut, sounded
from motifgen.theory.scale import Degree


@dataclass(frozen=True, slots=True)
class Liquidate(Transform):
    """Take away what is characteristic, level by level, until only a cell is left.

    Parameters
    ----------
    level : int
        1 keeps three quarters of the notes, 2 a half, 3 a quarter but no fewer than three, 4 a cell of two. From 3 on leaps
        become steps.

    Notes
    -----
    Source: A. Schoenberg, *Fundamentals of Musical Composition* (1967), on liquidation.

    Examples
    --------
    >>> motif = Motif.parse("C4/q G4/e A4 F4/q D4/e E4 C4/h")
    >>> for level in (1, 2, 3, 4):
    ...     print(motif >> Liquidate(level))
    C4/q G4/e A4 F4/q D4/e E4
    C4/q G4/e A4 F4/q
    C4/q D4/e E4
    C4/q D4/e
    """

    level: int = 2

    NAME: ClassVar[str] = "liquidate"
    SYNTAX: ClassVar[tuple[str, ...]] = ("level:count",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "liquidate 3"

    def __post_init__(self) -> None:
        """Refuse levels that there are not."""
        if not 1 <= self.level <= 4:
            raise RangeError(f"the level is {self.level}; accepted: 1 to 4")

    def changed(self, motif: Motif) -> Motif:
        """Return what is left of the motif at the level."""
        count = len(sounded(motif.notes))
        keep = (-(-3 * count // 4), -(-count // 2), max(-(-count // 4), 3), 2)[self.level - 1]
        left = Head(max(keep, 1)).changed(motif)
        return left if self.level < 3 else left.having(notes=_leaps_as_steps(left.notes))


def _leaps_as_steps(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return the notes with every leap narrowed to a step in its direction; alterations stay."""
    found: list[Note] = []
    before: tuple[int, int] | None = None
    for note in notes:
        if note.degree is None:
            found.append(note)
            continue
        old = note.degree.step
        new = old if before is None else before[1] + (old > before[0]) - (old < before[0])
        found.append(replace(note, degree=Degree(new, note.degree.alter)))
        before = (old, new)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Extend(Transform):
    """Spin the motif out: its last notes again, so many times, each time a step further the way they were going.

    Parameters
    ----------
    notes : int
        How many notes of the end are taken.
    times : int
        How often they follow.

    Examples
    --------
    >>> str(Motif.parse("C4/q E4/e F4 G4/h") >> Extend(2, 2))
    'C4/q E4/e F4 G4/h G4/e A4/h A4/e B4/h'
    """

    notes: int = 2
    times: int = 1

    NAME: ClassVar[str] = "extend"
    SYNTAX: ClassVar[tuple[str, ...]] = ("notes:count", "times:count")
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 6
    EXAMPLE: ClassVar[str] = "extend 2 1"

    def __post_init__(self) -> None:
        """Refuse fewer than one note and one time."""
        at_least_one("notes", self.notes)
        at_least_one("times", self.times)

    def changed(self, motif: Motif) -> Motif:
        """Return the longer motif; one that never sounds stays as it is."""
        places = sounded(motif.notes)
        if not places:
            return motif
        end = cut(motif, places[-self.notes :][0].start, len(motif.notes))
        not_too_long(len(motif.notes) + self.times * len(end.notes))
        steps = [note.degree.step for note in end if note.degree is not None]
        way = 1 if steps[-1] >= steps[0] else -1
        added = [note for order in range(1, self.times + 1) for note in stepped(end, way * order)]
        return motif.having(notes=(*motif.notes, *added))


@dataclass(frozen=True, slots=True)
class Interversion(Transform):
    """Put the motif's notes, each with its length, into another order; rests stay where they are between them.

    Parameters
    ----------
    order : tuple[int, ...]
        Which note comes first, which second ...; numbers of the first notes in any order, each once. The others stay. In a motif of
        fewer notes, those that it has take the order they have among each other.

    Notes
    -----
    Source: R. Réti, *The Thematic Process in Music* (1951), on interversion.

    Examples
    --------
    >>> str(Motif.parse("C4/q D4/e E4 G4/h") >> Interversion((3, 1, 2)))
    'E4/e C4/q D4/e G4/h'
    """

    order: tuple[int, ...] = (2, 1)

    NAME: ClassVar[str] = "interversion"
    SYNTAX: ClassVar[tuple[str, ...]] = ("order:numbers",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "interversion 3 1 2"

    def __post_init__(self) -> None:
        """Refuse an order that is not the first numbers, each once."""
        object.__setattr__(self, "order", tuple(self.order))
        if not self.order or sorted(self.order) != list(range(1, len(self.order) + 1)):
            raise RangeError(f"the order is {' '.join(map(str, self.order))}; accepted: 1 to n, each once, as in '3 1 2'")

    def changed(self, motif: Motif) -> Motif:
        """Return the motif in the other order."""
        places = sounded(motif.notes)
        order = [number - 1 for number in self.order if number <= len(places)]
        order += range(len(order), len(places))
        following = {here.start: places[there] for here, there in zip(places, order, strict=True)}
        inner = {place for group in places for place in group[1:]}
        found: list[Note] = []
        for place, note in enumerate(motif.notes):
            if place in following:
                found += (motif.notes[i] for i in following[place])
            elif place not in inner:
                found.append(note)
        return motif.having(notes=tuple(found))


@dataclass(frozen=True, slots=True)
class Rotate(Transform):
    """Begin with a later note and come round to the first ones at the end; rests stay with the note before them.

    Examples
    --------
    >>> str(Motif.parse("C4/q D4/e E4 G4/h") >> Rotate(1))
    'D4/e E4 G4/h C4/q'
    """

    notes: int = 1

    NAME: ClassVar[str] = "rotate"
    SYNTAX: ClassVar[tuple[str, ...]] = ("notes:count",)
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "rotate 2"

    def __post_init__(self) -> None:
        """Refuse fewer than one note."""
        at_least_one("notes", self.notes)

    def changed(self, motif: Motif) -> Motif:
        """Return the motif from a later note on; as many notes as it has bring it back to the first."""
        places = sounded(motif.notes)
        if not places:
            return motif
        start = places[self.notes % len(places)].start
        first = places[0].start
        turned = (*motif.notes[:first], *motif.notes[start:], *motif.notes[first:start])
        return motif.having(notes=turned)


@dataclass(frozen=True, slots=True)
class Ostinato(Transform):
    """Repeat the head over and over, from the bar line on; its last note is held to the next beat, so that the repeats keep time.

    Examples
    --------
    >>> str(Motif.parse("C4/e D4 E4 G4 A4/h") >> Ostinato(2, 3))
    'C4/e D4 E4/q C4/e D4 E4/q'
    """

    times: int = 4
    notes: int = 4

    NAME: ClassVar[str] = "ostinato"
    SYNTAX: ClassVar[tuple[str, ...]] = ("times:count", "notes:count")
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "ostinato 4 3"

    def __post_init__(self) -> None:
        """Refuse fewer than one time and one note."""
        at_least_one("times", self.times)
        at_least_one("notes", self.notes)

    def changed(self, motif: Motif) -> Motif:
        """Return the repeated head."""
        cell = Head(self.notes).changed(motif)
        last, beat = cell.notes[-1], motif.meter.beat
        short = -cell.duration % beat
        once = (*cell.notes[:-1], replace(last, duration=last.duration + short))
        not_too_long(len(once) * self.times)
        return motif.having(notes=once * self.times, pickup=Fraction(0))
