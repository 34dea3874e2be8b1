"""How chords are struck: held where the music rests, with the theme's own rhythm where it is loud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from motifgen.compose.desk import ChordSpan, ScoreNote
from motifgen.compose.texture.cells import cell_from, tiled
from motifgen.compose.texture.layers import cell_of
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.pitch import Pitch

_LOUD, _EXCITED = 0.5, 0.1
_SHORTEST = Fraction(1, 2)
_MANNERS = {
    "build": ("swelling", "repeated", "tremolo"),
    "climax": ("repeated", "tremolo", "punctuated"),
    "release": ("held",),
    "coda": ("held",),
}
_LEGATO = 0.1
_FLOWING = ("swelling", "held", "tremolo")  # where a style plays nothing short
_OTHERWISE = ("punctuated", "held", "repeated", "tremolo")


def loud(moment: Moment) -> bool:
    """Tell whether a bar is so full and excited that a chord may not just be held; an introduction keeps its blows for later."""
    return moment.section.function != "intro" and moment.full >= _LOUD and moment.affect.arousal > _EXCITED and moment.spoken <= 0


def manner(loom: Loom, first: int) -> str:
    """Return how the chords of a phrase are struck: ``held repeated punctuated swelling tremolo``.

    Parameters
    ----------
    first : int
        The index of the phrase's first moment. Neighboring phrases of a section differ: the manners of its function take turns.
    """
    moment = loom.moments[first]
    if not loud(moment):
        return "held"
    ways = _FLOWING if loom.palette.short <= _LEGATO or _electric(loom) else _MANNERS.get(moment.section.function, _OTHERWISE)
    section = loom.place(moment)
    begun = loom.index(moment.section.span.start)
    return ways[(loom.chance("manner", section).below(len(ways)) + (first - begun + 1) // 4) % len(ways)]


def _electric(loom: Loom) -> bool:
    """Tell whether the style's chords are made by machines, which swell and do not strike."""
    return any(find_instrument(name)[0].family == "electronic" for name in loom.palette.choices("pad")[:1])


def accents(loom: Loom, index: int) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return where the theme that is heard would strike in a bar, and for how long: its head, quickened as an ostinato is.

    Nothing shorter than an eighth is struck by itself; a chord's repetitions are felt, not counted.
    """
    moment = loom.moments[index]
    found = cell_of(loom, moment.start)
    cell = cell_from(loom.sung[found] if found >= 0 else (), moment, loom.palette.density / 2)
    kept: list[tuple[Fraction, Fraction]] = []
    for at, duration, _ in tiled(cell, moment):
        if not kept or at - kept[-1][0] >= _SHORTEST:
            kept.append((at, duration))
    ends = (*(at for at, _ in kept[1:]), moment.end)
    return tuple((at, end - at) for (at, _), end in zip(kept, ends, strict=True))


def attacked(loom: Loom, spans: Sequence[ChordSpan], led: Sequence[Sequence[Pitch]], way: str) -> Iterator[ScoreNote]:
    """Go through the notes of voicings that are struck in a manner other than ``held``.

    Parameters
    ----------
    spans : sequence of ChordSpan
    led : sequence of sequence of Pitch
        A voicing for each span.
    way : str
        As `manner` returns it.
    """
    strokes = {"repeated": _repeated, "punctuated": _punctuated, "swelling": _swelling, "tremolo": _tremolo}[way]
    for item, voicing in zip(spans, led, strict=True):
        for at, duration, share, marks in strokes(loom, item):
            level = round(min(max(loom.loud(at) * share, 0.05), 1.0), 4)
            yield from (ScoreNote(at, duration, pitch, level, marks) for pitch in voicing)


_Stroke = tuple[Fraction, Fraction, float, frozenset[str]]


def _within(loom: Loom, item: ChordSpan) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Go through the theme's strokes over a chord, each with its place in the bar's row of them."""
    for index in range(loom.index(item.span.start), loom.index(item.span.end - Fraction(1, 64)) + 1):
        inside = [(at, duration) for at, duration in accents(loom, index) if item.span.start <= at < item.span.end]
        if not inside or inside[0][0] > max(item.span.start, loom.moments[index].start):
            start = max(item.span.start, loom.moments[index].start)
            inside.insert(0, (start, (inside[0][0] if inside else min(item.span.end, loom.moments[index].end)) - start))
        for n, (at, duration) in enumerate(inside):
            yield n, at, min(duration, item.span.end - at)


def _repeated(loom: Loom, item: ChordSpan) -> Iterator[_Stroke]:
    """Strike the chord again on every stroke, long ones full, short ones short; the first is leaned on."""
    for n, at, duration in _within(loom, item):
        short = duration <= _SHORTEST
        yield at, duration, 0.86 if n == 0 else 0.74, frozenset({"accent"}) if n == 0 else frozenset({"staccato"} if short else ())


def _punctuated(loom: Loom, item: ChordSpan) -> Iterator[_Stroke]:
    """Short chords on the first two or three strokes of a bar, then a rest: the theme is left room to be heard."""
    most = 2 + loom.chance("punctuation", item.span.start).below(2)
    for n, at, duration in _within(loom, item):
        if n < most:
            yield at, min(duration, Fraction(1)), 0.9 if n == 0 else 0.8, frozenset({"marcato"} if n == 0 else {"staccato"})


def _swelling(loom: Loom, item: ChordSpan) -> Iterator[_Stroke]:
    """Let the chord grow from soft to loud, taken again on every second beat or, if it is short, once."""
    step = loom.moment(item.span.start).bar.meter.beat * 2
    count = max(int(item.span.length / step), 1)
    for n in range(count):
        at = item.span.start + n * step
        end = item.span.end if n == count - 1 else at + step
        yield at, end - at, round(0.55 + 0.35 * (n + 1) / count, 2), frozenset[str]()


def _tremolo(_: Loom, item: ChordSpan) -> Iterator[_Stroke]:
    """Hold the chord and tremble, as far as the players can."""
    yield item.span.start, item.span.length, 0.8, frozenset({"tremolo"})
