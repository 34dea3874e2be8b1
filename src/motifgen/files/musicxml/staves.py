"""From a staff to a music21 part: measures with clefs and signatures, dynamics, hairpins, slurs, octave signs, words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

import music21

from motifgen.files.musicxml.accidentals import Printed
from motifgen.files.musicxml.beams import beam
from motifgen.files.musicxml.empty import Empty
from motifgen.files.musicxml.heads import element, rest
from motifgen.files.musicxml.symbols import in_words, symbol
from motifgen.files.notation.clefs import runs
from motifgen.files.notation.staff import Sheet, Sound, Staff, TempoMark
from motifgen.sketch.score import StaffText
from motifgen.theory.chord import Chord

_CLEFS = {"treble": "TrebleClef", "bass": "BassClef", "alto": "AltoClef", "tenor": "TenorClef", "percussion": "PercussionClef"}
_BRACKETED = frozenset({"woodwind", "brass", "percussion", "voice", "strings"})
_OCTAVES = {"treble+8": "8va", "bass-8": "8vb"}


class PartWriter:
    """Writes one staff.

    Parameters
    ----------
    staff : Staff
    sheet : Sheet
    name : str
        The part's id.
    """

    def __init__(self, staff: Staff, sheet: Sheet, name: str, *, braced: bool) -> None:
        """Begin a part with all its measures."""
        self._staff, self._sheet = staff, sheet
        self._starts = [bar.start for bar in sheet.bars]
        self._first: dict[Fraction, Any] = {}
        self._last: dict[Fraction, Any] = {}
        self._symbols: dict[str, tuple[Any, set[int]]] = {}
        self._marked: set[int] = set()
        self._printed: Printed | None = None
        self._braced = braced
        self.part = (music21.stream.PartStaff if braced else music21.stream.Part)(id=name)
        self.part.partName, self.part.partAbbreviation = staff.name, staff.abbreviation
        self.part.atSoundingPitch = False
        self._measures = [self._measure(number) for number in range(len(sheet.bars))]

    def written(self, empty: Empty) -> Any:
        """Return the part with everything on it; measures with a rest alone are left to `Empty`."""
        self._directions()
        self.part.coreInsert(0, _instrument(self.part.id, self._staff))
        for number, (start, measure) in enumerate(zip(self._starts, self._measures, strict=True)):
            if self._plain(number) and empty.takes(self.part.id, measure.number, self._sheet.bars[number].meter.bar):
                continue
            measure.coreElementsChanged()
            self.part.coreInsert(start, measure)
        self.part.coreElementsChanged()
        for spanner in self._spanners():
            self.part.insert(0, spanner)
        return self.part

    def _plain(self, number: int) -> bool:
        """Tell whether a measure has nothing but a rest: no clef, signature, text or bar line of its own, no second staff."""
        return not (self._braced or self._staff.voices[number] or number in self._marked)

    def place(self, text: StaffText) -> None:
        """Put a text over the staff where it belongs."""
        number = self._bar(text.at)
        self._insert(number, text.at, self._symbol(text, number) if text.kind == "chord" else words(text))

    def tempo(self, given: TempoMark) -> None:
        """Put a metronome mark over the staff: a whole number for the beat that is counted; played is the exact tempo."""
        mark = music21.tempo.MetronomeMark(number=given.number, referent=float(given.beat))
        mark.numberSounding = given.quarters / float(given.beat)
        mark.placement = "above"
        self._insert(self._bar(given.at), given.at, mark)

    def _symbol(self, text: StaffText, bar: int) -> Any:
        """Return a chord symbol; music21 takes long to make one, so that bars share those of one name."""
        made, bars = self._symbols.get(text.text, (None, {bar}))
        if bar in bars:
            chord = Chord.parse(text.text)
            made, bars = symbol(chord) or words(replace(text, text=in_words(chord))), set()
            self._symbols[text.text] = made, bars
        bars.add(bar)
        return made

    def _bar(self, at: Fraction) -> int:
        return max(bisect_right(self._starts, at) - 1, 0)

    def _insert(self, number: int, at: Fraction, made: Any) -> None:
        bar = self._sheet.bars[number]
        self._marked.add(number)
        self._measures[number].coreInsert(min(at - bar.start, bar.meter.bar), made)

    def _measure(self, number: int) -> Any:
        measure = music21.stream.Measure(number=number + 1)
        self._attributes(measure, number)
        voices = self._staff.voices[number]
        bar = self._sheet.bars[number]
        if not voices:
            measure.coreInsert(0, rest(bar.meter.bar, full=True))
            return measure
        before = self._printed if number and self._staff.voices[number - 1] else None
        self._printed = Printed(self._staff.fifths[number], before)
        made = self._elements(voices, number, self._printed)
        for index, rows in enumerate(made):
            beam(rows, bar.meter, self._sheet.accents[number] if self._sheet.accents else bar.meter.accents)
            into = measure if len(made) == 1 else music21.stream.Voice(id=str(index + 1))
            for sound, each in rows:
                into.coreInsert(sound.onset, each)
            if into is not measure:
                into.coreElementsChanged()
                measure.coreInsert(0, into)
        return measure

    def _elements(self, voices: tuple[tuple[Sound, ...], ...], number: int, printed: Printed) -> list[list[tuple[Sound, Any]]]:
        """Return the elements of every voice; accidentals are decided in order of time over all of them."""
        order = sorted((sound.onset, index, sound) for index, voice in enumerate(voices) for sound in voice)
        made: list[list[tuple[Sound, Any]]] = [[] for _ in voices]
        for _, index, sound in order:
            hidden = index > 0
            each = element(sound, self._staff, number, printed) if sound.notes else rest(sound.duration, hidden=hidden)
            made[index].append((sound, each))
            if sound.notes and not (hidden and sound.notes[0].onset in self._first):
                self._first.setdefault(sound.notes[0].onset, each)
                self._last[sound.notes[0].onset] = each
        return made

    def _attributes(self, measure: Any, number: int) -> None:
        staff, sheet = self._staff, self._sheet
        clef = _clef(staff, number)
        found: dict[str, Any] = {}
        if not number or _clef(staff, number - 1).name != clef.name:
            found["clef"] = clef
        if not number or sheet.bars[number].meter != sheet.bars[number - 1].meter:
            found["timeSignature"] = music21.meter.TimeSignature(str(sheet.bars[number].meter))
        if not staff.drums and (not number or staff.fifths[number] != staff.fifths[number - 1]):
            found["keySignature"] = _signature(staff.fifths[number], minor=sheet.minors[number])
        if number == len(sheet.bars) - 1:
            found["rightBarline"] = music21.bar.Barline("final")
        for name, value in found.items():
            setattr(measure, name, value)
            self._marked.add(number)

    def _directions(self) -> None:
        for at, name in self._staff.dynamics:
            self._insert(self._bar(at), at, music21.dynamics.Dynamic(name))
        for text in self._staff.texts:
            self.place(text)
        for onset in sorted(self._staff.breaths):
            if onset in self._last:
                self._last[onset].articulations.append(music21.articulations.BreathMark())

    def _spanners(self) -> list[Any]:
        made: list[Any] = []
        for pin in self._staff.hairpins:
            kind = music21.dynamics.Crescendo if pin.louder else music21.dynamics.Diminuendo
            made.append(kind(self._first[pin.start], self._last[pin.end]))
        made += [music21.spanner.Slur(self._first[start], self._last[end]) for start, end in self._staff.slurs]
        return [*made, *self._octave_signs()]

    def _octave_signs(self) -> list[Any]:
        """Return octave signs over stretches of bars, from their first note to their last; pitches stay as they sound."""
        made = []
        onsets = sorted(self._first)
        for first, last, name in runs(self._staff.clefs):
            if name in _OCTAVES:
                end = self._sheet.bars[last - 1].end
                inside = [onset for onset in onsets if self._starts[first] <= onset < end]
                if inside:
                    sign = music21.spanner.Ottava(type=_OCTAVES[name], transposing=False)
                    sign.addSpannedElements(self._first[inside[0]], self._last[inside[-1]])
                    sign.placement = "above" if name == "treble+8" else "below"
                    made.append(sign)
        return made


def _signature(fifths: int, *, minor: bool) -> Any:
    """Return a key signature with its mode, which is all of a key that is written; music21's keys take long to make their scales."""
    made = music21.key.KeySignature(fifths)
    made.mode = "minor" if minor else "major"
    return made


