"""What is played: on the beat where it must be, silent where it must be, phrased, struck, swelled, human by place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.affect import Affect
from motifgen.compose.performance import perform
from motifgen.compose.performance.strand import Clock
from motifgen.errors import RangeError
from motifgen.files.midi import write_midi
from motifgen.measure.curves import curves
from motifgen.sketch.recording import Bar, Recording
from motifgen.sketch.tempo_map import to_tick
from performing import BASS_DRUM, CELLO, PIANO, TUNE, VIOLIN, note, part, recording, scoring, tune

ANGER, TENDERNESS = Affect(-0.6, 0.8, 0.75, 0.35), Affect(0.65, -0.5, 0.05, 0.0)
CHORD = ("D3", "F3", "A3")


def pad(bars=8, level=0.4):
    return [note(4 * bar, 4, name, level) for bar in range(bars) for name in CHORD]


def band(**asked):
    drums = part([note(i, "1/2", "C2", 0.6) for i in range(32)], "Bass Drum", BASS_DRUM, "percussion")
    violin, cellos = part(tune(), "Solo Violin", VIOLIN), part(pad(), "Cellos", CELLO, "pad", 8)
    return scoring(violin, cellos, part(tune(step="1/2"), "Piano", PIANO, "arpeggio"), drums, **asked)


def decibels(velocity):
    return 40 * np.log10(np.asarray(velocity) / 127)


def by_name(performance, name):
    return next(part for part in performance.parts if part.name == name)


def values(part, number):
    rows = part.controls[part.controls["controller"] == number]
    return rows["tick"], rows["value"]


def test_parts_keep_their_place_and_their_pitches():
    score = band()
    performance = perform(score)
    assert [part.name for part in performance.parts] == [part.name for part in score.parts]
    for written, heard in zip(score.parts, performance.parts, strict=True):
        assert sorted(heard.notes["pitch"].tolist()) == sorted(note.pitch.midi for note in written.notes)
        assert heard.drums == written.instrument.drums


def test_timing_stays_near_the_beat():
    for written, heard in zip(band().parts, perform(band()).parts, strict=True):
        ticks = np.sort([to_tick(note.onset) for note in written.notes])
        milliseconds = (np.sort(heard.notes["onset_tick"]) - ticks) / 1920 * 1000
        assert np.abs(milliseconds).max() < 70
        assert milliseconds.std() > 1


def test_notes_at_a_hit_begin_exactly_there():
    performance = perform(band(hits=[("accent", 8), ("reveal", "41/2"), ("entry", 24)]))
    for quarter in (8, "41/2", 24):
        tick = to_tick(Fraction(str(quarter)))
        near = [np.abs(part.notes["onset_tick"] - tick).min() for part in performance.parts]
        assert near[3] == 0 or quarter == "41/2"
        assert near[2] == 0


@pytest.mark.parametrize("level", [0.2, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("do", ["accent", "stinger"])
def test_strikes_stand_at_least_four_decibels_out(do, level):
    score = scoring(part(tune(level=level), "Violin", VIOLIN), part(tune(step=2, level=level), "Cello"), hits=[(do, 16)])
    rows = np.concatenate([part.notes for part in perform(score).parts])
    struck = rows["onset_tick"] == 16 * 960
    near = (np.abs(rows["onset_tick"] - 16 * 960) <= 2 * 1920) & ~struck
    assert struck.sum() == 2
    assert decibels(rows["velocity"][struck]).mean() - decibels(rows["velocity"][near]).mean() >= 4


def test_one_player_can_strike_out_of_a_crowd():
    crowd = [part(tune(5, level=0.8)[:-4], f"Violin {i}", VIOLIN, "pad") for i in range(8)]
    score = scoring(*crowd, part([note(16, 2, "D5", 0.6)], "Trumpet", VIOLIN, "hit"), hits=[("stinger", 16)])
    parts = perform(score).parts
    power = [sum(float((p.notes["velocity"][mask(p.notes)] / 127.0) ** 4 @ np.ones(mask(p.notes).sum())) for p in parts)
             for mask in (lambda n: n["onset_tick"] == 16 * 960, lambda n: np.abs(n["onset_tick"] - 15 * 960) < 200)]  # fmt: skip
    assert 10 * np.log10(power[0] / power[1]) > 4


def test_players_who_were_quiet_strike_over_a_tune_that_was_loud():
    # Their controllers are still as low as what they play, which velocities alone do not tell.
    loud, soft = part(tune(4, level=0.85), "Violin", VIOLIN), [note(16, 4, name, 0.25) for name in CHORD]
    score = scoring(loud, part(soft, "Cellos", CELLO, "pad", 8), hits=[("accent", 16)])
    found = curves(recording(*perform(score).parts, end=8 * 3840))
    before, after = ((found.seconds >= start) & (found.seconds < start + 1) for start in (6.75, 7.76))
    assert found.loudness[after].max() - found.loudness[before].max() >= 4


def test_a_strike_that_nobody_plays_is_said():
    performance = perform(scoring(part(tune(), "Violin", VIOLIN), hits=[("accent", "33/4")]))
    assert performance.warnings == ("no note begins at the hit at 4.12 s, so it cannot be heard as a strike",)


@pytest.mark.parametrize("affect", [ANGER, TENDERNESS])
def test_swells_grow_six_decibels_over_their_last_two_seconds(affect):
    performance = perform(band(hits=[("swell", 20)], affect=affect))
    violin, cellos = by_name(performance, "Solo Violin"), by_name(performance, "Cellos")
    at, before = 20 * 960, 16 * 960
    rows = violin.notes
    late = rows["velocity"][(rows["onset_tick"] >= at - 500) & (rows["onset_tick"] <= at + 20)]
    early = rows["velocity"][np.abs(rows["onset_tick"] - before) < 300]
    assert decibels(late).max() - decibels(early).min() >= 5
    for number in (1, 11):
        ticks, level = values(cellos, number)
        grown = [decibels(level[ticks <= tick][-1]) for tick in (before, at)]
        assert grown[1] - grown[0] >= 6
        rising = level[(ticks > before + 240) & (ticks <= at)].astype(int)
        assert np.diff(rising).min() >= -3


def test_held_players_leave_most_of_a_swell_to_their_controllers():
    line = [note(i, 1, "D4", 0.5) for i in range(32)]
    grown = []
    for name, of in (("Horn", CELLO), ("Harp", PIANO)):
        rows = perform(scoring(part(line, name, of, "pad"), hits=[("swell", 20)]), humanize=0).parts[0].notes
        grown.append(decibels(rows["velocity"][20]) - decibels(rows["velocity"][16]))
    assert grown[0] < 7.5
    assert grown[1] > max(6, grown[0] + 3)


@pytest.mark.parametrize("loud", [0.5, 0.7, 0.9])
def test_a_loud_stroke_does_not_stand_in_the_way_of_a_swell(loud):
    line = [note(i, 1, "D4", loud if i == 16 else 0.4) for i in range(28)]
    rows = perform(scoring(part(line, "Harp", PIANO, "pad"), hits=[("swell", 20)])).parts[0].notes
    assert decibels(rows["velocity"][20]) - decibels(rows["velocity"][16]) >= 6


def test_a_short_stroke_where_a_swell_begins_makes_room_too():
    """It is over before anybody could look again, and yet it is what the swell is heard to grow from."""
    line = [note(i, 1, "D4", 0.4) for i in range(28)]
    stroke = part([note(Fraction(65, 4), Fraction(1, 16), "A4", 0.9)], "Harp 2", PIANO, "pad")
    held, struck = perform(scoring(part(line, "Harp", PIANO, "pad"), stroke, hits=[("swell", 20)]), humanize=0).parts
    assert decibels(held.notes["velocity"][20]) - decibels(struck.notes["velocity"][0]) >= 6


def test_a_strike_that_rings_where_a_swell_begins_still_stands_out():
    """A strike on 12 rings on; the swell to 20 begins there, and what is around makes room for it, but not the strike's first moment."""
    soft = [note(i, 1, "D4", 0.5) for i in range(28)]
    ringing = [note(12, 6, name, 0.5) for name in ("D3", "A3", "F4")]
    chords = [part([each], f"Harp {number}", PIANO, "pad") for number, each in enumerate(ringing)]
    played = perform(scoring(part(soft, "Harp", PIANO, "pad"), *chords, hits=[("accent", 12), ("swell", 20)]), humanize=0).parts
    struck = 10 * np.log10(sum(10 ** (decibels(heard.notes["velocity"][0]) / 10) for heard in played[1:]))
    assert struck - decibels(played[0].notes["velocity"][11]) >= 6


