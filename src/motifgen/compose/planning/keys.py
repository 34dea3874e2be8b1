"""The key plan: where the scene is at home, when it leaves and why, and whether it finds back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.compose.desk import KeyArea, Section, Statement
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.table import MoveRow, mode_rows, move_rows
from motifgen.theory.scale import Key

SETTLED = 6


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """Areas in order of time; the first begins at 0."""

    areas: tuple[KeyArea, ...]
    _starts: tuple[float, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep where the areas begin as floats: keys are asked for hundreds of times."""
        object.__setattr__(self, "_starts", tuple(float(area.at) for area in self.areas))

    def at(self, place: Fraction) -> KeyArea:
        """Return the area in which a place lies."""
        return self.areas[max(bisect_right(self._starts, float(place)) - 1, 0)]


def key_plan(survey: Survey) -> KeyPlan:
    """Return the scene's keys, all in the home mode: home first, away for a reason, home again when the arc recovers.

    Each turn of the arc chooses among the rows of the table by cost: how far from home the feeling asks to be, what the
    move means, and that every change must be worth its while. A reveal always turns. Nothing modulates under words.
    """
    areas = [KeyArea(Fraction(0), survey.home, survey.home_why)]
    place = move_rows()[0]
    for at, revealed in _occasions(survey):
        settled = at - areas[-1].at >= SETTLED * survey.spotting.bar_at(at).meter.bar
        chosen = _chosen(survey, place, at, revealed=revealed)
        if not (revealed or settled or not chosen.far):
            continue
        key = survey.home.moved(chosen.up)
        if key != areas[-1].key:
            areas.append(KeyArea(at, key, _why(chosen, revealed=revealed)))
        place = chosen
    return KeyPlan(tuple(areas))


def legible(sections: Sequence[Section], statements: Sequence[Statement]) -> tuple[tuple[Section, ...], tuple[Statement, ...]]:
    """Return sections and statements, every key by the enharmonic name with the fewest signs; their notes follow, by degree.

    With as many signs either way, a section's tonic is named as before it, a statement's as its section's.
    """
    parts: list[Section] = []
    for section in sections:
        parts.append(replace(section, key=_beside(section.key.respelled(), parts[-1].key if parts else section.key)))
    found, starts = [], [float(part.span.start) for part in parts]
    for statement in statements:
        part = parts[max(bisect_right(starts, float(statement.start)) - 1, 0)]
        here = part.key if statement.start in part.span else statement.key
        key = _beside(statement.key.respelled(), here)
        found.append(statement if key == statement.key else replace(statement, key=key))
    return tuple(parts), tuple(found)


def _beside(key: Key, other: Key) -> Key:
    """Return a key on the tonic as another key names it, where that is the same note and costs no sign more."""
    same = Key(other.tonic, key.mode)
    return same if other.tonic.semitone == key.tonic.semitone and same.signs == key.signs else key


def _occasions(survey: Survey) -> list[tuple[Fraction, bool]]:
    reveals = {landing.at for landing in survey.spotting.landings if landing.hit.do == "reveal" and landing.at < survey.end}
    turns = {turn.at for turn in survey.turns if not any(turn.at in words for words in survey.dialogue)}
    turns = {at for at in turns if all(abs(at - reveal) >= 4 for reveal in reveals)}
    turns |= _recoveries(survey)
    return sorted([*((at, False) for at in turns if at not in reveals), *((at, True) for at in reveals if at > 0)])


def _recoveries(survey: Survey) -> set[Fraction]:
    """Return every fourth bar line after the climax: the way home need not wait for a turn."""
    if survey.climax is None:
        return set()
    after = [line for line in survey.lines[:-1] if line >= survey.climax.end]
    return {line for line in after[::4] if not any(line in words for words in survey.dialogue)}


def _chosen(survey: Survey, place: MoveRow, at: Fraction, *, revealed: bool) -> MoveRow:
    """Return where the music goes: anywhere, or after the climax home or nowhere."""
    over = survey.climax is not None and at >= survey.climax.end and not revealed
    rows = [row for row in move_rows() if not over or row is place or not row.far]
    return min(rows, key=lambda row: (_cost(survey, row, place, at, revealed=revealed), row.far))


def _cost(survey: Survey, row: MoveRow, place: MoveRow, at: Fraction, *, revealed: bool) -> float:
    """Return what a move costs: the distance that the feeling asks for, what the move means, and the change itself."""
    feel = survey.feel(at)
    lost = max(0.0, 0.6 * (survey.feel(Fraction(0)).valence - feel.valence) + 0.5 * feel.tension - 0.3)
    meant = abs(row.feel.valence - feel.valence) + 0.5 * abs(row.feel.arousal - feel.arousal) + abs(row.feel.tension - feel.tension)
    cost = abs(row.far - min(lost, 1.0)) + (0.25 * meant if row.far else 0.1)
    if revealed:
        cost += 1.0 * (row is place) + 0.6 * (abs(row.up.steps) != 2)
    else:
        cost += 0.45 * (row is not place)
    if at >= survey.end * 4 / 5 and feel.valence >= 0 and row.far:
        cost += 0.6
    return round(cost, 6)


def in_mode(key: Key, home: Key, feel: Affect, last: str = "") -> Key:
    """Return a key in the mode that a feeling asks for; reluctantly: the home mode, and the last one, are preferred."""
    fitting = [row for row in mode_rows() if not row.wonder and row.name != "harmonic minor"]
    costs = {row.name: abs(row.valence - feel.valence) + 0.25 * (row.name != home.mode.name) + 0.1 * (row.name != last) for row in fitting}
    best = min(costs, key=lambda name: round(costs[name], 6))
    away = home.mode.name not in costs and abs(feel.valence) < 0.6
    return key if away else key.in_mode(best)


def _why(row: MoveRow, *, revealed: bool) -> str:
    if not row.far:
        return "the music finds home"
    return f"the reveal turns the harmony {row.says}" if revealed else f"the feeling leaves home: {row.says}"
