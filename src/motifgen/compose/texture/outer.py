"""The outer voices: melody and bass never walk in parallel fifths or octaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import steps
from motifgen.theory.pitch import Pitch

_PERFECT = frozenset({0, 7})
_REACH, _AROUND = 7, 14
_SPLIT = Fraction(1, 2)


def parallel(low: int, high: int, low_next: int, high_next: int) -> bool:
    """Tell whether two voices step from one perfect fifth or octave to another of its kind, in the same direction.

    Examples
    --------
    >>> parallel(48, 67, 50, 69), parallel(48, 67, 50, 65), parallel(48, 67, 48, 67)
    (True, False, False)
    """
    gap = (high_next - low_next) % 12
    return gap in _PERFECT and gap == (high - low) % 12 and (low_next - low) * (high_next - high) > 0


def parted(led: Sequence[Sequence[Pitch]]) -> tuple[tuple[Pitch, ...], ...]:
    """Return voicings whose outer voices make no parallels: where they would, the top voice rests for a chord, else the bottom one.

    Of two voices none can rest, and they stay.

    Examples
    --------
    >>> chords = [[Pitch.parse(name) for name in text.split()] for text in ("C3 E3 G3", "D3 A3 D4 A4")]
    >>> [" ".join(map(str, voicing)) for voicing in parted(chords)]
    ['C3 E3 G3', 'D3 A3 D4']
    """
    done: list[tuple[Pitch, ...]] = []
    for voicing in map(tuple, led):
        ways = (voicing, voicing[:-1], voicing[1:]) if len(voicing) > 2 else (voicing,)
        done.append(next((way for way in ways if not done or not _together(done[-1], way)), voicing))
    return tuple(done)


def _together(one: Sequence[Pitch], other: Sequence[Pitch]) -> bool:
    return parallel(one[0].midi, one[-1].midi, other[0].midi, other[-1].midi)


def apart(loom: Loom, bass: Sequence[ScoreNote], themes: Sequence[Line]) -> list[ScoreNote]:
    """Return a bass that makes no parallels with any theme: a note on its way is exchanged, before a root another note steps in.

    Source: the rule is as old as J. J. Fux, *Gradus ad Parnassum* (1725); to break parallels by a note between is its usual cure.
    """
    start, end = bass[0].onset, bass[-1].end
    above = [line for line in themes if line.notes[0].onset < end and start < line.notes[-1].end]
    done = [bass[0]]
    for at, note in enumerate(bass[1:], start=1):
        if above and _clashes(above, done[-1], note):
            following = bass[at + 1] if at + 1 < len(bass) else None
            done.extend(_mended(loom, above, done, note, following))
        else:
            done.append(note)
    return done


def _clashes(above: Sequence[Line], one: ScoreNote, other: ScoreNote) -> bool:
    return any(parallel(one.pitch.midi, high, other.pitch.midi, after) for high, after in _sung(above, one.onset, other.onset))


def _sung(above: Sequence[Line], first: Fraction, second: Fraction) -> Iterator[tuple[int, int]]:
    """Yield what each theme sings at two places, where it sings at both."""
    places = (float(first), float(second))
    for line in above:
        keys = [next((n.pitch.midi for n in line.notes if n.quarters[0] <= at < n.quarters[1]), None) for at in places]
        if keys[0] is not None and keys[1] is not None:
            yield keys[0], keys[1]


def _mended(loom: Loom, above: Sequence[Line], done: list[ScoreNote], note: ScoreNote, following: ScoreNote | None) -> Iterator[ScoreNote]:
    """Yield a note that is on its way as another one, or a root after a note that leads to it; as they were where nothing helps."""
    item = loom.chord(note.onset)
    if item is not None and item.span.start < note.onset:
        for pitch in _near(loom, note.onset, note.pitch):
            other = replace(note, pitch=pitch)
            if not _clashes(above, done[-1], other) and not (following and _clashes(above, other, following)):
                yield other
                return
    last = done[-1]
    place = note.onset - min(last.duration / 2, _SPLIT)
    for pitch in _near(loom, place, last.pitch) if last.duration >= _SPLIT else ():
        between = replace(last, onset=place, duration=note.onset - place, pitch=pitch)
        short = replace(last, duration=place - last.onset)
        if pitch.midi != note.pitch.midi and not _clashes(above, short, between) and not _clashes(above, between, note):
            done[-1] = short
            yield between
            break
    yield note


def _near(loom: Loom, at: Fraction, pitch: Pitch) -> list[Pitch]:
    """Return the notes of the scale around a pitch, the nearest first, those of the chord before others."""
    item = loom.chord(at)
    if item is None:
        return []
    around = steps(item.key, item.chord, pitch.midi - _AROUND, pitch.midi + _AROUND)
    found = [p for p in around if 0 < abs(p.midi - pitch.midi) <= _REACH]
    return sorted(found, key=lambda p: (p.midi % 12 not in item.chord.semitones, abs(p.midi - pitch.midi), p.midi))
