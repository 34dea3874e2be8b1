"""Finishing touches: notes that agree with their chords, a chromatic shade, a singable octave, articulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.chance import Chance
from motifgen.errors import RangeError
from motifgen.motif.invention.harmony import Implied, chord_at
from motifgen.motif.invention.line import LineBrief
from motifgen.motif.invention.rhythm import Rhythm
from motifgen.motif.motif import Motif, Note
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Degree, Mode

_MIDDLE = 68


def conformed(line: Sequence[Degree], rhythm: Rhythm, chords: Sequence[Implied], brief: LineBrief) -> tuple[Degree, ...]:
    """Give each note the alteration that its chord has on that step: a leading tone over a major dominant.

    The two notes of the salient interval stay as they were drawn.
    """
    spared = {brief.feature_at, brief.feature_at + 1}
    found = []
    for place, (degree, onset) in enumerate(zip(line, rhythm.onsets, strict=True)):
        alter = dict(chord_at(chords, onset).spelled).get(degree.step % 7, degree.alter)
        found.append(degree if place in spared or abs(alter) > 1 else Degree(degree.step, alter))
    return tuple(found)


def tinted(line: Sequence[Degree], mode: Mode, brief: LineBrief, chance: Chance) -> tuple[Degree, ...]:
    """Bend one inner note to a semitone from the next one: a chromatic neighbour, where there is a place for one."""
    spots: list[tuple[int, int]] = []
    for place in range(1, len(line) - 1):
        note, then = line[place], line[place + 1]
        gap = mode.semitones(then.step) + then.alter - mode.semitones(note.step) - note.alter
        if abs(gap) == 2 and abs(then.step - note.step) == 1 and not note.alter and place not in {brief.feature_at, brief.feature_at + 1}:
            spots.append((place, 1 if gap > 0 else -1))
    if not spots:
        return tuple(line)
    place, alter = chance.choose(spots)
    return (*line[:place], Degree(line[place].step, alter), *line[place + 1 :])


def placed(motif: Motif, compass: tuple[Pitch, Pitch] | None) -> Motif:
    """Move a motif by octaves to where it sings best, or into a compass.

    Raises
    ------
    RangeError
        When no octave fits the compass.
    """
    low, high = _extremes(motif)
    if compass and not fits(motif, compass):
        raise RangeError(f"the motif's {high - low} semitones do not fit between {compass[0]} and {compass[1]} in {motif.key}; "
                         "accepted: a wider compass, or another key")  # fmt: skip
    shift = _octaves(low, high, compass)
    return replace(motif, notes=tuple(_moved(note, 7 * shift) for note in motif.notes))


def fits(motif: Motif, compass: tuple[Pitch, Pitch]) -> bool:
    """Tell whether some octave of a motif lies within a compass."""
    low, high = _extremes(motif)
    shift = 12 * _octaves(low, high, compass)
    return compass[0].midi <= low + shift and high + shift <= compass[1].midi


def _extremes(motif: Motif) -> tuple[int, int]:
    pitches = [pitch.midi for _, _, pitch in motif.sounding()]
    return min(pitches), max(pitches)


def _octaves(low: int, high: int, compass: tuple[Pitch, Pitch] | None) -> int:
    """Return how many octaves bring a line nearest to the middle of where it should be."""
    middle = compass[0].midi + compass[1].midi if compass else 2 * _MIDDLE
    return min(range(-6, 7), key=lambda octaves: (abs(low + high + 24 * octaves - middle), octaves))


def _moved(note: Note, steps: int) -> Note:
    return replace(note, degree=note.degree.shifted(steps)) if note.degree else note


def articulated(motif: Motif, articulation: str, salient: int) -> Motif:
    """Mark the notes as the archetype plays them; ``salient`` is the interval whose upper end is accented."""
    notes = list(motif.notes)
    for place, note in enumerate(notes):
        marked = (
            (articulation == "accent" and place == salient + 1)
            or (articulation == "staccato" and note.duration <= Fraction(1, 2))
            or (articulation == "tenuto" and note.duration >= 1 and place < len(notes) - 1 and notes[place + 1].duration <= note.duration)
        )
        notes[place] = replace(note, marks=frozenset({articulation})) if marked else note
    return replace(motif, notes=tuple(notes))
