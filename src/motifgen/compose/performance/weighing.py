"""Weighing: what loudness tells, arousal or tension, where it cannot tell both, given what pace, density and height tell already.

Loudness weighs half in both of the models by which listeners are predicted. A conductor who rehearses hears what the score does by itself,
lets loudness make up for it, and shares it out so that neither arousal nor tension is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Spotting
from motifgen.compose.performance.hearing import EMPTY, power, slow
from motifgen.compose.performance.reading import STEP, Wish, in_units
from motifgen.compose.performance.strand import Strand
from motifgen.measure.felt import AROUSAL_WEIGHTS, TENSION_WEIGHTS, salient
from motifgen.measure.ranks import rank_correlation
from motifgen.measure.sampling import seconds_of

Floats = NDArray[np.float64]

#: Shares of loudness that tension may have where the two are rehearsed.
SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
#: How often the rehearsal goes halfway from one share to the other.
CLOSER = 7
#: How much loudness makes up for what others do: all of it would hide the arc from whoever hears loudness alone.
MAKES_UP = 0.5
#: Rank correlations beyond which nobody hears a difference: of a curve as it is felt, and of loudness alone with arousal.
PLAIN, ALOUD = 0.95, 0.8
#: What loudness alone counts beside what is felt.
ALONE = 0.25
_FEWEST = 8


@dataclass(frozen=True, eq=False)
class Told:
    """What a score tells by itself, every quarter second, in standard units: onsets, tempo, height."""

    density: Floats
    tempo: Floats
    pitch: Floats

    def towards(self, weights: dict[str, float]) -> Floats:
        """Return the weighted sum of what is told."""
        return np.asarray(sum(weights.get(name, 0.0) * getattr(self, name) for name in ("density", "tempo", "pitch")), dtype=np.float64)


def weighed(strands: Sequence[Strand], wish: Wish, spotting: Spotting) -> Floats:
    """Return the level that is wished, in decibels about the scene's own mean."""
    told = _told(strands, wish, spotting)
    if told is None or not wish.wide:
        return np.zeros(wish.seconds.shape)
    lively = (wish.arousal - MAKES_UP * told.towards(AROUSAL_WEIGHTS)) / AROUSAL_WEIGHTS["loudness"]
    strained = (wish.tension - MAKES_UP * told.towards(TENSION_WEIGHTS)) / TENSION_WEIGHTS["loudness"]
    if not wish.tension.any():
        level = lively
    elif not wish.arousal.any():
        level = strained
    else:
        level = _rehearsed(lively, strained, told, wish)
    return in_units(level, wish.free) * wish.wide


def _told(strands: Sequence[Strand], wish: Wish, spotting: Spotting) -> Told | None:
    size = len(wish.seconds)
    _, sounding, mean = power(strands, size)
    heard = wish.free & (sounding > EMPTY)
    if heard.sum() < _FEWEST:
        return None
    begun = np.zeros(size)
    for strand in strands:
        begun += np.bincount(_steps(strand.start, size), minlength=size)
    height = np.interp(wish.seconds, wish.seconds[heard], mean[heard])
    return Told(*(in_units(curve, wish.free) for curve in (slow(begun), _tempo(spotting, wish), slow(height))))


def _tempo(spotting: Spotting, wish: Wish) -> Floats:
    steps = np.array(spotting.tempo.steps, dtype=np.int64)
    since = np.searchsorted(seconds_of(spotting.tempo, steps[:, 0]), wish.seconds + 1e-6, side="right") - 1
    return np.asarray(60e6 / steps[np.maximum(since, 0), 1], dtype=np.float64)


def _rehearsed(lively: Floats, strained: Floats, told: Told, wish: Wish) -> Floats:
    """Return the mixture by which a listener would follow both best: what is lost most counts most.

    A little more for one may turn the other over, so the rehearsal closes in on where both are followed equally well.
    """
    feeling = Told(*(salient(curve) for curve in (told.density, told.tempo, told.pitch))).towards(TENSION_WEIGHTS)
    moving = told.towards(AROUSAL_WEIGHTS)

    def lost(share: float) -> tuple[float, float, float]:
        loudness = in_units(share * strained + (1 - share) * lively, wish.free)
        tense = _follows(feeling + TENSION_WEIGHTS["loudness"] * salient(loudness), wish.tension, wish)
        excited = _follows(moving + AROUSAL_WEIGHTS["loudness"] * loudness, wish.arousal, wish)
        strain, life = wish.lean * _lack(tense, PLAIN), _lack(excited, PLAIN) / wish.lean
        return round(strain + life + ALONE * _lack(_follows(loudness, wish.arousal, wish), ALOUD), 6), strain, life

    low, high = SHARES[0], SHARES[-1]
    tried = [(lost(share)[0], share) for share in SHARES]
    for _ in range(CLOSER):
        middle = (low + high) / 2
        whole, strain, life = lost(middle)
        tried.append((whole, middle))
        low, high = (middle, high) if strain > life else (low, middle)
    share = min(tried)[1]
    return np.asarray(share * strained + (1 - share) * lively, dtype=np.float64)


def _follows(felt: Floats, asked: Floats, wish: Wish) -> float:
    return rank_correlation(felt[wish.free], asked[wish.free])


def _lack(found: float, enough: float) -> float:
    return max(enough - found, 0.0) ** 2


def _steps(seconds: Floats, size: int) -> NDArray[np.int64]:
    return np.clip((seconds / STEP).astype(np.int64), 0, size - 1)
