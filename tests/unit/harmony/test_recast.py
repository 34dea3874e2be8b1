"""Recontextualize, corrupt and redeem inside a scene: the engine's chords under a melody that stays."""

from fractions import Fraction

import pytest

from motifgen.compose.desk import Statement
from motifgen.compose.harmony.recast import given_chords, recast
from motifgen.compose.harmony.shade import shade_of
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.leitmotif import Character
from motifgen.theory.scale import Key

THEME = Motif.parse("A3/e | [Dm] D4/q. E4/e F4/q A4/q | [A7] G4/q. E4/e [Dm] D4/h", key="D minor")
PLAIN = recast(THEME, [])


def rough(spans):
    return sum(sum(shade_of(span.chord, span.key)) * float(span.span.length) for span in spans)


def stated(*steps, who=THEME):
    motif = THEME
    for step in steps:
        motif = motif >> parse_transform(step)
    return Statement(Character("king", who), "lead", motif, motif.key, Fraction(16), "theme", steps, "asked", 1.0, 0.8)


def test_without_steps_the_written_chords_stand():
    assert [str(span.chord) for span in PLAIN][-3:] == ["Dm", "A7", "Dm"]
    assert [str(chord.within(THEME.key)) for _, chord in given_chords(stated(), "orchestral")] == ["Dm", "A7", "Dm"]


def test_more_corruption_is_rougher_and_redemption_smoother():
    levels = [rough(recast(THEME, [parse_transform(f"corrupt {amount}")])) for amount in ("0", "1/2", "1")]
    assert levels[0] == rough(PLAIN) < levels[1] < levels[2]
    fallen = [parse_transform("corrupt 1"), parse_transform("redeem")]
    assert rough(recast(THEME, fallen)) < levels[2]


@pytest.mark.parametrize("light", ["near", "far"])
def test_another_light_has_other_roots_for_most_of_the_time(light):
    found = recast(THEME, [parse_transform(f"recontextualize {light}")])
    overlap = [(a, b) for a in found for b in PLAIN if a.span.overlaps(b.span) and a.chord.root == b.chord.root]
    shared = sum(min(a.span.end, b.span.end) - max(a.span.start, b.span.start) for a, b in overlap)
    assert shared <= THEME.duration / 2


def test_a_statement_gets_the_engines_chords_of_the_theme_as_it_was():
    fixed = given_chords(stated("augment 2", "corrupt 1"), "orchestral")
    spans = recast(THEME >> parse_transform("augment 2"), [parse_transform("corrupt 1")], THEME.key, "orchestral")
    assert [(at - 16, chord.within(THEME.key)) for at, chord in fixed] == [(span.span.start, span.chord) for span in spans]


def test_a_theme_whose_origin_is_not_known_is_harmonized_anew():
    stranger = Motif.parse("C4/q E4 G4 C5")
    fixed = given_chords(stated("redeem", who=stranger), "classical")
    assert fixed[0][0] >= 16
    assert {chord.within(Key.parse("D minor")).quality for _, chord in fixed} <= {"", "m", "7", "m7", "dim", "m7b5", "maj7"}