def test_cuts_end_everything_on_the_tick():
    performance = perform(band(hits=[("cut", 16)], rests=[(16, 20)]))
    start, end = 16 * 960, 20 * 960
    for heard in performance.parts:
        assert not ((heard.notes["onset_tick"] < end) & (heard.notes["end_tick"] > start)).any()
        ticks, level = values(heard, 11)
        assert level[ticks == start].tolist() == [0]
        assert level[ticks == end][0] > 60
        assert not ((ticks > start) & (ticks < end)).any()
    ticks, level = values(by_name(performance, "Piano"), 64)
    assert level[ticks <= start][-1] == 0
    assert not ((ticks > start) & (ticks <= end)).any()


def test_pauses_let_the_sound_ring_on():
    performance = perform(band(hits=[("pause", 16)], rests=[(16, 18)]))
    for heard in performance.parts:
        assert not ((heard.notes["onset_tick"] < 18 * 960) & (heard.notes["end_tick"] > 16 * 960)).any()
        assert (values(heard, 11)[1] > 0).all()


def test_notes_written_into_a_rest_are_not_played_and_that_is_said():
    performance = perform(scoring(part(tune(), "Violin", VIOLIN), rests=[(4, 6)]))
    assert by_name(performance, "Violin").notes.size == 30
    assert performance.warnings == ("Violin: 2 of 32 notes are not played, for they double another of the same part or fall into a rest",)


