"""What a listener keeps of a motif: moves, rhythm, points in time and pitch, and the degrees it dwells on; as small integers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log2

from motifgen.motif.motif import Motif

GRID = 40_320
"""Points in time are counted in 40320ths of a quarter, which is 8!: tuplets to the tenth, halved seven times."""

_STEP, _TRILL = 2, 4
_Sounded = tuple[int, int, int]


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
    pulse : int
        The median time from a note to the next, in `GRID` units.
    leanings : tuple[tuple[int, int], ...]
        Where a note may be leaning on the next one, a step away and about as long: its onset, and the pitch that it leans on.
    """

    points: tuple[tuple[int, int], ...]
    moves: tuple[int, ...]
    paces: tuple[int, ...]
    dwelling: tuple[float, ...]
    pulse: int
    leanings: tuple[tuple[int, int], ...] = ()


def profile(motif: Motif) -> Profile:
    """Return what likeness compares of a motif; of one that never sounds, an empty profile.

    Examples
    --------
    >>> found = profile(Motif.parse("D4/q A4/h F4/q", key="D minor"))
    >>> found.moves, found.paces
    ((7, -4), (12,))
    """
    notes = _without_graces(_without_trills(_heard(motif)))
    if not notes:
        return Profile((), (), (), (0.0,) * 12, 0)
    begun, _, low = notes[0]
    lengths = [then[0] - now[0] for now, then in pairwise(notes)]
    return Profile(
        tuple([(onset - begun, semitones - low) for onset, _, semitones in notes]),
        tuple([then[2] - now[2] for now, then in pairwise(notes)]),
        tuple([_pace(then, now) for now, then in pairwise(lengths)]),
        _dwelling(notes),
        sorted(lengths)[len(lengths) // 2] if lengths else 0,
        tuple([(now[0] - begun, then[2] - low) for now, then in pairwise(notes) if _leans(now, then)]),
    )


@cache
def _pace(length: int, before: int) -> int:
    return round(12 * log2(length / before))


def _heard(motif: Motif) -> list[_Sounded]:
    """Return onset, length (both in `GRID` units) and semitones above the tonic of every sounded note, ties joined."""
    offsets, at, held = motif.key.mode.offsets, 0, False
    found: list[_Sounded] = []
    for note in motif.notes:
        length = round(note.duration.numerator * GRID / note.duration.denominator)
        if note.degree is None:
            held = False
        else:
            octave, step = divmod(note.degree.step, 7)
            if held:
                found[-1] = (found[-1][0], found[-1][1] + length, found[-1][2])
            else:
                found.append((at, length, 12 * octave + offsets[step] + note.degree.alter))
            held = note.tied
        at += length
    return found


def _leans(now: _Sounded, then: _Sounded) -> bool:
    """Tell whether a note may be an appoggiatura to the next: a step away, joined to it, from half to twice as long."""
    joined = now[0] + now[1] == then[0] and 0 < abs(now[2] - then[2]) <= _STEP
    return joined and now[1] <= 2 * then[1] and then[1] <= 2 * now[1]


def _without_trills(notes: list[_Sounded]) -> list[_Sounded]:
    """Return the notes with every trill as the note that is trilled.

    A trill is a run of four notes or more, as long as each other and half as long as the other notes mostly are, that goes to and fro
    between two neighbors.
    """
    pitches = [semitones for _, _, semitones in notes]
    if not any(a == c and b == d != a for a, b, c, d in zip(pitches, pitches[1:], pitches[2:], pitches[3:], strict=False)):
        return notes
    runs = _runs(notes)
    inside = {place for run in runs for place in run}
    rest = sorted(length for place, (_, length, _) in enumerate(notes) if place not in inside)
    usual = rest[len(rest) // 2] if rest else 0
    trills = {run.start: run for run in runs if 2 * notes[run.start][1] <= usual}
    found: list[_Sounded] = []
    place = 0
    while place < len(notes):
        run = trills.get(place, range(place, place + 1))
        onset, _, semitones = notes[place]
        place = run.stop
        if len(run) > 1 and place < len(notes) and notes[place][2] == semitones and notes[place][0] == sum(notes[place - 1][:2]):
            place += 1  # where it comes to rest
        found.append((onset, notes[place - 1][0] + notes[place - 1][1] - onset, semitones))
    return found


def _runs(notes: list[_Sounded]) -> list[range]:
    """Return the longest runs of four notes or more that go to and fro between two neighbors in equal lengths."""
    found: list[range] = []
    start = 0
    for place in range(1, len(notes) + 1):
        if place < len(notes) and _goes_on(notes, start, place):
            continue
        if place - start >= _TRILL:
            found.append(range(start, place))
        start = place
    return found


def _goes_on(notes: list[_Sounded], start: int, place: int) -> bool:
    """Tell whether a note goes on with a run to and fro that begins at ``start``."""
    onset, length, semitones = notes[place]
    before = notes[place - 1]
    turns = place < start + 2 or semitones == notes[place - 2][2]
    return turns and length == before[1] and onset == before[0] + length and 0 < abs(semitones - before[2]) <= _STEP


def _without_graces(notes: list[_Sounded]) -> list[_Sounded]:
    """Return the notes without single very short ones before a longer one, which is heard where they begin.

    Short is a quarter of the median length, so that the same notes are graces at any pace, and only together with the note after it
    does it fill a simple value.
    """
    short = sorted(length for _, length, _ in notes)[len(notes) // 2] // 4 if notes else 0
    if all(length > short for _, length, _ in notes):
        return notes
    found: list[_Sounded] = []
    begun: int | None = None
    for place, (onset, length, semitones) in enumerate(notes):
        alone = length <= short and (not place or notes[place - 1][1] >= 2 * length)
        if alone and place + 1 < len(notes) and _robs((onset, length, semitones), notes[place + 1]):
            begun = onset
            continue
        start = onset if begun is None else begun
        found.append((start, onset + length - start, semitones))
        begun = None
    return found


def _robs(short: _Sounded, long: _Sounded) -> bool:
    """Tell whether a short note took its time from the long one after it; the last note of a dotted figure took it from the one before."""
    together, twice = short[1] + long[1], 2 * short[1]
    return long[0] == short[0] + short[1] and long[1] >= 3 * short[1] and not together % twice and bool(long[1] % twice)


def _dwelling(notes: list[_Sounded]) -> tuple[float, ...]:
    time = [0] * 12
    for _, length, semitones in notes:
        time[semitones % 12] += length
    whole = sum(time)
    return tuple([share / whole for share in time])
