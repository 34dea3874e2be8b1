"""How much of a theme is still heard in a variant.

Two ways of hearing are tried, and the better one counts. *Line*: contour, intervals and rhythm of the shorter motif are
aligned within the longer one, so that a fragment is compared with the place it comes from. *Points*: notes are matched
where time and pitch agree under the best shift, so that an ornamented theme is heard through its ornaments. Both are set
so that unrelated folk melodies rarely pass 0.5 (``docs/likeness.md`` has the figures).

Sources: D. Müllensiefen and K. Frieler, "Cognitive adequacy in the measurement of melodic similarity" (2004), for weighing interval,
rhythm and implied harmony; D. Meredith, K. Lemström and G. Wiggins, "Algorithms for discovering repeated patterns" (2002), for points;
W. Dowling, "Recognition of melodic transformations" (1972), for what is harder to hear. The weights are this project's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2, sqrt

from motifgen.motif.motif import Motif
from motifgen.motif.profile import Profile, profile

_CONTOUR, _INTERVALS, _RHYTHM, _HARMONY = 0.2, 0.35, 0.35, 0.1
_CHANCE_LINE, _CHANCE_POINTS = 0.4, 0.4
_SLOWER = 0.22
_SCALES = (1.0, 2.0, 0.5)
_CREDIT = (1.0, 0.8, 0.2)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two motifs are, 0 to 1, with the parts it is made of.

    Parameters
    ----------
    total : float
        1 is the same theme, transposed or not; below 0.5 most listeners would not find the one in the other.
    contour, intervals, rhythm : float
        How much of the shorter motif's ups and downs, moves and durations is found in the longer one.
    harmony : float
        How far both dwell on the same degrees.
    cover : float
        How much of the longer motif is heard in the shorter one.
    """

    total: float
    contour: float
    intervals: float
    rhythm: float
    harmony: float
    cover: float


def likeness(theme: Motif, variant: Motif) -> Likeness:
    """Return how much of a theme is still heard in a variant; invariant under transposition, and under tempo.

    Two motifs that never sound are alike; one that does and one that does not are not.

    Examples
    --------
    >>> from motifgen.motif.transform.table import parse_transform
    >>> theme = Motif.parse("A4/e | D5/q. E5/e F5/q E5/e D5 | A5/h F5/q", key="D minor")
    >>> likeness(theme, parse_transform("transpose 5")(theme)).total
    1.0
    >>> likeness(theme, parse_transform("major")(theme)).total > likeness(theme, parse_transform("invert")(theme)).total
    True
    """
    return compared(profile(theme), profile(variant))


def compared(theme: Profile, variant: Profile) -> Likeness:
    """Return the likeness of two profiles, for callers that compare one theme with many."""
    if not theme.points or not variant.points:
        alike = float(theme.points == variant.points)
        return Likeness(alike, alike, alike, alike, alike, alike)
    short, long = sorted((theme, variant), key=lambda one: len(one.points))
    contour = _found(short.moves, long.moves, _contour_cost)
    intervals = _found(short.moves, long.moves, _move_cost)
    rhythm = _found(short.paces, long.paces, _pace_cost)
    harmony = sum(map(min, theme.dwelling, variant.dwelling))
    line = _CONTOUR * contour + _INTERVALS * intervals + _RHYTHM * rhythm + _HARMONY * harmony
    line = _above(line, _CHANCE_LINE) * sqrt(len(short.points) / len(long.points))
    points, cover = _points(theme, variant)
    total = max(line, points) * _pace_kept(theme, variant)
    return Likeness(*(round(part, 6) for part in (total, contour, intervals, rhythm, harmony, cover)))


def _above(value: float, chance: float) -> float:
    return max((value - chance) / (1 - chance), 0.0)


def _contour_cost(a: int, b: int) -> float:
    if (a > 0) - (a < 0) == (b > 0) - (b < 0):
        return 0.0
    return 1.0 if a and b else 0.5


def _move_cost(a: int, b: int) -> float:
    """Return 0 for the same interval, little for a semitone more or less in the same direction, 1 for unlike moves."""
    if a == b:
        return 0.0
    if a * b <= 0:
        return 1.0 if abs(a - b) > 1 else 0.6
    return (0.15, 0.5, 0.8)[abs(a - b) - 1] if abs(a - b) <= 3 else 1.0


def _pace_cost(a: int, b: int) -> float:
    return min(abs(a - b) / 12, 1.0)


def _found(short: Sequence[int], long: Sequence[int], cost: Callable[[int, int], float]) -> float:
    """Return how much of a sequence is found within a longer one, 0 to 1: edit similarity with free ends."""
    if not short:
        return 1.0
    above = [0.0] * (len(long) + 1)
    for a in short:
        left = above[0] + 1.0
        row = [left]
        for place, b in enumerate(long):
            best = above[place] + cost(a, b)
            best = min(best, above[place + 1] + 1.0, left + 1.0)
            row.append(best)
            left = best
        above = row
    return max(1.0 - min(above) / len(short), 0.0)


def _points(theme: Profile, variant: Profile) -> tuple[float, float]:
    """Return the likeness by points, and how much of the longer motif they cover."""
    matched = max(_matched(theme, variant, scale) for scale in _SCALES)
    short, long = sorted((len(theme.points), len(variant.points)))
    return _above(matched / short, _CHANCE_POINTS) * sqrt(short / long), matched / long


def _matched(theme: Profile, variant: Profile, scale: float) -> float:
    """Return how many points agree under the best shift, the variant's time divided by a scale."""
    where = dict(theme.points)
    scaled = [(int(onset / scale), pitch) for onset, pitch in variant.points]
    best = 0.0
    for base_onset, base_pitch in theme.points:
        for onset, pitch in scaled[:2]:
            best = max(best, _agreeing(where, scaled, base_onset - onset, base_pitch - pitch))
    for onset, pitch in scaled[2:]:
        best = max(best, _agreeing(where, scaled, -onset, -pitch))
    return best


def _agreeing(where: dict[int, int], points: list[tuple[int, int]], later: int, higher: int) -> float:
    total = 0.0
    for onset, pitch in points:
        other = where.get(onset + later)
        if other is not None and -3 < (apart := other - pitch - higher) < 3:
            total += _CREDIT[abs(apart)]
    return total


def _pace_kept(theme: Profile, variant: Profile) -> float:
    """Return 1 where the notes go by as fast, less by a little for every doubling."""
    if not theme.length or not variant.length:
        return 1.0
    a, b = theme.length / (len(theme.points) - 1), variant.length / (len(variant.points) - 1)
    return max(1.0 - _SLOWER * min(abs(log2(a / b)), 2.0), 0.0)
