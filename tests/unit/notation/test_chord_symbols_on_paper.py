"""Chord symbols: legal in MusicXML, read back to the same notes, printed as musicians write them."""

import re
from fractions import Fraction

import music21
import pytest
from music21.musicxml.m21ToXml import ScoreExporter

from motifgen.files.musicxml.symbols import dressed, in_words, symbol
from motifgen.theory.chord import QUALITIES, Chord

SPOKEN = {"quartal", "quartal4", "cluster", "wholetone", "It6", "Fr6", "Ger6", "poly2", "poly6"}
LEGAL = {
    "major", "minor", "augmented", "diminished", "dominant", "major-seventh", "minor-seventh", "diminished-seventh", "augmented-seventh",
    "half-diminished", "major-minor", "major-sixth", "minor-sixth", "dominant-ninth", "major-ninth", "minor-ninth", "suspended-second",
    "suspended-fourth", "power",
}  # fmt: skip


def exported(made):
    measure = music21.stream.Measure(number=1)
    measure.insert(0, made)
    measure.insert(0, music21.note.Note("C4", quarterLength=Fraction(4)))
    exporter = ScoreExporter(music21.stream.Score([music21.stream.Part([measure])]), makeNotation=False)
    dressed(exporter.parse())
    return exporter.asBytes().decode()


@pytest.mark.parametrize("quality", sorted(set(QUALITIES) - SPOKEN))
@pytest.mark.parametrize("name", ["C{}", "Eb{}", "F#{}/A"])
def test_symbols_come_back_as_the_same_notes(name, quality):
    chord = Chord.parse(name.format(quality))
    text = exported(symbol(chord))
    assert re.search(r"<kind[^>]*>([^<]*)</kind>", text)[1] in LEGAL
    read = next(iter(music21.converter.parse(text, format="musicxml").flatten().getElementsByClass("ChordSymbol")))
    assert {each.name.replace("-", "b") for each in read.pitches} == {str(each) for each in (*chord.names, chord.lowest)}


@pytest.mark.parametrize(("name", "text"), [("Ebm(maj7)", "m(maj7)"), ("Gmaj9", "maj9"), ("A7sus4", "7sus4"), ("Bm7b5/F", "m7♭5")])
def test_the_text_is_what_players_read(name, text):
    written = exported(symbol(Chord.parse(name)))
    assert f'text="{text}"' in written
    assert ('print-object="no"' in written) is (text == "7sus4")


def test_what_is_added_stands_in_parentheses():
    assert 'parentheses-degrees="yes"' in exported(symbol(Chord.parse("Gm(add9)")))
    assert "parentheses" not in exported(symbol(Chord.parse("Gm7")))


@pytest.mark.parametrize("quality", sorted(SPOKEN))
def test_chords_without_a_symbol_are_named(quality):
    chord = Chord.parse(f"Bb{quality}")
    assert symbol(chord) is None
    assert "B♭" in in_words(chord)
    assert "poly" not in in_words(chord)
