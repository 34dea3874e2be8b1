"""What transforms do to real notes: the cases where other programs went wrong, and what each name promises a musician."""

from fractions import Fraction
from itertools import pairwise

import pytest

from motifgen.errors import NotationError, RangeError
from motifgen.motif.joint import Joint, joined, together
from motifgen.motif.motif import Motif
from motifgen.motif.transform.blending import Evolve
from motifgen.motif.transform.chords import is_diatonic, mirrored_in_time
from motifgen.motif.transform.combining import Canon, CounterLine
from motifgen.motif.transform.harmonic import harmonized, roughness
from motifgen.motif.transform.rhythmic import Augment
from motifgen.motif.transform.table import parse_transform
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Degree, Key, Mode

THEME = Motif.parse("[Dm] D4/q A4/q. G4/e F4/q | [A7] E4/q. C#4/e [Dm] D4/h", key="D minor")


def contour(notes):
    steps = [note.degree.step for note in notes if note.degree is not None]
    return [(then > now) - (then < now) for now, then in pairwise(steps)]


def after(text, motif=THEME):
    return parse_transform(text)(motif)


def sounds(motif):
    return [str(pitch) for *_, pitch in motif.sounding()]


def test_mode_change_is_one_word_and_takes_the_harmony_along():
    assert str(after("major")) == "[D] D4/q A4/q. G4/e F#4/q | [A7] E4/q. C#4/e [D] D4/h"
    assert str(after("dorian")) == "[Dm] D4/q A4/q. G4/e F4/q | [A7] E4/q. C#4/e [Dm] D4/h"


def test_the_raised_leading_tone_becomes_the_plain_seventh_of_major():
    assert [str(note.degree) for note in after("major")] == ["1", "5", "4", "3", "2", "7,", "1"]


def test_diatonic_transposition_of_altered_notes_returns():
    motif = Motif.parse("C4/q F#4 Bb4 C5")
    assert sounds(after("transpose 1 degrees", motif)) == ["D4", "G#4", "Cb5", "D5"]
    assert after("transpose -1 degrees", after("transpose 1 degrees", motif)) == motif


def test_contour_survives_a_sequence_across_the_octave():
    motif = Motif.parse("A4/q B4 C5")
    assert sounds(after("sequence 1 up 1 real", motif)) == ["A4", "B4", "C5", "B4", "C#5", "D5"]
    assert sounds(after("sequence 2 down 1", motif)) == ["A4", "B4", "C5", "G4", "A4", "B4", "F4", "G4", "A4"]


def test_a_sequence_over_two_intervals_has_three_copies():
    motif = Motif.parse("C4/q D4 E4 G4")
    assert len(after("sequence 2 up 2", motif).notes) == 12


def test_a_modulating_sequence_takes_the_mode_of_the_degree():
    cadence = Motif.parse("[C] C4/q [G7] B3 [C] C4/h")
    assert sounds(after("sequence 1 up 1 modulating", cadence))[3:] == ["D4", "C4", "D4"]
    assert str(after("sequence 1 up 1 modulating", cadence)).endswith("[Dm] D4/q [Am7] C4 [Dm] D4/h")


def test_nothing_is_clamped_at_either_end_of_the_keyboard():
    high = after("transpose 60", THEME)
    assert [pitch.midi for *_, pitch in high.sounding()] == [pitch.midi + 60 for *_, pitch in THEME.sounding()]
    assert after("diminish 64").notes[2].duration == Fraction(1, 128)


def test_chords_and_accents_travel_with_a_retrograde():
    motif = Motif.parse("[Dm] D4/q> F4/q [A7] E4/h~ E4/e C#4/e r/q", key="D minor")
    assert str(after("retrograde", motif)) == "[A7] r/q C#4/e E4~ E4/h | [Dm] F4/q D4>"


def test_retrograde_of_pitches_keeps_the_rhythm():
    assert [note.duration for note in after("retrograde pitches")] == [note.duration for note in THEME]
    assert sounds(after("retrograde pitches")) == sounds(THEME)[::-1]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("invert", ["D4", "G3", "A3", "Bb3", "C4", "Eb4", "D4"]),
        ("invert real", ["D4", "G3", "A3", "B3", "C4", "Eb4", "D4"]),
        ("invert 5", ["E5", "A4", "Bb4", "C5", "D5", "Fb5", "E5"]),
    ],
)
def test_inversions_have_an_axis_that_is_said(text, notes):
    assert sounds(after(text)) == notes