def _clef(staff: Staff, bar: int) -> Any:
    name = staff.clefs[bar].partition("+")[0].partition("-")[0]
    return music21.clef.Treble8vbClef() if staff.octave_clef and name == "treble" else getattr(music21.clef, _CLEFS[name])()


def _instrument(name: str, staff: Staff) -> Any:
    instrument = music21.instrument.Instrument(staff.name)
    instrument.partId, instrument.instrumentId, instrument.instrumentName = name, f"I{name[1:]}", staff.instrument
    instrument.partAbbreviation = staff.abbreviation
    instrument.midiProgram, instrument.midiChannel = staff.program, 9 if staff.drums else 0
    if staff.transposition and not staff.octave_clef:
        instrument.transposition = music21.interval.Interval(staff.transposition)
    return instrument


def words(text: StaffText) -> Any:
    """Return a text as it is printed: sections in a box, hits bold, themes and tempo words slanted, playing directions plain."""
    if text.kind == "rehearsal":
        mark = music21.expressions.RehearsalMark(text.text)
    else:
        mark = music21.expressions.TextExpression(text.text)
        mark.style.fontStyle = "italic" if text.kind in {"theme", "tempo"} else "normal"
        mark.style.fontWeight = "bold" if text.kind in {"hit", "tempo"} else "normal"
    mark.placement = "below" if text.kind == "cue below" else "above"
    return mark


def joined(parts: list[tuple[Staff, Any]]) -> list[Any]:
    """Return the braces of keyboards and the brackets of families, over neighbouring staves."""
    made = []
    for one, other in pairwise(parts):
        if one[0].part == other[0].part:
            made.append(music21.layout.StaffGroup([one[1], other[1]], name=one[0].name, symbol="brace"))
    for family, rows in groupby(parts, key=lambda row: row[0].family):
        group = list(rows)
        if family in _BRACKETED and len({staff.part for staff, _ in group}) > 1:
            made.append(music21.layout.StaffGroup([part for _, part in group], symbol="bracket", barTogether=True))
    return made
