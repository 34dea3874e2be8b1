"""From a written part to music21 measures: voices, dynamics, hairpins, articulations, texts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import music21

from motifgen.files.musicxml.accidentals import show_accidentals
from motifgen.files.musicxml.rhythm import Sound, fill, voices
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart
from motifgen.theory.pitch import Interval, Pitch
from motifgen.theory.scale import Key

LEVELS = ((0.08, "ppp"), (0.2, "pp"), (0.34, "p"), (0.46, "mp"), (0.6, "mf"), (0.76, "f"), (0.9, "ff"), (2.0, "fff"))
MARKS = {
    "accent": "Accent", "staccato": "Staccato", "tenuto": "Tenuto", "marcato": "StrongAccent", "spiccato": "Spiccato",
    "staccatissimo": "Staccatissimo", "pizzicato": "Pizzicato",
}  # fmt: skip
_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
SPLIT = 60
PLACES = ("F4", "A4", "C5", "E5", "G5")


def written(semitones: int) -> Interval:
    """Return the interval from sounding to written pitch of a transposing instrument."""
    octaves, rest = divmod(-semitones, 12)
    return Interval(7 * octaves + _STEPS[rest], -semitones)


def level_name(level: float) -> str:
    """Return the dynamic mark of a level 0..1.

    Examples
    --------
    >>> [level_name(level) for level in (0.1, 0.5, 1.0)]
    ['pp', 'mf', 'fff']
    """
    return next(name for limit, name in LEVELS if level < limit)


def staves(part: StaffPart) -> list[tuple[str, str, tuple[StaffNote, ...]]]:
    """Return (suffix, clef, notes) for each staff of a part: two for keyboards, split at middle C, else one."""
    if not part.keyboard:
        return [("", part.clef, part.notes)]
    right = tuple(note for note in part.notes if note.pitch.midi >= SPLIT)
    left = tuple(note for note in part.notes if note.pitch.midi < SPLIT)
    return [("RH", "treble", right), ("LH", "bass", left)]


def measures(part: StaffPart, notes: tuple[StaffNote, ...], clef: str, score: Score) -> Iterator[Any]:
    """Yield a music21 measure for every bar of the score."""
    lines, shift = voices(notes), written(part.transposition)
    keys = dict(score.keys)
    meter, fifths, made = None, 0, _Marks(notes)
    for number, bar in enumerate(score.bars, start=1):
        measure = music21.stream.Measure(number=number)
        if number == 1:
            measure.clef = getattr(music21.clef, f"{clef.title()}Clef")()
        if bar.meter != meter:
            measure.timeSignature = music21.meter.TimeSignature(str(bar.meter))
            meter = bar.meter
        if bar.start in keys and clef != "percussion":
            fifths = _signature(keys[bar.start], shift)
            measure.keySignature = music21.key.KeySignature(fifths)
        _write(measure, [sounds for line in lines if (sounds := fill(line, bar))], bar, shift, drums=clef == "percussion")
        show_accidentals(measure, fifths)
        for offset, mark in made.inside(bar):
            measure.insert(float(offset), mark)
        yield measure


def _signature(key: Key, shift: Interval) -> int:
    fifths = key.moved(Interval(shift.steps % 7, shift.semitones % 12)).fifths
    return max(-7, min(7, fifths))


def _write(measure: Any, used: list[list[Sound]], bar: StaffBar, shift: Interval, *, drums: bool) -> None:
    if not used:
        rest = music21.note.Rest(quarterLength=float(bar.meter.bar))
        rest.fullMeasure = True
        measure.append(rest)
    elif len(used) == 1:
        for sound in used[0]:
            measure.insert(sound.onset, _element(sound, shift, drums=drums))
    else:
        for number, line in enumerate(used, start=1):
            voice = music21.stream.Voice(id=str(number))
            for sound in line:
                voice.insert(sound.onset, _element(sound, shift, drums=drums))
            measure.insert(0, voice)


def _element(sound: Sound, shift: Interval, *, drums: bool) -> Any:
    if not sound.notes:
        return music21.note.Rest(quarterLength=sound.duration)
    heads = sorted({_head(note.pitch, shift, drums=drums) for note in sound.notes}, key=lambda pitch: pitch.semitones)
    names = [str(head).replace("b", "-") for head in heads]
    if len(names) == 1:
        element = music21.note.Note(names[0], quarterLength=sound.duration)
    else:
        element = music21.chord.Chord(names, quarterLength=sound.duration)
    if sound.tied or sound.continues:
        element.tie = music21.tie.Tie("continue" if sound.tied and sound.continues else "start" if sound.tied else "stop")
    if not sound.continues:
        _articulate(element, sound)
    return element


def _head(pitch: Pitch, shift: Interval, *, drums: bool) -> Pitch:
    """Return the written pitch; drum keys are folded onto one staff, round its middle line."""
    if drums:
        return Pitch.parse(PLACES[pitch.midi % len(PLACES)])
    moved = pitch + shift
    return moved if abs(moved.alter) <= 2 else _simpler(moved)


def _simpler(pitch: Pitch) -> Pitch:
    """Return an enharmonic pitch with at most one sign."""
    step = 1 if pitch.alter > 0 else -1
    return Pitch(pitch.steps + step, pitch.semitones)


def _articulate(element: Any, sound: Sound) -> None:
    marks = sorted({mark for note in sound.notes for mark in note.marks})
    element.articulations = [getattr(music21.articulations, MARKS[mark])() for mark in marks if mark in MARKS]
    if "tremolo" in marks:
        element.expressions.append(music21.expressions.Tremolo())


class _Marks:
    """Dynamics of a staff, by place: a mark where a phrase begins or the level has changed."""

    def __init__(self, notes: tuple[StaffNote, ...]) -> None:
        self.found = [(at, music21.dynamics.Dynamic(name)) for at, name in dynamics(notes)]

    def inside(self, bar: StaffBar) -> Iterator[tuple[Fraction, Any]]:
        """Yield (offset in the bar, mark)."""
        for at, mark in self.found:
            if bar.start <= at < bar.start + bar.meter.bar:
                yield at - bar.start, mark


def dynamics(notes: tuple[StaffNote, ...]) -> list[tuple[Fraction, str]]:
    """Return (place, dynamic) of a staff: at the first note, after two beats of rest if it changed, and where it changes for good.

    Within a phrase a new mark waits until the level has left the old one for a whole bar of four, so that a staff is not littered.
    """
    found: list[tuple[Fraction, str]] = []
    names, end = [level_name(note.level) for note in notes], Fraction(-99)
    for note, name, following in zip(notes, names, [*names[1:], ""], strict=False):
        fresh = not found or (note.onset - end >= 2 and name != found[-1][1])
        moved = found and name != found[-1][1] and note.onset - found[-1][0] >= 4 and following in {name, ""}
        if fresh or moved:
            found.append((note.onset, name))
        end = max(end, note.onset + note.duration)
    return found


def hairpins(marks: list[tuple[Fraction, str]], notes: tuple[StaffNote, ...]) -> Iterator[tuple[StaffNote, StaffNote, bool]]:
    """Yield (first note, last note, louder) between neighbouring dynamics of one phrase at most eight bars of four apart."""
    names = [name for _, name in LEVELS]
    for (a, first), (b, second) in pairwise(marks):
        between = [note for note in notes if a <= note.onset <= b]
        rests = any(y.onset - x.onset - x.duration >= 1 for x, y in pairwise(between))
        if len(between) > 2 and b - a <= 32 and not rests:
            yield between[0], between[-2], names.index(second) > names.index(first)
