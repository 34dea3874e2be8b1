"""The sound preview: levels follow the published law, cuts are silent, nothing clips, every engine and encoding is honest."""

from __future__ import annotations

import io
import shutil
import wave
from dataclasses import replace
from fractions import Fraction
from importlib.util import find_spec

import numpy as np
import pytest

from motifgen.compose.performance import perform
from motifgen.errors import ComposeError, MissingError, UnknownNameError
from motifgen.files import audio, audio_fluidsynth, audio_play, audio_voices
from motifgen.files.audio import ENGINES, Sound, encode, find_engine, find_soundfont, render, stems
from motifgen.files.audio_level import PEAK, levelling, loudness
from motifgen.sketch.tempo_map import TempoMap
from performing import BASS_DRUM, CELLO, PIANO, VIOLIN, note, part, played, recording, scoring, tune

RATE = 22_050


def there(engine):
    try:
        find_engine(engine, find_soundfont())
    except MissingError:
        return False
    return True


HERE = [engine for engine in ENGINES if there(engine)]


def power(samples, start, stop):
    return 10 * np.log10(float(np.mean(samples[int(start * RATE) : int(stop * RATE)].astype(float) ** 2)) + 1e-12)


def raw(engine, *parts, end=7680):
    rec = recording(*parts, end=end)
    return audio._raw(rec, rec.parts, engine, "", RATE)[1]  # noqa: SLF001 - before levelling


def test_additive_synthesis_is_always_there():
    assert "additive" in HERE
    assert find_engine("", "") == "additive"


@pytest.mark.parametrize("engine", HERE)
def test_velocity_expression_and_volume_follow_the_law(engine):
    loud = power(raw(engine, played("Cello", [(0, 1920, 60, 127)])), 0.1, 0.8)
    for changes, velocity, wanted in (((), 64, -11.9), (((0, 11, 64),), 127, -11.9), (((0, 11, 90),), 90, -12.0)):
        found = power(raw(engine, played("Cello", [(0, 1920, 60, velocity)], changes)), 0.1, 0.8)
        assert found - loud == pytest.approx(wanted, abs=0.5)
    soft = replace(played("Cello", [(0, 1920, 60, 127)]), volume=50)
    assert power(raw(engine, soft), 0.1, 0.8) - loud == pytest.approx(-12.0, abs=0.5)


@pytest.mark.parametrize("engine", HERE)
def test_pan_is_heard(engine):
    left = raw(engine, replace(played("Cello", [(0, 1920, 60, 100)]), pan=10))
    energy = np.sum(left.astype(float) ** 2, axis=0)
    assert energy[0] > 4 * energy[1]


@pytest.mark.parametrize("engine", HERE)
def test_the_pedal_holds_notes(engine):
    dry = played("Piano", [(0, 480, 60, 100)], program=0)
    wet = played("Piano", [(0, 480, 60, 100)], [(0, 64, 0), (60, 64, 127), (3000, 64, 0)], program=0)
    assert power(raw(engine, wet), 0.6, 1.2) - power(raw(engine, dry), 0.6, 1.2) > 6


@pytest.mark.parametrize("engine", HERE)
def test_notes_sound_when_they_are_written(engine):
    samples = raw(engine, played("Piano", [(3840, 4800, 72, 110)], program=0))
    begins = int(np.flatnonzero(np.abs(samples).max(axis=1) > 0.02 * np.abs(samples).max())[0])
    assert begins / RATE == pytest.approx(2.0, abs=0.03)


def scene(**asked):
    drums = part([note(i, "1/2", "C2", 0.5) for i in range(16)], "Bass Drum", BASS_DRUM, "percussion")
    parts = [part(tune(4), "Violin", VIOLIN), part(tune(4, 2, 0.5, pitches=("D3", "A2")), "Cellos", CELLO, "pad")]
    performance = perform(scoring(*parts, part(tune(4, "1/2"), "Piano", PIANO, "arpeggio"), drums, bars=4, **asked))
    return recording(*performance.parts, end=4 * 3840)


