from fractions import Fraction

import numpy as np

from motifgen.affect import Affect
from motifgen.compose.harmony import MelodyNote
from motifgen.compose.harmony.dialect import dialect
from motifgen.compose.harmony.learned import kinds_of, learned
from motifgen.compose.harmony.melody import heard
from motifgen.compose.harmony.slots import Slot
from motifgen.compose.harmony.vocabulary import vocabulary
from motifgen.theory.pitch import Pitch
from motifgen.theory.roman import numeral
from motifgen.theory.scale import Key
from motifgen.theory.time import Span

C = Key.parse("C major")
WORDS = vocabulary(dialect("classical"), C.mode)


def _place(text: str) -> int:
    return WORDS.index(numeral(text, C.mode))


def test_tables_are_probabilities() -> None:
    for minor in (False, True):
        for name, table in learned(minor=minor).tables.items():
            assert np.allclose(np.exp(table).sum(axis=-1), 1), name


def test_dominants_go_home() -> None:
    moves = learned(minor=False).moves(WORDS, WORDS, strong=True)
    home, away = moves[_place("V7"), _place("I")], moves[_place("V7"), _place("IV")]
    assert home < away


def test_phrases_end_on_the_tonic_or_dominant() -> None:
    notes = heard([MelodyNote(Fraction(0), Fraction(1), Pitch.parse("C5"))], [4])
    ends = Slot(Span(Fraction(0), Fraction(1)), C, Affect(), notes=notes, left=0)
    cost = learned(minor=False).under(ends, WORDS)
    assert cost[_place("I")] == cost.min()


def test_kinds_tell_chords_apart() -> None:
    kinds = kinds_of(WORDS)
    assert [int(kinds[_place(text)]) for text in ("I", "ii", "V7", "viio")] == [0, 9, 30, 47]
