"""What is in the written files of whole films, as other programs read them, against the scene and the ledger."""

import bisect
import io
import json
import warnings
from fractions import Fraction
from itertools import pairwise

import mido
import numpy as np
import pretty_midi
import pytest

from films import every_sketch
from motifgen import compose
from motifgen.files.export import ledger_json

KEYS = """motifgen format scene title seed style start_timecode frame_rate length_seconds ticks_per_quarter bars arc hits statements
          chords parts warnings"""
SKETCHES = {f"{sketch.spotting.palette.name}-{sketch.ledger['scene']}-{sketch.ledger['title']}": sketch for sketch in every_sketch()}


@pytest.fixture(params=sorted(SKETCHES))
def sketch(request):
    return SKETCHES[request.param]


@pytest.fixture
def file(sketch):
    return mido.MidiFile(file=io.BytesIO(sketch.to_midi()), charset="utf-8")


def _clock(file):
    """Return seconds of a tick from the tempo events alone."""
    changes, tick = [], 0
    for message in file.tracks[0]:
        tick += message.time
        if message.type == "set_tempo":
            changes.append((tick, message.tempo))
    starts, seconds = [tick for tick, _ in changes], [Fraction(0)]
    for (a, tempo), (b, _) in pairwise(changes):
        seconds.append(seconds[-1] + Fraction((b - a) * tempo, file.ticks_per_beat * 1_000_000))

    def at(tick):
        i = bisect.bisect_right(starts, tick) - 1
        return seconds[i] + Fraction((tick - starts[i]) * changes[i][1], file.ticks_per_beat * 1_000_000)

    return at


def _notes(track):
    """Return (onset, end, pitch, channel) of a track; fails on a note that never ends or overlaps itself."""
    tick, held, found = 0, {}, []
    for message in track:
        tick += message.time
        if message.type == "note_on" and message.velocity:
            assert (message.channel, message.note) not in held, "a pitch overlaps itself"
            held[message.channel, message.note] = tick
        elif message.type in {"note_off", "note_on"}:
            start = held.pop((message.channel, message.note))
            assert tick > start
            found.append((start, tick, message.note, message.channel))
    assert not held
    return sorted(found)


def _parts(sketch, file):
    names = {part["name"] for part in sketch.ledger["parts"]}
    return {track.name: track for track in file.tracks if track.name in names}


def test_every_must_hit_falls_on_a_beat_of_the_written_tempo_map(sketch, file):
    at = _clock(file)
    bars = sketch.recording.bars
    beats = np.array([float(at(int(bar.tick + beat * bar.meter.beat * 960))) for bar in bars for beat in range(bar.meter.beats)])
    for hit in sketch.spotting.scene.hits:
        if hit.must and hit.on != "any":
            assert np.abs(beats - float(hit.at)).min() < 0.001, hit


def test_every_unmet_hit_is_named_in_the_warnings(sketch):
    for hit in sketch.ledger["hits"]:
        if not hit["met"]:
            assert any(hit["what"] in text for text in sketch.ledger["warnings"]), hit


def test_no_part_is_lost_and_none_is_empty(sketch, file):
    tracks = _parts(sketch, file)
    for part in sketch.ledger["parts"]:
        assert len(_notes(tracks[part["name"]])) == part["notes"] > 0


def test_only_drums_are_on_channel_ten(sketch, file):
    drums = {part.name for part in sketch.recording.parts if part.drums}
    for name, track in _parts(sketch, file).items():
        assert {channel == 9 for *_, channel in _notes(track)} == {name in drums}


def test_no_note_is_out_of_its_instruments_range(sketch):
    for part in sketch.scoring.parts:
        if not part.instrument.drums:
            assert all(part.instrument.low <= note.pitch.midi <= part.instrument.high for note in part.notes), part.name


def test_silence_is_silent(sketch, file):
    at = _clock(file)
    for rest in sketch.spotting.rests:
        start, end = sketch.spotting.seconds(rest.start), sketch.spotting.seconds(rest.end)
        for name, track in _parts(sketch, file).items():
            for onset, stop, *_ in _notes(track):
                assert at(stop) <= start + Fraction(1, 20) or at(onset) >= end - Fraction(1, 100), (name, float(at(onset)))


def test_nothing_sounds_after_the_scene(sketch, file):
    at = _clock(file)
    for track in _parts(sketch, file).values():
        assert all(at(stop) <= sketch.spotting.scene.length + Fraction(1, 1000) for _, stop, *_ in _notes(track))


def test_the_ledgers_theme_notes_are_in_the_file(sketch, file):
    at, tracks = _clock(file), _parts(sketch, file)
    for statement in sketch.ledger["statements"]:
        if statement["notes"]:
            sounding = [(float(at(onset)), pitch) for onset, _, pitch, _ in _notes(tracks[statement["parts"][0]])]
            for second, pitch in statement["notes"]:
                assert any(p == pitch and abs(s - second) < 1e-4 for s, p in sounding), statement["who"]


def test_pretty_midi_reads_the_same_notes_and_tempo(sketch, file):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = pretty_midi.PrettyMIDI(io.BytesIO(sketch.to_midi()), charset="utf-8")
    ours = sorted((round(float(at), 4), pitch) for at, pitch in _every_onset(sketch, file))
    names = {part["name"] for part in sketch.ledger["parts"]}
    theirs = sorted((round(note.start, 4), note.pitch) for i in read.instruments if i.name in names for note in i.notes)
    assert len(ours) == len(theirs)
    assert all(p == q and abs(a - b) < 0.0002 for (a, p), (b, q) in zip(ours, theirs, strict=True))


def _every_onset(sketch, file):
    at = _clock(file)
    return [(at(onset), pitch) for track in _parts(sketch, file).values() for onset, _, pitch, _ in _notes(track)]


def test_the_ledger_is_json_that_holds_every_key_of_the_contract(sketch):
    ledger = json.loads(ledger_json(sketch.recording))
    assert set(ledger) >= set(KEYS.split())
    times = [point["seconds"] for point in ledger["arc"]]
    assert max(b - a for a, b in pairwise(times)) <= 1
    assert {float(point.at) for point in sketch.spotting.scene.arc.points} <= {round(second, 9) for second in times}
    for statement in ledger["statements"]:
        assert 0 <= statement["likeness"] <= 1
        assert len(statement["why"]) > 10


def test_bars_add_up_to_the_scene(sketch):
    bars = sketch.spotting.bars
    assert [bar.number for bar in bars] == list(range(1, len(bars) + 1))
    assert all(a.end == b.start for a, b in pairwise(bars))
    assert bars[0].start == 0
    assert bars[-1].end >= sketch.spotting.end


def test_the_same_scene_again_is_the_same_bytes(sketch):

    spotting = sketch.spotting
    again = compose(spotting.scene, spotting.story)
    assert again.to_midi() == sketch.to_midi()
    assert ledger_json(again.recording) == ledger_json(sketch.recording)
