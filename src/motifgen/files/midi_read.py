"""A MIDI file read back as notes, controllers, tempo map and names, so that what is said of a file is said of its bytes."""

from __future__ import annotations

import io
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

import numpy as np
from mido import MidiFile
from numpy.typing import NDArray

from motifgen.errors import NotationError
from motifgen.sketch.events import PPQ, controls, notes
from motifgen.sketch.tempo_map import TempoMap

#: What a file in SMPTE frames calls 29.97 of them a second.
_DROPPED = 29


@dataclass(frozen=True, slots=True, eq=False)
class ReadTrack:
    """One track: its name, the channels it uses (0 to 15), its program (-1 without one), notes and controllers as in a part.

    ``hanging`` counts the notes that were never ended; they sound to the end of the track.
    """

    name: str
    channels: tuple[int, ...]
    program: int
    notes: NDArray[np.void]
    controls: NDArray[np.void]
    hanging: int
    end_tick: int


@dataclass(frozen=True, slots=True, eq=False)
class ReadBack:
    """A whole file. Ticks are those of the file; ``ppq`` says how many make a quarter (a second, where the file counts SMPTE frames).

    Parameters
    ----------
    tracks : tuple[ReadTrack, ...]
        Those with a note or a program, in file order, the guide included.
    tempo : tuple[tuple[int, int], ...]
        (tick, microseconds per quarter).
    meters : tuple[tuple[int, int, int], ...]
        (tick, count, unit).
    markers : tuple[tuple[int, str], ...]
        (tick, text).
    key : str
        The first key signature, as mido names it, or empty.
    """

    title: str
    ppq: int
    tempo: tuple[tuple[int, int], ...]
    meters: tuple[tuple[int, int, int], ...]
    markers: tuple[tuple[int, str], ...]
    key: str
    tracks: tuple[ReadTrack, ...]

    def tempo_map(self) -> TempoMap:
        """Return the tempo map in motifgen's ticks; without a tempo event it is 120 bpm.

        Raises
        ------
        NotationError
            When the file's ticks do not fall on motifgen's.
        """
        if self.ppq != PPQ:
            raise NotationError(f"the file has {self.ppq} ticks a quarter; accepted here: {PPQ}")
        steps = dict(self.tempo)
        return TempoMap.of(sorted(({0: 500_000} | steps).items()))

    def track(self, name: str) -> ReadTrack:
        """Return the first track of a name; `KeyError` if there is none."""
        for track in self.tracks:
            if track.name == name:
                return track
        raise KeyError(name)


def read_back(data: bytes) -> ReadBack:
    """Return what a MIDI file holds.

    Text is read as UTF-8, and as Latin-1 where it is not UTF-8.

    Raises
    ------
    NotationError
        When the bytes are no MIDI file that mido can read.
    """
    file = parsed_midi(data)
    if not file.ticks_per_beat:
        raise NotationError("the file has 0 ticks to the quarter; accepted: 1 and more")
    lists: dict[str, list[Any]] = {"set_tempo": [], "time_signature": [], "marker": [], "key_signature": [], "track_name": []}
    tracks = [_track(track, lists) for track in file.tracks]
    first = file.tracks[0] if file.tracks else []
    ppq, tempo = _clock(file.ticks_per_beat, [(tick, message.tempo) for tick, message in lists["set_tempo"]])
    return ReadBack(
        title=next((message.name for message in first if message.type == "track_name"), ""),
        ppq=ppq,
        tempo=tempo,
        meters=tuple((tick, message.numerator, message.denominator) for tick, message in lists["time_signature"]),
        markers=tuple((tick, message.text) for tick, message in lists["marker"]),
        key=next((message.key for _, message in lists["key_signature"]), ""),
        tracks=tuple(track for track in tracks if track.notes.size or track.program >= 0),
    )


def _clock(division: int, tempo: list[tuple[int, int]]) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Return ticks to the quarter and the tempo map; a file in SMPTE frames has no tempo, and quarters of a second stand for it.

    Such a division is negative: the frames a second in its high byte (29 is 29.97), ticks a frame in its low one.
    """
    if division > 0:
        return division, tuple(tempo)
    frames, ticks = -(division >> 8), division & 0xFF
    if not ticks:
        raise NotationError("the file has 0 ticks to the frame; accepted: 1 and more")
    return (30 if frames == _DROPPED else frames) * ticks, ((0, 1_001_000 if frames == _DROPPED else 1_000_000),)


def parsed_midi(data: bytes) -> MidiFile:
    """Return a file as mido reads it.

    Raises
    ------
    NotationError
        When the bytes are no MIDI file that mido can read.
    """
    for charset in ("utf-8", "latin-1"):
        try:
            return MidiFile(file=io.BytesIO(data), charset=charset)
        except UnicodeDecodeError:
            continue
        except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
            raise NotationError(f"not a MIDI file that can be read: {str(error) or 'it ends too early'}") from error
    raise NotationError("not a MIDI file that can be read: its texts are in no known encoding")


def _track(messages: Any, lists: dict[str, list[Any]]) -> ReadTrack:  # noqa: ANN401 - mido ships no types
    now, program, name = 0, -1, ""
    pairs, changes, channels = _Pairs(), [], set()
    for message in messages:
        now += message.time
        if message.type in lists:
            lists[message.type].append((now, message))
        if message.type == "track_name":
            name = name or message.name
        elif message.type == "program_change":
            program = message.program if program < 0 else program
        elif message.type == "control_change":
            changes.append((now, message.control, message.value))
        elif message.type in ("note_on", "note_off"):
            pairs.take(now, message)
        if hasattr(message, "channel"):
            channels.add(message.channel)
    hanging = pairs.close(now)
    return ReadTrack(name, tuple(sorted(channels)), program, notes(pairs.closed), controls(changes), hanging, now)


class _Pairs:
    """Matches each note-off to the earliest open note-on of its channel and pitch."""

    def __init__(self) -> None:
        self.closed: list[tuple[int, int, int, int]] = []
        self._open: dict[tuple[int, int], deque[tuple[int, int]]] = defaultdict(deque)

    def take(self, tick: int, message: Any) -> None:  # noqa: ANN401 - mido ships no types
        """Open or close a note."""
        waiting = self._open[message.channel, message.note]
        if message.type == "note_on" and message.velocity:
            waiting.append((tick, message.velocity))
        elif waiting:
            onset, velocity = waiting.popleft()
            self.closed.append((onset, tick, message.note, velocity))

    def close(self, tick: int) -> int:
        """End at a tick what nobody ended, and return how many notes that were."""
        left = [(onset, pitch, velocity) for (_, pitch), open_ in self._open.items() for onset, velocity in open_]
        self.closed += [(onset, max(tick, onset + 1), pitch, velocity) for onset, pitch, velocity in left]
        return len(left)
