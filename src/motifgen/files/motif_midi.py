"""The parts of a MIDI file as melodies, their times made exact again."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from mido import MidiFile

from motifgen.errors import MotifgenError, NotationError
from motifgen.files.melody import FileBar, Heard, Melody
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

_DRUMS = 9
_EXACT = (1, 2, 4, 3, 8, 6, 5, 7, 16, 12, 9, 32, 24)
_PLAYED = (1, 2, 4, 3, 8, 6)
_MOST_BARS = 20_000


def midi_melodies(data: bytes) -> tuple[Melody, ...]:
    """Return every part of a MIDI file that has pitched notes: a part is a track's channel; drums are left out.

    Times that are whole fractions of a quarter, to a tick, are taken as they are. Played times are set to the nearest grid of their
    quarter: eighths, sixteenths, triplets, thirty-seconds or sixteenth triplets, whichever they fit best.

    Raises
    ------
    NotationError
        When the bytes are no MIDI file with musical time.
    """
    file = _parsed(data)
    ppq = file.ticks_per_beat
    if ppq <= 0 or file.type == 2:
        raise NotationError("the MIDI file counts in frames or holds separate songs; accepted: files of type 0 or 1 that count in quarters")
    parts, signs = _gathered(file)
    end = max((stop for _, notes in parts for _, stop, _, _ in notes), default=0)
    bars = _bars(signs["time_signature"], Fraction(end, ppq), ppq)
    keys = _keys(signs["key_signature"])
    return tuple(Melody(name, _exact(notes, ppq), bars, keys) for name, notes in parts)


def _parsed(data: bytes) -> MidiFile:
    try:
        return MidiFile(file=io.BytesIO(data), clip=True)
    except Exception as error:
        raise NotationError(f"not a MIDI file that can be read ({str(error) or 'it ends too early'})") from error


_SIGNS = ("time_signature", "key_signature")


def _gathered(file: MidiFile) -> tuple[list[tuple[str, list[tuple[int, int, int, int]]]], dict[str, list[tuple[int, Any]]]]:
    """Return the notes (start, end, key, velocity) of every part by name, and the signatures of the file."""
    parts: list[tuple[str, list[tuple[int, int, int, int]]]] = []
    signs: dict[str, list[tuple[int, Any]]] = {kind: [] for kind in _SIGNS}
    for number, track in enumerate(file.tracks, start=1):
        now, name, channels = 0, "", _Channels()
        for message in track:
            now += message.time
            if message.type in signs:
                signs[message.type].append((now, message))
            elif message.type == "track_name":
                name = name or message.name
            elif message.type in {"note_on", "note_off"}:
                channels.take(now, message)
        for channel, notes in channels.closed():
            parts.append((f"part {len(parts) + 1} ({name or f'track {number}, channel {channel + 1}'})", notes))
    return parts, signs


class _Channels:
    """Matches each note-off to the earliest open note-on of its channel and key."""

    def __init__(self) -> None:
        self._notes: dict[int, list[tuple[int, int, int, int]]] = {}
        self._open: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def take(self, tick: int, message: Any) -> None:  # noqa: ANN401 - mido ships no types
        """Open or close a note; drums are passed over."""
        if message.channel == _DRUMS:
            return
        waiting = self._open.setdefault((message.channel, message.note), [])
        if message.type == "note_on" and message.velocity:
            waiting.append((tick, message.velocity))
        elif waiting:
            onset, velocity = waiting.pop(0)
            if tick > onset:
                self._notes.setdefault(message.channel, []).append((onset, tick, message.note, velocity))

    def closed(self) -> Iterator[tuple[int, list[tuple[int, int, int, int]]]]:
        """Yield the notes of each channel, in order of time."""
        for channel in sorted(self._notes):
            yield channel, sorted(self._notes[channel])


def _keys(signs: list[tuple[int, Any]]) -> tuple[Key, ...]:
    """Return the key of the first signature; C major is what files without a thought for keys say, so it leaves all open."""
    for _, message in signs:
        name = str(message.key)
        try:
            return () if name == "C" else (Key.parse(name),)
        except MotifgenError:
            continue
    return ()


def _bars(signs: list[tuple[int, Any]], end: Fraction, ppq: int) -> tuple[FileBar, ...]:
    """Return bars numbered from 1 up to the one in which the file ends."""
    meters = {Fraction(0): Meter(4, 4)} | {Fraction(tick, ppq): Meter(m.numerator, m.denominator) for tick, m in signs}
    changes = sorted(meters)
    bars: list[FileBar] = []
    at = Fraction(0)
    while at < end or not bars:
        if len(bars) >= _MOST_BARS:
            raise NotationError(f"the MIDI file is longer than {_MOST_BARS} bars; accepted: motifs from shorter files")
        meter = meters[changes[bisect_right(changes, at) - 1]]
        following = next((change for change in changes if at < change < at + meter.bar), at + meter.bar)
        bars.append(FileBar(len(bars) + 1, Span(at, following), meter))
        at = following
    return tuple(bars)


def _exact(notes: list[tuple[int, int, int, int]], ppq: int) -> tuple[Heard, ...]:
    """Return the notes at exact times, each of them at least as long as the grid's smallest step."""
    onsets = _on_grid(sorted({start for start, *_ in notes}), ppq)
    ordered = sorted(set(onsets.values()))
    following = dict(pairwise(ordered))
    return tuple(
        Heard(onset, _length(Fraction(end - start, ppq), onset, following.get(onset)), key)
        for start, end, key, _ in notes
        for onset in (onsets[start],)
    )


