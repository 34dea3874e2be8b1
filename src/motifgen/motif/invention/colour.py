"""How traits colour an archetype: mode from valence, density from arousal, leaps from power, chromatics from tension."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from motifgen.affect import Affect
from motifgen.motif.invention.archetype import Archetype, Weights
from motifgen.theory.time import Meter

BRIGHTNESS = {
    "lydian": 0.7, "major": 0.9, "mixolydian": 0.45, "lydian dominant": 0.2, "dorian": 0.0, "melodic minor": -0.15, "minor": -0.35,
    "harmonic minor": -0.45, "phrygian dominant": -0.4, "phrygian": -0.7, "locrian": -0.9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Palette:
    """An archetype as the traits have coloured it: the materials that drawings are made from."""

    name: str
    says: str
    modes: Weights
    meters: Weights
    bars: int
    notes: tuple[int, int]
    own: bool
    pace: float
    range: tuple[int, int]
    pickup: float
    contours: Weights
    features: Weights
    starts: Weights
    goals: Weights
    rhythms: Weights
    shares: tuple[float, ...]
    chromatic: float
    parallel: float
    middle: int
    articulation: str
    close: str
    cadence: str
    exact: float
    falls: float
    folk: float
    chordal: float
    first_up: float
    calls: float
    major: tuple[str, ...]
    minor: tuple[str, ...]


def coloured(row: Archetype, point: Affect | None, notes: tuple[int, int]) -> Palette:
    """Return the materials of an archetype, coloured by what its traits feel like.

    Colour is the distance between the traits and the archetype's own place: a hero who is brave stays as he is, a hero
    who is lonely darkens, narrows and slows.
    """
    away = point or row.feel
    darker, livelier = away.valence - row.feel.valence, away.arousal - row.feel.arousal
    bolder, tenser = away.power - row.feel.power, away.tension - row.feel.tension
    own = notes == row.notes
    return Palette(
        name=row.name, says=row.says, meters=_meters(row.meters, darker, livelier), bars=row.bars,
        pickup=row.pickup, starts=row.starts, goals=row.goals,
        articulation=row.articulation, close=row.close, cadence=row.cadence, exact=row.exact, falls=row.falls,
        folk=row.folk, chordal=row.chordal, first_up=row.first_up,
        major=row.major, minor=row.minor,
        modes=_modes(row.modes, away.valence, abs(darker)),
        notes=_shifted(notes, livelier) if own else notes,
        own=own,
        pace=sum(row.notes) / (8.0 * row.bars),
        range=_widened(row.range, livelier + 0.5 * bolder),
        contours=_tilted(row.contours, bolder + 0.5 * darker),
        features=_features(row.features, bolder),
        rhythms=_rhythms(row.rhythms, livelier),
        shares=_shares(row.intervals, bolder),
        chromatic=min(max(row.chromatic + 0.35 * tenser, 0.0), 0.9),
        parallel=0.75,
        calls=min(max(row.calls + 0.25 * bolder, 0.0), 1.0),
        middle=_middle(away),
    )  # fmt: skip


def _middle(point: Affect) -> int:
    """Return the MIDI key number about which a melody lies: bright and lively high, mighty and dark low."""
    shadow = max(point.power, 0.0) if point.valence < 0 else 0.0
    return round(min(max(66 + 3.5 * point.valence - 4 * shadow + 2 * point.arousal, 60), 71))


def _modes(weights: Weights, valence: float, strength: float) -> Weights:
    """Weigh modes by how near their brightness is to the valence asked, the more so the further the traits lie away."""
    return tuple((name, weight * exp(-2.5 * strength * abs(valence - BRIGHTNESS.get(name, 0.0)))) for name, weight in weights)


def _meters(weights: Weights, darker: float, livelier: float) -> Weights:
    """Let the gentle swing: bars of three and compound beats for those who are calmer and brighter than their archetype."""
    swing = 1.5 * (0.5 * darker - livelier)
    return tuple((name, weight * exp(swing if Meter.parse(name).compound or name.startswith("3/") else 0.0)) for name, weight in weights)


def _shifted(notes: tuple[int, int], livelier: float) -> tuple[int, int]:
    """Take the upper part of the numbers of notes for the lively, the lower for the calm."""
    least, most = notes
    room = most - least
    return (least + round(room * min(max(livelier, 0.0), 0.8)), most + round(room * max(min(livelier, 0.0), -0.8)))


def _widened(spread: tuple[int, int], amount: float) -> tuple[int, int]:
    shift = round(2.5 * min(max(amount, -1.0), 1.0))
    return (max(spread[0] + shift, 1), max(spread[1] + shift, 2))


def _tilted(weights: Weights, upwards: float) -> Weights:
    """Lean contours up for the bold and bright, down for the weak and dark."""
    lean = {"rising": 1.0, "falling": -1.0, "arch": 0.2, "wave": 0.0}
    return tuple((name, weight * exp(0.9 * upwards * lean[name])) for name, weight in weights)


def _features(weights: Weights, bolder: float) -> Weights:
    """Favour rising and wide intervals for the bold, falling and narrow ones for the weak."""
    return tuple((name, weight * exp(0.09 * bolder * int(name))) for name, weight in weights)


def _rhythms(weights: Weights, livelier: float) -> Weights:
    lively = {
        "held": -1.0,
        "lyric": -0.4,
        "plain": -0.3,
        "sigh": -0.6,
        "run": 1.0,
        "skip": 0.7,
        "anapest": 0.6,
        "dotted": 0.4,
        "triplet": 0.5,
    }
    return tuple((name, weight * exp(0.9 * livelier * lively.get(name, 0.0))) for name, weight in weights)


def _shares(weights: Weights, bolder: float) -> tuple[float, ...]:
    """Return the share of each class of intervals, in the order of the table, adding up to 1."""
    bold = {"fourth": 0.6, "fifth": 0.6, "octave": 0.6, "second": -0.2}
    raw = [weight * exp(bolder * bold.get(name, 0.0)) for name, weight in weights]
    return tuple(weight / sum(raw) for weight in raw)
