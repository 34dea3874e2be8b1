"""Sustained harmony: chords voiced for the moment and led from one to the next; drones; tremolo, clusters and single points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from motifgen.compose.desk import ChordSpan, Line, ScoreNote
from motifgen.compose.texture.attack import attacked, manner
from motifgen.compose.texture.inner import moving
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, tones
from motifgen.compose.texture.outer import parallel, parted
from motifgen.errors import RangeError
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.voicing import voicings

Voicings = tuple[tuple[Pitch, ...], ...]
LOW = 52
_DEEP, _MOST = 41, 5  # where chords that carry themselves may have their bass; and how many voices they have at most
_LIFTED, _OVER = 80, 66
_PEDAL, TREBLE = 79, 67  # where a high pedal lies, and from where on it is one
_WIDE = 0.6  # styles so wide hold a pedal high above a moving bass


@dataclass(frozen=True, slots=True)
class _Room:
    """Where voices may lie, in MIDI keys, under which melody, and whether the lowest has the bass."""

    low: int
    high: int
    melody: tuple[Pitch | None, ...] = ()
    rooted: bool = False


def pads(loom: Loom, layer: Layer, themes: Sequence[Line] = (), floor: Sequence[Layer] = ()) -> tuple[Line, ...]:
    """Return the chords of a layer, a line a phrase, every voice moving as little as it can and none above the theme.

    Parameters
    ----------
    floor : sequence of Layer
        The layers that have the bass: where there is none, the chords stand on their own.
    """
    lines, last = [], tuple[Pitch, ...]()
    for first, until in phrases(loom, layer, longest=8):
        spans = loom.chords(loom.moments[first].start, loom.moments[until - 1].end)
        if not spans:
            continue
        sung, rooted = _sung(themes, spans), _carrying(floor, first, until)
        led = _led(loom, loom.moments[first], spans, _melody(sung, spans), last, rooted=rooted)
        last = led[-1]
        way = "held" if layer.kind == "tremolo" else manner(loom, first)
        made = moving(loom, spans, led, sung, rooted=rooted) if way == "held" else attacked(loom, spans, led, way)
        if notes := tuple(made):
            lines.append(Line("pad", notes, weight=round(loom.moments[first].full, 4)))
    return tuple(lines)


def _carrying(floor: Sequence[Layer], first: int, until: int) -> bool:
    """Tell whether chords stand on their own: in most of a phrase nobody else has the bass."""
    covered = {index for layer in floor if layer.kind == "bass" for index in range(layer.first, layer.last)}
    return sum(index in covered for index in range(first, until)) * 2 < until - first


def _led(  # noqa: PLR0913 - a phrase, what is sung over it, and from where it comes
    loom: Loom, moment: Moment, spans: Sequence[ChordSpan], melody: Sequence[Pitch | None], last: tuple[Pitch, ...], *, rooted: bool
) -> tuple[tuple[Pitch, ...], ...]:
    """Return the voicings of a phrase: below the theme where it lies high enough, above it where it is low.

    Chords that carry themselves have their bass at the bottom and a voice more, unless a theme is there already. Where so many voices do
    not fit, or their outer ones would go in parallels, they stand otherwise or there are fewer.
    """
    low, high, sung = LOW, _centre(moment) + 9 + round(6 * loom.palette.width), sorted(pitch.midi for pitch in melody if pitch)
    if sung and sung[len(sung) // 2] < LOW + 9:
        low = min(max(sung[-1] + 1, 55), _OVER)
        high, melody, rooted = max(low + 15, 76), (), False
    elif sung:
        high = min(high, max(sung[0] - 1, LOW + 12))
    close = 1 - 0.6 * max(2 * moment.affect.tension - 1, 0.0)  # what is tense is voiced close, and rubs
    spread = 0.9 if _lonely(moment) else round((0.2 + 0.5 * loom.palette.width) * close, 2)
    room = _Room(_DEEP if rooted else low, high, tuple(melody) if sung else (), rooted)
    size = min(_size(moment, rooted=rooted) + rooted, _MOST)
    tries = (_voiced([item.chord for item in spans], parts, wide, room, last) for parts, wide in _ways(size, spread))
    found = [led for led in _until_apart(tries) if led]
    if not found:
        return voicings([item.chord for item in spans], low, low + 24, 2, rooted=False)
    return parted(min(found, key=_parallels))


def _ways(size: int, spread: float) -> Iterator[tuple[int, float]]:
    """Yield numbers of voices and how wide they stand: as wished first, then otherwise, then with fewer voices."""
    for parts in range(size, 1, -1):
        yield from ((parts, wide) for wide in (spread, round(1 - spread, 2), 0.5))


def led_apart(chords: Sequence[Chord], low: int, high: int, parts: int) -> Voicings:
    """Return close voicings between two keys whose outer voices make no parallels, or as few as can be.

    Raises
    ------
    RangeError
        When not even two voices fit.
    """
    tries = [led for led in _until_apart(_voiced(chords, n, wide, _Room(low, high), ()) for n, wide in _ways(parts, 0.1)) if led]
    return parted(min(tries, key=_parallels)) if tries else voicings(chords, low, low + 24, 2, rooted=False)


def _until_apart(tries: Iterable[Voicings]) -> Iterator[Voicings]:
    """Yield what is tried, up to the first whose outer voices make no parallels."""
    for led in tries:
        yield led
        if led and not _parallels(led):
            return


def _voiced(chords: Sequence[Chord], parts: int, spread: float, room: _Room, last: tuple[Pitch, ...]) -> Voicings:
    """Return the voicings of a phrase, or nothing where so many voices do not fit."""
    low, high = room.low, room.high
    previous = last if len(last) == parts and low <= last[0].midi and last[-1].midi <= high else ()
    try:
        return voicings(chords, low, high, parts, room.melody, spread, rooted=room.rooted, previous=previous)
    except RangeError:
        return ()


def _parallels(led: Sequence[Sequence[Pitch]]) -> int:
    """Return how often the outer voices of chords go in parallel fifths or octaves."""
    outer = [(voicing[0].midi, voicing[-1].midi) for voicing in led]
    return sum(parallel(*one, *other) for one, other in pairwise(outer))


def _sung(themes: Sequence[Line], spans: Sequence[ChordSpan]) -> list[ScoreNote]:
    """Return the notes of the themes that sound over some chords, in order of time."""
    start, end = float(spans[0].span.start), float(spans[-1].span.end)
    own = (note for line in themes if line.role == "melody" for note in line.notes)
    found = [note for note in own if float(note.onset) < end and float(note.onset) + float(note.duration) > start]
    return sorted(found, key=lambda note: (float(note.onset), note.pitch.midi))


def _melody(sung: Sequence[ScoreNote], spans: Sequence[ChordSpan]) -> list[Pitch | None]:
    """Return the theme's lowest note over each chord, where one sounds."""
    places = [(float(n.onset), float(n.onset) + float(n.duration), n.pitch) for n in sung]
    found: list[Pitch | None] = []
    for item in spans:
        start, end = float(item.span.start), float(item.span.end)
        over = [pitch for onset, until, pitch in places if onset < end and until > start]
        found.append(min(over, key=lambda pitch: pitch.midi, default=None))
    return found


