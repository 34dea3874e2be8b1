"""Occurrences: hits with a place, a name and a likeness; of several that share their notes, the plainest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from motifgen.measure.finding.exact import Hit
from motifgen.measure.finding.strands import Ints
from motifgen.motif.key_finding import spelled
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.table import parse_transform
from motifgen.sketch.note_lines import NoteLines

_GRID = 48
_HEARD, _MANY = 0.5, 7


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a motif is heard, and what became of it.

    Parameters
    ----------
    part : str
    bar : int
        As the piece numbers its bars.
    beat : float
        From 1, to a thousandth.
    seconds, end_seconds : float
        From the start of the piece; where the first note begins and the last ends.
    transformation : str
        Transformations with commas between, which `motifgen.motif.transform.parse_transform` reads; applied to the motif they give these
        notes. Empty where the motif stands as it is. ``ornament`` at the end says that other notes stand between.
    altered : int
        How many notes have another pitch than the transformation gives.
    likeness : float
        How much of the motif is still heard, 0 to 1; see `motifgen.motif.likeness.likeness`.
    notes : tuple[tuple[float, int], ...]
        Onset in seconds and MIDI key of each note, ornaments included.
    """

    part: str
    bar: int
    beat: float
    seconds: float
    end_seconds: float
    transformation: str
    altered: int
    likeness: float
    notes: tuple[tuple[float, int], ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the transformations one by one."""
        return tuple(self.transformation.split(", ")) if self.transformation else ()


def chosen(motif: Motif, hits: Iterable[Hit], kinds: frozenset[str], table: Ints) -> list[tuple[Hit, float]]:
    """Return the hits that stay when each note counts once, with their likeness: whole before part, exact before near, plain first.

    A hit goes when half of its notes or more belong to better ones. So does an ornamented hit of a short motif in which the motif is hardly
    heard.
    """
    ear, count = _Ear(motif), len(motif.sounding())
    allowed = (hit for hit in hits if _allowed(hit, kinds))
    best: dict[tuple[int, ...], tuple[tuple[int, ...], Hit]] = {}
    for hit in allowed:
        weight = _weight(hit, count)
        if hit.rows not in best or weight < best[hit.rows][0]:
            best[hit.rows] = weight, hit
    taken: set[int] = set()
    kept = []
    for _, hit in sorted(best.values(), key=lambda pair: (pair[0], pair[1].part, pair[1].rows)):
        if 2 * sum(row in taken for row in hit.rows) < len(hit.rows):
            alike = ear.likeness(hit, tuple(table[list(hit.rows), 2].tolist()))
            if hit.extra and count < _MANY and alike < _HEARD:
                continue
            taken.update(hit.rows)
            kept.append((hit, alike))
    return kept


def _allowed(hit: Hit, kinds: frozenset[str]) -> bool:
    moved = "transpose" in kinds or not _named_shift(hit)[1]
    return moved and (hit.pace == 1 or ("augment" if hit.pace > 1 else "diminish") in kinds)


def _weight(hit: Hit, count: int) -> tuple[int, ...]:
    """Return how far a hit is from a plain statement, as numbers that compare."""
    missing = count - len(hit.shape.pitches)
    steps = len(_steps(hit))
    return missing, hit.altered, hit.extra, steps, hit.shape.rank


def _steps(hit: Hit) -> tuple[str, ...]:
    """Return the transformations, one text each."""
    steps, shift = _named_shift(hit)
    pace = () if hit.pace == 1 else (f"augment {hit.pace}",) if hit.pace > 1 else (f"diminish {1 / hit.pace}",)
    return (*steps, *((f"transpose {shift}",) if shift else ()), *pace, *(("ornament",) if hit.extra else ()))


def _named_shift(hit: Hit) -> tuple[tuple[str, ...], int]:
    """Return the shape's steps and the semitones that remain; whole octaves go into a transposition by degrees."""
    steps, shift = hit.shape.steps, hit.shift
    if "transpose" not in hit.shape.recast or shift % 12:
        return steps, shift
    degrees = int(steps[-1].split()[1]) + 7 * (shift // 12)
    return (*steps[:-1], f"transpose {degrees} degrees"), 0


def occurrences(hits: Iterable[tuple[Hit, float]], piece: NoteLines, table: Ints) -> tuple[Occurrence, ...]:
    """Return hits as occurrences in order of time, then of part."""
    order = {name: number for number, name in reversed(list(enumerate(line.part for line in piece.lines)))}
    found = sorted(hits, key=lambda pair: (int(table[pair[0].rows[0], 0]), order[pair[0].part], pair[0].rows))
    return tuple(_occurrence(hit, alike, piece, table) for hit, alike in found)


def _occurrence(hit: Hit, alike: float, piece: NoteLines, table: Ints) -> Occurrence:
    heard = table[list(hit.rows)].tolist()
    bar, beat = piece.place(heard[0][0])
    notes = tuple((_seconds(piece, onset), pitch) for onset, _, pitch in heard)
    end = _seconds(piece, max(end for _, end, _ in heard))
    return Occurrence(hit.part, bar, beat, notes[0][0], end, ", ".join(_steps(hit)), hit.altered, alike, notes)


def _seconds(piece: NoteLines, tick: int) -> float:
    return round(float(piece.tempo.seconds(tick)), 6)


class _Ear:
    """Tells how like a motif what was found is; asks once for each thing it hears."""

    def __init__(self, motif: Motif) -> None:
        self._motif = motif
        self._known: dict[tuple[object, ...], float] = {}

    def likeness(self, hit: Hit, pitches: tuple[int, ...]) -> float:
        """Return the likeness of a motif and a hit, 0 to 1."""
        inner = tuple(pitch - hit.shift for pitch in pitches)
        key = (hit.shape.steps, hit.pace, inner, tuple(round(onset * _GRID) for onset in hit.onsets) if hit.extra else ())
        if key not in self._known:
            self._known[key] = round(likeness(self._motif, self._heard(hit, inner)).total, 3)
        return self._known[key]

    def _heard(self, hit: Hit, pitches: tuple[int, ...]) -> Motif:
        pace = (f"augment {hit.pace}",) if hit.pace != 1 else ()
        steps = (*hit.shape.steps, *pace)
        variant = parse_transform(", ".join(steps))(self._motif) if steps else self._motif
        if not hit.altered and not hit.extra:
            return variant
        lengths = [*_lengths(hit.onsets, hit.pace), variant.sounding()[-1][1]]
        key = variant.key
        notes = tuple(Note(key.degree(spelled(pitch, key)), length) for pitch, length in zip(pitches, lengths, strict=True))
        return replace(variant, notes=notes, pickup=Fraction(0))


def _lengths(onsets: tuple[float, ...], pace: Fraction) -> Iterator[Fraction]:
    for now, then in pairwise(onsets):
        yield max(Fraction(round((then - now) * _GRID), _GRID), Fraction(1, _GRID)) * pace
