"""How durations are written: cut at bar lines and beats into values that a reader knows, so that the beats stay visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.sketch.score import StaffBar, StaffNote
from motifgen.theory.time import Meter, Span

F = Fraction
PLAIN = tuple(F(n, d) for n, d in ((8, 1), (6, 1), (4, 1), (3, 1), (2, 1), (3, 2), (1, 1), (3, 4), (1, 2), (3, 8), (1, 4), (1, 8), (1, 16)))
TUPLET = tuple(F(n, d) for n, d in ((4, 3), (2, 3), (1, 3), (1, 6), (1, 12), (4, 5), (2, 5), (1, 5), (1, 10)))


@dataclass(frozen=True, slots=True)
class Sound:
    """What one voice does at a place in a bar: a chord of notes, or a rest where there are none; ``tied`` to what follows."""

    onset: Fraction
    duration: Fraction
    notes: tuple[StaffNote, ...] = ()
    tied: bool = False
    continues: bool = False


def voices(notes: tuple[StaffNote, ...], most: int = 4) -> list[list[list[StaffNote]]]:
    """Return notes as voices of chords: what begins and ends together is a chord, what overlaps goes to another voice.

    A voice that would be the fifth is joined to the last one, its chords shortened: four voices are what a staff can hold.
    """
    chords: dict[tuple[Fraction, Fraction], list[StaffNote]] = {}
    for note in map(on_grid, notes):
        chords.setdefault((note.onset, note.duration), []).append(note)
    found: list[list[list[StaffNote]]] = []
    ends: list[Fraction] = []
    for (onset, duration), chord in sorted(chords.items(), key=lambda item: (item[0][0], -item[0][1])):
        free = next((number for number, end in enumerate(ends) if end <= onset), None)
        if free is None and len(ends) < most:
            found.append([])
            ends.append(F(0))
            free = len(ends) - 1
        if free is not None:
            found[free].append(chord)
            ends[free] = onset + duration
    return found


def on_grid(note: StaffNote) -> StaffNote:
    """Return a note whose ends can be written: what a frame cut elsewhere is moved to the nearest 32nd."""
    onset, end = readable(note.onset), readable(note.onset + note.duration)
    return replace(note, onset=onset, duration=max(end - onset, F(1, 8)))


def readable(at: Fraction) -> Fraction:
    """Return a place that notation can name: plain or triplet or quintuplet grid as it is, else the nearest 32nd."""
    return at if any(denominator % at.denominator == 0 for denominator in (16, 12, 10)) else F(round(at * 8), 8)


def fill(chords: list[list[StaffNote]], bar: StaffBar) -> list[Sound]:
    """Return what a voice does in a bar, rests included, as values that can be written; empty when it is silent there."""
    inside = [chord for chord in chords if chord[0].onset < bar.start + bar.meter.bar and chord[0].onset + chord[0].duration > bar.start]
    if not inside:
        return []
    found, at = [], F(0)
    for chord in inside:
        span = _within(chord[0], bar)
        found += [Sound(onset, length) for onset, length in pieces(Span(at, span.start), bar.meter)]
        found += _tied(chord, span, bar)
        at = span.end
    return found + [Sound(onset, length) for onset, length in pieces(Span(at, bar.meter.bar), bar.meter)]


def _within(note: StaffNote, bar: StaffBar) -> Span:
    return Span(max(note.onset - bar.start, F(0)), min(note.onset + note.duration - bar.start, bar.meter.bar))


def _tied(chord: list[StaffNote], span: Span, bar: StaffBar) -> Iterator[Sound]:
    cut = list(pieces(span, bar.meter))
    beyond = chord[0].onset + chord[0].duration > bar.start + bar.meter.bar
    before = chord[0].onset < bar.start
    for number, (onset, length) in enumerate(cut):
        last = number == len(cut) - 1
        yield Sound(onset, length, tuple(chord), tied=not last or beyond, continues=number > 0 or before)


def pieces(span: Span, meter: Meter) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield (onset, duration) of the written values that fill a span of a bar.

    From a beat on, the longest plain value that does not hide an accented group; off the beat, up to the next beat, except
    that a syncopation of one beat stays one note.

    Examples
    --------
    >>> four = Meter(4, 4)
    >>> [str(length) for _, length in pieces(Span(F(1, 2), F(4)), four)]
    ['1/2', '1', '2']
    """
    at = span.start
    while at < span.end:
        length = _longest(at, span.end, meter)
        yield at, length
        at += length


def _longest(at: Fraction, end: Fraction, meter: Meter) -> Fraction:
    left, beat = end - at, meter.beat
    if at % beat:
        room = beat - at % beat
        if left == beat and (at % beat) * 2 == beat and left in PLAIN:
            return left
        room = min(room, left)
    elif not at:
        room = left
    else:
        following = next((accent for accent in (*meter.accents, meter.bar) if accent > at), meter.bar)
        room = min(left, max(following - at, beat))
        if at in meter.accents and left > room:
            room = left
    return next((value for value in (*PLAIN, *TUPLET) if value <= room and _fits(at, value)), room)


def _fits(at: Fraction, value: Fraction) -> bool:
    """Tell whether a value may stand at a place: a triplet place can only be left by a triplet value."""
    return all(value.denominator % prime == 0 or at.denominator % prime for prime in (3, 5))
