"""Hits that lie too close: a theme is whole all the same, there or later."""

from fractions import Fraction

from motifgen.story.arc import Arc
from motifgen.story.scene import Cast, Hit, Scene
from planned import THEMES, asked, character, faults, planned, whole

ADA, BELA, CARA, EMIL = (character(i) for i in (0, 1, 2, 4))
CALM = Arc.of((0, "neutral"))


def test_a_theme_called_shortly_before_its_owner_leaves_is_quickened_to_have_its_end():
    scene = Scene("1m1", 40, CALM, tempo=96, meter="4/4", cast=[Cast(EMIL), Cast(ADA, (10, 24.5))], hits=[Hit(20, "entry", who="ada")])
    plan = planned(scene)
    called = next(s for s in plan.statements if "quickened" in s.why)
    assert whole(called, THEMES[0])
    assert plan.spotting.landings[0].at == called.start
    assert called.transforms == ("diminish 3/2",), "a third quicker, its dotted quarters would be nine sixteenths long"
    assert plan.spotting.seconds(called.end) <= Fraction(49, 2)
    assert faults(plan) == []


def test_a_theme_runs_on_under_the_next_one_where_they_agree():
    hits = [Hit(20, "entry", who="ada"), Hit(22.5, "entry", who="cara")]
    plan = planned(Scene("1m1", 60, CALM, tempo=96, meter="4/4", cast=[Cast(ADA, 18), Cast(CARA, 18)], hits=hits))
    first, second = (next(s for s in plan.statements if s.start == landing.at) for landing in plan.spotting.landings)
    assert whole(first, THEMES[0])
    assert "running on under what follows" in first.why
    assert first.end > second.start
    assert ["for the first time" in s.why for s in plan.statements if s.who == ADA and whole(s, THEMES[0])][:2] == [True, False]
    assert faults(plan) == []


def test_a_theme_that_is_broken_off_is_heard_whole_the_next_time():
    decided = [asked(Fraction(22), BELA)]
    hits = [Hit(20, "entry", who="ada")]
    plan = planned(
        Scene("1m1", 90, Arc.of((0, "grief")), tempo=96, meter="4/4", cast=[Cast(ADA), Cast(BELA)], hits=hits, statements=decided)
    )
    called = next(s for s in plan.statements if s.start == plan.spotting.landings[0].at)
    assert not whole(called, THEMES[0])
    assert any(said.startswith(called.why) for said in plan.warnings)
    after = [s for s in plan.statements if s.who == ADA and s.start > called.start and s.treatment in ("theme", "counter")]
    assert whole(after[0], THEMES[0])
    assert faults(plan) == []


def test_a_support_that_a_hit_calls_and_breaks_off_is_heard_whole_underneath_later():
    hits = [Hit(20, "entry", who="ada")]
    scene = Scene("1m1", 60, CALM, tempo=96, meter="4/4", cast=[Cast(BELA), Cast(ADA, role="lead")], hits=hits, silence=[(22, 24)])
    plan = planned(scene)
    called = next(s for s in plan.statements if s.start == plan.spotting.landings[0].at)
    assert not whole(called, THEMES[0])
    assert [s for s in plan.statements if s.who == ADA and s.start > called.start and whole(s, THEMES[0])]
