"""Two themes at once: whether their strong beats agree."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.desk import Statement
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

AGREE = frozenset({0, 3, 4, 5, 7, 8, 9})
SHARE = 0.75


def agreement(one: Statement, other: Statement, meter: Meter) -> float:
    """Return the share of common strong places at which two statements are consonant, 0 to 1; 1 where they share none.

    A place is strong when a note begins in either on a beat. Thirds, fourths, fifths, sixths, unisons and octaves
    agree; seconds, sevenths and the tritone do not.
    """
    return overlay((one.motif, one.key, one.start), (other.motif, other.key, other.start), meter)


def overlay(one: tuple[Motif, Key, Fraction], other: tuple[Motif, Key, Fraction], meter: Meter) -> float:
    """Return the agreement of two motifs, each with its key and where it begins in quarters from a bar line."""
    upper, lower = _sounding(*one), _sounding(*other)
    places = sorted({on for on, _, _ in (*upper, *lower) if not (on % meter.bar) % meter.beat})
    pairs = [(_at(upper, place), _at(lower, place)) for place in places]
    heard = [(high - low) % 12 for high, low in pairs if high is not None and low is not None]
    return round(sum(gap in AGREE for gap in heard) / len(heard), 6) if heard else 1.0


def _sounding(motif: Motif, key: Key, start: Fraction) -> tuple[tuple[Fraction, Fraction, int], ...]:
    return tuple((start + onset, start + onset + length, pitch.midi) for onset, length, pitch in motif.sounding(key))


def _at(notes: tuple[tuple[Fraction, Fraction, int], ...], place: Fraction) -> int | None:
    return next((midi for on, off, midi in notes if on <= place < off), None)
