"""Moving any dramatic control moves the plan, in the direction that its documentation names."""

from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen.compose.planning.deck import mode_row
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character, Emotion
from motifgen.story.scene import BarPlace, Cast, Hit, Scene, Story
from planned import THEMES, asked, character, faults, planned, whole

ADA, BELA, CARA = character(0), character(1), character(2)
FALL = Arc.of((0, "calm"), (30, "unease"), (55, "terror"), (70, "grief"))


def said(plan, who, *treatments):
    return [s for s in plan.statements if s.who.key == who.key and (not treatments or s.treatment in treatments)]


def brightness(statement):
    return mode_row(statement.key.mode.name).valence


def known(*scenes):
    """Return the last of the scenes' plan in a film where Ada and Cara have led two scenes before."""
    before = [Scene(f"0m{i}", 30, Arc.of((0, "neutral")), cast=[Cast(ADA), Cast(CARA)]) for i in range(2)]
    film = Story("film", scenes=[*before, *scenes])
    return planned(film.scenes[-1], film)


def test_roles_lead_whole_support_inner_hint_in_part():
    by_role = {role: planned(Scene("1m1", 60, FALL, cast=[Cast(ADA, role=role)])) for role in ("lead", "support", "hint")}
    assert any(s.treatment == "theme" and whole(s, THEMES[0]) for s in said(by_role["lead"], ADA))
    assert {s.treatment for s in said(by_role["support"], ADA)} <= {"counter", "ostinato", "harmony"}
    assert {s.treatment for s in said(by_role["hint"], ADA)} == {"fragment"}
    assert not any(whole(s, THEMES[0]) for s in said(by_role["hint"], ADA))


def test_a_later_entrance_is_heard_later():
    early, late = (planned(Scene("1m1", 60, FALL, cast=[Cast(ADA, at)])) for at in (0, 25))
    assert early.spotting.seconds(said(early, ADA)[0].start) < 10
    assert 25 <= late.spotting.seconds(said(late, ADA)[0].start) < 35


def test_nobody_sounds_after_leaving():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA, (0, 30))]))
    assert said(plan, ADA)
    assert all(plan.spotting.seconds(s.end) <= 30 for s in said(plan, ADA))


@pytest.mark.parametrize("do", ["entry", "reveal"])
def test_a_called_theme_begins_on_its_hit(do):
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(BELA), Cast(ADA, 15)], hits=[Hit(24.5, do, who="ada")]))
    landing = plan.spotting.landings[0]
    on_it = [s for s in said(plan, ADA, "theme") if s.start + s.motif.pickup == landing.at]
    assert len(on_it) == 1
    assert whole(on_it[0], THEMES[0])
    assert not [s for s in said(plan, ADA, "theme") if s.start < on_it[0].start]


def test_a_lead_is_whole_before_it_is_in_pieces_though_a_statement_is_written_for_later():
    decided = [asked(Fraction(5), BELA), asked(Fraction(18), ADA)]
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA)], statements=decided))
    assert whole(said(plan, ADA)[0], THEMES[0])


@pytest.mark.parametrize("frames", [467, 470, 473, 475, 479])
def test_whoever_comes_with_a_hit_is_there_on_it(frames):
    at = Fraction(frames, 24)
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(BELA, (0, 22)), Cast(ADA, at)], hits=[Hit(at, "entry", who="ada")]))
    assert plan.spotting.landings[0].at in {statement.start for statement in said(plan, ADA, "theme")}
    assert not any("not cast" in text for text in plan.warnings)


def test_a_theme_with_a_pickup_begins_on_its_hit():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(CARA, 15)], hits=[Hit(24.5, "entry", who="cara")]))
    assert THEMES[2].pickup == 1
    assert plan.spotting.landings[0].at in {statement.start for statement in said(plan, CARA, "theme")}


def test_a_lead_who_is_long_there_does_not_wait_for_a_hit():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA)], hits=[Hit(40, "reveal", who="ada")]))
    times = [plan.spotting.seconds(s.start) for s in said(plan, ADA, "theme")]
    assert times[0] < 10
    assert Fraction(40) in times


