"""Ornament and its opposite: notes written around the notes of a motif, and the skeleton that is left without them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.limits import not_too_long, one_of, share_of
from motifgen.motif.transform.strands import chord_in_force, sounded
from motifgen.theory.scale import Degree

KINDS = ("passing", "neighbor", "turn", "trill", "appoggiatura", "grace")
_RUN = 4
_AT_THE_ATTACK = ("appoggiatura", "grace")


@dataclass(frozen=True, slots=True)
class Ornament(Transform):
    """Write ornaments out around some of the notes; length, rhythm of the others and every onset stay.

    Parameters
    ----------
    kind : str
        ``passing`` steps on the way to the next note, or, where that is a step away, a neighbor on the other side · ``neighbor`` up a
        step and back · ``turn`` above, on, below, on · ``trill`` alternating with the step above, and coming to rest ·
        ``appoggiatura`` the step above on the beat, accented · ``grace`` a short step above before the note.
    share : Fraction
        How many of the notes, 0 to 1; the longest first, then those that weigh most in the bar. At least one. The last note, which is
        the goal, stays plain where there are others, but for an appoggiatura or a grace note.

    Examples
    --------
    >>> motif = Motif.parse("C4/h G4/q E4/q")
    >>> for kind in KINDS:
    ...     print(motif >> Ornament(kind))
    C4/q D4/e3 E4 F4 G4/q E4
    C4/q D4/e C4 G4/q E4
    C4/q D4/s C4 B3 C4 G4/q E4
    C4/s D4 C4 D4 C4 D4 C4/e G4/q E4
    D4/q> C4 G4 E4
    D4/t C4/q... G4/q E4
    """

    kind: str = "passing"
    share: Fraction = Fraction(1, 3)

    NAME: ClassVar[str] = "ornament"
    SYNTAX: ClassVar[tuple[str, ...]] = ("kind:" + "|".join(KINDS), "share:amount")
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 6
    EXAMPLE: ClassVar[str] = "ornament turn 1/2"

    def __post_init__(self) -> None:
        """Refuse ornaments that no table knows, and shares outside 0 to 1."""
        object.__setattr__(self, "share", share_of("the share", self.share))
        one_of("ornament", self.kind, KINDS)

    def changed(self, motif: Motif) -> Motif:
        """Return the ornamented motif."""
        chosen, median = set(self._chosen(motif)), sorted(note.duration for note in motif.notes)[len(motif.notes) // 2]
        degrees = [note.degree for note in motif.notes]
        found: list[Note] = []
        for place, note in enumerate(motif.notes):
            following = next((degree for degree in degrees[place + 1 :] if degree is not None), None)
            found += self._written_out(note, following, median / 4) if place in chosen else [note]
        return motif.having("", notes=tuple(found))

    def _chosen(self, motif: Motif) -> list[int]:
        """Return the places that are ornamented: the first or last piece of each chosen note."""
        onsets, meter = motif.onsets, motif.meter
        groups = sounded(motif.notes)
        order = sorted(
            groups,
            key=lambda g: (-sum(motif.notes[i].duration for i in g), -meter.weight(onsets[g.start] - motif.pickup), g.start),
        )
        if len(order) > 1 and self.kind not in _AT_THE_ATTACK:
            order.remove(groups[-1])
        wanted = order[: max(int(len(groups) * self.share + Fraction(1, 2)), 1)]
        return [group.start if self.kind in _AT_THE_ATTACK else group[-1] for group in wanted]

    def _written_out(self, note: Note, following: Degree | None, short: Fraction) -> list[Note]:
        if note.degree is None:
            return [note]
        figure = _figure(self.kind, note.degree, following, note.duration) or _grace(note.degree, note.duration, short)
        parts = [Note(degree, length) for degree, length in figure]
        parts[0] = replace(parts[0], marks=note.marks | ({"accent"} if self.kind == "appoggiatura" else set()), chord=note.chord)
        parts[-1] = replace(parts[-1], tied=note.tied)
        return parts


def _figure(kind: str, degree: Degree, following: Degree | None, length: Fraction) -> list[tuple[Degree, Fraction]]:
    """Return the ornament's notes, together as long as the note was; none for a grace note."""
    above, below = Degree(degree.step + 1), Degree(degree.step - 1)
    if kind == "passing":
        return _passing(degree, following, length)
    if kind == "neighbor":
        return [(degree, length / 2), (above, length / 4), (degree, length / 4)]
    if kind == "turn":
        return [(degree, length / 2), *((each, length / 8) for each in (above, degree, below, degree))]
    if kind == "trill":
        pairs = max(int(length / Fraction(1, 2)), 2)
        not_too_long(2 * pairs)
        unit = length / (2 * pairs)
        return [*((each, unit) for _ in range(pairs - 1) for each in (degree, above)), (degree, 2 * unit)]
    if kind == "appoggiatura":
        return [(above, length / 2), (degree, length / 2)]
    return []


