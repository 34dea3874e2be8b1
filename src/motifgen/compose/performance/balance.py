"""Balance, as a conductor keeps it by ear: the ensemble is heard as a whole, and players are raised or held back until it follows the arc.

Orchestration decides how many play, texture what they play; the sum of both seldom has just the level and the brightness that the
moment asks for. Here it is added up as a listener would, and written levels are moved, slowly and by a few decibels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motifgen.chance import Chance
from motifgen.compose.desk import Spotting
from motifgen.compose.performance.loudness import RANGE, decibels
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]

STEP = 0.25
#: Decibels for arousal (more where it is tense), and for tension beside it.
AROUSAL_DB, TENSION_DB = 28.0, 18.0
#: Decibels by which a level spreads, at least, where the arc moves at all, and how far it is stretched for that.
HEARD_DB, STRETCHED = 4.5, 4.0
#: Shares by which readings differ in how far they follow arousal, tension, and tension in height.
READINGS = (0.15, 0.4, 0.5)
#: How much wider than what goes against it tension is in loudness: pace and density still tell how lively it is.
HELD_BREATH = 1.08
#: Decibels an octave that high players are favoured by where it is tenser than on average, and the most that it may be.
TILT_DB, MOST_TILT = 9.0, 7.0
MIDDLE = 62
#: How far players may be held back and raised, in decibels, and how often the whole is heard again.
HELD_BACK, RAISED, ROUNDS = 9.0, 9.0, 3
#: Seconds over which a level is heard, and around a hit that belong to the hit.
EAR, AROUND = 1.0, (1.6, 1.2)
#: Seconds before its peak at which a swell begins to grow.
SWELL = 6.0
#: How much wider than the arc's own decibels the wish may be, where the players' number makes more contrast.
WIDEST = 2.0
#: By how many decibels a tune should be over all else together, how many decibels apart the two may be moved, and the tune's share of that.
IN_FRONT, GIVES_WAY, TUNE_GIVES = 1.0, 7.0, 0.3
#: Below pianissimo, for players who are held back.
SOFTEST = -0.12
#: How far under the mean of the scene music lies while someone speaks, in decibels.
WORDS_DB = 9.0
#: What a decibel of level is in a held note: its velocity follows it everywhere, its controllers where the library reads them.
HELD = 1.25
_SILENT = 1e-9


@dataclass(frozen=True, eq=False)
class Wish:
    """What the arc asks for, every quarter second.

    Parameters
    ----------
    seconds : NDArray
    level : NDArray
        Decibels above the scene's own mean.
    tilt : NDArray
        Decibels an octave by which high players are favoured.
    free : NDArray of bool
        Where the balance may be judged: nobody speaks, no hit is near, no rest is written.
    spoken : NDArray of bool
        Where words are spoken.
    swells : tuple[tuple[int, int], ...]
        The steps over which a swell grows and peaks: there the balance holds still, so that nothing works against it.
    """

    seconds: Floats
    level: Floats
    tilt: Floats
    free: NDArray[np.bool_]
    spoken: NDArray[np.bool_]
    swells: tuple[tuple[int, int], ...] = ()


def wish_for(spotting: Spotting) -> Wish:
    """Return what a scene's arc asks of the balance, as one conductor reads it: every take is another's."""
    scene = spotting.scene
    seconds = np.arange(0.0, float(scene.length) + STEP, STEP)
    affects = [scene.arc.at(second) for second in seconds.tolist()]
    arousal, tension = (np.array([getattr(each, axis) for each in affects]) for axis in ("arousal", "tension"))
    over = tension - tension.mean()
    chance = Chance(scene.seed, scene.id, "reading")
    excited, tense, tilted = (chance.between(1 - share, 1 + share) for share in READINGS)
    lively, strained = AROUSAL_DB * excited * arousal * (0.6 + 0.4 * tension), TENSION_DB * tense * over
    against = _against(lively, strained)
    level = _heard_well(lively + (1 - against) * strained + against * _as_wide(strained, lively))
    tilt = TILT_DB * tilted * (1 + against) * over
    return Wish(seconds, level, tilt, *_judged(spotting, seconds), _swells(spotting, len(seconds)))


def _against(one: Floats, other: Floats) -> float:
    """Return how far two curves go against each other: 0 where they do not, 1 where one is the other turned over."""
    wide = float(one.std() * other.std())
    return max(-float(((one - one.mean()) * (other - other.mean())).mean()) / wide, 0.0) if wide > _SILENT else 0.0


def _as_wide(curve: Floats, pattern: Floats) -> Floats:
    """Return a curve a little wider than another, so that held breath is still heard where the music should lie low."""
    wide = float(curve.std())
    return curve * max(HELD_BREATH * float(pattern.std()) / wide, 1.0) if wide > _SILENT else curve


def _heard_well(level: Floats) -> Floats:
    """Return a level that moves enough to be heard over what players do anyway: a small turn of the arc is a turn all the same."""
    spread = round(float(level.std()), 6)
    return level * min(max(HEARD_DB / spread, 1.0), STRETCHED) if spread else level


def _swells(spotting: Spotting, size: int) -> tuple[tuple[int, int], ...]:
    peaks = [float(spotting.seconds(landing.at)) for landing in spotting.landings if landing.hit.do == "swell"]
    return tuple((max(int((peak - SWELL) / STEP), 0), min(int((peak + AROUND[1] + EAR) / STEP) + 1, size)) for peak in peaks)


def balanced(strands: Sequence[Strand], spotting: Spotting) -> list[Strand]:
    """Return the strands with levels that make the whole follow the arc."""
    wish = wish_for(spotting)
    found = _with_tune([_tilted(strand, wish) for strand in strands], wish)
    for _ in range(ROUNDS):
        heard = _heard(found, len(wish.seconds))
        judged = wish.free & (heard > _SILENT)
        if judged.sum() < 2 * EAR / STEP:
            break
        change = _change(heard, judged, wish)
        found = [_moved(strand, np.interp(strand.start, wish.seconds, change)) for strand in found]
    return _under_words(found, wish)


def _with_tune(strands: list[Strand], wish: Wish) -> list[Strand]:
    """Let the tune be heard: where what accompanies it is louder than it, all together, it gives way, and the tune gives a little more."""
    led = [replace(strand, level=np.where(_leads(strand), strand.level, -np.inf)) for strand in strands]
    others = [replace(strand, level=np.where(_leads(strand), -np.inf, strand.level)) for strand in strands]
    tune, rest = (_heard(group, len(wish.seconds)) for group in (led, others))
    both = (tune > _SILENT) & (rest > _SILENT)
    over = 10 * np.log10(np.maximum(rest, _SILENT) / np.maximum(tune, _SILENT)) + IN_FRONT
    over = _slow(np.where(both, np.clip(over, 0.0, GIVES_WAY), 0.0))
    shares = [np.where(_leads(strand), TUNE_GIVES, TUNE_GIVES - 1) for strand in strands]
    return [_moved(it, share * np.interp(it.start, wish.seconds, over)) for it, share in zip(strands, shares, strict=True)]


def _leads(strand: Strand) -> NDArray[np.bool_]:
    return np.full(strand.on.shape, strand.part.role == "melody") | (strand.statement >= 0)


def _under_words(strands: list[Strand], wish: Wish) -> list[Strand]:
    """Hold players back who begin notes under words, as far as the whole is not yet well under the rest of the scene there."""
    heard = _heard(strands, len(wish.seconds))
    sounding = heard > _SILENT
    if not (wish.spoken & sounding).any() or not (wish.free & sounding).any():
        return strands
    most = 10 * np.log10(heard[wish.free & sounding].mean()) - WORDS_DB
    change = np.where(wish.spoken & sounding, np.clip(most - 10 * np.log10(np.maximum(heard, _SILENT)), -HELD_BACK, 0.0), 0.0)
    return [_moved(strand, np.interp(strand.start, wish.seconds, change)) for strand in strands]


def _judged(spotting: Spotting, seconds: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return where the balance may be judged, and where words are spoken."""
    words = [(float(spoken.start), float(spoken.end)) for spoken in spotting.scene.dialogue]
    spans = [(start - EAR, end + EAR) for start, end in words]
    spans += [(float(spotting.seconds(rest.start)), float(spotting.seconds(rest.end))) for rest in spotting.rests]
    for landing in spotting.landings:
        at = float(spotting.seconds(landing.at))
        spans.append((at - AROUND[0], at + AROUND[1]))
    return ~_inside(seconds, spans), _inside(seconds, words)


