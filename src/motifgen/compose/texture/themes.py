"""The statements' own lines: every theme in a register that its feeling and its voice ask for, its notes marked as its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.compose.desk import Line, ScoreNote, Statement
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import near
from motifgen.orchestra.instrument import Instrument, find_instrument
from motifgen.theory.pitch import Pitch

_MOVED = re.compile(r"(octave|transpose)\s*([+-]?\d+)\s*(degrees?)?")
_UNIT = {("octave", False): 12.0, ("transpose", True): 12 / 7, ("transpose", False): 1.0}
_ROLES = {"theme": "melody", "fragment": "melody", "counter": "counter", "ostinato": "ostinato", "harmony": "pad"}
_CLIMBED = 6.0  # semitones by which the statement of a climax is wished higher: an octave where its voice has one
_DROP = {"counter": -9.0, "ostinato": -10.0, "harmony": -8.0}
_APART, _CROWD = 9.0, 1.5  # semitones between the middles of two themes at once, and the price of each that is missing
_SUNG = {"theme", "fragment", "counter"}
_ABOVE = {"theme": 0.07, "fragment": 0.04, "counter": -0.03, "ostinato": -0.08, "harmony": -0.1}


def register_centre(affect: Affect) -> float:
    """Return the mean key of a melody that feels so.

    Bright lies high, excited a little higher, and so does tense; a dark power sinks (starting values, after Eerola, Friberg &
    Bresin, "Emotional expression in music", 2013, and Farbood, "A parametric, temporal model of musical tension", 2012).

    Examples
    --------
    >>> register_centre(Affect(valence=1.0, arousal=0.5)), register_centre(Affect(valence=-0.8, power=1.0))
    (72.0, 52.4)
    """
    dark = 5 * affect.power * (affect.valence < 0)
    return round(63 + 7 * affect.valence - dark + 4 * affect.arousal + 6 * affect.tension, 6)


def voice_of(statement: Statement) -> tuple[str, ...]:
    """Return the instruments wished for: the composer's word first, then the character's voices."""
    return (statement.by, *(v for v in statement.who.voice if v != statement.by)) if statement.by else statement.who.voice


def theme_lines(loom: Loom) -> tuple[Line, ...]:
    """Return a line for every statement; the theme's notes keep its index. A second line keeps away from those it sounds with."""
    stated = loom.plan.statements
    lines: dict[int, Line] = {}
    for index in sorted(range(len(stated)), key=lambda it: (stated[it].treatment == "counter", it)):
        lines[index] = _line(loom, index, stated[index], _beside(stated, index, lines))
    return tuple(lines[index] for index in range(len(stated)) if lines[index].notes)


def _beside(stated: Sequence[Statement], index: int, lines: Mapping[int, Line]) -> tuple[float, ...]:
    """Return the mean keys of the themes that a second line sounds with; nobody else gives way."""
    if stated[index].treatment != "counter":
        return ()
    met = (line.notes for at, line in lines.items() if stated[at].span.overlaps(stated[index].span) and stated[at].treatment in _SUNG)
    return tuple(sum(note.pitch.midi for note in notes) / len(notes) for notes in met if notes)


def _line(loom: Loom, index: int, statement: Statement, beside: tuple[float, ...]) -> Line:
    sounded = loom.sung[index]
    marks = _marks(statement)
    shift = placing(loom, statement, [pitch for _, _, pitch in sounded], beside)
    notes = []
    for onset, duration, pitch in sounded:
        at = statement.start + onset
        until = min(at + duration, loom.end)
        if until > at >= 0:
            # Under words nobody doubles a theme.
            own = marks.get(onset, frozenset()) | ({"solo"} if loom.under_words(at) else frozenset())
            notes.append(ScoreNote(at, until - at, pitch.octaves(shift), _level(loom, statement, at), own, index))
    role = _ROLES[statement.treatment]
    made = _chordal(loom, notes) if statement.treatment == "harmony" else tuple(notes)
    return Line(role, made, index, voice_of(statement), _weight(loom, statement))


