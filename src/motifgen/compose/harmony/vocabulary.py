"""Vocabularies: the chords that a dialect offers in a mode, as arrays counted from the tonic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.harmony.dialect import Dialect
from motifgen.theory.chord import QUALITIES, Chord, DegreeChord
from motifgen.theory.pitch import PitchClass
from motifgen.theory.progression import triad
from motifgen.theory.roman import numeral
from motifgen.theory.roughness import roughness
from motifgen.theory.scale import Degree, Key, Mode
from motifgen.theory.tension import chord_strain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]

TIER_COST, RANK_COST, RANKED = 0.45, 0.05, 4
USED, OWN, FOREIGN, BARRED = 2.0, 0.25, (1.1, 0.7), 1.9
COLORED, COLORS = 1.0, (("add9", "6", "69"), ("m(add9)", "m7"))
INVERSIONS = ((2, 0.0), (4, 0.7), (6, 0.3))
TONAL = ("major", "minor", "harmonic minor", "melodic minor")
DOMINANTS, DIMINISHED = ("7", "9", "7b9", "7#9", "aug7", "7b5"), ("dim", "dim7", "m7b5")
AUGMENTED_SIXTHS = ("It6", "Fr6", "Ger6")
_MAJOR_NAMES = ("I", "bII", "II", "bIII", "III", "IV", "#IV", "V", "bVI", "VI", "bVII", "VII")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Chords of a mode and what the search must know of each.

    Parameters
    ----------
    chords : tuple[DegreeChord, ...]
    tonal : bool
        Whether the mode is major or minor, where dominants lead home; the other modes go their own ways.
    members : array of bool, chords by 12
        Which pitch classes above the tonic belong to each chord.
    root, bass : array of int
        Semitones above the tonic.
    kind : array of int
        0 for chords on a major triad, 1 on a minor triad, 2 for all others.
    prior : array of float
        What it costs to use the chord at all in this dialect.
    roughness, strain : array of float
        Sensory roughness of the chord in close position, and distance from the key: 0 for the calmest that the dialect uses
        readily, 1 for the harshest.
    brightness : array of float
        How far towards the sharps the chord lies of the tonic triad, in fifths.
    function : array of int
        0 tonic, 1 subdominant, 2 dominant, 3 applied dominant.
    diatonic : array of bool
    sixth : array of bool
        Augmented sixth chords, which resolve a semitone down.
    seventh, diminished : array of bool
        Chords with a dominant's seventh; chords on a diminished triad.
    """

    chords: tuple[DegreeChord, ...]
    tonal: bool
    members: Truths
    root: Ints
    bass: Ints
    kind: Ints
    prior: Floats
    roughness: Floats
    strain: Floats
    brightness: Floats
    function: Ints
    diatonic: Truths
    sixth: Truths
    seventh: Truths
    diminished: Truths

    def index(self, chord: DegreeChord) -> int:
        """Return the place of a chord."""
        return self.chords.index(chord)


@lru_cache(maxsize=256)
def vocabulary(dialect: Dialect, mode: Mode, extras: tuple[DegreeChord, ...] = (), *, closing: bool = False) -> Vocabulary:
    """Return the chords that a dialect offers in a mode, with others that the composer fixed.

    Parameters
    ----------
    dialect : Dialect
    mode : Mode
    extras : tuple[DegreeChord, ...]
        Chords that must be there whatever the dialect says.
    closing : bool
        Whether a phrase comes to rest here: the tonic may then carry an added sixth or ninth, so that any last note finds its place.
    """
    prices = {**_prices(dialect, mode)}
    for quality in COLORS[mode.minor] if closing else ():
        tonic = DegreeChord(Degree(0), quality)
        prices[tonic] = min(prices.get(tonic, COLORED), COLORED)
    for chord in extras:
        prices.setdefault(chord, 2.0)
    return _measured(Key(PitchClass(0), mode), prices)


class _Facts(NamedTuple):
    """What a chord is in a mode, whatever the dialect: fields of a `Vocabulary`, before they are compared with those of other chords."""

    members: tuple[bool, ...]
    root: int
    bass: int
    kind: int
    roughness: float
    strain: float
    brightness: float
    function: int
    sixth: bool
    seventh: bool
    diminished: bool


@lru_cache(maxsize=4096)
def _facts(chord: DegreeChord, key: Key) -> _Facts:
    spelled = chord.within(key)
    tones, names, quality = spelled.semitones, spelled.names, chord.quality
    return _Facts(
        members=tuple(tone in tones for tone in range(12)),
        root=spelled.root.semitone,
        bass=spelled.lowest.semitone,
        kind=_kind(quality),
        roughness=_roughness(quality),
        strain=chord_strain(spelled, key),
        brightness=sum(name.fifths for name in names) / len(names),
        function=_function(spelled.root.semitone, quality),
        sixth=quality in AUGMENTED_SIXTHS,
        seventh=quality in DOMINANTS,
        diminished=quality in DIMINISHED,
    )


