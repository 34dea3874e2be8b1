"""The messages of a MIDI file, in the one order that every host reads alike; what cannot be written is refused here."""

from __future__ import annotations

from typing import Any

import numpy as np
from mido import Message, MetaMessage, MidiTrack
from numpy.typing import NDArray

from motifgen.errors import RangeError, shown
from motifgen.sketch.recording import SWITCHED, Part

DRUM_CHANNEL = 9
RELEASE_VELOCITY = 64
LATEST = 0x0FFF_FFFF
BANK, VOLUME, PAN, EXPRESSION, DYNAMICS, PEDAL = (0, 32), 7, 10, 11, 1, 64
AT_REST = {PEDAL: 0, DYNAMICS: 64, EXPRESSION: 127}
_HEAD = (0, 32, VOLUME, PAN, EXPRESSION, DYNAMICS, PEDAL)
_OFF, _BANK, _CONTROL, _KEY, _ON = 0, 1, 3, 5, 6


def part_track(part: Part, channel: int, port: int | None, end: int) -> MidiTrack:
    """Return the track of a part: its name, its head at tick 0, its events, and every controller put back at the end.

    Parameters
    ----------
    part : Part
    channel : int
        0 to 15.
    port : int or None
        Where given, a port message (FF21) follows the name.
    end : int
        The tick at which the track ends.
    """
    check(part)
    track = MidiTrack([MetaMessage("track_name", name=part.name, time=0)])
    if port is not None:
        track.append(MetaMessage("midi_port", port=port, time=0))
    start = _starting_values(part)
    banks = [(number, start.pop(number)) for number in BANK if number in start]
    track.extend(Message("control_change", channel=channel, control=number, value=value) for number, value in banks)
    track.append(Message("program_change", channel=channel, program=part.program))
    track.extend(Message("control_change", channel=channel, control=number, value=start[number]) for number in _head_order(start))
    last = 0
    if part.notes.size or (part.controls["tick"] > 0).any():
        run, last = _events(part, channel)
        track.append(run)
    closing = [number for number in AT_REST if number in start]
    for delta, number in zip([end - last] + [0] * len(closing), closing, strict=False):
        track.append(Message("control_change", channel=channel, control=number, value=AT_REST[number], time=delta))
    track.append(MetaMessage("end_of_track", time=0 if closing else end - last))
    return track


def check(part: Part) -> None:
    """Refuse a part that a MIDI file cannot hold as it is meant, naming the part, the value and what is accepted."""
    notes, controls = part.notes, part.controls
    for what, value in (("program", part.program), ("volume", part.volume), ("pan", part.pan)):
        if not 0 <= value <= 127:
            raise RangeError(f"the {what} of part {shown(part.name)} is {value}; accepted: 0 to 127")
    _within(part.name, "a pitch", notes["pitch"], 0, 127)
    _within(part.name, "a velocity", notes["velocity"], 1, 127)
    _within(part.name, "an onset tick", notes["onset_tick"], 0, LATEST)
    _within(part.name, "the length of a note in ticks", notes["end_tick"] - notes["onset_tick"], 1, LATEST)
    _within(part.name, "a controller's tick", controls["tick"], 0, LATEST)
    _within(part.name, "a controller's number", controls["controller"], 0, 119)
    _within(part.name, "a controller's value", controls["value"], 0, 127)
    _no_overlap(part)


def last_tick(part: Part) -> int:
    """Return the tick of the last thing that happens in a part."""
    return int(max(part.notes["end_tick"].max(initial=0), part.controls["tick"].max(initial=0)))


def _within(name: str, what: str, values: NDArray[Any], low: int, high: int) -> None:
    wrong = values[(values < low) | (values > high)]
    if wrong.size:
        raise RangeError(f"{what} in part {shown(name)} is {int(wrong[0])}; accepted: {low} to {high}")


