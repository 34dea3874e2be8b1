"""Moments told in time: heights that others leave free, returns told once, reasons that are true where the theme sounds."""

from collections import Counter

import pytest

from motifgen.compose.planning.clauses import gives_way, into
from motifgen.compose.planning.moods import dark
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character, Invention
from motifgen.story.scene import Cast, Hit, Scene, Story
from planned import character, planned

HERO, GHOUL = character(2, traits=("brave", "tender")), character(1, traits=("evil", "menace"))
FRIEND, CUP = character(3, traits="loyal"), character(4, traits="noble")


def known(scene, *people):
    """Return a scene's plan in a film in which these have led two scenes before."""
    before = [Scene(f"0m{i}", 30, Arc.of((0, "neutral")), cast=[Cast(who) for who in people]) for i in range(2)]
    return planned(scene, Story("film", scenes=[*before, scene]))


def second(plan, statement):
    return float(plan.spotting.seconds(statement.start + statement.motif.pickup))


def told(plan, text):
    return [it for it in plan.statements if text in it.why]


@pytest.mark.parametrize("comes", [84, 86, 88])
def test_who_enters_at_the_height_leaves_it_to_whose_it_is(comes):
    arc = Arc.of((0, "anticipation"), (60, "suspense"), (88, "triumph"), (120, "joy"))
    scene = Scene("1m1", 120, arc, cast=[Cast(HERO), Cast(CUP, (comes, 120))], hits=[Hit(88, "accent", what="goal")])
    plan = known(scene, HERO, CUP)
    (height,) = told(plan, "at its height (goal)")
    assert height.who == HERO
    assert abs(second(plan, height) - 88) < 2
    assert any(it.who == CUP and it.treatment in ("theme", "counter") and it.likeness > 0.8 for it in plan.statements)


def test_after_a_pause_the_climax_comes_with_its_upbeat_a_bar_later():
    upbeat = character(2, traits="tender")
    assert upbeat.motif.pickup
    arc = Arc.of((0, "tenderness"), (30, "worry"), (60, "grief"))
    plan = known(Scene("1m1", 90, arc, cast=[Cast(upbeat)], hits=[Hit(31, "pause", what="the letter")]), upbeat)
    climax = next(section for section in plan.sections if section.function == "climax")
    assert [it for it in told(plan, "at its height") if climax.span.start <= it.start + it.motif.pickup < climax.span.end]


def test_a_climax_that_its_blow_leaves_no_room_is_told_before_it_and_not_of_it():
    arc = Arc.of((0, "playful"), (20, "mischief"), (40, "comedy"))
    plan = known(Scene("1m1", 50, arc, cast=[Cast(HERO)], hits=[Hit("48.5", "stinger", what="falls")]), HERO)
    (height,) = told(plan, "at its height")
    assert second(plan, height) < 47
    assert "falls" not in height.why


def test_a_return_from_below_is_told_once_and_by_where_it_goes():
    arc = Arc.of((0, "dread"), (40, "terror"), (70, "courage"), (95, "triumph"), (120, "joy"))
    plan = known(Scene("1m1", 120, arc, cast=[Cast(HERO), Cast(GHOUL, (0, 60))]), HERO, GHOUL)
    back = told(plan, "terror gives way to courage") + told(plan, "terror has given way to courage")
    assert [it.who for it in back] == [HERO]
    assert not told(plan, "turns to courage")
    assert not any("darkened" in it.why or "corrupted" in it.why for it in back)


def test_who_pursues_does_not_come_back_from_below():
    arc = Arc.of((0, "chase"), (30, "panic"), (50, "relief"), (80, "joy"))
    plan = known(Scene("1m1", 80, arc, cast=[Cast(HERO), Cast(GHOUL)]), HERO, GHOUL)
    assert not any("relief" in it.why and "panic" in it.why and "redeemed" in it.why for it in plan.statements if it.who == GHOUL)


def test_an_archetype_makes_a_menace_as_a_trait_does():
    assert dark(Character("war", Invention(archetype="menace")))
    assert not dark(Character("love", Invention(archetype="love")))


