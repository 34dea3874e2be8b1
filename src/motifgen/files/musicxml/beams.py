"""Beams and tuplet brackets: short notes joined by beats, as the meter groups them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from motifgen.files.notation.staff import Sound
from motifgen.theory.time import Meter

_FLAGS = {"eighth": 1, "16th": 2, "32nd": 3, "64th": 4}
_Row = tuple[Sound, Any]


def beam(rows: Sequence[_Row], meter: Meter, accents: Sequence[Fraction]) -> None:
    """Join the short notes of a voice in a bar by beams, and bracket its tuplets.

    Eighths are joined over an accented group of the bar; where it has shorter values, by the beat.
    """
    for group in _groups(rows, meter, accents):
        flags = [_FLAGS[element.duration.type] for _, element in group]
        for place, (_, element) in enumerate(group):
            for level in range(1, flags[place] + 1):
                kind, direction = _kind(flags, place, level)
                element.beams.append(kind, direction)
    _brackets(rows)


def _kind(flags: Sequence[int], place: int, level: int) -> tuple[str, str | None]:
    before = place > 0 and flags[place - 1] >= level
    after = place + 1 < len(flags) and flags[place + 1] >= level
    if before and after:
        return "continue", None
    if before or after:
        return ("stop" if before else "start"), None
    return "partial", "left" if place else "right"


def _groups(rows: Sequence[_Row], meter: Meter, accents: Sequence[Fraction]) -> Iterator[list[_Row]]:
    """Yield runs of two or more short notes that one beam joins."""
    for stretch in _stretches(rows, (*accents, meter.bar)):
        if meter.compound or _plain(stretch, meter):
            yield from _runs(stretch)
        else:
            beat = max(meter.beat, Fraction(1)) if meter.unit >= 4 else Fraction(1)
            yield from (run for part in _stretches(stretch, [beat * n for n in range(1, int(meter.bar / beat) + 2)]) for run in _runs(part))


def _plain(stretch: Sequence[_Row], meter: Meter) -> bool:
    """Tell whether a group has nothing but eighths, and, where it is longer than two beats, nothing but notes."""
    eighths = all(element.duration.type == "eighth" and not element.duration.tuplets for sound, element in stretch if sound.notes)
    whole = sum(sound.duration for sound, _ in stretch) <= 2 * meter.beat or all(sound.notes for sound, _ in stretch)
    return eighths and whole


def _stretches(rows: Sequence[_Row], cuts: Sequence[Fraction]) -> Iterator[list[_Row]]:
    at = 0
    for cut in sorted(cuts):
        last = at
        while last < len(rows) and rows[last][0].onset < cut:
            last += 1
        if last > at:
            yield list(rows[at:last])
        at = last


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    run: list[_Row] = []
    for row in rows:
        short = row[0].notes and row[1].duration.type in _FLAGS
        if short:
            run.append(row)
        if not short or row is rows[-1]:
            if len(run) > 1:
                yield run
            run = []


def _brackets(rows: Sequence[_Row]) -> None:
    """Begin a bracket at the first note of a tuplet, and end it where the plain grid is met again."""
    begun = False
    for sound, element in rows:
        if not element.duration.tuplets:
            begun = False
            continue
        closed = (sound.onset + sound.duration).denominator % 3 != 0 and (sound.onset + sound.duration).denominator % 5 != 0
        kind = ("stop" if closed else None) if begun else ("startStop" if closed else "start")
        for tuplet in element.duration.tuplets:
            tuplet.type = kind
        begun = not closed
