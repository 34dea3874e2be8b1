"""What a recording session asks of a MIDI file: a click track, and bars before the first frame in which players count in.

A pre-roll is made when a file is written and belongs to the file alone: everything is moved later by whole bars, and the first frame is
marked. The recording and its ledger go on counting from the first frame. See `docs/decisions/0041-pre-roll-belongs-to-the-file.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from motifgen.errors import RangeError, UnknownNameError
from motifgen.sketch.events import PPQ, controls, notes
from motifgen.sketch.recording import FIRST_FRAME, Bar, Marker, Part, Recording
from motifgen.sketch.tempo_map import TempoMap

#: No click; a click in the pre-roll alone; a click from the first bar to the last.
CLICKS = ("none", "warning", "all")
CLICK = "Click"
MOST_BARS = 8
_HIGH, _LOW = (76, 112), (77, 84)
_LENGTH = PPQ // 16


def led_in(recording: Recording, bars: int) -> Recording:
    """Return a recording that begins so many bars of its first meter and tempo earlier; a marker names the first frame.

    Parameters
    ----------
    bars : int
        0 to `MOST_BARS`; 0 changes nothing.

    Raises
    ------
    RangeError
        For any other number of bars.
    """
    if isinstance(bars, bool) or not isinstance(bars, int) or not 0 <= bars <= MOST_BARS:
        raise RangeError(f"the pre-roll is {bars!r} bars; accepted: 0 to {MOST_BARS}")
    if not bars or not recording.bars:
        return recording
    meter = recording.bars[0].meter
    bar = round(meter.bar * PPQ)
    lead = bars * bar
    before = tuple(Bar(n + 1, n * bar, meter) for n in range(bars))
    after = tuple(Bar(each.number + bars, each.tick + lead, each.meter) for each in recording.bars)
    steps = recording.tempo.steps
    later = [Marker(marker.tick + lead, marker.text) for marker in recording.markers]
    first = [Marker(lead, FIRST_FRAME)] if all(marker.text != FIRST_FRAME for marker in later) else []
    return replace(
        recording,
        tempo=TempoMap.of([(0, steps[0][1]), *((tick + lead, pace) for tick, pace in steps)]),
        bars=(*before, *after),
        markers=(*first, *later),
        parts=tuple(_later(part, lead) for part in recording.parts),
        end_tick=recording.end_tick + lead,
    )


def with_click(recording: Recording, click: str, preroll: int) -> Recording:
    """Return a recording with a click as its first part: wood blocks on the drum channel, the high one on downbeats.

    Parameters
    ----------
    click : str
        One of `CLICKS`.
    preroll : int
        How many of its bars are pre-roll.

    Raises
    ------
    UnknownNameError
        If there is no such click.
    RangeError
        If warning clicks are asked for and there is no pre-roll in which they could sound.
    """
    if click not in CLICKS:
        raise UnknownNameError("click", click, CLICKS)
    if click == "none":
        return recording
    if click == "warning" and not preroll:
        raise RangeError("warning clicks sound before the first frame, but there is no pre-roll; accepted: a pre-roll of 1 bar or more")
    last = recording.bars[preroll].tick if click == "warning" else recording.end_tick
    rows = [(tick, tick + _LENGTH, *(_HIGH if first else _LOW)) for tick, first in _beats(recording) if tick < last]
    part = Part(CLICK, "click", "percussion", "click", 0, 1, True, 64, 100, notes(rows), controls([]))  # noqa: FBT003 - drums
    return replace(recording, parts=(part, *recording.parts))


def _beats(recording: Recording) -> Iterator[tuple[int, bool]]:
    """Go through all beats up to the end: the tick, and whether a bar begins there."""
    starts = [bar.tick for bar in recording.bars]
    for bar, following in zip(recording.bars, [*starts[1:], max(recording.end_tick, starts[-1])], strict=True):
        yield from ((tick, tick == bar.tick) for tick in range(bar.tick, following, round(bar.meter.beat * PPQ)))


def _later(part: Part, lead: int) -> Part:
    """Return a part moved later; what its controllers begin with stays at the head of the track."""
    moved, turned = part.notes.copy(), part.controls.copy()
    moved["onset_tick"] += lead
    moved["end_tick"] += lead
    turned["tick"][turned["tick"] > 0] += lead
    for table in (moved, turned):
        table.setflags(write=False)
    return replace(part, notes=moved, controls=turned)