@pytest.mark.parametrize("engine", HERE)
def test_cuts_are_silent_within_fifty_milliseconds(engine):
    sound = render(scene(hits=[("cut", 8)], rests=[(8, 11)]), engine=engine, rate=RATE)
    assert power(sound.samples, 3.0, 4.0) > -40
    assert np.abs(sound.samples[int(4.05 * RATE) : int(5.45 * RATE)]).max() == 0
    assert power(sound.samples, 5.5, 6.5) > -40


@pytest.mark.parametrize("engine", HERE)
def test_swells_and_strikes_are_heard(engine):
    sound = render(scene(hits=[("swell", 12)]), engine=engine, rate=RATE)
    assert power(sound.samples, 5.6, 6.05) - power(sound.samples, 3.9, 4.3) > 6
    struck = render(scene(hits=[("accent", 8)]), engine=engine, rate=RATE)
    plain = render(scene(), engine=engine, rate=RATE)
    rise = [power(s.samples, 4.0, 4.3) - power(s.samples, 3.0, 3.9) for s in (struck, plain)]
    assert rise[0] - rise[1] > 3


@pytest.mark.parametrize("engine", HERE)
def test_every_program_of_general_midi_is_sound(engine):
    programs = range(128) if engine == "symusic" else (78,)
    for program in programs:
        found = np.abs(raw(engine, played("Any", [(0, 200, 62, 100)], program=program)))
        assert 0 < found.max() < audio_voices.LOUDEST, program


@pytest.mark.parametrize("engine", HERE)
def test_level_and_peaks(engine):
    sound = render(scene(), engine=engine, rate=RATE)
    assert np.abs(sound.samples).max() <= PEAK + 1e-3
    assert loudness(sound.samples, RATE) == pytest.approx(-18, abs=2.5)
    assert len(sound.samples) >= 8 * RATE


def test_a_sound_is_never_shorter_than_its_scene():
    uneven = replace(recording(played("Cello", [(0, 960, 60, 80)]), end=7681), tempo=TempoMap(((0, 333_333),)))
    seconds = uneven.tempo.seconds(uneven.end_tick)
    assert Fraction(len(render(uneven, engine="additive").samples), audio.RATE) >= seconds


def test_stems_add_up_to_the_mix():
    rec = scene()
    found = stems(rec, engine="additive", rate=RATE)
    assert sorted(found) == ["keys", "percussion", "strings"]
    mix = render(rec, engine="additive", rate=RATE).samples
    total = np.zeros_like(mix)
    for sound in found.values():
        total[: len(sound.samples)] += sound.samples[: len(total)]
    assert np.abs(total - mix).max() < 2e-3


def test_the_same_recording_sounds_the_same():
    for engine in HERE:
        first, second = (render(scene(), engine=engine, rate=RATE).samples for _ in range(2))
        assert np.array_equal(first, second)


def test_loudness_of_a_known_tone():
    at = np.arange(5 * 48_000) / 48_000
    tone = 0.1 * np.sin(2 * np.pi * 997 * at)
    both = np.stack([tone, tone], axis=1).astype(np.float32)
    assert loudness(both, 48_000) == pytest.approx(-20.0, abs=0.1)
    assert loudness(np.stack([tone, 0 * tone], axis=1).astype(np.float32), 48_000) == pytest.approx(-23.0, abs=0.1)
    assert loudness(np.zeros((48_000, 2), dtype=np.float32), 48_000) == -70


def test_levelling_never_clips():
    spiky = np.zeros((RATE * 3, 2), dtype=np.float32)
    spiky[:, :] = 0.02 * np.sin(np.arange(len(spiky)) * 0.2)[:, None]
    spiky[RATE : RATE + 30] = 0.9
    out = spiky * levelling(spiky, RATE)[:, None]
    assert np.abs(out).max() <= PEAK + 1e-4
    assert np.array_equal(levelling(np.zeros((100, 2), dtype=np.float32), RATE), np.ones(100, dtype=np.float32))


