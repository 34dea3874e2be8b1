"""Kinship: what a motif may inherit from a parent: its rhythm, its contour, its head interval, or its harmony.

Thematic evolution after Bribitzer-Stull, Understanding the Leitmotif, 2015: a later theme is tied to an earlier one by at
least one of these.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from motifgen.chance import Chance
from motifgen.errors import RangeError, UnknownNameError
from motifgen.motif.invention.cells import TICKS, Cell
from motifgen.motif.invention.harmony import Implied, placed_chord
from motifgen.motif.invention.line import LineBrief
from motifgen.motif.invention.rhythm import Rhythm, group_lengths, grouped
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

TRAITS = ("rhythm", "contour", "head", "harmony")


def inherited(parent: Motif, keep: str, chance: Chance) -> str:
    """Return what a child keeps of its parent: what is asked, or one of what there is to keep.

    Raises
    ------
    UnknownNameError
        When it is none of `TRAITS`.
    RangeError
        When the parent has nothing of the kind.
    """
    possible = [trait for trait in TRAITS if _has(parent, trait)]
    if keep and keep not in TRAITS:
        raise UnknownNameError("inheritance", keep, TRAITS)
    if (keep and keep not in possible) or not possible:
        raise RangeError(
            f"the parent motif has no {keep or 'notes'} to keep; accepted: {', '.join(possible) or 'a motif of two notes or more'}"
        )
    return keep or chance.choose(possible)


def _has(parent: Motif, trait: str) -> bool:
    if trait == "harmony":
        return any(note.chord for note in parent.notes)
    if trait == "rhythm":
        return bool(parent.sounding()) and all((note.duration * TICKS).denominator == 1 for note in parent.notes)
    return len(parent.sounding()) > 1 and (trait == "contour" or _head(parent) != 0)


def rhythm_of(parent: Motif) -> Rhythm:
    """Return the rhythm of a motif, ties joined, cut into the accented groups of its meter."""
    lengths: list[int] = []
    tied = False
    for note in parent.notes:
        length = int(note.duration * TICKS)
        if tied and note.degree is not None:
            lengths[-1] += length
        else:
            lengths.append(length if note.degree is not None else -length)
        tied = note.tied
    return _cut(lengths, int(parent.pickup * TICKS), parent.meter)


def _cut(lengths: list[int], pickup: int, meter: Meter) -> Rhythm:
    """Cut lengths where accented groups begin; a note over such a place stays whole."""
    cells: list[list[int]] = []
    at = -pickup
    for length in lengths:
        if not cells or (at >= 0 and _accented(at, meter)):
            cells.append([])
        cells[-1].append(length)
        at += abs(length)
    made: list[Cell] = [tuple(cell) for cell in cells]
    return Rhythm(grouped(made[0] if pickup else (), made[1:] if pickup else made))


def _accented(at: int, meter: Meter) -> bool:
    starts = group_lengths(meter)
    place = at % sum(starts)
    return place in {sum(starts[:i]) for i in range(len(starts))}


def bars_of(parent: Motif) -> int:
    """Return how many bars a motif reaches into, its pickup left out."""
    return max(-(-(parent.duration - parent.pickup) // parent.meter.bar), 1)


def harmony_of(parent: Motif, key: Key) -> tuple[Implied, ...]:
    """Return the chords that a motif carries, as they lie in a key."""
    carried = [(onset, note.chord) for onset, note in zip(parent.onsets, parent.notes, strict=True) if note.chord]
    return tuple(placed_chord(chord, key, max(int((onset - parent.pickup) * TICKS), 0)) for onset, chord in carried)


def briefed(brief: LineBrief, parent: Motif, kept: str) -> LineBrief:
    """Return what is asked of a child's line: the parent's contour, or its head interval at the head."""
    if kept == "contour":
        return replace(brief, signs=_signs(parent))
    if kept == "head":
        return replace(brief, feature=_head(parent), feature_at=0, rises=_head(parent) > 0)
    return brief


def _pitches(parent: Motif) -> list[int]:
    return [pitch.midi for _, _, pitch in parent.sounding()]


def _signs(parent: Motif) -> tuple[int, ...]:
    return tuple((b > a) - (b < a) for a, b in pairwise(_pitches(parent)))


def _head(parent: Motif) -> int:
    """Return the first interval of a motif, in semitones."""
    pitches = _pitches(parent)
    return pitches[1] - pitches[0] if len(pitches) > 1 else 0
