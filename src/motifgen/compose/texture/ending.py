"""The end of a scene: decided, not run out. What moves arrives on the last chord, and one full sonority is held to the last frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near, tones
from motifgen.compose.texture.percussion import rhythms
from motifgen.errors import RangeError
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.voicing import voicings

_LEAST = 1.2  # seconds that the last sonority lasts at least, unless its chord itself is shorter
_FULL = 0.3
_HAND = 74  # around which the right hand's last chord has its top
_SHORTEST, _LOUDER = 0.9, 0.15  # styles with so much short articulation end on a dry chord
_LOW, _HIGH = 43, 79
_DARK, _BRIGHT = 55, 76  # where its top lies
_BROKEN_OFF, _EXCITED = 0.6, 0.3  # what is tense and excited is cut on the frame, and does not arrive
_ARRIVING = frozenset({"ostinato", "pulse", "arpeggio", "percussion", "bass", "pad"})
_SHORT = frozenset({"staccato", "marcato", "pizzicato", "spiccato"})


def landing_of(loom: Loom) -> Fraction | None:
    """Return where a scene arrives: the last bar line or chord that leaves time to be heard; none where it breaks off or goes round."""
    if loom.spotting.scene.loop or not loom.moments or loom.spotting.silent(loom.end - Fraction(1, 64)):
        return None
    last = loom.moments[-1]
    if last.section.function == "silence" or not loom.harmony.chords or loom.harmony.chords[-1].span.end < loom.end:
        return None
    if last.affect.tension > _BROKEN_OFF and last.affect.arousal > _EXCITED:
        return None
    final = loom.harmony.chords[-1].span.start
    places = [final, *(moment.start for moment in loom.moments if moment.start > final)]
    end = float(loom.spotting.seconds(loom.end))
    lasting = [place for place in places if end - float(loom.spotting.seconds(place)) >= _LEAST]
    return lasting[-1] if lasting else final


def arriving(loom: Loom) -> Callable[[Line], Line]:
    """Return what brings an accompaniment to rest on the last chord: figures end there, bass and chords are held, drums strike once."""
    at = landing_of(loom)

    def arrive(line: Line) -> Line:
        if at is None or line.role not in _ARRIVING or line.statement >= 0 or line.notes[-1].end <= at:
            return line
        before = [replace(note, duration=min(note.duration, at - note.onset)) for note in line.notes if note.onset < at]
        after = [note for note in line.notes if note.onset >= at]
        return replace(line, notes=(*before, *_last(loom, line.role, after, at)))

    return arrive


def _last(loom: Loom, role: str, notes: Sequence[ScoreNote], at: Fraction) -> Iterator[ScoreNote]:
    """Go through the last notes of an accompaniment, from those that it would have played from there on."""
    item, beat = loom.harmony.chords[-1], loom.moment(at).bar.meter.beat
    first = [note for note in notes if note.onset == at]
    if _dry(loom, at):
        yield from (replace(note, duration=min(note.duration, beat / 2)) for note in first)
    elif role == "percussion":
        yield from first
    elif role == "pad" and not first:
        yield from notes
    elif role in {"pad", "bass"}:
        yield from (_held(note, loom.end) for note in first or notes[:1])
    elif role == "arpeggio":
        yield from _rolled(notes, at + beat, loom.end)
    elif first:
        pitch = min(tones(item.chord, first[0].pitch.midi - 7, first[0].pitch.midi + 7), key=lambda p: abs(p.midi - first[0].pitch.midi))
        yield _held(replace(first[0], pitch=pitch), min(at + 2 * beat, loom.end))


def _held(note: ScoreNote, end: Fraction) -> ScoreNote:
    return replace(note, duration=end - note.onset, marks=note.marks - _SHORT)


def _rolled(notes: Sequence[ScoreNote], until: Fraction, end: Fraction) -> Iterator[ScoreNote]:
    """Go through a broken chord that climbs for a beat and rings on."""
    rising: list[ScoreNote] = []
    for note in notes:
        if note.onset > until or (rising and note.pitch.midi <= rising[-1].pitch.midi):
            break
        rising.append(note)
    yield from rising[:-1]
    yield from (_held(note, end) for note in rising[-1:])


def ending(loom: Loom, ground: Iterable[Line], *, alone: bool = False) -> tuple[Line, ...]:
    """Return the last sonority: everybody's chord where the scene is full, with its drums; a soft one where it is calm and nobody holds it.

    A scene that ends well closes with its tonic on top; one that does not is left with the chord's last note there, and lower. One that
    ends in silence, on a cut or in flight has none.

    Parameters
    ----------
    ground : iterable of Line
        What accompanies.
    alone : bool
        Whether all of it lies under two hands.
    """
    at = landing_of(loom)
    if at is None or loom.end - at < 1:
        return ()
    moment, chord = loom.moment(at), loom.harmony.chords[-1].chord
    full = moment.full > _FULL
    if not alone and not full and _held_already(loom, chord, ground):
        return ()
    level = round(max(moment.loud * 0.9 if full else min(moment.loud * 0.7, 0.4), 0.06), 4)
    if alone:
        return (Line("pad", tuple(ScoreNote(at, loom.end - at, pitch, level) for pitch in _right_hand(chord, moment)), weight=0.1),)
    if _dry(loom, at):
        return (_button(loom, at, _sonority(chord, moment), level),)
    notes = tuple(ScoreNote(at, loom.end - at, pitch, level) for pitch in _sonority(chord, moment))
    chords = Line("pad", notes, weight=round(moment.full, 4) if full else 0.1)
    return (chords, *_drums(loom, at, level)) if full else (chords,)


def _right_hand(chord: Chord, moment: Moment) -> tuple[Pitch, ...]:
    """Return the last chord as a pianist's right hand takes it, over what the left holds."""
    top = near(chord.names[0] if moment.affect.valence >= 0 else chord.names[-1], _HAND)
    return (*tones(chord, top.midi - 12, top.midi - 3)[-2:], top)