def test_a_reveal_turns_the_key_by_a_third():
    plan = planned(Scene("1m1", 60, Arc.of((0, "calm")), key="D minor", cast=[Cast(ADA)], hits=[Hit(30, "reveal", who="ada")]))
    landing = plan.spotting.landings[0]
    before, after = plan.section_at(landing.at - 1).key.tonic, plan.section_at(landing.at).key.tonic
    assert plan.section_at(landing.at).span.start == landing.at
    assert (after.semitone - before.semitone) % 12 in (3, 4, 8, 9)


@pytest.mark.parametrize("do", ["entry", "reveal"])
def test_a_hit_that_names_somebody_who_is_not_cast_there_has_their_theme_and_says_so(do):
    cast, hits = [Cast(ADA, (0, 20))], [Hit(40, do, who="bela")]
    plan = planned(*in_a_film(Scene("1m1", 60, FALL, cast=cast, hits=hits)))
    assert plan.spotting.landings[0].at in {s.start for s in said(plan, BELA, "theme")}
    assert sum("who is not cast at that moment" in text for text in plan.warnings) == 1


def in_a_film(scene):
    return scene, Story("film", scenes=[scene], characters=[ADA, BELA])


def test_a_hit_that_calls_nobody_is_said():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA, (0, 20))], hits=[Hit(50, "reveal")]))
    assert sum("no theme is stated there" in text for text in plan.warnings) == 1


def test_a_minute_in_which_the_composer_states_a_theme_often_is_left_to_that_and_the_next_is_not():
    many = [asked(at, ADA) for at in (2, 14, 26, 38)]
    scene = Scene("1m1", 150, Arc.of((0, "calm"), (90, "hope")), cast=[Cast(ADA)], statements=many)
    plan = planned(scene)
    times = [float(plan.spotting.seconds(s.start)) for s in said(plan, ADA, "theme") if not s.asked]
    assert times
    assert min(times) > 74


def test_a_long_theme_is_hinted_at_with_as_many_notes_as_it_takes_to_know_it():
    seven = "F4/q A4 C5/q. A4/e | Bb4/q G4 E4/h | A4/q F4 D5/q. C5/e | Bb4/q A4 G4/h | F4/e G4 A4 Bb4 C5/q F5 | E5/q D5 C5/h | F4/w"
    long = Character("long", Motif.parse(seven, key="F major"), keep=0.6)
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA), Cast(long, role="hint")]))
    hints = said(plan, long, "fragment")
    assert hints
    assert all(hint.likeness >= long.keep and len(hint.motif.sounding()) > 4 for hint in hints)


def test_dialogue_has_no_melody_and_little_weight():
    cast = [Cast(ADA), Cast(BELA, role="support")]
    free = planned(Scene("1m1", 60, FALL, cast=cast))
    under = planned(Scene("1m1", 60, FALL, cast=cast, dialogue=[(20, 40)]))
    middle = under.section_at(under.spotting.quarter(Fraction(30)))
    assert middle.function == "underscore"
    assert middle.level < 0.4 * free.section_at(free.spotting.quarter(Fraction(30))).level
    assert faults(under) == []


def test_a_lead_who_is_only_there_under_words_is_whole_in_an_inner_voice():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA, (20, 40))], dialogue=[(18, 42)]))
    first = said(plan, ADA)[0]
    assert first.treatment == "counter"
    assert whole(first, THEMES[0])


def test_asked_silence_is_a_silent_section():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA)], silence=[(20, 26)]))
    inside = plan.section_at(plan.spotting.quarter(Fraction(23)))
    assert (inside.function, inside.level) == ("silence", 0)
    assert faults(plan) == []


def test_worse_feelings_darken_a_theme_and_better_ones_brighten_it():
    bad, good = (known(Scene("1m1", 60, Arc.of((0, "neutral"), (20, word)), cast=[Cast(CARA)])) for word in ("grief", "joy"))
    dark = min(map(brightness, said(bad, CARA, "theme")))
    assert dark < brightness(said(good, CARA, "theme")[-1])
    minor = known(Scene("1m1", 60, Arc.of((0, "triumph")), cast=[Cast(ADA)]))
    assert max(map(brightness, said(minor, ADA, "theme"))) > 0


def test_what_someone_feels_goes_before_what_the_scene_feels():
    calm = Arc.of((0, "serenity"))
    scene = Scene("1m1", 60, calm, cast=[Cast(CARA)])
    own, feels = known(scene), known(replace(scene, cast=(Cast(CARA, feel="despair"),)))
    assert min(map(brightness, said(feels, CARA))) < min(map(brightness, said(own, CARA)))


