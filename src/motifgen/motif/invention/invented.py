"""A motif from traits: many are drawn under names of their own, and the one with the fewest faults is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.chance import Chance
from motifgen.errors import UnknownNameError
from motifgen.motif.invention.archetype import Archetype, archetype_named, archetypes, feeling, suited
from motifgen.motif.invention.cells import TICKS
from motifgen.motif.invention.finish import articulated, conformed, fits, placed, tinted
from motifgen.motif.invention.frame import Frame, Wish, drawn, framed
from motifgen.motif.invention.harmony import Implied, implied, texts_in
from motifgen.motif.invention.judge import faults, signs
from motifgen.motif.invention.kinship import briefed, harmony_of, rhythm_of
from motifgen.motif.invention.line import Drawn, LineBrief, draw_line
from motifgen.motif.invention.phrase import LONG, closes_of, written_chords
from motifgen.motif.invention.rhythm import RhythmBrief, draw_rhythm
from motifgen.motif.invention.skeleton import Skeleton, skeleton
from motifgen.motif.motif import Motif, Note
from motifgen.motif.statistics import CALLS
from motifgen.theory.chord import DegreeChord
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Meter

_RHYTHMS, _LINES = 12, 4
_LEADING = 3  # how much more the rhythm that a motif is about counts than the others of its archetype
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
    kept : str
        What it has from its parent; empty without one.
    """

    motif: Motif
    archetype: str
    salient: int
    goal: Degree
    reason: str
    kept: str = ""


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
    parent: Motif | None = None,
    keep: str = "",
    kind: str = "person",
) -> Invented:
    """Return a motif for traits, for an archetype, or for both.

    Parameters
    ----------
    traits : Sequence[str]
        Emotion or trait words, or names of archetypes, or one word; they choose the archetype where none is given, and colour it.
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
        For whom it is: another name gets another motif. Without one, other traits do.
    mode : str
        A mode on a tonic that is drawn; not beside a key.
    parent : Motif, optional
        A motif that this one descends from; the child stays on its tonic where no key is given, and in its meter.
    keep : str
        What the child keeps: ``"rhythm"``, ``"contour"``, ``"head"`` (the first interval) or ``"harmony"``; empty draws one.
    kind : str
        What it is for, where nothing else is known: ``"person"``, ``"place"``, ``"object"``, ``"idea"`` or ``"bond"``.

    Raises
    ------
    UnknownNameError
        When a trait, the archetype or the mode is not known.
    RangeError
        When the numbers of notes or the compass leave no room, or the parent has nothing of what should be kept.

    Examples
    --------
    >>> made = invent(["brave"], key="D minor", name="Mara")
    >>> made.archetype, str(made.motif.key), made == invent(["brave"], key="D minor", name="Mara")
    ('hero', 'D minor', True)
    """
    traits = (traits,) if isinstance(traits, str) else traits
    whose = name or " ".join(traits)
    row = _archetype(traits, archetype, kind, Chance(seed, "invention", whose, "archetype"))
    wish = Wish(notes, key, meter, compass, mode, parent, keep)
    frame = framed(row, feeling(traits), wish, Chance(seed, "invention", whose, row.name, "frame"))
    tries = [drawing for index in range(_RHYTHMS) for drawing in _drawings(frame, Chance(seed, "invention", whose, row.name, index))]
    best = min(enumerate(tries), key=lambda one: (round(one[1].faults, 6), one[0]))[1]
    return _explained(best, frame, traits)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One drawing, with its faults."""

    line: Drawn
    bones: Skeleton
    faults: float


def _archetype(traits: Sequence[str], archetype: str, kind: str, chance: Chance) -> Archetype:
    if archetype:
        return archetype_named(archetype)
    if traits:
        return suited(traits)[0]
    fitting = [row for row in archetypes().values() if kind in row.kinds]
    if not fitting:
        raise UnknownNameError("kind", kind, sorted({one for row in archetypes().values() for one in row.kinds}))
    return chance.choose(fitting)


def _drawings(frame: Frame, chance: Chance) -> list[_Drawing]:
    """Take or draw a rhythm and a harmony, and draw some lines on them."""
    palette, key, meter, parent = frame.palette, frame.key, frame.meter, frame.parent
    characters = tuple((name, weight * (_LEADING if name == frame.lead else 1)) for name, weight in palette.rhythms)
    wish = RhythmBrief(characters, meter, frame.form, frame.notes, frame.pickup, palette.close)
    rhythm = rhythm_of(parent) if parent and frame.kept == "rhythm" else draw_rhythm(wish, chance)
    chords = harmony_of(parent, key) if parent and frame.kept == "harmony" else _harmony(frame, chance)
    bones = skeleton(rhythm, chords, meter)
    return [_drawing(frame, bones, chance) for _ in range(_LINES)]


def _harmony(frame: Frame, chance: Chance) -> tuple[Implied, ...]:
    """Draw the chords: for a short motif a row of the table that ends where it may rest, for a long theme several, with closes."""
    palette, key = frame.palette, frame.key
    texts = texts_in(palette.minor if key.mode.minor else palette.major, key)
    if len(frame.form) < LONG:
        rows = [implied(text, key, frame.meter, len(frame.form)) for text in texts]
        return chance.choose([chords for chords in rows if _rests(chords[-1].tones, frame)] or rows)
    closes = {close: texts_in(rows, key) for close, rows in closes_of(palette.cadence, minor=key.mode.minor).items()}
    written = written_chords(frame.form, texts, closes, chance)
    return implied(written, key, frame.meter, len(frame.form))


def _drawing(frame: Frame, bones: Skeleton, chance: Chance) -> _Drawing:
    """Draw a line, and judge what comes of it."""
    mode = frame.key.mode
    brief = _line_brief(frame, bones, chance)
    line = _agreed(draw_line(brief, bones, chance), brief, bones)
    if chance.unit() < frame.palette.chromatic:
        line = tinted(line, mode, chance)
    tonic, out = frame.key.tonic.at(4).midi, 0.0
    if frame.compass and not fits(tonic + min(line.heights), tonic + max(line.heights), frame.compass):
        out = 1000.0
    return _Drawing(line, bones, faults(line, bones, brief) + out)


def _agreed(line: Drawn, brief: LineBrief, bones: Skeleton) -> Drawn:
    """Return a line that agrees with its chords, but where that would change the contour that a child has from its parent."""
    bent = conformed(line, bones, brief.mode)
    return line if brief.signs and signs(bent.heights) != signs(line.heights) else bent


def _line_brief(frame: Frame, bones: Skeleton, chance: Chance) -> LineBrief:
    """Draw where a line begins, what marks it and where it comes to rest."""
    palette, mode = frame.palette, frame.key.mode
    features = [
        (name, weight * (3 if (int(name) > 0) == frame.rises else 1) * (8 if (int(name) in CALLS) == frame.calls else 1))
        for name, weight in palette.features
        if abs(int(name)) <= frame.span
    ]
    brief = LineBrief(
        mode=mode, range=frame.span, contour=frame.contour, feature=int(drawn(features or palette.features, chance)),
        start=int(drawn(palette.starts, chance)) - 1, goal=int(drawn(_goals(frame, bones), chance)) - 1,
        intervals=palette.shares, folk=palette.folk, chordal=palette.chordal, rises=frame.rises, parallel=palette.parallel,
        exact=palette.exact, falls=palette.falls, calls=frame.calls,
    )  # fmt: skip
    return briefed(brief, frame.parent, frame.kept) if frame.parent else brief


def _goals(frame: Frame, bones: Skeleton) -> list[tuple[str, float]]:
    """Return where a line may come to rest: the archetype's goals that are in the last chord, else whatever is."""
    tones = bones.slots[-1].chord.tones
    inside = [str(step + 1) for step in range(7) if frame.key.mode.offsets[step] % 12 in tones]
    return _rests(tones, frame) or [(name, 1.0) for name in inside] or list(frame.palette.goals)


