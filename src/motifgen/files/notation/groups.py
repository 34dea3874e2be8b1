"""How the units of an unequal meter are grouped on paper: seven eighths as 2+2+3, 2+3+2 or 3+2+2, as the music goes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from fractions import Fraction

from motifgen.files.notation.values import pieces
from motifgen.sketch.score import Score
from motifgen.theory.time import Meter, Span

Accents = tuple[Fraction, ...]


def groups(score: Score) -> tuple[Accents, ...]:
    """Return for every bar where its accented groups begin, in quarters from the bar line.

    Unequal meters have one order of groups in a score: that over whose accents the fewest notes are held; of several, the one in which a
    note that fills the bar is tied least, and the usual one.

    Examples
    --------
    >>> from motifgen.sketch.score import StaffBar, StaffNote, StaffPart
    >>> from motifgen.theory.pitch import Pitch
    >>> places = (0, Fraction(3, 2), Fraction(5, 2), Fraction(7, 2))
    >>> notes = tuple(StaffNote(Fraction(a), b - a, Pitch.parse("C4"), 0.5) for a, b in zip(places, places[1:]))
    >>> bar = StaffBar(Fraction(0), Meter(7, 8), 120.0)
    >>> [[str(at) for at in row] for row in groups(Score((bar,), (), (StaffPart("Oboe", "oboe", 0, "treble", 68, False, notes),), ()))]
    [['0', '3/2', '5/2']]
    """
    chosen = {meter: _chosen(score, meter) for meter in {bar.meter for bar in score.bars}}
    return tuple(chosen[bar.meter] for bar in score.bars)


def _chosen(score: Score, meter: Meter) -> Accents:
    ways = orders(meter)
    whole = Span(Fraction(0), meter.bar)
    return min(ways, key=lambda row: (_held(score, meter, row), len(pieces(whole, meter, row)))) if len(ways) > 1 else ways[0]


def orders(meter: Meter) -> tuple[Accents, ...]:
    """Return the ways in which a bar can be grouped, the usual one first; meters of equal groups have one.

    Examples
    --------
    >>> [[str(at) for at in row] for row in orders(Meter(5, 8))], len(orders(Meter(4, 4)))
    ([['0', '3/2'], ['0', '1']], 1)
    """
    usual = meter.accents
    sizes = [end - start for start, end in zip(usual, (*usual[1:], meter.bar), strict=True)]
    turned = [(*sizes[cut:], *sizes[:cut]) for cut in range(len(sizes))]
    return tuple(dict.fromkeys(tuple(sum(row[:number], Fraction(0)) for number in range(len(row))) for row in turned))


def _held(score: Score, meter: Meter, accents: Accents) -> int:
    """Return how many notes begin before an accent, in the same bar, and are held over it."""
    return sum(bisect_left(accents, end) - bisect_right(accents, start) for start, end in _spans(score, meter))


def _spans(score: Score, meter: Meter) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield begin and end of the notes within bars of a meter, from the bar line."""
    starts = [bar.start for bar in score.bars]
    for part in score.parts:
        for note in part.notes:
            bar = score.bars[max(bisect_right(starts, note.onset) - 1, 0)]
            if bar.meter == meter:
                yield note.onset - bar.start, min(note.end - bar.start, meter.bar)
