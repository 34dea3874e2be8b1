"""Spacing: which keys may stand together for a chord, and how well they stand.

Wide at the bottom and close on top; no interval below its low-interval limit; the root doubled rather than the third.

Notes
-----
N. Rimsky-Korsakov, *Principles of Orchestration* (1913); low-interval limits as published for arrangers (C4 = 60).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from motifgen.errors import RangeError
from motifgen.theory.chord import QUALITIES, Chord

LOW_LIMITS = (0, 52, 51, 48, 46, 46, 46, 34, 41, 41, 41, 41)
MOST = 160
REACH = (12, 12, 12, 12, 12, 8, 6, 5)
MISSING, SPARED, DOUBLED = (3.0, 6.0, 1.0, 4.0, 3.0), (2.0, 4.0, 0.3, 3.0, 2.0), (0.0, 0.9, 0.35, 2.5, 2.5)


class Shape(NamedTuple):
    """Keys that may stand for a chord, lowest first, and what they cost by themselves."""

    cost: float
    keys: tuple[int, ...]


class Room(NamedTuple):
    """Where the parts of a chord may lie.

    Parameters
    ----------
    low, high : int
        Lowest and highest MIDI key.
    parts : int
    spread : float
        0 close, 0.5 as usual, 1 wide.
    rooted : bool
        Whether the lowest part takes the chord's bass.
    ranges : tuple[tuple[int, int], ...]
        Lowest and highest key of each part, from the lowest part; empty where only the whole is bounded.
    """

    low: int
    high: int
    parts: int
    spread: float = 0.5
    rooted: bool = True
    ranges: tuple[tuple[int, int], ...] = ()

    def under(self, ceiling: int | None) -> Room:
        """Return the room below a tune, or the whole room where the tune lies too low for the parts to fit."""
        if ceiling is None or ceiling - self.low < 2 + 3 * self.parts:
            return self
        return self._replace(high=min(self.high, ceiling))

    def has(self, part: int, key: int) -> bool:
        """Tell whether a part may sound a key."""
        return not self.ranges or self.ranges[part][0] <= key <= self.ranges[part][1]


@lru_cache(maxsize=4096)
def shapes(chord: Chord, room: Room) -> tuple[Shape, ...]:
    """Return the best shapes of a chord in a room, best first.

    Raises
    ------
    RangeError
        When the parts do not fit.

    Examples
    --------
    >>> shapes(Chord.parse("C"), Room(48, 72, 4))[0].keys
    (48, 55, 64, 72)
    """
    members = tuple((chord.root.semitone + interval.semitones) % 12 for interval in QUALITIES[chord.quality])
    tones = [key for key in range(room.low, room.high + 1) if key % 12 in members]
    grounds = [key for key in range(room.low, room.high + 1) if key % 12 == chord.lowest.semitone][:3] if room.rooted else tones
    found: list[tuple[int, ...]] = []
    for ground in grounds:
        if room.has(0, ground):
            _grow((ground,), tones, room, found)
    if not found:
        raise RangeError(f"{room.parts} parts of {chord} do not fit between the keys {room.low} and {room.high}; accepted: a wider range")
    return tuple(sorted(Shape(round(_cost(keys, members, room), 6), keys) for keys in found)[:MOST])


def _grow(keys: tuple[int, ...], tones: list[int], room: Room, found: list[tuple[int, ...]]) -> None:
    """Add every way to go on from the keys upwards: the second part within two octaves, the others within one, many parts closer."""
    if len(keys) == room.parts:
        found.append(keys)
        return
    higher = [tone for tone in tones if tone > keys[-1]]
    reach = max(keys[-1] + REACH[min(room.parts, 7)] * (2 if len(keys) == 1 else 1), *higher[:1], 0)
    for tone in higher:
        if tone <= reach and room.has(len(keys), tone):
            _grow((*keys, tone), higher, room, found)


def _cost(keys: tuple[int, ...], members: tuple[int, ...], room: Room) -> float:
    total = _completeness(keys, members) + _muddiness(keys)
    width = (len(keys) - 1) * (4.2 + 5 * room.spread) + (3 if room.rooted else 0)
    total += 0.12 * abs(keys[-1] - keys[0] - width)
    total += 0.03 * abs((keys[0] + keys[-1]) / 2 - (room.low + room.high) / 2)
    upper = keys[1:] if room.rooted else keys
    return total + sum(0.25 * max(0, b - a - 7 - round(6 * room.spread)) for a, b in pairwise(upper))


def _completeness(keys: tuple[int, ...], members: tuple[int, ...]) -> float:
    """Return the price of missing and doubled members: thirds and sevenths must be there, roots may be doubled."""
    names = [key % 12 for key in keys]
    count = [names.count(member) for member in members]
    total = 0.0
    for at, times in enumerate(count):
        if not times:
            total += (MISSING if len(members) <= len(keys) + 1 else SPARED)[min(at, 4)]
        elif times > 1:
            total += (times - 1) * DOUBLED[min(at, 4)]
    return total + 0.4 * max(0, count[0] - 2)


def _muddiness(keys: tuple[int, ...]) -> float:
    """Return the price of intervals that lie lower than they may."""
    total = 0.0
    for a, b in pairwise(keys):
        gap = b - a
        limit = LOW_LIMITS[gap] if gap < 12 else 0
        total += 0.35 * max(0, limit - a)
    return total
