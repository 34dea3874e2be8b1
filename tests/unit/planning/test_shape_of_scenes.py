"""The shape of a scene: where its height is, how it is spoken of, and every control of arc, hits and cast that shapes it."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.affect import Affect
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.leitmotif import Emotion
from motifgen.story.scene import Cast, Hit, Scene, Story
from planned import character, planned

HERO, GHOUL = character(2, traits=("brave", "tender")), character(1, traits=("evil", "menace"))
QUIET, LOUD = Affect(arousal=-0.6), Affect(valence=-0.3, arousal=0.8, tension=0.8)


def film(scene, *people):
    """Return a scene's plan in a film in which these have led two scenes before."""
    before = [Scene(f"0m{i}", 30, Arc.of((0, "neutral")), cast=[Cast(who) for who in people]) for i in range(2)]
    return planned(scene, Story("film", scenes=[*before, scene]))


def climax(plan):
    """Return the second at which the climax begins."""
    return next((float(plan.spotting.seconds(s.span.start)) for s in plan.sections if s.function == "climax"), None)


def names(plan, who):
    return {parse_transform(step).name for s in plan.statements if s.who.key == who.key for step in s.transforms}


@pytest.mark.parametrize("feels", [("joy", "sadness", "loneliness"), ("triumph", "joy", "despair"), ("fear", "despair", "grief")])
def test_a_scene_that_opens_high_and_falls_has_no_climax(feels):
    plan = planned(Scene("1m1", 90, Arc.of(*((30 * i, feel) for i, feel in enumerate(feels))), cast=[Cast(HERO)]))
    assert climax(plan) is None


@pytest.mark.parametrize("feels", [("shame", "tenderness", "love"), ("calm", "hope", "triumph"), ("unease", "suspense", "terror")])
def test_the_climax_lies_where_the_scene_has_risen_to(feels):
    plan = planned(Scene("1m1", 120, Arc.of(*((45 * i, feel) for i, feel in enumerate(feels))), cast=[Cast(HERO)]))
    assert climax(plan) > 60


def test_of_two_heights_that_nobody_hears_apart_the_later_one_is_the_climax():
    arc = Arc.of((0, "battle"), (40, "terror"), (70, "despair"), (130, "triumph"), (160, "relief"))
    plan = planned(Scene("1m1", 170, arc, cast=[Cast(HERO)], hits=[Hit(40, "stinger"), Hit(130, "accent")]))
    assert climax(plan) > 110


@pytest.mark.parametrize("peak", [50, 70, 90])
def test_a_later_keyframe_is_a_later_height(peak):
    arc = Arc.of((0, "calm"), (peak, "terror"), (peak + 12, "calm"))
    assert abs(climax(planned(Scene("1m1", 110, arc, cast=[Cast(HERO)]))) - peak) < 10


def test_a_late_curve_rises_later_than_an_early_one():
    def level(curve):
        arc = Arc((Keyframe(Fraction(0), QUIET, curve), Keyframe(Fraction(60), LOUD)))
        plan = planned(Scene("1m1", 70, arc, cast=[Cast(HERO)]))
        return plan.section_at(plan.spotting.quarter(Fraction(24))).level

    assert level("late") < level("linear") < level("early")


@pytest.mark.parametrize(("axis", "low", "high"), [("arousal", -0.6, 0.6), ("tension", 0.0, 0.9)])
def test_a_more_urgent_arc_is_fuller(axis, low, high):
    def fullness(value):
        plan = planned(Scene("1m1", 60, Arc.of((0, Affect(**{axis: value}))), cast=[Cast(HERO)]))
        return max(section.level for section in plan.sections)

    assert fullness(high) > fullness(low)


def test_a_weak_height_is_a_defeat_and_a_strong_one_is_not():
    def ends(power):
        arc = Arc.of((0, "calm"), (45, Affect(-0.8, 0.7, 0.9, power)), (60, "grief"))
        plan = film(Scene("1m1", 75, arc, cast=[Cast(HERO)]), HERO)
        return next(s.transforms for s in plan.statements if "at its height" in s.why)

    assert "truncate" in ends(-0.8)
    assert "truncate" not in ends(0.8)


def test_a_tense_accent_is_awaited_in_silence_and_a_calm_one_is_not():
    def begun(feel):
        plan = film(Scene("1m1", 90, Arc.of((0, feel)), cast=[Cast(HERO)], hits=[Hit(50, "accent")]), HERO)
        times = [plan.spotting.seconds(s.start) for s in plan.statements if "at its height" not in s.why]
        return any(48.2 < second < 50 for second in times), len(times)

    assert not begun("terror")[0]
    assert begun("terror")[1]
    assert begun("calm")[1]


def test_a_swell_draws_the_climax_to_it():
    arc = Arc.of((0, "calm"), (30, "suspense"), (90, "suspense"), (100, "calm"))
    plain = climax(planned(Scene("1m1", 110, arc, cast=[Cast(HERO)])))
    swelled = climax(planned(Scene("1m1", 110, arc, cast=[Cast(HERO)], hits=[Hit(62, "swell")])))
    assert abs(swelled - 62) < 5 < abs(plain - 62)


@pytest.mark.parametrize("do", ["pause", "cut"])
def test_no_theme_sounds_where_the_music_stops(do):
    plan = film(Scene("1m1", 70, Arc.of((0, "unease"), (60, "calm")), cast=[Cast(HERO)], hits=[Hit(40, do)]), HERO)
    assert plan.spotting.rests
    assert not any(s.span.overlaps(rest) for s in plan.statements for rest in plan.spotting.rests)