def test_the_same_seed_plays_alike_and_another_does_not():
    one, two, other = perform(band()), perform(band()), perform(band(seed=8))
    for a, b, c in zip(one.parts, two.parts, other.parts, strict=True):
        assert a.notes.tolist() == b.notes.tolist()
        assert a.controls.tolist() == b.controls.tolist()
        assert sorted(a.notes["pitch"].tolist()) == sorted(c.notes["pitch"].tolist())
        assert a.notes["onset_tick"].tolist() != c.notes["onset_tick"].tolist()


def test_without_humans_only_expression_is_left():
    one, other = perform(band(), humanize=0), perform(band(seed=8), humanize=0)
    for a, b in zip(one.parts, other.parts, strict=True):
        assert a.notes.tolist() == b.notes.tolist()
        assert a.controls.tolist() == b.controls.tolist()
    assert one.parts[0].notes.tolist() != perform(band()).parts[0].notes.tolist()
    assert np.unique(one.parts[0].notes["velocity"]).size > 8


@pytest.mark.parametrize("humanize", [-0.1, 1.1, float("nan")])
def test_humanize_is_checked(humanize):
    with pytest.raises(RangeError, match="humanize is"):
        perform(band(), humanize=humanize)


def test_noise_belongs_to_the_place_and_the_part():
    beats = [note(i, "1/2", "C2", 0.6) for i in range(32)]
    long, short = (perform(scoring(part(notes, "Drum", BASS_DRUM, "percussion"))).parts[0].notes for notes in (beats, beats[3:20]))
    assert long[3:20].tolist() == short.tolist()
    alone, together = (
        perform(scoring(part(tune(), "Cello", CELLO, "counter"))),
        perform(scoring(part(tune(), "Cello", CELLO, "counter"), part(tune(), "Other", CELLO, "counter"))),
    )
    assert alone.parts[0].notes.tolist() == together.parts[0].notes.tolist()
    assert together.parts[0].notes["onset_tick"].tolist() != together.parts[1].notes["onset_tick"].tolist()


def test_all_follow_the_melody():
    line = part(tune(), "Violin", VIOLIN)
    bass = part(tune(step=1, pitches=("D3", "A2")), "Bass", CELLO, "bass")
    first, second = perform(scoring(line, bass), humanize=0).parts
    assert np.array_equal(first.notes["onset_tick"], second.notes["onset_tick"])
    assert not np.array_equal(first.notes["onset_tick"], 960 * np.arange(32))


def test_drums_are_tighter_than_strings():
    drums = part([note(i, "1/2", "C2") for i in range(120)], "Bass Drum", BASS_DRUM, "percussion")
    strings = part([note(i, "1/2", "C2") for i in range(120)], "Cello", CELLO, "pulse")
    heard = perform(scoring(drums, strings, bars=30)).parts
    off_beat = [part.notes["onset_tick"] - 960 * np.arange(120) for part in heard]
    straight = perform(scoring(drums, strings, bars=30), humanize=0).parts[0].notes["onset_tick"] - 960 * np.arange(120)
    assert (off_beat[0] - straight).std() < 0.6 * (off_beat[1] - straight).std()


def test_slurs_overlap_the_next_note_and_repeated_notes_do_not():
    rows = perform(scoring(part(tune()), affect=TENDERNESS)).parts[0].notes
    overlap = (rows["end_tick"][:-1] - rows["onset_tick"][1:]) / 1.92
    slurred = overlap > 0
    assert slurred.mean() > 0.8
    assert (overlap[slurred] >= 18).all()
    assert (overlap[slurred] <= 65).all()
    repeated = perform(scoring(part(tune(pitches=("D4",))), affect=TENDERNESS)).parts[0].notes
    assert ((repeated["onset_tick"][1:] - repeated["end_tick"][:-1]) / 1.92 >= 30).all()


