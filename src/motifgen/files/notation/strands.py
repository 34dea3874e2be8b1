"""What is played in each bar, and by whom: the strands that a short score is drawn from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from motifgen.files.notation.hands import hands
from motifgen.files.notation.voices import tidied
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart

_SUSTAINED = Fraction(1)


@dataclass(frozen=True, slots=True)
class Strand:
    """Notes of one part that belong together: those of one statement of a theme (``statement``), or (-1) what one hand or player adds."""

    part: StaffPart
    statement: int
    notes: tuple[StaffNote, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What a strand does in one bar: its notes there, cut at nothing; those that began before it are ``held``.

    Parameters
    ----------
    strand : Strand
    bar : StaffBar
    notes : tuple[StaffNote, ...]
        All notes that sound in the bar.
    """

    strand: Strand
    bar: StaffBar
    notes: tuple[StaffNote, ...]

    @property
    def weight(self) -> float:
        """Return how much is heard of it: level times length."""
        return sum(note.level * float(min(note.end, self.bar.end) - max(note.onset, self.bar.start)) for note in self.notes)

    @property
    def height(self) -> float:
        """Return the mean MIDI key."""
        return sum(note.pitch.midi for note in self.notes) / len(self.notes)

    @property
    def rhythm(self) -> tuple[Fraction, ...]:
        """Return where its notes begin."""
        return tuple(sorted({note.onset for note in self.notes}))

    @property
    def sustained(self) -> bool:
        """Tell whether its notes last a quarter or more in the mean, and are not rolled."""
        rhythm = self.rhythm
        return sum(note.duration for note in self.notes) >= _SUSTAINED * len(self.notes) and len(rhythm) <= self.bar.meter.bar

    def names(self) -> frozenset[tuple[Fraction, int]]:
        """Return (onset, pitch class) of its notes: what a doubling in any octave shares."""
        return frozenset((note.onset, note.pitch.midi % 12) for note in self.notes)


def strands(score: Score) -> Iterator[Strand]:
    """Yield the pitched strands of a score: each statement in each part, and the rest of each part; of keyboards, of each hand."""
    end = score.bars[-1].end if score.bars else Fraction(0)
    for part in score.parts:
        if part.clef == "percussion":
            continue
        notes, _ = tidied([note for note in part.notes if note.onset < end])
        for number in sorted({note.statement for note in notes if note.statement >= 0}):
            yield Strand(part, number, tuple(note for note in notes if note.statement == number))
        other = tuple(note for note in notes if note.statement < 0)
        for each in hands(other) if part.keyboard else (other,):
            if each:
                yield Strand(part, -1, each)


def by_bar(found: Sequence[Strand], bars: Sequence[StaffBar]) -> list[list[Played]]:
    """Return for every bar what each strand plays there; silent ones are left out.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> from motifgen.theory.time import Meter
    >>> bars = [StaffBar(Fraction(4 * n), Meter(4, 4), 90.0) for n in range(2)]
    >>> note = StaffNote(Fraction(2), Fraction(3), Pitch.parse("C4"), 0.5)
    >>> part = StaffPart("Oboe", "oboe", 0, "treble", 68, False, (note,))
    >>> [len(each) for each in by_bar([Strand(part, -1, (note,))], bars)]
    [1, 1]
    """
    made: list[list[Played]] = [[] for _ in bars]
    starts = [bar.start for bar in bars]
    for strand in found:
        inside: dict[int, list[StaffNote]] = {}
        for note in strand.notes:
            for number in range(max(bisect_right(starts, note.onset) - 1, 0), bisect_left(starts, note.end)):
                inside.setdefault(number, []).append(note)
        for number, notes in inside.items():
            made[number].append(Played(strand, bars[number], tuple(notes)))
    return made