def test_a_real_inversion_turns_major_chords_to_minor_ones():
    motif = Motif.parse("[C] C4/h [F] F4 | [G7] G4/w")
    assert [str(note.chord.within(motif.key)) for note in after("invert real", motif)] == ["Fm", "Cm", "Gm7b5"]


def test_fragments_keep_their_place_in_the_bar_and_their_chord():
    tail = after("tail 2")
    assert str(tail) == "C#4/e [Dm] D4/h |" or tail.pickup == Fraction(5, 2)
    assert tail.notes[0].chord is not None
    assert sounds(after("range 2 3")) == ["A4", "G4"]
    assert after("range 2 3").pickup == 3
    assert after("head 99") == after("tail 99") == THEME


def test_truncation_never_reaches_the_goal():
    assert sounds(after("truncate 1")) == sounds(THEME)[:-1]
    assert sounds(after("truncate 99")) == ["D4"]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_level_of_liquidation_keeps_less(level):
    left = [len(after(f"liquidate {each}").sounding()) for each in range(1, 5)]
    assert left == [6, 4, 3, 2]
    assert contour(after(f"liquidate {level}").notes) == contour(THEME.notes)[: left[level - 1] - 1]


@pytest.mark.parametrize("text", ["expand 2", "expand 3/2", "compress 2", "octave displacement 1", "octave displacement 3"])
def test_intervals_change_and_contour_does_not(text):
    assert contour(after(text).notes) == contour(THEME.notes)
    assert after(text) != THEME


@pytest.mark.parametrize(("meter", "bars"), [("3/4", 1), ("6/8", 2), ("5/4", 1), ("2/4", 2), ("7/8", 1), ("2/2", 1), ("12/8", 1)])
def test_in_another_meter_beats_are_beats_and_downbeats_are_downbeats(meter, bars):
    changed = after(f"meter {meter}")
    assert str(changed.meter) == meter
    assert changed.duration == 2 * bars * changed.meter.bar
    assert changed.onsets[4] == bars * changed.meter.bar


def test_what_has_room_in_another_meter_keeps_its_values():
    theme = Motif.parse("D4/q. E4/e F4/q G4/q | A4/w", key="D minor")
    assert [note.duration for note in after("meter 2/2", theme).notes] == [note.duration for note in theme.notes]
    assert [note.duration for note in after("meter 2/4", theme).notes] == [note.duration for note in theme.notes]


def test_even_eighths_swing_in_compound_meters_and_straighten_out_of_them():
    theme = Motif.parse("D4/e E4/e F4/q G4/h", key="D minor")
    compound = after("meter 12/8", theme)
    assert str(compound) == "D4/q E4/e F4/q. G4/h."
    assert str(after("meter 4/4", compound)) == "D4/e. E4/s F4/q G4/h"


def test_a_pickup_stays_a_pickup_in_another_meter():
    waltz = after("meter 3/4", Motif.parse("A4/q | D5/q C5 Bb4 A4", key="D minor"))
    assert 0 < waltz.pickup <= 1
    assert waltz.onsets[1] == waltz.pickup


def test_syncopation_ties_over_the_beat_and_keeps_the_length():
    early = after("syncopate")
    assert early.duration == THEME.duration
    assert set(early.onsets) - set(THEME.onsets)


def test_even_notes_are_even():
    assert len({note.duration for note in after("even out")}) == 1


def test_rhythm_alone_has_one_pitch():
    assert set(sounds(after("rhythm 5"))) == {"A4"}
    assert [note.duration for note in after("rhythm")] == [note.duration for note in THEME]


def test_an_ostinato_keeps_time():
    cell = after("ostinato 3 3")
    assert cell.duration % (3 * THEME.meter.beat) == 0
    assert len(cell.notes) == 9


