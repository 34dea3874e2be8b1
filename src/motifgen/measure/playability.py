"""What a player could not play: range, polyphony, breath, overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from motifgen.orchestra.instrument import Instrument, instruments
from motifgen.sketch.recording import Part, Recording

GAP = 0.12
SLUR = Fraction(1, 10)


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
    starts = [(recording.tempo.seconds(int(tick)), 1) for tick in part.notes["onset_tick"]]
    ends = [
        (max(recording.tempo.seconds(int(n["end_tick"])) - SLUR, recording.tempo.seconds(int(n["onset_tick"]) + 1)), -1) for n in part.notes
    ]
    held = 0
    for second, change in sorted(starts + ends):
        held += change
        if change > 0 and held > instrument.polyphony:
            yield Fault(part.name, round(float(second), 3), f"{held} notes at once; it has {instrument.polyphony}")


def _breath(part: Part, instrument: Instrument, recording: Recording) -> Iterator[Fault]:
    if not instrument.breath:
        return
    start = end = -1.0
    for note in part.notes:
        onset, stop = (float(recording.tempo.seconds(int(note[name]))) for name in ("onset_tick", "end_tick"))
        if end < 0 or onset - end >= GAP:
            start = onset
        end = max(end, stop)
        if end - start > instrument.breath:
            yield Fault(part.name, round(start, 3), f"{end - start:.1f} s without a breath; it has {instrument.breath:g}")
            start = end
