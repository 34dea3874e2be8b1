"""Harmonic rhythm: where chords may change, and when a change is due."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from motifgen.affect import Affect
from motifgen.theory.time import Meter


def grid(start: Fraction, end: Fraction, origin: Fraction, meter: Meter, kind: str) -> tuple[Fraction, ...]:
    """Return the places from start up to end where chords may change: every beat or accented group."""
    offsets = beats(meter) if kind == "beat" else meter.accents
    bar = start - (start - origin) % meter.bar
    found = []
    while bar < end:
        found += [bar + offset for offset in offsets if start <= bar + offset < end]
        bar += meter.bar
    return tuple(found)


def beats(meter: Meter) -> tuple[Fraction, ...]:
    """Return the beats of a bar on which a chord may stand; in meters that are counted in eighths those are its groups.

    Examples
    --------
    >>> [str(offset) for offset in beats(Meter(7, 8))], len(beats(Meter(4, 4)))
    (['0', '1', '2'], 4)
    """
    return tuple(meter.beat * i for i in range(meter.beats)) if meter.beat >= 1 else meter.accents


def wanted(rhythm: float, affect: Affect) -> float:
    """Return the seconds that a chord should last: those at neutral arousal, fewer when aroused.

    Examples
    --------
    >>> wanted(2.0, Affect(arousal=0.0)), wanted(2.0, Affect(arousal=1.0)) < 1.2
    (2.0, True)
    """
    return float(rhythm * 2 ** (-0.8 * affect.arousal))


def is_due(offset: Fraction, meter: Meter, affect: Affect, rhythm: float, seconds: Fraction) -> bool:
    """Tell whether a chord should change at a place: by how long chords last, shorter when aroused.

    Parameters
    ----------
    offset : Fraction
        Quarters from a bar line.
    rhythm : float
        Seconds that a chord lasts at neutral arousal.
    seconds : Fraction
        How long a quarter lasts.
    """
    pace, asked = float(seconds), wanted(rhythm, affect)
    _, length = min((round(abs(quarters * pace - asked), 6), exact) for quarters, exact in _lengths(meter))
    return not offset % length if length in (meter.beat, meter.bar, 2 * meter.bar) else offset % meter.bar in meter.accents


@lru_cache(maxsize=64)
def _lengths(meter: Meter) -> tuple[tuple[float, Fraction], ...]:
    """Return the lengths that a chord may have, in quarters: a beat, an accented group, a bar, two bars."""
    group = meter.accents[1] if len(meter.accents) > 1 else meter.bar
    return tuple((float(length), length) for length in sorted({meter.beat, group, meter.bar, 2 * meter.bar}))
