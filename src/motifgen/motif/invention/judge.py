"""How good a drawn motif is: a sum of faults, each a musician's objection; the least is best."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from motifgen.motif.invention.harmony import Implied, chord_at
from motifgen.motif.motif import Motif
from motifgen.motif.statistics import INTERVALS, Figures, figures
from motifgen.theory.time import Meter


def faults(motif: Motif, chords: Sequence[Implied], shares: Sequence[float], span: int) -> float:
    """Return the sum of faults of a motif.

    Parameters
    ----------
    motif : Motif
    chords : Sequence[Implied]
        The harmony it implies.
    shares : Sequence[float]
        The share of each class of intervals that its archetype asks for.
    span : int
        The range asked for, in semitones.
    """
    heard, counted = motif.sounding(), figures(motif)
    pitches = [pitch.midi for _, _, pitch in heard]
    tonic = motif.key.tonic.at(4).midi
    return (
        _shape(pitches)
        + _skips(pitches)
        + _likeness(counted, shares)
        + 0.25 * abs(counted.range - span)
        + _fit([(onset - motif.pickup, pitch - tonic) for (onset, _, _), pitch in zip(heard, pitches, strict=True)], chords, motif.meter)
        + _goal([duration for _, duration, _ in heard])
    )


def _shape(pitches: Sequence[int]) -> float:
    """Object to a peak that comes twice apart, to running on the spot, and to a rocking between two notes."""
    top = max(pitches)
    peaks = sum(1 for i, pitch in enumerate(pitches) if pitch == top and (not i or pitches[i - 1] != top))
    still = sum(a == b == c for a, b, c in zip(pitches, pitches[1:], pitches[2:], strict=False))
    rocking = sum(a == c and b == d and a != b for a, b, c, d in zip(pitches, pitches[1:], pitches[2:], pitches[3:], strict=False))
    return 1.2 * (peaks - 1) + 0.4 * still + 1.0 * rocking


def _skips(pitches: Sequence[int]) -> float:
    """Object to leaps that are not taken back, and to intervals that are hard to sing."""
    moves = [b - a for a, b in pairwise(pitches)]
    hard = sum({10: 1.0, 11: 2.0, 6: 0.8}.get(abs(move), 3.0 if abs(move) > 12 else 0.0) for move in moves)
    unturned = sum(abs(a) >= 5 and a * b > 0 for a, b in pairwise(moves))
    leaps = sum(abs(move) >= 5 for move in moves)
    return hard + 0.8 * unturned + 0.6 * max(leaps - 2, 0)


def _likeness(counted: Figures, shares: Sequence[float]) -> float:
    """Object to shares of intervals that are far from what is asked."""
    return 3.0 * sum(abs(counted.share(name) - share) for name, share in zip(INTERVALS, shares, strict=True))


def _fit(heard: Sequence[tuple[Fraction, int]], chords: Sequence[Implied], meter: Meter) -> float:
    """Object to strong notes that the harmony does not hold."""
    strong = [(at, height) for at, height in heard if at >= 0 and meter.weight(at) >= 3]
    out = sum(height % 12 not in chord_at(chords, at).tones for at, height in strong)
    return 2.0 * out / max(len(strong), 1)


def _goal(durations: Sequence[Fraction]) -> float:
    """Object to an end that is shorter than what came before it."""
    return 0.0 if durations[-1] >= max(durations) else 0.7
