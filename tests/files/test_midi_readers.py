"""What other programs read in our files: mido, pretty_midi, music21 and symusic must agree with the recording."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pretty_midi
import pytest
import symusic
from hypothesis import given, settings
from hypothesis import strategies as st
from music21 import midi

from motifgen.errors import NotationError, RangeError
from motifgen.files.midi import GUIDE, to_pretty_midi, write_midi
from motifgen.files.midi_read import read_back
from motifgen.sketch.recording import Marker
from motifgen.theory.time import Meter
from performing import played, recording

RAMP = tuple((960 * i, 500_000 + 7_919 * i) for i in range(24))


STEPS = st.tuples(st.integers(1, 4_000), st.integers(0, 2_000), st.integers(1, 127))
TEXT = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])


@st.composite
def lines(draw):
    """Notes without same-pitch overlap: per pitch, gaps and lengths."""
    rows = []
    for pitch in draw(st.lists(st.integers(0, 127), unique=True, max_size=4)):
        now = draw(st.integers(0, 5_000))
        for length, gap, velocity in draw(st.lists(STEPS, max_size=6)):
            rows.append((now, now + length, pitch, velocity))
            now += length + gap
    return rows


@st.composite
def recordings(draw):
    names = draw(st.lists(st.text(TEXT, min_size=1, max_size=20), unique=True, max_size=24))
    names = [name for name in names if name.strip() and name != GUIDE]
    kinds = [draw(st.tuples(st.booleans(), st.integers(0, 127))) for _ in names]
    parts = [
        played(name, draw(lines()), _unique(draw(changes)), drums=drums, program=program)
        for name, (drums, program) in zip(names, kinds, strict=True)
    ]
    ticks = sorted(draw(st.sets(st.integers(1, 20_000), max_size=6)))
    tempo = [(tick, draw(st.integers(1, 16_777_215))) for tick in (0, *ticks)]
    return recording(*parts, tempo=tempo, title=draw(st.text(TEXT, max_size=20)))


changes = st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from([1, 11, 64]), st.integers(0, 127)), max_size=10)


def _unique(rows):
    return [(tick, number, value) for (tick, number), value in {row[:2]: row[2] for row in rows}.items()]


@settings(max_examples=60, deadline=None)
@given(recordings())
def test_every_recording_comes_back(rec):
    back = read_back(write_midi(rec))
    assert back.title == rec.title
    assert back.tempo == rec.tempo.steps
    assert [track.name for track in back.tracks] == [GUIDE, *(part.name for part in rec.parts)]
    for part, track in zip(rec.parts, back.tracks[1:], strict=True):
        assert track.notes.tolist() == part.notes.tolist()
        assert track.program == part.program
        assert track.hanging == 0
        assert (9 in track.channels) == part.drums
        wanted = {row for row in part.controls.tolist() if row[0]}
        assert wanted <= set(track.controls.tolist())


@settings(max_examples=40, deadline=None)
@given(recordings())
def test_symusic_reads_the_same_notes(rec):
    score = symusic.Score.from_midi(write_midi(rec, guide=False))
    found = sorted(sorted((n.time, n.time + n.duration, n.pitch, n.velocity) for n in track.notes) for track in score.tracks if track.notes)
    assert found == sorted(sorted(part.notes.tolist()) for part in rec.parts if part.notes.size)
    assert [(t.time, t.mspq) for t in score.tempos] == list(rec.tempo.steps)


def orchestra(count):
    parts = []
    for i in range(count):
        rows = [(480 * j + i, 480 * j + 470 + i, 40 + (5 * j + i) % 50, 1 + (11 * i + j) % 127) for j in range(40)]
        parts.append(played(f"Stimme Ä{i}", rows, [(120 * j, 11, 40 + j) for j in range(60)], drums=i % 17 == 16, program=i))
    markers = [Marker(0, "1m1 intro"), Marker(1920, "HIT accent wave")]
    return recording(*parts, tempo=RAMP, markers=markers, bars=[(0, Meter(4, 4)), (3840, Meter(7, 8)), (7200, Meter(6, 8))], end=24_000)


@pytest.mark.parametrize("count", [1, 15, 16, 20, 40])
def test_no_part_is_lost(count):
    rec = orchestra(count)
    data = write_midi(rec)
    score = symusic.Score.from_midi(data)
    assert {track.name for track in score.tracks} >= {part.name for part in rec.parts}
    pretty = pretty_midi.PrettyMIDI(io.BytesIO(data), charset="utf-8")
    assert [i.name for i in pretty.instruments if i.name != GUIDE] == [part.name for part in rec.parts]
    assert [len(i.notes) for i in pretty.instruments if i.name != GUIDE] == [part.notes.size for part in rec.parts]
    assert [i.program for i in pretty.instruments if i.name != GUIDE] == [part.program for part in rec.parts]
    assert [i.is_drum for i in pretty.instruments if i.name != GUIDE] == [part.drums for part in rec.parts]


def test_pretty_midi_hears_every_note_at_its_second():
    rec = orchestra(20)
    pretty = to_pretty_midi(rec)
    assert [i.name for i in pretty.instruments] == [part.name for part in rec.parts]
    for part, found in zip(rec.parts, pretty.instruments, strict=True):
        heard = sorted((n.start, n.pitch, n.velocity) for n in found.notes)
        wanted = sorted((float(rec.tempo.seconds(int(row["onset_tick"]))), int(row["pitch"]), int(row["velocity"])) for row in part.notes)
        assert np.allclose([row[0] for row in heard], [row[0] for row in wanted], atol=1e-6)
        assert [row[1:] for row in heard] == [row[1:] for row in wanted]
        assert len(found.control_changes) >= part.controls.size


def test_pretty_midi_keeps_the_tempo_map():
    times, tempi = to_pretty_midi(orchestra(2)).get_tempo_changes()
    assert np.allclose(tempi, [60_000_000 / microseconds for _, microseconds in RAMP])
    assert np.allclose(times, [float(orchestra(1).tempo.seconds(tick)) for tick, _ in RAMP])


def test_pretty_midi_refuses_what_it_would_call_corrupt():
    with pytest.raises(RangeError, match="10000000"):
        to_pretty_midi(recording(played(rows=[(0, 960, 60, 80)]), end=10_000_001))


def test_symusic_reads_tempo_meters_and_markers():
    score = symusic.Score.from_midi(write_midi(orchestra(3)))
    assert [(t.time, t.mspq) for t in score.tempos] == list(RAMP)
    assert [(t.time, t.numerator, t.denominator) for t in score.time_signatures] == [(0, 4, 4), (3840, 7, 8), (7200, 6, 8)]
    assert [(m.time, m.text) for m in score.markers] == [(0, "1m1 intro"), (1920, "HIT accent wave")]


def test_music21_reads_the_same_pitches_and_meters():
    parts = [played("Flute", [(0, 960, 74, 80), (960, 1920, 76, 80), (1920, 3840, 77, 80)]), played("Cello", [(0, 3840, 50, 60)])]
    data = write_midi(recording(*parts, bars=[(0, Meter(3, 4)), (2880, Meter(4, 4))]), guide=False)
    file = midi.MidiFile()
    file.readstr(data)
    score = midi.translate.midiFileToStream(file).stripTies()
    assert sorted(p.partName for p in score.parts) == ["Cello", "Flute"]
    flute = next(p for p in score.parts if p.partName == "Flute").flatten()
    assert [(Fraction(n.offset), n.pitch.midi) for n in flute.notes] == [(0, 74), (1, 76), (2, 77)]
    assert [t.ratioString for t in flute.getTimeSignatures()] == ["3/4", "4/4"]


CUT_SHORT = b"MThd\x00\x00\x00\x06\x00\x01\x00\x01\x03\xc0MTrk\x00\x00\x00\x09\x00"


@pytest.mark.parametrize("data", [b"", b"MThd", b"RIFF" + bytes(40), CUT_SHORT])
def test_what_is_no_midi_file_is_refused(data):
    with pytest.raises(NotationError, match="not a MIDI file"):
        read_back(data)


def test_latin_1_names_of_old_files_are_read():
    data = write_midi(recording(played("Flote", [(0, 960, 60, 80)]))).replace(b"Flote", b"Fl\xf6te")
    assert read_back(data).tracks[1].name == "Flöte"


def test_the_tempo_map_of_a_file_without_tempo_is_120():
    data = write_midi(recording(played(rows=[(0, 960, 60, 80)])))
    assert read_back(data).tempo_map().seconds(960) == Fraction(1, 2)
