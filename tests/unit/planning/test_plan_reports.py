"""A plan can be pasted back, explained and mapped."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.compose.planning.explain import explain
from motifgen.compose.planning.paste import as_statements
from motifgen.compose.planning.usage import usage, usage_svg, usage_table
from motifgen.errors import RangeError
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.scene import Asked, BarPlace, Cast, Hit, Scene, Story
from planned import THEMES, character, planned

ADA, CARA = character(0), character(2)
ARC = Arc.of((0, "calm"), (30, "unease"), (55, "terror"), (70, "grief"))
SCENE = Scene("1m1", 80, ARC, cast=[Cast(ADA), Cast(CARA, 20)], hits=[Hit(24.5, "entry", "the door", who="cara")])
LINE = re.compile(r"  - \{at: bar (\d+)(?:\.(\d+)(?:\+(\d+/\d+))?)?, who: (\w+)(?:, as: \[(.*?)\])?\}")


def pasted(text):
    """Read what was printed as statements again."""
    found = []
    for bar, beat, part, who, steps in LINE.findall(text):
        place = BarPlace(int(bar), Fraction(beat or 1) + Fraction(part or 0))
        transforms = tuple(parse_transform(step) for step in steps.split(", ")) if steps else ()
        found.append(Asked(place, {"ada": ADA, "cara": CARA}[who], transforms))
    return tuple(found)


def test_a_plan_pasted_back_is_the_same_music():
    plan = planned(SCENE)
    again = planned(replace(SCENE, statements=pasted(as_statements(plan))))
    melodic = [s for s in plan.statements if s.treatment in ("theme", "fragment")]
    kept = [s for s in again.statements if s.asked]
    assert [(s.who, s.start, s.motif.notes, s.key) for s in kept] == [(s.who, s.start, s.motif.notes, s.key) for s in melodic]
    assert again.warnings == ()


def test_a_statement_that_was_asked_for_at_a_second_is_printed_with_it():
    asked = [Asked(Fraction("13.5"), ADA), Asked(BarPlace(12), CARA)]
    text = as_statements(planned(replace(SCENE, hits=[], statements=asked)))
    assert "{at: 13.5, who: ada}" in text
    assert "{at: bar 12, who: cara}" in text


def test_a_pasted_plan_is_not_filled_up():
    scene = Scene("1m1", 150, Arc.of((0, "calm"), (60, "hope"), (120, "calm")), cast=[Cast(ADA), Cast(CARA, 20)])
    plan = planned(scene)
    again = planned(replace(scene, statements=pasted(as_statements(plan))))
    melodic = [s for s in plan.statements if s.treatment in ("theme", "fragment")]
    more = [s for s in again.statements if s.treatment in ("theme", "fragment") and not s.asked]
    assert len(melodic) > 6
    assert len(more) <= 1


def test_every_pasted_statement_says_why():
    text = as_statements(planned(SCENE))
    assert text.startswith("statements:\n")
    assert text.count("  # ") == text.count("  - ") > 3


def test_nothing_to_state_is_an_empty_list():
    assert as_statements(planned(Scene("1m1", 20, ARC))) == "statements: []\n"


def test_a_bar_is_explained_with_what_sounds_in_it():
    plan = planned(SCENE)
    landing = plan.spotting.landings[0].at
    text = explain(plan, plan.spotting.bar_at(landing).number)
    assert "Cara enters on the hit (the door)" in text
    assert "Hit: entry the door." in text
    assert "likeness 1.00" in text


def test_a_bar_that_is_not_there_is_refused():
    with pytest.raises(RangeError, match="there is no bar 999"):
        explain(planned(SCENE), 999)


def test_the_map_counts_silence_between_statements_over_the_film():
    film = Story(scenes=[SCENE, Scene("1m2", 40, ARC, cast=[Cast(ADA)])])
    plans = [planned(scene, film) for scene in film.scenes]
    uses = usage(plans)
    assert len(uses) == sum(len(plan.statements) for plan in plans)
    own = [use for use in uses if use.who == "Ada"]
    assert own[0].since is None
    assert all(later.since == max(later.at - max(use.at + use.length for use in own[:i]), 0) for i, later in enumerate(own) if i)
    second = next(use for use in own if use.scene == "1m2")
    assert second.at >= 80


def test_scenes_that_follow_in_timecode_are_placed_by_it():
    film = Story(scenes=[replace(SCENE, start="01:00:00:00"), Scene("1m2", 40, ARC, cast=[Cast(ADA)], start="01:05:00:00")])
    uses = usage([planned(scene, film) for scene in film.scenes])
    assert 300 <= next(use for use in uses if use.scene == "1m2").at < 310


def test_the_map_is_a_table_and_a_picture():
    uses = usage([planned(SCENE)])
    table = usage_table(uses).splitlines()
    assert len(table) == len(uses) + 1
    assert "first time" in table[1]
    picture = ET.fromstring(usage_svg(uses))  # noqa: S314 - our own text
    assert len(picture.findall("{http://www.w3.org/2000/svg}rect")) == len(uses)
    assert len(THEMES) > 1


def test_someone_who_finds_no_room_is_named():
    plan = planned(Scene("1m1", 40, ARC, cast=[Cast(ADA, (10, 11), "support")]))
    assert any(text.startswith("Ada is cast as support from 10 to 11 s") for text in plan.warnings)
