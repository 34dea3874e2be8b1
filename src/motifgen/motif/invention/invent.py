"""A motif from traits: many are drawn under names of their own, and the one with the fewest faults is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.chance import Chance
from motifgen.errors import RangeError
from motifgen.motif.invention.archetype import Archetype, archetype_named, archetypes, feeling, suited
from motifgen.motif.invention.colour import Palette, coloured
from motifgen.motif.invention.finish import articulated, conformed, fits, placed, tinted
from motifgen.motif.invention.harmony import implied, texts_in
from motifgen.motif.invention.judge import faults
from motifgen.motif.invention.line import Drawn, LineBrief, draw_line
from motifgen.motif.invention.rhythm import TICKS, RhythmBrief, draw_rhythm
from motifgen.motif.invention.skeleton import Skeleton, skeleton
from motifgen.motif.motif import Motif, Note
from motifgen.theory.chord import DegreeChord
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.scale import Degree, Key, Mode
from motifgen.theory.time import Meter

_RHYTHMS, _LINES = 12, 4
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
    tries = [drawing for index in range(_RHYTHMS) for drawing in _drawings(frame, Chance(seed, "invention", name, row.name, index))]
    best = min(enumerate(tries), key=lambda one: (round(one[1].faults, 6), one[0]))[1]
    return _explained(best, frame, traits)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all drawings of one motif share."""

    palette: Palette
    key: Key
    meter: Meter
    bars: int
    notes: tuple[int, int]
    pickup: bool
    contour: str
    rises: bool
    span: int
    compass: tuple[Pitch, Pitch] | None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One drawing, with its faults."""

    drawn: Drawn
    bones: Skeleton
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
    widest = _width(compass)
    span = min(palette.range[0] + chance.below(palette.range[1] - palette.range[0] + 1), widest)
    bars = _bars(palette, meter)
    more = bars > palette.bars and palette.own
    notes = (palette.notes[0] + 1, palette.notes[1] + 2) if more else palette.notes
    return _Frame(
        palette, key, meter, bars, notes,
        pickup=chance.unit() < palette.pickup, contour=_drawn(palette.contours, chance), rises=chance.unit() < palette.first_up,
        span=span, compass=compass,
    )  # fmt: skip


def _width(compass: tuple[Pitch, Pitch] | None) -> int:
    """Return the semitones of a compass; without one, four octaves."""
    if compass is None:
        return 48
    if compass[1].midi <= compass[0].midi:
        raise RangeError(f"the compass {compass[0]} to {compass[1]} leaves no room; accepted: the lower pitch first")
    return compass[1].midi - compass[0].midi


def _bars(palette: Palette, meter: Meter) -> int:
    """Return how many bars the notes need at the archetype's own pace; short bars come in fours."""
    if palette.own:
        return palette.bars * (2 if meter.bar <= 3 and not meter.compound and palette.bars > 1 else 1)
    quarters = sum(palette.notes) / 2 / palette.pace
    return max(1, round(quarters / float(meter.bar)))


def _drawings(frame: _Frame, chance: Chance) -> list[_Drawing]:
    """Draw a rhythm over a harmony, and some lines on it."""
    palette, key, meter = frame.palette, frame.key, frame.meter
    rhythm = draw_rhythm(RhythmBrief(palette.rhythms, meter, frame.bars, frame.notes, frame.pickup, palette.close), chance)
    texts = texts_in(palette.minor if key.mode.minor else palette.major, key)
    bones = skeleton(rhythm, implied(chance.choose(texts), key, meter, frame.bars), meter)
    return [_drawing(frame, bones, chance) for _ in range(_LINES)]


def _drawing(frame: _Frame, bones: Skeleton, chance: Chance) -> _Drawing:
    """Draw a line, and judge what comes of it."""
    mode = frame.key.mode
    brief = _line_brief(frame, bones, chance)
    drawn = conformed(draw_line(brief, bones, chance), bones, mode)
    if chance.unit() < frame.palette.chromatic:
        drawn = tinted(drawn, mode, chance)
    tonic, out = frame.key.tonic.at(4).midi, 0.0
    if frame.compass and not fits(tonic + min(drawn.heights), tonic + max(drawn.heights), frame.compass):
        out = 1000.0
    return _Drawing(drawn, bones, faults(drawn, bones, brief) + out)


def _line_brief(frame: _Frame, bones: Skeleton, chance: Chance) -> LineBrief:
    """Draw where a line begins, what marks it and where it comes to rest."""
    palette, mode, last = frame.palette, frame.key.mode, bones.slots[-1].chord
    ends = [(name, weight * (1.0 if mode.semitones(int(name) - 1) % 12 in last.tones else 0.02)) for name, weight in palette.goals]
    features = [(name, weight) for name, weight in palette.features if abs(int(name)) <= frame.span] or palette.features[:1]
    return LineBrief(
        mode=mode, range=frame.span, contour=frame.contour, feature=int(_drawn(features, chance)),
        start=int(_drawn(palette.starts, chance)) - 1, goal=int(_drawn(ends, chance)) - 1,
        intervals=palette.shares, folk=palette.folk, chordal=palette.chordal, rises=frame.rises, parallel=palette.parallel,
    )  # fmt: skip


def _motif(best: _Drawing, frame: _Frame) -> Motif:
    """Put degrees, durations and chords together; a chord stands on the first note that begins in it."""
    notes: list[Note] = []
    held: DegreeChord | None = None
    slots = iter(zip(best.drawn.degrees, best.bones.slots, strict=True))
    for length in best.bones.rhythm.lengths:
        if length < 0:
            notes.append(Note(None, Fraction(-length, TICKS)))
            continue
        degree, slot = next(slots)
        chord = slot.chord.chord if slot.onset >= 0 and slot.chord.chord != held else None
        notes.append(Note(degree, Fraction(length, TICKS), chord=chord))
        held = chord or held
    return Motif(tuple(notes), frame.key, frame.meter, Fraction(best.bones.rhythm.pickup, TICKS))


def _explained(best: _Drawing, frame: _Frame, traits: Sequence[str]) -> Invented:
    """Finish the best drawing, and say why it is as it is."""
    at, heights = best.drawn.feature_at, best.drawn.heights
    motif = articulated(placed(_motif(best, frame), frame.palette.middle, frame.compass), frame.palette.articulation, at + 1)
    salient = heights[at + 1] - heights[at] if at >= 0 else 0
    goal = next(note.degree for note in reversed(motif.notes) if note.degree is not None)
    found = Invented(motif, frame.palette.name, salient, goal, "")
    return replace(found, reason=_reason(found, frame, best, traits))


def _reason(found: Invented, frame: _Frame, best: _Drawing, traits: Sequence[str]) -> str:
    asked = f" for {', '.join(traits)}" if traits else ""
    size = _NAMES[abs(found.salient)] if abs(found.salient) <= 12 else f"{abs(found.salient)} semitones"
    turn = f"{size} {'up' if found.salient > 0 else 'down'}" if found.salient else "one tone held"
    rest = best.bones.slots[-1].chord.chord.within(frame.key)
    begin = "before" if found.motif.pickup else "on"
    return (
        f"{found.archetype}{asked}: {frame.palette.says}; {turn} to remember it by, begins {begin} the bar line, "
        f"{frame.contour} contour, rests on degree {found.goal} over {rest}"
    )


def _drawn(weights: Sequence[tuple[str, float]], chance: Chance) -> str:
    return chance.weighted([name for name, _ in weights], [weight for _, weight in weights])
