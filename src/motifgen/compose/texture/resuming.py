"""Going on after a held breath: where no line begins again in time, the chord does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import tones
from motifgen.theory.time import Span

_LONGEST = Fraction(2)
_LOW, _HIGH = 50, 72


def resumptions(loom: Loom, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return a soft chord for each pause that would last longer than two seconds, from its end until something else begins.

    Parameters
    ----------
    lines : sequence of Line
        All that is to sound, with its silences already in it.
    """
    return tuple(line for breath in _breaths(loom) for line in _resumed(loom, breath, lines))


def _breaths(loom: Loom) -> Iterator[Span]:
    spotting = loom.spotting
    pauses = [landing.at for landing in spotting.landings if landing.hit.do == "pause"]
    for rest in spotting.rests:
        held = max((at for at in pauses if rest.start <= at < rest.end), default=None)
        if held is not None and rest.end < loom.end and spotting.seconds(rest.end) - spotting.seconds(held) <= _LONGEST:
            yield Span(held, rest.end)


def _resumed(loom: Loom, breath: Span, lines: Sequence[Line]) -> Iterator[Line]:
    onset = min((note.onset for line in lines for note in line.notes if note.onset >= breath.end), default=loom.end)
    item = next((chord for chord in loom.harmony.chords if chord.span.end > breath.end), None)
    if item is None or loom.spotting.seconds(onset) - loom.spotting.seconds(breath.start) <= _LONGEST:
        return
    until = min(onset, item.span.end, *(rest.start for rest in loom.spotting.rests if rest.start > breath.end), loom.end)
    level = round(max(loom.loud(breath.end) * 0.7, 0.06), 4)
    pitches = tones(item.chord, _LOW, _HIGH)[:3]
    yield Line("pad", tuple(ScoreNote(breath.end, until - breath.end, pitch, level) for pitch in pitches), weight=0.1)
