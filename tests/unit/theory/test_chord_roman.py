import pytest
from music21 import harmony, key
from music21 import roman as reader

from motifgen.errors import NotationError
from motifgen.theory.chord import QUALITIES, Chord
from motifgen.theory.pitch import Interval
from motifgen.theory.roman import numeral, roman
from motifgen.theory.scale import Key, Mode
from motifgen.theory.symbol import figure

ROOTS = [Interval(*pair) for pair in ((0, 0), (1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (3, 6), (4, 7), (5, 8), (5, 9), (6, 10), (6, 11))]
KEYS = ("C major", "A minor", "D dorian", "F lydian", "Eb major", "F# minor")


def _chords(key: Key) -> list[Chord]:
    chords = []
    for interval in ROOTS:
        root = key.tonic + interval
        for quality, stack in QUALITIES.items():
            chords.append(Chord(root, quality))
            chords += [Chord(root, quality, root + member) for member in stack[1:3] if member.steps < 7]
    return chords


@pytest.mark.parametrize("name", KEYS)
def test_music21_reads_numerals_back_to_the_same_notes(name: str) -> None:

    home = Key.parse(name)
    theirs = key.Key(str(home.tonic).replace("b", "-"), home.mode.name)
    for chord in _chords(home)[::3]:
        names = {note.name.replace("-", "b") for note in reader.RomanNumeral(roman(chord, home), theirs).pitches}
        assert names == {str(one) for one in (*chord.names, chord.lowest)}, (str(chord), roman(chord, home))


@pytest.mark.parametrize("quality", QUALITIES)
def test_music21_reads_symbols_back_to_the_same_notes(quality: str) -> None:

    for root in ("C", "Bb", "F#"):
        plain = Chord.parse(root)
        for bass in (None, plain.root + QUALITIES[quality][1], plain.root + Interval(1, 2)):
            chord = Chord(plain.root, quality, bass)
            read = harmony.ChordSymbol(figure(chord))
            assert {note.name.replace("-", "b") for note in read.pitches} == {str(one) for one in (*chord.names, chord.lowest)}


@pytest.mark.parametrize("quality", QUALITIES)
def test_symbols_are_read_back(quality: str) -> None:
    chord = Chord.parse(f"Eb{quality}/Bb")
    assert chord.quality == quality
    assert Chord.parse(str(chord)) == chord


@pytest.mark.parametrize(
    ("text", "mode", "symbol"),
    [("I", "major", "C"), ("bVI", "minor", "Ab"), ("bVI", "major", "Ab"), ("viio7", "minor", "Bdim7"), ("V7/3", "dorian", "G7/B"),
     ("#ivo7", "major", "F#dim7"), ("i(maj7)", "minor", "Cm(maj7)"), ("Isus2", "lydian", "Csus2"), ("ii7/7", "major", "Dm7/C"),
     ("bvi", "minor", "Abm"), ("Vsus4", "major", "Gsus4"), ("iadd9", "minor", "Cm(add9)")],
)  # fmt: skip
def test_numerals_of_tables(text: str, mode: str, symbol: str) -> None:
    key = Key.parse(f"C {mode}")
    assert str(numeral(text, key.mode).within(key)) == symbol


@pytest.mark.parametrize("text", ["", "X", "VIII", "I/2", "V/7", "bbbI", "iiq"])
def test_bad_numerals_are_refused(text: str) -> None:
    with pytest.raises(NotationError):
        numeral(text, Mode.named("major"))


def test_pedals_show_in_the_numeral() -> None:
    assert roman(Chord.parse("Gm/A"), Key.parse("D minor")) == "iv[add2]"
