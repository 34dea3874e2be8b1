"""Anybody's MIDI file as a recording, so that it can be measured and heard as our own are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from mido import MetaMessage, MidiFile, MidiTrack
from numpy.typing import NDArray

from motifgen.errors import MotifgenError, NotationError, RangeError, UnknownNameError
from motifgen.files.midi_read import ReadBack, ReadTrack, parsed_midi, read_back
from motifgen.orchestra.instrument import Instrument, find_instrument, instruments
from motifgen.sketch.events import PPQ, control_table, controls, note_table, notes
from motifgen.sketch.recording import FIRST_FRAME, Bar, Marker, Part, Recording
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

_DRUMS = 9
_PIANO, _CENTRE, _FULL = 0, 64, 100
_VOLUME, _PAN = 7, 10
_LARGEST = 5_000_000
_SEPARATE = 2
_MOST_BARS = 20_000
NOTHING = Fraction(0)
#: What else stands in a session's file, and is no music of ours.
_NO_MUSIC = ("Click",)


def read_recording(path: Path) -> Recording:
    """Return a MIDI file as a recording; errors are those of `recording_of` and of reading the file."""
    if path.stat().st_size > _LARGEST:
        raise RangeError(f"{path.name} is larger than {_LARGEST:,} bytes; accepted: the MIDI of a scene")
    try:
        return recording_of(path.read_bytes())
    except MotifgenError as error:
        raise NotationError(f"{path.name}: {error}") from error


def recording_of(data: bytes) -> Recording:
    """Return the bytes of a MIDI file as a recording with an empty ledger.

    Every track that has notes becomes a part; a file with a single track (type 0), or a track with several channels, is taken apart by
    channel. The instrument is guessed from the part's name, and where that says nothing, from its General MIDI program. A track of
    inaudible notes (velocity 1), such as our own guide, is no part.

    Raises
    ------
    NotationError
        When the bytes are no MIDI file that can be read, or hold separate songs.
    RangeError
        When it holds no notes.
    """
    file = read_back(_by_channel(data))
    scale = Fraction(PPQ, file.ppq)
    parts = _parts([track for track in file.tracks if track.notes.size and int(track.notes["velocity"].max()) > 1], scale)
    if not parts:
        raise RangeError("the file holds no notes")
    end = max(round(track.end_tick * scale) for track in file.tracks)
    steps = {0: 500_000} | {round(tick * scale): microseconds for tick, microseconds in file.tempo}
    return Recording(
        title=file.title,
        tempo=TempoMap.of(sorted(steps.items())),
        bars=_bars(file, scale, end),
        markers=tuple(Marker(round(tick * scale), text) for tick, text in file.markers),
        parts=parts,
        end_tick=end,
        ledger={},
        key=_key(file.key),
    )


def from_first_frame(recording: Recording, pickup: Fraction = NOTHING) -> Recording:
    """Return a recording without its pre-roll and its clicks: it begins at the first frame, or a pickup (seconds) before it."""
    start = next((marker.tick for marker in recording.markers if marker.text == FIRST_FRAME), 0)
    if start:
        start = max(recording.tempo.tick(recording.tempo.seconds(start) - pickup), 0)
    parts = tuple(_later(part, start) for part in recording.parts if part.name not in _NO_MUSIC)
    bars = [bar for bar in recording.bars if bar.tick >= start]
    bars = [replace(bar, number=i + 1, tick=bar.tick - start) for i, bar in enumerate(bars)]
    tempo = {max(tick - start, 0): microseconds for tick, microseconds in recording.tempo.steps}
    markers = tuple(replace(marker, tick=marker.tick - start) for marker in recording.markers if marker.tick >= start)
    return replace(
        recording,
        parts=parts,
        bars=tuple(bars),
        markers=markers,
        tempo=TempoMap.of(sorted(tempo.items())),
        end_tick=recording.end_tick - start,
    )


def _later(part: Part, start: int) -> Part:
    """Return what a part plays from a tick on, counted from there."""
    played = notes((int(on) - start, int(off) - start, int(pitch), int(velocity)) for on, off, pitch, velocity in part.notes if on >= start)
    moved = controls((max(int(tick) - start, 0), int(number), int(value)) for tick, number, value in part.controls)
    return replace(part, notes=played, controls=moved)


def _by_channel(data: bytes) -> bytes:
    """Return a file in which no track speaks on two channels; what belongs to none stays in the track it was in."""
    file = parsed_midi(data)
    if file.type == _SEPARATE:
        raise NotationError("the file holds separate songs (type 2); accepted: files of type 0 or 1")
    tracks = [split for track in file.tracks for split in _split(track)]
    if len(tracks) == len(file.tracks):
        return data
    # Texts of any encoding pass through Latin-1 unchanged, if not always well spelled; names in other scripts are UTF-8 already.
    out, parted = io.BytesIO(), MidiFile(type=1, ticks_per_beat=file.ticks_per_beat, charset=file.charset)
    parted.tracks.extend(tracks)
    parted.save(file=out)
    return out.getvalue()


def _split(track: MidiTrack) -> list[MidiTrack]:
    now, placed = 0, []
    for message in track:
        now += message.time
        placed.append((now, message))
    channels = sorted({message.channel for _, message in placed if hasattr(message, "channel")})
    if len(channels) < 2:
        return [track]
    own = [_delta([(at, it) for at, it in placed if not hasattr(it, "channel")])]
    return own + [_delta([(at, it) for at, it in placed if getattr(it, "channel", -1) == channel]) for channel in channels]


def _delta(placed: Sequence[tuple[int, Any]]) -> MidiTrack:
    track, before = MidiTrack(), 0
    for at, message in placed:
        if message.type != "end_of_track":
            track.append(message.copy(time=at - before))
            before = at
    track.append(MetaMessage("end_of_track", time=0))
    return track


def _parts(tracks: Sequence[ReadTrack], scale: Fraction) -> tuple[Part, ...]:
    found: list[Part] = []
    for track in tracks:
        name = track.name or f"Track {len(found) + 1}"
        names = {part.name for part in found}
        unique = next(it for it in (name, *(f"{name} ({n})" for n in range(2, len(tracks) + 2))) if it not in names)
        found.append(_part(track, unique, scale))
    return tuple(found)


def _part(track: ReadTrack, name: str, scale: Fraction) -> Part:
    drums = _DRUMS in track.channels
    program = max(track.program, _PIANO)
    instrument = _guessed(name, program, known=track.program >= 0, drums=drums)
    return Part(
        name=name,
        instrument=instrument.name if instrument else "",
        family=instrument.family if instrument else "percussion" if drums else "unknown",
        role="",
        program=program,
        players=1 if instrument is None or name.casefold().startswith("solo ") else instrument.players,
        drums=drums,
        pan=_first(track.controls, _PAN, _CENTRE),
        volume=_first(track.controls, _VOLUME, _FULL),
        notes=_notes(track.notes, scale),
        controls=_controls(track.controls, scale),
    )


def _guessed(name: str, program: int, *, known: bool, drums: bool) -> Instrument | None:
    """Return what a part's name says it is, else the first instrument of its program; None for drum kits and where nothing is said."""
    try:
        instrument, _ = find_instrument(name.partition(" (")[0].partition(" - ")[0])
    except UnknownNameError:
        instrument = None
    if instrument is not None and instrument.drums == drums:
        return instrument
    if drums or not known:
        return None
    return next((row for row in instruments().values() if row.program == program and not row.drums), None)


