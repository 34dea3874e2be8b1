"""Weighing: what loudness tells, arousal or tension, where it cannot tell both, given what pace, density and height tell already.

Loudness weighs half in both of the models by which listeners are predicted. A conductor hears what the score does by itself, lets loudness
make up for it, and then judges by what comes out whether neither arousal nor tension is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Spotting
from motifgen.compose.performance.hearing import EMPTY, Ensemble, slow
from motifgen.compose.performance.reading import STEP, Wish, in_units
from motifgen.measure.felt import AROUSAL_WEIGHTS, TENSION_WEIGHTS, arousal_of, remembered
from motifgen.measure.ranks import follows, rank_correlation
from motifgen.measure.sampling import FLOOR_DB, seconds_of

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

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

    @cached_property
    def remembered(self) -> dict[str, Floats]:
        """Return how a listener remembers the onsets and the tempo, however loud they are."""
        return {name: remembered(getattr(self, name)) for name in ("density", "tempo")}

    def wanted(self, wish: Wish, share: float) -> Floats:
        """Return the level that is wished, in decibels about the scene's mean: tension has a share of it, 0 to 1, arousal the rest."""
        lively = (wish.arousal - MAKES_UP * self.towards(AROUSAL_WEIGHTS)) / AROUSAL_WEIGHTS["loudness"]
        strained = (wish.tension - MAKES_UP * self.towards(TENSION_WEIGHTS)) / TENSION_WEIGHTS["loudness"]
        return in_units(share * strained + (1 - share) * lively, wish.free) * wish.wide


class Lost(NamedTuple):
    """What a listener would miss of the arc: of tension, of arousal, and all that counts against what is played."""

    tension: float
    arousal: float
    whole: float


def told(players: Ensemble, wish: Wish, spotting: Spotting) -> Told | None:
    """Return what a score tells by itself; ``None`` where too little sounds to tell."""
    sounding, mean = players.pitched()
    heard = wish.free & (sounding > EMPTY)
    if heard.sum() < _FEWEST:
        return None
    begun = np.bincount(np.clip((players.start / STEP).astype(np.int64), 0, players.steps - 1), minlength=players.steps)
    height = np.interp(wish.seconds, wish.seconds[heard], mean[heard])
    return Told(*(in_units(curve, wish.free) for curve in (slow(begun.astype(np.float64)), _tempo(spotting, wish), slow(height))))


def _tempo(spotting: Spotting, wish: Wish) -> Floats:
    steps = np.array(spotting.tempo.steps, dtype=np.int64)
    since = np.searchsorted(seconds_of(spotting.tempo, steps[:, 0]), wish.seconds + 1e-6, side="right") - 1
    return np.asarray(60e6 / steps[np.maximum(since, 0), 1], dtype=np.float64)


def lost(players: Ensemble, score: Told, wish: Wish) -> Lost:
    """Return how much of the arc a listener would miss in what is played; what is lost most counts most."""
    sounding, (sung, pitch) = players.heard(), players.pitched()
    heard = sounding > EMPTY
    loudness = np.maximum(10 * np.log10(np.maximum(sounding, EMPTY)), FLOOR_DB)
    felt = {"loudness": remembered(loudness), "pitch": remembered(_drawn(pitch, sung > EMPTY, wish)), **score.remembered}
    tense = np.sum([TENSION_WEIGHTS[name] * it for name, it in felt.items()], axis=0)
    excited = arousal_of({"loudness": loudness, "density": score.density, "tempo": score.tempo})
    tension = wish.lean * _lack(follows(wish.tension, tense, heard)[0], PLAIN)
    arousal = _lack(follows(wish.arousal, excited, heard)[0], PLAIN) / wish.lean
    aloud = ALONE * _lack(rank_correlation(loudness[heard], wish.arousal[heard]), ALOUD)
    return Lost(tension, arousal, round(tension + arousal + aloud, 6))


def _drawn(curve: Floats, known: Bools, wish: Wish) -> Floats:
    """Return a curve drawn on over where it is not known."""
    return np.asarray(np.interp(wish.seconds, wish.seconds[known], curve[known]) if known.any() else curve, dtype=np.float64)


def _lack(found: float, enough: float) -> float:
    return max(enough - found, 0.0) ** 2
