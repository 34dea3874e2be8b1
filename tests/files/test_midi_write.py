"""The bytes of a MIDI file, one promise of the format at a time."""

from __future__ import annotations

import io

import mido
import pytest

from motifgen.errors import RangeError, UnknownNameError
from motifgen.files.midi import GUIDE, plain, write_midi
from motifgen.files.midi_read import read_back
from motifgen.sketch.recording import Marker
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter
from performing import played, recording

LINE = [(0, 960, 62, 80), (960, 1900, 69, 90), (1920, 2880, 62, 70)]


def tracks_of(data):
    return mido.MidiFile(file=io.BytesIO(data), charset="utf-8").tracks


def absolute(track):
    now, out = 0, []
    for message in track:
        now += message.time
        out.append((now, message))
    return out


def test_format_and_resolution():
    file = mido.MidiFile(file=io.BytesIO(write_midi(recording(played(rows=LINE)))))
    assert (file.type, file.ticks_per_beat) == (1, 960)


def test_conductor_holds_only_what_belongs_to_it_in_order():
    bars = [(0, Meter(4, 4)), (3840, Meter(3, 4)), (6720, Meter(3, 4))]
    markers = [Marker(0, "1m1 intro"), Marker(3840, "HIT accent the wave")]
    tempo = ((0, 500_000), (3840, 600_001))
    data = write_midi(recording(played(rows=LINE), tempo=tempo, bars=bars, markers=markers, key=Key.parse("D minor")))
    found = [(tick, message.type) for tick, message in absolute(tracks_of(data)[0])]
    assert found == [
        (0, "track_name"), (0, "time_signature"), (0, "key_signature"), (0, "set_tempo"), (0, "marker"),
        (3840, "time_signature"), (3840, "set_tempo"), (3840, "marker"), (7680 + 2880, "end_of_track"),
    ]  # fmt: skip


def test_no_key_signature_without_a_certain_key():
    assert not read_back(write_midi(recording(played(rows=LINE)))).key


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("D minor", "Dm"),
        ("Bb major", "Bb"),
        ("F# dorian", "C#m"),
        ("Db minor", "C#m"),
        ("G# major", "Ab"),
        ("E phrygian", "Am"),
        ("F lydian", "C"),
        ("G harmonic minor", "Gm"),
        ("D phrygian dominant", "Bb"),
    ],
)
def test_key_signatures_are_those_that_readers_know(key, written):
    assert read_back(write_midi(recording(played(rows=LINE), key=Key.parse(key)))).key == written


def test_a_part_begins_with_its_name_and_its_head():
    part = played("Solo Cello", LINE, [(0, 1, 50), (0, 11, 110), (0, 64, 127), (480, 1, 60)])
    track = tracks_of(write_midi(recording(part)))[2]
    head = [(m.type, getattr(m, "control", None)) for m in track[:7]]
    assert head == [("track_name", None), ("program_change", None), *[("control_change", number) for number in (7, 10, 11, 1, 64)]]
    assert all(message.time == 0 for message in track[:7])


def test_bank_select_comes_before_the_program():
    track = tracks_of(write_midi(recording(played(rows=LINE, changes=[(0, 0, 121), (0, 32, 0)]))))[2]
    head = [(m.type, getattr(m, "control", None)) for m in track[1:4]]
    assert head == [("control_change", 0), ("control_change", 32), ("program_change", None)]


def test_note_off_controller_note_on_at_one_tick():
    part = played(rows=[(0, 960, 62, 80), (960, 1920, 62, 80), (960, 1920, 50, 80)], changes=[(960, 11, 90), (960, 1, 80)])
    track = absolute(tracks_of(write_midi(recording(part)))[2])
    at = [(m.type, getattr(m, "control", getattr(m, "note", None))) for tick, m in track if tick == 960]
    assert at == [("note_off", 62), ("control_change", 1), ("control_change", 11), ("note_on", 50), ("note_on", 62)]


def test_note_offs_are_real():
    track = tracks_of(write_midi(recording(played(rows=LINE))))[2]
    assert [m.velocity for m in track if m.type == "note_off"] == [64] * 3
    assert all(m.velocity for m in track if m.type == "note_on")


def test_all_tracks_end_together_a_bar_after_the_last_event():
    parts = [played("A", LINE), played("B", [(0, 9000, 60, 80)]), played("C")]
    ends = {absolute(track)[-1][0] for track in tracks_of(write_midi(recording(*parts)))}
    assert ends == {9000 + 3840}


def test_controllers_are_put_back_at_the_end():
    part = played(rows=LINE, changes=[(0, 1, 30), (960, 1, 90), (960, 11, 3), (0, 64, 0), (100, 64, 127)])
    track = read_back(write_midi(recording(part))).track("Solo Cello")
    last = {int(row["controller"]): int(row["value"]) for row in track.controls}
    assert (last[1], last[11], last[64]) == (64, 127, 0)


def test_the_guide_spans_the_scene_and_is_as_soft_as_can_be():
    track = read_back(write_midi(recording(played(rows=LINE)))).track(GUIDE)
    assert track.notes.tolist() == [(0, 7680, 0, 1)]
    assert track.channels == (15,)
    assert track.controls["value"].tolist() == [0]


def test_the_guide_does_not_silence_a_part_that_shares_its_channel():
    parts = [played(f"Violin {i}", LINE) for i in range(15)]
    back = read_back(write_midi(recording(*parts)))
    assert back.track("Violin 14").channels == back.track(GUIDE).channels
    assert not back.track(GUIDE).controls.size