@pytest.mark.parametrize("kind", ["passing", "neighbor", "turn", "trill", "appoggiatura", "grace"])
def test_ornaments_fill_no_more_time_and_leave_the_other_notes(kind):
    more = after(f"ornament {kind} 1/2")
    assert more.duration == THEME.duration
    assert len(more.notes) > len(THEME.notes)
    assert set(THEME.onsets) <= set(more.onsets)


def test_the_skeleton_of_an_ornamented_theme_is_smaller_than_the_theme():
    assert len(after("skeleton").sounding()) < len(THEME.sounding())
    assert after("skeleton").duration == THEME.duration


def test_a_whole_tone_theme_has_no_semitones():
    whole = after("whole tone", Motif.parse("C4/q D4 E4 F4 G4 A4 B4 C5"))
    steps = {b[2].semitones - a[2].semitones for a, b in pairwise(whole.sounding())}
    assert steps == {0, 2}


def test_pentatonics_have_five_notes():
    for name in ("major pentatonic", "minor pentatonic"):
        found = after(name, Motif.parse("C4/q D4 E4 F4 G4 A4 B4"))
        assert len({pitch.semitones % 12 for *_, pitch in found.sounding()}) == 5


def test_a_canon_follows_and_says_where_it_clashes():
    round_ = joined(Motif.parse("C4/q E4 G4 E4 | C4/w"), Canon(Fraction(4), 0))
    assert round_.clashes() == ()
    harsh = joined(Motif.parse("C4/h C4 | C4/w"), Canon(Fraction(2), 1))
    assert harsh.consonance == 0
    assert str(harsh.clashes()[0]) == "at quarter 2, C4 in line 1 meets D4 in line 2"


def test_a_stretto_enters_before_the_theme_ends():
    for text in ("stretto 1/4", "stretto 1/2", "stretto 3/4"):
        assert 0 < after(text).notes[0].duration < THEME.duration


def test_a_counter_line_lies_below_is_consonant_and_avoids_parallels():
    both = joined(THEME, CounterLine())
    assert not [clash for clash in both.clashes() if THEME.meter.weight(clash.at) >= 3]
    line = both.lines[1]
    under = [(note.degree.step, onset) for note, onset in zip(line.notes, line.onsets, strict=True)]
    theme = dict(zip(THEME.onsets, THEME.notes, strict=True))
    pairs = [(theme[onset].degree.step, step) for step, onset in under]
    assert all(low < high for high, low in pairs)
    for (high, low), (high2, low2) in pairwise(pairs):
        assert not (high2 - high == low2 - low != 0 and (high2 - low2) % 7 in {0, 4})


def test_a_complex_is_told_where_it_fails():
    sea, oath = Motif.parse("C4/h E4/h | C4/w"), Motif.parse("A minor 4/4: E5/h C5/h | E5/w")
    good = together(sea, oath)
    assert good.lines[1].key == sea.key
    assert isinstance(good, Joint)
    bad = together(sea, Motif.parse("D5/h Eb5/h | Db5/w"))
    assert len(bad.clashes()) > len(good.clashes())
    assert bad.consonance < good.consonance


def test_bar_lines_of_a_complex_meet():
    both = together(Motif.parse("G4/q | C5/w"), Motif.parse("C4/w"))
    assert both.starts == (0, 1)


def test_fusing_takes_pitches_from_one_and_rhythm_from_the_other():
    fused = after("fuse {C major 3/4: C4/q. C4/e r/q}")
    assert sounds(fused) == sounds(THEME)
    assert [note.duration for note in fused.notes[:3]] == [Fraction(3, 2), Fraction(1, 2), 1]
    assert str(fused.meter) == "3/4"


def test_morphing_comes_closer_step_by_step():
    goal = "{D minor 4/4: A4/h G4/q F4 | E4/h D4}"
    assert after(f"morph {goal} 0") == THEME
    assert sounds(after(f"morph {goal} 1")) == ["A4", "G4", "F4", "E4", "D4"]
    first = [after(f"morph {goal} {share}").notes[0].degree.step for share in ("0", "1/4", "1/2", "3/4", "1")]
    assert first == sorted(first)
    assert first[0] < first[-1]


