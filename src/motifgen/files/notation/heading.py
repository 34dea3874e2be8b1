"""What stands over the whole system: sections by letter, hits, chord symbols; and names of themes, short enough to stand together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from motifgen.sketch.score import Score, StaffBar, StaffText

_APART = 2
_NAME = 20
_WHOLE = 30
_PAUSE = 3
#: How themes are altered, in the words of players where they have their own.
_SPOKEN = {
    "transpose 7 degrees": "octave up", "transpose -7 degrees": "octave down",
    "transpose 14 degrees": "two octaves up", "transpose -14 degrees": "two octaves down",
}  # fmt: skip


def headings(score: Score) -> Iterator[StaffText]:
    """Yield the texts over the system: sections with letters, hits, chord symbols where the chord changes, and where all are silent.

    A section shorter than two bars that would stand closer than two bars to another has no letter: its box would lie over the next.
    *G.P.* stands over up to three bars in the midst of the music in which nobody plays.

    Examples
    --------
    >>> texts = (StaffText(Fraction(0), "rehearsal", "intro"), StaffText(Fraction(8), "rehearsal", "climax"))
    >>> [text.text for text in headings(Score((), (), (), texts))]
    ['A intro', 'B climax']
    """
    chord = ""
    boxes = _boxed(score)
    for text in sorted(score.texts, key=lambda each: each.at):
        if text.kind == "rehearsal" and text.at in boxes:
            yield StaffText(text.at, "rehearsal", f"{_letter(boxes.index(text.at))} {text.text}")
        elif text.kind == "chord":
            if text.text != chord:
                yield text
            chord = text.text
        elif text.kind == "hit":
            yield StaffText(text.at, "hit", _hit(text.text))
    yield from (StaffText(at, "direction", "G.P.") for at in _pauses(score))


def _pauses(score: Score) -> Iterator[Fraction]:
    """Yield where the bars begin from which nobody plays, for three bars at most, before the music goes on."""
    starts = [bar.start for bar in score.bars]
    filled = {
        number
        for part in score.parts
        for note in part.notes
        for number in range(bisect_right(starts, note.onset) - 1, bisect_left(starts, note.end))
    }
    for before, after in pairwise(sorted(filled)):
        if 1 < after - before <= _PAUSE + 1:
            yield starts[before + 1]


def _boxed(score: Score) -> list[Fraction]:
    """Return where the sections begin that have a box: the long ones, and of the short ones those that stand apart."""
    found = sorted({text.at for text in score.texts if text.kind == "rehearsal"})
    places = [_bar(score.bars, at) for at in found]
    ends = [*places[1:], _bar(score.bars, found[-1]) + _APART] if found else []
    kept = {place for place, end in zip(places, ends, strict=True) if end - place >= _APART}
    for place in places:
        if all(abs(place - other) >= _APART for other in kept):
            kept.add(place)
    return [at for at, place in zip(found, places, strict=True) if place in kept]


def _bar(bars: Sequence[StaffBar], at: Fraction) -> int:
    """Return the number of a bar; without bars, a bar for every quarter."""
    return bisect_right([bar.start for bar in bars], at) if bars else int(at)


def _hit(text: str) -> str:
    """Return ``01:00:12:00 door`` of ``01:00:12:00 accent: door``: what is seen, or where nothing is said of it, what is done."""
    clock, _, rest = text.partition(" ")
    done, _, seen = rest.partition(": ")
    return f"{clock} {shortened(seen or done.rstrip(':'), _NAME)}"


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many letters, cut between words where it can be.

    Examples
    --------
    >>> shortened("The Elf of the Long Winter Road", 20), shortened("King", 20)
    ('The Elf of the...', 'King')
    """
    if len(text) <= most:
        return text
    cut = text[: most - 2]
    words = cut.rpartition(" ")[0].rstrip(" ,;:-")
    return f"{words or cut[:-1]}..."


def _letter(number: int) -> str:
    """Return A to Z, then AA, BB ..."""
    return chr(65 + number % 26) * (1 + number // 26)


def themes(score: Score) -> dict[str, tuple[StaffText, ...]]:
    """Return the theme names over each part's staff, at the first note of each; several that begin together are one text."""
    onsets = {part.name: sorted({note.onset for note in part.notes}) for part in score.parts}
    found: dict[str, dict[Fraction, list[str]]] = {}
    for text in score.texts:
        if text.kind == "theme":
            own = onsets.get(text.part, [])
            at = next(iter(own[bisect_left(own, text.at) :]), text.at)
            found.setdefault(text.part, {}).setdefault(at, []).append(_theme(text.text))
    return {part: tuple(StaffText(at, "theme", "; ".join(names), part) for at, names in rows.items()) for part, rows in found.items()}


def _theme(text: str) -> str:
    """Return a theme's name, and of how it is altered as much as there is room for; the ledger has it all."""
    name, *altered = (_SPOKEN.get(each, each) for each in text.split(", "))
    made = shortened(name, _NAME)
    for number, each in enumerate(altered):
        if len(made) + len(each) + 2 > _WHOLE:
            return made if number else f"{made}, ..."
        made = f"{made}, {each}"
    return made
