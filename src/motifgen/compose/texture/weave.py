"""weave(): themes and harmony become lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from motifgen.compose.desk import Harmony, Line, ScoreNote, Texture
from motifgen.compose.texture.bass import basses
from motifgen.compose.texture.broken import arpeggios
from motifgen.compose.texture.cells import ostinati, pulses
from motifgen.compose.texture.choirs import choirs
from motifgen.compose.texture.clearings import FLOOR, Clearing, clearings
from motifgen.compose.texture.counterpoint import counters
from motifgen.compose.texture.ending import arriving, ending
from motifgen.compose.texture.hits import hit_lines
from motifgen.compose.texture.layers import Layer, layers
from motifgen.compose.texture.loom import Loom, survey
from motifgen.compose.texture.notes import outside
from motifgen.compose.texture.pads import drones, pads, points, tremolos
from motifgen.compose.texture.percussion import percussion
from motifgen.compose.texture.resuming import resumptions
from motifgen.compose.texture.rhythm_section import comping, marking, soli
from motifgen.compose.texture.spinning import continuations
from motifgen.compose.texture.themes import theme_lines
from motifgen.compose.texture.threads import threads
from motifgen.compose.texture.two_hands import lone_keyboard, right_handed, two_hands
from motifgen.theory.time import Span

_BAND: dict[str, Callable[[Loom, Layer], tuple[Line, ...]]] = {"pad": comping, "pulse": marking}
_ALONE: dict[str, Callable[[Loom, Layer], tuple[Line, ...]]] = {
    "points": points, "ostinato": ostinati, "pulse": pulses, "percussion": percussion,
}  # fmt: skip
_STANDING: dict[str, Callable[[Loom, Layer, Sequence[Layer]], tuple[Line, ...]]] = {"drone": drones, "arpeggio": arpeggios}
_UNDER: dict[str, Callable[[Loom, Layer, Sequence[Line]], tuple[Line, ...]]] = {"counter": counters, "bass": basses}
_OVER: dict[str, Callable[[Loom, Layer, Sequence[Line], Sequence[Layer]], tuple[Line, ...]]] = {"pad": pads, "tremolo": tremolos}


def weave(harmony: Harmony) -> Texture:
    """Return the fabric of a scene: the statements' lines, the layers under them, the hits, and the end.

    Every theme note keeps the index of its statement. Layers enter and leave with the arc; before blows they make room;
    under words only one soft colour is left; nothing sounds in the spotting's rests.
    """
    loom = survey(harmony)
    if not loom.moments:
        return Texture(harmony, ())
    spaces = clearings(loom)
    alone = lone_keyboard(loom)
    themes = tuple(map(_thinned(spaces), right_handed(theme_lines(loom)) if alone else theme_lines(loom)))
    under = two_hands(loom, themes) if alone else (*_ground(loom, layers(loom, spaces), themes), *_beside(loom, themes))
    ground = [line for line in map(arriving(loom), filter(_audible, map(_cleared(spaces), under))) if line.notes]
    lines = (*themes, *ground, *hit_lines(loom), *ending(loom, ground, alone=alone))
    rests = (*loom.spotting.rests, Span(loom.end, loom.end + 10**6))
    sounding = tuple(_sounding((*lines, *threads(loom, spaces, lines)), rests))
    return Texture(harmony, (*sounding, *resumptions(loom, sounding)))


def _audible(line: Line) -> bool:
    return bool(line.notes)


def _ground(loom: Loom, found: Sequence[Layer], themes: Sequence[Line]) -> Iterator[Line]:
    """Go through the lines of every layer."""
    floor = [layer for layer in found if layer.kind in {"bass", "pulse"}]
    for layer in found:
        if loom.palette.swing and layer.kind in _BAND:
            yield from _BAND[layer.kind](loom, layer)
        elif layer.kind in _STANDING:
            yield from _STANDING[layer.kind](loom, layer, floor)
        elif layer.kind in _OVER:
            yield from _OVER[layer.kind](loom, layer, themes, floor)
        elif layer.kind in _UNDER:
            yield from _UNDER[layer.kind](loom, layer, themes)
        else:
            yield from _ALONE[layer.kind](loom, layer)


def _beside(loom: Loom, themes: Sequence[Line]) -> tuple[Line, ...]:
    """Return what players do of their own accord: choirs in the tutti, horns in close harmony, what goes on between themes."""
    return (*choirs(loom, themes), *soli(loom, themes), *continuations(loom, themes))


def _cleared(spaces: Iterable[Clearing]) -> Callable[[Line], Line]:
    """Return what keeps an accompaniment out of the clearings, and the floor away after blows."""
    before = tuple(space.before for space in spaces)
    after = tuple(space.floorless for space in spaces if space.floorless.length)

    def clear(line: Line) -> Line:
        return replace(line, notes=outside(line.notes, (*before, *after) if line.role in FLOOR else before))

    return clear


def _thinned(spaces: Iterable[Clearing]) -> Callable[[Line], Line]:
    """Return what leaves a theme that runs into a clearing to one soft player there."""
    spans = tuple(space.before for space in spaces)

    def thin(line: Line) -> Line:
        if not any(span.overlaps(Span(line.notes[0].onset, line.notes[-1].end)) for span in spans):
            return line
        return replace(line, notes=tuple(_alone(note) if any(note.onset in span for span in spans) else note for note in line.notes))

    return thin


def _alone(note: ScoreNote) -> ScoreNote:
    return replace(note, marks=note.marks | {"solo"}, level=round(max(note.level * 0.8, 0.05), 4))


def _sounding(lines: Iterable[Line], rests: tuple[Span, ...]) -> Iterator[Line]:
    for line in lines:
        notes = outside(line.notes, rests)
        if notes:
            yield replace(line, notes=notes)