@pytest.mark.parametrize("child", range(1, 6))
def test_children_keep_what_they_are_told_to_keep(child):
    assert contour(after(f"evolve contour {child}").notes) == contour(THEME.notes)
    assert [n.duration for n in after(f"evolve rhythm {child}")] == [n.duration for n in THEME]
    assert after(f"evolve head {child}").notes[1].degree.step - after(f"evolve head {child}").notes[0].degree.step == 4
    assert [s.chord for s in harmonized(after(f"evolve progression {child}"))] == [s.chord for s in harmonized(THEME)]


def test_children_differ_and_have_their_parent_on_record():
    children = [THEME >> Evolve("rhythm", number) for number in range(1, 9)]
    assert len({str(each) for each in children}) > 4
    assert children[0].lineage == (f"parent {{{THEME.text(heading=True)}}}", "evolve rhythm 1")


def test_corruption_grows_with_what_is_asked_and_redemption_undoes_it():
    def rough(motif):
        return sum(roughness(s.chord, motif.key.mode) for s in harmonized(motif))

    levels = [rough(after(f"corrupt {share}")) for share in ("0", "1/3", "2/3", "1")]
    assert levels == sorted(levels)
    assert levels[0] < levels[1] < levels[3]
    assert rough(after("redeem", after("corrupt 1"))) < levels[1]
    assert harmonized(after("redeem"))[-1].chord == DegreeChord(Degree(0), "m")


def test_other_chords_under_the_same_melody_are_other_chords():
    for text in ("recontextualize", "recontextualize far"):
        changed = after(text)
        assert all(new.chord != old.chord for new, old in zip(harmonized(changed), harmonized(THEME), strict=True))
    assert not any(is_diatonic(s.chord, THEME.key.mode) for s in harmonized(after("recontextualize far")))


def test_a_motif_without_chords_is_given_plain_ones_first():
    bare = Motif.parse("C4/q E4 G4 E4 | F4/h A4")
    assert [str(s.chord.within(bare.key)) for s in harmonized(bare)] == ["C", "F"]


def test_a_chord_that_holds_over_the_end_comes_round_to_the_first_notes():
    chord = DegreeChord(Degree(4), "7")
    assert mirrored_in_time((None, chord, None)) == (None, None, chord)
    assert mirrored_in_time(mirrored_in_time((None, chord, None))) == (None, chord, None)


def test_meaning_only_changes_no_note():
    assert after("irony") == after("reinterpret") == THEME
    assert after("irony").lineage == ("irony",)


def test_going_to_a_key_takes_the_nearest_way():
    assert sounds(after("transpose to A minor"))[0] == "A3"
    assert sounds(after("transpose to G minor"))[0] == "G4"
    assert after("transpose to B major").key == Key.parse("B major")


def test_every_mode_spells_its_own_scale():
    scale = Motif.parse("1/q 2 3 4 5 6 7", degrees=True)
    for name in ("dorian", "melodic minor", "phrygian dominant", "double harmonic", "locrian"):
        moved = after(name, scale)
        assert [p.semitones - 48 for *_, p in moved.sounding()] == list(Mode.named(name).offsets)


@pytest.mark.parametrize(
    "text", ["sequence 9999 up 1, sequence 9999 up 1", "ostinato 9999 9", "extend 9 9999", "augment 999999, ornament trill"]
)
def test_more_notes_than_music_needs_are_refused_before_they_are_made(text):
    with pytest.raises(RangeError, match="accepted: a motif of up to 20000"):
        after(text)


def test_a_motif_of_a_million_bars_is_printed_at_once():
    long = after("augment 999999")
    assert Motif.parse(long.text(heading=True)) == long
    assert long._repr_html_().count("<path") <= 1000


@pytest.mark.parametrize("given", [Fraction(3, 2), 1.5, "3/2", "1.5"])
def test_a_ratio_is_exact_however_it_is_written(given):
    assert Augment(given) == Augment(Fraction(3, 2))


@pytest.mark.parametrize("given", ["two", "1/0", None, True, float("nan")])
def test_what_is_no_ratio_is_refused_in_words(given):
    with pytest.raises(NotationError, match=r"the factor is '.*'; accepted: a number, as in 2, 1.5 or '3/2'"):
        Augment(given)
