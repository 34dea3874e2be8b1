"""Dynamics and hairpins: a mark where a phrase begins and where the level changes for good, and how it gets there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from motifgen.files.notation.staff import Hairpin
from motifgen.sketch.score import StaffBar, StaffNote

LEVELS = ((0.08, "ppp"), (0.2, "pp"), (0.34, "p"), (0.46, "mp"), (0.6, "mf"), (0.76, "f"), (0.9, "ff"), (2.0, "fff"))
_NAMES = tuple(name for _, name in LEVELS)
_MARGIN = 0.03
_BREAK = Fraction(2)
_LONG_REST = Fraction(12)
_LONGEST = Fraction(16)


def level_name(level: float) -> str:
    """Return the dynamic mark of a level 0..1.

    Examples
    --------
    >>> [level_name(level) for level in (0.1, 0.5, 1.0)]
    ['pp', 'mf', 'fff']
    """
    return next(name for limit, name in LEVELS if level < limit)


def dynamics(notes: Sequence[StaffNote], bars: Sequence[StaffBar]) -> tuple[tuple[Fraction, str], ...]:
    """Return (onset, mark) of a staff.

    A phrase begins with a mark if it has changed or three bars of rest lie before it; within it, a bar's mean level that has left the last
    mark by a margin gives a new one. So no mark is said twice running without a rest, and none stands closer to the next than a bar
    of its phrase.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> from motifgen.theory.time import Meter
    >>> bars = [StaffBar(Fraction(4 * n), Meter(4, 4), 120) for n in range(3)]
    >>> levels = (0.3, 0.3, 0.5, 0.32, 0.7, 0.7)
    >>> dynamics([StaffNote(Fraction(2 * n), Fraction(2), Pitch.parse("C4"), each) for n, each in enumerate(levels)], bars)
    ((Fraction(0, 1), 'p'), (Fraction(4, 1), 'mp'), (Fraction(8, 1), 'f'))
    """
    found: list[tuple[Fraction, str]] = []
    end = Fraction(-99)
    for phrase in phrases(notes):
        for number, (onset, level) in enumerate(_by_bar(phrase, bars)):
            name = level_name(level)
            courtesy = number == 0 and onset - end >= _LONG_REST
            if not found or courtesy or (name != found[-1][1] and _left(level, found[-1][1])):
                found.append((onset, name))
        end = max(note.end for note in phrase)
    return tuple(found)


def phrases(notes: Sequence[StaffNote], rest: Fraction = _BREAK) -> Iterator[list[StaffNote]]:
    """Yield stretches of notes between rests of at least so many quarters."""
    phrase: list[StaffNote] = []
    end = Fraction(0)
    for note in notes:
        if phrase and note.onset - end >= rest:
            yield phrase
            phrase = []
        end = max(end, note.end) if phrase else note.end
        phrase.append(note)
    if phrase:
        yield phrase


def _by_bar(phrase: Sequence[StaffNote], bars: Sequence[StaffBar]) -> Iterator[tuple[Fraction, float]]:
    """Yield the first onset in each bar of a phrase and the mean level there, longer notes counting more."""
    starts = [bar.start for bar in bars]
    for _, group in groupby(phrase, key=lambda note: bisect_right(starts, note.onset)):
        inside = list(group)
        weight = sum(float(note.duration) for note in inside)
        yield inside[0].onset, sum(note.level * float(note.duration) for note in inside) / weight


def _left(level: float, mark: str) -> bool:
    place = _NAMES.index(mark)
    low = LEVELS[place - 1][0] if place else 0.0
    return not low - _MARGIN <= level < LEVELS[place][0] + _MARGIN


def hairpins(marks: Sequence[tuple[Fraction, str]], notes: Sequence[StaffNote], bars: Sequence[StaffBar]) -> tuple[Hairpin, ...]:
    """Return the hairpins between marks of one phrase: from the last mark if it is at most four bars of four away, else from a bar before.

    A step of two marks or more onto an accent is sudden and has none.
    """
    onsets = [note.onset for note in notes]
    starts = [bar.start for bar in bars]
    found = []
    for (a, before), (b, after) in pairwise(marks):
        between = notes[bisect_right(onsets, a) - 1 : bisect_right(onsets, b)]
        change = _NAMES.index(after) - _NAMES.index(before)
        target = next(note for note in between if note.onset == b)
        sudden = abs(change) > 1 and target.marks & {"accent", "marcato"}
        if not change or sudden or len(list(phrases(between))) > 1:
            continue
        start = a if b - a <= _LONGEST else bars[max(bisect_right(starts, b) - 2, 0)].start
        first = next((note.onset for note in between if start <= note.onset < b), b)
        last = max((note.onset for note in between if note.onset < b), default=b)
        if first < last:
            found.append(Hairpin(first, last, change > 0))
    return tuple(found)
