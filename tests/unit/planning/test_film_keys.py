"""The film's keys: at home with its protagonist, as far away as the journey has gone, home at the end."""

from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.compose.planning.keys import legible
from motifgen.compose.planning.usage import keys_table, keys_used, usage_svg
from motifgen.story.arc import Arc
from motifgen.story.scene import Cast, Scene, Story
from motifgen.theory.scale import Key
from motifgen.theory.time import Span
from planned import character, planned

HERO, OTHER = character(2, traits=("brave",)), character(0)
GOOD, BAD = Arc.of((0, "neutral"), (20, "hope")), Arc.of((0, "neutral"), (20, "grief"))


def film(hero=HERO, last=GOOD):
    casts = {"1m1": hero, "1m2": OTHER, "2m1": hero, "2m2": hero, "3m1": OTHER}
    return Story("film", scenes=[Scene(name, 40, last if name == "3m1" else GOOD, cast=[Cast(who)]) for name, who in casts.items()])


def homes(story):
    return {scene.id: planned(scene, story).keys[0] for scene in story.scenes}


def test_the_film_is_at_home_with_whoever_leads_most_and_others_have_their_own_keys():
    found = homes(film())
    assert [str(found[name].key) for name in ("1m1", "1m2", "2m1")] == ["D major", "D minor", "D major"]
    assert found["1m1"].why == "the key of Cara at home"
    assert found["1m2"].why == "the key of Ada"


@pytest.mark.parametrize(
    ("state", "key"),
    [("grown", "E"), ("corrupted", "Eb"), ("broken", "B"), ("lost", "Ab"), ("dead", "C#"), ("innocent", "D"), ("redeemed", "D")],
)
def test_a_journey_takes_the_home_key_with_it_until_it_ends(state, key):
    hero = replace(HERO, journey=(("2m1", state), ("2m2", "redeemed")))
    found = homes(film(hero))
    assert found["2m1"].key.tonic.semitone == Key.parse(f"{key} major").tonic.semitone
    assert str(found["2m2"].key) == "D major"
    assert state in found["2m1"].why


def test_the_last_scene_comes_home_if_it_ends_well():
    assert str(homes(film())["3m1"].key) == "D major"
    assert "the film ends well" in homes(film())["3m1"].why
    assert str(homes(film(last=BAD))["3m1"].key) == "D minor"


def test_a_scene_that_names_its_key_has_it_and_one_without_anybody_is_at_the_films_home():
    story = film()
    named, empty = replace(story.scenes[2], key="F# minor"), replace(story.scenes[1], cast=())
    found = homes(replace(story, scenes=(story.scenes[0], empty, named, *story.scenes[3:])))
    assert (str(found["2m1"].key), found["2m1"].why) == ("F# minor", "the scene names its key")
    assert (str(found["1m2"].key), found["1m2"].why) == ("D major", "nobody is there: the film's home, the key of Cara")


def test_the_keys_of_other_scenes_do_not_hang_on_how_a_scene_feels_or_what_it_names():
    story = film()
    edited = replace(story, scenes=(replace(story.scenes[0], arc=BAD, key="Bb minor", style="piano"), *story.scenes[1:]))
    before, after = homes(story), homes(edited)
    assert [before[name] for name in ("1m2", "2m1", "2m2", "3m1")] == [after[name] for name in ("1m2", "2m1", "2m2", "3m1")]


def test_a_scene_of_its_own_is_in_the_key_of_its_first_lead():
    scene = Scene("1m1", 40, GOOD, cast=[Cast(OTHER)])
    assert planned(scene).keys[0].why == "the key of Ada"
    assert str(planned(scene, Story(scenes=[scene])).keys[0].key) == "D minor"


def test_the_map_of_the_film_shows_its_keys():
    story = film(replace(HERO, journey=(("2m1", "lost"),)))
    keys = keys_used([planned(scene, story) for scene in story.scenes])
    assert {use.scene for use in keys} == {scene.id for scene in story.scenes}
    assert "as far as there is" in keys_table(keys)
    assert "as far as there is" in usage_svg((), keys)
    assert [use.at for use in keys] == sorted(use.at for use in keys)


@pytest.mark.parametrize("name", ["C# major", "Cb major", "G# mixolydian", "Db minor", "E# minor", "F# lydian", "Fb dorian"])
def test_no_key_of_a_plan_has_more_than_six_signs(name):
    scene = Scene("1m1", 60, Arc.of((0, "peace"), (30, "dread"), (50, "triumph")), key=Key.parse(name), cast=[Cast(HERO)])
    found = planned(scene)
    assert all(abs(it.key.fifths) <= 6 for it in (*found.sections, *found.statements, *found.keys))
    assert found.keys[0].key.tonic.semitone == Key.parse(name).tonic.semitone
    assert name in found.keys[0].why


def test_a_tonic_keeps_its_name_where_both_names_have_as_many_signs():
    found = planned(Scene("1m1", 40, GOOD, cast=[Cast(HERO)]))
    first, statement = found.sections[0], found.statements[0]
    flat, sharp, other = (Key.parse(name) for name in ("Ab dorian", "G# minor", "Ab major"))
    parts = [replace(first, key=key) for key in (sharp, flat, other)]
    spans = [replace(part, span=Span(Fraction(4 * at), Fraction(4 * at + 4))) for at, part in enumerate(parts)]
    sections, statements = legible(spans, [replace(statement, key=flat, start=Fraction(4))])
    assert [str(it.key) for it in sections] == ["G# minor", "G# dorian", "Ab major"]
    assert str(statements[0].key) == "G# dorian"