def test_wav_is_what_was_made():
    samples = np.array([[0.0, 0.5], [-0.25, 1.0]], dtype=np.float32)
    with wave.open(io.BytesIO(encode(Sound(RATE, samples, "x"), ".wav"))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (2, RATE, 2)
        heard = np.frombuffer(file.readframes(9), "<i2")
    assert heard.tolist() == [0, 16384, -8192, 32767]


@pytest.mark.parametrize("ending", [".ogg", ".mp3"])
def test_compressed_formats_are_written_or_said_to_be_missing(ending):
    sound = Sound(RATE, np.zeros((RATE, 2), dtype=np.float32), "x")
    if find_spec("soundfile") or shutil.which("ffmpeg"):
        begins = {".ogg": (b"OggS",), ".mp3": (b"ID3", b"\xff")}[ending]
        assert encode(sound, ending).startswith(begins)
    else:
        with pytest.raises(MissingError, match="pip install soundfile"):
            encode(sound, ending)


def test_names_that_nobody_knows():
    with pytest.raises(UnknownNameError, match="did you mean 'fluidsynth'"):
        find_engine("fluidsyth")
    with pytest.raises(UnknownNameError, match="sound format"):
        encode(Sound(RATE, np.zeros((1, 2), dtype=np.float32), "x"), ".aiff")
    with pytest.raises(MissingError, match="is not there"):
        find_soundfont("/nowhere/at-all.sf2")


def test_a_soundfont_named_in_the_environment_comes_first(tmp_path, monkeypatch):
    font = tmp_path / "own.sf2"
    font.write_bytes(b"RIFF")
    monkeypatch.setenv(audio.FONT_VARIABLE, str(font))
    assert find_soundfont() == str(font)


def test_an_engine_that_fails_is_named():
    with pytest.raises(MissingError, match="no soundfont"):
        find_engine("fluidsynth", "")


def test_batches_keep_channels_apart():
    parts = [played(f"P{i}", [(0, 960, 60, 80)], drums=i == 3) for i in range(34)]
    groups = audio_fluidsynth.batches(parts)
    assert [len(group) for group in groups] == [12, 11, 11]
    assert [group[0].drums for group in groups] == [True, False, False]
    assert [len(group) for group in audio_fluidsynth.batches(parts[4:24])] == [10, 10]
    assert sorted(part.name for group in groups for part in group) == sorted(part.name for part in parts)
    assert audio_fluidsynth.batches([parts[3]]) == [(parts[3],)]


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
@pytest.mark.parametrize(("script", "allowed", "message"), [("exit 3", 60.0, "status 3"), ("sleep 9", -40.0, "did not come to an end")])
def test_a_program_out_of_bounds_is_stopped(tmp_path, monkeypatch, script, allowed, message):
    program = tmp_path / "fluidsynth"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(audio_fluidsynth, "ALLOWANCE", allowed)
    rec = recording(played("A", [(0, 960, 60, 80)]), end=3840 * 4)
    with pytest.raises(ComposeError, match=message):
        audio_fluidsynth.played(str(program), "font.sf2", rec, rec.parts, RATE)


def test_the_best_ending_that_can_be_written_comes_first():
    endings = audio.writable()
    assert endings[:2] == (".flac", ".wav")
    quiet = Sound(RATE, np.zeros((RATE, 2), dtype=np.float32), "x")
    assert all(encode(quiet, ending) for ending in endings)


def player(folder, name, script):
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell")
def test_sound_is_played_by_the_first_player_that_can(tmp_path, monkeypatch):
    quiet = Sound(RATE, np.zeros((100, 2), dtype=np.float32), "x")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="accepted players: afplay, paplay"):
        audio_play.play(quiet)
    player(tmp_path, "paplay", "exit 1")
    with pytest.raises(MissingError, match="paplay found no sound device"):
        audio_play.play(quiet)
    player(tmp_path, "aplay", f'/bin/cp "$2" {tmp_path}/heard.wav')
    assert audio_play.play(quiet) == "aplay"
    with wave.open(str(tmp_path / "heard.wav")) as file:
        assert file.getnframes() == 100


def test_findings_say_where_things_are_and_how_to_get_the_rest(monkeypatch, tmp_path):
    rows = {row.name: row for row in audio_play.findings()}
    assert rows["sound engine"].where in ENGINES
    assert all(row.get and row.purpose for row in rows.values())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {row.name: row.where for row in audio_play.findings()}["fluidsynth"] == ""
