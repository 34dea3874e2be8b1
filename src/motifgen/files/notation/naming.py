"""The names of notes on paper: keys, themes and chords that were composed apart, spelled as one score.

A theme in D flat over harmony in C sharp dorian is right by itself, and unreadable beside it. Each theme and each chord is moved as a whole
to the enharmonic name nearest to its key on the line of fifths; what belongs to no chord leads by step. After D. Temperley's model of
spelling as nearness on the line of fifths (*The Cognition of Basic Musical Structures*, 2001), which names every note alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from motifgen.sketch.score import Score, StaffNote, StaffPart
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Interval, Pitch, PitchClass
from motifgen.theory.scale import Key
from motifgen.theory.spelling import side_by_side

_Row = TypeVar("_Row")
_SHIFTS = (Interval(0, 0), Interval(1, 0), Interval(-1, 0))
_OUTSIDE = 8.0
_NEARER = 3.0
_DOUBLED = 4.0
#: Chords whose names are how they are built, not how they are read.
_LOOSE = frozenset({"poly2", "poly6", "cluster", "quartal", "quartal4", "wholetone"})
_NEXT = Fraction(1)
_THEME = 1000
#: Roots that are read only under as many sharps (or flats, negative).
_RARE = {"E#": 6, "B#": 7, "Fb": -5, "Cb": -4}


def readable(score: Score) -> Score:
    """Return a score with every key, theme and chord by the name under which they are read together; nothing sounds otherwise.

    Players of one note at one time have one name for it, that of the theme if it is a note of one; a note that is repeated keeps its
    name.

    Examples
    --------
    >>> from motifgen.sketch.score import StaffText
    >>> part = StaffPart("Oboe", "oboe", 0, "treble", 68, False, (StaffNote(Fraction(0), Fraction(1), Pitch.parse("E4"), 0.5),))
    >>> made = readable(Score((), ((Fraction(0), Key.parse("Eb minor")),), (part,), (StaffText(Fraction(0), "chord", "Emaj7"),)))
    >>> str(made.parts[0].notes[0].pitch), made.texts[0].text
    ('Fb4', 'Fbmaj7')
    """
    if not score.keys:
        return score
    keys = _keys(score)
    chords = _chords(score, keys)
    names = _Names(keys, chords, _themes(score, keys))
    parts = [part if part.clef == "percussion" else replace(part, notes=names.line(part)) for part in score.parts]
    texts = (replace(text, text=str(_at(chords, text.at))) if text.kind == "chord" else text for text in score.texts)
    return Score(score.bars, keys, tuple(_alike([_repeated(part) for part in _alike(parts)])), tuple(texts))


def _keys(score: Score) -> tuple[tuple[Fraction, Key], ...]:
    starts = [at for at, _ in score.keys]
    ends = [*starts[1:], score.bars[-1].end if score.bars else starts[-1]]
    lengths = [max(end - start, Fraction(0)) for start, end in zip(starts, ends, strict=True)]
    named = side_by_side([(key, length) for (_, key), length in zip(score.keys, lengths, strict=True)])
    return tuple(zip(starts, named, strict=True))


def _chords(score: Score, keys: Sequence[tuple[Fraction, Key]]) -> tuple[tuple[Fraction, Chord], ...]:
    rows = sorted((text.at, text.text) for text in score.texts if text.kind == "chord")
    return tuple((at, named_chord(Chord.parse(text), _at(keys, at))) for at, text in rows)


def _themes(score: Score, keys: Sequence[tuple[Fraction, Key]]) -> dict[int, Interval]:
    """Return for every statement how far its notes are moved: as a whole, to lie near the keys in which they stand."""
    found: dict[int, Counter[tuple[PitchClass, Key]]] = {}
    for part in score.parts:
        for note in part.notes:
            if note.statement >= 0:
                found.setdefault(note.statement, Counter())[note.pitch.pitch_class, _at(keys, note.onset)] += 1
    return {number: min(_SHIFTS, key=lambda shift: _far(rows, shift)) for number, rows in sorted(found.items())}


def _far(rows: Mapping[tuple[PitchClass, Key], int], shift: Interval) -> float:
    """Return how far names, each with its key and how often it is there, lie from their keys on the line of fifths when they are moved."""
    cost = 0.0
    for (name, key), count in rows.items():
        moved = name + shift
        cost += count * (abs(moved.fifths - _center(key)) + _DOUBLED * (abs(moved.alter) > 1))
    return round(cost / sum(rows.values()), 6) + _NEARER * (shift != _SHIFTS[0])


@lru_cache(maxsize=4096)
def named_chord(chord: Chord, key: Key) -> Chord:
    """Return a chord by the name nearest to a key; one with double signs or a root that is hardly ever read there is not taken.

    Examples
    --------
    >>> rows = (("Emaj7", "Eb minor"), ("E", "Ab major"), ("Db9", "C# dorian"), ("D", "Eb minor"), ("D#7", "G# minor"))
    >>> [str(named_chord(Chord.parse(text), Key.parse(home))) for text, home in rows]
    ['Fbmaj7', 'E', 'C#9', 'D', 'D#7']
    """
    rows = Counter((name, key) for name in chord.names)
    fitting = [shift for shift in _SHIFTS if shift == _SHIFTS[0] or _read(chord.moved(shift), key)]
    return chord.moved(min(fitting, key=lambda shift: _far(rows, shift)))


def _read(chord: Chord, key: Key) -> bool:
    least = _RARE.get(str(chord.root), 0)
    usual = key.fifths >= least if least > 0 else key.fifths <= least if least else True
    return usual and all(abs(name.alter) < 2 for name in (*chord.names, chord.lowest))


@lru_cache(maxsize=512)
def _center(key: Key) -> float:
    return sum(name.fifths for name in key.scale) / 7


def _at(rows: Sequence[tuple[Fraction, _Row]], at: Fraction) -> _Row:
    return rows[max(bisect_right(rows, at, key=lambda row: row[0]) - 1, 0)][1]


@dataclass(frozen=True, slots=True)
class _Names:
    """What decides the name of a note: the keys, the chords as they are named, how far each statement is moved."""

    keys: tuple[tuple[Fraction, Key], ...]
    chords: tuple[tuple[Fraction, Chord], ...]
    themes: Mapping[int, Interval]

    def line(self, part: StaffPart) -> tuple[StaffNote, ...]:
        """Return the notes of a part, each by its name."""
        following = [*part.notes[1:], None]
        pitches = (
            note.pitch + self.themes[note.statement] if note.statement >= 0 else self._harmonic(note, after)
            for note, after in zip(part.notes, following, strict=True)
        )
        return tuple(note if pitch == note.pitch else replace(note, pitch=pitch) for note, pitch in zip(part.notes, pitches, strict=True))

    def _harmonic(self, note: StaffNote, after: StaffNote | None) -> Pitch:
        """Return a note of no theme by the name that its chord has for it; another one that is foreign leads by step where it can."""
        if self.chords and (chord := _at(self.chords, note.onset)).quality not in _LOOSE:
            for name in chord.names:
                if name.semitone == note.pitch.midi % 12:
                    return called(note.pitch, name)
        key = _at(self.keys, note.onset)
        if note.pitch.pitch_class in key.scale:
            return note.pitch
        target = self._harmonic(after, None) if after and abs(after.pitch.midi - note.pitch.midi) == 1 and after.statement < 0 else None
        return min(
            (note.pitch + shift for shift in _SHIFTS),
            key=lambda pitch: (
                abs(pitch.alter) > 1,
                abs(pitch.pitch_class.fifths - _center(key)) > _OUTSIDE,
                target is not None and abs(target.steps - pitch.steps) != 1,
                pitch != note.pitch,
            ),
        )


def called(pitch: Pitch, name: PitchClass) -> Pitch:
    """Return a pitch by another of its names.

    Examples
    --------
    >>> str(called(Pitch.parse("B3"), PitchClass.parse("Cb")))
    'Cb4'
    """
    step = (name.step - pitch.steps + 3) % 7 - 3
    return Pitch(pitch.steps + step, pitch.semitones)


def _repeated(part: StaffPart) -> StaffPart:
    """Return a part in which a note of no theme that is played again at once keeps the name that it had."""
    found: list[StaffNote] = []
    last: dict[int, StaffNote] = {}
    for note in part.notes if part.clef != "percussion" else ():
        before = last.get(note.pitch.midi)
        kept = before and note.statement < 0 and note.onset - before.end < _NEXT and before.pitch != note.pitch
        found.append(replace(note, pitch=before.pitch) if before and kept else note)
        last[note.pitch.midi] = found[-1]
    return replace(part, notes=tuple(found)) if found else part


def _alike(pitched: Sequence[StaffPart]) -> Iterator[StaffPart]:
    """Yield parts in which who plays the same note at the same time has the same name for it."""
    named: dict[tuple[Fraction, int], Counter[PitchClass]] = {}
    for part in pitched:
        for note in part.notes if part.clef != "percussion" else ():
            names = named.setdefault((note.onset, note.pitch.midi % 12), Counter())
            names[note.pitch.pitch_class] += _THEME if note.statement >= 0 else 1
    chosen = {place: max(sorted(names), key=lambda name: names[name]) for place, names in named.items() if len(names) > 1}
    for part in pitched:
        if chosen and part.clef != "percussion":
            rows = ((note, chosen.get((note.onset, note.pitch.midi % 12))) for note in part.notes)
            notes = tuple(replace(note, pitch=called(note.pitch, name)) if name else note for note, name in rows)
            yield replace(part, notes=notes)
        else:
            yield part
