"""Music sent to a MIDI port as it sounds, for the instruments of a DAW or on a desk."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

import mido

from motifgen.errors import MissingError, UnknownNameError
from motifgen.files.midi import write_midi
from motifgen.sketch.recording import Recording

#: Longer waits are taken in pieces, so that Ctrl-C is heard.
_PIECE = 0.05


class Port(Protocol):
    """What is needed of an output port of mido."""

    def send(self, message: Any) -> None:  # noqa: ANN401 - mido ships no types
        """Send one message."""


def find_port(name: str) -> str:
    """Return the output port of a name, or the one whose name begins with it.

    Raises
    ------
    MissingError
        If mido has nothing here to reach ports with.
    UnknownNameError
        If there is no such port.
    """
    try:
        there: list[str] = list(mido.get_output_names())
    except ImportError:
        raise MissingError("MIDI ports need another package; 'pip install python-rtmidi' adds it") from None
    found = [each for each in there if each.casefold().startswith(name.casefold())]
    if not found:
        raise UnknownNameError("MIDI port", name, there, listed=True)
    return next((each for each in found if each.casefold() == name.casefold()), found[0])


def open_port(name: str) -> AbstractContextManager[Port]:
    """Return an output port, which closes at the end of its context; `find_port` says which names there are."""
    opened: AbstractContextManager[Port] = mido.open_output(name, autoreset=True)
    return opened


def send(
    recording: Recording,
    port: Port,
    *,
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Send a recording to a port in its own time; whatever happens on the way, no note is left hanging.

    Each message has its place on one clock that runs from the first, so that lateness of one does not delay the next.

    Parameters
    ----------
    now, wait : callable
        The clock, in seconds, and what waits for some of them.
    """
    file = mido.MidiFile(file=io.BytesIO(write_midi(recording, guide=False)))
    start, due = now(), 0.0
    channels: set[int] = set()
    try:
        for message in file:
            due += message.time
            while (left := start + due - now()) > 0:
                wait(min(left, _PIECE))
            if not message.is_meta:
                channels.add(getattr(message, "channel", 0))
                port.send(message)
    finally:
        for channel in sorted(channels):
            # All sound off, then all controllers back: 120 and 121 of the MIDI 1.0 specification (1996).
            for number in (120, 121):
                port.send(mido.Message("control_change", channel=channel, control=number, value=0))
