"""Music sent to a MIDI port: everything, on time, and nothing left hanging."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import mido
import pytest

import loopback
from motifgen.errors import MissingError, RangeError, UnknownNameError
from motifgen.files.midi import write_midi
from motifgen.files.midi_port import find_port, open_port, send
from motifgen.sketch.recording import Bar
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.time import Meter
from performing import played, recording


class Desk:
    """A clock that only waiting moves, and a port that notes when each message came."""

    def __init__(self, broken_after=10**9, stopped_after=10**9):
        self.time, self.sent, self._left, self.stopped_after = 100.0, [], broken_after, stopped_after

    def now(self):
        return self.time

    def wait(self, seconds):
        assert 0 < seconds <= 0.05
        if self.time > 100 + self.stopped_after:
            raise KeyboardInterrupt
        self.time += seconds

    def send(self, message):
        if message.type == "note_on":
            self._left -= 1
        if message.type == "note_on" and self._left < 0:
            raise OSError("the port is gone")
        self.sent.append((round(self.time - 100, 6), message))


PIECE = recording(played(rows=[(0, 960, 62, 80), (960, 1920, 64, 90), (2880, 3840, 65, 70)]), tempo=((0, 500_000), (1920, 1_000_000)))


def test_every_message_of_the_file_is_sent_at_its_second():
    desk = Desk()
    send(PIECE, desk, now=desk.now, wait=desk.wait)
    onsets = [(at, it.note) for at, it in desk.sent if it.type == "note_on" and it.velocity > 1]
    assert onsets == [(0.0, 62), (0.5, 64), (2.0, 65)]
    expected = [it for it in mido.MidiFile(file=io.BytesIO(write_midi(PIECE, guide=False))) if not it.is_meta]
    assert [it.copy(time=0) for _, it in desk.sent[: len(expected)]] == [it.copy(time=0) for it in expected]


def kinds(desk, *wanted):
    return [(at, it) for at, it in desk.sent if it.type in wanted]


def test_the_clock_beats_twenty_four_to_a_quarter_in_every_tempo():
    desk = Desk()
    send(PIECE, desk, clock=True, now=desk.now, wait=desk.wait)
    assert [(at, it.type) for at, it in desk.sent[:3]] == [(0.0, "songpos"), (0.0, "start"), (0.0, "clock")]
    clocks = [at for at, _ in kinds(desk, "clock")]
    assert len(clocks) == 8 * 24
    assert clocks[:49] == pytest.approx([i / 48 for i in range(49)], abs=1e-6)
    assert clocks[48:] == pytest.approx([1 + i / 24 for i in range(6 * 24)], abs=1e-6)
    [(stopped, _)] = kinds(desk, "stop")
    assert stopped >= clocks[-1]


def test_a_clock_comes_before_the_notes_of_its_moment():
    desk = Desk()
    send(PIECE, desk, clock=True, now=desk.now, wait=desk.wait)
    order = [it.type for at, it in desk.sent if at == 0.5]
    assert order.index("clock") < order.index("note_on")


def test_from_the_middle_the_song_is_continued_as_it_is_set_there():
    desk = Desk()
    send(PIECE, desk, clock=True, start=1930, now=desk.now, wait=desk.wait)
    assert [it for _, it in kinds(desk, "songpos")] == [mido.Message("songpos", pos=8)]
    assert not kinds(desk, "start")
    assert [at for at, _ in kinds(desk, "continue")] == [0.0]
    assert [(at, it.note) for at, it in kinds(desk, "note_on")] == [(1.0, 65)]
    assert [it.note for _, it in kinds(desk, "note_off")] == [65]
    first = next(i for i, (_, it) in enumerate(desk.sent) if it.type == "note_on")
    assert [it.program for _, it in desk.sent[:first] if it.type == "program_change"] == [42]
    assert {it.control for _, it in desk.sent[:first] if it.type == "control_change"} >= {7, 10, 11}


@pytest.mark.parametrize("start", [-1, 7680, 10**6])
def test_a_beginning_outside_the_music_is_refused(start):
    desk = Desk()
    with pytest.raises(RangeError, match=f"cannot begin at tick {start}; accepted: 0 to 7680"):
        send(PIECE, desk, start=start)
    assert not desk.sent


def test_a_place_that_no_song_position_can_name_is_refused_with_a_clock_alone():
    bars = tuple(Bar(i + 1, 3840 * i, Meter(4, 4)) for i in range(1100))
    long = replace(recording(played(rows=[(0, 960, 62, 80)]), end=1100 * 3840), bars=bars)
    desk = Desk()
    with pytest.raises(RangeError, match="accepted: 0 to 3931920"):
        send(long, desk, clock=True, start=1099 * 3840)


@pytest.mark.parametrize("clock", [False, True])
def test_an_interruption_ends_every_note_and_stops_the_clock(clock):
    desk = Desk(stopped_after=0.6)
    with pytest.raises(KeyboardInterrupt):
        send(PIECE, desk, clock=clock, now=desk.now, wait=desk.wait)
    sounding = set()
    for _, it in desk.sent:
        if it.type in {"note_on", "note_off"}:
            (sounding.add if it.type == "note_on" else sounding.discard)((it.channel, it.note))
    assert not sounding
    assert [it.note for _, it in kinds(desk, "note_on")] == [62, 64]
    last = [it.control for _, it in desk.sent[-4:]]
    assert last == [64, 123, 120, 121]
    assert len(kinds(desk, "stop")) == clock


@pytest.fixture
def backend():
    usual = mido.backend
    mido.set_backend("loopback")
    yield loopback.SENT
    mido.set_backend(usual)


def test_through_a_backend_of_mido_everything_arrives_and_the_port_is_put_back(backend):
    desk = Desk()
    name = find_port("desk 2")
    with open_port(name) as port:
        send(PIECE, port, clock=True, now=desk.now, wait=desk.wait)
    assert name == "Desk 2"
    arrived = backend[name]
    assert [it.note for it in arrived if it.type == "note_on"] == [62, 64, 65]
    assert [it.type for it in arrived].count("clock") == 8 * 24
    assert arrived[-1].control in {121, 123}


def test_ports_that_cannot_be_reached_are_said_to_be(monkeypatch):
    def broken():
        raise RuntimeError("no sequencer.")

    monkeypatch.setattr(mido, "get_output_names", broken)
    with pytest.raises(MissingError, match=r"this machine's MIDI ports cannot be reached: no sequencer$"):
        find_port("Desk")


def test_a_virtual_port_of_this_machine_hears_it_all():
    rtmidi = pytest.importorskip("rtmidi")
    for api in rtmidi.get_compiled_api():
        try:
            heard = rtmidi.MidiIn(api, name="motifgen test")
            heard.open_virtual_port("in")
        except rtmidi.RtMidiError:
            continue
        break
    else:
        pytest.skip("no virtual MIDI ports here: neither a sequencer of ALSA nor a JACK server runs")
    heard.ignore_types(timing=False)
    outgoing = rtmidi.MidiOut(api)
    outgoing.open_port(next(i for i, name in enumerate(outgoing.get_ports()) if "motifgen test" in name))
    arrived = []
    heard.set_callback(lambda message, _: arrived.append(tuple(message[0])))

    class Wire:
        def send(self, message):
            outgoing.send_message(message.bytes())

    send(replace(PIECE, tempo=TempoMap(((0, 50_000),))), Wire(), clock=True)
    deadline = time.monotonic() + 5
    while (0xB0, 121, 0) not in arrived and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [message[1] for message in arrived if message[0] == 0x90] == [62, 64, 65]
    assert [message[0] for message in arrived].count(0xF8) == 8 * 24
    assert arrived.index((0xFA,)) < arrived.index((0xF8,)) < arrived.index((0xFC,))


def test_a_port_that_fails_leaves_no_note_hanging():
    desk = Desk(broken_after=2)
    with pytest.raises(OSError, match="the port is gone"):
        send(PIECE, desk, now=desk.now, wait=desk.wait)
    channels = {it.channel for _, it in desk.sent if it.type == "note_on"}
    assert {it.channel for _, it in desk.sent if it.type == "control_change" and it.control == 120} >= channels


def test_ports_are_found_by_the_beginning_of_their_names(monkeypatch):
    monkeypatch.setattr(mido, "get_output_names", lambda: ["IAC Bus 1", "IAC Bus", "Desk"])
    assert [find_port(name) for name in ("desk", "IAC Bus", "IAC Bus 1", "iac")] == ["Desk", "IAC Bus", "IAC Bus 1", "IAC Bus 1"]
    with pytest.raises(UnknownNameError, match=r"unknown MIDI port 'Dsk'; did you mean 'Desk'\? Accepted: IAC Bus 1, IAC Bus, Desk"):
        find_port("Dsk")


def test_without_a_package_for_ports_it_says_which(monkeypatch):
    def nothing():
        raise ModuleNotFoundError("No module named 'rtmidi'")

    monkeypatch.setattr(mido, "get_output_names", nothing)
    with pytest.raises(MissingError, match="pip install python-rtmidi"):
        find_port("Desk")
