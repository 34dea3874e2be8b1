"""Strands: lines in which one note follows another, drawn from parts that may be chords or several voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter

import numpy as np
from numpy.typing import NDArray

from motifgen.sketch.events import PPQ
from motifgen.sketch.note_lines import NoteLine, NoteLines

Ints = NDArray[np.int64]
_TOGETHER = PPQ // 20
_GRIDS = (PPQ // 32, PPQ // 24, PPQ // 20)


@dataclass(frozen=True, slots=True, eq=False)
class Strands:
    """All strands of a piece, one after the other in flat arrays.

    Parameters
    ----------
    onset : NDArray
        Ticks, moved on by ``apart`` for each strand, so that they rise throughout.
    pitch, strand, note : NDArray
        MIDI key, number of the strand, and number of the note among all notes of the piece.
    parts : tuple[str, ...]
        The part of each strand.
    table : NDArray
        Every note of the piece: onset tick, end tick, pitch.
    written : bool
        Whether all onsets are on a grid of written values, so that rhythm may be taken at its word.
    """

    onset: Ints
    pitch: Ints
    strand: Ints
    note: Ints
    parts: tuple[str, ...]
    table: Ints
    apart: int
    written: bool


def strands_of(piece: NoteLines) -> Strands:
    """Return the strands of a piece.

    A line without chords and overlaps is one strand. Others give several: the highest and the lowest notes, and voices
    followed from note to nearest note. Voices of a part that a score tells apart are also heard together, for melodies that
    wander from one to another.
    """
    table = np.array([_row(note) for line in piece.lines for note in line.notes.tolist()], dtype=np.int64).reshape(-1, 3)
    begins = np.cumsum([0, *(len(line.notes) for line in piece.lines)])
    found: list[tuple[str, Ints]] = []
    for number, line in enumerate(piece.lines):
        found += [(line.part, rows) for rows in _separated(table, np.arange(begins[number], begins[number + 1]))]
    found += [(part, rows) for part, rows in _merged(piece.lines, table, begins)]
    return _flat(_distinct(found), table)


def crowds_of(piece: NoteLines, strands: Strands) -> Strands:
    """Return the parts of several voices, every note of each in one row; of one-voiced parts, nothing."""
    single = {part for part, count in Counter(strands.parts).items() if count == 1}
    begins = np.cumsum([0, *(len(line.notes) for line in piece.lines)])
    whole: dict[str, list[Ints]] = {}
    for number, line in enumerate(piece.lines):
        if line.part not in single:
            whole.setdefault(line.part, []).append(np.arange(begins[number], begins[number + 1]))
    rows = [(part, np.concatenate(found)) for part, found in whole.items()]
    ordered = [(part, each[np.lexsort((strands.table[each, 2], strands.table[each, 0]))]) for part, each in rows]
    return _flat([(part, each) for part, each in ordered if len(each) > 1], strands.table)


def _row(note: tuple[int, ...]) -> tuple[int, int, int]:
    return note[0], note[1], note[2]


def _distinct(found: list[tuple[str, Ints]]) -> list[tuple[str, Ints]]:
    kept: dict[bytes, tuple[str, Ints]] = {}
    for part, rows in found:
        if len(rows) > 1:
            kept.setdefault(rows.tobytes(), (part, rows))
    return list(kept.values())


def _flat(found: list[tuple[str, Ints]], table: Ints) -> Strands:
    note = np.concatenate([rows for _, rows in found]) if found else np.zeros(0, dtype=np.int64)
    strand = np.repeat(np.arange(len(found)), [len(rows) for _, rows in found]).astype(np.int64)
    low = int(table[:, 0].min(initial=0))
    apart = 4 * (int(table[:, 0].max(initial=0)) - low + PPQ)
    onset = table[note, 0] - low + strand * apart
    written = any(not np.any(table[:, 0] % grid) for grid in _GRIDS)
    return Strands(onset, table[note, 2], strand, note, tuple(part for part, _ in found), table, apart, written)


def _merged(lines: tuple[NoteLine, ...], table: Ints, begins: Ints) -> Iterator[tuple[str, Ints]]:
    """Yield the outer voices of each part whose voices come as lines of their own."""
    together: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        together.setdefault(line.part, []).append(number)
    for part, numbers in together.items():
        if len(numbers) > 1:
            rows = np.concatenate([np.arange(begins[number], begins[number + 1]) for number in numbers])
            rows = rows[np.lexsort((table[rows, 2], table[rows, 0]))]
            yield from ((part, outer) for outer in _outer(table, rows))


def _separated(table: Ints, rows: Ints) -> list[Ints]:
    """Return the strands of one line."""
    if len(rows) < 2:
        return []
    onset, end = table[rows, 0], table[rows, 1]
    if np.all(np.diff(onset) > _TOGETHER) and np.mean(_overlapping(onset, end)) < 0.02:
        return [rows]
    return [*_outer(table, rows), *_voices(table, rows)]


def _overlapping(onset: Ints, end: Ints) -> NDArray[np.bool_]:
    """Return which notes go on well into the next: half of it or more."""
    length = np.minimum(end[1:] - onset[1:], end[:-1] - onset[:-1])
    overlaps: NDArray[np.bool_] = (end[:-1] - onset[1:]) * 2 > length
    return overlaps


def _outer(table: Ints, rows: Ints) -> Iterator[Ints]:
    """Yield the highest notes and the lowest, at every attack, and only those that no held note covers."""
    for sign in (1, -1):
        tops = _extremes(table, rows, sign)
        yield tops
        yield _uncovered(table, tops, sign)


def _extremes(table: Ints, rows: Ints, sign: int) -> Ints:
    """Return the highest (or lowest) note of each attack."""
    attack = np.cumsum(np.concatenate([[0], np.diff(table[rows, 0]) > _TOGETHER]))
    order = np.lexsort((-sign * table[rows, 2], attack))
    first = np.concatenate([[True], np.diff(attack[order]) > 0])
    tops: Ints = rows[order[first]]
    return tops


def _uncovered(table: Ints, rows: Ints, sign: int) -> Ints:
    kept: list[int] = []
    until, height = -1, 0
    for row, (onset, end, pitch) in zip(rows.tolist(), table[rows].tolist(), strict=True):
        if until - onset > (end - onset) // 4 and sign * (height - pitch) > 0:
            continue
        kept.append(row)
        until, height = end, pitch
    return np.array(kept, dtype=np.int64)


def _voices(table: Ints, rows: Ints) -> list[Ints]:
    """Return voices: each note goes on from the free voice that is nearest in pitch, the nearest pairs first.

    Notes
    -----
    A plain form of voice separation by pitch proximity; compare E. Chew and X. Wu, "Separating voices in polyphonic music: a
    contig mapping approach" (2004).
    """
    voices: list[_Voice] = []
    done: list[_Voice] = []
    order = rows[np.lexsort((-table[rows, 2], table[rows, 0]))]
    events = zip(order.tolist(), *table[order].T.tolist(), strict=True)
    for onset, attack in groupby(events, key=itemgetter(1)):
        waiting = list(attack)
        free = [voice for voice in voices if voice.end <= onset + _TOGETHER or 4 * (voice.end - onset) <= voice.end - voice.onset]
        pairs = _paired(free, waiting)
        for voice, event in pairs:
            voice.take(event)
        going_on = {event[0] for _, event in pairs}
        voices += [_Voice([event[0]], onset, event[2], event[3]) for event in waiting if event[0] not in going_on]
        if len(voices) > _MOST_VOICES:
            voices.sort(key=attrgetter("end"))
            done += voices[:-_MOST_VOICES]
            del voices[:-_MOST_VOICES]
    return [np.array(voice.rows, dtype=np.int64) for voice in (*done, *voices)]


@dataclass(slots=True)
class _Voice:
    rows: list[int]
    onset: int
    end: int
    pitch: int

    def take(self, event: _Event) -> None:
        """Go on with a note."""
        row, self.onset, self.end, self.pitch = event
        self.rows.append(row)


_Event = tuple[int, int, int, int]
"""The number of a note, its onset and end, its pitch."""
_FAR, _MOST_VOICES = 12, 8


def _paired(free: list[_Voice], waiting: list[_Event]) -> list[tuple[_Voice, _Event]]:
    """Return voices with the notes that go on from them; a long rest counts like a wide step."""
    if not free:
        return []
    onset = waiting[0][1]
    rests = [min((onset - voice.end) // PPQ, 8) for voice in free]
    if len(waiting) == 1:
        pitch = waiting[0][3]
        far = [abs(voice.pitch - pitch) + rest for voice, rest in zip(free, rests, strict=True)]
        nearest = min(far)
        return [(free[far.index(nearest)], waiting[0])] if nearest <= _FAR else []
    near = []
    for v, (voice, rest) in enumerate(zip(free, rests, strict=True)):
        last = voice.pitch
        for w, event in enumerate(waiting):
            distance = abs(last - event[3]) + rest
            if distance <= _FAR:
                near.append((distance, v, w))
    near.sort()
    found, used_voices, used_notes = [], set[int](), set[int]()
    for _, v, w in near:
        if v not in used_voices and w not in used_notes:
            used_voices.add(v)
            used_notes.add(w)
            found.append((free[v], waiting[w]))
    return found
