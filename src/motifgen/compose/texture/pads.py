"""Sustained harmony: chords voiced for the moment and led from one to the next; drones; tremolo and clusters."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

from motifgen.compose.desk import ChordSpan, Line, ScoreNote
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, within
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch, PitchClass

Voicing = tuple[Pitch, ...]
_LIMITS = {1: 52, 2: 51, 3: 48, 4: 47, 5: 45, 6: 46, 7: 36, 8: 41, 9: 41, 10: 41, 11: 41}


def pads(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return the chords of a layer, a line a phrase, every voice moving as little as it can."""
    lines: list[Line] = []
    last: Voicing = ()
    for first, until in phrases(loom, layer):
        notes, last = _phrase(loom, first, until, last)
        if notes:
            lines.append(Line("pad", notes, weight=round(loom.moments[first].full, 4)))
    return tuple(lines)


def tremolos(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return the same chords high and trembling; where tension is close to unbearable, with a neighbour note rubbing."""
    lines = []
    for line in pads(loom, layer):
        shaken = tuple(_shaken(loom, note) for note in line.notes)
        rubbing = tuple(extra for note in shaken for extra in _neighbour(loom, note, shaken))
        lines.append(replace(line, notes=tuple(sorted((*shaken, *rubbing), key=lambda n: (n.onset, n.pitch.midi)))))
    return tuple(lines)


def drones(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return a pedal: tonic, or fifth and tonic, held two bars at a time."""
    lines = []
    for first, until in phrases(loom, layer, longest=2):
        start, end = loom.moments[first].start, loom.moments[until - 1].end
        item = loom.chord(start)
        if item is None:
            continue
        moment = loom.moments[first]
        root = near(moment.key.tonic if _fits(loom, moment, start, end) else item.chord.lowest, 40 if moment.affect.tension > 0.3 else 48)
        level = round(max(loom.loud(start) * 0.75, 0.05), 4)
        lines.append(Line("drone", (ScoreNote(start, end - start, root, level),), weight=round(moment.full * 0.6, 4)))
    return tuple(lines)


def _fits(loom: Loom, moment: Moment, start: Fraction, end: Fraction) -> bool:
    tonic = moment.key.tonic.semitone
    return all(tonic in item.chord.semitones for item in loom.chords(start, end)) or moment.affect.tension > 0.55


def _shaken(loom: Loom, note: ScoreNote) -> ScoreNote:
    octave = 1 if note.pitch.midi < 72 and loom.moment(note.onset).affect.valence < 0 else 0
    return replace(note, pitch=note.pitch.octaves(octave), marks=note.marks | {"tremolo"}, level=round(note.level * 0.9, 4))


def _neighbour(loom: Loom, note: ScoreNote, others: tuple[ScoreNote, ...]) -> tuple[ScoreNote, ...]:
    top = max(n.pitch.midi for n in others if n.onset == note.onset)
    if loom.moment(note.onset).affect.tension < 0.75 or note.pitch.midi != top:
        return ()
    rub = Pitch(note.pitch.steps - 1, note.pitch.semitones - 1)
    taken = any(n.pitch.midi == rub.midi and n.onset < note.end and note.onset < n.end for n in others)
    return () if taken else (replace(note, pitch=rub),)


def _phrase(loom: Loom, first: int, until: int, last: Voicing) -> tuple[tuple[ScoreNote, ...], Voicing]:
    notes: list[ScoreNote] = []
    for item in loom.chords(loom.moments[first].start, loom.moments[until - 1].end):
        moment = loom.moment(item.span.start)
        last = voiced(item.chord, last, _centre(moment), _size(moment), empty=_lonely(moment))
        notes = _joined(notes, _struck(loom, item, last), moment.bar.meter.bar * 2)
    return tuple(notes), last


def _centre(moment: Moment) -> int:
    """Return where the chords lie: warm in the middle, dark low, bright higher."""
    return round(58 + 3 * moment.affect.valence + 3 * moment.affect.arousal)


def _size(moment: Moment) -> int:
    return 2 if _lonely(moment) or moment.full < 0.25 else 3 if moment.full < 0.6 else 4


def _lonely(moment: Moment) -> bool:
    return moment.affect.valence < -0.2 and moment.affect.power < 0 and moment.affect.arousal < 0


def voiced(chord: Chord, before: Voicing, centre: int, size: int, *, empty: bool = False) -> Voicing:
    """Return a chord in close or open position, as near to the voicing before it as good spacing allows.

    Parameters
    ----------
    before : tuple[Pitch, ...]
        The voicing before, lowest first; empty at the start.
    centre : int
        The MIDI key about which the chord lies.
    size : int
        How many voices, 2 to 4.
    empty : bool
        Leave the third out.
    """
    names = _names(chord, size, empty=empty)
    places = [_near(name, centre) for name in names]
    ranked = {tuple(sorted(choice, key=lambda p: p.midi)) for choice in product(*places)}
    return min(sorted(ranked), key=lambda voicing: (_cost(voicing, before, centre), voicing))


def _names(chord: Chord, size: int, *, empty: bool) -> tuple[PitchClass, ...]:
    """Return the names to sound: fifths and roots are doubled, thirds are not; of five, the fifth goes first."""
    names = chord.names
    if empty and len(names) >= 3:
        names = (names[0], names[2])
    if len(names) > size:
        order = [0, 1, *range(len(names) - 1, 1, -1)]
        names = tuple(names[i] for i in sorted(order[:size]))
    return (names + names[:1] + names[-1:])[: max(size, len(names))] if len(names) < size else names


def _near(name: PitchClass, centre: int) -> tuple[Pitch, ...]:
    return within(name, centre - 10, centre + 13)


def _cost(voicing: Voicing, before: Voicing, centre: int) -> float:
    keys = [pitch.midi for pitch in voicing]
    cost = 0.4 * abs(sum(keys) / len(keys) - centre)
    for low, high in pairwise(keys):
        gap = high - low
        cost += 30 * (gap == 0) + 4 * (gap <= 2) + 1.5 * max(gap - 9, 0) + 6 * (low < _LIMITS.get(gap, 0))
    if len(before) == len(voicing):
        old = [pitch.midi for pitch in before]
        cost += sum(abs(a - b) for a, b in zip(keys, old, strict=True)) + 8 * _parallels(keys, old)
    elif before:
        cost += abs(keys[-1] - before[-1].midi)
    return round(cost, 6)


def _parallels(keys: list[int], old: list[int]) -> int:
    pairs = [(i, j) for i in range(len(keys)) for j in range(i) if keys[i] != old[i]]
    return sum((keys[i] - keys[j]) % 12 in {0, 7} and (keys[i] - keys[j]) % 12 == (old[i] - old[j]) % 12 for i, j in pairs)


def _struck(loom: Loom, item: ChordSpan, voicing: Voicing) -> list[ScoreNote]:
    level = round(max(loom.loud(item.span.start) * 0.8, 0.05), 4)
    return [ScoreNote(item.span.start, item.span.length, pitch, level) for pitch in voicing]


def _joined(notes: list[ScoreNote], new: list[ScoreNote], longest: Fraction) -> list[ScoreNote]:
    """Return the notes with new ones; a pitch that stays is held on, up to two bars."""
    found, ends = list(notes), {(note.end, note.pitch): at for at, note in enumerate(notes)}
    for note in new:
        at = ends.get((note.onset, note.pitch))
        if at is not None and found[at].duration + note.duration <= longest:
            found[at] = replace(found[at], duration=found[at].duration + note.duration)
        else:
            found.append(note)
    return found
