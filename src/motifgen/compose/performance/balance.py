"""Balance, as a conductor keeps it by ear: the ensemble is heard as a whole, and players are raised or held back until it follows the arc.

Orchestration decides how many play, texture what they play; the sum of both seldom has just the level and the brightness that the
moment asks for. Here it is added up as a listener would, and written levels are moved, slowly and by a few decibels.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Spotting
from motifgen.compose.performance.hearing import EMPTY, Ensemble, slow
from motifgen.compose.performance.reading import EAR, STEP, Wish, wish_for
from motifgen.compose.performance.strand import Strand
from motifgen.compose.performance.weighing import Told, lost, told

Floats = NDArray[np.float64]

#: The most that a high player is favoured, in decibels.
MOST_TILT = 7.0
MIDDLE = 62
#: How far players may be held back and raised, in decibels, and how often the whole is heard again.
HELD_BACK, RAISED, ROUNDS = 9.0, 9.0, 3
#: How often loudness is shared out between arousal and tension, and heard.
REHEARSALS = 7
#: How much wider than the arc's own decibels the wish may be, where the players' number makes more contrast.
WIDEST = 2.0
#: By how many decibels a tune should be over all else together, how many decibels apart the two may be moved, and the tune's share of that.
IN_FRONT, GIVES_WAY, TUNE_GIVES = 1.0, 7.0, 0.3
#: How far under the mean of the scene music lies while someone speaks, in decibels.
WORDS_DB = 9.0


def balanced(strands: Sequence[Strand], spotting: Spotting) -> list[Strand]:
    """Return the strands with levels that make the whole follow the arc."""
    wish = wish_for(spotting)
    if not any(len(strand.notes) for strand in strands):
        return list(strands)
    return _led(_with_tune(_tilted(Ensemble.of(strands, len(wish.seconds)), wish), wish), wish, spotting).split(strands)


def _led(players: Ensemble, wish: Wish, spotting: Spotting) -> Ensemble:
    """Return the players as they are led along the arc."""
    score = told(players, wish, spotting)
    if score is None or not wish.wide:
        return _leveled(players, wish, np.zeros(wish.seconds.shape))
    if not (wish.tension.any() and wish.arousal.any()):
        return _leveled(players, wish, score.wanted(wish, float(wish.tension.any())))
    return _rehearsed(players, wish, score)


def _rehearsed(players: Ensemble, wish: Wish, score: Told) -> Ensemble:
    """Return the balance by which a listener would follow both tension and arousal best.

    Loudness serves the one or the other, and a little more for one may turn the other over. So what comes out is heard, and tension's
    share goes halfway, time and again, towards where both are followed equally well.
    """
    tried: list[tuple[float, Ensemble]] = []
    low, high = 0.0, 1.0
    for _ in range(REHEARSALS):
        share = (low + high) / 2
        played = _leveled(players, wish, score.wanted(wish, share))
        missed = lost(played, score, wish)
        tried.append((missed.whole, played))
        low, high = (share, high) if missed.tension > missed.arousal else (low, share)
    return min(tried, key=itemgetter(0))[1]


def _leveled(players: Ensemble, wish: Wish, level: Floats) -> Ensemble:
    """Return the players, raised and held back until the whole has a level, as far as that goes."""
    for _ in range(ROUNDS):
        now = players.heard()
        judged = wish.free & (now > EMPTY)
        if judged.sum() < 2 * EAR / STEP:
            break
        players = players.moved(np.interp(players.start, wish.seconds, _change(now, judged, wish, level)))
    return _under_words(players, wish)


def _with_tune(players: Ensemble, wish: Wish) -> Ensemble:
    """Let the tune be heard: where what accompanies it is louder than it, all together, it gives way, and the tune gives a little more."""
    tune, rest = players.heard(players.leads), players.heard(~players.leads)
    both = (tune > EMPTY) & (rest > EMPTY)
    over = 10 * np.log10(np.maximum(rest, EMPTY) / np.maximum(tune, EMPTY)) + IN_FRONT
    over = slow(np.where(both, np.clip(over, 0.0, GIVES_WAY), 0.0))
    return players.moved(np.where(players.leads, TUNE_GIVES, TUNE_GIVES - 1) * np.interp(players.start, wish.seconds, over))


def _under_words(players: Ensemble, wish: Wish) -> Ensemble:
    """Hold players back who begin notes under words, as far as the whole is not yet well under the rest of the scene there."""
    if not wish.spoken.any():
        return players
    power = players.heard()
    sounding = power > EMPTY
    if not (wish.spoken & sounding).any() or not (wish.free & sounding).any():
        return players
    most = 10 * np.log10(power[wish.free & sounding].mean()) - WORDS_DB
    change = np.where(wish.spoken & sounding, np.clip(most - 10 * np.log10(np.maximum(power, EMPTY)), -HELD_BACK, 0.0), 0.0)
    return players.moved(np.interp(players.start, wish.seconds, change))


def _tilted(players: Ensemble, wish: Wish) -> Ensemble:
    """Favour high players where it is tense, low ones where it is not: tension is heard in height as well as in loudness."""
    octaves = np.where(players.drums, 0.0, (players.pitch - MIDDLE) / 12)
    return players.moved(np.clip(octaves * np.interp(players.start, wish.seconds, wish.tilt), -MOST_TILT, MOST_TILT))


def _change(power: Floats, judged: NDArray[np.bool_], wish: Wish, level: Floats) -> Floats:
    """Return the decibels by which everybody moves: drawn on from what is judged over what is not."""
    now = 10 * np.log10(power[judged])
    wished = level[judged] - level[judged].mean()
    # Contrast that the players' number makes is kept: what is wished is at least as wide as what is there.
    wide = float((wished * now).mean()) / max(float((wished**2).mean()), 1e-9)
    lack = wished * min(max(wide, 1.0), WIDEST) - now
    lack = np.interp(wish.seconds, wish.seconds[judged], lack - lack.mean())
    for start, stop in wish.swells:
        lack[start:stop] = lack[start]
    return np.clip(slow(lack), -HELD_BACK, RAISED) * 0.7
