"""When each note ends: slurred into the next, detached, short, cut at rests; never over itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.dynamics import articulations
from motifgen.compose.performance.gaps import (
    leap_articulation,
    overall_articulation,
    phrase_articulation,
    punctuation,
    repetition_articulation,
    score_legato,
    score_staccato,
)
from motifgen.compose.performance.stage import Stage
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SHORTEST = 0.045
OVERLAP = (0.020, 0.060)
QUICK = 230.0
NAMED = ("pizzicato", "harmonics", "con sordino", "sul ponticello", "col legno", "flutter", "tremolo", "trill", "spiccato", "staccato",
         "marcato", "tenuto")  # fmt: skip
SINGING = ("melody", "counter")
DETACHED_ROLES = ("ostinato", "pulse", "arpeggio", "hit", "percussion")


def ends(strand: Strand, stage: Stage, on: Ints) -> Ints:
    """Return the tick at which each note ends.

    Parameters
    ----------
    strand : Strand
    stage : Stage
    on : NDArray of int
        The ticks at which its notes begin, as played.
    """
    if not on.size:
        return on
    began = stage.clock.seconds(on)
    stop = _written_end(strand, began)
    length = np.maximum(stop - began, SHORTEST)
    sounding = length - _gaps(strand, stage, length) + _overlaps(strand, stage, length)
    off = stage.clock.ticks(began + np.maximum(sounding, np.minimum(SHORTEST, length)))
    return _apart(strand, on, np.maximum(_before_rests(stage, strand, on, off), on + 1))


def slurred(strand: Strand, stage: Stage) -> Bools:
    """Tell which notes are bound to the next."""
    joined = strand.joined[strand.event]
    if not strand.part.instrument.sustained or strand.part.instrument.drums:
        return np.zeros(strand.on.shape, dtype=bool)
    wanted = stage.quantity("legato", strand.phrase) >= 0.5
    if strand.part.role in DETACHED_ROLES:
        wanted &= strand.statement >= 0
    table = articulations()
    slurs, breaks = ([mark for mark, row in table.items() if row.legato is bound] for bound in (True, False))
    possible = joined & ~strand.repeats & ~_breaks(strand)[strand.event]
    return np.asarray((wanted | strand.marked(*slurs)) & ~strand.marked(*breaks) & possible, dtype=bool)


def articulation_names(strand: Strand, stage: Stage) -> tuple[str, ...]:
    """Return how each note is played, as a sample library would call it.

    A mark says so first; strings play short notes off the string when they are quick; what is bound is legato.
    """
    bound = slurred(strand, stage).tolist()
    quick = (strand.interval[strand.event] < QUICK) if strand.on.size else bound
    strings = strand.part.instrument.family == "strings"
    return tuple(
        _named(note.marks, bound=is_bound, spiccato=strings and bool(is_quick))
        for note, is_bound, is_quick in zip(strand.notes, bound, quick, strict=True)
    )


def _named(marks: frozenset[str], *, bound: bool, spiccato: bool) -> str:
    for name in NAMED:
        if name in marks:
            return "spiccato" if name == "staccato" and spiccato else name
    return "legato" if bound else "long"


def _written_end(strand: Strand, began: Floats) -> Floats:
    """Return where notes would end in time with the others: where the next event begins, if they are written so."""
    events = began[strand.first]
    following = np.append(events[1:], np.inf)[strand.event]
    next_written = np.append(strand.start[strand.first][1:], np.inf)[strand.event]
    meets = np.abs(strand.stop - next_written) < 0.02
    return np.where(meets, following, began + (strand.stop - strand.start))


def _gaps(strand: Strand, stage: Stage, length: Floats) -> Floats:
    """Return the silent seconds at the end of each note."""
    milliseconds = length * 1000
    detached = overall_articulation(milliseconds, np.maximum(stage.quantity("overall", strand.phrase), 0))
    gap = np.where(slurred(strand, stage), 0.0, np.maximum(_rule_gaps(strand, stage), detached))
    table = articulations()
    for mark in sorted(strand.marks & set(table)):
        row = table[mark]
        short = (1 - row.sounding) * milliseconds + row.gap if row.sounding else _staccato(strand, stage, milliseconds)
        full = row.sounding == 1 and not row.gap
        gap = np.where(strand.marked(mark), 0.0 if full else np.maximum(gap, short), gap)
    return np.asarray(np.minimum(gap / 1000, length * 0.8), dtype=np.float64)


def _rule_gaps(strand: Strand, stage: Stage) -> Floats:
    """Return the milliseconds that repetition, leap, punctuation and phrase ends ask for, event by event."""
    phrase, interval = strand.phrase[strand.first], strand.interval
    leap = np.diff(strand.top, append=strand.top[-1:])
    asked = []
    if np.array_equal(strand.first, np.arange(strand.pitch.size)):
        asked.append(np.where(strand.joined, leap_articulation(leap, interval, stage.quantity("leap_articulation", phrase)), 0.0))
    gaps = punctuation(interval, np.maximum(stage.quantity("punctuation", phrase), 0))[0]
    asked.append(np.where(_breaks(strand) | ~strand.joined, gaps, 0.0))
    repeated = repetition_articulation(strand.repeats, stage.quantity("repetition", strand.phrase))
    gap = np.maximum(np.maximum.reduce(asked)[strand.event], repeated)
    closing = (strand.closing & strand.joined)[strand.event]
    return np.asarray(np.where(closing, np.maximum(gap, phrase_articulation(1.0)[0]), gap), dtype=np.float64)


def _breaks(strand: Strand) -> Bools:
    """Tell after which events a line breathes: at the ends of phrases, and of the small groups of a melody."""
    return strand.closing | strand.grouped if strand.part.role in SINGING or (strand.statement >= 0).any() else strand.closing


def _staccato(strand: Strand, stage: Stage, milliseconds: Floats) -> Floats:
    k = stage.quantity("staccato", strand.phrase)
    asked = sorted(set(k.tolist()))
    return np.select([k == value for value in asked], [score_staccato(milliseconds, value) for value in asked], 0.0)


def _overlaps(strand: Strand, stage: Stage, length: Floats) -> Floats:
    """Return the seconds by which slurred notes run into the next, so that sample libraries play their true legato."""
    return np.where(slurred(strand, stage), np.clip(score_legato(length * 1000, 1.0) / 1000, *OVERLAP), 0.0)


def _before_rests(stage: Stage, strand: Strand, on: Ints, off: Ints) -> Ints:
    """End notes where a rest begins, at the latest; and where the scene ends, unless they are written to ring on."""
    walls = np.array([*(start for start, _, _ in stage.rests), np.iinfo(np.int64).max], dtype=np.int64)
    last = np.where(strand.on < stage.end, stage.end, np.iinfo(np.int64).max)
    return np.minimum(np.minimum(off, walls[np.searchsorted(walls, on, side="right")]), last)


def _apart(strand: Strand, on: Ints, off: Ints) -> Ints:
    """End a note before its own pitch begins again."""
    order = np.lexsort((on, strand.pitch))
    again = np.append(strand.pitch[order][1:] == strand.pitch[order][:-1], np.zeros(1, dtype=bool))
    limit = np.where(again, np.append(on[order][1:], 0), np.iinfo(np.int64).max)
    result = off.copy()
    result[order] = np.maximum(np.minimum(off[order], limit), on[order] + 1)
    return result
