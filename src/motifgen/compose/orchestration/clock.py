"""A clock for questions of seconds: is this too fast, too long for one breath? Floats are close enough for those."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from motifgen.compose.desk import Spotting
from motifgen.sketch.events import PPQ


class Clock(NamedTuple):
    """Quarters and seconds of every change of tempo, and the seconds of a quarter from there on.

    Examples
    --------
    >>> Clock((0.0, 4.0), (0.0, 2.0), (0.5, 1.0)).second(6.0)
    4.0
    """

    quarters: tuple[float, ...]
    seconds: tuple[float, ...]
    lengths: tuple[float, ...]

    @classmethod
    def of(cls, spotting: Spotting) -> Clock:
        """Return the clock of a spotting."""
        steps = spotting.tempo.steps
        return cls(
            tuple(tick / PPQ for tick, _ in steps),
            tuple(float(spotting.tempo.seconds(tick)) for tick, _ in steps),
            tuple(microseconds / 1e6 for _, microseconds in steps),
        )

    def second(self, quarter: float) -> float:
        """Return the second of a place in quarters."""
        at = max(bisect_right(self.quarters, quarter) - 1, 0)
        return self.seconds[at] + (quarter - self.quarters[at]) * self.lengths[at]

    def quarter(self, second: float) -> float:
        """Return the place in quarters of a second."""
        at = max(bisect_right(self.seconds, second) - 1, 0)
        return self.quarters[at] + (second - self.seconds[at]) / self.lengths[at]
