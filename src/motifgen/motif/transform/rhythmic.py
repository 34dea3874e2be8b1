"""Time: longer and shorter, elsewhere in the bar, with other values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note, varied
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.limits import one_of, positive
from motifgen.motif.transform.strands import groups, sounded
from motifgen.theory.scale import Degree
from motifgen.theory.time import Meter


@dataclass(frozen=True, slots=True)
class Augment(Transform):
    """Make every duration, and the pickup, longer by a ratio.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e") >> Augment(Fraction(2)))
    'D4/h A4/h. G4/q'
    """

    ratio: Fraction = Fraction(2)

    if TYPE_CHECKING:
        # What may be given is wider than what is kept: type checkers read this, Python what the dataclass makes.
        def __init__(self, ratio: Fraction | float | str = 2) -> None:
            """Take a ratio as people write it."""

    NAME: ClassVar[str] = "augment"
    SYNTAX: ClassVar[tuple[str, ...]] = ("ratio:ratio",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 7
    EXAMPLE: ClassVar[str] = "augment 2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse ratios of 0 or less."""
        object.__setattr__(self, "ratio", positive(self.ratio))

    def changed(self, motif: Motif) -> Motif:
        """Return the longer motif."""
        return lengthened(motif, self.ratio)


@dataclass(frozen=True, slots=True)
class Diminish(Transform):
    """Make every duration, and the pickup, shorter by a ratio.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e") >> Diminish(Fraction(2)))
    'D4/e A4/e. G4/s'
    """

    ratio: Fraction = Fraction(2)

    if TYPE_CHECKING:
        # What may be given is wider than what is kept: type checkers read this, Python what the dataclass makes.
        def __init__(self, ratio: Fraction | float | str = 2) -> None:
            """Take a ratio as people write it."""

    NAME: ClassVar[str] = "diminish"
    SYNTAX: ClassVar[tuple[str, ...]] = ("ratio:ratio",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 7
    EXAMPLE: ClassVar[str] = "diminish 2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse ratios of 0 or less."""
        object.__setattr__(self, "ratio", positive(self.ratio))

    def changed(self, motif: Motif) -> Motif:
        """Return the shorter motif."""
        return lengthened(motif, 1 / self.ratio)


def lengthened(motif: Motif, ratio: Fraction) -> Motif:
    """Return the motif with every duration multiplied."""
    known: dict[tuple[int, int], Fraction] = {}  # multiplying fractions is slow, and motifs have few note values
    notes = []
    for note in motif.notes:
        value = note.duration
        key = value.as_integer_ratio()
        longer = known.get(key)
        if longer is None:
            longer = known[key] = value * ratio
        notes.append(varied(note, note.degree, longer, note.chord))
    pickup = motif.pickup
    if pickup:
        pickup = known.get(pickup.as_integer_ratio()) or pickup * ratio
    return motif.having(notes=tuple(notes), pickup=pickup)


@dataclass(frozen=True, slots=True)
class Displace(Transform):
    """Begin so many quarters later in the bar: the same notes against other accents.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4 G4 F4") >> Displace(Fraction(1)))
    'D4/q A4 G4 | F4'
    """

    by: Fraction = Fraction(1)

    NAME: ClassVar[str] = "displace"
    SYNTAX: ClassVar[tuple[str, ...]] = ("by:ratio",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 6
    EXAMPLE: ClassVar[str] = "displace 1/2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse 0 or less."""
        object.__setattr__(self, "by", positive(self.by))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif elsewhere in the bar."""
        return motif.having("", pickup=(motif.pickup - self.by) % motif.meter.bar)


@dataclass(frozen=True, slots=True)
class Syncopate(Transform):
    """Let notes on accented beats begin early, tied over the beat; the note before gives the time.

    Parameters
    ----------
    by : Fraction
        How much earlier, in quarters. Only notes whose neighbor before is longer than this are moved.

    Examples
    --------
    >>> str(Motif.parse("D4/q E4 F4 G4 | A4/w") >> Syncopate())
    'D4/q E4/e F4/q. G4/e A4/=9/2'
    """

    by: Fraction = Fraction(1, 2)

    NAME: ClassVar[str] = "syncopate"
    SYNTAX: ClassVar[tuple[str, ...]] = ("by:ratio",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 6
    EXAMPLE: ClassVar[str] = "syncopate 1/2"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse 0 or less."""
        object.__setattr__(self, "by", positive(self.by))

    def changed(self, motif: Motif) -> Motif:
        """Return the syncopated motif; if no accented beat has a note to move, other beats are tried."""
        onsets, meter = motif.onsets, motif.meter
        weights = {group.start: meter.weight(onsets[group.start] - motif.pickup) for group in sounded(motif.notes)[1:]}
        for least in (3, 2, 1):
            chosen = [place for place, weight in weights.items() if weight >= least and motif.notes[place - 1].duration > self.by]
            if chosen:
                return motif.having("", notes=self._early(motif.notes, chosen))
        return motif

    def _early(self, notes: tuple[Note, ...], chosen: list[int]) -> tuple[Note, ...]:
        found = list(notes)
        for place in chosen:
            found[place - 1] = replace(found[place - 1], duration=found[place - 1].duration - self.by)
            found[place] = replace(found[place], duration=found[place].duration + self.by)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Dot(Transform):
    """Dot pairs of equal notes: three quarters and a quarter of their time; ``short`` puts the short one first.

    The second of a pair weighs no more in the bar than the first: no note is pushed off its accent.

    Examples
    --------
    >>> motif = Motif.parse("D4/q E4 F4/h")
    >>> str(motif >> Dot()), str(motif >> Dot("short"))
    ('D4/q. E4/e F4/h', 'D4/e E4/q. F4/h')
    """

    first: str = "long"

    NAME: ClassVar[str] = "dot"
    SYNTAX: ClassVar[tuple[str, ...]] = ("first:long|short",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 6
    EXAMPLE: ClassVar[str] = "dot"

    def __post_init__(self) -> None:
        """Refuse what is neither."""
        one_of("first note of a dotted pair", self.first, ("long", "short"))

    def changed(self, motif: Motif) -> Motif:
        """Return the dotted motif."""
        found, place = list(motif.notes), 0
        single = {group.start for group in sounded(motif.notes) if len(group) == 1}
        share = Fraction(3, 2) if self.first == "long" else Fraction(1, 2)
        weights = [motif.meter.weight(onset - motif.pickup) for onset in motif.onsets]
        while place + 1 < len(found):
            now, then = found[place], found[place + 1]
            pair = place in single and place + 1 in single and weights[place] >= weights[place + 1]
            if pair and now.duration == then.duration:
                found[place] = replace(now, duration=now.duration * share)
                found[place + 1] = replace(then, duration=then.duration * (2 - share))
                place += 1
            place += 1
        return motif.having("", notes=tuple(found))


@dataclass(frozen=True, slots=True)
class EvenOut(Transform):
    """Give every note the same length, of those that the meter counts in the nearest to their mean; rests go, but for one at the beginning.

    What began on the first downbeat still does.

    Examples
    --------
    >>> str(Motif.parse("D4/q. E4/e F4/h r/q G4/q") >> EvenOut())
    'D4/q E4 F4 G4'
    """

    NAME: ClassVar[str] = "even out"
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 8
    EXAMPLE: ClassVar[str] = "even out"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif in equal notes; chords that began on a rest or within a note begin with the next note."""
        places = sounded(motif.notes)
        if not places:
            return motif
        mean = sum(motif.notes[i].duration for group in places for i in group) / Fraction(len(places))
        value = min(_values(motif.meter), key=lambda length: (max(length / mean, mean / length), length))
        found, chord = list(motif.notes[: places[0].start]), None
        for group in groups(motif.notes[places[0].start :]):
            first, *more = motif.notes[places[0].start + group.start : places[0].start + group.stop]
            chord = first.chord or chord
            if first.sounds:
                found.append(Note(first.degree, value, marks=first.marks, chord=chord))
                chord = next((note.chord for note in reversed(more) if note.chord), None)
        early = sum(motif.onsets[group.start] < motif.pickup for group in places)
        upbeat = (motif.onsets[places[0].start] + early * value) % motif.meter.bar if early else motif.pickup
        return motif.having("", notes=tuple(found), pickup=upbeat)


def _values(meter: Meter) -> tuple[Fraction, ...]:
    """Return the note values in which a meter counts: halves and doubles of the beat, thirds of a compound one, and the bar."""
    if meter.compound:
        return (meter.beat / 6, meter.beat / 3, meter.beat, 2 * meter.beat, meter.bar)
    return (Fraction(1, 8), Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4), meter.bar)


@dataclass(frozen=True, slots=True)
class RhythmAlone(Transform):
    """Put every note on one degree, the tonic unless another is given: the theme as a drum would play it.

    Examples
    --------
    >>> str(Motif.parse("D4/q A4/q. G4/e F4/q", key="D minor") >> RhythmAlone())
    'D4/q D4/q. D4/e D4/q'
    """

    degree: Degree = field(default=Degree(0))

    NAME: ClassVar[str] = "rhythm"
    SYNTAX: ClassVar[tuple[str, ...]] = ("degree:degree",)
    FAMILY: ClassVar[str] = "time"
    RUNG: ClassVar[int] = 12
    EXAMPLE: ClassVar[str] = "rhythm 5"

    def changed(self, motif: Motif) -> Motif:
        """Return the rhythm on one degree."""
        notes = tuple(replace(note, degree=self.degree) if note.sounds else note for note in motif.notes)
        return motif.having("", notes=notes)
