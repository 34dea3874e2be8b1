"""Slurs and breaths of winds, voices and bowed strings, and words that say how a string is played."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from motifgen.sketch.score import StaffBar, StaffNote, StaffText

BLOWN = frozenset({"woodwind", "brass"})
_DETACHED = frozenset({"staccato", "staccatissimo", "spiccato", "marcato", "accent", "tenuto", "pizzicato", "tremolo"})
_OWN_BOW = Fraction(2)
_BROAD = 0.76
_SOFT = 0.4
_PHRASE = Fraction(4)
_OCTAVE = 12
#: Technique -> (said where it begins, said where it ends).
_TECHNIQUES = {"pizzicato": ("pizz.", "arco"), "con sordino": ("con sord.", "senza sord."), "sul ponticello": ("sul pont.", "ord.")}


def slurs(notes: Sequence[StaffNote], bars: Sequence[StaffBar], family: str) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return (first onset, last onset) of the slurs of a line that is played by one.

    Notes that touch, differ, are at most an octave apart and have no mark that detaches them are bound: within a bar for strings, or two
    bars where they are soft; as long as a breath lasts for winds. A bow lasts four seconds at piano and two at forte; broad loud notes
    and those of a half note or more have their own.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> from motifgen.theory.time import Meter
    >>> bars = [StaffBar(Fraction(0), Meter(4, 4), 120.0)]
    >>> names = ("C4", "D4", "E4", "E4")
    >>> line = [StaffNote(Fraction(n), Fraction(1), Pitch.parse(name), 0.4) for n, name in enumerate(names)]
    >>> slurs(line, bars, "woodwind")
    ((Fraction(0, 1), Fraction(2, 1)),)
    """
    if family not in BLOWN | {"strings"} or any(a.onset == b.onset or a.end > b.onset for a, b in pairwise(notes)):
        return ()
    starts = [bar.start for bar in bars]
    found, group = [], list(notes[:1])
    for note in notes[1:]:
        bar = bars[max(bisect_right(starts, note.onset) - 1, 0)]
        if not (_bound(group[-1], note) and _lasts(group, note, bar, family)):
            found.append(group)
            group = []
        group.append(note)
    return tuple((each[0].onset, each[-1].onset) for each in [*found, group] if len(each) > 1)


def _bound(one: StaffNote, other: StaffNote) -> bool:
    apart = abs(one.pitch.midi - other.pitch.midi)
    touching = one.end == other.onset and 0 < apart <= _OCTAVE
    broad = one.level >= _BROAD and one.duration >= 1
    return touching and not broad and one.duration < _OWN_BOW and not (one.marks | other.marks) & _DETACHED


def _lasts(group: Sequence[StaffNote], note: StaffNote, bar: StaffBar, family: str) -> bool:
    seconds = float(note.end - group[0].onset) * 60 / bar.tempo
    level = group[0].level
    if family in BLOWN:
        return seconds <= (6.0 if level < 0.5 else 4.0) and note.onset - group[0].onset < 2 * bar.meter.bar
    crossing = group[0].onset < bar.start
    return seconds <= 4.0 - 2.0 * level and not (crossing and (level >= _SOFT or note.onset == bar.start))


def breaths(notes: Sequence[StaffNote], gaps: Iterable[Fraction]) -> frozenset[Fraction]:
    """Return the onsets of the notes after which a player breathes: where a gap was left and four quarters are played since the last one.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> line = [StaffNote(Fraction(n), Fraction(1), Pitch.parse("C4"), 0.4) for n in range(6)]
    >>> sorted(map(int, breaths(line, [Fraction(1), Fraction(4), Fraction(5)])))
    [4]
    """
    wanted, found = set(gaps), set()
    since, end = Fraction(0), Fraction(-1)
    for note in notes:
        if note.onset > end:
            since = note.onset
        end = note.end
        if note.onset in wanted and end - since >= _PHRASE:
            found.add(note.onset)
            since = end
    return frozenset(found)


def directions(notes: Sequence[StaffNote]) -> Iterator[StaffText]:
    """Yield the words that say how a string is played: ``pizz.`` where a run of plucked notes begins, ``arco`` where it ends.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> marks = (frozenset({"pizzicato"}), frozenset({"pizzicato"}), frozenset())
    >>> line = [StaffNote(Fraction(n), Fraction(1), Pitch.parse("C3"), 0.4, each) for n, each in enumerate(marks)]
    >>> [(str(text.at), text.text) for text in directions(line)]
    [('0', 'pizz.'), ('2', 'arco')]
    """
    for mark, (begin, end) in _TECHNIQUES.items():
        on = False
        for note in notes:
            if (mark in note.marks) != on:
                on = not on
                yield StaffText(note.onset, "direction", begin if on else end)