def test_irony_stays_sweet_where_all_is_dark():
    dark = Scene("1m1", 60, Arc.of((0, "despair")), cast=[Cast(CARA)])
    straight, ironic = known(dark), known(replace(dark, cast=(Cast(CARA, irony=True),)))
    assert min(map(brightness, said(straight, CARA, "theme"))) < 0
    assert all(brightness(s) > 0 for s in said(ironic, CARA, "theme"))
    assert all("irony" in s.why for s in said(ironic, CARA, "theme"))


def test_what_is_forbidden_does_not_happen():
    scene = Scene("1m1", 60, Arc.of((0, "grief"), (30, "terror")), cast=[Cast(CARA)])
    used = {parse_transform(step).name for s in known(scene).statements for step in s.transforms}
    assert used
    for name in sorted(used):
        plan = known(replace(scene, cast=(Cast(replace(CARA, never=(name,))),)))
        assert name not in {parse_transform(step).name for s in plan.statements for step in s.transforms}


def test_a_high_floor_keeps_a_theme_like_itself():
    scene = Scene("1m1", 60, Arc.of((0, "grief"), (30, "terror")), cast=[Cast(CARA)])
    free, kept = known(scene), known(replace(scene, cast=(Cast(replace(CARA, keep=0.95)),)))
    assert min(s.likeness for s in free.statements) < 0.95
    assert all(s.likeness >= 0.95 for s in kept.statements)


def test_a_journey_corrupts_and_redeems():
    who = replace(CARA, journey=(("1m2", "corrupted"), ("1m4", "redeemed")))
    scenes = [Scene(f"1m{i}", 60, Arc.of((0, "neutral")), cast=[Cast(who)]) for i in range(1, 5)]
    film = Story("film", scenes=[Scene("0m1", 30, Arc.of((0, "neutral")), cast=[Cast(who)]), *scenes])
    mean = [sum(map(brightness, own)) / len(own) for own in (said(planned(it, film), who) for it in film.scenes[1:])]
    assert mean[1] < mean[0]
    assert mean[1] < mean[2] <= mean[3]


def test_a_station_in_no_scene_is_said():
    who = replace(CARA, journey=(("9m9", "lost"),))
    scene = Scene("1m1", 30, Arc.of((0, "neutral")), cast=[Cast(who)])
    assert any("9m9" in text for text in planned(scene, Story(scenes=[scene])).warnings)


def test_a_theme_that_the_film_knows_may_be_changed_sooner():
    scene = Scene("1m1", 60, Arc.of((0, "grief"), (30, "terror")), cast=[Cast(CARA)])
    assert said(planned(scene), CARA, "theme")[0].transforms == ()
    assert said(known(scene), CARA, "theme")[0].transforms != ()


def test_a_bond_sounds_when_those_it_joins_are_together():
    bond = Character("bond", THEMES[4], kind="bond", between=("ada", "cara"))
    plan = planned(Scene("1m1", 90, Arc.of((0, "love")), cast=[Cast(ADA, (0, 60)), Cast(CARA, 30), Cast(bond)]))
    times = [plan.spotting.seconds(s.start) for s in said(plan, bond, "theme")]
    assert 29 <= times[0] <= 60


def test_leads_who_meet_speak_at_once_or_in_turn():
    plan = planned(Scene("1m1", 100, Arc.of((0, "hope"), (70, "triumph")), cast=[Cast(ADA), Cast(CARA, 20)]))
    met = [s for s in plan.statements if "meet" in s.why or "answers" in s.why]
    assert len(met) == 1
    assert faults(plan) == []


def test_an_emotion_sounds_where_the_arc_comes_near_it():
    dread = Emotion("dread", THEMES[1])
    arc = Arc.of((0, "calm"), (30, "calm"), (45, "dread"), (60, "dread"))
    plan = planned(Scene("1m1", 60, arc, emotions=[dread]))
    assert said(plan, dread)
    assert all(plan.spotting.seconds(s.start) > 30 for s in said(plan, dread))
    assert not said(planned(Scene("1m1", 60, Arc.of((0, "calm")), emotions=[dread])), dread)


