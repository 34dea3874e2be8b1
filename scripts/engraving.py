"""Engrave motifs: notation as small SVG files, the same bytes every time.

MusicXML comes from music21, the drawing from verovio (``pip install verovio``), which only the pages of this documentation need.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import music21
import verovio

from motifgen.motif.motif import Motif, Note
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Key
from motifgen.theory.symbol import figure

_MARKS = {"accent": "Accent", "staccato": "Staccato", "tenuto": "Tenuto"}
_SIGNS = {"\uea63": "𝄫", "\uea64": "♭", "\uea65": "♮", "\uea66": "♯", "\uea67": "𝄪"}  # as SMuFL numbers them
_OPTIONS = {
    "adjustPageHeight": True, "adjustPageWidth": True, "breaks": "none", "footer": "none", "header": "none", "pageMarginBottom": 20,
    "pageMarginLeft": 20, "pageMarginRight": 20, "pageMarginTop": 20, "scale": 34, "smuflTextFont": "none", "svgRemoveXlink": True,
    "xmlIdSeed": 1,
}  # fmt: skip


def engraved(motif: Motif) -> str:
    """Return a motif as one line of notation, an SVG document."""
    press = verovio.toolkit()
    press.setOptions(_OPTIONS)
    press.loadData(_musicxml(motif))
    return _smaller(press.renderToSVG(1))


def _musicxml(motif: Motif) -> str:
    part = music21.stream.Part(id="P1")
    part.append(music21.meter.TimeSignature(str(motif.meter)))
    part.append(music21.key.KeySignature(max(min(motif.key.fifths, 7), -7)))
    before = (motif.meter.bar - motif.pickup) % motif.meter.bar
    if before:
        part.append(music21.note.Rest(quarterLength=before))
    part.append([_element(note, motif.key) for note in motif])
    part.insert(0, _clef(motif))
    ready = part.makeNotation(inPlace=False, cautionaryNotImmediateRepeat=False)
    _symbols(ready, motif, before)
    if before:
        ready.getElementsByClass("Measure")[0].padAsAnacrusis(useInitialRests=True)
    text: bytes = music21.musicxml.m21ToXml.GeneralObjectExporter(ready).parse()
    return text.decode()


def _clef(motif: Motif) -> Any:
    heights = [pitch.midi for *_, pitch in motif.sounding()] or [60]
    return music21.clef.TrebleClef() if sum(heights) >= 55 * len(heights) else music21.clef.BassClef()


def _symbols(ready: Any, motif: Motif, before: Fraction) -> None:
    """Put chord symbols into measures that are made; before that their notes would count for accidentals."""
    for onset, note in zip(motif.onsets, motif.notes, strict=True):
        if note.chord is not None:
            bar, place = divmod(before + onset, motif.meter.bar)
            ready.getElementsByClass("Measure")[int(bar)].insert(place, _symbol(note.chord, motif.key))


def _symbol(chord: DegreeChord, key: Key) -> Any:
    spelled = chord.within(key)
    made = music21.harmony.ChordSymbol(figure(spelled))
    made.chordKindStr = spelled.quality
    return made


def _element(note: Note, key: Key) -> Any:
    if note.degree is None:
        return music21.note.Rest(quarterLength=note.duration)
    made = music21.note.Note(str(key.pitch(note.degree)).replace("b", "-"), quarterLength=note.duration)
    made.articulations = [getattr(music21.articulations, _MARKS[mark])() for mark in sorted(note.marks) if mark in _MARKS]
    if note.tied:
        made.tie = music21.tie.Tie("start")
    return made


def _smaller(text: str) -> str:
    """Return an SVG without what a small drawing does not need: names of elements, spaces, a music font for the flats of chord symbols."""
    text = re.sub(r"<desc>.*?</desc>|<title[^>]*>.*?</title>|<style[^>]*>@font-face.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r' (?:id|data-id|data-class)="(?!E[0-9A-F]{3}-)[^"]*"', "", text)
    text = re.sub(r"#\w+ (?=g\.|ellipse|path|poly|rect)", "", text)
    text = re.sub(r'font-family="Leipzig" font-size="720px"', 'font-size="405px"', text)
    for glyph, sign in _SIGNS.items():
        text = text.replace(glyph, sign)
    return re.sub(r">\s+<", "><", text).strip() + "\n"
