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

from dataclasses import dataclass
from functools import cache
from math import log2, sqrt

from motifgen.errors import ensure
from motifgen.motif.alignment import Costs, found_within, matched_points
from motifgen.motif.motif import Motif
from motifgen.motif.profile import Profile, profile

_CONTOUR, _INTERVALS, _RHYTHM, _HARMONY = 0.2, 0.35, 0.35, 0.1
_CHANCE_LINE, _CHANCE_POINTS, _FEW, _FEW_POINTS = 0.5, 0.43, 0.8, 0.3
_PACE, _WIDTH = 0.22, 0.25
_SCALES = (1.0, 2.0, 0.5)


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
    for motif in (theme, variant):
        ensure("what is compared", motif, Motif)
    return compared(profile(theme), profile(variant))


def compared(theme: Profile, variant: Profile) -> Likeness:
    """Return the likeness of two profiles, for callers that compare one theme with many."""
    if not theme.points or not variant.points:
        alike = float(theme.points == variant.points)
        return Likeness(alike, alike, alike, alike, alike, alike)
    short, long = (theme, variant) if len(theme.points) <= len(variant.points) else (variant, theme)
    contour = found_within(short.moves, long.moves, _contour_costs())
    intervals = found_within(short.moves, long.moves, _move_costs())
    rhythm = found_within(short.paces, long.paces, _pace_costs())
    harmony = sum(map(min, theme.dwelling, variant.dwelling))
    share = len(short.points) / len(long.points)
    line = _CONTOUR * contour + _INTERVALS * intervals + _RHYTHM * rhythm + _HARMONY * harmony
    chance = min(_CHANCE_LINE + _FEW / len(short.points), 0.67)
    line = _above(line, chance) * sqrt(share) * (1 - _PACE * min(_doublings(theme.pulse, variant.pulse), 2.0))
    line *= 1 - _WIDTH * share * min(_doublings(_width(theme), _width(variant)), 2.0)
    points, cover = _by_points(theme, variant, short, long)
    return Likeness(*(round(part, 6) for part in (max(line, points), contour, intervals, rhythm, harmony, cover)))


def _above(value: float, chance: float) -> float:
    return max((value - chance) / (1 - chance), 0.0)


def _doublings(one: float, other: float) -> float:
    """Return how many times the smaller must be doubled to become the other, to the nearest half; small odds are none."""
    if not one or not other:
        return 0.0
    return int(round(abs(log2(one / other)), 9) * 2 + 0.5) / 2


def _width(melody: Profile) -> float:
    """Return the mean size of the moves, in semitones."""
    return sum(map(abs, melody.moves)) / len(melody.moves) if melody.moves else 0.0


def _by_points(theme: Profile, variant: Profile, short: Profile, long: Profile) -> tuple[float, float]:
    """Return the likeness by points, and how much of the longer motif they cover."""
    best, most, chance = 0.0, 0.0, _CHANCE_POINTS + _FEW_POINTS / len(short.points)
    for scale in _SCALES:
        if scale != 1.0 and (most > 0.9 * len(short.points) or _doublings(theme.pulse, variant.pulse) < 0.5):
            continue
        matched = min(matched_points(short.points, long.points, scale, long.leanings), float(len(short.points)))
        value = _above(matched / len(short.points), chance) * (1.0 if scale == 1.0 else 1 - _PACE)
        best, most = max(best, value), max(most, matched)
    return best * (len(short.points) / len(long.points)) ** 0.5, most / len(long.points)


@cache
def _contour_costs() -> Costs:
    return Costs(_contour_cost, 24)


@cache
def _move_costs() -> Costs:
    return Costs(_move_cost, 24)


@cache
def _pace_costs() -> Costs:
    return Costs(_pace_cost, 60)


def _contour_cost(a: int, b: int) -> float:
    """Return 0 for the same direction, 1 for opposite ones, a half where one of the two stays."""
    if (a > 0) - (a < 0) == (b > 0) - (b < 0):
        return 0.0
    return 1.0 if a and b else 0.5


def _move_cost(a: int, b: int) -> float:
    """Return 0 for the same interval, little for a semitone more or less in the same direction, 1 for unlike moves."""
    apart = abs(a - b)
    if a * b <= 0:
        return (0.0, 0.6)[apart] if apart < 2 else 1.0
    return (0.0, 0.15, 0.5, 0.8)[apart] if apart < 4 else 1.0


def _pace_cost(a: int, b: int) -> float:
    return min(abs(a - b) / 12, 1.0)