def placing(loom: Loom, statement: Statement, pitches: Iterable[Pitch], beside: tuple[float, ...] = ()) -> int:
    """Return by how many octaves a statement is moved: a whole phrase, never a note.

    The register that the affect asks for, the written one, and the sweet spot of the voice wished for pull. What the
    transforms moved stays moved: a fragment that climbs from statement to statement climbs here too. From each of the mean keys
    ``beside`` it a second line keeps a sixth away, where its voice lets it.
    """
    keys = [pitch.midi for pitch in pitches]
    if not keys:
        return 0
    moved = _moved(statement)
    target = moved + register_centre(loom.moment(statement.start).affect) + _DROP.get(statement.treatment, 0.0)
    if loom.moment(statement.start).section.function == "climax" and statement.treatment == "theme":
        target += _CLIMBED
    if loom.under_words(statement.start):
        target = min(target, 62.0)
    voice = next((find_instrument(name)[0] for name in voice_of(statement)), None)
    if voice is not None and not voice.drums:
        margin = (voice.sweet_high - voice.sweet_low) // 4
        target = moved + min(max(target - moved, voice.sweet_low + margin), voice.sweet_high - margin)

    def cost(octave: int) -> tuple[float, int]:
        placed = [key + 12 * octave for key in keys]
        middle = sum(placed) / len(placed)
        crowded = _CROWD * sum(max(_APART - abs(middle - other), 0.0) for other in beside)
        return round(_strain(placed, target, voice) + 3 * abs(octave) + crowded, 6), abs(octave)

    return min(range(-4, 5), key=cost)


def _moved(statement: Statement) -> float:
    """Return by how many semitones the transforms moved the theme."""
    found = [_MOVED.search(text) for text in statement.transforms]
    return sum(_UNIT.get((match[1], bool(match[3])), 0.0) * int(match[2]) for match in found if match)


def _strain(keys: list[int], target: float, voice: Instrument | None) -> float:
    """Return how far a placed phrase is from where it should lie and from what its voice can play."""
    low, high = min(keys), max(keys)
    cost = abs(sum(keys) / len(keys) - target) + 50 * (max(28 - low, 0) + max(high - 103, 0))
    if voice is not None and not voice.drums:
        cost += 30 * (max(voice.low - low, 0) + max(high - voice.high, 0))
        cost += 1.5 * (max(voice.sweet_low - low, 0) + max(high - voice.sweet_high, 0))
    return round(cost, 6)


def _marks(statement: Statement) -> dict[Fraction, frozenset[str]]:
    return {onset: note.marks for onset, note in zip(statement.motif.onsets, statement.motif.notes, strict=True) if note.marks}


def _level(loom: Loom, statement: Statement, at: Fraction) -> float:
    """Return the dynamic of a theme's note: the moment's, above its ground, swelling to the phrase's middle."""
    along = float((at - statement.start) / max(statement.motif.duration, Fraction(1, 64)))
    arch = 0.05 * (1 - abs(2 * along - 0.9))
    level = loom.loud(at) + _ABOVE[statement.treatment] + arch + 0.1 * (statement.level - 0.6)
    return round(min(max(level, 0.06), 1.0), 4)


def _weight(loom: Loom, statement: Statement) -> float:
    """Return how many players the statement wants: the fuller the moment and the greater the statement, the more."""
    if "tutti" in statement.transforms:
        return 1.0
    full = max(loom.moment(statement.start).full, loom.moment(statement.end - Fraction(1, 64)).full)
    if statement.by or statement.treatment in {"counter", "ostinato"}:
        return round(min(0.5 * full * statement.level, 0.3), 4) if statement.by else round(0.5 * full * statement.level, 4)
    wide = 0.15 if "octaves" in loom.palette.textures and full > 0.45 else 0.0
    return round(min(max(1.4 * full * (0.4 + 0.6 * statement.level) - 0.3 + wide, 0.0), 1.0), 4)


def _chordal(loom: Loom, notes: list[ScoreNote]) -> tuple[ScoreNote, ...]:
    """Return a theme's notes hidden on top of chords: two chord tones under each note that is long enough to be one."""
    made: list[ScoreNote] = []
    for note in notes:
        made.append(note)
        span = loom.chord(note.onset)
        if span is None or note.duration < Fraction(1):
            continue
        below = {near(name, note.pitch.midi - 7) for name in span.chord.names[:3]}
        under = sorted((p for p in below if 2 < note.pitch.midi - p.midi < 15 and p.midi >= 45), key=lambda p: -p.midi)[:2]
        made.extend(ScoreNote(note.onset, note.duration, pitch, round(note.level * 0.9, 4)) for pitch in under)
    return tuple(made)
