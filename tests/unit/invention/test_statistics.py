from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.motif.motif import Motif, Note
from motifgen.motif.notation import read
from motifgen.motif.statistics import INTERVALS, figures, interval_class, npvi
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Degree

MARA = read("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", "D minor", "4/4")


def test_figures_are_counted_as_a_musician_counts_them() -> None:
    found = figures(MARA)
    assert (found.notes, found.notes_in_two_bars, found.range, found.opening, found.largest_rise) == (7, 7, 7, 7, 7)
    assert found.calls
    assert found.minor
    assert not found.pickup
    assert found.arch
    assert found.share("fifth") == pytest.approx(1 / 6)
    assert found.share("second") == pytest.approx(4 / 6)
    assert found.share("third") == pytest.approx(1 / 6)
    assert found.durations == 4


@pytest.mark.parametrize(("semitones", "name"), [(0, "repeat"), (-1, "second"), (4, "third"), (5, "fourth"), (-6, "tritone"), (7, "fifth"),
                                                 (9, "sixth"), (-10, "seventh"), (12, "octave"), (19, "octave")])  # fmt: skip
def test_interval_classes(semitones: int, name: str) -> None:
    assert INTERVALS[interval_class(semitones)] == name


def test_npvi_is_that_of_grabe_and_low() -> None:
    assert npvi([1, 1, 1]) == 0
    assert npvi([3, 1, 3]) == pytest.approx(100)
    assert npvi([Fraction(1)]) == 0


def test_a_theme_of_one_note_has_figures_too() -> None:
    found = figures(read("D4/w", "D minor", "4/4"))
    assert (found.range, found.opening, found.npvi) == (0, 0, 0)
    assert sum(found.shares) == 0


def test_figures_do_not_depend_on_key_or_tempo() -> None:
    other = Motif(tuple(Note(note.degree, note.duration / 2) for note in MARA), MARA.key.in_mode("minor").moved(Interval(3, 5)), MARA.meter)
    assert figures(other).shares == figures(MARA).shares
    assert figures(other).npvi == figures(MARA).npvi


@given(steps=st.lists(st.integers(-7, 7), min_size=2, max_size=12))
@settings(max_examples=50, deadline=None)
def test_shares_add_up_to_one(steps: list[int]) -> None:
    motif = Motif(tuple(Note(Degree(step), Fraction(1)) for step in steps), MARA.key, MARA.meter)
    assert sum(figures(motif).shares) == pytest.approx(1)
