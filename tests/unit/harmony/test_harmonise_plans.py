import itertools
from dataclasses import replace
from fractions import Fraction

import pytest

from motifgen import Arc, Cast, Character, Scene, compose
from motifgen.affect import Affect
from motifgen.compose.desk import BarSpan, Harmony, Landing
from motifgen.compose.harmony import harmonise
from motifgen.compose.harmony.dialect import dialects
from motifgen.motif.motif import Motif
from motifgen.motif.notation import read
from motifgen.story.scene import Hit
from motifgen.theory.chord import Chord
from motifgen.theory.progression import common_tones, progression_class
from motifgen.theory.time import Meter, Span
from planned_harmony import D_MINOR, REST
from planned_harmony import planned_scene as _plan


def _landing(at: int, do: str) -> Landing:
    return Landing(Hit(Fraction(at * 5, 8), do), Fraction(at), Fraction(0), met=True)


def _sounding(harmony: Harmony, at: Fraction) -> str:
    return next((str(span.chord) for span in harmony.chords if at in span.span), "")


@pytest.mark.parametrize("style", dialects())
def test_chords_fill_what_sounds_and_nothing_else(style: str) -> None:
    chords = harmonise(_plan(style)).chords
    assert chords[0].span.start == 0
    assert [one.span.end for one in chords if one.span.end == 50] == [Fraction(50)]
    assert chords[-1].span.end == 88
    for one, other in itertools.pairwise(chords):
        assert one.span.end == other.span.start or (one.span.end, other.span.start) == (50, 52)
        assert one.span.start < one.span.end
        assert one.span.start.denominator == 1, "chords change on beats"
        assert not one.span.overlaps(REST)


@pytest.mark.parametrize("style", dialects())
def test_spelling_is_readable(style: str) -> None:
    for one in harmonise(_plan(style, affect=Affect(-0.5, 0.4, 0.9, 0.0))).chords:
        assert all(abs(name.alter) <= 2 for name in one.chord.names), str(one.chord)


def test_keys_follow_statements_and_sections() -> None:
    harmony = harmonise(_plan())
    keys = {str(span.key) for span in harmony.chords if 32 <= span.span.start < 46}
    assert keys == {"F minor"}
    assert {str(span.key) for span in harmony.chords if Span(Fraction(64), Fraction(72)).overlaps(span.span)} == {"D major"}


def test_written_chords_are_kept() -> None:
    fixed = read("[Bb] D4/q A4/q. G4/e F4/q | [Em7b5] E4/q. F4/e D4/h", D_MINOR)
    harmony = harmonise(_plan(motif=fixed))
    assert [_sounding(harmony, Fraction(at)) for at in (16, 18, 19, 20, 22)] == ["Bb", "Bb", "Bb", "Em7b5", "Em7b5"]
    assert _sounding(harmony, Fraction(64)) == "B", "the written chord goes with the theme into its new key"


@pytest.mark.parametrize("style", ["orchestral", "classical", "fantasy", "folk", "horror"])
@pytest.mark.parametrize("at", [32, 64, 40])
def test_a_reveal_turns_the_harmony_on_its_landing(style: str, at: int) -> None:
    harmony = harmonise(_plan(style, (_landing(at, "reveal"),)))
    before = next(span.chord for span in harmony.chords if span.span.end == at)
    after = next(span.chord for span in harmony.chords if span.span.start == at)
    name = progression_class(before, after)
    assert name is not None
    assert name[1:-1] in {"1", "11", "3", "4", "6", "8", "9"}
    assert common_tones(Chord(before.root, "m" * before.minor), Chord(after.root, "m" * after.minor)) < 2


@pytest.mark.parametrize("do", ["accent", "stinger"])
@pytest.mark.parametrize("at", [8, 18, 41, 66])
def test_strikes_change_the_chord(do: str, at: int) -> None:
    harmony = harmonise(_plan(hits=(_landing(at, do),)))
    assert _sounding(harmony, Fraction(at) - Fraction(1, 8)) != _sounding(harmony, Fraction(at))
    assert any(span.span.start == at for span in harmony.chords)


def test_suspense_holds_the_bass() -> None:
    tense = harmonise(_plan(affect=Affect(-0.4, 0.1, 0.8, 0.0), starts=()))
    basses = {str(span.chord.lowest) for span in tense.chords if span.span.end <= 32}
    assert basses == {"D"}
    calm = harmonise(_plan(affect=Affect(0.4, 0.0, 0.1, 0.0), starts=()))
    assert len({str(span.chord.lowest) for span in calm.chords if span.span.end <= 32}) > 1


def test_a_drone_never_leaves() -> None:
    harmony = harmonise(_plan("archaic", starts=()))
    assert {str(span.chord.lowest) for span in harmony.chords if span.key == D_MINOR} == {"D"}


def test_seeds_differ_and_repeat() -> None:
    assert harmonise(_plan(seed=1)).chords == harmonise(_plan(seed=1)).chords
    assert harmonise(_plan(seed=1)).chords != harmonise(_plan(seed=2)).chords


def test_aroused_music_changes_chords_more_often() -> None:
    slow = harmonise(_plan(affect=Affect(0.0, -0.9, 0.2, 0.0), starts=())).chords
    fast = harmonise(_plan(affect=Affect(0.0, 0.9, 0.2, 0.0), starts=())).chords
    assert len(fast) > 1.5 * len(slow)