def _inside(seconds: Floats, spans: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    found = np.zeros(seconds.shape, dtype=bool)
    for start, end in spans:
        found |= (seconds >= start) & (seconds <= end)
    return found


def _tilted(strand: Strand, wish: Wish) -> Strand:
    """Favour high players where it is tense, low ones where it is not: tension is heard in height as well as in loudness."""
    if strand.part.instrument.drums or not strand.on.size:
        return strand
    octaves = (strand.pitch - MIDDLE) / 12
    return _moved(strand, np.clip(octaves * np.interp(strand.start, wish.seconds, wish.tilt), -MOST_TILT, MOST_TILT))


def _heard(strands: Sequence[Strand], size: int) -> Floats:
    """Return the power of the whole at every step: held notes count more, since many libraries turn them up and down as well."""
    change = np.zeros(size + 1)
    for strand in strands:
        held = strand.part.instrument.sustained and not strand.part.instrument.drums
        power = 10 ** (decibels(strand.level) * (HELD if held else 1.0) / 10)
        start, stop = (np.minimum(np.ceil(at / STEP), size).astype(np.int64) for at in (strand.start, strand.stop))
        change += np.bincount(start, power, size + 1) - np.bincount(np.maximum(stop, np.minimum(start + 1, size)), power, size + 1)
    return np.maximum(np.cumsum(change)[:-1], 0.0)


def _change(heard: Floats, judged: NDArray[np.bool_], wish: Wish) -> Floats:
    """Return the decibels by which everybody moves: drawn on from what is judged over what is not."""
    now = 10 * np.log10(heard[judged])
    wished = wish.level[judged] - wish.level[judged].mean()
    # Contrast that the players' number makes is kept: what is wished is at least as wide as what is there.
    wide = float((wished * now).mean()) / max(float((wished**2).mean()), 1e-9)
    lack = wished * min(max(wide, 1.0), WIDEST) - now
    lack = np.interp(wish.seconds, wish.seconds[judged], lack - lack.mean())
    for start, stop in wish.swells:
        lack[start:stop] = lack[start]
    return np.clip(_slow(lack), -HELD_BACK, RAISED) * 0.7


def _slow(change: Floats) -> Floats:
    """Return a change as slow as a level is heard."""
    half = round(EAR / STEP)
    mean = np.convolve(np.pad(change, half, mode="edge"), np.full(2 * half + 1, 1 / (2 * half + 1)), mode="valid")
    return np.asarray(mean, dtype=np.float64)


def _moved(strand: Strand, by: Floats) -> Strand:
    return replace(strand, level=np.asarray(np.round(np.clip(strand.level + by / RANGE, SOFTEST, 1.0), 6), dtype=np.float64))
