"""The rhythm section and the horns of a small band: comping, a guitar that marks the beats, and a melody in close harmony."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.compose.desk import ChordSpan, Line, ScoreNote
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import steps
from motifgen.compose.texture.outer import parted
from motifgen.compose.texture.pads import led_apart, pads
from motifgen.orchestra.instrument import Instrument, find_instrument
from motifgen.orchestra.palette import Palette
from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Span

_HALF, _ONE = Fraction(1, 2), Fraction(1)
_COMPS = (
    ((Fraction(0), _ONE), (3 * _HALF, _HALF)),
    ((3 * _HALF, _ONE),),
    ((_HALF, _HALF), (5 * _HALF, _HALF)),
    ((_ONE, _HALF), (3 * _ONE, _HALF)),
    ((3 * _HALF, _HALF), (7 * _HALF, _HALF)),
    ((Fraction(0), _HALF), (5 * _HALF, _ONE)),
)
_COMPING, _MARKING = (50, 70), (48, 64)  # E3 to C5 or so: above the bass, below whoever solos
_SOLI = 0.55
_SPOKEN = 0.3
_CHORDAL = 4  # notes at once of an instrument that comps


def comping(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return the chords of a layer as short answers to the beat, without their roots: those are the bass's.

    Four notes at most around middle C, led from chord to chord, another figure for each (after M. Levine, *The Jazz Piano Book*, 1989,
    on left-hand voicings). Under words the chords are held.
    """
    voice, lines = _compers(loom.palette), list[Line]()
    for first, until in phrases(loom, layer, longest=8):
        if max(moment.spoken for moment in loom.moments[first:until]) > _SPOKEN:
            lines.extend(pads(loom, Layer("pad", first, until)))
            continue
        spans = loom.chords(loom.moments[first].start, loom.moments[until - 1].end)
        size = 5 if loom.moments[first].full > _SOLI else 4
        led = led_apart([item.chord for item in spans], *_COMPING, size) if spans else ()
        upper = parted([_rootless(item, voicing) for item, voicing in zip(spans, led, strict=True)])
        pieces = ((piece, voicing) for item, voicing in zip(spans, upper, strict=True) for piece in _barred(loom, item))
        notes = [note for piece, voicing in pieces for note in _comped(loom, piece, voicing)]
        if notes:
            lines.append(Line("pad", tuple(notes), voice=voice, weight=round(loom.moments[first].full, 4)))
    return tuple(lines)


