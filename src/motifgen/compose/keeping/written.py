"""The written music of kept bars: the take's own score where it was made again, else its performance brought back to the beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.compose.keeping.earlier import Earlier
from motifgen.compose.keeping.lock import Lock
from motifgen.orchestra.instrument import instruments
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Part
from motifgen.sketch.score import Score, StaffNote, StaffPart, StaffText
from motifgen.theory.pitch import LETTERS, Pitch, PitchClass
from motifgen.theory.scale import Key

_GRIDS = (PPQ // 4, PPQ // 3)
_NARROWEST = PPQ // 4


def with_written(score: Score, found: Lock, order: Sequence[str]) -> Score:
    """Return a score with the kept bars of a take in it; ``order`` names the parts as the recording has them."""
    taken = _staves(found.take, score)
    known = {part.name: part for part in score.parts}
    players = {**taken, **known}
    parts = [_staff(players[name], found, known.get(name), taken.get(name)) for name in order if name in players]
    texts = [it for it in score.texts if it.kind != "chord" or not _inside(it.at, found)]
    chords = [_chord(row, found) for row in found.take.rows("chords")]
    texts += [it for it in chords if _inside(it.at, found)]
    return replace(score, parts=tuple(parts), texts=tuple(sorted(texts, key=lambda it: it.at)))


def _chord(row: dict[str, object], found: Lock) -> StaffText:
    tick = found.take.tick(float(str(row["start_seconds"]))) + found.shift
    return StaffText(Fraction(tick, PPQ), "chord", str(row["symbol"]))


def _inside(at: Fraction, found: Lock) -> bool:
    return found.start <= at * PPQ < found.end


def _staves(take: Earlier, score: Score) -> dict[str, StaffPart]:
    if take.recording.score is not None:
        return {part.name: part for part in take.recording.score.parts}
    key = score.keys[0][1] if score.keys else Key.parse("C major")
    return {part.name: _brought(part, key) for part in take.recording.parts if part.instrument in instruments()}


def _brought(part: Part, key: Key) -> StaffPart:
    """Return a performed part as it would be written: each note at the nearest quarter or third of a beat, a legato closed."""
    rows = part.notes.tolist()
    onsets = [_nearest(row[0]) for row in rows]
    following = {on: min((it for it in onsets if it > on), default=on + PPQ * 64) for on in set(onsets)}
    notes = []
    for (_, end, pitch, velocity), on in zip(rows, onsets, strict=True):
        last = max(_nearest(end), on + _NARROWEST)
        last = following[on] if abs(last - following[on]) <= PPQ // 3 else last
        length = Fraction(max(last - on, PPQ // 12), PPQ)
        notes.append(StaffNote(Fraction(on, PPQ), length, spelled(pitch, key), round(velocity / 127, 4)))
    row = instruments()[part.instrument]
    keyboard = row.family == "keys" or row.name == "harp"
    return StaffPart(part.name, row.name, row.transposition, row.clef, row.program, keyboard, tuple(notes))


def _nearest(tick: int) -> int:
    return min((round(tick / grid) * grid for grid in _GRIDS), key=lambda place: abs(place - tick))


def spelled(midi: int, key: Key) -> Pitch:
    """Return a MIDI pitch by the name that lies nearest to a key on the line of fifths.

    Examples
    --------
    >>> str(spelled(66, Key.parse("D major"))), str(spelled(66, Key.parse("Db major")))
    ('F#4', 'Gb4')
    """
    names = [PitchClass(step, alter) for step in range(len(LETTERS)) for alter in (-1, 0, 1)]
    fitting = [name for name in names if name.semitone == midi % 12]
    name = min(fitting, key=lambda it: (abs(it.fifths - key.fifths - 2), it.step))
    octaves = (name.at(octave) for octave in range(-2, 11))
    return next(pitch for pitch in octaves if pitch.midi == midi)


def _staff(player: StaffPart, found: Lock, new: StaffPart | None, old: StaffPart | None) -> StaffPart:
    start, end = Fraction(found.start, PPQ), Fraction(found.end, PPQ)
    own = new.notes if new is not None else ()
    kept = _window(old.notes if old is not None else (), Fraction(found.first, PPQ), Fraction(found.last, PPQ))
    kept = [replace(it, onset=it.onset + Fraction(found.shift, PPQ)) for it in kept]
    rest = [*_window(own, Fraction(-1), start), *_window(own, end, Fraction(1 << 20))]
    return replace(player, notes=tuple(sorted((*rest, *kept), key=lambda it: (it.onset, it.pitch))))


def _window(written: Sequence[StaffNote], start: Fraction, end: Fraction) -> list[StaffNote]:
    """Return what is written from one seam to another; what reaches over a seam is written on both sides of it."""
    found = []
    for note in written:
        first, last = max(note.onset, start), min(note.onset + note.duration, end)
        if first < last:
            found.append(replace(note, onset=first, duration=last - first))
    return found
