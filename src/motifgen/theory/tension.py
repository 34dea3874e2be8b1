"""Harmonic tension: the spiral array and its ribbons, and the tables of harmonic and melodic charge.

Notes live on a helix along the line of fifths (C is 0, G is 1, F is -1), so a correctly spelled chord lies closer together than
the same keys misspelled. Exact formulas; no audio.

Notes
-----
E. Chew, *Towards a Mathematical Model of Tonality* (2000); D. Herremans and E. Chew, "Tension ribbons", TENOR 2 (2016).
Charges: A. Friberg, *Director Musices* (KTH rule system).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from math import dist

from motifgen.errors import RangeError
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import PitchClass
from motifgen.theory.scale import Key

Point = tuple[float, float, float]

RISE = 0.4
WEIGHTS = (0.536, 0.274, 0.190)
ALPHA = 0.75
FLAT_FIFTHS = (0, -5, 2, -3, 4, -1, -6, 1, -4, 3, -2, 5)
MAJOR_CHARGE = (0, 7, 4, 3.5, 6, 3, 7.5, 1.5, 4, 6, 3.5, 7)
MINOR_CHARGE = (0.3, 8, 2.5, 7, 3, 3.5, 7, 2, 6.5, 1.5, 6, 5.5)
DIMINISHED_CHARGE = 5.0
MELODIC_CHARGE = (0, 6.5, 2, 4.5, 4, 2.5, 6, 1, 5.5, 3, 3.5, 5)
_QUARTER_TURN = ((0, 1), (1, 0), (0, -1), (-1, 0))


def position(fifths: int) -> Point:
    """Return where a note lies in the spiral array, by its place on the line of fifths.

    Examples
    --------
    >>> round(dist(position(0), position(4)), 3)  # C to E
    1.6
    """
    across, along = _QUARTER_TURN[fifths % 4]
    return (float(across), float(along), fifths * RISE)


def triad_center(fifths: int, *, minor: bool = False) -> Point:
    """Return the centre of a major or minor triad, by its root's place on the line of fifths."""
    return _weighted((position(fifths), position(fifths + 1), position(fifths - 3 if minor else fifths + 4)))


def key_center(key: Key) -> Point:
    """Return the centre of a key; modes with a minor third count as minor, the others as major.

    Examples
    --------
    >>> round(dist(key_center(Key.parse("C major")), key_center(Key.parse("A minor"))), 3)
    0.939
    """
    return _key_center(key.tonic.fifths, key.mode.minor)


def center(fifths: Iterable[int]) -> Point:
    """Return the centre of effect of notes given by their places on the line of fifths; each counts once per mention."""
    points = [position(place) for place in fifths]
    if not points:
        raise RangeError("the centre of no notes is asked; accepted: at least one note")
    return _mean(points)


def diameter(fifths: Iterable[int]) -> float:
    """Return the largest distance between any two notes: how dispersed they are; 1.855 for any major or minor triad."""
    places = sorted(set(fifths))
    return max((dist(position(a), position(b)) for a, b in combinations(places, 2)), default=0.0)


def strain(fifths: Iterable[int], key: Key) -> float:
    """Return the tensile strain: how far the notes' centre lies from the key's.

    Examples
    --------
    >>> round(strain([0, 4, 1, 0], Key.parse("C major")), 3)  # C4 E G C
    0.39
    """
    return dist(center(fifths), key_center(key))


def chord_strain(chord: Chord, key: Key) -> float:
    """Return the tensile strain of a spelled chord in a key, its bass counted twice."""
    return strain([*(name.fifths for name in chord.names), chord.lowest.fifths], key)


def momentum(before: Sequence[int], after: Sequence[int]) -> float:
    """Return how far the centre moves from one group of notes to the next; 0 where one of them is silent."""
    return dist(center(before), center(after)) if before and after else 0.0


def flat_fifths(key: int, tonic: PitchClass) -> int:
    """Return the place of a MIDI key as a method without spelling sees it: every chromatic note above the tonic is flat.

    Use it only beside analyses that do not know spelling; correctly spelled notes have ``PitchClass.fifths``.

    Examples
    --------
    >>> flat_fifths(66, PitchClass.parse("C"))
    -6
    """
    return tonic.fifths + FLAT_FIFTHS[(key - tonic.semitone) % 12]


def harmonic_charge(chord: Chord, key: Key) -> float:
    """Return the tension of a chord against the key's tonic, 0 to 8, after the KTH tables.

    Examples
    --------
    >>> harmonic_charge(Chord.parse("Db"), Key.parse("C major"))
    7
    """
    root = (chord.root.semitone - key.tonic.semitone) % 12
    if chord.quality.startswith(("dim", "m7b5")):
        return DIMINISHED_CHARGE
    return MINOR_CHARGE[root] if chord.minor else MAJOR_CHARGE[root]


def melodic_charge(note: PitchClass, chord: Chord) -> float:
    """Return the tension of a note against the root of its chord, 0 to 6.5, after the KTH table."""
    return MELODIC_CHARGE[(note.semitone - chord.root.semitone) % 12]


@lru_cache(maxsize=128)
def _key_center(tonic: int, minor: bool) -> Point:
    home = triad_center(tonic, minor=minor)
    if not minor:
        return _weighted((home, triad_center(tonic + 1), triad_center(tonic - 1)))
    above = _blend(triad_center(tonic + 1), triad_center(tonic + 1, minor=True))
    below = _blend(triad_center(tonic - 1, minor=True), triad_center(tonic - 1))
    return _weighted((home, above, below))


def _blend(most: Point, rest: Point) -> Point:
    x, y, z = (ALPHA * a + (1 - ALPHA) * b for a, b in zip(most, rest, strict=True))
    return (x, y, z)


def _weighted(points: tuple[Point, Point, Point]) -> Point:
    x, y, z = (sum(w * p for w, p in zip(WEIGHTS, axis, strict=True)) for axis in zip(*points, strict=True))
    return (x, y, z)


def _mean(points: Sequence[Point]) -> Point:
    x, y, z = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return (x, y, z)
