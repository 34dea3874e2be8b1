from fractions import Fraction

import numpy as np

from motifgen.affect import Affect
from motifgen.compose.harmony import MelodyNote
from motifgen.compose.harmony.contexts import contexts
from motifgen.compose.harmony.dialect import dialect
from motifgen.compose.harmony.learned import MEETINGS, kinds_of, learned, meeting, scores
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


def _sung(*pitches: str, left: int = 3) -> tuple[Slot, ...]:
    tune = [MelodyNote(Fraction(at), Fraction(1), Pitch.parse(name)) for at, name in enumerate(pitches)]
    around = heard(tune, [4, 2, 3, 2][: len(tune)])
    count = len(tune) - 1
    return tuple(
        Slot(Span(one.note.onset, one.note.end), C, Affect(), one.weight, (one,), left=left or count - at) for at, one in enumerate(around)
    )


def test_every_kind_of_chord_is_weighed_somewhere() -> None:
    for minor in (False, True):
        weights = np.array(list(learned(minor=minor).weights.values()))
        assert weights.shape[1] == 48
        assert (np.abs(weights).sum(axis=0) > 0).sum() > 40


def test_dominants_go_home() -> None:
    for how in (0, 1):
        moves = learned(minor=False).moves(WORDS, WORDS, how)
        assert moves[_place("V7"), _place("I")] < moves[_place("V7"), _place("IV")], MEETINGS[how]


def test_phrases_end_on_the_tonic_or_dominant() -> None:
    cost = scores(_sung("E5", "D5", "C5", left=0))[-1][kinds_of(WORDS)]
    assert cost[_place("I")] == cost.min()


def test_the_same_note_calls_for_other_chords_at_the_end_of_a_phrase() -> None:
    inside = _sung("E5", "D5", "C5", "C5")
    ended = (inside[0], inside[1]._replace(left=0), *inside[2:])
    dominant, other = _place("V"), _place("viio/3")
    within, end = (scores(slots)[1][kinds_of(WORDS)] for slots in (inside, ended))
    assert end[dominant] - end[other] < within[dominant] - within[other]


def test_nothing_is_called_for_where_nothing_sounds() -> None:
    silent = Slot(Span(Fraction(0), Fraction(1)), C, Affect())
    assert contexts((silent,)) == ((),)
    assert not scores((silent,))[0].any()


def test_a_chord_after_a_phrase_is_met_anew() -> None:
    last, other = Slot(Span(Fraction(0), Fraction(1)), C, Affect(), left=0), Slot(Span(Fraction(1), Fraction(2)), C, Affect(), weight=2)
    assert [MEETINGS[meeting(other, before)] for before in (last, other)] == ["anew", "weak"]


def test_kinds_tell_chords_apart() -> None:
    kinds = kinds_of(WORDS)
    assert [int(kinds[_place(text)]) for text in ("I", "ii", "V7", "viio")] == [0, 9, 30, 47]