def test_feelings_change_how_it_is_articulated():
    shares = {}
    for name, affect in (("anger", ANGER), ("tenderness", TENDERNESS)):
        rows = perform(scoring(part(tune()), affect=affect), humanize=0).parts[0].notes
        shares[name] = float(np.median((rows["end_tick"] - rows["onset_tick"])[:-1] / np.diff(rows["onset_tick"])))
    assert shares["anger"] < 0.95
    assert shares["tenderness"] > 1


@pytest.mark.parametrize(
    ("mark", "low", "high"),
    [
        ("staccato", 0.3, 0.62),
        ("spiccato", 0.35, 0.45),
        ("pizzicato", 0.45, 0.55),
        ("marcato", 0.8, 0.92),
        ("tenuto", 0.98, 1.12),
        ("legato", 1.02, 1.15),
    ],
)
def test_marks_are_lengths(mark, low, high):
    rows = perform(scoring(part(tune(8, 1, 0.5, mark))), humanize=0).parts[0].notes
    share = float(np.median((rows["end_tick"] - rows["onset_tick"])[:-1] / np.diff(rows["onset_tick"])))
    assert low <= share <= high


@pytest.mark.parametrize(("mark", "least"), [("accent", 3), ("marcato", 3.5), ("sforzando", 4)])
def test_accents_are_louder(mark, least):
    line = list(tune(level=0.4))
    line[9] = replace(line[9], marks=frozenset({mark}))
    plain, marked = (perform(scoring(part(notes)), humanize=0).parts[0].notes["velocity"] for notes in (tune(level=0.4), line))
    assert decibels(marked[9]) - decibels(plain[9]) > least


def test_trills_and_rolls_are_many_notes():
    trill = perform(scoring(part([note(0, 2, "A4", 0.5, "trill")], "Flute", VIOLIN))).parts[0].notes
    assert trill.size > 8
    assert sorted(set(trill["pitch"].tolist())) == [69, 70]
    assert trill["pitch"][-1] == 69
    roll = perform(scoring(part([note(0, 2, "C2", 0.5, "tremolo")], "Drum", BASS_DRUM, "percussion"))).parts[0].notes
    assert 10 <= roll.size <= 14
    held = perform(scoring(part([note(0, 2, "A4", 0.5, "tremolo")], "Violin", VIOLIN))).parts[0].notes
    assert held.size == 1


def test_wide_dynamics():
    soft, loud = (perform(scoring(part(tune(level=level)))).parts[0] for level in (0.0, 1.0))
    assert np.median(soft.notes["velocity"]) < 36
    assert np.median(loud.notes["velocity"]) > 110
    assert np.median(values(soft, 1)[1]) < 36
    assert np.median(values(loud, 1)[1]) > 105


@pytest.mark.parametrize("affect", [ANGER, TENDERNESS])
def test_melodies_spread_their_velocities(affect):
    velocities = perform(scoring(part(tune()), affect=affect), humanize=0).parts[0].notes["velocity"]
    assert np.unique(velocities).size >= 8
    assert 2 < decibels(velocities).std() * 2 < 16


def test_phrases_rise_to_their_highest_note_and_fall():
    line = part(tune(4, 1, 0.5, pitches=("D4", "E4", "F4", "G4", "A4", "B4", "C5", "D5", "E5", "D5", "C5", "B4", "A4", "G4", "F4", "D4")))
    rows = perform(scoring(line, bars=4, affect=TENDERNESS), humanize=0).parts[0].notes
    level = decibels(rows["velocity"])
    assert level[6:10].mean() - level[:2].mean() > 2
    assert level[6:10].mean() - level[-2:].mean() > 3


def test_held_parts_have_moving_curves_from_the_first_tick():
    cellos = by_name(perform(band()), "Cellos")
    for number in (1, 11):
        ticks, level = values(cellos, number)
        assert ticks[0] == 0
        assert np.unique(level).size > 5
        assert np.diff(ticks / 1920).max() < 3


def test_curves_are_sparse():
    for tempo in (300_000, 500_000, 1_200_000):
        for heard in perform(band(tempo=[(0, tempo)])).parts:
            rows = heard.controls[np.isin(heard.controls["controller"], (1, 11)) & (heard.controls["tick"] > 0)]
            assert np.diff(rows["tick"]).min(initial=10_000) >= 120
            for number in (1, 11):
                seconds = values(heard, number)[0] * tempo / 960e6
                assert all(((seconds >= at) & (seconds < at + 1)).sum() <= 25 for at in seconds)


