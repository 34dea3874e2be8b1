"""The faults found in other exporters, each as a test of ours, read back from the bytes."""

from __future__ import annotations

import io

import numpy as np
import pretty_midi
import pytest

from motifgen.affect import Affect
from motifgen.compose.performance import perform
from motifgen.files.midi import GUIDE, write_midi
from motifgen.files.midi_read import read_back
from motifgen.sketch.recording import Marker
from performing import BASS_DRUM, CELLO, VIOLIN, instrument, note, part, recording, scoring, tune

RAMP = [(960 * i, 500_000 - 4_000 * i) for i in range(32)]
HORN = instrument("horn", "brass", 60)
CALM, WILD = Affect(arousal=-0.7), Affect(arousal=0.9)


@pytest.fixture(scope="module")
def small():
    """A violin from soft to loud as the scene wakes, a trill and staccato on the horn, a held cello under a swell; a ramp, two markers."""
    rising = [note(i, 1, "D4", 0.1 + 0.8 * i / 31) for i in range(32)]
    horn = [
        note(0, 2, "A4", 0.5, "trill"),
        *(note(4 + i, 1, "F4", 0.5, "staccato") for i in range(4)),
        *(note(8 + i, 1, "F4") for i in range(4)),
    ]
    cello = [note(8 * i, 8, "D3", 0.5) for i in range(4)]
    drum = [note(i, "1/2", "C2") for i in range(32)]
    parts = [part(rising, "Violins I", VIOLIN), part(horn, "Horn", HORN, "counter"), part(cello, "Cellos", CELLO, "pad")]
    score = scoring(*parts, part(drum, "Bass Drum", BASS_DRUM, "percussion"), tempo=RAMP, hits=[("swell", 24)], affect=CALM, towards=WILD)
    performance = perform(score)
    markers = [Marker(0, "1m1 build"), Marker(24 * 960, "HIT swell")]
    rec = recording(*performance.parts, tempo=RAMP, markers=markers, end=32 * 960)
    return rec, write_midi(rec)


def db(values):
    return 40 * np.log10(np.asarray(values, dtype=float) / 127)


def test_names_and_programs(small):
    tracks = read_back(small[1]).tracks
    assert [(track.name, track.program) for track in tracks] == [
        (GUIDE, -1), ("Violins I", 40), ("Horn", 60), ("Cellos", 42), ("Bass Drum", 0)]  # fmt: skip


def test_tempo_and_its_ramp(small):
    back = read_back(small[1])
    assert list(back.tempo) == RAMP
    _, tempi = pretty_midi.PrettyMIDI(io.BytesIO(small[1]), charset="utf-8").get_tempo_changes()
    assert (np.diff(tempi) > 0).all()


def test_velocity_follows_written_dynamics(small):
    rows = read_back(small[1]).track("Violins I").notes
    early, late = db(rows["velocity"][:8]).mean(), db(rows["velocity"][-8:]).mean()
    assert late - early > 10


def test_a_hairpin_moves_controllers_one_way(small):
    rows = read_back(small[1]).track("Cellos").controls
    start, peak = 20.5 * 960, 24 * 960
    for number in (1, 11):
        inside = rows[(rows["controller"] == number) & (rows["tick"] > start) & (rows["tick"] <= peak)]["value"].astype(int)
        assert inside.size > 8
        assert np.diff(inside).min() >= -2
        assert db(inside[-1]) - db(inside[0]) > 4


def test_markers(small):
    assert list(read_back(small[1]).markers) == [(0, "1m1 build"), (24 * 960, "HIT swell")]


def test_trills_sound_and_staccato_is_short(small):
    rows = read_back(small[1]).track("Horn").notes
    trill = rows[rows["onset_tick"] < 1900]
    assert trill.size > 8
    assert set(trill["pitch"].tolist()) == {69, 70}
    lengths = rows["end_tick"] - rows["onset_tick"]
    short, long = (lengths[(rows["onset_tick"] > a * 960 - 200) & (rows["onset_tick"] < b * 960 - 200)] for a, b in ((4, 8), (8, 12)))
    assert short.max() < 0.7 * long.min()


def test_events_stay_few(small):
    back = read_back(small[1])
    assert np.diff([tick for tick, _ in back.tempo]).min() >= 240
    for track in back.tracks:
        curve = track.controls[np.isin(track.controls["controller"], (1, 11)) & (track.controls["tick"] > 0)]
        curve = curve[curve["tick"] < track.end_tick]
        assert np.diff(curve["tick"]).min(initial=1000) >= 120


def test_twenty_parts_are_twenty_tracks():
    lines = [part(tune(2), f"Player {i + 1}", (CELLO, VIOLIN, HORN)[i % 3], "melody" if i < 3 else "pad") for i in range(20)]
    rec = recording(*perform(scoring(*lines)).parts, end=32 * 960)
    back = read_back(write_midi(rec))
    assert [(t.name, t.program, t.notes.size) for t in back.tracks[1:]] == [(p.name, p.program, p.notes.size) for p in rec.parts]
    assert 9 not in {channel for track in back.tracks for channel in track.channels}
