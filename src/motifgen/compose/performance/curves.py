"""Controllers: dynamics (CC1) and expression (CC11) of parts that can hold a note, pedal of the piano, silence at cuts.

Curves are tables of whole numbers with the columns tick, controller, value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance
from motifgen.compose.performance import noise
from motifgen.compose.performance.dynamics import arch, swell
from motifgen.compose.performance.hits import STRIKES
from motifgen.compose.performance.loudness import controller, decibels
from motifgen.compose.performance.pedal import pedal
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DYNAMICS, EXPRESSION = 1, 11
STEP = 120
FULL = 118.0
MOST_A_SECOND = 25
JUMP = 12
BLOOM = 3.0
DRIFT = 0.35
MUTED = ("cut", "silence")


@dataclass(frozen=True, eq=False)
class Relief:
    """The shape of a scene's loudness that all parts share, on a grid of ticks fit for controllers.

    Parameters
    ----------
    step : int
        Ticks from place to place.
    seconds : NDArray
        The second of each place.
    arch, swell, bloom : NDArray
        Decibels: phrases, swells towards hits, and what held notes do under a strike.
    """

    step: int
    seconds: Floats
    arch: Floats
    swell: Floats
    bloom: Floats

    @classmethod
    def of(cls, stage: Stage) -> Relief:
        """Return the relief of a scene, with at most 25 places a second."""
        fine = stage.clock.seconds(np.arange(0, max(stage.end, STEP) + STEP, STEP, dtype=np.int64))
        step = STEP * int(np.ceil(1 / MOST_A_SECOND / float(np.diff(fine).min()) - 1e-9))
        seconds = stage.clock.seconds(np.arange(0, stage.end + 2 * step, step, dtype=np.int64))
        return cls(step, seconds, arch(stage, seconds), swell(stage, seconds), _bloom(stage, seconds))


def curves(strand: Strand, stage: Stage, relief: Relief, on: Ints, off: Ints) -> Ints:
    """Return the controller changes of a part, given the ticks at which its notes begin and end as played."""
    if not on.size:
        return np.zeros((0, 3), dtype=np.int64)
    rows = [_table(EXPRESSION, [0], [127])]
    if strand.part.instrument.sustained and not strand.part.instrument.drums:
        rows = [_curve(number, strand, stage, relief, (on, off)) for number in (DYNAMICS, EXPRESSION)]
    return np.concatenate([_silenced(np.concatenate(rows), stage, on, relief.step), pedal(strand, stage, on, off)])


def _curve(number: int, strand: Strand, stage: Stage, relief: Relief, played: tuple[Ints, Ints]) -> Ints:
    """Return one controller where it changes, on every other 32nd: both together keep to one change a 32nd."""
    on, off = played
    places = np.arange(relief.seconds.size)
    ticks = places * relief.step
    near = (places % 2 == (number == EXPRESSION)) & _sounding(ticks, on - 2 * relief.step, off, ticks)
    places = places[near | (places == 0)]
    ticks = ticks[places]
    values = _eased(_value(number, strand, stage, relief, places), ticks, on, off)
    changed = np.append(True, values[1:] != values[:-1])
    return _table(number, ticks[changed], values[changed])


def _value(number: int, strand: Strand, stage: Stage, relief: Relief, places: Ints) -> Ints:
    """Return the values at places: for dynamics all that shapes the level, for expression the shape alone, so that both agree."""
    seconds, arch, swell = relief.seconds[places], relief.arch[places], relief.swell[places]
    key = Chance(stage.seed, stage.scene, strand.part.name, "controller", number)
    drift = DRIFT * stage.humanize * noise.pink(key, seconds, range(3))
    if number == DYNAMICS:
        return controller(_written(strand, seconds) + arch + swell + relief.bloom[places] + drift)
    return controller(np.minimum(0.5 * arch + swell + drift, 1.2), FULL)


def _written(strand: Strand, seconds: Floats) -> Floats:
    """Return the written level at moments: each event's own, moving to the next just before it begins."""
    start = strand.start[strand.first]
    level = np.maximum.reduceat(decibels(strand.level), strand.first)
    leave = np.maximum(start[1:] - 0.35, (start[:-1] + start[1:]) / 2)
    times, levels = np.append(start[0], np.stack([leave, start[1:]], 1)), np.append(level[0], np.stack([level[:-1], level[1:]], 1))
    return np.asarray(np.interp(seconds, times, levels), dtype=np.float64)


def _bloom(stage: Stage, seconds: Floats) -> Floats:
    """Return the decibels by which held notes swell up under a strike and fall back."""
    total = np.zeros(seconds.shape)
    for _, second in stage.hits(*STRIKES):
        total = np.maximum(total, np.interp(seconds, [second - 0.02, second + 0.05, second + 0.9], [0.0, BLOOM, 0.0], left=0.0, right=0.0))
    return total


def _sounding(ticks: Ints, on: Ints, off: Ints, since: Ints) -> Bools:
    """Tell at which ticks a note that has begun sounds on after an earlier tick."""
    order = np.argsort(on, kind="stable")
    stops = np.maximum.accumulate(off[order])
    at = np.searchsorted(on[order], ticks, side="right") - 1
    return np.asarray((at >= 0) & (since < stops[np.maximum(at, 0)]), dtype=bool)


def _eased(values: Ints, ticks: Ints, on: Ints, off: Ints) -> Ints:
    """Return values that never jump by more than 12 inside a slurred line or a held note."""
    if not (np.abs(np.diff(values)) > JUMP).any():
        return values
    bound = _sounding(ticks, on, off, np.append(ticks[:1], ticks[:-1])).tolist()
    result: list[int] = values.tolist()
    for i in range(1, len(result)):
        if bound[i]:
            result[i] = min(max(result[i], result[i - 1] - JUMP), result[i - 1] + JUMP)
    return np.array(result, dtype=np.int64)


def _silenced(rows: Ints, stage: Stage, on: Ints, step: int) -> Ints:
    """Take expression to 0 where a cut or a silence begins and back where it ends; leave no other change beside them."""
    for start, end, why in stage.rests:
        if why not in MUTED or start <= int(on.min()):
            continue
        level = rows[rows[:, 1] == EXPRESSION]
        back = int(level[level[:, 0] <= end, 2][-1])
        beside = (rows[:, 0] > start - step) & (rows[:, 0] < end + step) & (rows[:, 0] > 0)
        edges = _table(EXPRESSION, [start, end], [0, back])
        rows = np.concatenate([rows[~beside], edges])
        rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    return rows


def _table(number: int, ticks: Ints | list[int], values: Ints | list[int]) -> Ints:
    return np.stack([np.asarray(ticks), np.full(len(ticks), number), np.asarray(values)], axis=1).astype(np.int64)
