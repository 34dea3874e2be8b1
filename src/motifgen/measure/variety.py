"""Variety: how much of a recording is literally there twice."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Part, Recording

_GRID = PPQ // 12
Pattern = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Variety:
    """How much of a recording is literally there twice. Onsets are taken on a grid of twelve to a quarter, drums left out.

    Parameters
    ----------
    bars_repeated : float
        Share of the bars that sound (all players together) whose onsets and pitches an earlier bar had too.
    part_bars_repeated : float
        The same of every player's bars, each beside the player's own.
    rhythms : float
        Distinct rhythms of a player's bar, divided by the bars played.
    pitches : float
        Mean number of distinct pitches in a player's bar.
    """

    bars_repeated: float
    part_bars_repeated: float
    rhythms: float
    pitches: float


def variety(recording: Recording) -> Variety:
    """Return the variety of a recording; zeros for one without pitched notes."""
    parts = [_bars(part, recording) for part in recording.parts if len(part.notes) and not part.drums]
    played = [pattern for bars in parts for pattern in bars.values()]
    if not played:
        return Variety(0.0, 0.0, 0.0, 0.0)
    whole: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for bars in parts:
        for number, pattern in bars.items():
            whole[number].update(pattern)
    rhythms = {tuple(sorted({place for place, _ in pattern})) for pattern in played}
    again = sum(len(bars) - len(set(bars.values())) for bars in parts)
    return Variety(
        round(1 - len({tuple(sorted(bar)) for bar in whole.values()}) / len(whole), 4),
        round(again / len(played), 4),
        round(len(rhythms) / len(played), 4),
        round(sum(len({pitch for _, pitch in pattern}) for pattern in played) / len(played), 3),
    )


def _bars(part: Part, recording: Recording) -> dict[int, Pattern]:
    """Return what a part begins in each bar: (place in the bar, pitch), in order."""
    starts = [bar.tick for bar in recording.bars] or [0]
    bars: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for onset, pitch in zip(part.notes["onset_tick"].tolist(), part.notes["pitch"].tolist(), strict=True):
        place = (onset + _GRID // 2) // _GRID * _GRID
        number = max(bisect_right(starts, place) - 1, 0)
        bars[number].append(((place - starts[number]) // _GRID, pitch))
    return {number: tuple(sorted(pattern)) for number, pattern in bars.items()}
