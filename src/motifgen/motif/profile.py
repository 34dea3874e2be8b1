"""What a listener keeps of a motif: moves, rhythm, points in time and pitch, and the degrees it dwells on; as small integers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log2

from motifgen.motif.motif import Motif

GRID = 5040
"""Points in time are counted in 5040ths of a quarter, which holds every tuplet to the tenth."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What likeness compares.

    Parameters
    ----------
    points : tuple[tuple[int, int], ...]
        Onset in `GRID` units from the first note, and semitones above the first note.
    moves : tuple[int, ...]
        Semitones from each note to the next.
    paces : tuple[int, ...]
        How much longer each note is than the one before it, onset to onset, in twelfths of an octave of duration: twice as
        long is 12.
    dwelling : tuple[float, ...]
        Share of the time spent on each of the twelve semitones above the tonic; sums to 1.
    length : int
        Onset of the last note, in `GRID` units.
    """

    points: tuple[tuple[int, int], ...]
    moves: tuple[int, ...]
    paces: tuple[int, ...]
    dwelling: tuple[float, ...]
    length: int


def profile(motif: Motif) -> Profile:
    """Return what likeness compares of a motif; of one that never sounds, an empty profile.

    Examples
    --------
    >>> found = profile(Motif.parse("D4/q A4/h F4/q", key="D minor"))
    >>> found.moves, found.paces
    ((7, -4), (12,))
    """
    notes = motif.sounding()
    if not notes:
        return Profile((), (), (), (0.0,) * 12, 0)
    begun, _, low = notes[0]
    points = tuple((int((onset - begun) * GRID), pitch.semitones - low.semitones) for onset, _, pitch in notes)
    lengths = [then[0] - now[0] for now, then in pairwise(points)]
    return Profile(
        points,
        tuple(then[1] - now[1] for now, then in pairwise(points)),
        tuple(round(12 * log2(then / now)) for now, then in pairwise(lengths)),
        _dwelling(motif, [(float(length), pitch.semitones) for _, length, pitch in notes]),
        points[-1][0],
    )


def _dwelling(motif: Motif, notes: list[tuple[float, int]]) -> tuple[float, ...]:
    tonic, time = motif.key.tonic.semitone, [0.0] * 12
    for length, semitones in notes:
        time[(semitones - tonic) % 12] += length
    whole = sum(time)
    return tuple(share / whole for share in time)