@pytest.mark.parametrize("at", [20, BarPlace(6), BarPlace(6, Fraction(3))])
def test_what_the_composer_wrote_is_kept(at):
    scene = Scene("1m1", 60, FALL, cast=[Cast(ADA), Cast(BELA)], statements=[asked(at, ADA, "minor", "augment 2", by="solo cello")])
    plan = planned(scene)
    kept = [s for s in plan.statements if s.asked]
    assert [(s.who, s.transforms, s.by) for s in kept] == [(ADA, ("minor", "augment 2"), "solo cello")]
    bar = plan.spotting.bar_at(kept[0].start)
    if isinstance(at, BarPlace):
        assert (bar.number, (kept[0].start - bar.start) / bar.meter.beat + 1) == (at.bar, at.beat)
    else:
        assert abs(plan.spotting.seconds(kept[0].start) - at) < Fraction(1, 100)
    melodic = [s for s in plan.statements if s.treatment in ("theme", "fragment") and not s.asked]
    assert not any(s.span.overlaps(kept[0].span) for s in melodic)


def test_what_the_composer_wrote_past_the_end_or_into_silence_is_said():
    late = Scene("1m1", 30, FALL, cast=[Cast(ADA)], statements=[asked(BarPlace(99), ADA)])
    assert any("after the scene's end" in text for text in planned(late).warnings)
    into = Scene("1m1", 30, FALL, cast=[Cast(ADA)], silence=[(12, 20)], statements=[asked(10, ADA, "augment 4")])
    plan = planned(into)
    assert any("broken off" in text for text in plan.warnings)
    assert faults(plan) == []


def test_another_seed_is_another_take():
    scene = Scene("1m1", 90, FALL, cast=[Cast(ADA), Cast(BELA, role="support")])
    takes = {tuple((s.start, s.transforms, s.treatment) for s in planned(replace(scene, seed=seed)).statements) for seed in range(6)}
    assert len(takes) > 1


def test_a_theme_in_another_meter_is_recast_and_said():
    plan = planned(Scene("1m1", 40, Arc.of((0, "calm")), meter="4/4", cast=[Cast(character(3))]))
    assert any("recast" in text or "across the bar lines" in text for text in plan.warnings)
    kept = planned(Scene("1m1", 40, Arc.of((0, "calm")), meter="4/4", cast=[Cast(character(3, never=("meter",)))]))
    assert any("across the bar lines" in text for text in kept.warnings)
    assert said(kept, character(3), "theme")[0].motif == THEMES[3]


def test_a_hint_without_a_theme_anywhere_is_said():
    scene = Scene("1m1", 40, FALL, cast=[Cast(ADA, role="hint")])
    assert any("only ever hinted at" in text for text in planned(scene).warnings)
    film = Story(scenes=[scene, Scene("1m2", 40, FALL, cast=[Cast(ADA)])])
    assert not any("only ever hinted at" in text for text in planned(film.scenes[0], film).warnings)


def test_the_climax_is_the_broadest_and_most_prominent_statement():
    plan = known(Scene("1m1", 90, Arc.of((0, "calm"), (60, "triumph"), (80, "peace")), cast=[Cast(CARA)]))
    summit = next(section for section in plan.sections if section.function == "climax")
    there = max(plan.statements, key=lambda s: s.level)
    assert summit.span.start <= there.start + there.motif.pickup < plan.sections[-1].span.start
    assert there.motif.duration == max(s.motif.duration for s in plan.statements)
    assert max(section.level for section in plan.sections) == summit.level


def test_the_last_scene_comes_home_when_it_ends_well():
    first = Scene("1m1", 40, FALL, cast=[Cast(ADA)])
    end = Arc.of((0, "grief"), (30, "peace"))
    film = Story(scenes=[first, Scene("1m2", 40, end, cast=[Cast(BELA), Cast(ADA, 10)])])
    other = Motif.parse("Eb4/q Bb4/q. G4/e F4/q | Eb4/w", key="Eb major")
    away = replace(film, scenes=(first, replace(film.scenes[1], cast=(Cast(Character("gwen", other)), Cast(ADA, 10)))))
    assert str(planned(away.scenes[1], away).sections[-1].key.tonic) == "D"


def test_before_a_shock_nothing_new_begins():
    plan = planned(Scene("1m1", 60, FALL, cast=[Cast(ADA), Cast(BELA)], hits=[Hit(40, "stinger")]))
    landing = plan.spotting.landings[0].at
    quiet = plan.spotting.quarter(Fraction(39))
    assert not [s for s in plan.statements if s.role == "lead" and quiet <= s.start < landing]