def _centre(moment: Moment) -> int:
    """Return where the chords lie: always around the middle, a little higher the brighter, the more excited and the tenser.

    A chord that climbed as a block would leave the middle empty and put everybody at the top of their range: height is for the theme
    and for those who double an octave above (N. Rimsky-Korsakov, *Principles of Orchestration*, 1922, on harmony in the tutti).
    """
    return round(57 + 2 * moment.affect.valence + 2 * moment.affect.arousal + 3 * moment.affect.tension)


def _size(moment: Moment, *, rooted: bool) -> int:
    """Return how many voices stand over a bass, their own or another's."""
    return 2 if _lonely(moment) or (rooted and moment.spoken > 0) else 3 if moment.full < 0.5 else 4 if moment.full < 0.8 else 5


def _lonely(moment: Moment) -> bool:
    return moment.affect.valence < -0.2 and moment.affect.power < 0 and moment.affect.arousal < 0


def tremolos(loom: Loom, layer: Layer, themes: Sequence[Line] = (), _: Sequence[Layer] = ()) -> tuple[Line, ...]:
    """Return the same chords high and trembling; where tension is close to unbearable, with a neighbour note rubbing."""
    lines = []
    for line in pads(loom, layer, themes, (layer._replace(kind="bass"),)):
        lifted = 1 if max(note.pitch.midi for note in line.notes) < _LIFTED and loom.moment(line.notes[0].onset).affect.valence < 0 else 0
        shaken = tuple(_shaken(note, lifted) for note in line.notes)
        rubbing = tuple(extra for note in shaken for extra in _neighbour(loom, note, shaken))
        lines.append(replace(line, notes=tuple(sorted((*shaken, *rubbing), key=lambda n: (n.onset, n.pitch.midi)))))
    return tuple(lines)


