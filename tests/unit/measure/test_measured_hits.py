"""Hits as a measure hears them: short strokes between two samples count, what was there before does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.compose.performance import perform
from motifgen.measure.curves import curves
from motifgen.measure.hits import hit_heard
from motifgen.sketch.events import notes
from motifgen.story.scene import Hit
from performing import part, recording, scoring, tune

TICKS_A_SECOND = 1920
FPS = Fraction(24)


def heard(rows, at):
    """Return a hit as it is heard in a recording of these notes, two quarters a second."""
    played = perform(scoring(part(tune(2)))).parts[0]
    one = replace(played, notes=notes(rows), controls=played.controls[:0], articulations=())
    found = recording(one)
    return hit_heard(Hit(at, "stinger"), found, curves(found), FPS)


def row(start, seconds, pitch, velocity):
    return round(start * TICKS_A_SECOND), round((start + seconds) * TICKS_A_SECOND), pitch, velocity


@pytest.mark.parametrize("at", ["2", "2.065", "2.2", "2.24"])
def test_a_stroke_that_is_over_before_the_next_sample_is_heard(at):
    where = float(Fraction(at))
    found = heard([row(0.5, 1.4, 60, 50), row(where, 0.05, 72, 120)], Fraction(at))
    assert found.audible
    assert found.rise_db == pytest.approx(40 * 0.3802112417, abs=0.02)  # 120 over 50 in velocity, by the GM2 law


def test_a_loud_note_that_ends_there_is_no_stroke():
    found = heard([row(0.5, 1.58, 60, 120), row(2.065, 0.05, 72, 40)], Fraction("2.065"))
    assert not found.audible
    assert found.rise_db < 0
