"""A motif from traits: many are drawn under names of their own, and the one with the fewest faults is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motifgen.chance import Chance
from motifgen.errors import RangeError
from motifgen.motif.invention.archetype import Archetype, archetype_named, archetypes, feeling, suited
from motifgen.motif.invention.colour import Palette, coloured
from motifgen.motif.invention.finish import articulated, conformed, fits, placed, tinted
from motifgen.motif.invention.harmony import Implied, chord_at, implied
from motifgen.motif.invention.judge import faults
from motifgen.motif.invention.line import LineBrief, draw_line
from motifgen.motif.invention.rhythm import Rhythm, RhythmBrief, draw_rhythm
from motifgen.motif.motif import Motif, Note
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Degree, Key, Mode
from motifgen.theory.time import Meter

_DRAWINGS = 48
_TONICS = ("C", "D", "Eb", "E", "F", "G", "A", "Bb")
_NAMES = ("unison", "semitone", "whole tone", "minor third", "major third", "fourth", "tritone", "fifth", "minor sixth", "major sixth",
          "minor seventh", "major seventh", "octave")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented motif, and why it is as it is.

    Parameters
    ----------
    motif : Motif
    archetype : str
        The row of the table that it was made from.
    salient : int
        The interval to remember it by, in semitones, upwards positive; 0 when it has one note.
    goal : Degree
        Where it comes to rest.
    reason : str
        In words.
    """

    motif: Motif
    archetype: str
    salient: int
    goal: Degree
    reason: str


def invent(  # noqa: PLR0913 - everything that may be asked of an invention
    traits: Sequence[str] = (),
    archetype: str = "",
    *,
    notes: tuple[int, int] = (0, 0),
    key: Key | str | None = None,
    meter: Meter | str | None = None,
    compass: tuple[Pitch, Pitch] | None = None,
    seed: int = 0,
    name: str = "",
    mode: str = "",
) -> Invented:
    """Return a motif for traits, for an archetype, or for both.

    Parameters
    ----------
    traits : Sequence[str]
        Emotion or trait words, or names of archetypes; they choose the archetype where none is given, and colour it.
    archetype : str
        ``"hero"``, ``"love"`` ...; empty lets the traits choose, or chance where there are none.
    notes : tuple[int, int]
        At least and at most; ``(0, 0)`` leaves it to the archetype.
    key, meter : optional
        Home key and meter, or their texts; drawn from what the archetype is at home in.
    compass : tuple[Pitch, Pitch], optional
        The lowest and the highest pitch it may use in its home key.
    seed : int
    name : str
        For whom it is: another name gets another motif.
    mode : str
        A mode on a tonic that is drawn; not beside a key.

    Raises
    ------
    UnknownNameError
        When a trait, the archetype or the mode is not known.
    RangeError
        When the numbers of notes or the compass leave no room.

    Examples
    --------
    >>> made = invent(["brave"], key="D minor", name="Mara")
    >>> made.archetype, str(made.motif.key), made == invent(["brave"], key="D minor", name="Mara")
    ('hero', 'D minor', True)
    """
    row = _archetype(traits, archetype, seed, name)
    palette = coloured(row, feeling(traits), _checked(notes, row))
    chance = Chance(seed, "invention", name, row.name, "frame")
    home = _key(key, mode, palette, chance)
    bar = Meter.parse(meter) if isinstance(meter, str) else meter or Meter.parse(_drawn(palette.meters, chance))
    frame = _frame(palette, home, bar, compass, chance)
    tries = (_drawing(frame, Chance(seed, "invention", name, row.name, index)) for index in range(_DRAWINGS))
    best = min(
        enumerate(tries), key=lambda one: (compass is not None and not fits(one[1].motif, compass), round(one[1].faults, 6), one[0])
    )[1]
    return _explained(best, frame, traits, compass)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all drawings of one motif share."""

    palette: Palette
    key: Key
    meter: Meter
    bars: int
    pickup: bool
    contour: str
    span: int


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One drawing, with its faults."""

    motif: Motif
    chords: tuple[Implied, ...]
    rhythm: Rhythm
    brief: LineBrief
    faults: float


def _archetype(traits: Sequence[str], archetype: str, seed: int, name: str) -> Archetype:
    if archetype:
        return archetype_named(archetype)
    if traits:
        return suited(traits)[0]
    return Chance(seed, "invention", name, "archetype").choose([row for row in archetypes().values() if row.anyone])


def _checked(notes: tuple[int, int], row: Archetype) -> tuple[int, int]:
    """Refuse numbers of notes that leave no room; (0, 0) is the archetype's own."""
    least, most = notes
    if notes == (0, 0):
        return row.notes
    if not 1 <= least <= most <= 64:
        raise RangeError(f"an invented motif is asked for with {least} to {most} notes; accepted: 1 to 64, the smaller number first")
    return notes


def _key(key: Key | str | None, mode: str, palette: Palette, chance: Chance) -> Key:
    if key is not None:
        return Key.parse(key) if isinstance(key, str) else key
    chosen = Mode.named(mode or _drawn(palette.modes, chance))
    keys = [Key(PitchClass.parse(tonic), chosen) for tonic in _TONICS]
    return chance.choose([one for one in keys if abs(one.fifths) <= 4])


