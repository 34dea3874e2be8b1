"""Cells: the rhythm and contour of a theme's head, fitted to every chord and written anew for every bar."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from motifgen.chance import Chance
from motifgen.compose.desk import Line, ScoreNote, Statement
from motifgen.compose.texture.layers import Layer, cell_of, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import steps, tones
from motifgen.orchestra.instrument import find_instrument
from motifgen.orchestra.palette import Palette
from motifgen.theory.pitch import Pitch

Sounded = tuple[tuple[Fraction, Fraction, Pitch], ...]
_EIGHTH, _SIXTEENTH = Fraction(1, 2), Fraction(1, 4)


class Cell(NamedTuple):
    """A figure: onsets, durations (quarters) and heights in scale steps above its first note.

    Examples
    --------
    >>> Cell((Fraction(0),), (Fraction(1),), (0,), Fraction(2)).length
    Fraction(2, 1)
    """

    onsets: tuple[Fraction, ...]
    durations: tuple[Fraction, ...]
    heights: tuple[int, ...]
    length: Fraction


def cell_from(sounded: Sounded, moment: Moment, density: float = 0.5, *, beside: bool = False) -> Cell:
    """Return the head of a theme as a cell of at most a bar, quickened to eighths or sixteenths when the moment is excited.

    Beside the theme itself it never goes at the theme's own pace. Without a theme it is even eighths on the scale.
    """
    if not sounded:
        return Cell((Fraction(0), _EIGHTH), (_EIGHTH, _EIGHTH), (0, 2), Fraction(1))
    head = tuple(note for note in sounded if note[0] - sounded[0][0] < moment.bar.meter.bar)[:6]
    scale = _quickening(head, moment, 0.6 + 0.8 * density, beside=beside)
    start = head[0][0]
    onsets = tuple((onset - start) * scale for onset, _, _ in head)
    durations = tuple(duration * scale for _, duration, _ in head)
    length = _rounded(onsets[-1] + durations[-1], moment.bar.meter.beat)
    return Cell(onsets, durations, tuple(pitch.steps - head[0][2].steps for _, _, pitch in head), length)


def _quickening(head: Sounded, moment: Moment, busy: float, *, beside: bool) -> Fraction:
    """Return by what power of two a cell is sped up, so that it has the onsets a second that the arousal asks for."""
    wish = 2.2 * busy * 2 ** (1.1 * moment.affect.arousal)
    beat = moment.pace / float(moment.bar.meter.beat)
    length = float(head[-1][0] + head[-1][1] - head[0][0])
    scales = [scale for scale in (Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2)) if not beside or scale != 1]
    shortest = min(duration for _, duration, _ in head)
    usable = [s for s in scales if shortest * s >= _SIXTEENTH and float(shortest * s) * beat > 0.09] or [Fraction(1)]
    return min(usable, key=lambda s: (abs(len(head) / (length * float(s) * beat) - wish), s))


def _rounded(length: Fraction, beat: Fraction) -> Fraction:
    return max(beat * -(-length // beat), beat)


def ostinati(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return the theme's head as an ostinato: one rhythm, its notes changed with the chord and from bar to bar."""
    lines = []
    for first, until in phrases(loom, layer, longest=8):
        index = cell_of(loom, loom.moments[first].start)
        beside = index >= 0 and _goes_beside(loom.plan.statements[index], loom.moments[first])
        cell = cell_from(loom.sung[index] if index >= 0 else (), loom.moments[first], loom.palette.density, beside=beside)
        notes = _bars(loom, first, until, cell)
        if notes:
            lines.append(Line("ostinato", notes, weight=round(loom.moments[first].full * 0.7, 4)))
    return tuple(lines)


def _goes_beside(statement: Statement, moment: Moment) -> bool:
    return statement.treatment in {"theme", "fragment"} and statement.start < moment.end and moment.start < statement.end


class _Groove(NamedTuple):
    """What a figure keeps to for a phrase.

    Parameters
    ----------
    silent : int
        The place in the bar that rests; -1: none.
    pushed : int
        The place that is leaned on.
    answering : int
        The place that goes another way in every second bar, by ``turn`` chord tones or steps.
    turn : int
    """

    silent: int
    pushed: int
    answering: int
    turn: int

    def bar(self, nth: int) -> tuple[int, dict[int, int]]:
        """Return which place rests in a bar of the phrase, and which go by how many steps another way: the fourth leads on."""
        if nth % 4 == 3:
            return -1, {self.answering: -self.turn, self.answering + 1: -2 * self.turn}
        return self.silent, {self.answering: self.turn} if nth % 2 else {}


