"""Exact hits: windows that have all the moves of a shape, or of a stretch of it, in its rhythm; and near hits, all but a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from motifgen.measure.finding.shapes import Shape
from motifgen.measure.finding.strands import Ints
from motifgen.measure.finding.windows import Windows

_OWN_RHYTHM, _EVEN, _MIRRORED = 4, 6, 7
_PLAIN_PACES = (Fraction(1, 2), Fraction(1), Fraction(2))


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A shape found.

    Parameters
    ----------
    rows : tuple[int, ...]
        The notes, as they are numbered in the strands' table.
    part : str
    shape : Shape
    pace : Fraction
        How many times slower than the motif.
    shift : int
        Semitones above the shape.
    altered, extra : int
        Notes of other pitch, and notes between the motif's own.
    onsets : tuple[float, ...]
        Where each of the rows is heard, in quarters of the motif.
    """

    rows: tuple[int, ...]
    part: str
    shape: Shape
    pace: Fraction
    shift: int
    altered: int
    extra: int
    onsets: tuple[float, ...]


def exact_hits(windows: Windows, shapes: Sequence[Shape], least: int, *, paces: bool, fragments: bool) -> Iterator[Hit]:
    """Yield every window with all notes of a shape or, if asked, of a stretch of at least so many notes.

    Parameters
    ----------
    paces : bool
        Whether other paces than the motif's own count.
    fragments : bool
        Whether stretches count. Short ones are found everywhere, so they must have something of their own: four notes in a rhythm that is
        not even, or six even ones; seven when mirrored. One of less than seven notes and less than two thirds of the motif must
        keep the motif's pace, or half or twice it.
    """
    for length, patterns in _by_length(shapes, least, fragments=fragments):
        places = windows.all_places([shape.moves for shape in patterns])
        for shape, starts in zip(patterns, places, strict=True):
            if len(starts):
                plain = length < _MIRRORED and not _most(length, len(shapes[0].pitches))
                yield from _in_rhythm(windows, shape, starts, _accepted(paces=paces, plain=plain))


def _accepted(*, paces: bool, plain: bool) -> tuple[Fraction, ...] | None:
    """Return the paces that count; None for all."""
    return (Fraction(1),) if not paces else _PLAIN_PACES if plain else None


def _by_length(shapes: Sequence[Shape], least: int, *, fragments: bool) -> Iterator[tuple[int, list[Shape]]]:
    count = len(shapes[0].pitches)
    yield count, list(shapes)
    for length in range(count - 1, max(least, 3) - 1, -1) if fragments else ():
        stretches = [
            shape.part(start, start + length) for shape in shapes for start in range(count - length + 1) if _may_break(shape, length)
        ]
        telling = [stretch for stretch in stretches if _telling(stretch)]
        if telling:
            yield length, telling


def _most(length: int, count: int) -> bool:
    """Tell whether a stretch is most of the motif."""
    return 3 * length >= 2 * count


def _may_break(shape: Shape, length: int) -> bool:
    """Tell whether stretches of a shape can be told from chance: exotic modes change too few notes of a short one."""
    known = shape.recast in {(), ("transpose",)} or _most(length, len(shape.pitches))
    return known and "retrograde pitches" not in shape.steps


def _telling(stretch: Shape) -> bool:
    if not np.any(stretch.moves):
        return False
    even = float(np.ptp(np.diff(stretch.onsets))) < 1e-6
    needed = _MIRRORED if stretch.mirror else _EVEN if even else _OWN_RHYTHM
    return len(stretch.pitches) >= needed


def _in_rhythm(
    windows: Windows, shape: Shape, starts: Ints, paces: tuple[Fraction, ...] | None, altered: Ints | None = None
) -> Iterator[Hit]:
    strands = windows.strands
    fits, ratios = windows.paces(starts, shape.onsets, plain=shape.plain and altered is None)
    count, wrong = len(shape.pitches), np.zeros(len(starts), dtype=np.int64) if altered is None else altered
    for start, ratio, off in zip(starts[fits].tolist(), ratios[fits].tolist(), wrong[fits].tolist(), strict=True):
        pace = windows.named(ratio)
        if paces is not None and pace not in paces:
            continue
        rows = tuple(strands.note[start : start + count].tolist())
        shift = int(np.sort(strands.pitch[start : start + count] - shape.pitches)[count // 2])
        yield Hit(rows, strands.parts[strands.strand[start]], shape, pace, shift, off, 0, tuple(shape.onsets.tolist()))


def near_hits(windows: Windows, shapes: Iterable[Shape], most: int, *, paces: bool) -> Iterator[Hit]:
    """Yield windows in the rhythm of a whole shape of which up to ``most`` notes have another pitch.

    Of a shape with so many wrong notes some stretch between them is right, so only windows with such a stretch are looked at.
    """
    if most < 1:
        return
    for shape in shapes:
        starts = _seeded(windows, shape, most)
        if not len(starts):
            continue
        count = len(shape.pitches)
        apart = windows.strands.pitch[starts[:, None] + np.arange(count)] - shape.pitches
        middle = np.sort(apart, axis=1)[:, count // 2]
        wrong = np.sum(apart != middle[:, None], axis=1)
        near = (wrong > 0) & (wrong <= most)
        yield from _in_rhythm(windows, shape, starts[near], (Fraction(1),) if not paces else None, wrong[near])


def _seeded(windows: Windows, shape: Shape, most: int) -> Ints:
    """Return where windows of the shape's length begin that hold one of its ``most`` + 1 stretches."""
    count, strand = len(shape.pitches), windows.strands.strand
    cuts = np.linspace(0, count, most + 2).astype(int)
    found = []
    for low, high in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
        if high - low < 2:
            found.append(np.arange(len(windows), dtype=np.int64))
        else:
            found.append(windows.places(shape.moves[low : high - 1]) - low)
    starts = np.unique(np.concatenate(found))
    starts = starts[(starts >= 0) & (starts + count <= len(windows))]
    inside: Ints = starts[strand[starts] == strand[starts + count - 1]]
    return inside
