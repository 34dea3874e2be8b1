"""The bass: a melody. It walks to where the harmony goes, more often the more excited the moment is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from motifgen.compose.desk import ChordSpan, Line, ScoreNote
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, steps
from motifgen.compose.texture.outer import apart
from motifgen.theory.pitch import Pitch

LOW, HIGH = 40, 51


def basses(loom: Loom, layer: Layer, themes: Sequence[Line] = ()) -> tuple[Line, ...]:
    """Return the bass of a layer, a line a phrase; an octave lower where a theme lies low itself."""
    lines, last = [], near(loom.moments[layer.first].key.tonic, 43)
    for first, until in phrases(loom, layer, longest=8):
        notes: list[ScoreNote] = []
        spans = loom.chords(loom.moments[first].start, loom.moments[until - 1].end)
        for item, following in zip_longest(spans, spans[1:]):
            last = _root(item, last)
            notes.extend(_walk(loom, item, last, following))
        if notes:
            notes = apart(loom, notes, [line for line in themes if line.role == "melody"])
            deep = _crowded(themes, notes[0].onset, notes[-1].end)
            made = tuple(replace(note, pitch=note.pitch.octaves(-1)) for note in notes) if deep else tuple(notes)
            lines.append(Line("bass", made, weight=round(loom.moments[first].full, 4)))
    return tuple(lines)


def _crowded(themes: Sequence[Line], start: Fraction, end: Fraction) -> bool:
    """Tell whether a theme comes down into the bass's own register between two places."""
    low = (note for line in themes if line.role == "melody" for note in line.notes if note.pitch.midi <= HIGH + 3)
    return any(start <= note.onset < end for note in low)


def _root(item: ChordSpan, last: Pitch) -> Pitch:
    """Return the chord's bass nearest to the last one, kept inside the register."""
    pitch = near(item.chord.lowest, last.midi)
    return pitch.octaves(1) if pitch.midi < LOW else pitch.octaves(-1) if pitch.midi > HIGH else pitch


def _walk(loom: Loom, item: ChordSpan, root: Pitch, following: ChordSpan | None) -> list[ScoreNote]:
    """Return the notes under one chord: the root held, or on its way to the next root."""
    moment = loom.moment(item.span.start)
    target = _root(following, root) if following else None
    places = _places(moment, item, moves=target is not None and target.midi != root.midi, walks=loom.palette.swing)
    path = _path(item, root, target, len(places), loom.chance("bass", item.span.start).below(6))
    ends = (*places[1:], item.span.end)
    level, short = loom.loud(item.span.start) * 0.92, _short(loom, moment)
    return [
        ScoreNote(at, (end - at), pitch, round(max(level - 0.04 * (n > 0), 0.05), 4), short if n or end - at <= 1 else frozenset())
        for n, (at, end, pitch) in enumerate(zip(places, ends, path, strict=True))
    ]


def _short(loom: Loom, moment: Moment) -> frozenset[str]:
    """Return how the bass is played: plucked or short where the style is, and excitement asks for it."""
    if loom.palette.short > 0.8:
        return frozenset({"pizzicato"})
    return frozenset({"staccato"}) if loom.palette.short * max(moment.affect.arousal, 0.0) > 0.15 else frozenset()


def _places(moment: Moment, item: ChordSpan, *, moves: bool, walks: bool) -> tuple[Fraction, ...]:
    """Return where the bass plays: the downbeat, the approach, or every beat, by arousal and by how long a beat lasts."""
    beat, start, end = moment.bar.meter.beat, item.span.start, item.span.end
    count = int((end - start) / beat)
    if count <= 1 or (not moves and not walks and moment.affect.arousal < 0.2):
        return (start,)
    if moment.affect.arousal < -0.25 and not walks:
        return (start, end - beat) if moves and count >= 3 else (start,)
    step = beat * (1 if walks or moment.affect.arousal > 0.35 or moment.pace > 0.8 else 2)
    inner = [start + step * n for n in range(int((end - start) / step) + 1)]
    return tuple(at for at in inner if at < end)


def _path(item: ChordSpan, root: Pitch, target: Pitch | None, count: int, turn: int) -> list[Pitch]:
    """Return so many pitches from a root towards the next, by way of a chord tone above or below; the last leads by step.

    Parameters
    ----------
    turn : int
        Which of the chord tones within a sixth the line turns at; taken modulo their number.
    """
    if count == 1:
        return [root]
    ladder = steps(item.key, item.chord, LOW, HIGH + 1)
    last = _approach(ladder, root, target or near(item.chord.names[min(2, len(item.chord.names) - 1)], root.midi))
    own = [p for p in ladder if p.midi % 12 in item.chord.semitones]
    turns = [p for p in own if 3 <= abs(p.midi - root.midi) <= 9] or [last]
    goal = turns[turn % len(turns)] if count > 4 or abs(last.midi - root.midi) < 2 else last
    half = max((count - 1) // 2, 1)
    path = [root]
    for n in range(1, count - 1):
        start, end, share = (root, goal, n / half) if n <= half else (goal, last, (n - half) / (count - 1 - half))
        ideal = start.midi + (end.midi - start.midi) * share
        source = [p for p in (own if n == half and goal != last else ladder) if p.midi != path[-1].midi]
        path.append(min(source, key=lambda p: (abs(p.midi - ideal), p.midi)))
    return [*path, last] if last.midi != path[-1].midi else [*path, root if root.midi != last.midi else goal]


def _approach(ladder: tuple[Pitch, ...], root: Pitch, goal: Pitch) -> Pitch:
    """Return a note of the scale one step from the goal, on the side that the bass comes from."""
    side = [p for p in ladder if 0 < abs(p.midi - goal.midi) <= 2 and p.midi != root.midi]
    return min(side, key=lambda p: (abs(p.midi - root.midi), p.midi)) if side else goal
