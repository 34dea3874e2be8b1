"""Darker and lighter: the same melody over chords that are rougher and farther from home, or smoother and nearer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan
from motifgen.compose.harmony.dialect import dialect
from motifgen.compose.harmony.melody import MelodyNote, heard, within
from motifgen.compose.harmony.slots import Slot, fit
from motifgen.compose.harmony.vocabulary import vocabulary
from motifgen.errors import RangeError
from motifgen.theory.chord import QUALITIES, Chord, DegreeChord
from motifgen.theory.roughness import roughness
from motifgen.theory.scale import Key
from motifgen.theory.tension import chord_strain
from motifgen.theory.time import Meter

SLACK = 0.3


def corrupt(
    chords: Sequence[ChordSpan], melody: Sequence[MelodyNote], amount: float, style: str = "orchestral", meter: Meter | None = None
) -> tuple[ChordSpan, ...]:
    """Return chords under the same melody that are rougher and farther from their keys; more so, never less, as the amount grows.

    Parameters
    ----------
    chords : Sequence[ChordSpan]
        What stands under the melody now.
    melody : Sequence[MelodyNote]
        It stays; no chord is taken that carries it worse than the one it replaces.
    amount : float
        0 changes nothing, 1 takes the darkest chords that the dialect has for these notes.
    style : str
        The dialect that offers chords.
    meter : Meter, optional
        Default 4/4.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from motifgen.theory.time import Span
    >>> from motifgen.theory.pitch import Pitch
    >>> home = Key.parse("D minor")
    >>> tune = [MelodyNote(Fraction(0), Fraction(4), Pitch.parse("D5"))]
    >>> plain = (ChordSpan(Span(Fraction(0), Fraction(4)), Chord.parse("Dm"), home),)
    >>> str(corrupt(plain, tune, 0.0)[0].chord), str(corrupt(plain, tune, 1.0)[0].chord) == "Dm"
    ('Dm', False)
    """
    return _shaded(chords, melody, amount, _Hand(style, meter or Meter(4, 4), 1))


def redeem(
    chords: Sequence[ChordSpan], melody: Sequence[MelodyNote], amount: float, style: str = "orchestral", meter: Meter | None = None
) -> tuple[ChordSpan, ...]:
    """Return chords under the same melody that are smoother and nearer to their keys; the parameters are those of `corrupt`."""
    return _shaded(chords, melody, amount, _Hand(style, meter or Meter(4, 4), -1))


def shade_of(chord: Chord, key: Key) -> tuple[float, float]:
    """Return a chord's roughness in close position on its root, and its tensile strain in a key."""
    return _rough(chord.quality), round(chord_strain(chord, key), 6)


@lru_cache(maxsize=64)
def _rough(quality: str) -> float:
    return round(roughness([60 + interval.semitones for interval in QUALITIES[quality]]), 6)


class _Hand(NamedTuple):
    """Whose chords are taken, in which meter, and whether they go up in tension (1) or down (-1)."""

    style: str
    meter: Meter
    sign: int


def _shaded(chords: Sequence[ChordSpan], melody: Sequence[MelodyNote], amount: float, hand: _Hand) -> tuple[ChordSpan, ...]:
    if not 0 <= amount <= 1:
        raise RangeError(f"the amount is {amount!r}; accepted: 0 to 1")
    sounding = heard(melody, [hand.meter.weight(note.onset) for note in melody])
    found = []
    for span in chords:
        notes = within(sounding, span.span, hand.meter.weight(span.span.start))
        slot = Slot(span.span, span.key, Affect(), notes=notes)
        ladder = _ladder(span, slot, hand)
        found.append(ChordSpan(span.span, ladder[round(amount * (len(ladder) - 1))], span.key))
    return tuple(found)


def _ladder(span: ChordSpan, slot: Slot, hand: _Hand) -> list[Chord]:
    """Return the chord and those that may follow it, each at least as rough and as far from home as the one before (or as little)."""
    own = DegreeChord.of(span.chord, span.key)
    speech, sign = dialect(hand.style), hand.sign
    words = vocabulary(speech, span.key.mode, (own,))
    costs = fit(slot, words, hand.meter.beat)
    limit = float(costs[words.index(own)]) + SLACK
    fitting = [chord.within(span.key) for chord, cost in zip(words.chords, costs, strict=True) if chord.bass is None and cost <= limit]
    rated = sorted((sign * sum(shade_of(chord, span.key)), str(chord), chord) for chord in fitting)
    ladder = [span.chord]
    for _, _, chord in rated:
        (rough, far), (was_rough, was_far) = shade_of(chord, span.key), shade_of(ladder[-1], span.key)
        if sign * (rough - was_rough) >= 0 and sign * (far - was_far) >= 0 and (rough, far) != (was_rough, was_far):
            ladder.append(chord)
    return ladder
