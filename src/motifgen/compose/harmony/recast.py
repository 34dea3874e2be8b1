"""Other chords under the same melody, by the whole engine: what recontextualize, corrupt and redeem mean inside a scene.

The transforms of these names work in degree space by small rules, so that they can be had anywhere and read back from a lineage. A
scene knows more: its style, the key and the phrase. So here the engine starts again from the theme's own chords.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan, Statement
from motifgen.compose.harmony.dialect import dialect
from motifgen.compose.harmony.engine import melody_slots, reharmonise
from motifgen.compose.harmony.melody import MelodyNote
from motifgen.compose.harmony.search import solve
from motifgen.compose.harmony.shade import corrupt, redeem
from motifgen.compose.harmony.slots import Slot, spans_of
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.table import parse_transform
from motifgen.theory.chord import DegreeChord
from motifgen.theory.scale import Key

STEPS = ("recontextualize", "corrupt", "redeem")
AWAY = 1.0
_FAR = Affect(tension=0.8)


def recast(theme: Motif, steps: Sequence[Transform], key: Key | None = None, style: str = "orchestral") -> tuple[ChordSpan, ...]:
    """Return chords for a melody after harmony transforms, first to last; the melody stays.

    Parameters
    ----------
    theme : Motif
        With its own chords, where it has some; the engine finds those that it lacks.
    steps : Sequence[Transform]
        ``recontextualize``, ``corrupt`` and ``redeem``; other transforms are not looked at.
    key : Key, optional
        Default: the home key.
    style : str
        A harmonic dialect.

    Examples
    --------
    >>> theme = Motif.parse("[Dm] D4/h F4 | [A] E4/w", key="D minor")
    >>> [str(span.chord) for span in recast(theme, [parse_transform("corrupt 1")])] == ["Dm", "A"]
    False
    """
    key = key or theme.key
    written = {onset: note.chord.within(key) for onset, note in zip(theme.onsets, theme.notes, strict=True) if note.chord}
    spans = reharmonise(theme, key, style=style, fixed=written)[0]
    melody = tuple(MelodyNote(*note) for note in theme.sounding(key))
    for step in steps:
        if step.name == "corrupt":
            spans = corrupt(spans, melody, float(getattr(step, "dissonance", 0)), style, theme.meter)
        elif step.name == "redeem":
            spans = redeem(spans, melody, 1.0, style, theme.meter)
        elif step.name == "recontextualize":
            spans = _elsewhere(theme, spans, key, style, far=getattr(step, "light", "near") == "far")
    return spans


def _elsewhere(theme: Motif, spans: Sequence[ChordSpan], key: Key, style: str, *, far: bool) -> tuple[ChordSpan, ...]:
    """Return the best harmony of those that keep away from the chords that stood there."""
    slots = melody_slots(theme, key, affect=_FAR if far else None, style=style)
    shunned = tuple(slot._replace(hint=_standing(spans, slot), hinted=-AWAY) for slot in slots)
    return spans_of(shunned, solve(shunned, dialect(style), theme.meter.beat)[0])


def _standing(spans: Sequence[ChordSpan], slot: Slot) -> DegreeChord:
    """Return the chord that stood where a slot begins."""
    span = next((one for one in spans if slot.span.start in one.span), spans[-1])
    return DegreeChord.of(span.chord, slot.key)


def stands(statement: Statement) -> bool:
    """Tell whether a statement's chords are to stay: the composer's, those of a harmony transform, or all that is heard of it."""
    recast_here = any(text.partition(" ")[0] in STEPS for text in statement.motif.lineage)
    return isinstance(statement.who.motif, Motif) or recast_here or statement.treatment == "harmony"


def given_chords(statement: Statement, style: str) -> tuple[tuple[Fraction, DegreeChord], ...]:
    """Return the chords that come with a statement's motif, each with the place from which it stands, in quarters of the scene."""
    motif, key = statement.motif, statement.key
    steps = [parse_transform(text) for text in motif.lineage if text.partition(" ")[0] in STEPS]
    if not steps or not motif.sounding():
        written = zip(motif.onsets, motif.notes, strict=True)
        return tuple((statement.start + onset, note.chord) for onset, note in written if note.chord is not None)
    spans = recast(_before(statement), steps, key, style)
    return tuple((statement.start + span.span.start, DegreeChord.of(span.chord, key)) for span in spans)


def _before(statement: Statement) -> Motif:
    """Return the statement's melody under the chords that it had before harmony transforms, or under none where they are not known."""
    motif, theme = statement.motif, statement.who.motif
    if isinstance(theme, Motif):
        for text in motif.lineage[len(theme.lineage) :]:
            theme = theme if text.partition(" ")[0] in STEPS else parse_transform(text)(theme)
        if _melody(theme) == _melody(motif):
            return theme
    return motif.having(notes=tuple(replace(note, chord=None) for note in motif))


def _melody(motif: Motif) -> list[tuple[object, ...]]:
    return [(note.degree, note.duration, note.tied) for note in motif]
