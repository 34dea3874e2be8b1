"""Themes in scenes of several meters: plain where the bars are their own, recast or across the bar lines elsewhere, never over a change."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.compose.planning.meters import remetered
from motifgen.compose.planning.occasions import occasions
from motifgen.compose.planning.reserving import reserve
from motifgen.compose.planning.slots import IDLE
from motifgen.compose.planning.survey import Survey
from motifgen.compose.spotting import spot
from motifgen.motif.motif import Motif
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Asked, Cast, Hit, Scene
from motifgen.theory.time import Meter, Span
from planned import planned

INES = Character("ines", Motif.parse("A4/h Bb4/q | A4/q. G4/e F4/q | E4/h F4/q | D4/h.", key="D minor", meter="3/4"), name="Ines")
FATHER = Character("father", Motif.parse("D4/h A4/q. G4/e | F4/q E4/q D4/h", key="D minor"), name="Father")
SEA = Character("sea", Motif.parse("C4/e | F4/q. A4/q G4/e | F4/q. C5/q.", key="F major", meter="6/8"), name="The Sea")
SEVEN = Character("seven", Motif.parse("D4/q F4/q A4/q. | G4/q F4/q D4/q.", key="D minor", meter="7/8"), name="Seven")
FEELS = ("calm", "fear", "joy", "sadness", "anger")


def film(people, feels=("calm", "fear", "sadness"), stay=0, **more):
    """Return a scene in which people enter one after the other, every 40 seconds; all stay for some seconds more."""
    length = 40 * len(people)
    cast = [Cast(who, (40 * i, min(40 * i + 40 + stay, length))) for i, who in enumerate(people)]
    hits = [Hit(40 * i, "entry", who=who.key) for i, who in enumerate(people) if i]
    return Scene("1m1", length, Arc.of(*((length * i / len(feels), feel) for i, feel in enumerate(feels))), cast=cast, hits=hits, **more)


@given(st.permutations((INES, FATHER, SEA, SEVEN)), st.lists(st.sampled_from(FEELS), min_size=2, max_size=4), st.sampled_from((0, 20, 60)))
@settings(max_examples=15, deadline=None)
def test_no_theme_runs_over_a_change_and_each_is_recast_only_where_it_must_be(people, feels, stay):
    made = planned(film(people[:3], feels, stay))
    for it in made.statements:
        line = it.start + it.motif.pickup
        local = made.spotting.meter_at(line)
        assert not any(line < at < it.end for at, _ in made.spotting.meters) or it.why.startswith(f"{it.who.name} enters")
        recast = any(text.startswith("meter ") for text in it.transforms)
        assert not recast or local.bar != it.who.motif.meter.bar
        assert recast <= (f"meter {local}" in it.transforms)


def test_a_sentence_names_the_bars_in_which_a_theme_is_not_at_home():
    made = planned(film((FATHER, INES), stay=80))
    _, (turn, meter) = made.spotting.meters
    first, last = made.spotting.bar_at(turn).number, made.spotting.bars[-1].number
    told = [text for text in made.warnings if text.startswith("the theme of Father is in 4/4")]
    assert meter == Meter(3, 4)
    there = [it for it in made.statements if it.who == FATHER and it.start >= turn]
    assert bool(told) == bool(there)
    assert all(f"and bars {first} to {last} are in 3/4: it is recast (likeness 0." in text for text in told)


def test_what_the_composer_writes_stands_as_it_is_and_is_said():
    picture = replace(film((INES, INES)), statements=(Asked(20, FATHER),))
    made = planned(picture)
    (asked,) = (it for it in made.statements if it.asked)
    assert asked.motif.notes == FATHER.motif.notes
    only = planned(replace(picture, cast=(*picture.cast, Cast(FATHER, role="support"))))
    assert any("where the composer has written it, it stands as it is, across the bar lines" in text for text in only.warnings)


def test_what_nothing_asks_for_keeps_to_bars_of_its_own():
    scene = film((FATHER, INES), ("calm", "calm"), stay=80)
    spotting = spot(scene)
    themes = {who.key: who.motif for who in (FATHER, INES)}
    survey = Survey(spotting, themes, FATHER.motif.key, {}, remetered(spotting, themes))
    turn = spotting.meters[1][0]
    everywhere = Span(Fraction(0), survey.end)
    assert survey.foreign("father", turn, everywhere)
    assert not survey.foreign("father", turn, Span(turn, survey.end))
    assert not survey.foreign("father", Fraction(0), everywhere)
    taken, _ = reserve(survey, occasions(survey))
    idle = [slot for slot in taken if slot.occasion.kind in IDLE]
    assert all(not survey.foreign(slot.occasion.who.key, slot.occasion.at, slot.occasion.present) for slot in idle)


def test_forms_fit_the_meter_in_which_they_begin():
    spotting = spot(film((FATHER, INES)))
    themes = {who.key: who.motif for who in (FATHER, INES)}
    survey = Survey(spotting, themes, FATHER.motif.key, {}, remetered(spotting, themes))
    turn = spotting.meters[1][0]
    assert survey.forms("father", Fraction(0)).theme == FATHER.motif
    assert survey.forms("father", turn).theme.meter == Meter(3, 4)
    assert survey.forms("father", turn, plain=True).theme == FATHER.motif
    assert survey.steps("father", turn, ("invert",)) == ("meter 3/4", "invert")
    assert survey.steps("ines", turn) == ()
    assert survey.turning(Span(turn - 1, turn + 1))
    assert not survey.turning(Span(turn, turn + 1))
