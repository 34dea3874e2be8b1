"""Tempo map: ticks and seconds, exact both ways, from the whole microseconds that a MIDI file holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from motifgen.errors import RangeError
from motifgen.sketch.events import PPQ

LONGEST = 16_777_215
#: How many of the units in which starts are counted (a tick at a microsecond a quarter) make a second.
SECOND = PPQ * 1_000_000


@dataclass(frozen=True, slots=True)
class TempoMap:
    """Constant steps of tempo.

    Parameters
    ----------
    steps : tuple[tuple[int, int], ...]
        (tick, microseconds per quarter), ticks rising from 0, each from 1 to 16 777 215 microseconds.

    Examples
    --------
    >>> tempo = TempoMap(((0, 500_000), (1920, 1_000_000)))
    >>> tempo.seconds(2880), tempo.tick(Fraction(2))
    (Fraction(2, 1), 2880)
    """

    steps: tuple[tuple[int, int], ...]
    _ticks: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the steps and integrate them once."""
        ticks = [tick for tick, _ in self.steps]
        if not ticks or ticks[0] or ticks != sorted(set(ticks)):
            raise RangeError("a tempo map must begin at tick 0 and its ticks must rise")
        if not all(1 <= microseconds <= LONGEST for _, microseconds in self.steps):
            raise RangeError(f"a tempo must be 1 to {LONGEST} microseconds a quarter")
        starts = [0]
        for (tick, microseconds), following in zip(self.steps, ticks[1:], strict=False):
            starts.append(starts[-1] + (following - tick) * microseconds)
        object.__setattr__(self, "_ticks", tuple(ticks))
        object.__setattr__(self, "_starts", tuple(starts))

    @classmethod
    def of(cls, steps: Iterable[tuple[int, int]]) -> TempoMap:
        """Return a map without steps that change nothing."""
        kept: list[tuple[int, int]] = []
        for tick, microseconds in steps:
            if not kept or kept[-1][1] != microseconds:
                kept.append((tick, microseconds))
        return cls(tuple(kept))

    def seconds(self, tick: int | Fraction) -> Fraction:
        """Return the exact second of a tick; ticks before 0 run at the first tempo."""
        return Fraction(*self._ratio(*tick.as_integer_ratio()))

    def second(self, quarters: int | Fraction) -> Fraction:
        """Return the exact second of a place in quarters."""
        number, parts = quarters.as_integer_ratio()
        return Fraction(*self._ratio(number * PPQ, parts))

    def instant(self, quarters: int | Fraction) -> float:
        """Return the second of a place in quarters as the nearest float, for whoever asks what holds at a moment."""
        number, parts = quarters.as_integer_ratio()
        units, whole = self._ratio(number * PPQ, parts)
        return units / whole

    def _ratio(self, number: int, parts: int) -> tuple[int, int]:
        """Return the second of a tick, ``number / parts``, as a ratio that is not in its lowest terms."""
        at = max(bisect_right(self._ticks, number // parts) - 1, 0)
        start, microseconds = self.steps[at]
        return self._starts[at] * parts + (number - start * parts) * microseconds, parts * SECOND

    def exact_tick(self, seconds: int | Fraction) -> Fraction:
        """Return the tick of a second, unrounded."""
        number, parts = seconds.as_integer_ratio()
        units = number * SECOND
        at = max(bisect_right(self._starts, units // parts) - 1, 0)
        start, microseconds = self.steps[at]
        return Fraction(units - self._starts[at] * parts + start * microseconds * parts, microseconds * parts)

    def tick(self, seconds: int | Fraction) -> int:
        """Return the nearest tick of a second."""
        return round(self.exact_tick(seconds))

    def bpm(self, tick: int) -> float:
        """Return quarters per minute at a tick."""
        at = max(bisect_right(self._ticks, tick) - 1, 0)
        return 60_000_000 / self.steps[at][1]


def to_tick(quarters: Fraction) -> int:
    """Return the nearest tick of a place in quarters."""
    return round(quarters * PPQ)