def test_curves_never_jump_in_a_slurred_line():
    line = [replace(n, level=0.1 if i % 8 < 4 else 1.0) for i, n in enumerate(tune())]
    for heard in perform(scoring(part(line), hits=[("swell", 16), ("accent", 24)])).parts:
        for number in (1, 11):
            assert np.abs(np.diff(values(heard, number)[1].astype(int))).max() <= 12


def test_the_pedal_changes_with_the_harmony():
    ticks, level = values(by_name(perform(band()), "Piano"), 64)
    assert level.tolist() == [0, *[127, 0] * 8]
    downs, ups = ticks[level == 127], ticks[level == 0][1:]
    assert (ups[:-1] == 3840 * np.arange(1, 8)).all()
    assert np.allclose((downs[1:] - ups[:-1]) / 1.92, 100, atol=1)
    assert 25 < downs[0] / 1.92 < 40


def test_a_part_without_notes_is_played_as_nothing():
    (heard,) = perform(scoring(part([], "Tacet"))).parts
    assert heard.notes.size == heard.controls.size == 0


PITCH = st.sampled_from([*TUNE, "C3", "E3", "G5", "Bb2"])
LENGTH = st.sampled_from([Fraction(text) for text in ("1/8", "1/6", "1/4", "1/2", "2/3", "1", "3/2", "4")])
MARK = st.sampled_from(["", "staccato", "legato", "accent", "tenuto", "marcato", "pizzicato", "tremolo", "trill"])
STEP = st.tuples(LENGTH, PITCH, st.floats(0, 1), MARK, st.sampled_from([0, 0, 0, 1, 4]))


PLAYERS = [(CELLO, "melody"), (VIOLIN, "pad"), (PIANO, "arpeggio"), (BASS_DRUM, "percussion"), (CELLO, "ostinato")]
HIT = st.tuples(st.sampled_from(["accent", "swell", "entry"]), st.integers(0, 30))


@st.composite
def parts(draw, number):
    now, notes = Fraction(draw(st.sampled_from([0, 1, 3]))), []
    for length, pitch, level, mark, chord in draw(st.lists(STEP, max_size=12)):
        notes += [note(now, length, name, level, *filter(None, [mark])) for name in {pitch, *CHORD[:chord]}]
        now += length
    kind, role = draw(st.sampled_from(PLAYERS))
    return part(notes, f"Part {number}", kind, role)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_written_can_be_played_and_written_down(data):
    lines = [data.draw(parts(i)) for i in range(data.draw(st.integers(1, 3)))]
    hits = data.draw(st.lists(HIT, max_size=3, unique_by=lambda hit: hit[1]))
    rest = data.draw(st.sampled_from([(), ((4, 6),), ((0, 1), (7, 9))]))
    tempo = data.draw(st.sampled_from([[(0, 500_000)], [(0, 300_000), (1920, 1_000_000), (4000, 400_000)]]))
    score = scoring(*lines, hits=sorted(hits, key=lambda hit: hit[1]), rests=rest, tempo=tempo)
    performance = perform(score)
    spotting = score.texture.harmony.plan.spotting
    bars = tuple(Bar(bar.number, to_tick(bar.start), bar.meter) for bar in spotting.bars)
    assert write_midi(Recording("x", spotting.tempo, bars, (), performance.parts, to_tick(spotting.end), {}))
    for written, heard in zip(lines, performance.parts, strict=True):
        rows = heard.notes
        assert (rows["onset_tick"] >= 0).all()
        for start, end in rest:
            assert not ((rows["onset_tick"] < end * 960) & (rows["end_tick"] > start * 960)).any()
        for _, quarter in hits:
            asked = {n.pitch.midi for n in written.notes if n.onset == quarter and not spotting.silent(n.onset)}
            assert asked <= set(rows["pitch"][rows["onset_tick"] == quarter * 960].tolist())


def test_the_clock_agrees_with_the_tempo_map():
    tempo = scoring(tempo=[(0, 512_345), (1_000, 700_001), (5_555, 333_333)]).texture.harmony.plan.spotting.tempo
    ticks = np.array([0, 1, 999, 1000, 1001, 5_554, 5_555, 100_000])
    clock = Clock(tempo)
    assert np.allclose(clock.seconds(ticks), [float(tempo.seconds(int(tick))) for tick in ticks], atol=1e-9)
    assert clock.ticks(clock.seconds(ticks)).tolist() == ticks.tolist()
