"""Strands: single voices out of lines that sound several notes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote


@dataclass(frozen=True, slots=True)
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

    @property
    def end(self) -> Fraction:
        """Return where it ends."""
        return max(note.end for note in self.notes)


def strands(line: Line) -> tuple[Strand, ...]:
    """Return the voices of a line, top one first: each note goes to the free voice whose last pitch was nearest."""
    voices: list[list[ScoreNote]] = []
    for note in sorted(line.notes, key=lambda n: (n.onset, -n.pitch.midi)):
        free = [voice for voice in voices if voice[-1].end <= note.onset]
        if free:
            min(free, key=lambda voice: abs(voice[-1].pitch.midi - note.pitch.midi)).append(note)
        else:
            voices.append([note])
    voices.sort(key=lambda voice: -_height(voice))
    return tuple(Strand(line, tuple(voice), rank) for rank, voice in enumerate(voices))


def _height(voice: Sequence[ScoreNote]) -> float:
    return round(sum(note.pitch.midi for note in voice) / len(voice), 6)
