"""Small moves with score notes that several generators share: cutting, spelling near a pitch, chord and scale tones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from motifgen.compose.desk import ScoreNote
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

SHORTEST = Fraction(1, 8)


@lru_cache(maxsize=4096)
def near(name: PitchClass, key: int) -> Pitch:
    """Return the pitch of a name that is nearest to a MIDI key; of two, the lower.

    Examples
    --------
    >>> str(near(PitchClass.parse("Bb"), 60))
    'Bb3'
    """
    base = name.at(4)
    return base.octaves(-((base.midi - key + 6) // 12))


def within(name: PitchClass, low: int, high: int) -> tuple[Pitch, ...]:
    """Return every pitch of a name from one MIDI key to another, lowest first.

    Examples
    --------
    >>> [str(p) for p in within(PitchClass.parse("F#"), 50, 70)]
    ['F#3', 'F#4']
    """
    first = near(name, low)
    first = first if first.midi >= low else first.octaves(1)
    count = max((high - first.midi) // 12 + 1, 0)
    return tuple(first.octaves(octave) for octave in range(count))


@lru_cache(maxsize=4096)
def tones(chord: Chord, low: int, high: int) -> tuple[Pitch, ...]:
    """Return the chord's pitches in a range, lowest first."""
    return _sorted(chord.names, low, high)


@lru_cache(maxsize=4096)
def steps(key: Key, chord: Chord, low: int, high: int) -> tuple[Pitch, ...]:
    """Return the scale's pitches in a range, bent to the chord where they disagree, lowest first."""
    own = {name.step: name for name in chord.names}
    return _sorted(tuple(own.get(name.step, name) for name in key.scale), low, high)


def _sorted(names: Iterable[PitchClass], low: int, high: int) -> tuple[Pitch, ...]:
    found = {pitch.midi: pitch for name in names for pitch in within(name, low, high)}
    return tuple(found[key] for key in sorted(found))


def outside(notes: Iterable[ScoreNote], spans: Iterable[Span]) -> tuple[ScoreNote, ...]:
    """Return notes without what lies in the spans: a note that runs into one ends there, one that begins in it goes.

    What is left after a span of a note that began before it is not struck again.
    """
    found = tuple(notes)
    for span in spans:
        found = tuple(_cut(found, span))
    return found


def _cut(notes: Iterable[ScoreNote], span: Span) -> Iterator[ScoreNote]:
    """Go through notes around a span; floats are told apart sooner, and places that differ lie further apart than their grain."""
    start, end = float(span.start), float(span.end)
    for note in notes:
        onset, until = note.quarters
        if onset >= end or until <= start:
            yield note
        elif onset < start and span.start - note.onset >= SHORTEST:
            yield replace(note, duration=span.start - note.onset)
