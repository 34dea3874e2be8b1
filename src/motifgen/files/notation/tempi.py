"""Metronome marks and words of tempo: what a conductor needs to know of how fast the bars go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from motifgen.files.notation.staff import TempoMark
from motifgen.sketch.score import StaffBar, StaffText
from motifgen.theory.time import Meter

_SHOWN = 0.04
_STILL = 0.012
_JUMP = 0.15
_GRADUAL = 0.012
_LASTING = 2
_Leg = tuple[int, int]


def counted(meter: Meter) -> Fraction:
    """Return the note value, in quarters, that a conductor counts: dotted quarters in 6/8 and 3/8, halves in 2/2, quarters in 7/8.

    Examples
    --------
    >>> [str(counted(Meter.parse(text))) for text in ("4/4", "6/8", "3/8", "2/2", "7/8", "6/16")]
    ['1', '3/2', '3/2', '2', '1', '3/4']
    """
    if meter.unit >= 8 and meter.count % 3 == 0:
        return Fraction(12, meter.unit)
    return meter.beat if meter.unit <= 4 else Fraction(1)


def tempi(bars: Sequence[StaffBar]) -> tuple[tuple[TempoMark, ...], tuple[StaffText, ...]]:
    """Return the metronome marks and the words between them.

    The tempo turns where it goes back by 4 % or more. On the way from one turn to the next a word says so where the tempo leaves its
    place (*accel.* or *rit.*, *poco a poco* where a bar changes little), and a mark stands where it arrives. From one bar to the next by
    more than 15 %, it is a new tempo. Where another note value is counted, the mark is said again for it, except in a single bar whose
    eighths are as long as before. Where meters change, what moves is the beat that is felt.

    Examples
    --------
    >>> bars = [StaffBar(Fraction(4 * n), Meter(4, 4), tempo) for n, tempo in enumerate((80, 80, 86, 92, 98, 98, 98, 60))]
    >>> marks, words = tempi(bars)
    >>> [(str(mark.at), mark.quarters) for mark in marks], [(str(text.at), text.text) for text in words]
    ([('0', 80), ('16', 98), ('28', 60)], [('4', 'accel.')])
    """
    shown, words = set[int](), []
    scales = _scales(bars)
    felt = [bar.tempo / scale for bar, scale in zip(bars, scales, strict=True)]
    for first, last in _stretches(felt):
        shown.add(first)
        for start, goal in _legs(felt[first:last]):
            a, b = _left(felt, first + start, first + goal), _reached(felt, first + start, first + goal)
            shown.add(b)
            if b - a > 1:
                words.append(StaffText(bars[a].start, "tempo", _word(felt[a], felt[b], b - a)))
    shown |= set(_recounted(bars, scales))
    marks = tuple(TempoMark(bars[number].start, bars[number].tempo, counted(bars[number].meter)) for number in sorted(shown))
    return marks, tuple(words)


def _scales(bars: Sequence[StaffBar]) -> list[float]:
    """Return for every bar how many quarters a felt beat lasts: from one counted value to another either beats stay equal or eighths do."""
    found: list[float] = []
    for before, bar in pairwise([*bars[:1], *bars]):
        ratio = float(counted(bar.meter) / counted(before.meter))
        same = abs(bar.tempo / ratio - before.tempo) < abs(bar.tempo - before.tempo)
        found.append((found[-1] if found else float(counted(bar.meter))) * (ratio if same else 1.0))
    return found


def _stretches(felt: Sequence[float]) -> Iterator[_Leg]:
    """Yield (first bar, bar after the last) between sudden changes of tempo."""
    jumps = (n for n, (a, b) in enumerate(pairwise(felt), start=1) if abs(b - a) > _JUMP * a)
    cuts = [0, *jumps, len(felt)]
    yield from ((first, last) for first, last in pairwise(cuts) if first < last)


def _legs(tempo: Sequence[float]) -> Iterator[_Leg]:
    """Yield (from, to) of the ways between turns, those that change by 4 % or more."""
    start = top = 0
    for place, now in enumerate(tempo):
        rising = tempo[top] - tempo[start]
        if (now - tempo[top]) * (rising or now - tempo[top]) > 0:
            top = place
        elif abs(now - tempo[top]) > _SHOWN * tempo[top]:
            if abs(rising) > _SHOWN * tempo[start]:
                yield start, top
            start, top = top, place
    if abs(tempo[top] - tempo[start]) > _SHOWN * tempo[start]:
        yield start, top


def _left(felt: Sequence[float], start: int, goal: int) -> int:
    """Return the last bar that still has about the tempo at the start of a way."""
    near = _STILL * felt[start]
    return max(number for number in range(start, goal + 1) if abs(felt[number] - felt[start]) <= near)


def _reached(felt: Sequence[float], start: int, goal: int) -> int:
    """Return the first bar that has about the tempo at the end of a way."""
    near = _STILL * felt[goal]
    return min(number for number in range(start, goal + 1) if abs(felt[number] - felt[goal]) <= near)


def _word(before: float, after: float, count: int) -> str:
    word = "accel." if after > before else "rit."
    return f"poco a poco {word}" if abs(after - before) / before / count < _GRADUAL else word


def _recounted(bars: Sequence[StaffBar], scales: Sequence[float]) -> Iterator[int]:
    """Yield the bars from which another note value is counted: for two bars or more, or so that beats stay equal."""
    counts = counted(bars[0].meter) if bars else None
    for number, bar in enumerate(bars):
        now = counted(bar.meter)
        lasting = all(counted(each.meter) == now for each in bars[number : number + _LASTING])
        if now != counts and (lasting or scales[number] != scales[number - 1]):
            counts = now
            yield number
