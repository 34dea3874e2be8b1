"""Arc: how a scene should feel over time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from motifgen import affect as words
from motifgen.affect import AXES, Affect
from motifgen.errors import NotationError, RangeError, UnknownNameError, shown
from motifgen.story.timecode import FrameRate, Timecode, parse_time

#: How far along the way to the next keyframe (0..1) each curve is, at a share of the time.
CURVES: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {
        "linear": lambda x: x,
        "smooth": lambda x: x * x * (3 - 2 * x),
        "hold": lambda _: 0.0,
        "late": lambda x: x**3,
        "early": lambda x: 1 - (1 - x) ** 3,
    }
)
_TURN = 0.25


@dataclass(frozen=True, slots=True)
class Keyframe:
    """What is asked at a moment (seconds), and the shape of the way to the next one."""

    at: Fraction
    affect: Affect
    curve: str = "linear"
    feel: str = ""

    def __post_init__(self) -> None:
        """Refuse a curve that does not exist."""
        if self.curve not in CURVES:
            raise UnknownNameError("curve", self.curve, CURVES, listed=True)


@dataclass(frozen=True, slots=True)
class Arc:
    """Affect over time: keyframes in order of time; two at one moment make a jump.

    Examples
    --------
    >>> arc = Arc((Keyframe(Fraction(0), Affect()), Keyframe(Fraction(10), Affect(tension=1.0))))
    >>> arc.at(Fraction(5)).tension
    0.5
    """

    points: tuple[Keyframe, ...]
    _times: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse an arc without points or out of order."""
        if not self.points:
            raise RangeError("an arc has no points; accepted: at least one")
        times = [point.at for point in self.points]
        for before, after in pairwise(times):
            if after < before:
                raise RangeError(f"an arc's points must be in order of time, but {float(after):g} s follows {float(before):g} s")
        for first, last in zip(times, times[2:], strict=False):
            if first == last:
                raise RangeError(f"an arc has three points at {float(first):g} s; accepted: one, or two for a jump")
        object.__setattr__(self, "_times", tuple(map(float, times)))

    @classmethod
    def of(cls, *points: tuple[object, ...]) -> Arc:
        """Return an arc of plain tuples ``(time, feeling[, axes][, curve])``.

        Parameters
        ----------
        *points : tuple
            A time as in a scene file, counted from the scene's start; an emotion word, words with weights, or an `Affect`;
            optionally axes that override the feeling (``{"tension": 0.9}``) and the curve to the next point.

        Examples
        --------
        >>> arc = Arc.of((0, Affect()), ("0:20", Affect(valence=-1.0), "smooth"))
        >>> arc.points[1].at, arc.points[1].curve
        (Fraction(20, 1), 'smooth')
        """
        return cls(tuple(_keyframe(point) for point in points))

    def at(self, seconds: Fraction | float) -> Affect:
        """Return what is asked at a moment; before the first keyframe the first, after the last the last."""
        before, after, amount = self._around(float(seconds))
        return before if before is after else _between(before, after, amount)

    def height(self, axis: str, seconds: Fraction | float) -> float:
        """Return one axis of what is asked at a moment, as `at` does for all: for whoever follows one axis all along.

        Examples
        --------
        >>> Arc.of((0, Affect()), (10, Affect(tension=1.0))).height("tension", 5)
        0.5
        """
        before, after, amount = self._around(float(seconds))
        start, end = getattr(before, axis), getattr(after, axis)
        return float(start) if before is after else round((1 - amount) * start + amount * end, 9)

    def _around(self, moment: float) -> tuple[Affect, Affect, float]:
        """Return the affects that a moment lies between (one twice, where nothing moves), and how far from the first to the second."""
        place = bisect_right(self._times, moment)
        here = self.points[max(place - 1, 0)]
        if place in (0, len(self.points)) or here.curve == "hold":
            return here.affect, here.affect, 0.0
        start = self._times[place - 1]
        return here.affect, self.points[place].affect, CURVES[here.curve]((moment - start) / (self._times[place] - start))

    def turns(self) -> tuple[Fraction, ...]:
        """Return the moments (seconds) at which the feeling turns, in order.

        A turn is a keyframe at which an axis that rose begins to fall (or the other way round) by at least a quarter, at which
        valence has changed sides, or at which a held feeling jumps.
        """
        found = {self.points[i].at for i in range(1, len(self.points)) if self._turns_at(i)}
        return tuple(sorted(found))

    def _turns_at(self, i: int) -> bool:
        before, here = self.points[i - 1], self.points[i]
        if before.affect.valence * here.affect.valence < 0 and _far(before.affect.valence, here.affect.valence):
            return True
        jumps = before.curve == "hold" or before.at == here.at
        if jumps and any(_far(getattr(before.affect, axis), getattr(here.affect, axis)) for axis in AXES):
            return True
        return i + 1 < len(self.points) and any(_bends(before.affect, here.affect, self.points[i + 1].affect, axis) for axis in AXES)


def _between(start: Affect, end: Affect, amount: float) -> Affect:
    keep = 1 - amount
    return Affect(
        round(keep * start.valence + amount * end.valence, 9),
        round(keep * start.arousal + amount * end.arousal, 9),
        round(keep * start.tension + amount * end.tension, 9),
        round(keep * start.power + amount * end.power, 9),
    )


def _far(one: float, other: float) -> bool:
    return round(abs(other - one), 9) >= _TURN


def _bends(before: Affect, here: Affect, after: Affect, axis: str) -> bool:
    came, goes = getattr(here, axis) - getattr(before, axis), getattr(after, axis) - getattr(here, axis)
    return bool(came * goes < 0 and round(min(abs(came), abs(goes)), 9) >= _TURN)


def _keyframe(point: tuple[object, ...]) -> Keyframe:
    if not isinstance(point, tuple) or len(point) < 2:
        raise NotationError(f"cannot read the arc point {shown(point)}; accepted: (time, feeling[, axes][, curve])")
    time, feeling, *more = point
    affect, said = _felt(feeling)
    keyframe = Keyframe(parse_time(time, Timecode(0), FrameRate()), affect, feel=said)
    for extra in more:
        if isinstance(extra, str):
            keyframe = replace(keyframe, curve=extra)
        elif isinstance(extra, Mapping):
            keyframe = replace(keyframe, affect=_overridden(keyframe.affect, extra))
        else:
            raise NotationError(f"cannot read {shown(extra)} in an arc point; accepted: a curve's name, or axes such as {{'tension': 0.9}}")
    return keyframe


def _felt(feeling: object) -> tuple[Affect, str]:
    if isinstance(feeling, Affect):
        return feeling, ""
    if isinstance(feeling, str):
        return words.feel(feeling), feeling
    if isinstance(feeling, Mapping):
        return words.feel(feeling), ", ".join(f"{word} {weight:g}" for word, weight in feeling.items())
    raise NotationError(f"cannot read the feeling {shown(feeling)}; accepted: a word, words with weights, or an Affect")


def _overridden(affect: Affect, axes: Mapping[str, float]) -> Affect:
    for axis in axes:
        if axis not in AXES:
            raise UnknownNameError("axis of feeling", str(axis), AXES)
    return replace(affect, **axes)
