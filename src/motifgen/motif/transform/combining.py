"""Meeting oneself: the follower of a canon or stretto, and a line under the theme; `joined` puts it together with its motif."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import shifted_chord
from motifgen.motif.transform.harmonic import semitones
from motifgen.motif.transform.limits import positive
from motifgen.motif.transform.strands import chord_in_force, mapped
from motifgen.theory.scale import Degree

_BELOW = (-2, -5, -9, -7, -4, -12, -14)
_PERFECT = (4, 7, 11, 14)
_CONSONANT = (0, 3, 4, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class Canon(Transform):
    """Follow: wait, then say the same so many degrees higher or lower. The result is the follower's line.

    Parameters
    ----------
    distance : Fraction
        How many quarters later it begins.
    steps : int
        Scale steps higher; ``down 3`` is -3; 7 is an octave.

    Examples
    --------
    >>> str(Motif.parse("C4/q E4 G4 C5") >> Canon(Fraction(2), -7))
    'r/h C3/q E3 | G3 C4'
    """

    distance: Fraction = Fraction(4)
    steps: int = -7

    NAME: ClassVar[str] = "canon"
    SYNTAX: ClassVar[tuple[str, ...]] = ("distance:ratio", "steps:integer")
    FAMILY: ClassVar[str] = "meeting"
    RUNG: ClassVar[int] = 2
    EXAMPLE: ClassVar[str] = "canon 4 down 7"

    def __post_init__(self) -> None:
        """Take whole numbers as fractions; refuse 0 or less."""
        object.__setattr__(self, "distance", positive(self.distance))

    def changed(self, motif: Motif) -> Motif:
        """Return the follower's line."""
        return _following(motif, self.distance, self.steps)


@dataclass(frozen=True, slots=True)
class Stretto(Transform):
    """Follow closely: enter on a beat before the theme has ended. The result is the follower's line.

    Parameters
    ----------
    share : Fraction
        How much of the theme is waited for, more than 0 and less than 1, to the nearest beat inside it where there is one.
    steps : int
        Scale steps higher; ``down 3`` is -3; 7 is an octave.

    Examples
    --------
    >>> str(Motif.parse("C4/q E4 G4 C5") >> Stretto(Fraction(1, 4), 4))
    'r/q G4 B4 D5 | G5'
    """

    share: Fraction = Fraction(1, 2)
    steps: int = -7

    NAME: ClassVar[str] = "stretto"
    SYNTAX: ClassVar[tuple[str, ...]] = ("share:amount", "steps:integer")
    FAMILY: ClassVar[str] = "meeting"
    RUNG: ClassVar[int] = 2
    EXAMPLE: ClassVar[str] = "stretto 1/2 down 7"

    def __post_init__(self) -> None:
        """Take numbers as fractions; refuse shares that are no stretto."""
        object.__setattr__(self, "share", Fraction(self.share))
        if not 0 < self.share < 1:
            raise RangeError(f"the share is {self.share}; accepted: more than 0 and less than 1")

    def changed(self, motif: Motif) -> Motif:
        """Return the follower's line."""
        exact, beat = motif.duration * self.share, motif.meter.beat
        on_beat = (exact / beat + Fraction(1, 2)) // 1 * beat
        return _following(motif, on_beat if 0 < on_beat < motif.duration else exact, self.steps)


def _following(motif: Motif, distance: Fraction, steps: int) -> Motif:
    mode = motif.key.mode
    notes = mapped(motif, lambda degree: degree.shifted(steps), lambda chord: shifted_chord(chord, steps, mode))
    return motif.having(notes=(Note(None, distance), *notes))


@dataclass(frozen=True, slots=True)
class CounterLine(Transform):
    """Sing under the theme: slower, consonant with it on every accent, against its direction, without parallel fifths or octaves.

    The line has a note for each accented beat on which, or since which, the theme has moved, and for each chord; it takes the
    theme's chords with it. Notes are chosen from thirds, sixths, tenths, fifths and octaves below, within the chord where there
    is one, by least cost over the whole line.

    Examples
    --------
    >>> str(Motif.parse("C5/q D5 E5 F5 | G5/h C5/h") >> CounterLine())
    'A4/h C5 | B4 A4'
    """

    NAME: ClassVar[str] = "counter-line"
    FAMILY: ClassVar[str] = "meeting"
    RUNG: ClassVar[int] = 12
    EXAMPLE: ClassVar[str] = "counter-line"

    def changed(self, motif: Motif) -> Motif:
        """Return the line under the motif; where the motif rests, it rests."""
        starts = _accents(motif)
        onsets = motif.onsets
        ends = [*(onsets[place] for place in starts[1:]), motif.duration]
        degrees = _least_cost([_choices(motif, place) for place in starts], [motif.notes[place].degree for place in starts])
        notes = tuple(
            Note(degree, end - onsets[place], chord=motif.notes[place].chord)
            for place, end, degree in zip(starts, ends, degrees, strict=True)
        )
        return motif.having(notes=notes)


def _accents(motif: Motif) -> list[int]:
    """Return the places at which the line moves: the first note, new chords, and the first attack of each accented stretch."""
    found, seen = [0], {Fraction(0)}
    stretch = motif.meter.accents[1] if len(motif.meter.accents) > 1 else motif.meter.bar
    previous = (-motif.pickup) // stretch
    for place, (onset, note) in enumerate(zip(motif.onsets, motif.notes, strict=True)):
        cell = (onset - motif.pickup) // stretch
        silent = (note.degree is None) != (motif.notes[place - 1].degree is None) if place else False
        if onset not in seen and (note.chord is not None or cell != previous or silent):
            found.append(place)
            seen.add(onset)
        previous = cell
    return found


def _choices(motif: Motif, place: int) -> list[Degree | None]:
    """Return the degrees that may stand under a note, best first; a rest stands under a rest."""
    degree, mode = motif.notes[place].degree, motif.key.mode
    if degree is None:
        return [None]
    chord = chord_in_force(motif.notes, place)
    allowed = semitones(chord, mode) if chord is not None else None
    top = mode.semitones(degree.step) + degree.alter
    below = [Degree(degree.step + steps) for steps in _BELOW]
    fine = [each for each in below if (top - mode.semitones(each.step)) % 12 in _CONSONANT]
    held = [each for each in fine if allowed is not None and mode.semitones(each.step) % 12 in allowed]
    return [*(held or fine or below)]


def _least_cost(choices: list[list[Degree | None]], tops: list[Degree | None]) -> list[Degree | None]:
    """Return one of each list of choices, so that the line costs least."""
    paths: list[tuple[int, list[Degree | None]]] = [(0, [])]
    for order, options in enumerate(choices):
        grown = []
        for rank, option in enumerate(options):
            steps = [(cost + rank + _move(path, option, tops, order), [*path, option]) for cost, path in paths]
            grown.append(min(steps, key=lambda step: step[0]))
        paths = grown
    return min(paths, key=lambda path: path[0])[1]


def _move(path: list[Degree | None], option: Degree | None, tops: list[Degree | None], order: int) -> int:
    """Return what it costs to go on: leaps, standing still, going along with the theme, parallel fifths and octaves."""
    before, top = (path[-1], tops[order]) if path else (None, None)
    top_before = tops[order - 1] if order else None
    if before is None or option is None or top is None or top_before is None:
        return 0
    own, theirs = option.step - before.step, top.step - top_before.step
    parallel = own == theirs != 0 and (top.step - option.step) in _PERFECT
    along = own * theirs > 0
    return max(abs(own) - 1, 0) + (2 if not own else 0) + (2 if along else 0) + (50 if parallel else 0)