def _length(played: Fraction, onset: Fraction, following: Fraction | None) -> Fraction:
    """Return a written length: up to the next note, unless a rest of a quarter of the way or more is heard."""
    if following is not None and following - onset > played >= Fraction(3, 4) * (following - onset):
        return following - onset
    return max(min((_nearest(played, grid) for grid in _PLAYED), key=lambda length: abs(length - played)), Fraction(1, 8))


def _nearest(value: Fraction, denominator: int) -> Fraction:
    return Fraction(round(value * denominator), denominator)


def _on_grid(ticks: list[int], ppq: int) -> dict[int, Fraction]:
    exact = {tick: _whole(tick, ppq) for tick in ticks}
    found = {tick: value for tick, value in exact.items() if value is not None}
    return found if len(found) == len(ticks) else _quantised(ticks, ppq)


def _whole(tick: int, ppq: int) -> Fraction | None:
    """Return the simplest fraction of a quarter that rounds to a tick, or None."""
    for denominator in _EXACT:
        value = Fraction(round(Fraction(tick * denominator, ppq)), denominator)
        if abs(value * ppq - tick) < (1 if denominator in {5, 7, 9, 3, 6, 12} else Fraction(1, 2)):
            return value
    return None


def _quantised(ticks: list[int], ppq: int) -> dict[int, Fraction]:
    """Return played times on the best grid of each quarter; a finer grid must fit clearly better."""
    found: dict[int, Fraction] = {}
    for beat in sorted({tick // ppq for tick in ticks}):
        own = [tick for tick in ticks if tick // ppq == beat]
        grid = min(_PLAYED, key=lambda grid: _misfit(own, ppq, grid))
        found |= {tick: _nearest(Fraction(tick, ppq), grid) for tick in own}
    return found


def _misfit(ticks: list[int], ppq: int, grid: int) -> float:
    places = [_nearest(Fraction(tick, ppq), grid) for tick in ticks]
    error = sum(float(abs(place - Fraction(tick, ppq))) for place, tick in zip(places, ticks, strict=True)) / len(ticks)
    collided = len(ticks) - len(set(places))
    return error + 0.012 * grid * (1.5 if grid % 3 == 0 else 1.0) + collided
