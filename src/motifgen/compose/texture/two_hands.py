"""The fabric of a lone keyboard: a theme in the right hand over one figure of the left, as a pianist would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from motifgen.compose.desk import ChordSpan, Line, ScoreNote
from motifgen.compose.texture.cells import ostinati
from motifgen.compose.texture.figures import SPREAD, Figure, chosen, reach, struck
from motifgen.compose.texture.layers import Layer, capacity, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, outside, tones
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Span
from motifgen.theory.voicing import voicings

_LOWEST, _HIGHEST, _MIDDLE = 33, 50, 60
_REACH, _GAP = 14, 3
_BUSY = 0.2  # what the right hand does without a theme: chords below this arousal, the theme's cell above it
_HEIGHT = 0.25  # by how much fuller a climax counts
_FILLED, _FULL, _DOUBLED = 0.4, 0.6, 0.75  # how full a bar is that has a chord tone, two, or an octave under its melody


def lone_keyboard(loom: Loom) -> bool:
    """Tell whether the whole ensemble is one keyboard."""
    ensemble = loom.palette.ensemble
    return loom.palette.parts == 1 and find_instrument(ensemble[0][0])[0].polyphony >= 6


def right_handed(themes: Iterable[Line]) -> tuple[Line, ...]:
    """Return the themes with every melody that lies under the right hand moved up by whole octaves."""
    return tuple(_raised(line) if line.role == "melody" else line for line in themes)


def two_hands(loom: Loom, themes: Sequence[Line]) -> tuple[Line, ...]:
    """Return what a lone keyboard plays beside the themes: one figure a phrase in the left hand, and what fills the right.

    The right hand thickens a melody with chord tones and octaves as the moment gets fuller; where no theme sings it answers with
    soft chords, or with the theme's own cell when the moment is excited.
    """
    sung = tuple(line for line in themes if line.role == "melody")
    lines: list[Line] = []
    figure, since, last = None, 0, near(loom.moments[0].key.tonic, 43)
    for first, until in phrases(loom, Layer("bass", 0, len(loom.moments)), longest=8):
        figure, since = _figure(loom, first, figure, since, until - first)
        left, last = _left(loom, figure, (first, until), themes, last)
        if left:
            lines.append(Line("arpeggio", left, weight=0.4))
        lines.extend(_answers(loom, first, until, themes))
    return (*lines, *_thickened(loom, sung))


def _raised(line: Line) -> Line:
    lowest = sorted(note.pitch.midi for note in line.notes)[len(line.notes) // 4]
    octaves = max(-(-(_MIDDLE - 2 - lowest) // 12), 0)
    return replace(line, notes=tuple(replace(note, pitch=note.pitch.octaves(octaves)) for note in line.notes)) if octaves else line


def _figure(loom: Loom, first: int, before: Figure | None, since: int, bars: int) -> tuple[Figure, int]:
    """Return the figure of a phrase and for how many bars it will have sounded; the calmest where there is room for one layer."""
    moment = loom.moments[first]
    found = chosen(moment, loom.chance("figure", first), before if since < 12 else None, still=capacity(loom, moment) <= 1)
    return found, since + bars if found == before else bars


def _left(loom: Loom, figure: Figure, bars: tuple[int, int], themes: Sequence[Line], last: Pitch) -> tuple[tuple[ScoreNote, ...], Pitch]:
    """Return the left hand of a phrase, always below what the right hand sings, and the bass on which it ends."""
    notes: list[ScoreNote] = []
    for index in range(*bars):
        moment = loom.moments[index]
        if not capacity(loom, moment):
            continue
        for item in loom.chords(moment.start, moment.end):
            last = _bass(item, last)
            sung = _lowest(themes, item.span)
            ceiling = min(sung - _GAP, _MIDDLE - 1) if sung else _MIDDLE - 1
            last, tones = _spread(item, last, ceiling, wide=figure.shape == "arch")
            notes.extend(struck(figure, moment, item, tones, loom.loud(item.span.start)))
    return tuple(_tied(notes)), last


def _spread(item: ChordSpan, bass: Pitch, ceiling: int, *, wide: bool) -> tuple[Pitch, tuple[Pitch, ...]]:
    """Return a bass and what the left hand may play over it; for a wide figure an octave lower, where it has no room otherwise."""
    found = reach(item, bass, ceiling)
    if wide and len(found) < SPREAD and bass.midi - 12 >= _LOWEST:
        bass = bass.octaves(-1)
        found = reach(item, bass, ceiling)
    return bass, found


def _bass(item: ChordSpan, last: Pitch) -> Pitch:
    pitch = near(item.chord.lowest, last.midi)
    return pitch.octaves(1) if pitch.midi < _LOWEST else pitch.octaves(-1) if pitch.midi > _HIGHEST else pitch


def _lowest(themes: Sequence[Line], span: Span) -> int:
    """Return the lowest key of the themes in a span; 0 where none sounds."""
    sounding = [
        note.pitch.midi
        for line in themes
        if line.notes[0].onset < span.end and line.notes[-1].end > span.start
        for note in line.notes
        if note.onset < span.end and note.end > span.start
    ]
    return min(sounding, default=0)


def _tied(notes: Sequence[ScoreNote]) -> Iterator[ScoreNote]:
    """Go through the notes; what is held and struck again on a bar line is struck again, but never twice at once."""
    seen = set()
    for note in notes:
        place = (note.onset, note.pitch.midi)
        if place not in seen:
            seen.add(place)
            yield note


def _answers(loom: Loom, first: int, until: int, themes: Sequence[Line]) -> Iterator[Line]:
    """Go through what the right hand plays in a phrase where no theme sings: chords, or the theme's cell."""
    free = [index for index in range(first, until) if capacity(loom, loom.moments[index]) > 1]
    for run in _runs(free):
        start, end = loom.moments[run[0]].start, loom.moments[run[-1]].end
        taken = [
            Span(line.notes[0].onset, line.notes[-1].end) for line in themes if line.notes[0].onset < end and line.notes[-1].end > start
        ]
        excited = loom.moments[run[0]].affect.arousal > _BUSY
        made = _cells(loom, run) if excited else _chords(loom, start, end)
        kept = tuple(note for note in outside(made, taken) if note.duration >= Fraction(1, 2))
        if kept:
            yield Line("ostinato" if excited else "pad", kept, weight=0.3)


