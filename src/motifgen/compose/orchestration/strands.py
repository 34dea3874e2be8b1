"""Strands: single voices out of lines that sound several notes at once, with what every player asks of them, read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.orchestration.fit import octave_for, sourness, strain
from motifgen.orchestra.instrument import Instrument


@dataclass(frozen=True)
class Strand:
    """One voice of a line: notes that never overlap.

    Parameters
    ----------
    line : Line
    notes : tuple[ScoreNote, ...]
    rank : int
        0 is the top voice.
    """

    line: Line
    notes: tuple[ScoreNote, ...]
    rank: int = 0

    @property
    def start(self) -> Fraction:
        """Return where it begins."""
        return self.notes[0].onset

    def within(self, start: float, end: float) -> Strand:
        """Return what of it begins between two places."""
        if start <= self.span[0] and self.span[1] <= end:
            return self
        if (start, end) not in self._pieces:
            notes = tuple(note for note in self.notes if start <= note.quarters[0] < end)
            self._pieces[start, end] = Strand(self.line, notes, self.rank)
        return self._pieces[start, end]

    def octave(self, instrument: Instrument, wished: int, reach: int = 2) -> int | None:
        """Return by how many octaves it moves for an instrument (see `octave_for`); all who play that one share the answer."""
        asked = (instrument.name, wished, reach)
        if asked not in self._octaves:
            self._octaves[asked] = octave_for(instrument, self.keys, wished=wished, reach=reach)
        return self._octaves[asked]

    def outside(self, instrument: Instrument, octave: int, *, held: bool = False) -> float:
        """Return how far it lies from where an instrument sounds well (`sourness`), or where it is held without effort (`strain`)."""
        asked = (instrument.name, octave, held)
        if asked not in self._outside:
            self._outside[asked] = (strain if held else sourness)(instrument, self.keys, octave)
        return self._outside[asked]

    @cached_property
    def middle(self) -> float:
        """Return its mean MIDI key."""
        return sum(key * count for key, count in self.keys) / sum(count for _, count in self.keys)

    @cached_property
    def span(self) -> tuple[float, float]:
        """Return its begin and end in quarters, as floats for quick comparison."""
        return self.notes[0].quarters[0], max(note.quarters[1] for note in self.notes[-3:])

    @cached_property
    def keys(self) -> tuple[tuple[int, int], ...]:
        """Return every MIDI key with how often it is played, lowest first."""
        return tuple(sorted(Counter(note.pitch.midi for note in self.notes).items()))

    @cached_property
    def _pieces(self) -> dict[tuple[float, float], Strand]:
        return {}

    @cached_property
    def _octaves(self) -> dict[tuple[str, int, int], int | None]:
        return {}

    @cached_property
    def _outside(self) -> dict[tuple[str, int, bool], float]:
        return {}

    @cached_property
    def busiest(self) -> float:
        """Return the most onsets a quarter over five notes in a row; 0 for fewer than three notes."""
        onsets = [note.quarters[0] for note in self.notes]
        if len(onsets) < 3:
            return 0.0
        width = min(4, len(onsets) - 1)
        return max(width / max(late - early, 0.03) for early, late in zip(onsets, onsets[width:], strict=False))


def strands(line: Line) -> tuple[Strand, ...]:
    """Return the voices of a line, top one first; voices do not cross: the highest free voice takes the highest note."""
    if line.role not in {"pad", "arpeggio", "hit", "percussion"}:
        return (Strand(line, line.notes),)
    voices: list[list[ScoreNote]] = []
    ends: list[tuple[float, int]] = []
    together = Counter(note.quarters[0] for note in line.notes)
    for note in sorted(line.notes, key=lambda n: (n.quarters[0], -n.pitch.midi)):
        (onset, end), key = note.quarters, note.pitch.midi
        free = [at for at, (until, _) in enumerate(ends) if until <= onset]
        at = _kept(free, ends, together[onset]) if free else len(voices)
        together[onset] -= 1
        if at == len(voices):
            voices.append([])
            ends.append((0.0, key))
        voices[at].append(note)
        ends[at] = (end, key)
    voices.sort(key=lambda voice: -_height(voice))
    return tuple(Strand(line, tuple(voice), rank) for rank, voice in enumerate(voices))


def _kept(free: Sequence[int], ends: Sequence[tuple[float, int]], coming: int) -> int:
    """Return the free voice that takes the highest of the notes still to come: the top one, unless more voices than notes are free."""
    ranked = sorted(free, key=lambda place: -ends[place][1])
    return ranked[max(len(ranked) - coming, 0) // 2]


def _height(voice: Sequence[ScoreNote]) -> float:
    return round(sum(note.pitch.midi for note in voice) / len(voice), 6)
