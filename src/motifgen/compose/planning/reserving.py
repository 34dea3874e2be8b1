"""Reserving: which occasions are taken, the most urgent first, and what bridges a stretch in which nothing would be heard."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.desk import Statement
from motifgen.compose.planning.occasions import PATIENCE, Occasion, let_in
from motifgen.compose.planning.slots import Slot, fits, grown, place, slot_of
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.whose import leads
from motifgen.theory.time import Span

WHOLE = 0.8
DESERT = 8
#: What may be stated at the height of a scene.
HIGH = ("hit", "enter", "bond", "climax")
#: By how many seconds a few notes may follow whom they greet.
GREETED = 4


def reserve(
    survey: Survey, occasions: tuple[Occasion, ...], asked: tuple[Statement, ...] = ()
) -> tuple[tuple[Slot, ...], tuple[Occasion, ...]]:
    """Return the occasions that find a place, in order of time, and the urgent ones that do not.

    The most urgent choose first. A theme is given at least the room that its plain form takes; one melody at a time.

    Parameters
    ----------
    asked : tuple[Statement, ...]
        The composer's own statements: they take their room, and answer the occasions that they meet.
    """
    fixed = tuple(map(_fixed, asked))
    taken, lost = _taken(survey, _climax_first(occasions), asked, fixed)
    if lost or any(slot.inner for slot in taken):
        # The height of the scene comes before entrances, unless that costs one.
        taken, lost = min((taken, lost), _taken(survey, occasions, asked, fixed), key=_price)
    for gap in _deserts(survey, taken, fixed):
        taken += [slot for slot in [_bridge(survey, gap, tuple(taken), fixed)] if slot is not None]
    return tuple(sorted(taken, key=lambda slot: slot.start)), tuple(lost)


def _climax_first(occasions: tuple[Occasion, ...]) -> tuple[Occasion, ...]:
    """Return occasions with the climax before the entrances of all but the one whose height it is."""
    high = next((it for it in occasions if it.kind == "climax"), None)
    if high is None:
        return occasions
    yielding = [it for it in occasions if it.kind in ("enter", "bond") and it.cast != high.cast]
    first = [it for it in occasions if it.rank < high.rank and it not in yielding]
    return (*first, high, *yielding, *(it for it in occasions if it.rank >= high.rank and it != high))


def _price(found: tuple[list[Slot], list[Occasion]]) -> tuple[int, int, bool]:
    """Return what a choice of slots costs: urgent occasions lost, themes under words, and no climax."""
    taken, lost = found
    return len(lost), sum(slot.inner for slot in taken), all(slot.occasion.kind != "climax" for slot in taken)


def _taken(
    survey: Survey, occasions: tuple[Occasion, ...], asked: tuple[Statement, ...], fixed: tuple[Slot, ...]
) -> tuple[list[Slot], list[Occasion]]:
    """Return the slots of the occasions that find room, each in its turn, and the urgent ones that find none."""
    taken: list[Slot] = []
    lost: list[Occasion] = []
    for occasion in occasions:
        if _let_in(survey, occasion, taken) or _answered(survey, occasion, asked) or _nowhere(survey, occasion, taken):
            continue
        slot = place(survey, occasion, tuple(taken), fixed)
        if slot is not None:
            taken.append(slot)
            taken += _greeting(survey, slot, tuple(taken), fixed)
        elif occasion.kind in ("hit", "enter", "bond"):
            lost.append(occasion)
    return taken, lost


def _greeting(survey: Survey, slot: Slot, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> list[Slot]:
    """Return a few notes at once of a known lead who comes, where there is no room for the whole theme until long after."""
    it, tempo = slot.occasion, survey.spotting
    if it.kind != "enter" or it.wished is None or not survey.heard.get(it.who.key, 0) or slot.inner:
        return []
    if tempo.seconds(it.at) - tempo.seconds(it.wished) < PATIENCE:
        return []
    found = place(survey, it._replace(at=it.wished, kind="hint", late=it.why, wished=None), taken, fixed)
    soon = found is not None and tempo.seconds(found.occasion.at) - tempo.seconds(it.wished) < GREETED
    return [found] if found is not None and soon else []


def _fixed(statement: Statement) -> Slot:
    """Return a statement of the composer's as a slot: it wears its theme like any other."""
    kind = "again" if statement.likeness >= WHOLE else "memory"
    occasion = Occasion(statement.who, statement.role, statement.start, kind, statement.span)
    return Slot(occasion, statement.start, statement.span.length)


def _deserts(survey: Survey, taken: list[Slot], fixed: tuple[Slot, ...]) -> list[Span]:
    """Return the stretches of more than eight seconds in which music sounds without any theme, and nobody speaks."""
    filled = sorted([*(slot.span for slot in (*taken, *fixed)), *survey.dialogue, *survey.spotting.rests])
    found, at = [], Fraction(0)
    for span in [*filled, Span(survey.end, survey.end)]:
        if survey.spotting.seconds(span.start) - survey.spotting.seconds(at) > DESERT:
            found.append(Span(at, span.start))
        at = max(at, span.end)
    return found


def _bridge(survey: Survey, gap: Span, taken: tuple[Slot, ...], fixed: tuple[Slot, ...]) -> Slot | None:
    """Return a fragment in the middle of a desert, of the lead who has been silent longest."""
    middle = (gap.start + gap.end) / 2
    lines = sorted((survey.lines[i] for i in survey.bars_in(gap)), key=lambda line: (abs(line - middle), line))
    ends = {
        cast.who.key: max((it.span.end for it in (*taken, *fixed) if it.occasion.who == cast.who), default=Fraction(0))
        for cast in leads(survey, middle)
    }
    for line in lines[:4]:
        for cast in sorted(leads(survey, line), key=lambda cast: ends.get(cast.who.key, Fraction(0))):
            occasion = Occasion(cast.who, cast.role, line, "bridge", survey.present(cast), cast)
            found = slot_of(survey, occasion, inner=False)
            if fits(survey, found, taken, fixed):
                return grown(survey, found, taken, fixed)
    return None


def _let_in(survey: Survey, occasion: Occasion, taken: list[Slot]) -> bool:
    """Tell whether an entrance has happened already, whole, on the hit that lets it in."""
    if occasion.kind not in ("enter", "bond") or occasion.cast is None or let_in(survey, occasion.cast) is None:
        return False
    whole = survey.forms(occasion.who.key, occasion.bar_line(survey)).after().duration
    return any(slot.occasion.kind == "hit" and slot.occasion.cast == occasion.cast and slot.length >= whole for slot in taken)


def _nowhere(survey: Survey, occasion: Occasion, taken: list[Slot]) -> bool:
    """Tell whether a piece would build up to a height at which nothing is stated."""
    if occasion.kind != "build" or survey.climax is None:
        return False
    return not any(slot.occasion.kind in HIGH and slot.span.overlaps(survey.climax) for slot in taken)


def _answered(survey: Survey, occasion: Occasion, asked: tuple[Statement, ...]) -> bool:
    """Tell whether the composer's own statements do what an urgent occasion wants: the theme on the hit, or soon and near whole."""
    own = [it for it in asked if it.who.key == occasion.who.key]
    if occasion.exact:
        return any(occasion.at in it.span for it in own)
    wanted = occasion.kind in ("enter", "bond")
    begun = survey.spotting.seconds(occasion.present.start)
    soon = [it for it in own if it.span.overlaps(occasion.present) and survey.spotting.seconds(it.start) - begun <= PATIENCE]
    return wanted and any(it.likeness >= WHOLE for it in soon)
