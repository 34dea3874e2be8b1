"""Parts with kept bars: the notes and controllers of a take in the middle of what was composed around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.keeping.lock import EARLY, Lock
from motifgen.files.midi_messages import AT_REST
from motifgen.sketch.events import control_table, notes
from motifgen.sketch.recording import Part

#: Ticks by which a note may ring over the seam of kept bars, as a release does; what is longer ends there.
RING = 2 * EARLY
_BEGINNING, _FOREVER = -(1 << 40), 1 << 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A note, or what of it lies in a stretch; ``cut`` tells whether it begins at a seam, having begun before it."""

    onset: int
    end: int
    pitch: int
    velocity: int
    way: str
    cut: bool = False


def with_kept(player: Part, found: Lock, part: Part | None, old: Part | None) -> Part:
    """Return a player's part with the kept bars of a take in it; where the scene or the take does not have it, it is silent.

    Notes that sound over a seam end there, unless the same pitch goes on on the other side: then it is one note.
    """
    before, after = (_window(_pieces(part), start, end) for start, end in ((_BEGINNING, found.start), (found.end, _FOREVER)))
    kept = [replace(it, onset=it.onset + found.shift, end=it.end + found.shift) for it in _window(_pieces(old), found.first, found.last)]
    pieces = _joined([*before, *kept, *after])
    changes = _changes(part.controls if part else None, old.controls if old else None, found)
    named = any(it.way for it in pieces)
    return replace(
        player,
        notes=notes((it.onset, it.end, it.pitch, it.velocity) for it in pieces),
        controls=control_table(changes),
        articulations=tuple(it.way for it in pieces) if named else (),
    )


def _pieces(part: Part | None) -> list[Piece]:
    if part is None:
        return []
    ways = part.articulations or ("",) * len(part.notes)
    rows = part.notes.tolist()
    return [Piece(on, off, pitch, velocity, way) for (on, off, pitch, velocity), way in zip(rows, ways, strict=True)]


def _window(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """Return what sounds from one seam to another; who is a little early at the first belongs to it."""
    found = []
    for it in pieces:
        last = it.end if it.end <= end + RING else end
        if start - EARLY <= it.onset < end - EARLY:
            found.append(replace(it, end=last))
        elif it.onset < start - EARLY and it.end > start + RING:
            found.append(replace(it, onset=start, end=last, cut=True))
    return found


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces as `notes` orders them: a pitch never overlaps itself, and goes on over a seam where both sides have it."""
    done: list[Piece] = []
    last: dict[int, int] = {}
    for it in sorted(pieces, key=lambda it: (it.onset, it.cut, it.pitch)):
        at = last.get(it.pitch)
        if at is not None and it.cut and abs(done[at].end - it.onset) <= RING:
            done[at] = replace(done[at], end=max(it.end, done[at].end))
            continue
        if at is not None and done[at].end > it.onset:
            done[at] = replace(done[at], end=it.onset)
        last[it.pitch] = len(done)
        done.append(it)
    return sorted((it for it in done if it.end > it.onset), key=lambda it: (it.onset, it.pitch, it.end))


def _changes(new: NDArray[np.void] | None, old: NDArray[np.void] | None, found: Lock) -> NDArray[np.int64]:
    """Return controllers: the take's within the kept bars, and at each seam the values that hold on the other side."""
    own, kept = (_rows(table) for table in (new, old))
    numbers = sorted({number for _, number, _ in (*own, *kept)})
    rows = [row for row in own if not found.start <= row[0] < found.end]
    rows += [(found.start, number, _held(kept, number, found.first)) for number in numbers]
    rows += [(tick + found.shift, number, value) for tick, number, value in kept if found.first < tick < found.last]
    rows += [(found.end, number, _held(own, number, found.end)) for number in numbers if (found.end, number) not in {it[:2] for it in rows}]
    return np.array(sorted(rows, key=lambda row: row[:2]), dtype=np.int64).reshape(-1, 3)


def _rows(table: NDArray[np.void] | None) -> list[tuple[int, int, int]]:
    return [] if table is None else [(int(tick), int(number), int(value)) for tick, number, value in table.tolist()]


def _held(rows: list[tuple[int, int, int]], number: int, at: int) -> int:
    """Return the value of a controller at a tick, what changes there included."""
    return next((value for tick, other, value in reversed(rows) if other == number and tick <= at), AT_REST.get(number, 64))