def _dry(loom: Loom, at: Fraction) -> bool:
    """Tell whether the last chord is struck and not held."""
    return loom.palette.short > _SHORTEST and loom.moment(at).affect.valence > 0


def _button(loom: Loom, at: Fraction, pitches: Iterable[Pitch], level: float) -> Line:
    """Return the last chord of a style that plays short: dry, and a little louder than what it ends."""
    length, louder = loom.moment(at).bar.meter.beat / 2, round(min(level + _LOUDER, 1.0), 4)
    return Line("hit", tuple(ScoreNote(at, length, pitch, louder, frozenset({"staccato"})) for pitch in pitches), weight=0.3)


def _held_already(loom: Loom, chord: Chord, ground: Iterable[Line]) -> bool:
    """Tell whether the accompaniment itself holds the last chord to the end, on its bass."""
    held = [note.pitch for line in ground for note in line.notes if note.end >= loom.end]
    names = {pitch.midi % 12 for pitch in held}
    return (
        len(names & chord.semitones) >= min(3, len(chord.semitones))
        and min(held, key=lambda pitch: pitch.midi).midi % 12 == chord.lowest.semitone
    )


def _sonority(chord: Chord, moment: Moment) -> tuple[Pitch, ...]:
    good = moment.affect.valence >= 0
    top = near(chord.names[0] if good else chord.names[-1], _BRIGHT if good else _DARK + 6)
    return (*_under(chord, top, 4 if moment.full > _FULL else 2), top)


def _under(chord: Chord, top: Pitch, parts: int) -> tuple[Pitch, ...]:
    """Return so many voices under the top one, or as many as fit."""
    try:
        return voicings([chord], _LOW, min(top.midi - 1, _HIGH), parts, spread=0.6)[0]
    except RangeError:
        return _under(chord, top, parts - 1) if parts > 1 else ()


def _drums(loom: Loom, at: Fraction, level: float) -> Iterable[Line]:
    """Go through the strokes on a loud last chord of those drums that the style's rows know and that are tuned to it."""
    names = {row.instrument for row in rhythms()[loom.palette.rhythm]} & {name for name, _ in loom.palette.ensemble}
    if "timpani" in names:
        pitch = near(loom.harmony.chords[-1].chord.root, 45)
        end = min(at + 2 * loom.moment(at).bar.meter.beat, loom.end)
        yield Line("percussion", (ScoreNote(at, end - at, pitch, level, frozenset({"tremolo"})),), voice=("timpani",), weight=0.0)
