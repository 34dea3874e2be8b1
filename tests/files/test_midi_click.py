"""Pre-roll and clicks are the file's own: the music is what it was, later by whole bars."""

from __future__ import annotations

import io
from fractions import Fraction

import mido
import pytest

from motifgen.errors import RangeError, UnknownNameError
from motifgen.files.midi import GUIDE, write_midi
from motifgen.files.midi_click import CLICK, MOST_BARS, led_in
from motifgen.sketch.recording import FIRST_FRAME, Marker
from motifgen.theory.time import Meter
from performing import played, recording

LINE = [(0, 960, 62, 80), (960, 1900, 69, 90), (3840, 4800, 62, 70)]
WALTZ = [(0, Meter(3, 4)), (2880, Meter(4, 4))]


def scene(bars=WALTZ, end=6720):
    line = played(rows=LINE, changes=[(0, 11, 90), (480, 11, 100), (0, 1, 70)])
    return recording(line, bars=bars, end=end, tempo=((0, 500_001), (2880, 600_000)), markers=[Marker(2880, "HIT accent")])


def tracks(data):
    file = mido.MidiFile(file=io.BytesIO(data), charset="utf-8")
    return {track.name: track for track in file.tracks}


def onsets(track):
    now, found = 0, []
    for message in track:
        now += message.time
        if message.type == "note_on":
            found.append((now, message.note, message.velocity))
    return found


def metas(track, kind):
    now, found = 0, []
    for message in track:
        now += message.time
        if message.type == kind:
            found.append((now, message))
    return found


def test_without_asking_there_is_neither():
    assert write_midi(scene(), click="none", preroll=0) == write_midi(scene())
    assert CLICK not in tracks(write_midi(scene()))


@pytest.mark.parametrize("bars", [1, 2, MOST_BARS])
def test_pre_roll_moves_all_by_whole_bars_of_the_first_meter(bars):
    plain, moved = tracks(write_midi(scene())), tracks(write_midi(scene(), preroll=bars))
    lead = bars * 2880
    assert onsets(moved["Solo Cello"]) == [(tick + lead, note, level) for tick, note, level in onsets(plain["Solo Cello"])]
    conductor = moved["1m1 Storm"]
    assert [(tick, str(m.numerator)) for tick, m in metas(conductor, "time_signature")] == [(0, "3"), (lead + 2880, "4")]
    assert [(tick, m.tempo) for tick, m in metas(conductor, "set_tempo")] == [(0, 500_001), (lead + 2880, 600_000)]
    assert [(tick, m.text) for tick, m in metas(conductor, "marker")] == [(lead, FIRST_FRAME), (lead + 2880, "HIT accent")]


def test_what_controllers_begin_with_stays_at_the_head():
    controls = [(tick, m.control, m.value) for tick, m in metas(tracks(write_midi(scene(), preroll=1))["Solo Cello"], "control_change")]
    assert (0, 11, 90) in controls
    assert (0, 1, 70) in controls
    assert (2880 + 480, 11, 100) in controls


def test_the_guide_reaches_from_the_pre_roll_to_the_end():
    assert onsets(tracks(write_midi(scene(), preroll=1))[GUIDE])[0][0] == 0


def test_every_moment_is_later_by_the_same_exact_time():
    before, after = scene(), led_in(scene(), 2)
    lead = after.tempo.seconds(2 * 2880)
    assert lead == Fraction(2 * 3 * 500_001, 1_000_000)
    for tick in (0, 1, 2879, 2880, 5000):
        assert after.tempo.seconds(tick + 2 * 2880) == before.tempo.seconds(tick) + lead


def test_a_click_falls_on_every_beat_and_knows_downbeats():
    clicks = onsets(tracks(write_midi(scene(), click="all", preroll=1))[CLICK])
    assert [tick for tick, _, _ in clicks] == list(range(0, 2880 + 6720, 960))
    high = {note for tick, note, _ in clicks if tick in (0, 2880, 5760)}
    assert len(high) == 1
    assert all(note not in high for tick, note, _ in clicks if tick not in (0, 2880, 5760))


def test_warning_clicks_end_before_the_first_frame():
    clicks = onsets(tracks(write_midi(scene(), click="warning", preroll=2))[CLICK])
    assert [tick for tick, _, _ in clicks] == list(range(0, 5760, 960))


def test_compound_bars_click_in_dotted_quarters():
    clicks = onsets(tracks(write_midi(scene([(0, Meter(6, 8))], 2880), click="all"))[CLICK])
    assert [tick for tick, _, _ in clicks] == [0, 1440]


def test_the_click_is_on_the_drum_channel_and_takes_no_other_parts():
    plain, clicked = tracks(write_midi(scene())), tracks(write_midi(scene(), click="all"))
    assert {message.channel for message in clicked[CLICK] if message.type == "note_on"} == {9}
    assert list(plain["Solo Cello"]) == list(clicked["Solo Cello"])


def test_mistakes_are_said():
    with pytest.raises(RangeError, match="no pre-roll"):
        write_midi(scene(), click="warning")
    with pytest.raises(UnknownNameError, match="did you mean 'warning'"):
        write_midi(scene(), click="warnign", preroll=1)
    for bars in (-1, MOST_BARS + 1, True, 0.5):
        with pytest.raises(RangeError, match="accepted: 0 to 8"):
            write_midi(scene(), preroll=bars)
    own = recording(played(CLICK, LINE))
    with pytest.raises(RangeError, match="a name that no other part has"):
        write_midi(own, click="all")
