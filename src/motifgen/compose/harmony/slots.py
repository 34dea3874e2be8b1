"""Slots: the stretches in which one chord stands, with all that bears on its choice."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan
from motifgen.compose.harmony.cadences import CLOSES
from motifgen.compose.harmony.dialect import Dialect
from motifgen.compose.harmony.melody import UNEXPLAINED, Heard
from motifgen.compose.harmony.vocabulary import Floats, Vocabulary
from motifgen.theory.chord import DegreeChord
from motifgen.theory.pitch import PitchClass
from motifgen.theory.scale import Degree, Key, Mode
from motifgen.theory.spelling import written
from motifgen.theory.time import Span

TENSION_WEIGHT, BRIGHT_WEIGHT, CLASH = 6.0, 0.21, 0.5
NEUTRAL, NEAR_ENOUGH, APART = 0.2, 0.2, 0.6
PLAIN, COLOR, WHIMSICAL = 1.16, 0.8, 0.5
OPENING, HOLLOW, GROUNDED, UPON, RESTLESS = 1.6, 4.0, 0.8, 0.3, 3.0
HINT, HOME, EASED, SETTLED = 2.0, 4.0, 0.4, 0.8


class Slot(NamedTuple):
    """A stretch in which one chord stands.

    Parameters
    ----------
    span : Span
        Quarters.
    key : Key
    affect : Affect
        What is asked here.
    weight : int
        Metrical weight of the start, 0..4.
    notes : tuple[Heard, ...]
        Melody notes that begin here, and one held over from before.
    fixed : DegreeChord, optional
        The chord that the composer wrote.
    hint : DegreeChord, optional
        The chord with which an invented theme was thought of.
    hinted : float
        How much that is worth, 0 to 1; more where it answers other chords.
    home : bool
        Whether a phrase begins here, where the tonic's root is expected whatever stands on it.
    pull : float
        How much the chord itself must answer for the tension: all of it where there is nothing else, less in an orchestra.
    echo : str
        What those are: a sequence and its member, a round of an ostinato; or empty.
    due : bool
        Whether a change of chord is due here.
    goal : str
        A cadence that ends here, from the dialect's table, or empty.
    turn : str
        ``"reveal"`` where the harmony must turn strikingly, ``"change"`` where it must change, ``"held"`` where it must change
        under a held note, ``"rest"`` where the last chord of a scene just sounds on, or empty.
    after_gap : bool
        Whether nothing sounds right before it.
    whim : tuple[float, ...]
        A small price for each of the twelve roots above the tonic, or empty.
    grounded : float
        How much the root is wanted in the bass: 0 anywhere, 1 where a phrase begins, more at arrivals.
    left : int
        Chord places until the phrase ends; 0 is the last, 3 stands for more.
    still : str
        The degree that the bass holds here (``"1"``, ``"5"``), or empty.
    """

    span: Span
    key: Key
    affect: Affect
    weight: int = 4
    notes: tuple[Heard, ...] = ()
    fixed: DegreeChord | None = None
    hint: DegreeChord | None = None
    hinted: float = 0.0
    home: bool = False
    pull: float = 1.0
    echo: str = ""
    due: bool = True
    goal: str = ""
    turn: str = ""
    after_gap: bool = False
    still: str = ""
    whim: tuple[float, ...] = ()
    left: int = 3
    grounded: float = 0.0


def emission(slot: Slot, words: Vocabulary, dialect: Dialect, beat: Fraction) -> Floats:
    """Return what each chord of the vocabulary costs in a slot, whatever comes before and after."""
    cost = (
        words.prior * (PLAIN - COLOR * slot.affect.tension)
        + slot.pull * (EASED if slot.home else 1.0) * _tension(slot.affect, words, dialect)
        - BRIGHT_WEIGHT * slot.affect.valence * words.brightness
    )
    if slot.whim:
        cost = cost + max(WHIMSICAL, _urgency(slot.affect)) * np.array(slot.whim)[words.root]
    if slot.hint is not None:
        cost = cost - HINT * slot.hinted * _like(slot.hint, slot.key.mode, words)
    cost = cost + _standing(slot, words)
    cost = cost + dialect.melodic * fit(slot, words, beat)
    if slot.fixed is not None:
        cost = np.where(np.arange(len(words.chords)) == words.index(slot.fixed), cost, np.inf)
    return cost


def _standing(slot: Slot, words: Vocabulary) -> Floats:
    """Return what each chord costs for where it stands: at openings, arrivals and endings, over a bass that is held."""
    cost = GROUNDED * slot.grounded * (words.bass != words.root)
    if slot.turn not in ("", "rest") or slot.after_gap:
        cost = cost + HOLLOW * (words.members.sum(axis=1) < 3)
    if slot.after_gap:
        cost = cost + OPENING * (1 - slot.affect.tension) * (words.root != 0)
    if not slot.left:
        cost = cost + SETTLED * (words.bass != words.root)
    if slot.still:
        cost = cost + UPON * ~words.members[:, _held_tone(slot.still, slot.key.mode)]
    if slot.goal in CLOSES:
        cost = cost + RESTLESS * words.diminished
    return np.asarray(cost + HOME * slot.home * (words.root != 0))


@lru_cache(maxsize=64)
def _held_tone(degree: str, mode: Mode) -> int:
    """Return the semitones above the tonic of a degree that the bass holds."""
    return Key(PitchClass(0), mode).name(Degree.parse(degree)).semitone


@lru_cache(maxsize=4096)
def _like(hint: DegreeChord, mode: Mode, words: Vocabulary) -> Floats:
    """Return how much each chord is the one hinted at, 0 to 1: its root counts for most, then how many of its notes sound, its bass."""
    chord = hint.within(Key(PitchClass(0), mode))
    tones = sorted(chord.semitones)
    alike = words.members[:, tones].mean(axis=1)
    return np.asarray(0.5 * (words.root == chord.root.semitone) + 0.3 * alike + 0.2 * (words.bass == chord.lowest.semitone))


def _urgency(affect: Affect) -> float:
    """Return how much the asked tension matters: little at rest, more the further it is from neutral."""
    return 0.1 + 2 * abs(affect.tension - NEUTRAL)


def fit(slot: Slot, words: Vocabulary, beat: Fraction) -> Floats:
    """Return how badly each chord carries the melody notes of a slot: 0 where all are chord tones."""
    cost = np.zeros(len(words.chords))
    for one in slot.notes:
        cost = cost + one.share * _fit(one, slot, words, beat)
    return cost


def _tension(affect: Affect, words: Vocabulary, dialect: Dialect) -> Floats:
    """Return how far each chord misses the tension asked for; it matters more the further that is from neutral."""
    target = affect.tension * (0.4 + 0.6 * dialect.roughness)
    apart = (np.abs(words.roughness - target) + np.abs(words.strain - target)) / 2
    together = np.abs((words.roughness + words.strain) / 2 - target)
    return np.asarray(TENSION_WEIGHT * _urgency(affect) * np.maximum(together + APART * apart - NEAR_ENOUGH, 0))


def _fit(one: Heard, slot: Slot, words: Vocabulary, beat: Fraction) -> Floats:
    tonic = slot.key.tonic.semitone
    place = (one.note.pitch.semitones - tonic) % 12
    explained: Floats = np.full(len(words.chords), one.cost(beat))
    if one.goes is not None and one.note.end < slot.span.end:
        settled = words.members[:, (place + one.goes) % 12]
        explained = np.where(settled, explained, np.maximum(explained, UNEXPLAINED[one.weight]))
    clash = CLASH * words.members[:, (place - 1) % 12]
    return np.where(words.members[:, place], 0.0, explained + clash)


def spans_of(slots: Sequence[Slot], chords: Sequence[DegreeChord]) -> tuple[ChordSpan, ...]:
    """Return the chords as spans; neighbours that are the same on the same tonic become one: a chord is not struck again for its mode."""
    spans: list[ChordSpan] = []
    for slot, degree in zip(slots, chords, strict=True):
        chord = written(degree.within(slot.key), slot.key)
        last = spans[-1] if spans else None
        if last and not slot.after_gap and slot.turn in ("", "rest") and last.chord == chord and _same_tonic(last.key, slot.key):
            spans[-1] = ChordSpan(Span(last.span.start, slot.span.end), chord, last.key)
        else:
            spans.append(ChordSpan(slot.span, chord, slot.key))
    return tuple(spans)


def _same_tonic(one: Key, other: Key) -> bool:
    return one.tonic.semitone == other.tonic.semitone
