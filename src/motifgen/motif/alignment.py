"""Finding one sequence within another, and one set of points within another; small and fast, for likeness."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_ROW = 1 << 10
_LATE, _MOSTLY = 0.8, 0.7
_NEAR = ((-1, 0.8), (1, 0.8), (-2, 0.2), (2, 0.2))


class Costs(dict[int, dict[int, float]]):
    """What it costs to take one whole number for another, both from ``-reach`` to ``reach``.

    A number's row is worked out when it is first asked for: most melodies need few of them.

    Examples
    --------
    >>> Costs(lambda a, b: float(a != b), 1)[0]
    {-1: 1.0, 0: 0.0, 1: 1.0}
    """

    def __init__(self, cost: Callable[[int, int], float], reach: int) -> None:
        """Hold the rule, and no row yet."""
        super().__init__()
        self.cost, self.reach = cost, reach

    def __missing__(self, number: int) -> dict[int, float]:
        row = self[number] = {other: self.cost(number, other) for other in range(-self.reach, self.reach + 1)}
        return row


def found_within(short: Sequence[int], long: Sequence[int], costs: Costs) -> float:
    """Return how much of a sequence is found within a longer one, 0 to 1.

    This is edit similarity in which the longer sequence may begin before and end after the shorter at no cost; leaving a number out or
    putting one in costs 1. Numbers beyond the table's reach cost as much as that.

    Examples
    --------
    >>> table = Costs(lambda a, b: float(a != b), 9)
    >>> found_within((2, 2, 1), (5, 2, 2, 1, -5), table), found_within((2, 2, 1), (5, 2, 1, -5), table)
    (1.0, 0.6666666666666667)
    """
    if not short or short == long:
        return 1.0
    reach = costs.reach
    across = [b if -reach <= b <= reach else reach if b > 0 else -reach for b in long]
    above = [0.0] * (len(long) + 1)
    for a in short:
        row_costs = costs[a if -reach <= a <= reach else reach if a > 0 else -reach]
        diagonal, left = above[0], above[0] + 1.0
        row = [left]
        for place, b in enumerate(across, start=1):
            best, up = diagonal + row_costs[b], above[place]
            diagonal = up
            best = min(best, up + 1.0)
            best = min(best, left + 1.0)
            row.append(best)
            left = best
        above = row
    return max(1.0 - min(above) / len(short), 0.0)


def matched_points(
    points: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]], scale: float = 1.0, late: Sequence[tuple[int, int]] = ()
) -> float:
    """Return how many points agree under the best shift in time and pitch, the others' time divided by a scale.

    A pitch a semitone off counts 0.8 and two off 0.2: degrees that a change of mode moves are still heard as the same. ``late`` are
    places where a point may be of which the other sequence has another pitch: they count up to 0.8 too, the more of what the others
    have beside the points is explained by them, and only where seven points of ten agree without them.

    Examples
    --------
    >>> matched_points([(0, 0), (4, 7), (8, 3)], [(0, 5), (8, 12), (16, 9)], scale=2.0)
    2.8
    >>> round(matched_points([(0, 0), (4, 7), (8, 3)], [(0, 0), (4, 9), (6, 7), (8, 3)], late=[(4, 7)]), 6)
    2.8
    """
    scaled = [int(onset / scale) * _ROW + pitch for onset, pitch in others]
    here = [onset * _ROW + pitch for onset, pitch in points]
    votes: dict[int, int] = {}
    for one in here:
        for other in scaled:
            shift = one - other
            votes[shift] = votes.get(shift, 0) + 1
    few = max(votes.values(), default=0) // 2
    best, at = max(((_credit(votes, shift, count), shift) for shift, count in votes.items() if count > few), default=(0.0, 0))
    if not late or len(others) <= len(points) or best < _MOSTLY * len(points):
        return best
    return best + _leaned(here, {other + at for other in scaled}, {int(onset / scale) * _ROW + pitch + at for onset, pitch in late})


def _leaned(points: Sequence[int], others: set[int], late: set[int]) -> float:
    """Return what the points gain that are there late: each the difference to what it counts as it is.

    They gain the less, the more of the notes that the others have beside them are no leaning ones.
    """
    more = max(len(others) - len(points), 1)
    found = [_LATE - _worth(point, others) for point in points if point in late]
    gains = sorted((gain for gain in found if gain > 0), reverse=True)[:more]
    return sum(gains) * len(gains) / more


def _worth(point: int, others: set[int]) -> float:
    return 1.0 if point in others else max((credit for apart, credit in _NEAR if point - apart in others), default=0.0)


def _credit(votes: dict[int, int], shift: int, count: int) -> float:
    total = float(count)
    for apart, credit in _NEAR:
        near = votes.get(shift + apart)
        if near:
            total += credit * near
    return total
