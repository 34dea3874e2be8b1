from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.motif.invention import invent
from motifgen.motif.motif import Motif, Note
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.casting import alike, cast, themes
from motifgen.story.leitmotif import Character, Emotion, Invention
from motifgen.story.scene import Cast, Hit, Scene, Story
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Meter, Span

ARC = Arc((Keyframe(Fraction(0), Affect()),))
GIVEN = Motif(tuple(Note(Degree(step), Fraction(1)) for step in (0, 4, 3, 2, 1, 0, 1)), Key.parse("D minor"), Meter(4, 4))


def scene_of(*characters: Character, name: str = "1m1", emotions: tuple[Character, ...] = ()) -> Scene:
    whole = Span(Fraction(0), Fraction(30))
    return Scene(name, Fraction(30), ARC, cast=tuple(Cast(who, whole) for who in characters), emotions=emotions)


def test_given_motifs_stay_as_they_are() -> None:
    assert themes(scene_of(Character("mara", GIVEN)))["mara"] is GIVEN


def test_a_theme_is_the_same_in_every_scene_and_in_any_company() -> None:
    mara, tom, oath = (Character(key, traits=("brave",)) for key in ("mara", "tom", "oath"))
    one, two = scene_of(mara, tom), scene_of(oath, mara, name="1m2")
    story = Story(scenes=(one, two), characters=(mara, tom, oath), seed=3)
    assert themes(one, story)["mara"] == themes(two, story)["mara"]
    alone = Story(scenes=(scene_of(mara),), characters=(mara,), seed=3)
    assert themes(alone.scenes[0], alone)["mara"] == themes(one, story)["mara"]  # type: ignore[arg-type]


def test_a_character_who_is_cast_nowhere_changes_nothing() -> None:
    mara, ghost = Character("mara"), Character("ghost")
    one = scene_of(mara)
    assert cast(one, Story(scenes=(one,), characters=(mara,))) == cast(one, Story(scenes=(one,), characters=(ghost, mara)))


def test_the_seed_of_the_story_counts() -> None:
    mara = Character("mara")
    one = scene_of(mara)
    assert themes(one, Story(scenes=(one,), characters=(mara,), seed=1)) != themes(one, Story(scenes=(one,), characters=(mara,), seed=2))


def test_a_theme_that_opens_like_another_is_drawn_again_and_that_is_said() -> None:
    mara = Character("mara", Invention("hero"))
    twin = Character("twin", invent(archetype="hero", name="mara", meter="4/4").motif)
    found = cast(scene_of(mara, twin))
    assert not alike(dict(found.themes)["mara"], dict(found.themes)["twin"])
    assert found.warnings == ("the invented theme of mara opened like that of twin, and was drawn again",)


def test_given_themes_that_open_alike_stay_and_that_is_said() -> None:
    found = cast(scene_of(Character("a", GIVEN), Character("b", GIVEN)))
    assert found.warnings == ("the themes of a and b open alike; both are given, and stay",)


def test_the_order_of_declaration_decides_who_is_drawn_again() -> None:
    first, second = Character("first", Invention("hero")), Character("second", Invention("hero"))
    scene = scene_of(second, first)
    assert list(themes(scene, Story(scenes=(scene,), characters=(first, second)))) == ["first", "second"]
    assert list(themes(scene)) == ["second", "first"]


def test_who_is_called_for_by_a_hit_has_a_theme_too() -> None:
    oath = Character("oath", kind="idea")
    scene = replace(scene_of(Character("mara", GIVEN)), hits=(Hit(Fraction(3), "reveal", who="oath"),))
    assert list(themes(scene, Story(scenes=(scene,), characters=(oath,)))) == ["oath", "mara"]


def test_the_kind_decides_where_nothing_else_is_known() -> None:
    names = [f"thing {number}" for number in range(30)]
    chosen = {kind: {dict(cast(scene_of(Character(name, kind=kind))).reasons)[name].split(":")[0] for name in names}
              for kind in ("person", "place", "object", "idea", "bond")}  # fmt: skip
    assert chosen["bond"] <= {"love", "loss", "home"}
    assert "hero" in chosen["person"]
    assert not {"hero", "love"} & (chosen["place"] | chosen["object"])
    assert len({frozenset(found) for found in chosen.values()}) == 5


def test_emotions_have_themes_and_reasons() -> None:
    found = cast(scene_of(Character("mara", GIVEN), emotions=(Emotion("dread"),)))
    assert [key for key, _ in found.themes] == ["mara", "dread"]
    assert dict(found.reasons)["dread"].startswith("menace for dread")


def test_a_large_cast_is_kept_apart() -> None:
    people = [Character(f"person_{i}", Invention("hero")) for i in range(12)]
    motifs = list(themes(scene_of(*people)).values())
    assert not any(alike(a, b) for i, a in enumerate(motifs) for b in motifs[i + 1 :])


def test_wishes_are_kept() -> None:
    wish = Character("sea", Invention("menace", (2, 4), "C# minor", "3/4"))
    motif = themes(scene_of(wish))["sea"]
    assert str(motif.key) == "C# minor"
    assert str(motif.meter) == "3/4"
    assert 2 <= len(motif.sounding()) <= 4


def test_themes_of_a_film_share_a_meter_unless_their_scenes_fix_another() -> None:
    people = [Character(f"person {number}", Invention(archetype)) for number, archetype in enumerate(("home", "journey", "lament", "loss"))]
    scene = scene_of(*people)
    assert {str(motif.meter) for motif in themes(scene).values()} == {"4/4"}
    waltz = replace(scene, meter=Meter(3, 4))
    assert {str(motif.meter) for motif in themes(waltz).values()} == {"3/4"}
    film = Story(scenes=(waltz, replace(scene, id="1m2")), characters=tuple(people))
    assert {str(motif.meter) for motif in themes(waltz, film).values()} == {"4/4"}


def test_alike_is_deaf_to_key_and_tempo_but_not_to_contour() -> None:
    doubled = Motif(tuple(Note(note.degree, note.duration * 2) for note in GIVEN), Key.parse("F minor"), Meter(4, 4))
    other = Motif((*GIVEN.notes[:2], Note(Degree(5), Fraction(1)), *GIVEN.notes[3:]), GIVEN.key, GIVEN.meter)
    assert alike(GIVEN, doubled)
    assert not alike(GIVEN, other)
