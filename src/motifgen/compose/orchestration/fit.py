"""How well an instrument can play a strand: range, sweet spot and speed."""

from __future__ import annotations

from collections.abc import Sequence

from motifgen.orchestra.instrument import Instrument

Keys = Sequence[tuple[int, int]]
IMPOSSIBLE = float("inf")
_SOUR, _FAR = 0.7, 4.0


def octave_for(instrument: Instrument, keys: Keys, *, wished: int = 0, reach: int = 2) -> int | None:
    """Return by how many octaves a whole phrase moves so that no note is out of range, and as many as can lie in the sweet spot.

    Parameters
    ----------
    keys : sequence of (int, int)
        MIDI keys of the phrase, lowest first, each with how often it is played.
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
    >>> octave_for(instruments()["flute"], [(50, 1), (57, 2)]), octave_for(instruments()["tuba"], [(40, 1), (43, 1)])
    (1, 0)
    """
    low, high = keys[0][0], keys[-1][0]
    if instrument.drums:
        return 0 if instrument.low <= low and high <= instrument.high else None
    least = max(-((low - instrument.low) // 12), wished - reach)
    most = min((instrument.high - high) // 12, wished + reach)
    if least > most:
        return None
    if least <= wished <= most and not sourness(instrument, keys, wished):
        return wished
    return _sweetest(instrument, keys, range(least, most + 1), wished)


def _sweetest(instrument: Instrument, keys: Keys, octaves: Sequence[int], wished: int) -> int:
    """Return the octave of least cost: near the wished one, and with as many notes as can be in the sweet spot."""
    best = (IMPOSSIBLE, 0, 0)
    for octave in sorted(octaves, key=lambda octave: abs(octave - wished)):
        away = _FAR * abs(octave - wished)
        if away > best[0]:
            break  # farther away is dearer still
        best = min(best, (away + _SOUR * sourness(instrument, keys, octave), abs(octave), octave))
    return best[2]


def within(instrument: Instrument, keys: Keys, octave: int) -> bool:
    """Tell whether a whole phrase, moved by octaves, is in an instrument's range; drums are not moved."""
    by = 0 if instrument.drums else 12 * octave
    return instrument.low <= keys[0][0] + by and keys[-1][0] + by <= instrument.high


def sourness(instrument: Instrument, keys: Keys, octave: int = 0) -> float:
    """Return by how many semitones a phrase lies outside an instrument's sweet spot, on average over its notes."""
    low, high = instrument.sweet_low - 12 * octave, instrument.sweet_high - 12 * octave
    if keys[0][0] >= low and keys[-1][0] <= high:
        return 0.0
    outside = sum(count * (low - key if key < low else key - high if key > high else 0) for key, count in keys)
    return round(outside / sum(count for _, count in keys), 6)


def strain(instrument: Instrument, keys: Keys, octave: int = 0) -> float:
    """Return by how many semitones long notes lie outside the part of the sweet spot in which they cost no effort, on average.

    That part ends a quarter below the top and begins a tenth above the bottom: what is only good for a moment is no place to stay
    (after W. Piston, *Orchestration*, 1955, on the registers of winds).

    Examples
    --------
    >>> from motifgen.orchestra.instrument import instruments
    >>> strain(instruments()["horn"], [(60, 1), (64, 1)]), strain(instruments()["horn"], [(72, 1)])
    (0.0, 6.0)
    """
    span = instrument.sweet_high - instrument.sweet_low
    low = instrument.sweet_low + span // 10 - 12 * octave
    high = instrument.sweet_high - span // 4 - 12 * octave
    if keys[0][0] >= low and keys[-1][0] <= high:
        return 0.0
    outside = sum(count * (low - key if key < low else key - high if key > high else 0) for key, count in keys)
    return round(outside / sum(count for _, count in keys), 6)


def haste(instrument: Instrument, busiest: float, seconds_per_quarter: float) -> float:
    """Return how many times too fast a phrase is for an instrument; at most 1 is playable.

    Parameters
    ----------
    busiest : float
        Its most onsets a quarter.
    """
    return busiest / max(seconds_per_quarter, 1e-6) / instrument.agility
