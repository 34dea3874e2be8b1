"""Clearings: before a blow the fabric thins to one held note or to nothing, and after it the floor stays away."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motifgen.compose.desk import Landing, Line, ScoreNote
from motifgen.compose.texture.loom import Loom
from motifgen.compose.texture.notes import tones
from motifgen.theory.time import Span

_WEIGHT = {"stinger": 1.2, "accent": 1.0, "reveal": 1.0}
_APART = 5.0
#: Seconds of a clearing: at least, and more by strength. A shock wants a long one; an accent in full run would lose the run.
_SECONDS = {"stinger": (0.8, 1.6), "accent": (0.4, 1.1), "reveal": (0.8, 1.8)}
_SHAKEN = 0.5
FLOOR = frozenset({"bass", "drone", "percussion", "pulse"})


@dataclass(frozen=True, slots=True)
class Clearing:
    """The space around a hit.

    Parameters
    ----------
    before : Span
        Quarters in which at most one note is held.
    floorless : Span
        Quarters after the hit in which nothing low plays; empty for a reveal, which wants support.
    landing : Landing
    strength : float
        0..1, how hard the hit is.
    held : bool
        Whether one note is held through it (else there is nothing).
    """

    before: Span
    floorless: Span
    landing: Landing
    strength: float
    held: bool


def strength_of(loom: Loom, landing: Landing) -> float:
    """Return how hard a hit is, 0..1: by what is asked of it, and by tension and arousal there."""
    affect = loom.spotting.affect(landing.at)
    return round(min((0.3 + 0.4 * affect.tension + 0.3 * max(affect.arousal, 0.0)) * _WEIGHT.get(landing.hit.do, 0.8), 1.0), 6)


def clearings(loom: Loom) -> tuple[Clearing, ...]:
    """Return the clearing of every stinger, accent and reveal; of two within five seconds, only the first has one."""
    found: list[Clearing] = []
    for landing in loom.spotting.landings:
        if landing.hit.do not in _WEIGHT or landing.at >= loom.end:
            continue
        if not found or float(loom.spotting.seconds(landing.at) - loom.spotting.seconds(found[-1].landing.at)) >= _APART:
            found.append(_clearing(loom, landing))
    return tuple(found)


def _clearing(loom: Loom, landing: Landing) -> Clearing:
    spotting, strength = loom.spotting, strength_of(loom, landing)
    least, more = _SECONDS[landing.hit.do]
    seconds = Fraction(round(100 * (least + more * strength)), 100)
    start = spotting.quarter(max(spotting.seconds(landing.at) - seconds, Fraction(0)))
    start = max(Fraction(round(start * 2), 2), Fraction(0))
    bars = 0 if landing.hit.do == "reveal" or strength < 0.45 else 2
    after = loom.moments[min(loom.index(landing.at) + bars, len(loom.moments) - 1)]
    until = max(after.start, landing.at) if bars else landing.at
    quiet = landing.hit.do == "stinger" or "silence" in loom.palette.textures
    held = not quiet or loom.chance("clearing", landing.hit.at).unit() < 1.4 - strength
    return Clearing(Span(min(start, landing.at), landing.at), Span(landing.at, until), landing, strength, held)


def held_notes(loom: Loom, spaces: tuple[Clearing, ...]) -> tuple[Line, ...]:
    """Return the one note that is held through a clearing: a tone that the chord before and the chord of the hit share."""
    lines = []
    for space in spaces:
        before, after = loom.chord(space.before.start), loom.chord(space.landing.at)
        if not space.held or before is None or space.before.length < Fraction(1, 2) or _themed(loom, space.before):
            continue
        shared = (after or before).chord.semitones
        found = tones(before.chord, 67, 86)
        pitch = next((p for p in reversed(found) if p.midi % 12 in shared), found[-1])
        level = round(max(loom.loud(space.before.start) * 0.7, 0.06), 4)
        shaken = frozenset({"tremolo"}) if loom.moment(space.before.start).affect.tension > _SHAKEN else frozenset[str]()
        lines.append(Line("drone", (ScoreNote(space.before.start, space.before.length, pitch, level, shaken),), weight=0.0))
    return tuple(lines)


def _themed(loom: Loom, span: Span) -> bool:
    return any(s.span.overlaps(span) and s.treatment in {"theme", "fragment"} for s in loom.plan.statements)
