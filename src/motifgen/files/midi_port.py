"""Music sent to a MIDI port as it sounds, and the clock that keeps other sequencers in time with it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

import mido

from motifgen.errors import MissingError, RangeError, UnknownNameError
from motifgen.files.midi import write_midi
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Recording

#: Longer waits are taken in pieces, so that Ctrl-C is heard.
_PIECE = 0.05
#: MIDI clocks to a quarter and to a place of the song position pointer, a sixteenth; the last place (MIDI 1.0 specification, 1996).
CLOCKS, SIXTEENTH, LAST_PLACE = 24, PPQ // 4, 16_383
_SUSTAIN, _SOUND_OFF, _RESET, _NOTES_OFF = 64, 120, 121, 123
#: At one tick: where the song is, then its start, the clock, and the music.
_PLACE, _START, _CLOCK, _MUSIC = range(4)

Event = tuple[int, int, Any]


class Port(Protocol):
    """What is needed of an output port of mido."""

    def send(self, message: Any) -> None:  # noqa: ANN401 - mido ships no types
        """Send one message."""


def ports() -> list[str]:
    """Return the names of the output ports.

    Raises
    ------
    MissingError
        If mido has nothing here to reach ports with, or what it has cannot reach them.
    """
    try:
        return list(mido.get_output_names())
    except ImportError:
        raise MissingError("MIDI ports need python-rtmidi; 'pip install motifgen[ports]' or 'pip install python-rtmidi' adds it") from None
    except Exception as error:  # noqa: BLE001 - each backend of mido has errors of its own
        raise MissingError(f"this machine's MIDI ports cannot be reached: {str(error).rstrip('.')}") from None


def find_port(name: str) -> str:
    """Return the output port of a name, or the one whose name begins with it.

    Raises
    ------
    MissingError
        As `ports`.
    UnknownNameError
        If there is no such port.
    """
    there = ports()
    found = [each for each in there if each.casefold().startswith(name.casefold())]
    if not found:
        raise UnknownNameError("MIDI port", name, there, listed=True)
    return next((each for each in found if each.casefold() == name.casefold()), found[0])


def open_port(name: str) -> AbstractContextManager[Port]:
    """Return an output port, which closes at the end of its context; `find_port` says which names there are."""
    opened: AbstractContextManager[Port] = mido.open_output(name, autoreset=True)
    return opened


def send(  # noqa: PLR0913 - the clock and what waits are there for tests
    recording: Recording,
    port: Port,
    *,
    clock: bool = False,
    start: int = 0,
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Send a recording to a port in its own time; whatever happens on the way, no note is left hanging.

    Each message has its place on one time line that runs from the first, so that lateness of one does not delay the next.

    Parameters
    ----------
    clock : bool
        Whether to send MIDI clock as well: song position, start (or continue), 24 clocks to each quarter, stop.
    start : int
        The tick at which to begin, brought back to a sixteenth; programs and controllers are first set as they are there.
    now, wait : callable
        The clock, in seconds, and what waits for some of them.

    Raises
    ------
    RangeError
        If the recording ends before ``start``, or the clock cannot name it: song positions end after 16 383 sixteenths.
    """
    place = start // SIXTEENTH
    if not 0 <= start < max(recording.end_tick, 1) or (clock and place > LAST_PLACE):
        raise RangeError(f"playing cannot begin at tick {start}; accepted: 0 to {min(recording.end_tick, LAST_PLACE * SIXTEENTH)}")
    first = place * SIXTEENTH
    music = list(_from(_music(recording), first))
    timing = _clocks(first, recording.end_tick) if clock else []
    begun, seconds = now(), recording.tempo.seconds
    sounding: set[tuple[int, int]] = set()
    channels: set[int] = set()
    try:
        for tick, _, message in sorted([*music, *timing], key=lambda event: event[:2]):
            due = begun + float(seconds(tick) - seconds(first))
            while (left := due - now()) > 0:
                wait(min(left, _PIECE))
            _note(message, sounding, channels)
            port.send(message)
    finally:
        for message in [*([mido.Message("stop")] if clock else []), *_quiet(sounding, channels)]:
            port.send(message)


def _music(recording: Recording) -> Iterator[Event]:
    """Yield the messages of a recording's file that are no metas, with their ticks, track after track."""
    for track in mido.MidiFile(file=io.BytesIO(write_midi(recording, guide=False))).tracks:
        tick = 0
        for message in track:
            tick += message.time
            if not message.is_meta:
                yield tick, _MUSIC, message.copy(time=0)


def _from(music: Iterator[Event], first: int) -> Iterator[Event]:
    """Yield what is heard from a tick on; what was set before it is set at its beginning, notes that began before are left out."""
    if not first:
        yield from music
        return
    before: dict[tuple[int, str, int], Any] = {}
    heard: set[tuple[int, int]] = set()
    for tick, rank, message in music:
        key = (message.channel, message.type, getattr(message, "control", 0))
        pitch = (message.channel, getattr(message, "note", -1))
        if message.type == "note_on" and tick >= first:
            heard.add(pitch)
        if tick < first and not message.type.startswith("note"):
            before.pop(key, None)
            before[key] = message
        elif tick >= first and (message.type != "note_off" or pitch in heard):
            yield tick, rank, message
    yield from ((first, _CLOCK, message) for message in before.values())


def _clocks(first: int, end: int) -> list[Event]:
    """Return the clock of a song from a tick to its end; it begins with the music, or is continued where the music begins."""
    place = (first, _PLACE, mido.Message("songpos", pos=first // SIXTEENTH))
    begins = (first, _START, mido.Message("continue" if first else "start"))
    step = PPQ // CLOCKS
    return [place, begins, *((tick, _CLOCK, mido.Message("clock")) for tick in range(first, end, step))]


def _note(message: Any, sounding: set[tuple[int, int]], channels: set[int]) -> None:  # noqa: ANN401 - mido ships no types
    """Keep account of what sounds, before it is sent: a message that gets stuck may have arrived."""
    if not hasattr(message, "channel"):
        return
    channels.add(message.channel)
    if message.type == "note_on":
        sounding.add((message.channel, message.note))
    elif message.type == "note_off":
        sounding.discard((message.channel, message.note))


def _quiet(sounding: set[tuple[int, int]], channels: set[int]) -> Iterator[Any]:
    """Yield what ends every note, for instruments that know note-offs alone and for those that know more."""
    yield from (mido.Message("note_off", channel=channel, note=pitch) for channel, pitch in sorted(sounding))
    for channel in sorted(channels):
        for number in (_SUSTAIN, _NOTES_OFF, _SOUND_OFF, _RESET):
            yield mido.Message("control_change", channel=channel, control=number, value=0)