def _rests(tones: frozenset[int], frame: Frame) -> list[tuple[str, float]]:
    """Return the archetype's goals that are in a chord."""
    offsets = frame.key.mode.offsets
    return [(name, weight) for name, weight in frame.palette.goals if offsets[int(name) - 1] % 12 in tones]


def _motif(best: _Drawing, frame: Frame) -> Motif:
    """Put degrees, durations and chords together; a chord stands on the first note that begins in it."""
    notes: list[Note] = []
    held: DegreeChord | None = None
    slots = iter(zip(best.line.degrees, best.bones.slots, strict=True))
    for length in best.bones.rhythm.lengths:
        if length < 0:
            notes.append(Note(None, Fraction(-length, TICKS)))
            continue
        degree, slot = next(slots)
        chord = slot.chord.chord if slot.onset >= 0 and slot.chord.chord != held else None
        notes.append(Note(degree, Fraction(length, TICKS), chord=chord))
        held = chord or held
    return Motif(tuple(notes), frame.key, frame.meter, Fraction(best.bones.rhythm.pickup, TICKS))


def _explained(best: _Drawing, frame: Frame, traits: Sequence[str]) -> Invented:
    """Finish the best drawing, and say why it is as it is."""
    at, heights = best.line.feature_at, best.line.heights
    motif = articulated(placed(_motif(best, frame), frame.palette.middle, frame.compass), frame.palette.articulation, at + 1)
    salient = heights[at + 1] - heights[at] if at >= 0 else 0
    goal = next(note.degree for note in reversed(motif.notes) if note.degree is not None)
    found = Invented(motif, frame.palette.name, salient, goal, "", frame.kept)
    return replace(found, reason=_reason(found, frame, best, traits))


def _reason(found: Invented, frame: Frame, best: _Drawing, traits: Sequence[str]) -> str:
    asked = f" for {', '.join(traits)}" if traits else ""
    size = _NAMES[abs(found.salient)] if abs(found.salient) <= 12 else f"{abs(found.salient)} semitones"
    turn = f"{size} {'up' if found.salient > 0 else 'down'}" if found.salient else "one tone held"
    rest = best.bones.slots[-1].chord.chord.within(frame.key)
    begin = "before" if found.motif.pickup else "on"
    kin = f"keeps its parent's {found.kept}; " if found.kept else ""
    return (
        f"{found.archetype}{asked}: {kin}{frame.palette.says}; {turn} to remember it by, begins {begin} the bar line, "
        f"{frame.contour} contour, rests on degree {found.goal} over {rest}"
    )
