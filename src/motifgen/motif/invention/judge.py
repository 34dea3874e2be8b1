"""How good a drawn line is: a sum of faults, each a musician's objection; the least is best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from motifgen.motif.invention.learned import surprise_of_close, surprise_of_degree, surprise_of_move
from motifgen.motif.invention.line import Drawn, LineBrief
from motifgen.motif.invention.skeleton import Skeleton, Slot
from motifgen.motif.statistics import calls, interval_class, npvi

_HARD = {6: 0.9, 10: 1.0, 11: 2.0}


def faults(drawn: Drawn, bones: Skeleton, brief: LineBrief) -> float:
    """Return the sum of faults of a line over its skeleton; a merit is a negative fault."""
    heights = drawn.heights
    moves = [b - a for a, b in pairwise(heights)]
    return (
        _shape(heights, bones, brief)
        + _skips(moves, drawn.feature_at, brief)
        + _likeness(moves, brief)
        + _reach(max(heights) - min(heights), brief)
        + _fit(heights, bones.slots, brief)
        + _goal(bones.slots, brief)
        + 1.4 * (next((move > 0 for move in moves if move), brief.rises) != brief.rises)
        + 2.0 * (brief.calls is not None and calls(moves) != brief.calls)
        + _habits(heights, moves, bones.slots, brief)
        + _profile(heights, brief)
        + _pace(bones.slots, brief)
        + 4.0 * sum((move > 0) - (move < 0) != sign for move, sign in zip(moves, brief.signs, strict=False))
        - 0.7 * min(_kept_echoes(heights, bones), 2)
    )


def _shape(heights: Sequence[int], bones: Skeleton, brief: LineBrief) -> float:
    """Object to a peak that comes twice (but where the form brings it back), or on nothing; to running on the spot; to rocking."""
    slots, asked = bones.slots, [echo for echo in bones.echoes if echo.asked]
    top = max(heights)
    tops = [i for i, height in enumerate(heights) if height == top and (not i or heights[i - 1] != top)]
    peaks = [
        i for i in tops if not any(echo.first <= i < echo.first + echo.size and i - echo.first + echo.source in tops for echo in asked)
    ]
    weak = all(slots[i].weight < 2 and slots[i].length < 48 for i in peaks)
    early = brief.contour in {"arch", "rising"} and peaks[0] == 0 and len(heights) > 3
    still = sum(a == b == c for a, b, c in zip(heights, heights[1:], heights[2:], strict=False))
    rocking = sum(a == c and b == d and a != b for a, b, c, d in zip(heights, heights[1:], heights[2:], heights[3:], strict=False))
    return 1.2 * (len(peaks) - 1) + 0.6 * weak + 1.0 * early + 0.5 * max(still - 1, 0) + 1.0 * rocking


def _reach(span: int, brief: LineBrief) -> float:
    """Object to a range that is not what was asked, most to one that is wider."""
    return 0.3 * abs(span - brief.range) + 0.5 * max(span - brief.range - 2, 0)


def _skips(moves: Sequence[int], feature_at: int, brief: LineBrief) -> float:
    """Object to leaps that are not taken back, to intervals that are hard to sing, and to more rivals of the salient one than are usual."""
    rest = [move for i, move in enumerate(moves) if i != feature_at]
    hard = sum(_HARD.get(abs(move), 3.0 if abs(move) > 12 else 0.0) for move in rest)
    unturned = sum(abs(a) >= 5 and a * b > 0 for a, b in pairwise(moves))
    wide = max(abs(brief.feature), 5)
    rivals = sum(abs(move) >= wide for move in rest)
    usual = round(sum(brief.intervals[interval_class(wide) :]) * len(moves)) - 1
    return hard + 0.8 * unturned + 0.7 * max(rivals - max(usual, int(abs(brief.feature) < 7)), 0)


def _likeness(moves: Sequence[int], brief: LineBrief) -> float:
    """Object to shares of intervals that are far from what is asked."""
    counts = [0] * len(brief.intervals)
    for move in moves:
        counts[interval_class(move)] += 1
    return 2.5 * sum(abs(count / max(len(moves), 1) - share) for count, share in zip(counts, brief.intervals, strict=True))


def _fit(heights: Sequence[int], slots: Sequence[Slot], brief: LineBrief) -> float:
    """Object to strong notes that the harmony does not hold, above all the first and the last; for a call to any such note."""
    held = [height % 12 in slot.chord.tones for height, slot in zip(heights, slots, strict=True)]
    strong = [fits for fits, slot in zip(held, slots, strict=True) if slot.onset >= 0 and slot.weight >= 3]
    downbeat = next((fits for fits, slot in zip(held, slots, strict=True) if slot.onset >= 0), True)
    return (
        2.5 * strong.count(False) / max(len(strong), 1)
        + 2.0 * (not downbeat)
        + 1.5 * (not held[-1])
        + 4.0 * brief.chordal * held.count(False) / len(held)
    )


def _goal(slots: Sequence[Slot], brief: LineBrief) -> float:
    """Object to an end that is shorter than what came before it, where the motif should come to rest."""
    return 0.7 if brief.contour != "wave" and slots[-1].length < max(slot.length for slot in slots) else 0.0


def _profile(heights: Sequence[int], brief: LineBrief) -> float:
    """Object to a line that does not go where its contour says: by how far its ends and its peak are from it."""
    if len(heights) < 3 or brief.signs:
        return 0.0
    span = max(max(heights) - min(heights), 1)
    drift, peak = (heights[-1] - heights[0]) / span, heights.index(max(heights)) / (len(heights) - 1)
    match brief.contour:
        case "rising":
            return 1.5 * max(0.5 - drift, 0.0)
        case "falling":
            return 1.5 * max(drift + 0.5, 0.0) + 1.5 * max(peak - 0.4, 0.0)
        case "arch":
            return 1.0 * max(abs(drift) - 0.5, 0.0) + 2.0 * max(abs(peak - 0.55) - 0.3, 0.0)
        case _:
            return 1.0 * max(abs(drift) - 0.7, 0.0)


def _pace(slots: Sequence[Slot], brief: LineBrief) -> float:
    """Object to rhythms outside the spread of real themes: jerkier, or of one value up to the goal (a wheel or a recitation may be)."""
    lengths = [slot.length for slot in slots]
    jerks = 0.03 * max(npvi(lengths) - 72, 0)
    return jerks + (1.0 if len(set(lengths[:-1])) < 2 < len(lengths) and brief.folk < 0.8 and brief.contour != "wave" else 0.0)


def _habits(heights: Sequence[int], moves: Sequence[int], slots: Sequence[Slot], brief: LineBrief) -> float:
    """Object to what no folk song does: odd turns, odd degrees on strong beats, odd closes."""
    if not moves:
        return 0.0
    minor = brief.mode.minor
    turns = sum(surprise_of_move(a, b) for a, b in pairwise(moves)) / max(len(moves) - 1, 1)
    places = sum(surprise_of_degree(height, slot.weight, minor=minor) for height, slot in zip(heights, slots, strict=True)) / len(heights)
    return brief.folk * (0.9 * turns + 0.7 * places + 0.35 * surprise_of_close(moves[-1], minor=minor))


def _kept_echoes(heights: Sequence[int], bones: Skeleton) -> int:
    """Return in how many places an echo of the rhythm is one of the melody too."""
    return sum(
        signs(heights[a : a + size]) == signs(heights[b : b + size])
        for a, b, size in ((echo.first, echo.source, echo.size) for echo in bones.echoes)
        if size > 1
    )


def signs(heights: Sequence[int]) -> list[int]:
    """Return where a line goes up (1), stays (0) or goes down (-1)."""
    return [(b > a) - (b < a) for a, b in pairwise(heights)]
