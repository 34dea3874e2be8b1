"""A motif is found where it was put, under the name of what was done to it, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motifgen.errors import RangeError, UnknownNameError
from motifgen.measure.finding import SOUGHT, find, find_themes
from motifgen.motif.motif import Motif
from motifgen.motif.transform import parse_transform
from motifgen.sketch.events import PPQ, notes
from motifgen.sketch.note_lines import NoteLine, NoteLines
from motifgen.sketch.recording import Bar
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.time import Meter

THEME = Motif.parse("A4/e | D5/q. E5/e F5/q E5/e D5 | A5/h F5/q. C#5/e", key="D minor")
AROUND = 12 * PPQ


def rows(motif, start=0):
    """A motif as rows of notes from a tick on."""
    return [
        (start + round(onset * PPQ), start + round((onset + length) * PPQ), pitch.midi, 80) for onset, length, pitch in motif.sounding()
    ]


def piece(*lines, bars=()):
    named = [NoteLine(f"part {number}", notes(line)) for number, line in enumerate(lines, start=1)]
    return NoteLines("", TempoMap(((0, 500_000),)), bars, tuple(named))


def hidden(motif, before=(61, 54, 66), after=(55, 68, 61)):
    """A motif between other notes, two bars in."""
    begun, length = AROUND, round(motif.duration * PPQ)
    lead = [(i * 1600, i * 1600 + 900, pitch, 80) for i, pitch in enumerate(before)]
    close = [(begun + length + 700 + i * 1600, begun + length + i * 1600 + 1500, pitch, 80) for i, pitch in enumerate(after)]
    return piece([*lead, *rows(motif, begun), *close])


def only(found):
    assert len(found) == 1, found
    return found[0]


EXACT = [
    "transpose 5", "transpose -14", "transpose 2 degrees", "transpose -3 degrees", "major", "phrygian", "harmonic minor, transpose 3",
    "invert", "invert real", "retrograde", "retrograde pitches", "retrograde inversion", "invert real, retrograde", "augment 2",
    "diminish 2", "augment 3/2", "diminish 4/3", "invert, transpose 4, augment 3", "major, transpose -2, diminish 2",
]  # fmt: skip


@pytest.mark.parametrize("text", EXACT)
def test_what_was_done_is_named_by_what_gives_the_same_notes(text):
    variant = parse_transform(text)(THEME)
    found = only(find(THEME, hidden(variant)))
    assert found.seconds == 6.0
    assert found.altered == 0
    again = parse_transform(found.transformation)(THEME)
    assert [pitch.midi for _, _, pitch in again.sounding()] == [pitch for _, pitch in found.notes]
    assert [onset for onset, _, _ in again.sounding()] == [onset for onset, _, _ in variant.sounding()]


@pytest.mark.parametrize("text", ["transpose 5", "invert", "retrograde", "retrograde inversion", "augment 2", "diminish 2", "major"])
def test_the_plainest_name_is_given(text):
    assert only(find(THEME, hidden(parse_transform(text)(THEME)))).transformation == text


def test_a_motif_as_it_is_has_no_transformation_and_full_likeness():
    found = only(find(THEME, hidden(THEME)))
    assert (found.transformation, found.steps, found.likeness, len(found.notes)) == ("", (), 1.0, 9)


@pytest.mark.parametrize("kind", ["passing", "neighbor", "turn", "trill", "appoggiatura", "grace"])
@pytest.mark.parametrize("more", ["", ", transpose -4", ", major"])
def test_ornaments_are_heard_through(kind, more):
    found = only(find(THEME, hidden(parse_transform(f"ornament {kind} 1/3{more}")(THEME))))
    assert found.steps[-1] == "ornament"
    assert found.seconds == pytest.approx(6.0, abs=0.26)
    assert len(found.notes) > 9


@pytest.mark.parametrize("text", ["head 4", "head 6", "tail 5", "range 2 6", "head 5, transpose 7", "range 3 8, invert real"])
def test_fragments_with_a_rhythm_of_their_own(text):
    variant = parse_transform(text)(THEME)
    if "invert" in text:
        assert find(THEME, hidden(variant)) == ()
        return
    found = only(find(THEME, hidden(variant)))
    assert found.steps[0] == text.split(", ", maxsplit=1)[0]
    assert found.seconds == 6.0


def test_a_long_mirrored_fragment_is_found():
    assert only(find(THEME, hidden(parse_transform("head 8, invert real")(THEME)))).steps[:2] == ("head 8", "invert real")


def test_fragments_shorter_than_asked_are_not_reported():
    short = hidden(parse_transform("head 4")(THEME))
    assert len(find(THEME, short)) == 1
    assert find(THEME, short, shortest=5) == ()


@pytest.mark.parametrize("place", range(9))
def test_one_wrong_note_in_seven_is_forgiven(place):
    wrong = rows(THEME, AROUND)
    onset, end, pitch, velocity = wrong[place]
    wrong[place] = (onset, end, pitch + 5, velocity)
    music = piece(wrong)
    found = only(find(THEME, music))
    assert (found.altered, found.seconds) == (1, 6.0)
    assert 0.4 < found.likeness < 1
    strict = find(THEME, music, tolerance=0)
    assert all(len(each.notes) < 9 for each in strict)


def test_more_tolerance_forgives_more():
    wrong = rows(parse_transform("transpose 3")(THEME))
    for place in (1, 4, 7):
        onset, end, pitch, velocity = wrong[place]
        wrong[place] = (onset, end, pitch - 6, velocity)
    assert [each.altered for each in find(THEME, piece(wrong), tolerance=0.35)] == [3]
    assert all(each.altered == 0 for each in find(THEME, piece(wrong)))


def test_rhythm_counts():
    even = [(i * 480, i * 480 + 480, pitch.midi, 80) for i, (_, _, pitch) in enumerate(THEME.sounding())]
    assert find(THEME, piece(even)) == ()
    shuffled = Motif.parse("A4/h D5/e E5/q. F5/e E5/h D5/e A5/e F5/e C#5/h", key="D minor", meter="64/1")
    assert find(THEME, hidden(shuffled)) == ()


@pytest.mark.parametrize("spread", [10, 25])
def test_played_timing_is_forgiven(spread):
    shaky = [
        (onset + (-1) ** i * spread + i % 3 * 4 + 7, end - 13, pitch, 80)
        for i, (onset, end, pitch, _) in enumerate(rows(parse_transform("transpose 5")(THEME), AROUND))
    ]
    assert only(find(THEME, piece(shaky))).transformation == "transpose 5"


def test_inner_voice_of_chords_is_followed():
    melody = rows(THEME)
    above = [(i * 1920, i * 1920 + 1920, 89 - i % 2, 80) for i in range(5)]
    below = [(i * 960, i * 960 + 960, 50 + i % 3, 80) for i in range(9)]
    found = find(THEME, piece(sorted([*melody, *above, *below])))
    assert [(each.part, each.transformation) for each in found if len(each.notes) == 9] == [("part 1", "")]


def test_both_voices_of_a_canon_in_one_part_are_found():
    follower = rows(parse_transform("transpose -12")(THEME), 4 * PPQ)
    found = find(THEME, piece(sorted([*rows(THEME), *follower])))
    assert [each.transformation for each in found if len(each.notes) == 9] == ["", "transpose -12"]


def test_a_melody_that_wanders_between_voices_is_heard_together():
    whole = rows(THEME)
    lines = (NoteLine("Piano", notes(whole[:4])), NoteLine("Piano", notes(whole[4:])))
    assert only(find(THEME, NoteLines("", TempoMap(((0, 500_000),)), (), lines))).part == "Piano"


def test_doublings_are_reported_for_each_part():
    found = find(THEME, piece(rows(THEME), rows(parse_transform("transpose 12")(THEME))))
    assert [(each.part, each.transformation) for each in found] == [("part 1", ""), ("part 2", "transpose 12")]


def test_bar_and_beat_are_those_of_the_piece():
    bars = tuple(Bar(number, (number - 1) * 3 * PPQ, Meter(3, 4)) for number in range(1, 12))
    found = only(find(THEME, piece(rows(THEME, 8 * PPQ), bars=bars)))
    assert (found.bar, found.beat, found.seconds) == (3, 3.0, 4.0)


def test_what_may_have_been_done_can_be_narrowed():
    music = piece(rows(THEME), rows(parse_transform("transpose 5")(THEME), PPQ), rows(parse_transform("invert")(THEME), 2 * PPQ))
    names = [[each.transformation for each in find(THEME, music, transforms=only)] for only in ((), ("transpose",), ("invert",))]
    assert names == [[""], ["", "transpose 5"], ["", "invert"]]
    slow = piece(rows(parse_transform("augment 2")(THEME)))
    assert find(THEME, slow, transforms=("diminish", "transpose")) == ()
    assert len(find(THEME, slow, transforms=("augment",))) == 1


def test_unrelated_music_holds_next_to_nothing():
    draw = np.random.default_rng(7)
    count = 4000
    pitch = 64 + np.cumsum(draw.choice([-4, -2, -1, 1, 2, 3], count)) % 24
    onset = np.cumsum(draw.choice([240, 480, 480, 960], count))
    line = [(int(at), int(at) + 240, int(key), 80) for at, key in zip(onset, pitch, strict=True)]
    assert len(find(THEME, piece(line))) <= 8
    assert [each for each in find(THEME, piece(line)) if len(each.notes) == 9] == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(-7, 9), min_size=6, max_size=10),
    st.lists(st.sampled_from("seqh"), min_size=10, max_size=10),
    st.integers(-12, 12),
    st.sampled_from([Fraction(1, 2), Fraction(2), Fraction(1), Fraction(3)]),
    st.sampled_from(["", "invert real", "retrograde", "major", "dorian"]),
)
def test_any_motif_is_found_after_any_exact_change(steps, lengths, shift, ratio, more):
    assume(len(set(steps)) > 2)
    degrees = [f"{step % 7 + 1}{chr(39) * (step // 7)}{',' * -(step // 7)}/{length}" for step, length in zip(steps, lengths, strict=False)]
    motif = Motif.parse(" ".join(degrees), key="D minor", meter="64/1", degrees=True)
    text = ", ".join(filter(None, (more, f"transpose {shift}", f"augment {ratio}")))
    variant = parse_transform(text)(motif)
    found = find(motif, hidden(variant))
    whole = [each for each in found if each.seconds == 6.0 and len(each.notes) == len(steps) and not each.altered]
    assert len(whole) == 1
    again = parse_transform(whole[0].transformation)(motif) if whole[0].transformation else motif
    assert [pitch.midi for _, _, pitch in again.sounding()] == [pitch.midi for _, _, pitch in variant.sounding()]


def test_several_themes_at_once_are_what_each_finds_alone():
    other = Motif.parse("D4/q. A4/e G4/s F4 E4 F4 | G4/h", key="D minor")
    music = piece(rows(THEME), rows(parse_transform("transpose 3")(other), 960))
    assert find_themes(music, {"one": THEME, "two": other}) == {"one": find(THEME, music), "two": find(other, music)}
    assert [len(each) for each in find_themes(music, {"one": THEME, "two": other}).values()] == [1, 1]


def test_music_without_notes_holds_nothing():
    assert find(THEME, piece([])) == find(THEME, piece()) == find(THEME, piece([(0, 960, 60, 80)])) == ()


def test_refusals_say_what_is_accepted():
    with pytest.raises(RangeError, match="2 sounding notes; accepted: at least 3"):
        find(Motif.parse("D4/q E4"), piece([]))
    with pytest.raises(RangeError, match=r"tolerance is 0\.7; accepted: 0"):
        find(THEME, piece([]), tolerance=0.7)
    with pytest.raises(RangeError, match="shortest fragment is 3 notes; accepted: 4"):
        find(THEME, piece([]), shortest=3)
    with pytest.raises(UnknownNameError, match="'trnspose'; did you mean 'transpose'"):
        find(THEME, piece([]), transforms=["trnspose"])


def test_an_occurrence_is_its_own_repr():
    from motifgen.measure.finding import Occurrence  # noqa: F401, PLC0415 - for eval

    found = only(find(THEME, hidden(THEME)))
    assert eval(repr(found)) == found  # noqa: S307 - our own text


def test_kinds_are_words_of_the_table_or_stand_for_some():
    for kind in sorted(set(SOUGHT) - {"mode", "fragment", "transpose"}):
        assert parse_transform(kind).name == kind


def test_a_goal_that_is_leaned_on_is_found_though_it_comes_late_by_half_its_length():
    theme = Motif.parse("D4/e E4/q F4/e A4/q G4/q | E4/q D4/h.", key="D minor")
    leaned = parse_transform("ornament appoggiatura 1/4")(theme)
    assert leaned.sounding()[-1][0] - theme.sounding()[-1][0] == Fraction(3, 2)
    assert any(len(each.notes) == len(leaned.sounding()) and "ornament" in each.transformation for each in find(theme, hidden(leaned)))
