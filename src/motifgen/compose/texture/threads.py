"""Threads: where a clearing or a rest of the tune would leave nothing, one held note keeps the music alive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import NamedTuple

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.clearings import Clearing
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import tones
from motifgen.compose.texture.pads import TREBLE, treble
from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Span

#: Seconds without sound that are a breath, by rule and before a hit, where they are the quarter before the blow.
_BREATH, _GASP = 1.0, 0.4
_SHAKEN = 0.5
#: Where a thread lies where it is tense, and where it is not.
_HIGH, _MIDDLE = (67, 86), (57, 74)
_LOUDER, _SOFTER = 0.85, 0.75
#: Quarters. Places are searched as floats, which are told apart sooner; those that differ lie further apart than this.
_GRAIN = 1e-6
_Sounding = tuple[float, float, ScoreNote | Span]


class _Hole(NamedTuple):
    """Where nothing sounds, and whether a hit waits at its end."""

    span: Span
    awaited: bool


def threads(loom: Loom, spaces: Sequence[Clearing], lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return one held note for each hole in the lines: a tone that the chord there and the chord after it share.

    Before a hit it holds the tension, trembling and high where it is tense; elsewhere, where a lone tune rests for longer than a breath
    or a bar has no layer, it is soft. Silence that the scene asks for stays.

    Parameters
    ----------
    lines : sequence of Line
        All else that is to sound.
    """
    high = treble(loom)
    notes = (note for hole in _holes(loom, spaces, lines) if (note := _held(loom, hole)) is not None)
    return tuple(Line("drone", (note,), voice=high if note.pitch.midi > TREBLE else (), weight=0.0) for note in notes)


def _held(loom: Loom, hole: _Hole) -> ScoreNote | None:
    start, length = hole.span.start, hole.span.length
    before, after = loom.chord(start), loom.chord(hole.span.end)
    moment = loom.moment(start)
    if before is None or length < Fraction(1, 2):
        return None
    tense = moment.affect.tension > _SHAKEN
    pitch = _shared(tones(before.chord, *(_HIGH if tense or hole.awaited else _MIDDLE)), (after or before).chord.semitones)
    level = loom.loud(start) * (_LOUDER if hole.awaited else _SOFTER)
    marks = frozenset({"solo", "tremolo"}) if tense else frozenset({"solo"})
    return ScoreNote(start, length, pitch, round(max(level, 0.08), 4), marks)


def _shared(found: Sequence[Pitch], names: frozenset[int] | Sequence[int]) -> Pitch:
    return next((pitch for pitch in reversed(found) if pitch.midi % 12 in names), found[-1])


def _holes(loom: Loom, spaces: Sequence[Clearing], lines: Sequence[Line]) -> Iterator[_Hole]:
    """Go through the holes, outside the silences that the scene asks for; before the first note and after the last there is none."""
    asked = (*loom.spotting.rests, *(Span(it.start, it.end) for it in loom.moments if it.section.function == "silence"))
    sounding: list[_Sounding] = [
        (float(note.onset), float(note.onset) + float(note.duration), note) for line in lines for note in line.notes
    ]
    silent: list[_Sounding] = [(float(rest.start), float(rest.end), rest) for rest in asked]
    first = min(sounding, key=itemgetter(0), default=None)
    until, exact = (first[0], _start(first[2])) if first else (float(loom.end), loom.end)
    for start, end, it in sorted([*sounding, *silent], key=itemgetter(0, 1)):
        if start > until + _GRAIN:
            hole = _hole(loom, spaces, Span(exact, min(_start(it), loom.end)))
            if hole is not None:
                yield hole
        if end > until:
            until, exact = end, it.end


def _start(it: ScoreNote | Span) -> Fraction:
    return it.onset if isinstance(it, ScoreNote) else it.start


def _hole(loom: Loom, spaces: Sequence[Clearing], span: Span) -> _Hole | None:
    if span.length <= 0:
        return None
    lasting = float(loom.spotting.seconds(span.end) - loom.spotting.seconds(span.start))
    awaited = any(space.before.overlaps(span) and span.end >= space.before.end for space in spaces)
    return _Hole(span, awaited) if lasting > (_GASP if awaited else _BREATH) else None
