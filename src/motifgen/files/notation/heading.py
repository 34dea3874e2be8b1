"""What stands over the whole system: metronome marks, words of tempo, sections by letter, hits, chord symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from motifgen.sketch.score import Score, StaffBar, StaffText

_SHOWN = 0.04
_NEAR = 3


def tempi(bars: Sequence[StaffBar]) -> tuple[tuple[tuple[Fraction, float], ...], tuple[StaffText, ...]]:
    """Return the metronome marks, as (place, quarters a minute), and the words between them.

    A tempo is marked where it is 4 % from the last mark. Where it goes on in one direction within three bars, one word says so
    (*accel.* or *rit.*) where it begins, and the mark stands where it arrives.

    Examples
    --------
    >>> from motifgen.theory.time import Meter
    >>> bars = [StaffBar(Fraction(4 * n), Meter(4, 4), tempo) for n, tempo in enumerate((80, 80, 86, 92, 98, 98, 98, 60))]
    >>> marks, words = tempi(bars)
    >>> [(str(at), tempo) for at, tempo in marks], [(str(text.at), text.text) for text in words]
    ([('0', 80), ('16', 98), ('28', 60)], [('4', 'accel.')])
    """
    steps: list[tuple[int, float]] = []
    for number, bar in enumerate(bars):
        if not steps or abs(bar.tempo - steps[-1][1]) > steps[-1][1] * _SHOWN:
            steps.append((number, bar.tempo))
    kept, words = [], []
    for index, (number, tempo) in enumerate(steps):
        before, after = steps[index - 1 : index], steps[index + 1 : index + 2]
        passing = before and after and _goes_on(before[0], (number, tempo), after[0])
        if not passing:
            kept.append((bars[number].start, tempo))
        elif not (index > 1 and _goes_on(steps[index - 2], steps[index - 1], (number, tempo))):
            words.append(StaffText(bars[max(number - 1, 0)].start, "tempo", "accel." if tempo > before[0][1] else "rit."))
    return tuple(kept), tuple(words)


def _goes_on(a: tuple[int, float], b: tuple[int, float], c: tuple[int, float]) -> bool:
    return c[0] - b[0] <= _NEAR and (b[1] - a[1]) * (c[1] - b[1]) > 0


def headings(score: Score) -> Iterator[StaffText]:
    """Yield the texts over the system: sections with letters, hits, and chord symbols where the chord changes.

    Examples
    --------
    >>> texts = tuple(StaffText(Fraction(n), "rehearsal", name) for n, name in enumerate(("intro", "climax")))
    >>> [text.text for text in headings(Score((), (), (), texts))]
    ['A intro', 'B climax']
    """
    chord, letter = "", 0
    for text in sorted(score.texts, key=lambda each: each.at):
        if text.kind == "rehearsal":
            yield StaffText(text.at, "rehearsal", f"{_letter(letter)} {text.text}")
            letter += 1
        elif text.kind == "chord":
            if text.text != chord:
                yield text
            chord = text.text
        elif text.kind == "hit":
            yield text


def _letter(number: int) -> str:
    """Return A to Z, then AA, BB ..."""
    return chr(65 + number % 26) * (1 + number // 26)


def themes(score: Score) -> dict[str, tuple[StaffText, ...]]:
    """Return the theme names over each part's staff; several that begin together are one text."""
    found: dict[str, dict[Fraction, list[str]]] = {}
    for text in score.texts:
        if text.kind == "theme":
            found.setdefault(text.part, {}).setdefault(text.at, []).append(text.text)
    return {part: tuple(StaffText(at, "theme", "; ".join(names), part) for at, names in rows.items()) for part, rows in found.items()}
