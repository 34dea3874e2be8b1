"""What a player could not play: range, polyphony, breath, overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from motifgen.measure.sampling import seconds_of
from motifgen.orchestra.instrument import Instrument, instruments
from motifgen.sketch.recording import Part, Recording

GAP = 0.12
SLUR = 0.1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a part's player cannot do."""

    part: str
    seconds: float
    what: str


def faults(recording: Recording) -> tuple[Fault, ...]:
    """Return every playability fault of a recording, part by part.

    Checked: a pitch outside the instrument's range; more notes at once than it has voices; a pitch that overlaps itself; a wind
    player without a gap of 0.12 s for longer than the instrument's breath.
    """
    rows = instruments()
    found: list[Fault] = []
    for part in recording.parts:
        if not len(part.notes):
            continue
        found += _overlaps(part, recording)
        instrument = rows.get(part.instrument)
        if instrument and not instrument.drums:
            found += [*_range(part, instrument, recording), *_voices(part, instrument, recording), *_breath(part, instrument, recording)]
    return tuple(found)


def _at(recording: Recording, tick: int) -> float:
    return round(float(recording.tempo.seconds(tick)), 3)


def _range(part: Part, instrument: Instrument, recording: Recording) -> Iterator[Fault]:
    for note in part.notes[(part.notes["pitch"] < instrument.low) | (part.notes["pitch"] > instrument.high)]:
        what = f"key {int(note['pitch'])} is outside {instrument.low} to {instrument.high}"
        yield Fault(part.name, _at(recording, int(note["onset_tick"])), what)


def _overlaps(part: Part, recording: Recording) -> Iterator[Fault]:
    order = part.notes[np.lexsort((part.notes["onset_tick"], part.notes["pitch"]))]
    same = (order["pitch"][1:] == order["pitch"][:-1]) & (order["onset_tick"][1:] < order["end_tick"][:-1])
    for note in order[1:][same]:
        yield Fault(part.name, _at(recording, int(note["onset_tick"])), f"key {int(note['pitch'])} overlaps itself")


def _voices(part: Part, instrument: Instrument, recording: Recording) -> Iterator[Fault]:
    """Yield chords beyond the instrument's voices; the overlap of a legato, up to a tenth of a second, is none."""
    starts = seconds_of(recording.tempo, part.notes["onset_tick"])
    shortest = seconds_of(recording.tempo, part.notes["onset_tick"] + 1)
    ends = np.maximum(seconds_of(recording.tempo, part.notes["end_tick"]) - SLUR, shortest)
    at = np.round(np.concatenate([starts, ends]), 9)
    change = np.repeat([1, -1], len(starts))
    order = np.lexsort((change, at))
    held = np.cumsum(change[order])
    for place in np.flatnonzero((change[order] > 0) & (held > instrument.polyphony)).tolist():
        yield Fault(part.name, round(float(at[order][place]), 3), f"{int(held[place])} notes at once; it has {instrument.polyphony}")


def _breath(part: Part, instrument: Instrument, recording: Recording) -> Iterator[Fault]:
    if not instrument.breath:
        return
    start = end = -1.0
    onsets, ends = (seconds_of(recording.tempo, part.notes[name]).tolist() for name in ("onset_tick", "end_tick"))
    for onset, stop in zip(onsets, ends, strict=True):
        if end < 0 or onset - end >= GAP - 1e-9:
            start = onset
        end = max(end, stop)
        if end - start > instrument.breath + 1e-9:
            yield Fault(part.name, round(start, 3), f"{end - start:.1f} s without a breath; it has {instrument.breath:g}")
            start = end
