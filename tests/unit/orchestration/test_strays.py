"""A singer does not put one note of somebody else's layer behind the theme."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desk_scenes import harmony_of
from motifgen.compose.desk import ScoreNote
from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.census import census
from motifgen.compose.orchestration.chairs import ensemble
from motifgen.compose.orchestration.clock import Clock
from motifgen.compose.orchestration.roster import Roster
from motifgen.compose.orchestration.strays import gather
from motifgen.theory.pitch import Pitch


def written(*notes: tuple[int, int, str], statement: int = -1) -> tuple[ScoreNote, ...]:
    return tuple(ScoreNote(Fraction(at), Fraction(length), Pitch.parse(name), 0.5, frozenset(), statement) for at, length, name in notes)


THEME = written((0, 2, "C4"), (2, 2, "E4"), (4, 4, "G4"), statement=0)


@pytest.mark.parametrize(
    ("role", "notes", "kept"),
    [
        ("bass", written((9, 1, "B2")), False),
        ("pad", written((10, 1, "E4"), (11, 1, "D4")), False),
        ("pad", written((8, 4, "E4")), True),  # a bar is long enough to be meant
        ("bass", written((20, 1, "B2")), True),  # more than two bars away
        ("ostinato", written((9, 1, "C4"), (10, 1, "D4"), (11, 1, "C4")), True),
        ("hit", written((9, 1, "C4")), True),
    ],
)
def test_a_note_or_two_behind_a_theme_are_taken_away(role: str, notes: tuple[ScoreNote, ...], *, kept: bool) -> None:
    harmony = harmony_of("electronic")
    spotting = harmony.plan.spotting
    roster = Roster(list(ensemble(spotting.palette)))
    casting = Casting(spotting, spotting.palette, roster, Clock.of(spotting))
    lead = next(chair for chair in roster.chairs if chair.instrument.name == "synth lead")
    roster.give(lead, "melody", THEME)
    roster.give(lead, role, notes)
    found = census(casting, harmony.plan, {})
    before = sum(found.count)
    gather(casting, found)
    assert (role in {duty.role for duty in roster.of(lead)}) is kept
    assert sum(found.count) == before if kept else sum(found.count) < before