def _runs(indices: Sequence[int]) -> list[list[int]]:
    runs = [[indices[0]]] if indices else []
    for before, index in pairwise(indices):
        if index == before + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _cells(loom: Loom, run: Sequence[int]) -> tuple[ScoreNote, ...]:
    made = [note for line in ostinati(loom, Layer("ostinato", run[0], run[-1] + 1)) for note in line.notes]
    lift = 1 if made and sum(note.pitch.midi for note in made) / len(made) < _MIDDLE + 7 else 0
    return tuple(replace(note, pitch=note.pitch.octaves(lift)) for note in made)


def _chords(loom: Loom, start: Fraction, end: Fraction) -> tuple[ScoreNote, ...]:
    """Return soft chords in the right hand, led from one to the next, each after its bass has spoken."""
    spans = loom.chords(start, end)
    if not spans:
        return ()
    led = voicings(
        [item.chord for item in spans], _MIDDLE, _MIDDLE + 15, 3 if loom.moment(start).full > 0.3 else 2, spread=0.2, rooted=False
    )
    notes = []
    for item, voicing in zip(spans, led, strict=True):
        beat = loom.moment(item.span.start).bar.meter.beat
        onset = item.span.start + (beat if item.span.length >= 2 * beat else Fraction(0))
        level = round(max(loom.loud(onset) * 0.75, 0.05), 4)
        notes += [ScoreNote(onset, item.span.end - onset, pitch, level) for pitch in voicing]
    return tuple(notes)


def _thickened(loom: Loom, sung: Sequence[Line]) -> Iterator[Line]:
    """Go through the tones that thicken each melody: below its longer notes on the beat, in the same hand."""
    for line in sung:
        extra = tuple(pitch for note in line.notes for pitch in _under(loom, note))
        if extra:
            yield Line("pad", extra, weight=0.2)


def _under(loom: Loom, note: ScoreNote) -> Iterator[ScoreNote]:
    moment, item = loom.moment(note.onset), loom.chord(note.onset)
    full = moment.full + _HEIGHT * (moment.section.function == "climax")
    if item is None or full < _FILLED or loom.under_words(note.onset) or not _heavy(moment, note, full):
        return
    level = round(max(note.level * 0.75, 0.05), 4)
    own = [pitch for pitch in tones(item.chord, note.pitch.midi - 9, note.pitch.midi - _GAP) if pitch.midi >= _MIDDLE]
    if full > _DOUBLED and note.pitch.midi - 12 >= _MIDDLE:
        yield ScoreNote(note.onset, note.duration, note.pitch.octaves(-1), level)
    for pitch in own[-2:] if full > _FULL else own[-1:]:
        yield ScoreNote(note.onset, note.duration, pitch, level)


def _heavy(moment: Moment, note: ScoreNote, full: float) -> bool:
    """Tell whether a melody note is long, and on a beat that counts unless the bar is full."""
    return note.duration >= moment.bar.meter.beat and (full > _FULL or moment.bar.meter.weight(note.onset - moment.start) >= 3)