def _passing(degree: Degree, following: Degree | None, length: Fraction) -> list[tuple[Degree, Fraction]]:
    """Return the note and all steps on the way to the next one, four at most; a neighbor, away from it, where there is none between."""
    apart = following.step - degree.step if following is not None else 0
    way = -1 if apart < 0 else 1
    between = min(abs(apart) - 1, _RUN)
    if between < 1:
        beside = Degree(degree.step - way if apart else degree.step + 1)
        return [(degree, length / 2), (beside, length / 4), (degree, length / 4)]
    first = degree.step + apart - way * between
    return [(degree, length / 2), *((Degree(first + way * i), length / (2 * between)) for i in range(between))]


def _grace(degree: Degree, length: Fraction, short: Fraction) -> list[tuple[Degree, Fraction]]:
    """Return the step above, as short as said, an eighth of a quarter and a quarter of the note at most; then the note."""
    grace = min(length / 4, short, Fraction(1, 8))
    return [(Degree(degree.step + 1), grace), (degree, length - grace)]


@dataclass(frozen=True, slots=True)
class Skeleton(Transform):
    """Keep the notes that carry the line: the first, the last, and those that weigh in the bar; each lasts until the next.

    Of each beat the heaviest note stays, and the longest of equals. A motif that has no more than a note a beat keeps one for
    every two beats.

    Examples
    --------
    >>> str(Motif.parse("C4/e D4 E4 F4 | G4/q E4/e D4", meter="2/4") >> Skeleton())
    'C4/q E4 | G4 E4/e D4'
    """

    NAME: ClassVar[str] = "skeleton"
    FAMILY: ClassVar[str] = "form"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "skeleton"

    def changed(self, motif: Motif) -> Motif:
        """Return the notes that carry the line."""
        groups = sounded(motif.notes)
        if len(groups) <= 2:
            return motif
        kept = self._kept(motif, motif.meter.beat)
        if len(kept) == len(groups):
            kept = self._kept(motif, 2 * motif.meter.beat)
        return motif.having("", notes=_reaching(motif, sorted(kept)))

    def _kept(self, motif: Motif, window: Fraction) -> set[int]:
        onsets, groups = motif.onsets, sounded(motif.notes)
        best: dict[Fraction, tuple[tuple[int, Fraction, int], int]] = {}
        for group in groups:
            place = onsets[group.start] - motif.pickup
            weight = (motif.meter.weight(place), sum((motif.notes[i].duration for i in group), Fraction(0)), -group.start)
            cell = place // window * Fraction(1)
            best[cell] = max(best.get(cell, (weight, group.start)), (weight, group.start))
        return {place for _, place in best.values()} | {groups[0].start, groups[-1].start}


def _reaching(motif: Motif, kept: list[int]) -> tuple[Note, ...]:
    """Return the kept notes, each as long as it takes to the next, under the chord that holds there; rests before them stay."""
    onsets = motif.onsets
    found = list(motif.notes[: kept[0]])
    held = None
    for place, until in zip(kept, [*(onsets[following] for following in kept[1:]), motif.duration], strict=True):
        note, chord = motif.notes[place], chord_in_force(motif.notes, place)
        found.append(Note(note.degree, until - onsets[place], marks=note.marks, chord=None if chord == held else chord))
        held = chord
    return tuple(found)
