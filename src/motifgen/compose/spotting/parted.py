"""Close hits: where two follow each other faster than the beats, one keeps the beat and the other falls on a part of it.

The beat that they share is made so long that the part is exact: two hits 0.2 s apart are a third of a beat of 0.6 s, at 100 bpm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from math import inf
from typing import NamedTuple

from motifgen.compose.spotting.anchors import STATEMENT, Anchor
from motifgen.compose.spotting.bend import Pins
from motifgen.compose.spotting.wish import Wish

#: Parts of a beat that players read at sight.
PARTS = tuple(sorted({Fraction(k, n) for n in (2, 3, 4, 5, 6, 8) for k in range(1, n)}))
_NEAR = 0.95
_STRETCH = 1.3
_RARE = 0.03
_EXACT = Fraction(1, 1000)


class Close(NamedTuple):
    """A moment that may fall on a part of a beat.

    Parameters
    ----------
    anchor : Anchor
        What is there.
    beside : Fraction
        The moment (seconds), before or after it, that has the beat.
    """

    anchor: Anchor
    beside: Fraction

    @property
    def gap(self) -> Fraction:
        """Return the seconds between the two."""
        return abs(self.anchor.at - self.beside)


def parted(found: Sequence[Anchor], wish: Wish, length: Fraction) -> tuple[tuple[Anchor, ...], tuple[Close, ...]]:
    """Return the anchors that keep a beat of their own, and those that lie less than a beat from one of them.

    Of two the dearer keeps it, then the one that wants a downbeat more, then the first. The start and the end of the scene,
    downbeats and asked statements always do.
    """
    kept = [Anchor(Fraction(0), "downbeat", inf, 0.0)]
    close: list[Close] = []
    for anchor in found:
        last = kept[-1]
        if float(anchor.at - last.at) >= _NEAR * 60 / wish.bpm(float(last.at)):
            kept.append(anchor)
        elif _free(anchor, length) and ((last.skip, last.pull) >= (anchor.skip, anchor.pull) or not _free(last, length)):
            close.append(Close(anchor, last.at))
        elif _free(last, length) and all(it.beside != last.at for it in close):
            kept[-1] = anchor
            close.append(Close(last, anchor.at))
        else:
            kept.append(anchor)
    return tuple(kept[1:]), tuple(close)


def _free(anchor: Anchor, length: Fraction) -> bool:
    return anchor.on != "downbeat" and anchor.skip != STATEMENT and anchor.at < length


def shared(  # noqa: PLR0913, PLR0917 - what a beat depends on
    pins: Pins, close: Sequence[Close], pace: Mapping[int, float], edges: Sequence[int], felt: int, wish: Wish, *, exact: bool
) -> tuple[Pins, dict[Fraction, Fraction]]:
    """Return pins with the ends of the beats that close hits share, and the place (units) of each close hit that can be met.

    Parameters
    ----------
    pace : Mapping[int, float]
        Seconds a unit at places; that after the place where it stands.
    edges : Sequence[int]
        Places at which the tempo may change.
    felt : int
        The felt beat in units.
    exact : bool
        Whether these beats may be made longer or shorter; else hits fall on parts of them within their tolerance.
    """
    met: dict[Fraction, Fraction] = {}
    for (beside, after), group in groupby(close, lambda it: (it.beside, it.anchor.at > it.beside)):
        if beside not in pins.seconds:
            continue
        here, sign, mine = pins.places[pins.seconds.index(beside)], 1 if after else -1, tuple(group)
        usual = pace[here if after or not here else here - 1] * felt
        beat = _room(pins, beside, sign, felt)
        if beat is None and not exact:
            beat = Fraction(round(usual, 6))
        elif beat is None:
            beat = _beat(mine, usual, wish)
            moments = {here + sign * felt, *(edge for edge in edges if 0 < (edge - here) * sign < felt)}
            pins = _with(pins, {place: beside + Fraction(place - here, felt) * beat for place in moments})
        for it in mine:
            part = min(PARTS, key=lambda part: abs(part * beat - it.gap))
            if abs(part * beat - it.gap) <= it.anchor.slack + _EXACT:
                met[it.anchor.at] = here + sign * part * felt
    return pins, met


def _room(pins: Pins, beside: Fraction, sign: int, felt: int) -> Fraction | None:
    """Return how long the beat beside a moment is, if another hit is so near that it cannot be chosen."""
    at = pins.seconds.index(beside)
    other = at + sign
    if not 0 <= other < len(pins.places):
        return None
    units, seconds = abs(pins.places[other] - pins.places[at]), abs(pins.seconds[other] - beside)
    return seconds * felt / units if units < 2 * felt else None


def _beat(close: Sequence[Close], usual: float, wish: Wish) -> Fraction:
    """Return the beat (seconds) of which all fall on parts, as near to the usual as can be; a usual beat if there is none."""
    found = [beat for beat in _beats(close, usual) if 60 / wish.high <= beat <= 60 / wish.low]
    if not found:
        return Fraction(round(usual, 6))

    def rank(beat: Fraction) -> tuple[float, float]:
        off = max(min(abs(float(part * beat - it.gap)) for part in PARTS) for it in close)
        rare = max(min((abs(part * beat - it.gap), part.denominator > 4) for part in PARTS)[1] for it in close)
        return round(off, 6), round(max(float(beat) / usual, usual / float(beat)) + _RARE * rare, 9)

    return min(found, key=lambda beat: (rank(beat), beat))


def _beats(close: Sequence[Close], usual: float) -> Iterator[Fraction]:
    for it in close:
        for part in PARTS:
            beat = it.gap / part
            if usual / _STRETCH <= beat <= usual * _STRETCH:
                yield beat


def _with(pins: Pins, more: Mapping[int, Fraction]) -> Pins:
    """Return pins with others among them; those that would not rise in time are left out."""
    both = sorted({**more, **dict(zip(pins.places, pins.seconds, strict=True))}.items())
    rising = all(earlier < later for (_, earlier), (_, later) in pairwise(both))
    return Pins(*map(tuple, zip(*both, strict=True))) if rising else pins
