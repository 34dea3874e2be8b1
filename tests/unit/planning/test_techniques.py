"""Every technique of leitmotivic development occurs where a story calls for it, and not where none does.

The nine are M. Bribitzer-Stull's, *Understanding the Leitmotif* (2015), pp. 284-294; mirrors and growth follow them.
"""

from dataclasses import replace

import pytest

from motifgen.compose.planning.deck import mode_row
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.casting import cast
from motifgen.story.leitmotif import Character, Invention
from motifgen.story.scene import Cast, Hit, Scene, Story
from planned import THEMES, character, planned, whole

HERO = character(2, traits=("brave", "tender"))
LONELY = character(0, traits=("lonely",))
GHOUL = character(1, traits=("evil", "menace"), keep=0.0)
FATE = Character("fate", THEMES[5], kind="idea", traits=("doom",), keep=0.0)
NEUTRAL = Arc.of((0, "neutral"))


def film_of(scene, *people, journeys=()):
    """Return a scene's plan in a film in which these have led two scenes before: their themes are known."""
    before = [Scene(f"0m{i}", 30, NEUTRAL, cast=[Cast(who) for who in people]) for i in range(2)]
    film = Story("film", scenes=[*before, scene, *journeys])
    return planned(film.scenes[2], film)


def names(plan, who):
    """Return the techniques that a theme goes through."""
    return {parse_transform(step).name for s in plan.statements if s.who.key == who.key for step in s.transforms}


def said(plan, who):
    return [s for s in plan.statements if s.who.key == who.key]


def test_change_of_mode_in_grief():
    plan = film_of(Scene("1m1", 60, Arc.of((0, "grief")), cast=[Cast(HERO)]), HERO)
    assert any(mode_row(s.key.mode.name).valence < -0.3 for s in said(plan, HERO))


def test_a_theme_at_home_in_the_dark_is_not_darkened_further_where_the_scene_is_light():
    """Anybody hears a mode, whoever's theme it is: a brave one's dorian means hope, and yet nobody is cheered by its minor."""
    hero = replace(HERO, motif=Motif.parse("D4/q A4/q. B4/e F4/q | E4/q. F4/e D4/h", key="D dorian"), traits=("brave",))
    arc = Arc.of((0, "sorrow"), (4, "thoughtful"), (60, "lazy"), (68, "pride"))
    for seed in range(8):
        plan = planned(Scene("1m1", 78, arc, cast=[Cast(hero)], style="epic", seed=seed))
        light = [s for s in said(plan, hero) if arc.at(float(plan.spotting.seconds(s.start))).valence > 0]
        assert light
        assert min(mode_row(s.key.mode.name).valence for s in light) >= mode_row("dorian").valence
        assert mode_row(light[-1].key.mode.name).valence > 0


def test_harmonic_recontextualization_at_a_reveal():
    scene = Scene("1m1", 60, NEUTRAL, cast=[Cast(HERO)], hits=[Hit(30, "reveal", who=HERO.key)])
    assert "recontextualize" in names(film_of(scene, HERO), HERO)
    assert "recontextualize" not in names(film_of(replace(scene, hits=()), HERO), HERO)


def test_harmonic_corruption_on_the_way_down_and_redemption_on_the_way_back():
    corrupted, redeemed = (replace(HERO, journey=((("0m1"), "corrupted"), ("1m1", state))) for state in ("corrupted", "redeemed"))
    fallen = film_of(Scene("1m1", 60, Arc.of((0, "neutral"), (30, "tension")), cast=[Cast(corrupted)]), corrupted)
    risen = film_of(Scene("1m1", 60, Arc.of((0, "neutral"), (30, "hope")), cast=[Cast(redeemed)]), redeemed)
    assert "corrupt" in names(fallen, HERO)
    assert "redeem" not in names(fallen, HERO)
    assert "redeem" in names(risen, HERO)


def test_change_of_texture_alone_when_lonely_and_underneath_without_the_lead():
    bare = film_of(Scene("1m1", 90, Arc.of((0, "neutral"), (30, "loneliness")), cast=[Cast(LONELY)]), LONELY)
    assert {"skeleton", "tail", "head", "truncate"} & names(bare, LONELY)
    under = planned(Scene("1m1", 60, NEUTRAL, cast=[Cast(HERO), Cast(LONELY, role="support")]))
    assert {s.treatment for s in said(under, LONELY)} <= {"counter", "ostinato", "harmony"}


def test_truncation_when_the_height_is_a_defeat():
    scene = Scene("1m1", 60, Arc.of((0, "hope"), (30, "terror"), (40, "despair")), cast=[Cast(HERO)])
    height = next(s for s in said(film_of(scene, HERO), HERO) if "at its height" in s.why)
    assert "truncate" in {parse_transform(step).name for step in height.transforms}


