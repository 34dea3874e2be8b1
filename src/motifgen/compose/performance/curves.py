"""Controllers: dynamics (CC1) and expression (CC11) of parts that can hold a note, pedal of the piano, silence at cuts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance
from motifgen.compose.performance import noise
from motifgen.compose.performance.dynamics import arch, swell
from motifgen.compose.performance.hits import STRIKES
from motifgen.compose.performance.loudness import controller, decibels
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Row = tuple[int, int, int]

DYNAMICS, EXPRESSION, PEDAL = 1, 11, 64
STEP = 120
FULL = 118
MOST_A_SECOND = 25
JUMP = 12
BLOOM = 3.0
MUTED = ("cut", "silence")
PEDALLED = ("piano",)


def curves(strand: Strand, stage: Stage, on: Ints, off: Ints) -> list[Row]:
    """Return the controller changes of a part as rows of (tick, controller, value)."""
    rows: list[Row] = []
    if strand.part.instrument.sustained and not strand.part.instrument.drums and on.size:
        rows += _dynamics(strand, stage, on, off)
    elif on.size:
        rows += [(tick, EXPRESSION, value) for start, end in _muted(stage, on) for tick, value in ((start, 0), (end, 127))]
    if strand.part.instrument.name in PEDALLED and on.size:
        rows += _pedal(stage, on, off)
    return rows


def _dynamics(strand: Strand, stage: Stage, on: Ints, off: Ints) -> list[Row]:
    """Return CC1 and CC11 on alternate 32nds, so that both together keep to one change a 32nd."""
    step = STEP * _stretch(stage)
    last = int(off.max())
    grid = np.arange(0, last + step, step, dtype=np.int64)
    rows: list[Row] = []
    for number, offset in ((DYNAMICS, 0), (EXPRESSION, 1)):
        ticks = np.unique(np.concatenate([[0], grid[offset::2]]))
        ticks = ticks[(ticks == 0) | _near_notes(ticks, on, off, 2 * step)]
        values = _value(number, strand, stage, stage.clock.seconds(ticks))
        rows += _thinned(number, ticks, _eased(values, ticks, on, off))
    return _with_silence(rows, stage, on, step)


def _stretch(stage: Stage) -> int:
    """Return how many 32nds apart two changes must be, so that there are at most 25 a second."""
    seconds = stage.clock.seconds(np.arange(0, max(stage.end, STEP) + STEP, STEP, dtype=np.int64))
    return int(np.ceil(1 / MOST_A_SECOND / float(np.diff(seconds).min()) - 1e-9))


def _value(number: int, strand: Strand, stage: Stage, seconds: Floats) -> Ints:
    key = Chance(stage.seed, stage.scene, strand.part.name, "controller", number)
    drift = 0.35 * stage.humanize * noise.pink(key, seconds)
    if number == DYNAMICS:
        return controller(_written(strand, seconds) + arch(stage, seconds) + swell(stage, seconds) + _bloom(stage, seconds) + drift)
    return controller(np.minimum(0.5 * arch(stage, seconds) + swell(stage, seconds) + drift, 1.2), FULL)


def _written(strand: Strand, seconds: Floats) -> Floats:
    """Return the written level at moments: each event's own, moving to the next just before it begins."""
    start = strand.start[strand.first]
    level = np.maximum.reduceat(decibels(strand.level), strand.first)
    leave = np.maximum(start[1:] - 0.35, (start[:-1] + start[1:]) / 2)
    times = np.concatenate([start, leave])
    order = np.argsort(times, kind="stable")
    return np.asarray(np.interp(seconds, times[order], np.concatenate([level, level[:-1]])[order]), dtype=np.float64)


def _bloom(stage: Stage, seconds: Floats) -> Floats:
    """Return the decibels by which held notes swell up under a strike and fall back."""
    total = np.zeros(seconds.shape)
    for _, second in stage.hits(*STRIKES):
        total = np.maximum(total, np.interp(seconds, [second - 0.02, second + 0.05, second + 0.9], [0.0, BLOOM, 0.0], left=0.0, right=0.0))
    return total


