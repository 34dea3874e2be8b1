"""The walk through a scene in order of time: each slot becomes a statement, knowing what was heard before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from motifgen.chance import Chance
from motifgen.compose.desk import Statement
from motifgen.compose.planning.keys import KeyPlan
from motifgen.compose.planning.occasions import FRAGMENTS
from motifgen.compose.planning.reasons import reason
from motifgen.compose.planning.slots import Slot
from motifgen.compose.planning.survey import Survey, distance
from motifgen.compose.planning.variants import Moment, Variant, choose, home_affect
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Key


@dataclass(slots=True)
class Memory:
    """What has been heard so far: how often each theme whole, how like itself it was last, and how far the feeling was."""

    known: dict[str, int]
    last: dict[str, float] = field(default_factory=dict)
    away: dict[str, float] = field(default_factory=dict)

    def note(self, who: str, variant: Variant, away: float) -> None:
        """Remember a statement."""
        self.known[who] = self.known.get(who, 0) + variant.whole
        if variant.whole:
            self.last[who] = variant.likeness
        self.away[who] = away


def walk(survey: Survey, keys: KeyPlan, slots: tuple[Slot, ...]) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """Return the statements of the slots, in order of time, and a warning for each that found no allowed form."""
    memory = Memory(dict(survey.heard))
    statements: list[Statement] = []
    warnings: list[str] = []
    for slot, following in zip(slots, [*slots[1:], None], strict=True):
        stated = _state(survey, keys, slot, _room(survey, slot, following), memory)
        if stated is not None:
            statements.append(stated)
        elif slot.occasion.kind not in (*FRAGMENTS, "again"):
            warnings.append(f"{slot.occasion.why}, but no form of the theme that is allowed fits the room: it is not stated there")
    return tuple(statements), tuple(warnings)


def _room(survey: Survey, slot: Slot, following: Slot | None) -> Fraction:
    """Return the quarters from a slot's start to whatever comes next: a theme, silence, words, an exit, the end."""
    stops = [survey.end, slot.occasion.present.end]
    stops += [rest.start for rest in survey.spotting.rests if rest.start > slot.start]
    if not slot.inner:
        stops += [words.start for words in survey.dialogue if words.start > slot.start]
    if following is not None:
        stops.append(following.start)
    return min(stops) - slot.start


def _state(survey: Survey, keys: KeyPlan, slot: Slot, room: Fraction, memory: Memory) -> Statement | None:
    occasion, who = slot.occasion, slot.occasion.who
    theme = _without_pickup(survey.themes[who.key], slot.cut)
    feel = survey.felt_by(occasion.cast, slot.occasion.at)
    away = distance(feel, home_affect(who, theme))
    scene = survey.spotting.scene
    moment = Moment(
        who, theme, feel, room, occasion.kind, memory.known.get(who.key, 0), memory.last.get(who.key, 1.0),
        away > memory.away.get(who.key, away), Chance(scene.seed, scene.id, who.key, occasion.at, "variant").unit(),
    )  # fmt: skip
    variant = choose(moment) or _torn(moment, exact=occasion.exact)
    if variant is None:
        return None
    memory.note(who.key, variant, away)
    key = Key(keys.at(occasion.at).key.tonic, variant.motif.key.mode)
    start = occasion.at - _pickup(theme, variant.motif)
    return Statement(
        who, occasion.role, variant.motif, key, start, _treatment(slot), variant.steps,
        reason(occasion, variant, known=moment.known), variant.likeness, _level(survey, slot),
    )  # fmt: skip


def _pickup(theme: Motif, variant: Motif) -> Fraction:
    return variant.pickup if theme.pickup else Fraction(0)


def _torn(moment: Moment, *, exact: bool) -> Variant | None:
    """Return the theme broken off where its room ends, for a place that a hit demands; at least one note is left."""
    if not exact:
        return None
    kept, at = [], Fraction(0)
    for note in moment.theme.notes:
        if at + note.duration > moment.room:
            break
        kept.append(note)
        at += note.duration
    if not any(note.degree for note in kept):
        return None
    text = f"head {sum(note.degree is not None for note in kept)}"
    motif = replace(moment.theme, notes=tuple(kept), lineage=(*moment.theme.lineage, text))
    return Variant(motif, (text,), len(kept) / len(moment.theme.notes), ("broken off where its room ends",))


def _without_pickup(theme: Motif, cut: Fraction) -> Motif:
    """Return a theme from its first bar line on, when there is no room for its pickup."""
    if not cut:
        return theme
    kept = tuple(note for note, onset in zip(theme.notes, theme.onsets, strict=True) if onset >= cut)
    return replace(theme, notes=kept or theme.notes, pickup=Fraction(0))


def _treatment(slot: Slot) -> str:
    if slot.inner:
        return "counter"
    return "fragment" if slot.occasion.kind in FRAGMENTS else "theme"


def _level(survey: Survey, slot: Slot) -> float:
    """Return how prominent a statement is: leads before hints, the climax before all."""
    feel = survey.feel(slot.occasion.at)
    base = {"climax": 1.0, "hit": 0.85, "hint": 0.3, "coda": 0.35, "build": 0.6}.get(slot.occasion.kind, 0.65)
    return round(min(1.0, base * (0.75 + 0.25 * max(0.0, feel.arousal)) * (0.5 if slot.inner else 1.0)), 4)
