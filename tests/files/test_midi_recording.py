"""Anybody's MIDI as a recording: ours comes back as it was, and other programs' files are understood."""

from __future__ import annotations

import io
from fractions import Fraction

import mido
import numpy as np
import pytest

from motifgen import Arc, Cast, Character, Hit, Motif, Scene, compose
from motifgen.errors import NotationError, RangeError
from motifgen.files.midi import write_midi
from motifgen.files.midi_recording import from_first_frame, read_recording, recording_of
from motifgen.measure.conformance import measure
from performing import played
from performing import recording as made

MARA = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"), voice=["cello"])


def saved(tracks, kind=1, ppq=480):
    """Return the bytes of a file with tracks of (type, delta time, fields)."""
    file = mido.MidiFile(type=kind, ticks_per_beat=ppq)
    for rows in tracks:
        track = mido.MidiTrack()
        for name, time, fields in rows:
            meta = name in {"track_name", "set_tempo", "time_signature", "key_signature", "marker"}
            track.append((mido.MetaMessage if meta else mido.Message)(name, time=time, **fields))
        file.tracks.append(track)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def note(pitch, time=0, length=480, channel=0, velocity=80):
    return [
        ("note_on", time, {"note": pitch, "velocity": velocity, "channel": channel}),
        ("note_off", length, {"note": pitch, "channel": channel}),
    ]


def test_our_own_file_comes_back_as_it_was_written():
    scene = Scene("1m1", 12, Arc.of((0, "calm"), (8, "fear")), style="chamber", key="D minor", cast=[Cast(MARA)], hits=[Hit(8, "accent")])
    sketch = compose(scene)
    mine, read = sketch.recording, recording_of(sketch.to_midi())
    assert (read.ledger, read.key, read.tempo) == ({}, mine.key, mine.tempo)
    assert [(part.name, part.instrument, part.family, part.program) for part in read.parts] == [
        (part.name, part.instrument, part.family, part.program) for part in mine.parts
    ]
    for ours, theirs in zip(mine.parts, read.parts, strict=True):
        assert np.array_equal(ours.notes, theirs.notes)
        assert (ours.pan, ours.volume) == (theirs.pan, theirs.volume)
    assert [bar.tick for bar in read.bars][: len(mine.bars)] == [bar.tick for bar in mine.bars]
    assert {(hit.off_ms, hit.audible) for hit in measure(read, scene).hits} == {
        (hit.off_ms, hit.audible) for hit in measure(mine, scene).hits
    }


def test_other_resolutions_and_tempi_are_told_in_our_ticks():
    tempo = [("set_tempo", 0, {"tempo": 1_000_000}), ("set_tempo", 480, {"tempo": 500_000}), ("time_signature", 0, {"numerator": 3})]
    read = recording_of(saved([tempo, note(60, length=160) + note(62, time=320)]))
    assert read.parts[0].notes["onset_tick"].tolist() == [0, 960]
    assert read.parts[0].notes["end_tick"].tolist() == [320, 1920]
    assert float(read.tempo.seconds(1920)) == 1.5
    odd = recording_of(saved([note(60, length=35) + note(62, time=61)], ppq=96))
    assert odd.parts[0].notes["onset_tick"].tolist() == [0, 960]
    assert odd.parts[0].notes["end_tick"].tolist()[0] == 350


def test_a_single_track_is_taken_apart_by_channel_and_instruments_are_guessed():
    rows = [("program_change", 0, {"program": 42, "channel": 0}), ("program_change", 0, {"program": 73, "channel": 1})]
    rows += [("set_tempo", 0, {"tempo": 600_000})]
    rows += [*note(48, channel=0), *note(72, channel=1), *note(38, channel=9)]
    read = recording_of(saved([rows], kind=0))
    assert [(part.instrument, part.drums, len(part.notes)) for part in read.parts] == [
        ("cello", False, 1),
        ("flute", False, 1),
        ("", True, 1),
    ]
    assert [part.notes["onset_tick"].tolist() for part in read.parts] == [[0], [960], [1920]]
    assert read.tempo.steps == ((0, 600_000),)


