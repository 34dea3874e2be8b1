"""Meeting another motif: one's pitches with the other's rhythm, the way between two, a child of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import ClassVar

from motifgen.chance import Chance
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform, written
from motifgen.motif.transform.harmonic import harmonized
from motifgen.motif.transform.limits import at_least_one, one_of, share_of
from motifgen.motif.transform.strands import groups, sounded
from motifgen.theory.scale import Degree


@dataclass(frozen=True, slots=True)
class Fuse(Transform):
    """Keep the pitches, take another motif's rhythm, meter and pickup; the rhythm goes round until every pitch is placed.

    Chords and marks stay with the pitches. If either motif never sounds, nothing changes.

    Examples
    --------
    >>> str(Motif.parse("C4/h E4 G4 C5") >> Fuse(Motif.parse("D4/q. D4/e r/q D4/q")))
    'C4/q. E4/e r/q G4 | C5/q.'
    """

    rhythm: Motif

    NAME: ClassVar[str] = "fuse"
    SYNTAX: ClassVar[tuple[str, ...]] = ("rhythm:motif",)
    FAMILY: ClassVar[str] = "meeting"
    RUNG: ClassVar[int] = 9
    EXAMPLE: ClassVar[str] = "fuse {D minor 3/4: D4/q. E4/e F4/q}"

    def changed(self, motif: Motif) -> Motif:
        """Return the pitches in the other rhythm."""
        own, theirs = sounded(motif.notes), groups(self.rhythm.notes)
        if not own or not sounded(self.rhythm.notes):
            return motif
        found: list[Note] = []
        placed = turn = 0
        while placed < len(own):
            group = theirs[turn % len(theirs)]
            turn += 1
            pieces = [self.rhythm.notes[i] for i in group]
            if pieces[0].sounds:
                first = motif.notes[own[placed].start]
                found += [Note(first.degree, piece.duration, piece.tied) for piece in pieces]
                found[-len(pieces)] = replace(found[-len(pieces)], marks=first.marks, chord=first.chord)
                placed += 1
            else:
                found += [Note(None, piece.duration) for piece in pieces]
        return motif.having(notes=tuple(found), meter=self.rhythm.meter, pickup=self.rhythm.pickup)


@dataclass(frozen=True, slots=True)
class Morph(Transform):
    """Go some of the way towards another motif, in degrees and rhythm.

    At 0 it is the motif, at 1 the notes of the other (in this key); between, both are read from first note to last at the same
    pace, scale steps and places in time lie between theirs, and rests are closed up. Alterations, marks and chords are those of
    the nearer motif. If either never sounds, nothing changes.

    Examples
    --------
    >>> theme, goal = Motif.parse("C4/q D4 E4 F4"), Motif.parse("G4/h E4 C4/w")
    >>> for amount in (Fraction(0), Fraction(1, 2), Fraction(1)):
    ...     print(theme >> Morph(goal, amount))
    C4/q D4 E4 F4
    E4/q. F4/q E4/q. | E4/h
    G4/h E4 | C4/w
    """

    goal: Motif
    share: Fraction = Fraction(1, 2)

    NAME: ClassVar[str] = "morph"
    SYNTAX: ClassVar[tuple[str, ...]] = ("goal:motif", "share:amount")
    FAMILY: ClassVar[str] = "meeting"
    RUNG: ClassVar[int] = 11
    EXAMPLE: ClassVar[str] = "morph {D minor 4/4: D4/h A4/h} 1/2"

    def __post_init__(self) -> None:
        """Refuse shares outside 0 to 1."""
        object.__setattr__(self, "share", share_of("the share", self.share))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif on its way."""
        if not self.share or not sounded(motif.notes) or not sounded(self.goal.notes):
            return motif
        near = motif if self.share < Fraction(1, 2) else self.goal
        if self.share == 1:
            return motif.having(notes=self.goal.notes, meter=self.goal.meter, pickup=self.goal.pickup)
        own, theirs = _line(motif), _line(self.goal)
        count = round(len(own) * (1 - self.share) + len(theirs) * self.share)
        places = _places(_starts(own), _starts(theirs), count, self.share)
        notes = tuple(self._note(own, theirs, order, count, end - start) for order, (start, end) in enumerate(pairwise(places)))
        return motif.having(notes=notes, meter=near.meter, pickup=near.pickup)

    def _note(self, own: Sequence[Note], theirs: Sequence[Note], order: int, count: int, length: Fraction) -> Note:
        a, b = own[order * len(own) // count], theirs[order * len(theirs) // count]
        near, kin = (a, own) if self.share < Fraction(1, 2) else (b, theirs)
        new = not order or order * len(kin) // count != (order - 1) * len(kin) // count
        low, high = _degree(a), _degree(b)
        step = low.step + int(((high.step - low.step) * self.share + Fraction(1, 2)) // 1)
        degree = Degree(step, _degree(near).alter)
        return Note(degree, length, marks=near.marks if new else frozenset(), chord=near.chord if new else None)


def _line(motif: Motif) -> tuple[Note, ...]:
    """Return the sounded notes alone, ties joined, each as long as it takes to the next."""
    found: list[Note] = []
    for group in groups(motif.notes):
        first, length = motif.notes[group.start], sum((motif.notes[i].duration for i in group), Fraction(0))
        if first.sounds:
            found.append(replace(first, duration=length, tied=False))
        elif found:
            found[-1] = replace(found[-1], duration=found[-1].duration + length)
    return tuple(found)


def _degree(note: Note) -> Degree:
    """Return the degree of a note of a line, which has no rests."""
    return note.degree or Degree(0)


def _starts(line: Sequence[Note]) -> list[Fraction]:
    return list(accumulate((note.duration for note in line), initial=Fraction(0)))


def _places(own: list[Fraction], theirs: list[Fraction], count: int, share: Fraction) -> list[Fraction]:
    """Return count + 1 places between two rows of places, on the coarsest grid that keeps them apart."""
    exact = [_at(own, order, count) * (1 - share) + _at(theirs, order, count) * share for order in range(count + 1)]
    for grid in (Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)):
        places = [(place / grid + Fraction(1, 2)) // 1 * grid for place in exact]
        if all(then > now for now, then in pairwise(places)):
            return places
    return exact


def _at(places: list[Fraction], order: int, count: int) -> Fraction:
    """Return the place that lies as far along a row as a number does among others."""
    whole, rest = divmod(Fraction(order * (len(places) - 1), count), 1)
    here = places[int(whole)]
    return here if not rest else here + (places[int(whole) + 1] - here) * rest


@dataclass(frozen=True, slots=True)
class Parent(Transform):
    """Go back to a motif: whatever came before, this is the result. It stands in the lineage of children, as their parent on record.

    Examples
    --------
    >>> str(Motif.parse("C4/q") >> Parent(Motif.parse("D4/q A4", key="D minor")))
    'D4/q A4'
    """

    motif: Motif

    NAME: ClassVar[str] = "parent"
    SYNTAX: ClassVar[tuple[str, ...]] = ("motif:motif",)
    FAMILY: ClassVar[str] = "meaning"
    RUNG: ClassVar[int] = 0
    EXAMPLE: ClassVar[str] = "parent {D minor 4/4: D4/h A4/h}"

    def changed(self, motif: Motif) -> Motif:  # noqa: ARG002 - whatever came before
        """Return the motif on record."""
        return self.motif


@dataclass(frozen=True, slots=True)
class Evolve(Transform):
    """Bring forth a child: a new theme that keeps one thing of its parent, who stays on record in its lineage.

    Parameters
    ----------
    keep : str
        ``contour`` keeps ups and downs; ``rhythm`` keeps every duration; ``head`` keeps the first interval and its rhythm;
        ``progression`` keeps the chords.
    child : int
        Which child, from 1; each number is another, always the same for the same parent.

    Notes
    -----
    Source: thematic evolution, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> parent = Motif.parse("D4/q A4/q. G4/e F4/q", key="D minor")
    >>> child = parent >> Evolve("rhythm")
    >>> [note.duration for note in child] == [note.duration for note in parent], child.lineage
    (True, ('parent {D minor 4/4: D4/q A4/q. G4/e F4/q}', 'evolve rhythm 1'))
    """

    keep: str = "contour"
    child: int = 1

    NAME: ClassVar[str] = "evolve"
    SYNTAX: ClassVar[tuple[str, ...]] = ("keep:contour|rhythm|head|progression", "child:count")
    FAMILY: ClassVar[str] = "meeting"
    RUNG: ClassVar[int] = 12
    EXAMPLE: ClassVar[str] = "evolve head 2"

    def __post_init__(self) -> None:
        """Refuse what cannot be kept, and children before the first."""
        one_of("what to keep", self.keep, ("contour", "rhythm", "head", "progression"))
        at_least_one("child", self.child)

    def __call__(self, motif: Motif) -> Motif:
        """Return the child, with its parent and this transform's text as lineage."""
        return self.changed(motif).having(lineage=(*motif.lineage, f"{Parent.NAME} {written(motif)}", str(self)))

    def changed(self, motif: Motif) -> Motif:
        """Return the child."""
        if not sounded(motif.notes):
            return motif
        chance = Chance(self.child, "evolve", self.keep, motif.text(heading=True))
        notes = motif.notes if self.keep == "rhythm" else _with_other_rhythm(motif.notes, chance, 2 if self.keep == "head" else 0)
        notes = _with_other_pitches(notes, motif.notes, chance, self.keep)
        if self.keep == "progression":
            chords = {stretch.places.start: stretch.chord for stretch in harmonized(motif)}
            notes = tuple(replace(note, chord=chords.get(place)) for place, note in enumerate(notes))
        return motif.having(notes=notes)


def _with_other_rhythm(notes: tuple[Note, ...], chance: Chance, kept: int) -> tuple[Note, ...]:
    """Return the notes with their durations dealt anew, after the first few; the whole stays as long."""
    lengths = [note.duration for note in notes[kept:]]
    for place in range(len(lengths) - 1, 0, -1):
        other = chance.below(place + 1)
        lengths[place], lengths[other] = lengths[other], lengths[place]
    return (*notes[:kept], *(replace(note, duration=length) for note, length in zip(notes[kept:], lengths, strict=True)))


def _with_other_pitches(notes: tuple[Note, ...], parent: tuple[Note, ...], chance: Chance, keep: str) -> tuple[Note, ...]:
    """Return the notes on a new line, made of the parent's own sizes of steps and leaps, that comes to rest in the tonic chord."""
    places = sounded(parent)
    steps = [_degree(parent[group.start]).step for group in places]
    moves = [then - now for now, then in pairwise(steps)]
    new = _other_moves(moves, chance, keep)
    line = list(accumulate(new, initial=steps[0]))
    if keep != "contour" and len(line) > 2:
        line[-1] += (0, -1, -2, 1, 0, -1, 1)[line[-1] % 7]
    found = list(notes)
    for group, step in zip(places, line, strict=True):
        for place in group:
            found[place] = replace(found[place], degree=Degree(step))
    return tuple(found)


def _other_moves(moves: list[int], chance: Chance, keep: str) -> list[int]:
    """Return as many moves of the parent's sizes: same signs for the contour, the first as it was for the head."""
    sizes = sorted({abs(move) for move in moves if move} | {1, 2})
    found: list[int] = []
    height = 0
    for order, move in enumerate(moves):
        size = chance.choose(sizes)
        found.append(move if keep == "head" and not order else size * _way(move, height, chance, keep))
        height += found[-1]
    return found


def _way(move: int, height: int, chance: Chance, keep: str) -> int:
    """Return the parent's direction for the contour; else up or down, back from far away."""
    if keep == "contour":
        return (move > 0) - (move < 0)
    return -1 if height > 4 else 1 if height < -4 else chance.choose((-1, 1))
