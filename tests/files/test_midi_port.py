"""Music sent to a MIDI port: everything, on time, and nothing left hanging."""

from __future__ import annotations

import io

import mido
import pytest

from motifgen.errors import MissingError, UnknownNameError
from motifgen.files.midi import write_midi
from motifgen.files.midi_port import find_port, send
from performing import played, recording


class Desk:
    """A clock that only waiting moves, and a port that notes when each message came."""

    def __init__(self, broken_after=10**9):
        self.time, self.sent, self._left = 100.0, [], broken_after

    def now(self):
        return self.time

    def wait(self, seconds):
        assert 0 < seconds <= 0.05
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


def test_a_port_that_fails_leaves_no_note_hanging():
    desk = Desk(broken_after=2)
    with pytest.raises(OSError, match="the port is gone"):
        send(PIECE, desk, now=desk.now, wait=desk.wait)
    channels = {it.channel for _, it in desk.sent if it.type == "note_on"}
    assert {it.channel for _, it in desk.sent if it.type == "control_change" and it.control == 120} >= channels


def test_ports_are_found_by_the_beginning_of_their_names(monkeypatch):
    monkeypatch.setattr(mido, "get_output_names", lambda: ["IAC Bus 1", "IAC Bus", "Desk"])
    assert [find_port(name) for name in ("desk", "IAC Bus", "IAC Bus 1", "iac")] == ["Desk", "IAC Bus", "IAC Bus 1", "IAC Bus 1"]
    with pytest.raises(UnknownNameError, match=r"unknown MIDI port \(there are IAC Bus 1, IAC Bus, Desk\) 'Dsk'; did you mean 'Desk'"):
        find_port("Dsk")


def test_without_a_package_for_ports_it_says_which(monkeypatch):
    def nothing():
        raise ModuleNotFoundError("No module named 'rtmidi'")

    monkeypatch.setattr(mido, "get_output_names", nothing)
    with pytest.raises(MissingError, match="pip install python-rtmidi"):
        find_port("Desk")