def _shaken(note: ScoreNote, octave: int) -> ScoreNote:
    return replace(note, pitch=note.pitch.octaves(octave), marks=note.marks | {"tremolo"}, level=round(note.level * 0.9, 4))


def _neighbour(loom: Loom, note: ScoreNote, others: Sequence[ScoreNote]) -> tuple[ScoreNote, ...]:
    top = max(n.pitch.midi for n in others if n.onset == note.onset)
    if loom.moment(note.onset).affect.tension < 0.75 or note.pitch.midi != top:
        return ()
    rub = Pitch(note.pitch.steps - 1, note.pitch.semitones - 1)
    taken = any(n.pitch.midi == rub.midi and n.onset < note.end and note.onset < n.end for n in others)
    return () if taken else (replace(note, pitch=rub),)


def points(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return single short notes of the chord, scattered over the registers, with more silence than sound."""
    lines = []
    for first, until in phrases(loom, layer):
        notes = tuple(note for index in range(first, until) for note in _scattered(loom, index))
        if notes:
            lines.append(Line("arpeggio", notes, weight=0.1))
    return tuple(lines)


def _scattered(loom: Loom, index: int) -> tuple[ScoreNote, ...]:
    moment, chance = loom.moments[index], loom.chance("points", index)
    unit = moment.bar.meter.beat / 2
    places = range(int((moment.end - moment.start) / unit))
    notes = []
    for place in places:
        at = moment.start + place * unit
        item = loom.chord(at)
        if item is None or chance.unit() > 0.18 + 0.25 * moment.full:
            continue
        pitch = chance.choose(tones(item.chord, 55, 90))
        notes.append(ScoreNote(at, unit, pitch, round(max(loom.loud(at) * 0.85, 0.05), 4), frozenset({"staccato"})))
    return tuple(notes)


def drones(loom: Loom, layer: Layer, floor: Sequence[Layer] = ()) -> tuple[Line, ...]:
    """Return a pedal, held two bars at a time: low alone, high above a bass that moves.

    Parameters
    ----------
    floor : sequence of Layer
        The layers that have the bass.
    """
    lines, high = [], treble(loom)
    for first, until in phrases(loom, layer, longest=4):
        notes = [note for index in range(first, until, 2) for note in _pedal(loom, index, min(index + 2, until), floor, high=bool(high))]
        weight = round(loom.moments[first].full * 0.6, 4)
        if notes:
            voice = high if notes[0].pitch.midi > TREBLE else ()
            lines.append(Line("drone", tuple(notes), voice=voice, weight=weight))
        if notes and loom.palette.textures[0] == "drone":  # where a drone is at home it is a fifth
            fifths = [replace(note, pitch=Pitch(note.pitch.steps + 4, note.pitch.semitones + 7)) for note in notes]
            lines.append(Line("drone", tuple(fifths), weight=weight))
    return tuple(lines)


def treble(loom: Loom) -> tuple[str, ...]:
    """Return who can hold a pedal high above the fabric at ease."""
    names = dict.fromkeys((*loom.palette.choices("drone"), *loom.palette.choices("pad"), *loom.palette.choices("melody")))
    members = {name for name, _ in loom.palette.ensemble}
    found = ((name, find_instrument(name)[0]) for name in names if name in members)
    return tuple(name for name, own in found if own.sustained and own.sweet_low <= _PEDAL - 6 and own.sweet_high >= _PEDAL + 3)


def _pedal(loom: Loom, first: int, until: int, floor: Sequence[Layer], *, high: bool) -> tuple[ScoreNote, ...]:
    moment, start, end = loom.moments[first], loom.moments[first].start, loom.moments[until - 1].end
    item = loom.chord(start)
    if item is None:
        return ()
    covered = any(layer.first < until and first < layer.last for layer in floor)
    key = (_PEDAL if high and loom.palette.width > _WIDE else 57) if covered else 40 if moment.affect.tension > 0.3 else 45
    name = moment.key.tonic if _fits(loom, moment, start, end) else item.chord.lowest
    level = round(max(loom.loud(start) * (0.6 if covered else 0.75), 0.05), 4)
    return (ScoreNote(start, end - start, near(name, key), level),)


def _fits(loom: Loom, moment: Moment, start: Fraction, end: Fraction) -> bool:
    tonic = moment.key.tonic.semitone
    return all(tonic in item.chord.semitones for item in loom.chords(start, end)) or moment.affect.tension > 0.55