@pytest.mark.parametrize("feels", [("calm", "hope", "joy"), ("dread", "hope", "relief")])
def test_no_menace_brightens_because_a_scene_does(feels):
    arc = Arc.of(*((30 * i, feel) for i, feel in enumerate(feels)))
    plan = known(Scene("1m1", 90, arc, cast=[Cast(HERO), Cast(GHOUL)]), HERO, GHOUL)
    assert not any("brightened" in it.why for it in plan.statements if it.who == GHOUL)


def test_grief_belongs_to_who_has_lost_and_not_to_the_menace():
    arc = Arc.of((0, "terror"), (30, "horror"), (60, "grief"), (100, "emptiness"))
    cast = [Cast(GHOUL), Cast(HERO, (20, 100))]
    plan = known(Scene("1m1", 100, arc, cast=cast), HERO, GHOUL)
    mourned = [it.who for it in plan.statements if "turns to grief" in it.why or "the scene ends" in it.why]
    assert mourned
    assert set(mourned) == {HERO}


@pytest.mark.parametrize("start", range(0, 30, 3))
def test_a_turn_is_told_while_it_is_felt(start):
    arc = Arc.of((0, "elegant"), (30, "fascination"), (60, "grief"), (75 + start % 7, "resignation"), (120, "hope"))
    words = [(start + 50, start + 62)]
    plan = known(Scene("1m1", 130, arc, cast=[Cast(HERO), Cast(FRIEND, (start + 20, 110))], dialogue=words), HERO, FRIEND)
    for it in plan.statements:
        word = next((word for word in ("grief", "fascination", "hope") if f"the scene turns to {word}" in it.why), "")
        if word:
            at = next(point for point in plan.spotting.scene.arc.points if point.feel == word)
            assert abs(second(plan, it) - float(at.at)) < 5.5


def test_who_came_under_words_is_told_as_having_been_there():
    arc = Arc.of((0, "calm"), (60, "unease"), (90, "calm"))
    cast = [Cast(HERO), Cast(FRIEND, (15, 90))]
    plan = known(Scene("1m1", 90, arc, cast=cast, dialogue=[(10, 40)]), HERO, FRIEND)
    first = next(it for it in plan.statements if it.who == FRIEND)
    assert second(plan, first) >= 40
    assert first.why.startswith(f"{FRIEND.name}, silent while they spoke, is heard where the words stop")


def test_supports_and_hints_are_told_otherwise_each_time():
    arc = Arc.of((0, "calm"), (60, "unease"), (150, "dread"))
    cast = [Cast(HERO), Cast(FRIEND, role="support"), Cast(GHOUL, role="hint")]
    plan = known(Scene("1m1", 150, arc, cast=cast), HERO, FRIEND)
    said = Counter(it.why.partition(": ")[0] for it in plan.statements if it.role in ("support", "hint") and "remembered" not in it.why)
    assert len(said) >= 6
    assert max(said.values()) <= 2


def test_what_players_cannot_read_is_not_broadened_by_half():
    for feel in ("triumph", "despair", "terror", "love"):
        arc = Arc.of((0, "calm"), (60, feel), (90, "calm"))
        plan = known(Scene("1m1", 90, arc, cast=[Cast(HERO)], hits=[Hit(60, "accent")]), HERO)
        for it in plan.statements:
            if "augment 3/2" in it.transforms:
                assert all(note.duration.numerator in (1, 2, 3, 4, 6, 8, 12) for note in it.motif.notes)


def test_no_more_than_three_themes_meet():
    arc = Arc.of((0, "peace"), (40, "regret"), (70, "bittersweet"), (90, "triumph"), (110, "peace"))
    people = [character(i) for i in range(5)]
    plan = known(Scene("1m1", 120, arc, cast=[Cast(who) for who in people]), *people)
    heard = [it for it in plan.statements if it.treatment in ("theme", "counter")]
    for one in heard:
        assert sum(one.start in other.span for other in heard) <= 3


def test_a_mode_is_not_called_brighter_where_it_has_grown_darker():
    arc = Arc.of((0, "hope"), (30, "unease"), (60, "curiosity"), (90, "dread"))
    plan = known(Scene("1m1", 90, arc, cast=[Cast(character(0))]), character(0))
    assert not any("darker" in it.why.partition(": ")[0] and "brightened" in it.why for it in plan.statements)