def _groove(chance: Chance, count: int, push: float) -> _Groove:
    """Draw a phrase's groove; the more a style pushes, the likelier the accent leaves the downbeat."""
    if count < 3:
        return _Groove(-1, 0, count - 1, 1)
    silent = 1 + chance.below(count - 1) if chance.unit() < 0.5 else -1
    pushed = 1 + chance.below(count - 1) if chance.unit() < 0.15 + push else 0
    answering = count - 1 - chance.below(count // 2)
    return _Groove(silent, pushed, answering, 1 if chance.unit() < 0.5 else -1)


def _bars(loom: Loom, first: int, until: int, cell: Cell) -> tuple[ScoreNote, ...]:
    """Return a phrase of the cell: its rhythm and its accent stay, every second bar answers, every fourth leads on."""
    base = 60 if loom.moments[first].affect.power < 0.4 else 55
    groove = _groove(loom.chance("ostinato", first), len(tiled(cell, loom.moments[first])), loom.palette.push)
    return tuple(note for index in range(first, until) for note in _bar(loom, index, cell, base, groove, index - first))


def _bar(loom: Loom, index: int, cell: Cell, base: int, groove: _Groove, nth: int) -> Iterable[ScoreNote]:  # noqa: PLR0913, PLR0917 - a bar of a figure has this many sides
    moment = loom.moments[index]
    silent, turned = groove.bar(nth)
    marks, level = _marks(loom, moment), loom.loud(moment.start) * 0.82
    for n, (at, duration, height) in enumerate(tiled(cell, moment)):
        pitch = _fitted(loom, at, base, height, turned.get(n, 0))
        if n != silent and pitch is not None:
            accent = frozenset({"accent"}) if n == groove.pushed else frozenset[str]()
            yield ScoreNote(at, duration, pitch, round(max(level + 0.06 * (n == groove.pushed), 0.05), 4), marks | accent)


def tiled(cell: Cell, moment: Moment) -> list[tuple[Fraction, Fraction, int]]:
    """Return a cell repeated through a bar: onsets, durations and heights, cut where the bar ends."""
    places, start = [], moment.start
    while start < moment.end:
        for onset, duration, height in zip(cell.onsets, cell.durations, cell.heights, strict=True):
            at = start + onset
            if at < moment.end:
                places.append((at, min(duration, moment.end - at), height))
        start += cell.length
    return places


def _marks(loom: Loom, moment: Moment) -> frozenset[str]:
    short = loom.palette.short
    if short > 0.8 and moment.affect.arousal < 0.5:
        return frozenset({"pizzicato"})
    return frozenset({"staccato"}) if short + 0.4 * moment.affect.arousal > 0.45 else frozenset()


def _fitted(loom: Loom, at: Fraction, base: int, height: int, turn: int) -> Pitch | None:
    """Return a cell's note over the chord of its place: chord tones on the beat, scale steps between; turned by so many of them."""
    item = loom.chord(at)
    if item is None:
        return None
    meter = loom.moment(at).bar
    ladder = steps(item.key, item.chord, base - 14, base + 20)
    root = min(range(len(ladder)), key=lambda n: (abs(ladder[n].midi - base), n))
    wished = ladder[min(max(root + height, 0), len(ladder) - 1)]
    own = ladder if meter.meter.weight(at - meter.start) < 2 else tones(item.chord, base - 14, base + 20)
    place = min(range(len(own)), key=lambda n: (abs(own[n].midi - wished.midi), n))
    return own[min(max(place + turn, 0), len(own) - 1)]


def pulses(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return repeated notes with the theme's rhythm as accents and a hole that stays; every second bar ends on another chord tone."""
    lines = []
    for first, until in phrases(loom, layer, longest=8):
        notes = tuple(note for index in range(first, until) for note in _pulse(loom, index, first))
        if notes:
            lines.append(Line("pulse", notes, weight=round(loom.moments[first].full * 0.5, 4)))
    return tuple(lines)


def _pulse(loom: Loom, index: int, first: int) -> Iterable[ScoreNote]:
    moment, chance = loom.moments[index], loom.chance("pulse", first)
    struck = {at for at, _, _ in tiled(_heard(loom, moment), moment)}
    unit = moment.bar.meter.beat / (3 if moment.bar.meter.compound else 2 if moment.affect.arousal > -0.2 else 1)
    count = int((moment.end - moment.start) / unit)
    hole, answer = 1 + chance.below(max(count - 1, 1)), 1 + chance.below(2)
    turned = 0 if (index - first) % 2 == 0 else answer if (index - first) % 4 == 1 else answer + 1
    level, low = loom.loud(moment.start) * 0.78, _beating(loom.palette)
    for n in range(count):
        at, item = moment.start + n * unit, loom.chord(moment.start + n * unit)
        if item is None or (n == hole and at not in struck):
            continue
        own = tones(item.chord, low, low + 24)
        pitch = own[min(1 + (answer == 2), len(own) - 1)] if n >= count - turned else own[0]
        accent = frozenset({"accent"}) if at in struck and n else frozenset[str]()
        yield ScoreNote(at, unit, pitch, round(max(level + 0.07 * bool(accent), 0.05), 4), accent | {"staccato"})


def _beating(palette: Palette) -> int:
    """Return where a pulse lies: in the lower middle of whoever beats it first in the style."""
    first = next((find_instrument(name)[0] for name in palette.choices("pulse")), None)
    return min(max(first.sweet_low + 9, 48), 60) if first else 52


def _heard(loom: Loom, moment: Moment) -> Cell:
    """Return the cell of the theme that is heard at a moment."""
    found = cell_of(loom, moment.start)
    return cell_from(loom.sung[found] if found >= 0 else (), moment, loom.palette.density)