def marking(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return three-note chords of a guitar on every beat, short and soft, where another style has a pulse; none without one."""
    voice, lines = strummer(loom.palette), []
    for first, until in phrases(loom, layer, longest=8) if voice else ():
        spans = loom.chords(loom.moments[first].start, loom.moments[until - 1].end)
        led = led_apart([item.chord for item in spans], *_MARKING, 3) if spans else ()
        notes = [note for item, voicing in zip(spans, led, strict=True) for note in _beaten(loom, item, voicing)]
        if notes:
            lines.append(Line("arpeggio", tuple(notes), voice=(voice,), weight=0.1))
    return tuple(lines)


def soli(loom: Loom, themes: Sequence[Line]) -> tuple[Line, ...]:
    """Return the horns under a theme in a full moment: a third below it, and the next chord tone dropped by an octave.

    A theme's first statement and one under words are left alone.
    """
    if not loom.palette.swing:
        return ()
    horns = tuple(name for name in loom.palette.choices("melody") if find_instrument(name)[0].family in {"woodwind", "brass"})
    lines = []
    for line in themes if len(horns) > 2 else ():
        notes = [note for note in line.notes if loom.moment(note.onset).full > _SOLI and not loom.under_words(note.onset)]
        if line.role == "melody" and 2 * len(notes) > len(line.notes) and line.statement not in loom.bare:
            for rank in (1, 2):
                under = tuple(lower for note in notes for lower in _harmonized(loom, note, rank))
                if under:
                    lines.append(Line("counter", under, voice=horns, weight=0.2))
    return tuple(lines)


def strummer(palette: Palette) -> str:
    """Return the plucked instrument of a style that can mark the beats with chords, or nothing.

    Examples
    --------
    >>> from motifgen.orchestra.palette import palette
    >>> strummer(palette("jazz"))
    'jazz guitar'
    """
    return next((name for name in _members(palette) if "guitar" in name and _many(find_instrument(name)[0])), "")


def _compers(palette: Palette) -> tuple[str, ...]:
    """Return who comps: the style's own players of chords, as far as they can play several notes at once; keyboards first."""
    names = [name for name in palette.choices("pad") if name in _members(palette) and _many(find_instrument(name)[0])]
    return tuple(sorted(names, key=lambda name: find_instrument(name)[0].family != "keys"))


def _members(palette: Palette) -> tuple[str, ...]:
    return tuple(name for name, _ in palette.ensemble)


def _many(instrument: Instrument) -> bool:
    return instrument.polyphony >= _CHORDAL


def _rootless(item: ChordSpan, voicing: Sequence[Pitch]) -> tuple[Pitch, ...]:
    """Return a voicing without the root, where enough is left to say what chord it is; four notes at most, the lower ones first."""
    upper = tuple(pitch for pitch in voicing if pitch.midi % 12 != item.chord.root.semitone)
    return (upper if len({pitch.midi % 12 for pitch in upper}) >= 3 else tuple(voicing))[:4]


def _barred(loom: Loom, item: ChordSpan) -> Iterator[ChordSpan]:
    """Go through a chord bar by bar: one that stands is answered in every bar."""
    for index in range(loom.index(item.span.start), len(loom.moments)):
        moment = loom.moments[index]
        if moment.start >= item.span.end:
            return
        yield replace(item, span=Span(max(moment.start, item.span.start), min(moment.end, item.span.end)))


def _comped(loom: Loom, item: ChordSpan, voicing: Sequence[Pitch]) -> Iterator[ScoreNote]:
    beat = loom.moment(item.span.start).bar.meter.beat
    level = round(max(loom.loud(item.span.start) * 0.8, 0.05), 4)
    figure = loom.chance("comping", item.span.start).choose(_COMPS)
    within = [stroke for stroke in figure if stroke[0] * beat < item.span.length] or [(Fraction(0), _HALF)]
    for place, length in within:
        at = item.span.start + place * beat
        end = min(at + length * beat, item.span.end)
        yield from (ScoreNote(at, end - at, pitch, level, frozenset({"staccato"})) for pitch in voicing)


def _beaten(loom: Loom, item: ChordSpan, voicing: Sequence[Pitch]) -> Iterator[ScoreNote]:
    moment = loom.moment(item.span.start)
    beat, at = moment.bar.meter.beat, item.span.start
    while at < item.span.end:
        heavy = moment.bar.meter.weight((at - moment.start) % moment.bar.meter.bar) >= 2
        level = round(max(loom.loud(at) * (0.55 if heavy else 0.65), 0.05), 4)
        yield from (ScoreNote(at, min(beat, item.span.end - at), pitch, level, frozenset({"staccato"})) for pitch in voicing)
        at += beat


def _harmonized(loom: Loom, note: ScoreNote, rank: int) -> Iterator[ScoreNote]:
    """Go through the one note, if there is one, that stands so many places under a theme's note."""
    item = loom.chord(note.onset)
    if item is None:
        return
    ladder = steps(item.key, item.chord, note.pitch.midi - 16, note.pitch.midi - 3)
    own = [pitch for pitch in ladder if pitch.midi % 12 in item.chord.semitones and pitch.midi % 12 != note.pitch.midi % 12]
    below = [pitch for pitch in own if note.pitch.midi - pitch.midi <= 9] if rank == 1 else [p for p in own if note.pitch.midi - p.midi > 9]
    if below:
        yield ScoreNote(note.onset, note.duration, below[-1], round(note.level * 0.85, 4), note.marks - {"solo"})
