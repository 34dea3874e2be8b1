"""Spinning out: between statements a second colour goes on with the tail of the theme that was just heard, softer than it.

Continuation as classical phrases have it: a cell is cut out, set in sequence and liquidated (W. Caplin, *Classical Form*, 1998, ch. 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.layers import cell_of
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import steps, tones
from motifgen.compose.texture.themes import register_centre
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Meter

_ACTIVE, _FULL = -0.3, 0.15  # how excited and how full a bar is in which something goes on singing
_LONGEST, _SHORTEST, _BREATH = 4, 1, 2  # bars of a phrase at most and at least; bars of rest after one
_SOFTER = 0.8
_SILENT = frozenset({"silence", "coda", "intro", "underscore"})
_TAIL = (3, 6)  # notes


class _Tail(NamedTuple):
    """The end of a theme: durations in quarters, and heights in scale steps above its first note."""

    durations: tuple[Fraction, ...]
    heights: tuple[int, ...]


def continuations(loom: Loom, themes: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines that go on between statements, where the arc is active and nobody speaks.

    Parameters
    ----------
    themes : sequence of Line
        The statements' lines: nothing sings beside them, in the beat after them, or in the half bar before them.
    """
    voice = _voices(loom)
    lines = []
    for start, end in _gaps(loom, themes):
        for first, until in _phrases(loom, start, end):
            notes = tuple(_spun(loom, first, until))
            if len(notes) >= _TAIL[0]:
                lines.append(Line("counter", notes, voice=voice, weight=0.15))
    return tuple(lines)


def _voices(loom: Loom) -> tuple[str, ...]:
    """Return who improvises in a band: its horns; elsewhere the style's choice for second lines decides."""
    names = loom.palette.choices("melody") if loom.palette.swing else ()
    return tuple(name for name in names if find_instrument(name)[0].family in {"woodwind", "brass"})


def _gaps(loom: Loom, themes: Sequence[Line]) -> Iterator[tuple[Fraction, Fraction]]:
    """Go through the stretches after a first theme in which none sings."""
    sung = sorted((line.notes[0].onset, line.notes[-1].end) for line in themes if line.role in {"melody", "counter"})
    end = sung[0][1] if sung else loom.end
    for onset, until in (*sung[1:], (loom.end, loom.end)):
        if onset > end:
            yield end, onset
        end = max(end, until)


def _phrases(loom: Loom, start: Fraction, end: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Go through the phrases that fit into a gap: four bars at most, two bars apart."""
    at, limit = _entry(loom, start), end - loom.moment(end).bar.meter.beat
    while at < limit:
        first = until = loom.index(at)
        meter = loom.moments[first].bar.meter
        while until < min(len(loom.moments), first + _LONGEST) and _goes_on(loom.moments[until], meter):
            until += 1
        close = min(loom.moments[until - 1].end, limit) if until > first else at
        rest = _BREATH if close - at >= _SHORTEST * loom.moments[first].bar.meter.bar else 0
        if rest:
            yield at, close
        at = loom.moments[min(max(until, first + 1) + rest, len(loom.moments)) - 1].end if until + rest > first else limit


def _entry(loom: Loom, start: Fraction) -> Fraction:
    """Return the first half of a bar that begins a beat after a theme's end or later."""
    moment = loom.moment(start + loom.moment(start).bar.meter.beat)
    half = moment.start + moment.bar.meter.middle
    return half if half >= start + moment.bar.meter.beat else moment.end


def _goes_on(moment: Moment, meter: Meter) -> bool:
    # A rhythm that was heard in other beats would stand across these.
    if moment.bar.meter.beat != meter.beat:
        return False
    return moment.affect.arousal > _ACTIVE and moment.full > _FULL and moment.spoken <= 0 and moment.section.function not in _SILENT


def _tail(loom: Loom, at: Fraction) -> _Tail:
    """Return the last notes of the theme before a place that make up about a bar, without its final note."""
    found = cell_of(loom, at)
    sounded = loom.sung[found] if found >= 0 else ()
    least, most = _TAIL
    notes = list(sounded[:-1] if len(sounded) > least else sounded)[-most:]
    bar = loom.moment(at).bar.meter.bar
    while len(notes) > least and notes[-1][0] + notes[-1][1] - notes[0][0] > bar:
        notes.pop(0)
    return _Tail(tuple(duration for _, duration, _ in notes), tuple(pitch.steps - notes[0][2].steps for _, _, pitch in notes))


def _spun(loom: Loom, start: Fraction, end: Fraction) -> Iterator[ScoreNote]:
    """Go through a phrase: the tail in sequence, a step up or down each time, turned over once, then shortened, and a held note."""
    tail, moment = _tail(loom, start), loom.moment(start)
    if not tail.durations:
        return
    chance = loom.chance("spinning", start)
    rising = moment.section.function == "build" or moment.affect.tension > 0.6
    base = round(register_centre(moment.affect)) - 2 + (chance.below(3) - 1)
    at, turn, shift, last = start, 0, 0, None
    while at < end:
        model = _model(tail, turn, overturned=turn == 1 + chance.below(2))
        for duration, height in model:
            close = end - at <= 1
            pitch = _placed(loom, at, base, height + shift, last, firm=close)
            if pitch is not None:
                level = round(max(loom.loud(at) * _SOFTER, 0.05), 4)
                yield ScoreNote(at, end - at if close else min(duration, end - at), pitch, level)
                last = pitch
            at = end if close else at + duration
            if at >= end:
                return
        turn, shift = turn + 1, shift + (1 if rising else -1)


def _model(tail: _Tail, turn: int, *, overturned: bool) -> list[tuple[Fraction, int]]:
    """Return the tail for a turn of the sequence: whole at first, its last notes from the third time on."""
    heights = tuple(-height for height in tail.heights) if overturned else tail.heights
    model = list(zip(tail.durations, heights, strict=True))
    return model if turn < 2 else model[-_TAIL[0] :]


def _placed(loom: Loom, at: Fraction, base: int, height: int, last: Pitch | None, *, firm: bool) -> Pitch | None:  # noqa: PLR0913 - where a note stands, and from where it comes
    """Return a note of the sequence over its chord: chord tones on strong beats and at the close, never a leap of more than an octave."""
    item = loom.chord(at)
    if item is None:
        return None
    moment = loom.moment(at)
    ladder = steps(item.key, item.chord, base - 14, base + 16)
    root = min(range(len(ladder)), key=lambda n: (abs(ladder[n].midi - base), n))
    wished = ladder[min(max(root + height, 0), len(ladder) - 1)]
    strong = firm or moment.bar.meter.weight(at - moment.start) >= 2
    source = tones(item.chord, base - 14, base + 16) if strong else ladder
    near = [pitch for pitch in source if last is None or 0 < abs(pitch.midi - last.midi) <= 9] or list(source)
    return min(near, key=lambda pitch: (abs(pitch.midi - wished.midi), pitch.midi))
