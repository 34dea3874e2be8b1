"""Voice leading: chords become voices, and what the voices do wrong is named.

Everything is weighed over the whole succession: common tones are held, motion is small, real parts make no parallel fifths or
octaves, nothing crosses, leading tones rise and sevenths fall, the bass keeps its distance.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from motifgen.errors import RangeError
from motifgen.theory.chord import QUALITIES, Chord
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.spacing import Room, Shape, shapes

Keys = tuple[int, ...]
PARALLEL = 30.0
FAR = float("inf")
_BEAM, _WIDE, _USUAL = 6, 36, 4
#: By the semitones from one key to another, falling ones from the end: what a part's motion costs, and what the bass's does.
_MOVES: tuple[float, ...] = tuple(0.3 * size if size < 5 else 0.55 * size for size in (*range(128), *range(128, 0, -1)))
_GROUND: tuple[float, ...] = tuple(0.12 * size for size in (*range(128), *range(128, 0, -1)))
_Top = tuple[int, ...] | None
_Pulls = tuple[tuple[int, frozenset[int]], ...]


class VoiceFault(NamedTuple):
    """Something that voices do against the rules: what (``parallel fifths`` ...), at which chord, in which parts from the lowest."""

    kind: str
    at: int
    parts: tuple[int, ...]

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.kind} at chord {self.at + 1} in parts {' and '.join(str(part + 1) for part in self.parts)}"


def voicings(  # noqa: PLR0913, PLR0917 - each is a musician's wish
    chords: Sequence[Chord],
    low: int,
    high: int,
    parts: int,
    melody: Sequence[Pitch | Sequence[Pitch] | None] = (),
    spread: float = 0.5,
    *,
    rooted: bool = True,
    planing: bool = False,
    previous: Sequence[Pitch] = (),
    ranges: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[Pitch, ...], ...]:
    """Return one voicing for each chord, its pitches from lowest to highest, as many as there are parts.

    Parameters
    ----------
    chords : Sequence[Chord]
    low, high : int
        Lowest and highest MIDI key of the whole.
    parts : int
        1 to 8.
    melody : Sequence[Pitch, Sequence[Pitch] or None]
        The tune's pitch over each chord, or all its pitches over it: the voices stay below it, where they fit, and make no
        parallels with it; empty where there is none.
    spread : float
        0 close, 0.5 as usual, 1 wide and empty in the middle.
    rooted : bool
        Whether the lowest part takes the chord's bass; ``False`` for upper parts over a bass of their own.
    planing : bool
        Whether the parts may move in parallel.
    previous : Sequence[Pitch]
        The voicing before the first chord, to lead on from.
    ranges : Sequence[tuple[int, int]]
        Lowest and highest key of each part, from the lowest; empty where only the whole is bounded.

    Raises
    ------
    RangeError
        When the parts do not fit between ``low`` and ``high``.

    Examples
    --------
    >>> chords = [Chord.parse(text) for text in ("Dm", "Gm/Bb", "A7", "Dm")]
    >>> for voices in voicings(chords, 41, 72, 4):
    ...     print(*voices)
    D3 F3 D4 A4
    Bb2 G3 D4 G4
    A2 G3 C#4 A4
    D3 F3 D4 A4
    """
    if not 1 <= parts <= 8:
        raise RangeError(f"{parts} parts are asked; accepted: 1 to 8")
    tops = [_top(note) for note in melody] + [None] * (len(chords) - len(melody))
    room = Room(low, high, parts, round(spread, 2), rooted, tuple(ranges))
    columns = [_below(chord, room, top) for chord, top in zip(chords, tops, strict=True)]
    task = _Task(tuple(chords), tuple(tops), columns, planing, tuple(note.midi for note in previous))
    best = _search(task, _BEAM)
    if not planing and _flawed(task, best):
        best = _search(task, _WIDE)
    return tuple(_spelled(chord, keys) for chord, keys in zip(chords, best, strict=True))


def voice_faults(voices: Sequence[Sequence[Pitch]], low: int = 0, high: int = 127) -> tuple[VoiceFault, ...]:
    """Return the parallels, crossings and notes out of range that remain in voicings, in order of time.

    Examples
    --------
    >>> fifths = [[Pitch.parse(p) for p in chord.split()] for chord in ("C3 G3", "D3 A3")]
    >>> [str(fault) for fault in voice_faults(fifths)]
    ['parallel fifths at chord 2 in parts 1 and 2']
    """
    found: list[VoiceFault] = []
    keys = [tuple(note.midi for note in chord) for chord in voices]
    for at, chord in enumerate(keys):
        found += [VoiceFault("out of range", at, (part,)) for part, key in enumerate(chord) if not low <= key <= high]
        found += [VoiceFault("crossing", at, (part, part + 1)) for part in range(len(chord) - 1) if chord[part] > chord[part + 1]]
        if at and len(keys[at - 1]) == len(chord):
            found += [VoiceFault(f"parallel {kind}", at, pair) for kind, pair in _parallels(keys[at - 1], chord)]
    return tuple(found)


class _Task(NamedTuple):
    chords: tuple[Chord, ...]
    tops: tuple[_Top, ...]
    columns: list[tuple[Shape, ...]]
    planing: bool
    previous: Keys


class _Path(NamedTuple):
    cost: float
    keys: Keys
    before: _Path | None


def _top(tune: Pitch | Sequence[Pitch] | None) -> _Top:
    notes = (tune,) if isinstance(tune, Pitch) else tune
    return tuple(note.midi for note in notes) if notes else None


def _below(chord: Chord, room: Room, top: _Top) -> tuple[Shape, ...]:
    """Return the shapes of a chord below the tune, or all of them where the tune lies so low that none fits."""
    if top:
        with suppress(RangeError):
            return shapes(chord, room.under(min(top)))
    return shapes(chord, room)


def _flawed(task: _Task, found: Sequence[Keys]) -> bool:
    """Tell whether parallels remain, among the parts or with the tune."""
    for at, (one, other) in enumerate(pairwise(found)):
        tune = _tune(task.tops[at], task.tops[at + 1])
        if len(one) == len(other) and _parallels((*one, *tune[:1]), (*other, *tune[1:])):
            return True
    return False


def _search(task: _Task, beam: int) -> tuple[Keys, ...]:
    """Return the best voicings, by a beam over the candidates of each chord."""
    states = [_Path(0.0, task.previous, None)] if task.previous else []
    for at, column in enumerate(task.columns):
        width = beam * 3
        if not states:
            states = [_Path(shape.cost, shape.keys, None) for shape in column[:width]]
            continue
        states = _step(task, at, states, beam)
    best = states[0] if states else None
    found = []
    while best is not None:
        found.append(best.keys)
        best = best.before
    return tuple(reversed(found))[len(found) - len(task.columns) :]


def _step(task: _Task, at: int, states: list[_Path], beam: int) -> list[_Path]:
    """Return the best ways to reach each of the likeliest voicings of a chord."""
    pulls = _pulls(task.chords[at - 1], task.chords[at]) if at else ()
    tune = _tune(task.tops[at - 1], task.tops[at]) if at else ()
    ways, lead = [(path.cost, path.keys, number) for number, path in enumerate(states)], states[0].cost
    reached: list[tuple[float, Keys, _Path]] = []
    for shape in _likeliest(task.columns[at], states[0].keys, beam * 3):
        own, keys = shape.cost, shape.keys
        best = (reached[-1][0] if len(reached) == beam else FAR, -1)
        if lead + own >= best[0]:
            continue
        bounds = [(cost + own + _motion(before, keys), before, number) for cost, before, number in ways]
        for bound, before, number in sorted([way for way in bounds if way[0] < best[0]]):
            if bound >= best[0]:
                break
            whole = bound + _price(before, keys, pulls, tune, planing=task.planing)
            if whole < best[0]:
                best = (whole, number)
        if best[1] >= 0:
            cost = round(best[0], 6)
            insort(reached, (cost, keys, _Path(cost, keys, states[best[1]])), key=_rank)
            del reached[beam:]
    return [path for *_, path in reached]


def _rank(entry: tuple[float, Keys, _Path]) -> tuple[float, Keys]:
    return entry[:2]


def _likeliest(column: Sequence[Shape], lead: Keys, count: int) -> list[Shape]:
    """Return the shapes that cost least with the motion from a voicing; no motion is free, so shapes that are dear by themselves end it."""
    found: list[tuple[float, Keys, Shape]] = []
    for shape in column:
        if len(found) == count and shape.cost >= found[-1][0]:
            break
        insort(found, (shape.cost + _motion(lead, shape.keys), shape.keys, shape))
        del found[count:]
    return [shape for *_, shape in found]


def _tune(before: _Top, after: _Top) -> Keys:
    """Return the tune's last key over one chord and its first over the next, or nothing where it pauses."""
    return (before[-1], after[0]) if before and after else ()


