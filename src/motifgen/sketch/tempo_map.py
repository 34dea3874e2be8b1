"""Tempo map: ticks and seconds, exact both ways, from the whole microseconds that a MIDI file holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from motifgen.errors import RangeError
from motifgen.sketch.events import PPQ

LONGEST = 16_777_215


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
    _starts: tuple[Fraction, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the steps and integrate them once."""
        ticks = [tick for tick, _ in self.steps]
        if not ticks or ticks[0] or ticks != sorted(set(ticks)):
            raise RangeError("a tempo map must begin at tick 0 and its ticks must rise")
        if not all(1 <= microseconds <= LONGEST for _, microseconds in self.steps):
            raise RangeError(f"a tempo must be 1 to {LONGEST} microseconds a quarter")
        starts = [Fraction(0)]
        for (tick, microseconds), (following, _) in zip(self.steps, self.steps[1:], strict=False):
            starts.append(starts[-1] + Fraction((following - tick) * microseconds, PPQ * 1_000_000))
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
        at = max(bisect_right(self.steps, (tick, LONGEST + 1)) - 1, 0)
        start, microseconds = self.steps[at]
        return self._starts[at] + (tick - start) * Fraction(microseconds, PPQ * 1_000_000)

    def exact_tick(self, seconds: Fraction) -> Fraction:
        """Return the tick of a second, unrounded."""
        at = max(bisect_right(self._starts, seconds) - 1, 0)
        start, microseconds = self.steps[at]
        return start + (seconds - self._starts[at]) * Fraction(PPQ * 1_000_000, microseconds)

    def tick(self, seconds: Fraction) -> int:
        """Return the nearest tick of a second."""
        return round(self.exact_tick(seconds))

    def bpm(self, tick: int) -> float:
        """Return quarters per minute at a tick."""
        at = max(bisect_right(self.steps, (tick, LONGEST + 1)) - 1, 0)
        return 60_000_000 / self.steps[at][1]


def to_tick(quarters: Fraction) -> int:
    """Return the nearest tick of a place in quarters."""
    return round(quarters * PPQ)
