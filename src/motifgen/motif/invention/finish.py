"""Finishing touches: notes that agree with their chords, a chromatic shade, a singable octave, articulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.chance import Chance
from motifgen.errors import RangeError
from motifgen.motif.invention.line import Drawn
from motifgen.motif.invention.skeleton import Skeleton
from motifgen.motif.motif import Motif, Note
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Degree, Mode

_FIFTH = 4
_BOTTOM, _TOP = 55, 79  # G3 to G5: what most voices and melody instruments sing without effort


def conformed(drawn: Drawn, bones: Skeleton, mode: Mode) -> Drawn:
    """Give each note the alteration that its chord has on that step: a leading tone over a major dominant.

    The two notes of the salient interval stay as they were drawn, and the tonic is never bent.
    """
    spared = {drawn.feature_at, drawn.feature_at + 1} if drawn.feature_at >= 0 else set()
    found = []
    for place, (degree, slot) in enumerate(zip(drawn.degrees, bones.slots, strict=True)):
        alter = dict(slot.chord.spelled).get(degree.step % 7, degree.alter)
        found.append(degree if place in spared or not degree.step % 7 or abs(alter) > 1 else Degree(degree.step, alter))
    return _with(drawn, found, mode)


def tinted(drawn: Drawn, mode: Mode, chance: Chance) -> Drawn:
    """Bend one inner note to a semitone from the tonic or the fifth that follows it, where there is a place for one.

    A note that is bent elsewhere would sound wrong rather than dark; so does a lowered second that falls into the tonic of a bright mode.
    """
    spots: list[tuple[int, int]] = []
    for place in range(1, len(drawn.degrees) - 1):
        note, then = drawn.degrees[place], drawn.degrees[place + 1]
        gap = drawn.heights[place + 1] - drawn.heights[place]
        leads = abs(gap) == 2 and abs(then.step - note.step) == 1 and then.step % 7 in {0, 4} and not then.alter
        leads = leads and (mode.minor or gap > 0 or then.step % 7 == _FIFTH)
        if leads and not note.alter and place not in {drawn.feature_at, drawn.feature_at + 1}:
            spots.append((place, 1 if gap > 0 else -1))
    if not spots:
        return drawn
    place, alter = chance.choose(spots)
    return _with(drawn, [*drawn.degrees[:place], Degree(drawn.degrees[place].step, alter), *drawn.degrees[place + 1 :]], mode)


def _with(drawn: Drawn, degrees: Sequence[Degree], mode: Mode) -> Drawn:
    return replace(drawn, degrees=tuple(degrees), heights=tuple(mode.semitones(degree.step) + degree.alter for degree in degrees))


def placed(motif: Motif, middle: int, compass: tuple[Pitch, Pitch] | None) -> Motif:
    """Move a motif by octaves until its middle is nearest to a MIDI key number, or into a compass.

    Raises
    ------
    RangeError
        When no octave fits the compass.
    """
    low, high = _extremes(motif)
    if compass and not fits(low, high, compass):
        raise RangeError(f"the motif's {high - low} semitones do not fit between {compass[0]} and {compass[1]} in {motif.key}; "
                         "accepted: a wider compass, or another key")  # fmt: skip
    shift = _octaves(low, high, compass[0].midi + compass[1].midi if compass else 2 * middle)
    if not compass and high + 12 * shift > _TOP and low + 12 * (shift - 1) >= _BOTTOM:
        shift -= 1
    return replace(motif, notes=tuple(_moved(note, 7 * shift) for note in motif.notes))


def fits(low: int, high: int, compass: tuple[Pitch, Pitch]) -> bool:
    """Tell whether some octave of a line (its extremes as MIDI key numbers) lies within a compass."""
    shift = 12 * _octaves(low, high, compass[0].midi + compass[1].midi)
    return compass[0].midi <= low + shift and high + shift <= compass[1].midi


def _extremes(motif: Motif) -> tuple[int, int]:
    pitches = [pitch.midi for _, _, pitch in motif.sounding()]
    return min(pitches), max(pitches)


def _octaves(low: int, high: int, twice: int) -> int:
    """Return how many octaves bring a line nearest to its middle, which is given doubled; the higher of two as near."""
    return min(range(-6, 7), key=lambda octaves: (abs(low + high + 24 * octaves - twice), -octaves))


def _moved(note: Note, steps: int) -> Note:
    return replace(note, degree=note.degree.shifted(steps)) if note.degree else note


def articulated(motif: Motif, articulation: str, salient: int) -> Motif:
    """Mark the notes as the archetype plays them; ``salient`` is the sounding note that is accented, counted from 0."""
    notes, heard = list(motif.notes), -1
    for place, note in enumerate(notes):
        if note.degree is None:
            continue
        heard += 1
        marked = (
            (articulation == "accent" and heard == salient)
            or (articulation == "staccato" and note.duration <= Fraction(1, 2))
            or (articulation == "tenuto" and note.duration >= 1 and place < len(notes) - 1 and notes[place + 1].duration <= note.duration)
        )
        notes[place] = replace(note, marks=frozenset({articulation})) if marked else note
    return replace(motif, notes=tuple(notes))
