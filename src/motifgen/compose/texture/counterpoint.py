"""Counter-lines: a second melody that moves when the theme holds, mostly the other way, consonant where it counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.layers import Layer
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import steps
from motifgen.theory.pitch import Pitch

_CONSONANT = frozenset({0, 3, 4, 7, 8, 9})
_IMPERFECT = frozenset({3, 4, 8, 9})
_EXCITED, _SLOW = 0.2, 0.9  # above this arousal, and where a beat lasts so many seconds, half beats are not too quick for a second line
_AGREEING, _AGAIN = 0.9, 0.8


def counters(loom: Loom, layer: Layer, melodies: Sequence[Line]) -> tuple[Line, ...]:
    """Return a counter-line below every theme that sounds while the layer does, but for those that are to be heard alone."""
    start, end = loom.moments[layer.first].start, loom.moments[layer.last - 1].end
    lines = []
    for line in melodies:
        theme = [note for note in line.notes if start <= note.onset < end]
        if line.role == "melody" and len(theme) >= 3 and line.statement not in loom.bare:
            notes = (_canon(loom, theme) if "canon" in loom.palette.textures else ()) or counter_to(loom, theme)
            if notes:
                lines.append(Line("counter", notes, weight=round(line.weight * 0.5, 4)))
    return tuple(lines)


def _canon(loom: Loom, theme: Sequence[ScoreNote]) -> tuple[ScoreNote, ...]:
    """Return the theme following itself an octave below, half a bar or a bar later, where that agrees; else nothing."""
    meter = loom.moment(theme[0].onset).bar.meter
    for delay in (meter.bar, meter.middle):
        notes = tuple(
            replace(n, onset=n.onset + delay, pitch=n.pitch.octaves(-1), level=round(n.level * 0.85, 4), statement=-1)
            for n in theme
            if n.onset + n.duration + delay <= theme[-1].end
        )
        if len(notes) >= 3 and _agreement(loom, theme, notes) >= _AGREEING:
            return notes
    return ()


def _agreement(loom: Loom, theme: Sequence[ScoreNote], notes: Sequence[ScoreNote]) -> float:
    """Return the share of a following line's notes that are consonant with the theme or belong to the chord."""
    fits = 0
    for note in notes:
        item = loom.chord(note.onset)
        own = item is not None and note.pitch.midi % 12 in item.chord.semitones
        fits += own or (_sounding(theme, note.onset).midi - note.pitch.midi) % 12 in _CONSONANT
    return fits / len(notes)


def counter_to(loom: Loom, theme: Sequence[ScoreNote]) -> tuple[ScoreNote, ...]:
    """Return a line under a theme, found by cost over the whole phrase.

    Its notes fall where the theme does not move, and on strong beats; there it is consonant with the theme, by preference
    a third or sixth away, and it goes the other way. Equal perfect intervals in a row are forbidden (Fux, *Gradus ad
    Parnassum*, 1725).
    """
    places = _places(loom, theme)
    if len(places) < 2:
        return ()
    options = [_options(loom, at, _sounding(theme, at)) for at in places]
    if not all(options):
        return ()
    path = _cheapest(theme, places, options)
    moves = [n for n, pitch in enumerate(path) if not n or pitch.midi != path[n - 1].midi or loom.moment(places[n]).start == places[n]]
    ends = (*(places[n] for n in moves[1:]), theme[-1].end)
    return tuple(
        ScoreNote(places[n], end - places[n], path[n], round(max(loom.loud(places[n]) * 0.9, 0.05), 4))
        for n, end in zip(moves, ends, strict=True)
    )


def _places(loom: Loom, theme: Sequence[ScoreNote]) -> list[Fraction]:
    """Return where the counter-line moves: on the beats on which the theme holds, and on strong ones; on half beats only in excitement."""
    onsets = {note.onset for note in theme}
    found, at = [], theme[0].onset
    while at < theme[-1].end:
        moment = loom.moment(at)
        beat = moment.bar.meter.beat
        weight = moment.bar.meter.weight(at - moment.start)
        least = 1 if moment.affect.arousal > _EXCITED and moment.pace > _SLOW else 2
        if loom.chord(at) is not None and (weight >= 3 or (at not in onsets and weight >= least)):
            found.append(at)
        place = (at - moment.start) // (beat / 2) + 1
        at = moment.start + place * (beat / 2)
    return [at for at in found if at > theme[0].onset]


def _sounding(theme: Sequence[ScoreNote], at: Fraction) -> Pitch:
    return theme[max(bisect_right([note.onset for note in theme], at) - 1, 0)].pitch


def _options(loom: Loom, at: Fraction, above: Pitch) -> tuple[Pitch, ...]:
    item = loom.chord(at)
    if item is None:
        return ()
    ladder = steps(item.key, item.chord, max(above.midi - 19, 40), above.midi - 3)
    moment = loom.moment(at)
    if moment.bar.meter.weight(at - moment.start) < 2:
        return ladder
    consonant = tuple(p for p in ladder if (above.midi - p.midi) % 12 in _CONSONANT)
    return tuple(p for p in consonant if p.midi % 12 in item.chord.semitones) or consonant or ladder


def _cheapest(theme: Sequence[ScoreNote], places: list[Fraction], options: list[tuple[Pitch, ...]]) -> list[Pitch]:
    above = [_sounding(theme, at) for at in places]
    best: dict[Pitch, tuple[float, list[Pitch]]] = {p: (_alone(above[0], p), [p]) for p in options[0]}
    for n in range(1, len(places)):
        following = {}
        for pitch in options[n]:
            ways = (
                (cost + _step(above[n - 1], above[n], path[-1], pitch) + _AGAIN * (path[-2:-1] == [pitch]), path)
                for cost, path in best.values()
            )
            cost, path = min(ways, key=lambda way: (round(way[0], 6), way[1][-1]))
            following[pitch] = (cost + _alone(above[n], pitch), [*path, pitch])
        best = following
    return min(best.values(), key=lambda way: (round(way[0], 6), way[1]))[1]


def _alone(above: Pitch, pitch: Pitch) -> float:
    gap = above.midi - pitch.midi
    return 0.15 * max(gap - 12, 0) + (0.0 if gap % 12 in _IMPERFECT else 0.8)


def _step(above: Pitch, above_next: Pitch, here: Pitch, following: Pitch) -> float:
    move, theirs = following.midi - here.midi, above_next.midi - above.midi
    cost = 0.5 if move == 0 else 0.12 * abs(move) if abs(move) > 2 else 0.0
    cost += 3.0 * (abs(move) > 9) + 2.0 * (abs(move) == 6)
    perfect = (above_next.midi - following.midi) % 12 in {0, 7}
    if perfect and move and theirs and (above.midi - here.midi) % 12 == (above_next.midi - following.midi) % 12:
        cost += 25
    return cost + (0.7 if move * theirs > 0 else -0.3 if move * theirs < 0 else 0.0)
