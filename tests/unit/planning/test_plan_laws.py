"""What must hold of every plan, whatever the story."""

import pytest
from hypothesis import given, settings

from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.casting import themes
from motifgen.story.scene import Cast, Scene
from planned import MELODIC, THEMES, character, faults, films, planned, scenes, whole

MANY = settings(max_examples=40, deadline=None)


@MANY
@given(scenes())
def test_a_plan_breaks_no_law(scene):
    assert faults(planned(scene)) == []


@MANY
@given(scenes())
def test_every_lead_is_heard_whole_within_its_presence_or_a_warning_says_why_not(scene):
    plan, known = planned(scene), themes(scene)
    for cast in scene.cast:
        if cast.role == "lead":
            own = [s for s in plan.statements if s.who == cast.who and s.treatment in MELODIC]
            assert any(whole(s, known[s.who.key]) for s in own) or any(cast.who.name in said for said in plan.warnings)


@MANY
@given(scenes())
def test_the_first_two_statements_of_a_theme_are_whole_and_near_plain(scene):
    plan, known = planned(scene), themes(scene)
    for key in known:
        for s in [s for s in plan.statements if s.who.key == key and s.treatment == "theme"][:2]:
            torn = any(said.startswith(s.why) for said in plan.warnings)
            steps = [step for step in s.transforms if not step.startswith("meter")]
            quick = "quickened" in s.why and {parse_transform(step).name for step in steps} == {"diminish"}
            near = not steps or (s.likeness >= 0.8 and (quick or not any(parse_transform(step).hard for step in steps)))
            assert torn or (whole(s, known[key]) and near)


@MANY
@given(scenes())
def test_statements_are_in_order_of_time_and_every_variant_is_what_its_steps_make(scene):
    plan, known = planned(scene), themes(scene)
    assert [s.start for s in plan.statements] == sorted(s.start for s in plan.statements)
    for s in plan.statements:
        if s.treatment in ("theme", "fragment") and not any(said.startswith(s.why) for said in plan.warnings):
            motif = known[s.who.key]
            for step in s.transforms:
                motif = parse_transform(step)(motif)
            lost = len(motif.notes) - len(s.motif.notes)
            assert s.motif.notes == motif.notes[lost:]


@settings(max_examples=15, deadline=None)
@given(films())
def test_editing_one_scene_changes_no_other(film):
    from dataclasses import replace  # noqa: PLC0415 - used here alone

    other = Arc.of((0, "triumph"))
    edited = replace(film, scenes=(replace(film.scenes[0], arc=other, hits=(), dialogue=(), silence=(), statements=()), *film.scenes[1:]))
    for before, after in zip(film.scenes[1:], edited.scenes[1:], strict=True):
        one, other = planned(before, film), planned(after, edited)
        assert (one.statements, one.keys) == (other.statements, other.keys)


@pytest.mark.parametrize("theme", THEMES)
def test_a_single_lead_in_a_calm_scene_is_heard_plain(theme):
    who = character(THEMES.index(theme))
    plan = planned(Scene("1m1", 40, Arc.of((0, "neutral")), cast=[Cast(who)]))
    first = next(s for s in plan.statements if s.treatment == "theme")
    assert first.motif == theme
    assert first.transforms == ()
    assert first.likeness == 1.0
