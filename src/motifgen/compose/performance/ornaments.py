"""Notes that are written as one and struck many times: rolls and tremolos of what cannot hold a note, trills of everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.compose.desk import ChordSpan, ScoreNote, ScorePart
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key

ROLL, REPEATED = 11, 6
DIVISIONS = (3, 4, 6, 8, 12, 16, 24, 32)


def struck_out(part: ScorePart, chords: Sequence[ChordSpan], tempo: TempoMap) -> ScorePart:
    """Return a part with its trills, and the tremolos of instruments that cannot hold a note, as single strokes.

    Strokes are even divisions of the quarter, as near to eleven a second as the tempo allows, or to six where keys and
    strings are struck again; a trill ends on the written pitch.
    """
    wanted = {"trill"} if part.instrument.sustained else {"trill", "tremolo"}
    if all(wanted.isdisjoint(note.marks) for note in part.notes):
        return part
    rate = ROLL if part.instrument.sustained or part.instrument.family == "percussion" else REPEATED
    notes: list[ScoreNote] = []
    for note in part.notes:
        notes += [note] if wanted.isdisjoint(note.marks) else _strokes(note, chords, tempo, ROLL if "trill" in note.marks else rate)
    return replace(part, notes=tuple(notes))


def _strokes(note: ScoreNote, chords: Sequence[ChordSpan], tempo: TempoMap, rate: int) -> Iterator[ScoreNote]:
    quarter = tempo.seconds((note.onset + 1) * PPQ) - tempo.seconds(note.onset * PPQ)
    unit = Fraction(1, min(DIVISIONS, key=lambda division: abs(division - rate * quarter)))
    count = max(int(note.duration / unit), 1)
    count -= 1 - count % 2 if "trill" in note.marks and count > 1 else 0
    other = _neighbour(note, chords) if "trill" in note.marks else note.pitch
    length = note.duration / count
    for i in range(count):
        marks = note.marks - {"trill", "tremolo"} - (frozenset() if i == 0 else {"accent", "marcato"})
        level = note.level if i == 0 else max(note.level - 0.04 - 0.02 * (i % 2), 0.0)
        yield replace(note, onset=note.onset + i * length, duration=length, pitch=other if i % 2 else note.pitch, level=level, marks=marks)


def _neighbour(note: ScoreNote, chords: Sequence[ChordSpan]) -> Pitch:
    """Return the next pitch of the key above."""
    key = next((span.key for span in chords if note.onset in span.span), None)
    if key is None:
        key = Key.parse("C major") if not chords else min(chords, key=lambda span: abs(span.span.start - note.onset)).key
    return key.pitch(replace(key.degree(note.pitch).shifted(1), alter=0))
