"""Key signatures: where they change in a scene that changes key often, and how a transposing player reads them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from motifgen.sketch.score import Score
from motifgen.theory.pitch import Interval, Pitch

_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
_SHARPS = "FCGDAEB"
_CHANGE, _EACH, _AWAY, _FAR = 8.0, 1.5, 0.1, 0.2
_MOST = 6


def signed(fifths: int) -> dict[str, int]:
    """Return the alteration of each letter under a key signature.

    Examples
    --------
    >>> signed(-2)
    {'B': -1, 'E': -1}
    """
    return dict.fromkeys(_SHARPS[:fifths], 1) if fifths >= 0 else dict.fromkeys(_SHARPS[::-1][:-fifths], -1)


def signatures(score: Score) -> tuple[int, ...]:
    """Return the key signature of every bar, in sharps (positive) or flats, at sounding pitch.

    Every section has a key, but a signature for each that lasts three bars would be unreadable: it changes where the accidentals
    that it saves are worth it. A change is as dear as eight accidentals and one and a half more for each player; a bar under
    another key's signature costs the more, the farther that key lies, so that a short return from far away is signed. No signature has
    more than six.
    """
    if not score.keys:
        return (0,) * len(score.bars)
    starts = [at for at, _ in score.keys]
    usual = [_least(score.keys[max(bisect_right(starts, bar.start) - 1, 0)][1].fifths) for bar in score.bars]
    wanted = _names(score)
    players = sum(bool(part.notes) and part.clef != "percussion" for part in score.parts)
    change = _CHANGE + _EACH * players
    choices = sorted(set(usual), key=lambda fifths: (abs(fifths), fifths))
    best: dict[int, tuple[float, tuple[int, ...]]] = dict.fromkeys(choices, (0.0, ()))
    for names, own in zip(wanted, usual, strict=True):
        away = _FAR + _AWAY * players
        best = {fifths: _reach(best, fifths, _strange(names, fifths) + away * abs(fifths - own), change) for fifths in choices}
    return min(best.values(), key=lambda way: round(way[0], 6))[1]


def _least(fifths: int) -> int:
    return max(-_MOST, min(_MOST, fifths))


def _reach(best: dict[int, tuple[float, tuple[int, ...]]], fifths: int, cost: float, change: float) -> tuple[float, tuple[int, ...]]:
    costs = {each: total + change * (bool(way) and each != fifths) for each, (total, way) in best.items()}
    before = min(best, key=lambda each: round(costs[each], 6))
    return costs[before] + cost, (*best[before][1], fifths)


def _names(score: Score) -> list[Counter[tuple[str, int]]]:
    """Return for each bar the note names, with their accidentals, that begin in it, and for how many players."""
    starts = [bar.start for bar in score.bars]
    found = [Counter[tuple[str, int]]() for _ in starts]
    for part in score.parts:
        if part.clef != "percussion":
            rows = {(max(bisect_right(starts, note.onset) - 1, 0), _name(note.pitch)) for note in part.notes}
            for number, name in rows:
                found[number][name] += 1
    return found


def _name(pitch: Pitch) -> tuple[str, int]:
    return "CDEFGAB"[pitch.steps % 7], pitch.alter


def _strange(names: Mapping[tuple[str, int], int], fifths: int) -> int:
    signature = signed(fifths)
    return sum(count for (letter, alter), count in names.items() if signature.get(letter, 0) != alter)


def written(semitones: int) -> Interval:
    """Return the interval from sounding to written pitch of a transposing instrument.

    Examples
    --------
    >>> written(-7), written(-2)
    (Interval(steps=4, semitones=7), Interval(steps=1, semitones=2))
    """
    octaves, rest = divmod(-semitones, 12)
    return Interval(7 * octaves + _STEPS[rest], -semitones)


@lru_cache(maxsize=256)
def transposed(fifths: int, semitones: int) -> tuple[int, Interval]:
    """Return the signature that a transposing player reads, and the interval from sounding to written pitch under it.

    Where there would be more than six sharps or flats, the part is written in the enharmonic key.

    Examples
    --------
    >>> transposed(0, -2)
    (2, Interval(steps=1, semitones=2))
    >>> transposed(6, -7)
    (-5, Interval(steps=5, semitones=7))
    """
    shift = written(semitones)
    read = fifths + (Pitch.parse("C4") + shift).pitch_class.fifths
    if read > _MOST and semitones % 12:
        return read - 12, Interval(shift.steps + 1, shift.semitones)
    if read < -_MOST and semitones % 12:
        return read + 12, Interval(shift.steps - 1, shift.semitones)
    return _least(read), shift


@lru_cache(maxsize=4096)
def head(pitch: Pitch, shift: Interval) -> Pitch:
    """Return the written pitch of a sounding one; a double sharp or flat becomes its plain neighbor, as copyists write it.

    Examples
    --------
    >>> str(head(Pitch.parse("F##4"), Interval(0, 0))), str(head(Pitch.parse("Bb3"), Interval(4, 7)))
    ('G4', 'F4')
    """
    moved = pitch + shift
    while abs(moved.alter) > 1:
        moved = Pitch(moved.steps + (1 if moved.alter > 0 else -1), moved.semitones)
    return moved


def minors(score: Score) -> tuple[bool, ...]:
    """Tell of every bar whether its key is minor."""
    if not score.keys:
        return (False,) * len(score.bars)
    starts = [at for at, _ in score.keys]
    return tuple(score.keys[max(bisect_right(starts, bar.start) - 1, 0)][1].mode.minor for bar in score.bars)


def shared(rows: Sequence[tuple[int, Interval]]) -> tuple[tuple[int, ...], tuple[Interval, ...]]:
    """Return the signatures and the shifts of bars apart."""
    return tuple(fifths for fifths, _ in rows), tuple(shift for _, shift in rows)