def test_dark_feelings_darken_the_chords() -> None:
    def brightness(valence: float) -> float:
        chords = harmonise(_plan(affect=Affect(valence, 0.0, 0.3, 0.0), starts=())).chords
        return sum(float(c.span.length) * sum(n.fifths for n in c.chord.names) / len(c.chord.names) for c in chords)

    assert brightness(0.9) > brightness(-0.9)


def test_second_lines_are_heard() -> None:
    plan = _plan(starts=(16,))
    other = replace(plan.statements[0], motif=read("F#4/w | G#4/w", D_MINOR), treatment="counter")
    alone, together = harmonise(plan), harmonise(replace(plan, statements=(*plan.statements, other)))
    assert alone.chords != together.chords


def test_long_last_notes_may_be_turned_by_a_new_chord() -> None:
    held = read("D4/q E4/q F4/q G4/q | A4/w", D_MINOR)
    turned = 0
    for seed in range(12):
        harmony = harmonise(_plan(motif=held, seed=seed, affect=Affect(-0.3, 0.0, 0.8, 0.0), starts=(16,)))
        turned += _sounding(harmony, Fraction(20)) != _sounding(harmony, Fraction(47, 2))
    assert turned >= 4


def test_reasons_tell_modulations_reveals_and_pedals() -> None:
    tense = harmonise(_plan(hits=(_landing(48, "reveal"),), affect=Affect(-0.4, 0.1, 0.8, 0.0))).chords
    told = " | ".join(span.why for span in tense)
    assert "modulation from D minor to F minor" in told
    assert "over a pedal" in told
    assert any(span.why for span in tense if span.span.start == 0)
    revealed = harmonise(_plan(hits=(_landing(40, "reveal"),))).chords
    assert "turns by" in next(span.why for span in revealed if span.span.start == 40)


def test_written_chords_that_stop_a_reveal_are_told() -> None:
    fixed = read("[Dm] D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", D_MINOR)
    harmony = harmonise(_plan(hits=(_landing(20, "reveal"), _landing(18, "accent")), motif=fixed))
    assert len(harmony.warnings) == 2
    assert "bar 6: Dm goes to Dm" in harmony.warnings[0]
    assert harmonise(_plan(hits=(_landing(20, "reveal"), _landing(18, "accent")))).warnings == ()


@pytest.mark.parametrize("meter", ["3/4", "6/8", "7/8", "5/4", "12/8"])
def test_other_meters(meter: str) -> None:
    plan = _plan()
    beat = Meter.parse(meter)
    bars = tuple(BarSpan(number + 1, beat.bar * number, beat) for number in range(40))
    harmony = harmonise(replace(plan, spotting=replace(plan.spotting, bars=bars)))
    inside = [span.span.start % beat.bar for span in harmony.chords if span.span.start != REST.end]
    assert all(not place % beat.beat or place in beat.accents for place in inside)


@pytest.mark.parametrize("style", ["orchestral", "action", "comedy", "folk", "horror", "scifi", "epic", "noir"])
def test_scenes_that_end_well_come_to_rest_on_the_tonic_and_stay(style):
    for seed in range(3):
        harmony = harmonise(_plan(style, seed=seed, affect=Affect(0.8, 0.0, 0.1, 0.0)))
        last = harmony.chords[-1]
        assert last.chord.root.semitone == last.key.tonic.semitone
        assert last.chord.lowest == last.chord.root
        assert last.span.length >= 2


def test_a_climax_begins_on_the_root_and_the_dominant_waits_before_it():
    plan = _plan(affect=Affect(0.3, 0.3, 0.4, 0.0), starts=(40,))
    first = plan.sections[0]
    build = replace(first, function="build", span=Span(Fraction(0), Fraction(32)))
    climax = replace(first, function="climax", span=Span(Fraction(32), Fraction(64)))
    rest = replace(first, span=Span(Fraction(64), plan.spotting.end))
    harmony = harmonise(replace(plan, sections=(build, climax, rest)))
    before = [span for span in harmony.chords if 24 <= span.span.start < 32]
    assert {str(span.chord.lowest) for span in before} == {"A"}
    assert all(span.why.endswith("over a pedal") for span in before)
    arrival = next(span for span in harmony.chords if Fraction(32) in span.span)
    assert arrival.chord.lowest == arrival.chord.root


@pytest.mark.parametrize("style", ["fantasy", "action", "horror", "orchestral"])
@pytest.mark.parametrize("seed", range(3))
def test_tense_music_is_in_its_key(style: str, seed: int) -> None:
    """However harsh the chords are, phrases begin on the tonic, with whatever stands on it: else nobody hears from where they are far."""
    cast = [Cast(Character("ada", Motif.parse("A4/q | D5/q. E5/e F5/q A5 | G5/q. F5/e E5/h", key="D minor")))]
    scene = Scene("1m1", 40, Arc.of((0, "terror")), style=style, tempo=96, meter="4/4", key="D minor", cast=cast, seed=seed)
    chords = compose(scene).scoring.texture.harmony.chords
    home = sum(float(item.span.length) for item in chords if item.chord.root == item.key.tonic)
    assert home / sum(float(item.span.length) for item in chords) >= 0.1