def _no_overlap(part: Part) -> None:
    notes = part.notes[np.lexsort((part.notes["onset_tick"], part.notes["pitch"]))]
    clash = (notes["pitch"][1:] == notes["pitch"][:-1]) & (notes["onset_tick"][1:] < notes["end_tick"][:-1])
    if clash.any():
        at = int(np.argmax(clash))
        raise RangeError(
            f"in part {shown(part.name)} the pitch {int(notes['pitch'][at])} begins again at tick {int(notes['onset_tick'][at + 1])}, "
            f"before it has ended at {int(notes['end_tick'][at])}; a pitch cannot overlap itself"
        )


def _starting_values(part: Part) -> dict[int, int]:
    used = set(part.controls["controller"].tolist())
    start = {number: AT_REST[number] for number in (DYNAMICS, PEDAL) if number in used}
    start |= {VOLUME: part.volume, PAN: part.pan, EXPRESSION: AT_REST[EXPRESSION]}
    first = part.controls[part.controls["tick"] == 0]
    return start | dict(zip(first["controller"].tolist(), first["value"].tolist(), strict=True))


def _head_order(start: dict[int, int]) -> list[int]:
    return [number for number in _HEAD if number in start] + sorted(set(start) - set(_HEAD))


class Run:
    """Many channel messages as one, already encoded: to mido it is a message that knows its time and its bytes.

    A scene has tens of thousands of notes and controller changes; as message objects they would take most of the time of a
    whole render. The bytes are those that mido makes of the single messages, running status included (the tests compare them).
    """

    is_meta, is_realtime, type = True, False, "run"

    def __init__(self, delta: NDArray[np.int64], messages: NDArray[np.int64]) -> None:
        """Encode messages (rows of status, first and second data byte), each so many ticks after the one before."""
        self.time = int(delta[0])
        self._bytes = _encoded(delta, messages)[variable_length(self.time) :]

    def bytes(self) -> bytes:
        """Return everything after the first delta time, which mido writes."""
        return self._bytes


def variable_length(number: int) -> int:
    """Return how many bytes a delta time takes."""
    return 1 + (number >= 1 << 7) + (number >= 1 << 14) + (number >= 1 << 21)


def _encoded(delta: NDArray[np.int64], messages: NDArray[np.int64]) -> bytes:
    status = messages[:, 0]
    new = np.append(True, status[1:] != status[:-1])
    columns = [delta >> 21 & 0x7F | 0x80, delta >> 14 & 0x7F | 0x80, delta >> 7 & 0x7F | 0x80, delta & 0x7F, *messages.T]
    always = np.ones(delta.shape, dtype=bool)
    present = [delta >= 1 << 21, delta >= 1 << 14, delta >= 1 << 7, always, new, always, always]
    return bytes(np.stack(columns, axis=1).astype(np.uint8)[np.stack(present, axis=1)])


def _struck(part: Part) -> NDArray[np.int64]:
    """Return the rank of every note's beginning: a key that switches the articulation goes before the note that it is for."""
    if SWITCHED not in part.articulations:
        return np.full(part.notes.size, _ON)
    return np.where(np.array(part.articulations) == SWITCHED, _KEY, _ON)


def _events(part: Part, channel: int) -> tuple[Run, int]:
    """Return notes and later controllers in file order, and the tick of the last."""
    notes, later = part.notes, part.controls[part.controls["tick"] > 0]
    rank = np.where(np.logical_or(*(later["controller"] == number for number in BANK)), _BANK, _CONTROL)
    tick = np.concatenate([notes["end_tick"], later["tick"], notes["onset_tick"]])
    kind = np.concatenate([np.full(notes.size, _OFF), rank, _struck(part)])
    number = np.concatenate([notes["pitch"], later["controller"], notes["pitch"]]).astype(np.int64)
    value = np.concatenate([np.full(notes.size, RELEASE_VELOCITY), later["value"], notes["velocity"]]).astype(np.int64)
    order = np.lexsort((number, kind, tick))
    status = np.select([kind == _OFF, kind >= _KEY], [0x80, 0x90], 0xB0) + channel
    messages = np.stack([status, number, value], axis=1)[order]
    return Run(np.diff(tick[order], prepend=0), messages), int(tick.max())