def test_a_menace_does_not_turn_sweet_with_the_scene():
    sweet = Scene("1m1", 60, Arc.of((0, "joy")), cast=[Cast(ADA)])
    menace = known(replace(sweet, cast=(Cast(replace(ADA, traits=("menace",))),)))
    sad = known(replace(sweet, cast=(Cast(replace(ADA, traits=("lonely",))),)))
    assert max(map(brightness, said(sad, ADA, "theme"))) > 0
    assert max(map(brightness, said(menace, ADA, "theme"))) < 0
    glad = known(replace(sweet, cast=(Cast(replace(ADA, traits=("menace",)), feel="joy"),)))
    assert max(map(brightness, said(glad, ADA, "theme"))) > 0


def test_fragments_before_the_climax_grow_shorter_and_rise():
    plan = known(Scene("1m1", 90, Arc.of((0, "calm"), (60, "triumph"), (80, "peace")), cast=[Cast(CARA)]))
    leading = [s for s in said(plan, CARA, "fragment") if "before the climax" in s.why]
    lengths = [len(s.motif.sounding()) for s in leading]
    rises = [int(step.split()[1]) for s in leading for step in s.transforms if step.startswith("transpose")]
    assert len(leading) >= 2
    assert lengths == sorted(lengths, reverse=True)
    assert rises == sorted(rises)
    assert rises[-1] > 0


def test_someone_under_another_s_influence_takes_on_that_one_s_mode():
    threat = Arc.of((0, "menace"))
    alone = known(Scene("1m1", 60, threat, cast=[Cast(CARA)]))
    beside = known(Scene("1m1", 60, threat, cast=[Cast(CARA), Cast(replace(BELA, traits=("menace",)), role="support")]))
    share = [sum(s.key.mode == BELA.motif.key.mode for s in said(plan, CARA)) / len(said(plan, CARA)) for plan in (alone, beside)]
    assert share[1] >= share[0]
    assert any("in the color of Bela" in s.why for s in said(beside, CARA))


def test_form_follows_the_arc():
    plan = planned(Scene("1m1", 90, Arc.of((0, "calm"), (60, "terror"), (75, "calm")), cast=[Cast(ADA)], dialogue=[(10, 18)]))
    functions = [section.function for section in plan.sections]
    assert functions.index("climax") < functions.index("release")
    assert {"underscore", "build", "climax", "release"} <= set(functions)
    levels = {section.function: section.level for section in plan.sections}
    assert levels["underscore"] < levels["release"] < levels["climax"]


def test_a_calm_scene_has_no_climax():
    assert "climax" not in {section.function for section in planned(Scene("1m1", 60, Arc.of((0, "calm")), cast=[Cast(ADA)])).sections}


def test_a_supports_line_agrees_with_the_theme_above_it():
    plan = planned(Scene("1m1", 90, Arc.of((0, "calm")), cast=[Cast(CARA), Cast(ADA, role="support")]))
    assert said(plan, ADA)
    assert faults(plan) == []


def test_an_emotional_state_whose_place_the_climax_takes_sounds_elsewhere_or_a_warning_says_so():
    state = Emotion("terror", THEMES[5])
    arc = Arc.of((0, "calm"), (40, "unease"), (44, "terror"), (56, "terror"), (60, "calm"))
    for hits in ([], [Hit(44, "stinger")], [Hit(44, "stinger"), Hit(50, "reveal", who="ada")]):
        plan = planned(Scene("1m1", 70, arc, cast=[Cast(ADA)], emotions=[state], hits=hits))
        assert said(plan, state) or any("nothing of its motif finds room" in text for text in plan.warnings)
        assert faults(plan) == []


def test_an_emotional_state_that_finds_no_room_at_all_is_said():
    state = Emotion("terror", THEMES[5])
    arc = Arc.of((0, "calm"), (39, "calm"), (40, "terror"), (44, "terror"), (45, "calm"))
    plan = planned(Scene("1m1", 70, arc, cast=[Cast(ADA)], emotions=[state], silence=[(38, 47)]))
    assert not said(plan, state)
    assert any("comes near terror at" in text and "nothing of its motif finds room" in text for text in plan.warnings)