def _first(controls: NDArray[np.void], number: int, usual: int) -> int:
    rows = controls["value"][controls["controller"] == number]
    return int(rows[0]) if rows.size else usual


def _notes(rows: NDArray[np.void], scale: Fraction) -> NDArray[np.void]:
    onset, end = _ticks(rows["onset_tick"], scale), _ticks(rows["end_tick"], scale)
    return note_table(np.column_stack([onset, np.maximum(end, onset + 1), rows["pitch"], rows["velocity"]]).astype(np.int64))


def _controls(rows: NDArray[np.void], scale: Fraction) -> NDArray[np.void]:
    return control_table(np.column_stack([_ticks(rows["tick"], scale), rows["controller"], rows["value"]]).astype(np.int64))


def _ticks(ticks: NDArray[np.int64], scale: Fraction) -> NDArray[np.int64]:
    """Return ticks of the file in ours, each the nearest."""
    exact = ticks.astype(np.int64) * (2 * scale.numerator) + scale.denominator
    return exact // (2 * scale.denominator)


def _bars(file: ReadBack, scale: Fraction, end: int) -> tuple[Bar, ...]:
    """Return the bars that the file's meters make, 4/4 where it says nothing."""
    meters = dict(sorted((round(tick * scale), Meter(count, unit)) for tick, count, unit in file.meters)) or {0: Meter(4, 4)}
    bars: list[Bar] = []
    tick, meter = 0, meters.get(0, Meter(4, 4))
    while tick < end and len(bars) < _MOST_BARS:
        meter = next((meters[at] for at in sorted(meters, reverse=True) if at <= tick), meter)
        bars.append(Bar(len(bars) + 1, tick, meter))
        later = [at for at in meters if at > tick]
        tick = min([tick + round(meter.bar * PPQ), *later])
    return tuple(bars)


def _key(name: str) -> Key | None:
    """Return the key of a signature as mido names it: ``"Dm"``, ``"Bb"``."""
    if not name:
        return None
    return Key.parse(f"{name.removesuffix('m')} {'minor' if name.endswith('m') else 'major'}")
