"""Notes, chords, rests and strokes of percussion as music21 elements."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import music21

from motifgen.files.musicxml.accidentals import Printed
from motifgen.files.notation import drums
from motifgen.files.notation.signatures import head
from motifgen.files.notation.staff import Sound, Staff
from motifgen.theory.pitch import Pitch

MARKS = {
    "accent": "Accent", "staccato": "Staccato", "tenuto": "Tenuto", "marcato": "StrongAccent", "spiccato": "Spiccato",
    "staccatissimo": "Staccatissimo",
}  # fmt: skip
#: Mark -> those that say it already; players who share a staff may have both.
_STRONGER = {"accent": frozenset({"marcato"}), "staccato": frozenset({"staccatissimo", "spiccato"})}
_SIGNS = {-1: "flat", 0: "natural", 1: "sharp"}


def rest(length: Fraction, *, hidden: bool = False, full: bool = False) -> Any:
    """Return a rest; a hidden one keeps its time and is not printed."""
    made = music21.note.Rest(quarterLength=length)
    made.fullMeasure = full
    if hidden:
        made.style.hideObjectOnPrint = True
    return made


def element(sound: Sound, staff: Staff, bar: int, printed: Printed) -> Any:
    """Return what is written for a sound: its heads at written pitch, accidentals, ties, articulations, tremolo strokes."""
    made = _struck(sound) if staff.drums else _pitched(sound, staff, bar, printed)
    if sound.tied or sound.continues:
        made.tie = music21.tie.Tie("continue" if sound.tied and sound.continues else "start" if sound.tied else "stop")
    given = {mark for note in sound.notes for mark in note.marks}
    marks = sorted(mark for mark in given if not given & _STRONGER.get(mark, frozenset()))
    if not sound.continues:
        made.articulations = [getattr(music21.articulations, MARKS[mark])() for mark in marks if mark in MARKS]
    if "tremolo" in marks:
        strokes = music21.expressions.Tremolo()
        strokes.numberOfMarks = max(1, 3 - {"eighth": 1, "16th": 2}.get(made.duration.type, 0))
        made.expressions.append(strokes)
    return made


def _pitched(sound: Sound, staff: Staff, bar: int, printed: Printed) -> Any:
    heads = sorted({head(note.pitch, staff.shifts[bar]) for note in sound.notes}, key=lambda pitch: pitch.semitones)
    heads = [pitch for number, pitch in enumerate(heads) if not number or pitch.semitones != heads[number - 1].semitones]
    down = 1 if staff.octave_clef else 0
    pitches = [_pitch(each.octaves(-down), shown=printed.needs(each, tied=sound.continues)) for each in heads]
    if len(pitches) == 1:
        return music21.note.Note(pitches[0], quarterLength=sound.duration)
    return music21.chord.Chord(pitches, quarterLength=sound.duration)


def _pitch(written: Pitch, *, shown: bool) -> Any:
    made = music21.pitch.Pitch()
    made.step, made.octave = "CDEFGAB"[written.steps % 7], written.octave
    if written.alter or shown:
        made.accidental = music21.pitch.Accidental(_SIGNS[written.alter])
        made.accidental.displayStatus = shown
    return made


def _struck(sound: Sound) -> Any:
    places = {drums.place(note.pitch.midi) for note in sound.notes}
    strokes = []
    for place, shape in sorted(places):
        stroke = music21.note.Unpitched(displayName=place, quarterLength=sound.duration)
        stroke.notehead = shape
        strokes.append(stroke)
    return strokes[0] if len(strokes) == 1 else music21.percussion.PercussionChord(strokes, quarterLength=sound.duration)