def test_what_a_hit_shows_is_named_in_the_reasons():
    hits = [Hit(30, "entry", what="the door opens", who=GHOUL.key), Hit(60, "accent", what="the lamp falls")]
    plan = film(Scene("1m1", 90, Arc.of((0, "unease"), (60, "terror")), cast=[Cast(HERO), Cast(GHOUL, 29)], hits=hits), HERO)
    reasons = " ".join(s.why for s in plan.statements)
    assert "the door opens" in reasons
    assert "the lamp falls" in reasons


def test_reasons_seldom_repeat_and_never_within_a_short_scene():
    arc = Arc.of((0, "calm"), (40, "unease"), (90, "suspense"), (150, "relief"))
    plan = film(Scene("1m1", 180, arc, cast=[Cast(HERO), Cast(GHOUL, 30)], dialogue=[(60, 75)]), HERO, GHOUL)
    told = Counter(s.why.partition(":")[0] for s in plan.statements if s.role == "lead")
    assert max(told.values()) == 1
    assert len(told) > 8


def test_a_scene_of_minutes_is_developed_and_not_made_of_pieces():
    arc = Arc.of((0, "calm"), (60, "unease"), (150, "suspense"), (200, "triumph"))
    plan = film(Scene("1m1", 220, arc, cast=[Cast(HERO), Cast(GHOUL, 30)]), HERO, GHOUL)
    front = [s for s in plan.statements if s.treatment in ("theme", "fragment")]
    developed = [s for s in front if {"sequence", "extend", "reflect"} & {parse_transform(step).name for step in s.transforms}]
    pieces = [s for s in front if s.treatment == "fragment" and s not in developed]
    assert len(developed) >= len(front) / 6
    assert len(pieces) < len(front) / 2


@pytest.mark.parametrize("do", ["entry", "reveal"])
def test_a_theme_that_is_new_or_revealed_has_its_first_bars_alone(do):
    cast = [Cast(HERO), Cast(character(4), 20), Cast(character(3), role="support")]
    arc = Arc.of((0, "hope"), (40, "triumph"))
    plan = planned(Scene("1m1", 75, arc, cast=cast, hits=[Hit(40, do, who="emil")]))
    first = {}
    for s in plan.statements:
        if s.treatment == "theme":
            first.setdefault(s.who.key, s)
    called = [s for s in plan.statements if do == "reveal" and s.who.key == "emil" and s.treatment == "theme" and "is revealed" in s.why]
    for s in (*first.values(), *called):
        others = [it for it in plan.statements if it.who != s.who and it.treatment in ("counter", "ostinato") and it.span.overlaps(s.span)]
        assert all(it.start >= min(s.end, s.start + 2 * plan.spotting.bar_at(s.start).meter.bar) for it in others)
    assert called or do == "entry"


def test_traits_say_where_a_theme_is_at_home():
    def changed(*traits):
        who = replace(character(0), traits=traits)
        plan = film(Scene("1m1", 60, Arc.of((0, "joy")), cast=[Cast(who)]), who)
        return sum(s.key.mode.name != "minor" for s in plan.statements) / len(plan.statements)

    assert changed("menace") < changed("joyful")


def test_only_a_person_is_an_opponent():
    scene = Scene("1m1", 90, Arc.of((0, "unease"), (40, "dread")), cast=[Cast(GHOUL), Cast(HERO)])
    place = replace(HERO, kind="place")
    assert "reflect" in names(film(scene, GHOUL, HERO), GHOUL)
    assert "reflect" not in names(film(replace(scene, cast=[Cast(GHOUL), Cast(place)]), GHOUL, place), GHOUL)


def test_a_mirror_image_follows_what_it_mirrors_and_can_be_forbidden():
    scene = Scene("1m1", 90, Arc.of((0, "unease"), (40, "dread")), cast=[Cast(GHOUL), Cast(HERO)])
    mirrored = [s for s in film(scene, GHOUL, HERO).statements if "reflect invert" in s.transforms]
    assert len(mirrored) == 1
    assert mirrored[0].likeness >= GHOUL.keep
    assert "for the one who stands opposite" in mirrored[0].why
    shy = replace(GHOUL, never=("invert",))
    assert "reflect" not in names(film(replace(scene, cast=[Cast(shy), Cast(HERO)]), shy, HERO), shy)


def test_what_is_undone_in_the_picture_runs_backwards():
    def plan(what):
        hits = [Hit(at, "accent", what=what) for at in (20, 36, 60, 70)]
        return film(Scene("1m1", 90, Arc.of((0, "unease"), (30, "wonder")), cast=[Cast(HERO)], hits=hits), HERO)

    backwards, still = (
        [s for s in plan(f"the hands {what}").statements if "reflect retrograde" in s.transforms]
        for what in ("run backwards", "stand still")
    )
    assert [s.who for s in backwards] == [HERO]
    assert "as what was done is undone" in backwards[0].why
    assert not still


def test_the_voice_of_a_character_is_no_matter_of_the_plan():
    scene = Scene("1m1", 60, Arc.of((0, "calm"), (30, "terror")), cast=[Cast(HERO)])
    one, other = (planned(replace(scene, cast=[Cast(who)])) for who in (HERO, replace(HERO, voice=("horn",))))
    assert [(s.start, s.transforms) for s in one.statements] == [(s.start, s.transforms) for s in other.statements]


def test_an_emotional_state_is_heard_where_the_arc_comes_near_it_and_not_elsewhere():
    dread = Emotion("dread", character(5).motif)
    arc = Arc.of((0, "joy"), (50, "joy"), (60, "dread"), (90, "dread"))
    plan = planned(Scene("1m1", 100, arc, cast=[Cast(HERO)], emotions=[dread]))
    own = [float(plan.spotting.seconds(s.start)) for s in plan.statements if s.who.kind == "emotion"]
    assert own
    assert min(own) > 45
