"""Settling: where the arc asks for one tempo all along, the tempo near it at which the hits fall on beats almost by themselves.

Composers prefer a tempo that stays; with up to three hits there nearly always is one within a few percent of the wish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from motifgen.compose.spotting.anchors import MUST
from motifgen.compose.spotting.path import Search

#: The widest search, its steps, and the nudge that nobody hears, all as shares of the tempo.
_REACH, _STEPS, UNHEARD = 0.08, 64, 0.01
_STIFF = 200.0
_TRIED = 4


def settled(search: Search) -> Iterator[tuple[float, Search]]:
    """Go through a few factors by which the wished tempo may change so that one tempo will do, each with the search that insists on it.

    There are none where the wish itself moves, where there is nothing to meet, or where hits would need nudges that can be heard.
    """
    met = [search.wish.until(float(anchor.at)) for anchor in search.anchors if anchor.skip >= MUST]
    if not met or search.wish.fixed or not search.wish.level:
        return
    best: dict[tuple[int, ...], tuple[float, float]] = {}
    for n in range(-_STEPS, _STEPS + 1):
        factor = 1 + _REACH * n / _STEPS
        places = tuple(round(beats * factor) for beats in met)
        rank = (round(_nudge(met, places, factor), 6), factor)
        if rank[0] <= UNHEARD and search.wish.low <= search.wish.bpm(0) * factor <= search.wish.high:
            best[places] = min(rank, best.get(places, rank))
    for _, factor in sorted(best.values(), key=lambda rank: (round(abs(rank[1] - 1), 6), rank))[:_TRIED]:
        wish = search.wish._replace(beats=tuple(round(beats * factor, 9) for beats in search.wish.beats))
        yield factor, replace(search, wish=wish, stiffness=_STIFF)


def _nudge(met: Sequence[float], places: Sequence[int], factor: float) -> float:
    """Return the largest share by which a stretch between two hits would have to change for whole beats."""
    stretches = zip(pairwise([0.0, *met]), pairwise([0, *places]), strict=True)
    return max(abs((b - a) / ((later - earlier) * factor) - 1) if later > earlier else 1.0 for (earlier, later), (a, b) in stretches)