@pytest.mark.parametrize(
    ("name", "program", "instrument", "players"),
    [
        ("Solo Cello", None, "cello", 1),
        ("Vlns. of ours", 60, "horn", 1),
        ("Horn 2", 0, "horn", 1),
        ("Melody", None, "", 1),
    ],
)
def test_a_name_says_more_than_a_program(name, program, instrument, players):
    rows = [("track_name", 0, {"name": name})]
    rows += [] if program is None else [("program_change", 0, {"program": program})]
    part = recording_of(saved([[*rows, *note(60)]])).parts[0]
    assert (part.name, part.instrument, part.players) == (name, instrument, players)


def test_parts_of_one_name_are_told_apart_and_inaudible_guides_are_none():
    named = [("track_name", 0, {"name": "Horn"})]
    read = recording_of(saved([[*named, *note(60)], [*named, *note(64)], note(60, velocity=1)]))
    assert [part.name for part in read.parts] == ["Horn", "Horn (2)"]
    assert [part.instrument for part in read.parts] == ["horn", "horn"]


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"RIFF", NotationError, "not a MIDI file"),
        (b"", NotationError, "not a MIDI file"),
        (saved([[("set_tempo", 0, {"tempo": 500_000})]]), RangeError, "the file holds no notes"),
        (saved([note(60, velocity=1)]), RangeError, "the file holds no notes"),
    ],
)
def test_what_is_no_music_is_refused(data, error, said):
    with pytest.raises(error, match=said):
        recording_of(data)


def test_a_file_is_named_in_its_error_and_may_not_be_huge(tmp_path):
    path = tmp_path / "bad.mid"
    path.write_bytes(b"RIFF")
    with pytest.raises(NotationError, match=r"bad\.mid: not a MIDI file"):
        read_recording(path)
    path.write_bytes(b"MThd" + bytes(5_000_000))
    with pytest.raises(RangeError, match="larger than 5,000,000 bytes"):
        read_recording(path)


def smpte(data: bytes, frames: int, ticks: int) -> bytes:
    """The same file, its ticks counted in frames."""
    return data[:12] + bytes([256 - frames, ticks]) + data[14:]


@pytest.mark.parametrize(("frames", "exact"), [(24, 24), (25, 25), (30, 30), (29, Fraction(30_000, 1001))])
def test_a_file_in_frames_is_heard_at_its_own_pace(frames, exact):
    data = saved([note(60, length=frames * 40 if frames != 29 else 1200)])
    recording = recording_of(smpte(data, frames, 40))
    end = int(recording.parts[0].notes["end_tick"][0])
    assert recording.tempo.seconds(end) == Fraction(frames if frames != 29 else 30) / exact


def test_a_note_that_is_never_ended_sounds_to_the_end_of_its_track():
    struck = [("note_on", time, {"note": pitch, "velocity": 90}) for pitch, time in ((60, 0), (64, 480))]
    [part] = recording_of(saved([[*struck, ("control_change", 960, {"control": 64, "value": 0})]])).parts
    assert part.notes["end_tick"].tolist() == [2880, 2880]


def test_a_file_without_ticks_is_refused():
    data = saved([note(60)])
    with pytest.raises(NotationError, match="0 ticks to the quarter"):
        recording_of(data[:12] + bytes(2) + data[14:])


def test_pre_roll_and_clicks_are_left_out():
    ours = played("Violin", [(0, 960, 69, 80), (960, 1920, 71, 80)])
    plain = made(ours, end=1920)
    again = from_first_frame(recording_of(write_midi(plain, preroll=2, click="all")))
    assert again.parts[0].notes.tolist() == plain.parts[0].notes.tolist()
    assert [part.name for part in again.parts] == ["Violin"]
    assert again.bars[0].tick == 0


def test_separate_songs_are_not_heard_at_once():
    with pytest.raises(NotationError, match=r"separate songs \(type 2\); accepted: files of type 0 or 1"):
        recording_of(saved([note(60), note(64)], kind=2))