def _measured(key: Key, prices: Mapping[DegreeChord, float]) -> Vocabulary:
    """Return a vocabulary with all that its chords are and what they cost."""
    prior = np.array(list(prices.values()), dtype=float)
    columns = zip(*(_facts(chord, key) for chord in prices), strict=True)
    told: dict[str, NDArray[Any]] = {name: np.array(column) for name, column in zip(_Facts._fields, columns, strict=True)}
    told["roughness"], told["strain"] = _scaled(told["roughness"], prior), _scaled(told["strain"], prior)
    told["brightness"] = told["brightness"] - sum(name.fifths for name in key.scale[0:5:2]) / 3
    outside = [tone not in key.mode.offsets for tone in range(12)]
    diatonic = np.asarray(~told["members"][:, outside].any(axis=1))
    return Vocabulary(chords=tuple(prices), tonal=key.mode.name in TONAL, prior=prior, diatonic=diatonic, **told)


@lru_cache(maxsize=64)
def _prices(dialect: Dialect, mode: Mode) -> dict[DegreeChord, float]:
    """Return every chord with what it costs: the dialect's tiers, the mode's own triads, then any triad, all with inversions."""
    prices: dict[DegreeChord, float] = {}
    for tier, names in enumerate(dialect.tiers(minor=mode.minor)):
        for rank, name in enumerate(names):
            prices.setdefault(numeral(name, mode), TIER_COST * tier + RANK_COST * min(rank, RANKED))
    own = [DegreeChord(Degree(step), _own_quality(mode, step)) for step in range(7)]
    if mode.name not in TONAL:
        prices = {chord: price + FOREIGN[dialect.syntax == "free"] * (not _inside(chord, mode)) for chord, price in prices.items()}
        prices.update((chord, min(prices.get(chord, OWN), OWN)) for chord in own if chord.quality in ("", "m"))
    for chord in own:
        prices.setdefault(chord, BARRED if chord.quality == "dim" and mode.name not in TONAL else 0.9)
    for name in _MAJOR_NAMES:
        for text in (name, name.lower()):
            prices.setdefault(numeral(text, mode), 3.2 - 1.8 * dialect.chromatic)
    for chord, price in list(prices.items()):
        for member, extra in INVERSIONS:
            inverted = _inverted(chord, member, mode)
            if inverted and dialect.inversions and price < USED:
                prices.setdefault(inverted, price + extra + 0.45 * (1 - dialect.inversions))
    return prices


def _inside(chord: DegreeChord, mode: Mode) -> bool:
    """Tell whether all notes of a chord belong to the mode."""
    scale = {offset % 12 for offset in mode.offsets}
    return chord.within(Key(PitchClass(0), mode)).semitones <= scale


def _inverted(chord: DegreeChord, steps: int, mode: Mode) -> DegreeChord | None:
    interval = next((i for i in QUALITIES[chord.quality] if i.steps == steps), None)
    if interval is None or chord.bass is not None or chord.quality == "5":
        return None
    octave, step = divmod(chord.root.step + steps, 7)
    semitones = mode.semitones(chord.root.step) + chord.root.alter + interval.semitones
    return DegreeChord(chord.root, chord.quality, Degree(step, semitones - 12 * octave - mode.offsets[step]))


def _own_quality(mode: Mode, step: int) -> str:
    third, fifth = (mode.semitones(step + up) - mode.semitones(step) for up in (2, 4))
    return {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug"}.get((third, fifth), "5")


@cache
def _kind(quality: str) -> int:
    return {"M": 0, "m": 1}.get(triad(Chord(PitchClass(0), quality)) or "", 2)


@cache
def _roughness(quality: str) -> float:
    return roughness([60 + interval.semitones for interval in QUALITIES[quality]])


def _scaled(values: Floats, prior: Floats) -> Floats:
    used = np.sort(values[prior < USED])
    calm, harsh = np.interp((0.05, 0.95), np.linspace(0, 1, used.size), used)
    return np.asarray(np.clip((values - calm) / max(harsh - calm, 1e-6), -0.2, 1.2))


def _function(root: int, quality: str) -> int:
    """Return 0 tonic, 1 subdominant, 2 dominant, 3 applied dominant, by the root above the tonic."""
    diminished = quality in DIMINISHED
    if root == 7 or (root == 11 and diminished) or (root == 3 and quality == "aug"):
        return 2 if quality not in ("m", "m7", "m9") or root != 7 else 0
    if quality in AUGMENTED_SIXTHS or quality in DOMINANTS:
        return 3
    if (diminished and root in (1, 3, 4, 6, 8)) or (quality == "" and root in (2, 4, 9, 11)):
        return 3
    return 1 if root in (1, 2, 5, 6) or (root in (8, 10) and quality == "") else 0
