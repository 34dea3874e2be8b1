"""Balance, as a conductor keeps it by ear: the ensemble is heard as a whole, and players are raised or held back until it follows the arc.

Orchestration decides how many play, texture what they play; the sum of both seldom has just the level and the brightness that the
moment asks for. Here it is added up as a listener would, and written levels are moved, slowly and by a few decibels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.desk import Spotting
from motifgen.compose.performance.hearing import EMPTY, heard, slow
from motifgen.compose.performance.loudness import RANGE
from motifgen.compose.performance.reading import EAR, STEP, Wish, wish_for
from motifgen.compose.performance.strand import Strand
from motifgen.compose.performance.weighing import weighed

Floats = NDArray[np.float64]

#: The most that a high player is favoured, in decibels.
MOST_TILT = 7.0
MIDDLE = 62
#: How far players may be held back and raised, in decibels, and how often the whole is heard again.
HELD_BACK, RAISED, ROUNDS = 9.0, 9.0, 3
#: How much wider than the arc's own decibels the wish may be, where the players' number makes more contrast.
WIDEST = 2.0
#: By how many decibels a tune should be over all else together, how many decibels apart the two may be moved, and the tune's share of that.
IN_FRONT, GIVES_WAY, TUNE_GIVES = 1.0, 7.0, 0.3
#: Below pianissimo, for players who are held back.
SOFTEST = -0.12
#: How far under the mean of the scene music lies while someone speaks, in decibels.
WORDS_DB = 9.0


def balanced(strands: Sequence[Strand], spotting: Spotting) -> list[Strand]:
    """Return the strands with levels that make the whole follow the arc."""
    wish = wish_for(spotting)
    found = _with_tune([_tilted(strand, wish) for strand in strands], wish)
    level = weighed(found, wish, spotting)
    for _ in range(ROUNDS):
        now = heard(found, len(wish.seconds))
        judged = wish.free & (now > EMPTY)
        if judged.sum() < 2 * EAR / STEP:
            break
        change = _change(now, judged, wish, level)
        found = [_moved(strand, np.interp(strand.start, wish.seconds, change)) for strand in found]
    return _under_words(found, wish)


def _with_tune(strands: list[Strand], wish: Wish) -> list[Strand]:
    """Let the tune be heard: where what accompanies it is louder than it, all together, it gives way, and the tune gives a little more."""
    led = [replace(strand, level=np.where(_leads(strand), strand.level, -np.inf)) for strand in strands]
    others = [replace(strand, level=np.where(_leads(strand), -np.inf, strand.level)) for strand in strands]
    tune, rest = (heard(group, len(wish.seconds)) for group in (led, others))
    both = (tune > EMPTY) & (rest > EMPTY)
    over = 10 * np.log10(np.maximum(rest, EMPTY) / np.maximum(tune, EMPTY)) + IN_FRONT
    over = slow(np.where(both, np.clip(over, 0.0, GIVES_WAY), 0.0))
    shares = [np.where(_leads(strand), TUNE_GIVES, TUNE_GIVES - 1) for strand in strands]
    return [_moved(it, share * np.interp(it.start, wish.seconds, over)) for it, share in zip(strands, shares, strict=True)]


def _leads(strand: Strand) -> NDArray[np.bool_]:
    return np.full(strand.on.shape, strand.part.role == "melody") | (strand.statement >= 0)


def _under_words(strands: list[Strand], wish: Wish) -> list[Strand]:
    """Hold players back who begin notes under words, as far as the whole is not yet well under the rest of the scene there."""
    power = heard(strands, len(wish.seconds))
    sounding = power > EMPTY
    if not (wish.spoken & sounding).any() or not (wish.free & sounding).any():
        return strands
    most = 10 * np.log10(power[wish.free & sounding].mean()) - WORDS_DB
    change = np.where(wish.spoken & sounding, np.clip(most - 10 * np.log10(np.maximum(power, EMPTY)), -HELD_BACK, 0.0), 0.0)
    return [_moved(strand, np.interp(strand.start, wish.seconds, change)) for strand in strands]


def _tilted(strand: Strand, wish: Wish) -> Strand:
    """Favour high players where it is tense, low ones where it is not: tension is heard in height as well as in loudness."""
    if strand.part.instrument.drums or not strand.on.size:
        return strand
    octaves = (strand.pitch - MIDDLE) / 12
    return _moved(strand, np.clip(octaves * np.interp(strand.start, wish.seconds, wish.tilt), -MOST_TILT, MOST_TILT))


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


def _moved(strand: Strand, by: Floats) -> Strand:
    return replace(strand, level=np.asarray(np.round(np.clip(strand.level + by / RANGE, SOFTEST, 1.0), 6), dtype=np.float64))