def test_fragments_foreshadow_and_remember():
    hint = planned(Scene("1m1", 60, NEUTRAL, cast=[Cast(HERO, role="hint")]), Story(scenes=[Scene("9m9", 30, NEUTRAL, cast=[Cast(HERO)])]))
    assert {s.treatment for s in said(hint, HERO)} == {"fragment"}
    late = film_of(Scene("1m1", 60, NEUTRAL, cast=[Cast(HERO, role="hint")]), HERO)
    memories = ("is remembered", "comes to mind again", "is not forgotten", "the memory of")
    assert all(any(memory in s.why for memory in memories) for s in said(late, HERO))


def test_evolution_a_bond_that_is_to_be_invented_grows_out_of_whom_it_joins():
    bond = Character("bond", Invention(), kind="bond", between=(HERO.key, LONELY.key))
    scene = Scene("1m1", 60, NEUTRAL, cast=[Cast(HERO), Cast(LONELY), Cast(bond)])
    made = cast(scene)
    theme = dict(made.themes)["bond"]
    assert dict(made.reasons)["bond"].startswith(f"it grows out of the theme of {HERO.key}, so that it can sound with {HERO.key} and ")
    kin, stranger = likeness(HERO.motif, theme), dict(cast(replace(scene, cast=(Cast(replace(bond, between=())),))).themes)["bond"]
    assert max(kin.rhythm, kin.contour) > 0.8
    assert kin.total > likeness(HERO.motif, stranger).total
    asked = replace(bond, motif=Invention(archetype="love"))
    assert "grows out of" not in dict(cast(replace(scene, cast=(*scene.cast[:2], Cast(asked)))).reasons)["bond"]


def test_associative_transposition_a_place_that_is_left_is_heard_in_another_key():
    scene = Scene("1m1", 90, Arc.of((0, "hope"), (40, "terror")), key="D major", cast=[Cast(HERO)])
    keys = {s.key.tonic for s in said(film_of(scene, HERO), HERO)}
    assert len(keys) > 1


def test_a_complex_when_three_meet_at_the_height():
    third = character(4)
    scene = Scene("1m1", 120, Arc.of((0, "hope"), (80, "triumph")), cast=[Cast(HERO), Cast(LONELY), Cast(third)])
    met = [s for s in film_of(scene, HERO, LONELY, third).statements if "meet" in s.why or "answers" in s.why]
    assert len({s.who.key for s in met}) >= 2


def test_irony_is_sweet_in_the_dark():
    plan = film_of(Scene("1m1", 60, Arc.of((0, "despair")), cast=[Cast(HERO, irony=True)]), HERO)
    assert all(mode_row(s.key.mode.name).valence > 0 and "in irony" in s.why for s in said(plan, HERO))


def test_a_menace_turns_upside_down_before_its_opponent_and_not_alone():
    scene = Scene("1m1", 90, Arc.of((0, "unease"), (40, "dread")), cast=[Cast(GHOUL), Cast(HERO)])
    assert "invert" in names(film_of(scene, GHOUL, HERO), GHOUL)
    assert "invert" not in names(film_of(replace(scene, cast=scene.cast[:1]), GHOUL), GHOUL)


def test_a_reversal_of_fortune_turns_a_theme_upside_down():
    hero = replace(HERO, keep=0.0)
    arc = Arc.of((0, "joy"), (20, "joy"), (22, "betrayal"), (60, "grief"))
    assert "invert" in names(film_of(Scene("1m1", 70, arc, cast=[Cast(hero)]), hero), hero)


def test_fate_runs_backwards_and_others_do_not():
    scene = Scene("1m1", 90, Arc.of((0, "unease"), (40, "dread")), cast=[Cast(FATE)])
    assert "retrograde" in names(film_of(scene, FATE), FATE)
    other = replace(FATE, key="storm", name="Storm", traits=("menace",))
    assert "retrograde" not in names(film_of(replace(scene, cast=[Cast(other)]), other), other)


@pytest.mark.parametrize("name", ["invert", "retrograde"])
def test_the_usual_floor_keeps_mirrors_out(name):
    people = [replace(who, keep=0.5) for who in (GHOUL, FATE)]
    scene = Scene("1m1", 90, Arc.of((0, "unease"), (40, "dread")), cast=[*map(Cast, people), Cast(HERO)])
    plan = film_of(scene, *people, HERO)
    assert all(name not in names(plan, who) for who in people)


def test_whoever_has_grown_goes_beyond_the_old_end():
    grown = replace(HERO, journey=(("1m1", "grown"),))
    plan = film_of(Scene("1m1", 60, Arc.of((0, "neutral"), (30, "determination")), cast=[Cast(grown)]), grown)
    longer = [s for s in said(plan, grown) if "extend" in {parse_transform(step).name for step in s.transforms}]
    assert longer
    assert all(whole(s, THEMES[2]) and len(s.motif.sounding()) > len(THEMES[2].sounding()) for s in longer)
    assert isinstance(longer[0].motif, Motif)


def test_the_dead_are_remembered_and_do_not_enter():
    dead = replace(HERO, journey=(("0m1", "dead"),))
    plan = film_of(Scene("1m1", 60, Arc.of((0, "nostalgia")), cast=[Cast(dead)]), dead)
    assert said(plan, dead)[0].why.startswith(f"{dead.name}, who is dead, is remembered")
