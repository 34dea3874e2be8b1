"""Scenes that loop: their end goes on to their beginning, in the MIDI file, in the sound, and in how they are played."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import soundfile

from motifgen import Arc, Cast, Character, Motif, Scene, compose
from motifgen.files.audio import encode, render, stems
from motifgen.files.midi import write_midi
from motifgen.files.midi_read import read_back

HERO = Character("hero", Motif.parse("A4/q | D5/q. E5/e F5/q A5 | G5/q. F5/e E5/h", key="D minor"), voice=["violin"])
STATE = Scene("explore", 10, Arc.of((0, "curiosity")), key="D minor", tempo=96, meter="4/4", style="chamber", cast=[Cast(HERO)], loop=True)


@pytest.fixture(scope="module")
def looped():
    return compose(STATE)


def test_the_midi_file_says_where_the_loop_is(looped):
    markers = read_back(write_midi(looped.recording)).markers
    assert [(tick, text) for tick, text in markers if text.startswith("loop")] == [(0, "loopStart"), (4 * 3840, "loopEnd")]
    led = read_back(write_midi(looped.recording, preroll=1)).markers
    assert [(tick, text) for tick, text in led if text.startswith("loop")] == [(3840, "loopStart"), (5 * 3840, "loopEnd")]
    assert looped.ledger["loop"] is True


def test_a_scene_that_ends_has_no_loop():
    ended = compose(replace(STATE, loop=False))
    assert "loop" not in ended.ledger
    assert not [text for _, text in read_back(write_midi(ended.recording)).markers if text.startswith("loop")]
    assert not render(ended.recording, engine="additive", rate=11_025).loop


def test_nothing_comes_to_rest_at_the_end_of_a_loop():
    def struck_last_bar(scene):
        made = compose(scene)
        return sum(int((part.notes["onset_tick"] > 3 * 3840).sum()) for part in made.recording.parts)

    assert struck_last_bar(STATE) > struck_last_bar(replace(STATE, loop=False))


def test_the_sound_is_as_long_as_the_loop_and_its_tail_rings_over_its_beginning(looped):
    rate = 11_025
    loop = render(looped.recording, engine="additive", rate=rate)
    markers = tuple(marker for marker in looped.recording.markers if not marker.text.startswith("loop"))
    straight = render(replace(looped.recording, markers=markers), engine="additive", rate=rate)
    assert len(loop.samples) == 10 * rate < len(straight.samples)
    tail = len(straight.samples) - 10 * rate
    gain = float(np.abs(loop.samples[tail:]).max() / np.abs(straight.samples[tail : 10 * rate]).max())
    expected = straight.samples[: 10 * rate].copy()
    expected[:tail] += straight.samples[10 * rate :]
    assert np.allclose(loop.samples, expected * gain, atol=1e-4)


def test_every_stem_of_a_loop_is_as_long_as_the_loop(looped):
    assert {len(sound.samples) for sound in stems(looped.recording, engine="additive", rate=11_025).values()} == {110_250}


def test_a_wav_file_says_that_it_loops_and_is_read_as_ever(looped):
    sound = render(looped.recording, engine="additive", rate=11_025)
    data = encode(sound, ".wav")
    at = data.index(b"smpl")
    size, *fields = struct.unpack("<I15I", data[at + 4 : at + 68])
    assert (size, fields[7], fields[9], *fields[11:13]) == (60, 1, 0, 0, len(sound.samples) - 1)
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    samples, rate = soundfile.read(io.BytesIO(data))
    assert (samples.shape, rate) == ((110_250, 2), 11_025)


def test_a_loop_that_ends_within_a_bar_is_warned_of():
    stumbling = compose(replace(STATE, length=Fraction(11)))
    assert "the loop ends within bar 5, and its beat stumbles there; whole bars last 10 or 12.5 s" in stumbling.ledger["warnings"]
