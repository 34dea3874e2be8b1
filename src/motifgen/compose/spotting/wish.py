"""What the arc would like: a meter, and felt beats over time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from math import sqrt
from typing import NamedTuple

from motifgen.orchestra.palette import Palette
from motifgen.story import casting
from motifgen.story.arc import Arc
from motifgen.story.scene import Scene, Story
from motifgen.theory.time import Meter

SLOWEST, FASTEST = 46.0, 168.0
NUDGE = 0.03
_LEEWAY = 0.10
_STEADY = 0.05
#: How much of the bend that a palette likes the arc may use; the rest is for hits.
_SHARE = 0.75
#: More than factors lose by rounding.
_ROUNDED = 1e-9


class Wish(NamedTuple):
    """Felt beats that the arc asks for, counted from the scene's start.

    Parameters
    ----------
    step : float
        Seconds between two samples.
    beats : tuple[float, ...]
        Felt beats passed at each sample; rising.
    low, high : float
        The slowest and fastest felt beat (bpm) that a solution may use.
    fixed : bool
        Whether the composer named one tempo.
    """

    step: float
    beats: tuple[float, ...]
    low: float
    high: float
    fixed: bool = False

    @property
    def level(self) -> bool:
        """Tell whether one tempo is wished for all along."""
        steps = (after - before for before, after in pairwise(self.beats))
        return len({round(step, 6) for step in steps}) == 1

    def until(self, seconds: float) -> float:
        """Return the felt beats from the start to a moment."""
        place = min(max(seconds / self.step, 0.0), len(self.beats) - 1.0)
        at = min(int(place), len(self.beats) - 2)
        return self.beats[at] + (place - at) * (self.beats[at + 1] - self.beats[at])

    def when(self, beats: float) -> float:
        """Return the moment at which so many felt beats have passed."""
        at = min(max(bisect_right(self.beats, beats) - 1, 0), len(self.beats) - 2)
        return self.step * (at + (beats - self.beats[at]) / (self.beats[at + 1] - self.beats[at]))

    def bpm(self, seconds: float) -> float:
        """Return the wished tempo at a moment."""
        at = min(max(int(seconds / self.step), 0), len(self.beats) - 2)
        return (self.beats[at + 1] - self.beats[at]) * 60 / self.step


def felt_beat(meter: Meter) -> Fraction:
    """Return what a listener taps, in quarters: the beat, or a pair of units where the beat is as short as in 7/8.

    Examples
    --------
    >>> felt_beat(Meter(6, 8)), felt_beat(Meter(7, 8)), felt_beat(Meter(2, 2))
    (Fraction(3, 2), Fraction(1, 1), Fraction(2, 1))
    """
    if meter.unit < 8 or meter.compound:
        return meter.beat
    return meter.bar if meter.count == 3 else 2 * meter.beat


def choose_meter(scene: Scene, palette: Palette, story: Story | None = None) -> Meter:
    """Return the scene's meter, else the one in which the first lead's theme is written, else the palette's first.

    A theme that is still to be invented counts with the meter that is asked of it, else with the one it will have if the palette has it.
    """
    if scene.meter is not None:
        return scene.meter
    for cast in sorted(scene.cast, key=lambda cast: cast.span.start):
        if cast.role == "lead":
            written = cast.who.motif.meter
            meter = str(written or casting.themes(scene, story)[cast.who.key].meter)
            return Meter.parse(meter if written or meter in palette.meters else palette.meters[0])
    return Meter.parse(palette.meters[0])


def wished(scene: Scene, palette: Palette, bar: float = 4.0) -> Wish:
    """Return the tempo that the scene's arousal asks for, inside the scene's own tempo or the palette's.

    A palette's range may be left by a tenth where a hit needs it, a range of the scene's own not at all; one tempo alone may be
    nudged by `NUDGE`, which few can hear. Where the arc turns faster than the palette lets the tempo bend, the tempo begins to turn
    before and goes on after.

    Parameters
    ----------
    bar : float
        Felt beats of a bar.
    """
    low, high = scene.tempo or palette.tempo
    length = float(scene.length)
    count = min(max(round(length * 4), 8), 2880)
    step = length / count
    tempi = [_tempo(scene.arc, (i + 0.5) * step, low, high) for i in range(count)]
    if max(tempi) / min(tempi) <= 1 + _STEADY:
        tempi = [sum(tempi) / count] * count
    tempi = _gentle(tempi, step, (1 + _SHARE * palette.bend) ** (1 / bar))
    give = NUDGE if low == high else 0.0 if scene.tempo else _LEEWAY
    beats = (0.0, *accumulate(tempo * step / 60 for tempo in tempi))
    return Wish(step, beats, low * (1 - give), high * (1 + give), fixed=low == high)


def _gentle(tempi: Sequence[float], step: float, most: float) -> list[float]:
    """Return tempi that change by no more than a factor in a beat, and turn no more slowly than that allows.

    Where the arc turns once, only one of the two between which the way lies is on the move at a time, so that it changes half as fast
    as they do: twice as fast is just right there, and what is too fast where turns are close is then made gentler.
    """
    return _midway(_midway(tempi, step, most**2), step, most)


def _midway(tempi: Sequence[float], step: float, most: float) -> list[float]:
    """Return the tempi midway between the nearest above and the nearest below that change by no more than a factor in a beat."""
    gentle = most ** (min(tempi) * step / 60) - _ROUNDED
    if all(max(pair) <= gentle * min(pair) for pair in pairwise(tempi)):
        return list(tempi)
    factors = [round(most ** (tempo * step / 60), 12) for tempo in tempi]
    above, below = list(tempi), list(tempi)
    rising = [(i, i - 1) for i in range(1, len(tempi))]
    for i, before in (*rising, *((before, i) for i, before in reversed(rising))):
        above[i] = max(above[i], above[before] / factors[i])
        below[i] = min(below[i], below[before] * factors[i])
    return [here if high == low else round(sqrt(high * low), 6) for here, high, low in zip(tempi, above, below, strict=True)]


def _tempo(arc: Arc, seconds: float, low: float, high: float) -> float:
    asked = 92 * 2 ** (0.75 * arc.height("arousal", seconds))
    return round(min(max(min(max(asked, SLOWEST), FASTEST), low), high), 6)
