"""Broken chords in an ensemble: a figure that is kept for a phrase, in the shapes that harps, keyboards and guitars have under the hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from motifgen.compose.desk import ChordSpan, Line, ScoreNote
from motifgen.compose.texture.figures import Figure, chosen, reach, struck
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, tones
from motifgen.orchestra.instrument import find_instrument
from motifgen.orchestra.palette import Palette
from motifgen.theory.pitch import Pitch

_SHAPES = ((0, 1, 2, 3, 4, 3, 2, 1), (0, 2, 1, 3, 2, 4, 3, 1), (0, 1, 2, 4, 3, 2, 4, 1), (0, 2, 4, 3, 1, 3, 2, 4), (0, 1, 3, 2, 4, 2, 3, 1))
_ONE_VOICE = frozenset({"arch", "alberti"})
_HANDED = frozenset({"keys", "plucked"})
_LOW, _UPPER, _HIGHEST = 45, 53, 79  # a figure's lowest note, near which it lies without and above a bass, and its highest
_SPAN = {"arch": 21, "alberti": 14}  # how many semitones a figure spans at most


def arpeggios(loom: Loom, layer: Layer, floor: Sequence[Layer] = ()) -> tuple[Line, ...]:
    """Return broken chords, one figure a phrase: a hand's, where the style breaks its chords on harps, keyboards or guitars.

    Parameters
    ----------
    floor : sequence of Layer
        The layers that have the bass: where there is none, the figure begins on it.
    """
    lines: list[Line] = []
    before: Figure | None = None
    handed = _handed(loom.palette)
    for first, until in phrases(loom, layer, longest=8):
        if handed:
            before = chosen(loom.moments[first], loom.chance("arpeggio", first), before, among=_ONE_VOICE)
            notes = tuple(_under_the_hand(loom, before, first, until, _base(floor, first, until)))
        else:
            notes = tuple(note for index in range(first, until) for note in _patterned(loom, index, first))
        if notes:
            lines.append(Line("arpeggio", notes, weight=round(loom.moments[first].full * 0.5, 4)))
    return tuple(lines)


def _handed(palette: Palette) -> bool:
    """Tell whether the style's first choice for broken chords has them under the hand, low enough to begin on a bass."""
    first = (find_instrument(name)[0] for name in palette.choices("arpeggio")[:1])
    return any(own.family in _HANDED and own.sweet_low <= _LOW for own in first)


def _base(floor: Sequence[Layer], first: int, until: int) -> int:
    covered = {index for layer in floor if layer.kind == "bass" for index in range(layer.first, layer.last)}
    return _UPPER if sum(index in covered for index in range(first, until)) * 2 >= until - first else _LOW


def _under_the_hand(loom: Loom, figure: Figure, first: int, until: int, base: int) -> Iterator[ScoreNote]:
    """Go through a phrase of a figure, its lowest note led from chord to chord; every other bar of the same chord comes back down."""
    last = near(loom.moments[first].key.tonic, base)
    before: ChordSpan | None = None
    for index in range(first, until):
        moment = loom.moments[index]
        for item in loom.chords(moment.start, moment.end):
            last = _lowest(item, last, base)
            again = before is not None and before.chord == item.chord and (index - first) % 2 == 1
            made = struck(
                figure, moment, item, reach(item, last, min(last.midi + _SPAN[figure.shape], _HIGHEST)), loom.loud(item.span.start)
            )
            yield from _turned(tuple(made)) if again else made
            before = item


def _lowest(item: ChordSpan, last: Pitch, base: int) -> Pitch:
    """Return the chord's bass nearest to the last one, within an octave above where the figure lies."""
    pitch = near(item.chord.lowest, last.midi)
    return pitch.octaves(1) if pitch.midi < base - 5 else pitch.octaves(-1) if pitch.midi > base + 7 else pitch


def _turned(notes: tuple[ScoreNote, ...]) -> Iterator[ScoreNote]:
    """Go through a figure whose notes after the first come in the other order."""
    pitches = [notes[0].pitch, *(note.pitch for note in reversed(notes[1:]))]
    if pitches == [note.pitch for note in notes] and len(pitches) > 2:
        pitches = [pitches[0], *pitches[2:], pitches[1]]  # what reads the same both ways starts a step on
    yield from (ScoreNote(note.onset, note.duration, pitch, note.level, note.marks) for note, pitch in zip(notes, pitches, strict=True))


def _patterned(loom: Loom, index: int, first: int) -> Iterator[ScoreNote]:
    """Go through a bar of the phrase's two shapes by turns, always from the chord tone nearest to where the figure lies."""
    moment, chance = loom.moments[index], loom.chance("arpeggio", first)
    unit = _unit(moment, 0.6 + 0.8 * loom.palette.density)
    one, other = chance.below(len(_SHAPES)), 1 + chance.below(len(_SHAPES) - 1)
    shape = _SHAPES[(one + other * ((index - first) % 2)) % len(_SHAPES)]
    level, at, n = loom.loud(moment.start) * 0.72, moment.start, 0
    while at < moment.end:
        item = loom.chord(at)
        if item is not None:
            own = _from(tones(item.chord, _LOW, _HIGHEST + 7))
            pitch = own[min(shape[n % len(shape)], len(own) - 1)]
            yield ScoreNote(at, min(unit, moment.end - at), pitch, round(max(level, 0.05), 4))
        n, at = n + 1, at + unit


def _from(own: Sequence[Pitch]) -> Sequence[Pitch]:
    nearest = min(range(len(own)), key=lambda at: (abs(own[at].midi - _UPPER), at))
    return own[nearest:]


def _unit(moment: Moment, busy: float) -> Fraction:
    """Return the note value of broken chords: about two to six notes a second."""
    wish = 2.4 * busy * 2 ** (0.9 * moment.affect.arousal)
    beat = moment.bar.meter.beat
    values = [beat / 3, beat / 6] if moment.bar.meter.compound else [beat, beat / 2, beat / 4]
    return min(values, key=lambda value: abs(float(beat / value) / moment.pace - wish))
