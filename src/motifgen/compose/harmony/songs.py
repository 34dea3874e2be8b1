"""What is sung in a plan: the statements whose notes the chords must carry, with their written chords and their endings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from motifgen.chance import Chance
from motifgen.compose.desk import Plan, Spotting, Statement
from motifgen.compose.harmony.cadences import CLOSES
from motifgen.compose.harmony.dialect import Dialect
from motifgen.compose.harmony.melody import Heard, MelodyNote, heard
from motifgen.compose.harmony.recast import given_chords, stands
from motifgen.theory.chord import DegreeChord
from motifgen.theory.time import Span

LEADING = ("theme", "fragment", "harmony")
BESIDE = 0.5
SETTLED = 0.2
CALM, RESTING = 0.35, 4.0  # a scene that ends with so little tension rests on a close, sad or not
PLAIN_CLOSES = (("plagal", 1.0), ("mixed", 1.0))
FADING, WHOLE = 0.6, ("climax", "coda")


class Song(NamedTuple):
    """A statement whose notes the chords must carry.

    Parameters
    ----------
    statement : Statement
    span : Span
        Its quarters.
    notes : tuple[Heard, ...]
    fixed : tuple[tuple[Fraction, DegreeChord], ...]
        The chords that the composer wrote, each with the place from which it stands.
    hints : tuple[tuple[Fraction, DegreeChord], ...]
        The chords with which an invented theme was thought of: a likely reading, which the style and the moment may overrule.
    hinted : float
        How much those are worth, 0 to 1: less each time the theme comes back, but all at the climax and in the coda.
    goal : str
        The cadence at the end.
    last : Fraction
        Where the last note begins.
    turns : bool
        Whether the last note is held while the chord under it becomes another.
    """

    statement: Statement
    span: Span
    notes: tuple[Heard, ...]
    fixed: tuple[tuple[Fraction, DegreeChord], ...]
    hints: tuple[tuple[Fraction, DegreeChord], ...]
    hinted: float
    goal: str
    last: Fraction
    turns: bool

    def fixed_at(self, at: Fraction) -> DegreeChord | None:
        """Return the written chord that stands at a place."""
        return next((chord for place, chord in reversed(self.fixed) if place <= at), None)

    def hint_at(self, at: Fraction) -> DegreeChord | None:
        """Return the chord with which the theme was invented at a place."""
        return next((chord for place, chord in reversed(self.hints) if place <= at), None)


def songs(plan: Plan, speech: Dialect) -> tuple[Song, ...]:
    """Return the leading statements in order of time: themes, fragments and those of which only the chords are heard."""
    found = [one for one in plan.statements if one.treatment in LEADING and one.motif.sounding(one.key)]
    found.sort(key=lambda one: (one.start, one.who.key))
    heard_before: Counter[str] = Counter()
    sung = []
    for statement in found:
        sung.append(_song(plan, statement, speech, heard_before[statement.who.key], final=statement is found[-1]))
        heard_before[statement.who.key] += statement.treatment == "theme"
    return withheld(sung, speech)


def withheld(sung: Sequence[Song], speech: Dialect) -> tuple[Song, ...]:
    """Return the songs, the last close before the final one made deceptive where the dialect knows that: the answer waits."""
    found = list(sung)
    closing = [at for at, song in enumerate(found) if song.goal in CLOSES]
    deceives = any(name == "deceptive" for name, _ in speech.cadences)
    if deceives and len(closing) > 1 and closing[-1] == len(found) - 1:
        found[closing[-2]] = found[closing[-2]]._replace(goal="deceptive")
    return tuple(found)


def counters(plan: Plan) -> tuple[Heard, ...]:
    """Return the notes of second lines: the chords carry them too, though less is asked of them."""
    return tuple(note for one in plan.statements if one.treatment == "counter" for note in _heard(plan.spotting, one, BESIDE))


def _song(plan: Plan, statement: Statement, speech: Dialect, times: int, *, final: bool) -> Song:
    spotting = plan.spotting
    notes = _heard(spotting, statement, 1.0)
    given = given_chords(statement, speech.name)
    fixed, hints = (given, ()) if stands(statement) else ((), given)
    chance = Chance(spotting.scene.seed, spotting.scene.id, statement.who.key, statement.start, "ending")
    hinted = 1.0 if plan.section_at(statement.start).function in WHOLE else FADING**times
    goal = _goal(plan, statement, speech, chance, final=final)
    long = notes[-1].note.duration >= spotting.bar_at(notes[-1].note.onset).meter.bar / 2
    rests = goal in CLOSES and statement.end + spotting.bar_at(statement.start).meter.bar >= spotting.end
    turns = long and not rests and chance.unit() < 0.3 + 0.4 * spotting.affect(statement.end).tension
    return Song(statement, statement.span, notes, fixed, hints, hinted, goal, notes[-1].note.onset, turns)


def _heard(spotting: Spotting, statement: Statement, share: float) -> tuple[Heard, ...]:
    sounding = statement.motif.sounding(statement.key)
    notes = [MelodyNote(statement.start + onset, length, pitch) for onset, length, pitch in sounding]
    return heard(notes, [metrical(spotting, note.onset) for note in notes], share)


def metrical(spotting: Spotting, at: Fraction) -> int:
    """Return the metrical weight of a place, 0 to 4."""
    bar = spotting.bar_at(at)
    return bar.meter.weight(at - bar.start)


def last_cadence(plan: Plan, speech: Dialect) -> str:
    """Return the cadence with which a scene ends that runs out without a statement."""
    spotting = plan.spotting
    affect = spotting.affect(spotting.end)
    names, weights = _weights(speech.cadences, max(0.0, affect.valence) * (1 - affect.tension), affect.tension, final=True)
    return Chance(spotting.scene.seed, spotting.scene.id, "last cadence").weighted(names, weights)


def _goal(plan: Plan, statement: Statement, speech: Dialect, chance: Chance, *, final: bool) -> str:
    """Return the cadence at the end of a statement: drawn by the dialect's weights, seldom a full close, open while tension stays."""
    affect = plan.spotting.affect(statement.end)
    peace = max(0.0, affect.valence) * (1 - affect.tension)
    names, weights = _weights(speech.cadences, peace, affect.tension, final=final)
    if statement.treatment != "theme" and len(names) > 1:
        names, weights = zip(*((n, w) for n, w in zip(names, weights, strict=True) if n != "authentic"), strict=True)
    return chance.weighted(names, weights)


def _weights(
    cadences: Sequence[tuple[str, float]], peace: float, tension: float, *, final: bool
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    weights = []
    if final and peace > SETTLED:
        cadences = [one for one in cadences if one[0] in CLOSES] or PLAIN_CLOSES
    for name, weight in cadences:
        factor = (RESTING if final and tension < CALM else 1.0) * (1.0 + peace) if name in CLOSES else 0.4 + tension
        weights.append(weight * factor)
    return tuple(name for name, _ in cadences), tuple(weights)
