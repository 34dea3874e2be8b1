"""How well a chair can play a strand: range, sweet spot, speed and breath."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from motifgen.compose.desk import ScoreNote
from motifgen.orchestra.instrument import Instrument

IMPOSSIBLE = float("inf")


def octave_for(instrument: Instrument, keys: Sequence[int], *, wished: int = 0, reach: int = 3) -> int | None:
    """Return by how many octaves a whole phrase moves so that no note is out of range, and as many as can lie in the sweet spot.

    Parameters
    ----------
    keys : sequence of int
        MIDI keys of the phrase.
    wished : int
        The octave that is best for the music: 0, or 1 for a doubling an octave above.
    reach : int
        How far from ``wished`` it may go.

    Returns
    -------
    int or None
        ``None`` where no octave fits.

    Examples
    --------
    >>> from motifgen.orchestra.instrument import instruments
    >>> octave_for(instruments()["flute"], [50, 57]), octave_for(instruments()["tuba"], [40, 43])
    (1, 0)
    """
    if instrument.drums:
        return 0 if all(instrument.low <= key <= instrument.high for key in keys) else None
    low, high = min(keys), max(keys)
    options = [k for k in range(wished - reach, wished + reach + 1) if instrument.low <= low + 12 * k and high + 12 * k <= instrument.high]
    return min(options, key=lambda k: (round(4.0 * abs(k - wished) + 0.7 * sourness(instrument, keys, k), 6), abs(k)), default=None)


def sourness(instrument: Instrument, keys: Sequence[int], octave: int = 0) -> float:
    """Return by how many semitones a phrase lies outside an instrument's sweet spot, on average over its notes."""
    shift = 12 * octave
    outside = sum(max(instrument.sweet_low - key - shift, 0) + max(key + shift - instrument.sweet_high, 0) for key in keys)
    return round(outside / len(keys), 6)


def haste(instrument: Instrument, notes: Sequence[ScoreNote], seconds_per_quarter: float) -> float:
    """Return how many times too fast a phrase is for an instrument, in its quickest five notes; at most 1 is playable."""
    if len(notes) < 3:
        return 0.0
    width = min(4, len(notes) - 1)
    spans = (notes[n + width].onset - notes[n].onset for n in range(len(notes) - width))
    shortest = min((span for span in spans if span > 0), default=Fraction(width))
    return round(width / max(float(shortest) * seconds_per_quarter, 1e-6) / instrument.agility, 6)