def _frame(palette: Palette, key: Key, meter: Meter, compass: tuple[Pitch, Pitch] | None, chance: Chance) -> _Frame:
    """Draw what all drawings share: so that motifs differ from each other, not only from their faults."""
    widest = compass[1].midi - compass[0].midi if compass else 48
    if widest < 1:
        raise RangeError(f"the compass {compass[0]} to {compass[1]} leaves no room; accepted: the lower pitch first" if compass else "")
    span = min(palette.range[0] + chance.below(palette.range[1] - palette.range[0] + 1), widest)
    most = float(palette.bars * meter.bar) * 3.5
    bars = palette.bars if palette.notes[0] <= most else -(-palette.notes[0] * 2 // int(5 * meter.bar) or 1)
    pickup = chance.unit() < palette.pickup
    return _Frame(palette, key, meter, max(bars, 1), pickup, _drawn(palette.contours, chance), span)


def _drawing(frame: _Frame, chance: Chance) -> _Drawing:
    """Draw rhythm, harmony and line, and judge what comes of it."""
    palette, key, meter = frame.palette, frame.key, frame.meter
    rhythm = draw_rhythm(RhythmBrief(palette.rhythms, meter, frame.bars, palette.notes, frame.pickup, palette.loops), chance)
    texts = palette.minor if key.mode.minor else palette.major
    chords = implied(chance.choose(texts), key, meter, frame.bars)
    brief = _line_brief(frame, chords, rhythm, chance)
    line = conformed(draw_line(brief, rhythm, chords, meter, chance), rhythm, chords, brief)
    if chance.unit() < palette.chromatic:
        line = tinted(line, key.mode, brief, chance)
    motif = _motif(line, rhythm, chords, frame)
    return _Drawing(motif, chords, rhythm, brief, faults(motif, chords, palette.shares, frame.span))


def _line_brief(frame: _Frame, chords: Sequence[Implied], rhythm: Rhythm, chance: Chance) -> LineBrief:
    palette, mode = frame.palette, frame.key.mode
    upbeat = len([onset for onset in rhythm.onsets if onset < 0])
    at = max(upbeat - 1, 0) if upbeat else chance.weighted([0, 1, 2], [5, 3, 2])
    last = chord_at(chords, rhythm.onsets[-1])
    ends = [(name, weight * (1.0 if mode.semitones(int(name) - 1) % 12 in last.tones else 0.15)) for name, weight in palette.goals]
    return LineBrief(
        mode=mode,
        range=frame.span,
        contour=frame.contour,
        feature=int(
            _drawn([(name, weight) for name, weight in palette.features if abs(int(name)) <= frame.span] or palette.features[:1], chance)
        ),
        feature_at=at,
        start=int(_drawn(palette.starts, chance)) - 1,
        goal=int(_drawn(ends, chance)) - 1,
        intervals=palette.shares,
        parallel=palette.parallel,
    )


def _motif(line: Sequence[Degree], rhythm: Rhythm, chords: Sequence[Implied], frame: _Frame) -> Motif:
    """Put degrees, durations and chords together; a chord stands on the first note that begins in it."""
    notes: list[Note] = []
    held: Implied | None = None
    for degree, onset, duration in zip(line, rhythm.onsets, rhythm.durations, strict=True):
        now = chord_at(chords, onset) if onset >= 0 else None
        fresh = now is not None and (held is None or now.chord != held.chord)
        notes.append(Note(degree, duration, chord=now.chord if now and fresh else None))
        held = now or held
    return Motif(tuple(notes), frame.key, frame.meter, rhythm.pickup)


def _explained(best: _Drawing, frame: _Frame, traits: Sequence[str], compass: tuple[Pitch, Pitch] | None) -> Invented:
    """Finish the best drawing, and say why it is as it is."""
    motif = articulated(placed(best.motif, compass), frame.palette.articulation, best.brief.feature_at)
    pitches = [pitch.midi for _, _, pitch in motif.sounding()]
    at = best.brief.feature_at
    salient = pitches[at + 1] - pitches[at] if len(pitches) > at + 1 else 0
    goal = next(note.degree for note in reversed(motif.notes) if note.degree is not None)
    return Invented(motif, frame.palette.name, salient, goal, _reason(motif, frame, salient, goal, best, traits))


def _reason(motif: Motif, frame: _Frame, salient: int, goal: Degree, best: _Drawing, traits: Sequence[str]) -> str:  # noqa: PLR0913, PLR0917 - what it tells of
    palette = frame.palette
    asked = f" for {', '.join(traits)}" if traits else ""
    size = _NAMES[abs(salient)] if abs(salient) <= 12 else f"{abs(salient)} semitones"
    turn = f"{size} {'up' if salient > 0 else 'down'}" if salient else "one tone repeated"
    rest = chord_at(best.chords, best.rhythm.onsets[-1]).chord.within(frame.key)
    begin = "before" if motif.pickup else "on"
    return (
        f"{palette.name}{asked}: {palette.says}; {turn} to remember it by, begins {begin} the bar line, {frame.contour} contour, "
        f"rests on degree {goal} over {rest}"
    )


def _drawn(weights: Sequence[tuple[str, float]], chance: Chance) -> str:
    return chance.weighted([name for name, _ in weights], [weight for _, weight in weights])