def _motion(one: Keys, other: Keys) -> float:
    """Return what the motion of the parts costs: semitones, dearer for leaps; the bass may move more freely."""
    if len(one) != len(other):
        return 0.0
    if len(one) == _USUAL:
        # Written out: a search asks for this hundreds of thousands of times, nearly always of four parts.
        (a, b, c, d), (w, x, y, z) = one, other
        return _GROUND[a - w] + _MOVES[b - x] + _MOVES[c - y] + _MOVES[d - z]
    total = _GROUND[one[0] - other[0]]
    for a, b in zip(one[1:], other[1:], strict=True):
        total += _MOVES[a - b]
    return total


def _price(one: Keys, other: Keys, pulls: _Pulls, tune: Keys, *, planing: bool) -> float:
    if len(one) != len(other):
        return 0.0
    before, after = ((*one, tune[0]), (*other, tune[1])) if tune else (one, other)
    total = 0.0 if planing else PARALLEL * len(_parallels(before, after))
    for part in range(len(one) - 1):
        if other[part] > one[part + 1] or other[part + 1] < one[part]:
            total += 1.0
    for name, moves in pulls:
        for a, b in zip(one, other, strict=True):
            if a % 12 == name and b - a not in moves:
                total += 1.6
    return total


def _parallels(one: Keys, other: Keys) -> list[tuple[str, tuple[int, int]]]:
    """Return the pairs of parts that move in parallel fifths or octaves."""
    found = []
    moving = [part for part, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    for low, high in combinations(moving, 2):
        gap = (one[high] - one[low]) % 12
        if gap in (0, 7) and (other[high] - other[low]) % 12 == gap:
            found.append(("fifths" if gap else "octaves", (low, high)))
    return found


@lru_cache(maxsize=2048)
def _pulls(one: Chord, other: Chord) -> _Pulls:
    """Return the tones of a chord that want to move, with the steps that satisfy them: leading tones rise, sevenths fall."""
    up = (other.root.semitone - one.root.semitone) % 12
    goals, found = other.semitones, []
    for interval in QUALITIES[one.quality]:
        name = (one.root.semitone + interval.semitones) % 12
        if interval.semitones == 4 and up == 5 and (name + 1) % 12 in goals:
            found.append((name, frozenset({1})))
        if interval.steps == 6 and name not in goals:
            falls = frozenset(step for step in (-1, -2) if (name + step) % 12 in goals)
            if falls:
                found.append((name, falls))
    return tuple(found)


def _spelled(chord: Chord, keys: Keys) -> tuple[Pitch, ...]:
    names: dict[int, PitchClass] = {name.semitone: name for name in chord.names}
    names.setdefault(chord.lowest.semitone, chord.lowest)
    middle = [names[key % 12].at(4) for key in keys]
    return tuple(note.octaves((key - note.midi) // 12) for note, key in zip(middle, keys, strict=True))