def test_feelings_are_written_as_nouns_or_adjectives():
    assert gives_way("eerie", "terror") == "an eerie mood gives way to terror"
    assert (into("playful"), into("joy")) == ("playful", "to joy")


@pytest.mark.parametrize(("do", "heard"), [("swell", True), ("stinger", False)])
def test_a_height_beside_the_climax_that_the_picture_marks_has_its_theme(do, heard):
    arc = Arc.of((0, "excitement"), (30, "joy"), (60, "triumph"), (85, "unease"), (105, "fear"), (120, "panic"))
    hits = [Hit(60, do, what="the clouds break"), Hit(112, "stinger")]
    plan = known(Scene("1m1", 125, arc, cast=[Cast(HERO)], hits=hits), HERO)
    high = told(plan, "a height of the scene (the clouds break)")
    assert [abs(second(plan, it) - 60) < 2 for it in high] == [True] * heard


def test_better_times_are_not_the_return_of_who_was_no_good_company():
    stern = character(4, traits=("stern", "haughty"))
    arc = Arc.of((0, "tense"), (30, "anger"), (60, "despair"), (90, "hope"), (120, "joy"))
    plan = known(Scene("1m1", 120, arc, cast=[Cast(HERO), Cast(stern)]), HERO, stern)
    back = {it.who.key for it in told(plan, "despair gives way to hope") + told(plan, "despair has given way to hope")}
    assert back == {HERO.key}


def test_a_scene_opens_on_one_and_others_are_there():
    plan = planned(Scene("1m1", 60, Arc.of((0, "eerie")), cast=[Cast(FRIEND), Cast(HERO)]))
    (first,) = told(plan, "the scene opens on")
    assert first.why.startswith(f"the scene opens on {first.who.name}, in an eerie mood: ")
    assert [it.who for it in told(plan, "is there from the start") + told(plan, "is here already")] != [first.who]


@pytest.mark.parametrize("before", [True, False])
def test_a_known_lead_who_must_wait_for_the_whole_theme_is_greeted_by_its_head(before):
    slow = character(2, traits="tender")
    arc = Arc.of((0, "tenderness"), (30, "worry"), (55, "grief"), (100, "resignation"))
    cast, hits = [Cast(FRIEND), Cast(slow, (20, 100))], [Hit(30, "pause", what="the letter")]
    scene = Scene("1m1", 100, arc, cast=cast, hits=hits, dialogue=[(33, 52)], tempo=60)
    plan = known(scene, FRIEND, *([slow] if before else []))
    greeted = [it for it in plan.statements if it.who == slow and it.treatment == "fragment" and it.why.startswith(f"{slow.name} enters: ")]
    assert len(greeted) == before
    assert all(abs(second(plan, it) - 20) < 6 for it in greeted)
    assert any(it.who == slow and it.treatment == "theme" and second(plan, it) > 50 for it in plan.statements)


@pytest.mark.parametrize("pause", range(23, 33))
def test_nothing_builds_up_to_a_height_at_which_nothing_is_stated(pause):
    arc = Arc.of((0, "tenderness"), (30, "worry"), (55, "grief"), (100, "resignation"))
    cast = [Cast(FRIEND), Cast(HERO, (20, 100))]
    plan = known(Scene("1m1", 100, arc, cast=cast, hits=[Hit(pause, "pause")], dialogue=[(35, 52)], tempo=60), FRIEND, HERO)
    climax = next((section.span for section in plan.sections if section.function == "climax"), None)
    if told(plan, "before the climax"):
        assert any(it.span.overlaps(climax) for it in plan.statements if it.treatment == "theme" or "height" in it.why)


def test_a_support_that_a_hit_calls_is_in_front_for_the_first_time():
    arc = Arc.of((0, "calm"), (30, "hope"), (60, "joy"))
    scene = Scene("1m1", 60, arc, cast=[Cast(HERO), Cast(FRIEND, role="support")], hits=[Hit(36, "entry", who=FRIEND.key)])
    (called,) = told(planned(scene), f"{FRIEND.name} enters on the hit")
    assert called.why.endswith("whole and plain, in front for the first time")