def _near_notes(ticks: Ints, on: Ints, off: Ints, reach: int) -> NDArray[np.bool_]:
    """Tell at which ticks a note sounds or is about to begin."""
    order = np.argsort(on, kind="stable")
    starts, stops = on[order] - reach, np.maximum.accumulate(off[order])
    at = np.searchsorted(starts, ticks, side="right") - 1
    return np.asarray((at >= 0) & (ticks <= stops[np.maximum(at, 0)]), dtype=bool)


def _eased(values: Ints, ticks: Ints, on: Ints, off: Ints) -> list[int]:
    """Return values that never jump by more than 12 inside a slurred line or a held note."""
    jumps = np.abs(np.diff(values)) > JUMP
    result: list[int] = values.tolist()
    if not jumps.any():
        return result
    bound = _bound(ticks, on, off)
    for i in range(1, len(result)):
        if bound[i]:
            result[i] = min(max(result[i], result[i - 1] - JUMP), result[i - 1] + JUMP)
    return result


def _bound(ticks: Ints, on: Ints, off: Ints) -> NDArray[np.bool_]:
    """Tell at which ticks a note that began before the previous tick still sounds."""
    before = np.append(ticks[:1], ticks[:-1])
    order = np.argsort(on, kind="stable")
    stops = np.maximum.accumulate(off[order])
    at = np.searchsorted(on[order], ticks, side="right") - 1
    return np.asarray((at >= 0) & (before < stops[np.maximum(at, 0)]), dtype=bool)


def _thinned(number: int, ticks: Ints, values: list[int]) -> list[Row]:
    """Return a row for each change, the first always."""
    rows: list[Row] = []
    for tick, value in zip(ticks.tolist(), values, strict=True):
        if not rows or rows[-1][2] != value:
            rows.append((tick, number, value))
    return rows


def _muted(stage: Stage, on: Ints) -> list[tuple[int, int]]:
    """Return the rests in which nothing may ring on, for a part that has begun to play before."""
    return [(start, end) for start, end, why in stage.rests if why in MUTED and start > int(on.min())]


def _with_silence(rows: list[Row], stage: Stage, on: Ints, step: int) -> list[Row]:
    """Take expression to 0 where a cut or a silence begins and back where it ends; leave no other change beside them."""
    expression = [row for row in rows if row[1] == EXPRESSION]
    others = [row for row in rows if row[1] != EXPRESSION]
    for start, end in _muted(stage, on):
        back = next((value for tick, _, value in reversed(expression) if tick <= end), FULL)
        kept = [row for row in expression if not start - step < row[0] < end + step or row[0] == 0]
        others = [row for row in others if not start - step < row[0] < end + step or row[0] == 0]
        expression = sorted([*kept, (start, EXPRESSION, 0), (end, EXPRESSION, back)])
    return others + expression


def _pedal(stage: Stage, on: Ints, off: Ints) -> list[Row]:
    """Return the piano's pedal: up at each change of chord and down again 100 ms later; down 30 ms after the first; up at rests."""
    first, last = int(on.min()), int(off.max())
    chords = [tick for tick in stage.clock.ticks(stage.chords[:, 0]).tolist() if first < tick < last]
    walls = sorted({tick for start, end, _ in stage.rests for tick in (start, end)})
    rows: list[Row] = [(0, PEDAL, 0)]
    for begins, ends in zip([first, *chords], [*chords, last], strict=True):
        late = 0.030 if begins == first else 0.100
        down = int(stage.clock.ticks(stage.clock.seconds(np.array([begins])) + late)[0])
        up = min([ends, *(tick for tick in walls if begins < tick < ends)])
        silent = any(start <= down < end for start, end, _ in stage.rests)
        if down + STEP < up and not silent:
            rows += [(down, PEDAL, 127), (up, PEDAL, 0)]
    return rows