def test_pitched_parts_cycle_past_the_drum_channel():
    parts = [played(f"P{i}", LINE, drums=i in (3, 30)) for i in range(40)]
    back = read_back(write_midi(recording(*parts)))
    channels = [back.track(part.name).channels for part in parts]
    assert all(found == ((9,) if part.drums else found) for found, part in zip(channels, parts, strict=True))
    pitched = [found[0] for found, part in zip(channels, parts, strict=True) if not part.drums]
    cycle = [*range(9), *range(10, 16)]
    assert pitched == [cycle[i % 15] for i in range(38)]


def test_ports_give_each_fifteen_channels_of_their_own():
    parts = [played(f"P{i}", LINE) for i in range(32)]
    data = write_midi(recording(*parts), channels="ports")
    ports = [track[1].port for track in tracks_of(data)[2:]]
    assert ports == [0] * 15 + [1] * 15 + [2] * 2


def test_one_channel_for_hosts_that_go_by_track():
    parts = [played("A", LINE), played("B", LINE), played("C", LINE, drums=True)]
    back = read_back(write_midi(recording(*parts), channels="one"))
    assert [back.track(name).channels for name in "ABC"] == [(0,), (0,), (9,)]


def test_names_in_utf_8_or_in_ascii():
    rec = recording(played("Großes Röhrenglockenspiel", LINE), title="Die Nacht – früh")
    assert read_back(write_midi(rec)).tracks[1].name == "Großes Röhrenglockenspiel"
    bare = read_back(write_midi(rec, ascii_names=True))
    assert (bare.title, bare.tracks[1].name) == ("Die Nacht - fruh", "Grosses Rohrenglockenspiel")


def test_markers_are_ascii_and_short():
    rec = recording(played(rows=LINE), markers=[Marker(960, "HIT accent die Tür schlägt zu – und das Licht verlöscht")])
    (marker,) = read_back(write_midi(rec)).markers
    assert marker == (960, "HIT accent die Tur schlagt zu -")


def test_plain_never_leaves_ascii():
    assert plain("日本\nÆon\x07") == "?? AEon?"


def test_the_same_bytes_twice():
    parts = [played(f"P{i}", LINE, [(t, 11, t % 128) for t in range(0, 3000, 120)]) for i in range(20)]
    assert write_midi(recording(*parts)) == write_midi(recording(*parts))


def test_encoded_runs_are_what_mido_would_write():
    changes = [(t * t, n, (t * 7) % 128) for t in range(1, 600) for n in (1, 11, 32)]
    rows = [(t * 1000, t * 1000 + 1 + t % 999, 40 + t % 50, 1 + t % 127) for t in range(3000)]
    data = write_midi(recording(played(rows=rows, changes=changes)))
    again = io.BytesIO()
    mido.MidiFile(file=io.BytesIO(data), charset="utf-8").save(file=again)
    assert again.getvalue() == data


def test_long_waits_are_encoded_in_full():
    spans = [(0, 1), (128, 255), (16_383, 16_384), (2_200_000, 5_000_000), (40_000_000, 40_000_001)]
    rows = [(on, off, 60, 64) for on, off in spans]
    back = read_back(write_midi(recording(played(rows=rows))))
    assert back.track("Solo Cello").notes.tolist() == rows


REFUSED = {
    "pitch": ([(0, 960, 128, 80)], "a pitch in part 'Solo Cello' is 128; accepted: 0 to 127"),
    "low pitch": ([(0, 960, -1, 80)], "a pitch in part 'Solo Cello' is -1"),
    "velocity": ([(0, 960, 60, 0)], "a velocity in part 'Solo Cello' is 0; accepted: 1 to 127"),
    "early": ([(-5, 960, 60, 80)], "an onset tick in part 'Solo Cello' is -5"),
    "no length": ([(960, 960, 60, 80)], "the length of a note in ticks in part 'Solo Cello' is 0"),
    "overlap": ([(0, 961, 60, 80), (960, 1920, 60, 80)], "pitch 60 begins again at tick 960, before it has ended at 961"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_notes_that_cannot_be_written(case):
    rows, message = REFUSED[case]
    with pytest.raises(RangeError, match=message):
        write_midi(recording(played(rows=rows)))


@pytest.mark.parametrize(("row", "message"), [((0, 120, 5), "number"), ((0, 11, 128), "value"), ((-1, 11, 5), "tick")])
def test_refuses_controllers_that_cannot_be_written(row, message):
    with pytest.raises(RangeError, match=message):
        write_midi(recording(played(rows=LINE, changes=[row])))


@pytest.mark.parametrize("names", [["A", "A"], [""], ["  "], [GUIDE]])
def test_refuses_names_that_would_confuse_a_host(names):
    with pytest.raises(RangeError, match="a name that no other part has"):
        write_midi(recording(*(played(name, LINE) for name in names)))


def test_refuses_bars_that_do_not_begin_at_the_start():
    with pytest.raises(RangeError, match="first at tick 0"):
        write_midi(recording(played(rows=LINE), bars=[(960, Meter(4, 4))]))


def test_refuses_a_marker_before_the_start():
    with pytest.raises(RangeError, match="the marker 'too soon' is at tick -1"):
        write_midi(recording(played(rows=LINE), markers=[Marker(-1, "too soon")]))


def test_refuses_an_unknown_channel_policy():
    with pytest.raises(UnknownNameError, match="did you mean 'ports'"):
        write_midi(recording(played(rows=LINE)), channels="port")
