"""The end of a scene: decided, not run out. One colour is held to the last frame."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import near, within
from motifgen.theory.pitch import Pitch


def ending(loom: Loom) -> tuple[Line, ...]:
    """Return the last held colour: it enters over the last bar or two and outlasts everything else.

    A scene that ends well closes on its tonic, high; one that does not is left on the fifth or the chord's own seventh,
    low; a scene that ends in silence or a cut has none.
    """
    if not loom.moments or loom.spotting.silent(loom.end - Fraction(1, 64)):
        return ()
    last = loom.moments[-1]
    start = loom.moments[max(len(loom.moments) - 2, 0)].start
    item = loom.chord(last.start) or (loom.harmony.chords[-1] if loom.harmony.chords else None)
    if item is None or loom.end - start < 1:
        return ()
    good = last.affect.valence >= 0
    names = item.chord.names
    name = names[0] if good else names[-1]
    pitch = _placed(name.at(4), 76 if good else 55)
    level = round(max(min(last.loud * 0.7, 0.4), 0.06), 4)
    notes = (ScoreNote(start, loom.end - start, pitch, level),)
    fifth = within(names[0], pitch.midi - 19, pitch.midi - 5) if last.full > 0.3 else ()
    lower = (ScoreNote(start, loom.end - start, fifth[-1], level),) if fifth else ()
    return (Line("pad", (*lower, *notes), weight=0.1),)


def _placed(pitch: Pitch, key: int) -> Pitch:
    return near(pitch.pitch_class, key)
