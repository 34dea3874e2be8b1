"""The parts of a MusicXML or ABC file as melodies, through music21."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr
from fractions import Fraction
from typing import Any

from motifgen.errors import MotifgenError, NotationError
from motifgen.files.melody import FileBar, Heard, Melody
from motifgen.theory.chord import QUALITIES, Chord
from motifgen.theory.pitch import LETTERS, Pitch, PitchClass
from motifgen.theory.scale import Key, Mode
from motifgen.theory.time import Meter, Span

_ARTICULATIONS = {"Accent": "accent", "StrongAccent": "accent", "Staccato": "staccato", "Staccatissimo": "staccato", "Tenuto": "tenuto"}
_MOST_BYTES = 20_000_000


def score_melodies(data: bytes, kind: str) -> tuple[Melody, ...]:
    """Return every part of a score, notes spelled as written and at sounding pitch, with articulations and chord symbols.

    Parameters
    ----------
    data : bytes
        The file.
    kind : str
        ``"musicxml"``, ``"mxl"`` or ``"abc"``.

    Raises
    ------
    NotationError
        When the file cannot be read, or is a trap (entities, a huge archive).
    """
    text = _text(data, kind)
    from music21 import converter  # noqa: PLC0415 - slow import

    try:
        with redirect_stderr(io.StringIO()):
            score = converter.parseData(text, format="abc" if kind == "abc" else "musicxml")
            if kind == "abc" and hasattr(score, "scores"):
                score = score.scores[0]
            score = score.toSoundingPitch()
    except Exception as error:
        raise NotationError(f"not a score that can be read ({error or type(error).__name__})") from error
    parts = list(getattr(score, "parts", [])) or [score]
    return tuple(_melody(part, f"part {number} ({part.partName or 'unnamed'})") for number, part in enumerate(parts, start=1))


def _text(data: bytes, kind: str) -> str:
    if kind == "mxl":
        data = _unzipped(data)
    if len(data) > _MOST_BYTES:
        raise NotationError(f"the score has {len(data)} bytes; accepted: up to {_MOST_BYTES}")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "<!ENTITY" in text:
        raise NotationError("the score defines XML entities; accepted: scores without <!ENTITY")
    return text


def _unzipped(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [
                info for info in archive.infolist() if info.filename.endswith((".musicxml", ".xml")) and "META-INF" not in info.filename
            ]
            if not names or names[0].file_size > _MOST_BYTES:
                raise NotationError(f"the archive holds no score of at most {_MOST_BYTES} bytes; accepted: a compressed MusicXML file")
            return archive.read(names[0])
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise NotationError(f"not a compressed MusicXML file ({error})") from error


def _melody(part: Any, name: str) -> Melody:  # noqa: ANN401 - music21 ships no types
    measures = list(part.getElementsByClass("Measure"))
    if not measures:
        part = part.makeNotation()
        measures = list(part.getElementsByClass("Measure"))
    bars = tuple(_bars(measures))
    notes = tuple(_joined(note for measure in measures for note in _notes(measure)))
    chords = tuple(chord for measure in measures for chord in _chords(measure))
    return Melody(name, notes, bars, _keys(part), chords)


def _bars(measures: list[Any]) -> Iterator[FileBar]:
    meter = Meter(4, 4)
    for order, measure in enumerate(measures):
        signature = measure.timeSignature
        if signature is not None:
            meter = Meter(signature.numerator, signature.denominator)
        start = Fraction(measure.offset)
        end = (
            Fraction(measures[order + 1].offset)
            if order + 1 < len(measures)
            else start + max(Fraction(measure.duration.quarterLength), meter.bar)
        )
        yield FileBar(measure.number, Span(start, end), meter)


def _notes(measure: Any) -> Iterator[tuple[Heard, str]]:  # noqa: ANN401 - music21 ships no types
    """Yield the notes of a measure with their ties; of a chord, its highest note; grace notes have no time and are left out."""
    for element in measure.recurse().notes:
        if not element.quarterLength or "ChordSymbol" in element.classes or "Unpitched" in element.classes:
            continue
        top = max(element.notes, key=lambda note: note.pitch.midi) if element.isChord else element
        onset = Fraction(measure.offset) + Fraction(element.getOffsetInHierarchy(measure))
        marks = frozenset(_ARTICULATIONS[kind] for mark in element.articulations for kind in mark.classes if kind in _ARTICULATIONS)
        heard = Heard(onset, Fraction(element.quarterLength), top.pitch.midi, _pitch(top.pitch), marks)
        tie = top.tie or element.tie
        yield heard, tie.type if tie else ""


def _pitch(pitch: Any) -> Pitch:  # noqa: ANN401 - music21 ships no types
    return _name(pitch).at(pitch.implicitOctave)


def _joined(notes: Iterator[tuple[Heard, str]]) -> Iterator[Heard]:
    """Yield notes with their ties joined."""
    held: Heard | None = None
    for heard, tie in notes:
        if held is not None and tie in {"stop", "continue"} and heard.pitch == held.pitch and heard.onset == held.end:
            held = Heard(held.onset, held.duration + heard.duration, held.midi, held.pitch, held.marks)
        else:
            if held is not None:
                yield held
            held = heard
    if held is not None:
        yield held


def _chords(measure: Any) -> Iterator[tuple[Fraction, Chord]]:  # noqa: ANN401 - music21 ships no types
    for symbol in measure.recurse().getElementsByClass("ChordSymbol"):
        chord = _chord(symbol)
        if chord is not None:
            yield Fraction(measure.offset) + Fraction(symbol.getOffsetInHierarchy(measure)), chord


def _chord(symbol: Any) -> Chord | None:  # noqa: ANN401 - music21 ships no types
    """Return a chord symbol as a chord; of one without a name here, the largest chord that it holds. "No chord" is none."""
    if "NoChord" in symbol.classes or symbol.root() is None:
        return None
    root, bass = _name(symbol.root()), _name(symbol.bass())
    own = {(pitch.midi - symbol.root().midi) % 12 for pitch in symbol.pitches}
    held = [name for name, intervals in QUALITIES.items() if {each.semitones % 12 for each in intervals} <= own]
    quality = max(held, key=lambda name: len(QUALITIES[name]), default="5")
    return Chord(root, quality, None if bass == root else bass)


def _name(pitch: Any) -> PitchClass:  # noqa: ANN401 - music21 ships no types
    return PitchClass(LETTERS.index(pitch.step), int(pitch.alter))


def _keys(part: Any) -> tuple[Key, ...]:  # noqa: ANN401 - music21 ships no types
    """Return the key of the first signature, or the two that a signature without a mode may mean."""
    signature = next(iter(part.recurse().getElementsByClass("KeySignature")), None)
    if signature is None:
        return ()
    if hasattr(signature, "tonic"):
        try:
            return (Key(_name(signature.tonic), Mode.named(signature.mode)),)
        except MotifgenError:
            pass
    both = (signature.asKey("major"), signature.asKey("minor"))
    return tuple(Key(_name(key.tonic), Mode.named(key.mode)) for key in both)
