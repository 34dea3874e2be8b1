"""A whole score as MusicXML bytes: parts, texts, tempo marks; the same bytes every time."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import music21
from music21.musicxml.m21ToXml import GeneralObjectExporter

from motifgen.errors import RangeError
from motifgen.files.musicxml.staves import dynamics, hairpins, measures, staves
from motifgen.sketch.recording import Recording
from motifgen.sketch.score import Score, StaffNote, StaffPart, StaffText
from motifgen.theory.chord import Chord
from motifgen.theory.symbol import figure

_DATE = re.compile(rb"<encoding-date>[^<]*</encoding-date>")
_SHOWN = 0.04


def to_musicxml(recording: Recording) -> bytes:
    """Return the score of a recording as MusicXML bytes; see `motifgen.files.musicxml.write_musicxml`."""
    if recording.score is None:
        raise RangeError("this recording has no written score; accepted: a composed scene")
    score = _score(recording.title, recording.score)
    exporter = GeneralObjectExporter(score)
    exporter.makeNotation = False
    with contextlib.redirect_stderr(io.StringIO()):
        text: bytes = exporter.parse()
    return _DATE.sub(b"", text)


def _score(title: str, written: Score) -> Any:
    score = music21.stream.Score(id="score")
    score.metadata = music21.metadata.Metadata(title=title, composer="motifgen")
    for number, part in enumerate(written.parts, start=1):
        made = [_part(f"P{number}{suffix}", part, staff, written) for staff in staves(part) for suffix in (staff[0],)]
        for staff in made:
            score.insert(0, staff)
        if len(made) > 1:
            score.insert(0, music21.layout.StaffGroup(made, name=part.name, symbol="brace"))
    if written.parts:
        _texts(score, written)
    return score


def _part(name: str, part: StaffPart, staff: tuple[str, str, tuple[StaffNote, ...]], score: Score) -> Any:
    suffix, clef, notes = staff
    made = (music21.stream.PartStaff if suffix else music21.stream.Part)(id=name)
    made.partName = part.name
    made.insert(0, _instrument(name, part))
    made.append(list(measures(part, notes, clef, score)))
    made.atSoundingPitch = False
    _wedges(made, notes)
    made.makeBeams(inPlace=True)
    return made


def _instrument(name: str, part: StaffPart) -> Any:
    instrument = music21.instrument.Instrument(part.name)
    instrument.partId, instrument.instrumentId, instrument.instrumentName = name, f"I{name[1:]}", part.instrument
    instrument.midiProgram, instrument.midiChannel = part.program, 9 if part.clef == "percussion" else 0
    if part.transposition:
        instrument.transposition = music21.interval.Interval(part.transposition)
    return instrument


def _wedges(made: Any, notes: tuple[StaffNote, ...]) -> None:
    heads = {Fraction(note.getOffsetInHierarchy(made)).limit_denominator(960): note for note in made.recurse().notes}
    for first, last, louder in hairpins(dynamics(notes), notes):
        if first.onset in heads and last.onset in heads and first.onset < last.onset:
            kind = music21.dynamics.Crescendo if louder else music21.dynamics.Diminuendo
            made.insert(0, kind(heads[first.onset], heads[last.onset]))


def _texts(score: Any, written: Score) -> None:
    parts = {part.partName: part for part in reversed(score.parts)}
    top = score.parts[0]
    shown = 0.0
    for bar, measure in zip(written.bars, top.getElementsByClass("Measure"), strict=True):
        if abs(bar.tempo - shown) > shown * _SHOWN:
            shown = bar.tempo
            measure.insert(0, music21.tempo.MetronomeMark(number=round(bar.tempo, 1), referent=1.0))
    starts = [bar.start for bar in written.bars]
    for text in _news(written.texts):
        at = max((number for number, start in enumerate(starts) if start <= text.at), default=0)
        measure = parts.get(text.part, top).measure(at + 1)
        if measure is not None:
            _place(measure, text, text.at - starts[at])


def _news(texts: Iterable[StaffText]) -> Iterator[StaffText]:
    """Yield the texts without chord symbols that say what the last one said."""
    chord = ""
    for text in texts:
        if text.kind != "chord" or text.text != chord:
            yield text
        chord = text.text if text.kind == "chord" else chord


def _place(measure: Any, text: StaffText, offset: Fraction) -> None:
    if text.kind == "chord":
        mark = music21.harmony.ChordSymbol(figure(Chord.parse(text.text)))
    elif text.kind == "rehearsal":
        mark = music21.expressions.RehearsalMark(text.text)
    else:
        mark = music21.expressions.TextExpression(text.text)
        mark.style.fontStyle = "italic" if text.kind == "theme" else "normal"
        mark.style.fontWeight = "bold" if text.kind == "hit" else "normal"
        mark.placement = "above"
    measure.insert(float(min(offset, Fraction(measure.barDuration.quarterLength))), mark)
