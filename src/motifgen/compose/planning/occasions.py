"""Occasions: every moment at which the story gives a theme a reason to sound, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from motifgen.compose.desk import Landing
from motifgen.compose.planning.survey import Survey
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast
from motifgen.theory.time import Span

RANKS = ("hit", "enter", "climax", "turn", "emotion", "hint", "build", "coda", "again")
FRAGMENTS = ("hint", "build", "coda")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason for a theme to sound.

    Parameters
    ----------
    who : Character
    role : str
    at : Fraction
        Where the theme's first downbeat is wished, in quarters.
    kind : str
        One of `RANKS`: the first are the more urgent.
    present : Span
        The quarters in which the theme may sound.
    cast : Cast, optional
        The presence it comes from; none for an emotional state.
    exact : bool
        Whether the place is fixed by a hit.
    why : str
        The story's side of the reason, as a clause.
    """

    who: Character
    role: str
    at: Fraction
    kind: str
    present: Span
    cast: Cast | None = None
    exact: bool = False
    why: str = ""

    @property
    def rank(self) -> int:
        """Return how urgent it is; 0 is most."""
        return RANKS.index(self.kind)


def occasions(survey: Survey) -> tuple[Occasion, ...]:
    """Return every occasion of a scene, most urgent first, each kind in order of time."""
    found = [*_hits(survey), *_climax(survey)]
    for cast in survey.spotting.scene.cast:
        present = survey.quarters(cast.span)
        if present.length > 0:
            found.extend(_presence(survey, cast, present))
    return tuple(sorted(found, key=lambda it: (it.rank, it.at)))


def leads(survey: Survey, at: Fraction) -> tuple[Cast, ...]:
    """Return the leads who are present at a place, in the order of the cast."""
    return tuple(cast for cast in survey.spotting.scene.cast if cast.role == "lead" and at in survey.quarters(cast.span))


def _presence(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    if cast.role == "lead":
        yield _enter(survey, cast, present)
        yield from _turns(survey, cast, present)
        yield from _build(survey, cast, present)
        yield from _again(survey, cast, present)
    if cast.role == "hint":
        yield from _hints(survey, cast, present)


def _enter(survey: Survey, cast: Cast, present: Span) -> Occasion:
    at = survey.line_after(present.start)
    opening = not at and len(survey.bars) >= 12 and survey.feels[0].arousal < 0.5
    wish = survey.lines[1] if opening else at
    clause = f"{cast.who.name} is here from the start" if not present.start else f"{cast.who.name} enters"
    return Occasion(cast.who, cast.role, wish, "enter", present, cast, why=clause)


def _turns(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    for turn in survey.turns:
        if turn.at in present and turn.at > present.start:
            yield Occasion(cast.who, cast.role, turn.at, "turn", present, cast, why=turned(survey, turn.at))


def turned(survey: Survey, at: Fraction) -> str:
    """Return in words how the arc changes at a turn: ``"tension rises past 0.7"``."""
    turn = min(survey.turns, key=lambda it: abs(it.at - at))
    changes = {axis: getattr(turn.after, axis) - getattr(turn.before, axis) for axis in ("tension", "valence", "arousal")}
    axis = max(changes, key=lambda name: (round(abs(changes[name]), 6), name))
    value = getattr(turn.after, axis)
    return f"{axis} {'rises' if changes[axis] >= 0 else 'falls'} to {value:.1f}"


def _build(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield fragments on the four bars that lead into the climax."""
    climax = survey.climax
    if climax is None or climax.start not in present or cast != _hero(survey, climax.start):
        return
    lines = [line for line in survey.lines if line < climax.start][-4:]
    for left, line in zip(range(len(lines), 0, -1), lines, strict=True):
        if line in present:
            yield Occasion(cast.who, cast.role, line, "build", present, cast, why=f"{left} bar{'s' * (left > 1)} before the climax")


def _again(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    """Yield a chance to be heard again at every second bar line."""
    for index in survey.bars_in(present)[::2]:
        yield Occasion(cast.who, cast.role, survey.lines[index], "again", present, cast, why=f"{cast.who.name} is still with us")


def _hints(survey: Survey, cast: Cast, present: Span) -> Iterator[Occasion]:
    lines = [survey.lines[index] for index in survey.bars_in(present)]
    for line in lines[::6]:
        yield Occasion(cast.who, cast.role, line, "hint", present, cast, why=f"{cast.who.name} is hinted at")


def _hits(survey: Survey) -> Iterator[Occasion]:
    for landing in survey.spotting.landings:
        if landing.hit.do not in ("entry", "reveal") or landing.at >= survey.end:
            continue
        cast = _meant(survey, landing)
        if cast is not None:
            seen = f" ({landing.hit.what})" if landing.hit.what else ""
            verb = "enters on the hit" if landing.hit.do == "entry" else "is revealed"
            present = survey.quarters(cast.span)
            yield Occasion(cast.who, cast.role, landing.at, "hit", present, cast, exact=True, why=f"{cast.who.name} {verb}{seen}")


def _meant(survey: Survey, landing: Landing) -> Cast | None:
    """Return whose theme an entry or a reveal calls: the one it names, else the lead who has just come."""
    if landing.hit.who:
        named = [cast for cast in survey.spotting.scene.cast if cast.who.key == landing.hit.who]
        here = [cast for cast in named if landing.at in survey.quarters(cast.span)]
        return here[0] if here else None
    here = list(leads(survey, landing.at))
    return max(here, key=lambda cast: (cast.span.start, -here.index(cast))) if here else None


def _hero(survey: Survey, at: Fraction) -> Cast | None:
    """Return the lead to whom the climax belongs: the one named by a hit there, else the one who has been here longest."""
    here = leads(survey, at)
    named = {landing.hit.who for landing in survey.spotting.landings if landing.hit.who and abs(landing.at - at) <= 8}
    return min(here, key=lambda cast: (cast.who.key not in named, cast.span.start), default=None)


def _climax(survey: Survey) -> Iterator[Occasion]:
    climax = survey.climax
    hero = _hero(survey, climax.start) if climax is not None else None
    if climax is not None and hero is not None:
        present = survey.quarters(hero.span)
        yield Occasion(hero.who, hero.role, climax.start, "climax", present, hero, why="the arc is at its height")
