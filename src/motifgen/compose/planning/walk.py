"""The walk through a scene in order of time: each slot becomes a statement, knowing what was heard before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import Statement
from motifgen.compose.planning.callings import callings
from motifgen.compose.planning.deck import Card
from motifgen.compose.planning.forms import Forms, likened
from motifgen.compose.planning.keys import KeyPlan
from motifgen.compose.planning.landmarks import distance
from motifgen.compose.planning.moments import Moment
from motifgen.compose.planning.moods import home_affect
from motifgen.compose.planning.occasions import FRAGMENTS, Occasion
from motifgen.compose.planning.reasons import reason
from motifgen.compose.planning.slots import Slot
from motifgen.compose.planning.survey import Survey
from motifgen.compose.planning.variants import NEAR_PLAIN, Variant, choose
from motifgen.motif.motif import Motif
from motifgen.story.scene import Cast
from motifgen.theory.scale import Key

TORN = "is broken off where its room ends"
_OWN = 0.2

LEVELS = {"climax": 1.0, "hit": 0.85, "return": 0.8, "hint": 0.3, "memory": 0.4, "bridge": 0.4, "coda": 0.35, "build": 0.6}


@dataclass(slots=True)
class Memory:
    """What has been heard so far: how often each theme whole, how like itself it was last, and how far the feeling was."""

    known: dict[str, int]
    last: dict[str, float] = field(default_factory=dict)
    away: dict[str, float] = field(default_factory=dict)
    worn: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    mood: dict[str, float] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def note(self, who: str, *, whole: bool, likeness: float, away: float) -> None:
        """Remember a statement of a theme; fragments are another matter."""
        self.known[who] = self.known.get(who, 0) + whole
        self.broken.discard(who)
        self.last[who] = likeness
        self.away[who] = away


class Torn(NamedTuple):
    """A statement that had to be broken off where its room ends, and the occasion that demanded it all the same."""

    occasion: Occasion
    statement: Statement

    @property
    def said(self) -> str:
        """Return it as a warning."""
        return f"{self.statement.why} (likeness {self.statement.likeness:.2f})"


def walk(
    survey: Survey, keys: KeyPlan, slots: tuple[Slot, ...], asked: tuple[Statement, ...] = ()
) -> tuple[tuple[Statement, ...], tuple[Occasion, ...], tuple[Torn, ...]]:
    """Return the statements of the slots, in order of time, the urgent occasions that found no allowed form, and what is torn."""
    memory = Memory(dict(survey.heard))
    waiting = list(asked)
    statements: list[Statement] = []
    lost: list[Occasion] = []
    torn: list[Torn] = []
    for index, slot in enumerate(slots):
        while waiting and waiting[0].start <= slot.start:
            _remember(memory, waiting.pop(0))
        stated = _state(survey, keys, slot, _room(survey, slot, slots[index + 1 : index + 2], asked), memory)
        if stated is not None:
            statements.append(stated)
            torn += [Torn(slot.occasion, stated)] if stated.why.endswith(TORN) else []
        elif slot.occasion.kind in ("hit", "enter", "bond"):
            lost.append(slot.occasion)
    return tuple(statements), tuple(lost), tuple(torn)


def _remember(memory: Memory, asked: Statement) -> None:
    memory.note(asked.who.key, whole=asked.likeness >= NEAR_PLAIN, likeness=asked.likeness, away=memory.away.get(asked.who.key, 0.0))


def _room(survey: Survey, slot: Slot, following: tuple[Slot, ...], asked: Iterable[Statement]) -> Fraction:
    """Return the quarters from a slot's start to whatever comes next: a theme, silence, words, a shock, an exit, the end."""
    stops = [survey.end, slot.occasion.present.end]
    starts = [*(stop.start for stop in (*survey.spotting.rests, *survey.kept)), *(it.start for it in asked)]
    stops += [start for start in starts if start > slot.start]
    stops += [hush.end for hush in survey.hushes if hush.start > slot.start]
    if not slot.inner:
        stops += [words.start for words in survey.dialogue if words.start > slot.start]
    stops += [it.start for it in following]
    stops += [line for line, _ in survey.spotting.meters if line > slot.occasion.bar_line(survey)]
    room = min(stops) - slot.start
    return room if slot.occasion.exact else max(room, slot.length)


def _state(survey: Survey, keys: KeyPlan, slot: Slot, room: Fraction, memory: Memory) -> Statement | None:
    occasion, who = slot.occasion, slot.occasion.who
    forms = survey.forms(who.key, occasion.bar_line(survey), plain=occasion.kind in FRAGMENTS)
    theme = forms.theme
    feel = felt(survey, occasion.cast, occasion.at, theme)
    guest = _guest(survey, occasion, feel)
    away = distance(feel, home_affect(who, theme))
    moment = _moment(survey, occasion, forms, memory, (feel, away, room))
    if not occasion.exact:
        moment = moment._replace(lead=occasion.at - slot.start)
    if guest is not None:
        moment = moment._replace(guest=survey.themes[guest.who.key].key.mode.name)
    variant = choose(moment) or _longer(moment) or _torn(moment, exact=occasion.exact)
    if variant is None:
        return None
    if not moment.fragment:
        torn = _is_torn(moment, variant)
        memory.note(who.key, whole=variant.whole and not torn, likeness=variant.likeness, away=away)
        memory.broken |= {who.key} if torn else set()
    memory.worn[who.key] = (*memory.worn.get(who.key, ()), variant.steps)
    memory.mood[who.key] = feel.valence
    key = Key(keys.at(occasion.at).key.tonic, variant.motif.key.mode)
    why = reason(occasion, moment, variant, guest.who.name if guest is not None else "")
    return Statement(
        who, occasion.role, variant.motif, key, slot.start + variant.delay,
        _treatment(slot, variant, torn=_is_torn(moment, variant)), variant.steps, why, variant.likeness, _level(survey, slot),
    )  # fmt: skip


def _moment(survey: Survey, occasion: Occasion, forms: Forms, memory: Memory, asked: tuple[Affect, float, Fraction]) -> Moment:
    feel, away, room = asked
    who, scene = occasion.who, survey.spotting.scene
    return Moment(
        who, forms, feel, room, occasion.kind,
        known=memory.known.get(who.key, 0),
        last=None if occasion.kind in FRAGMENTS else memory.last.get(who.key),
        farther=away > memory.away.get(who.key, away),
        trend=feel.valence - memory.mood.get(who.key, feel.valence),
        draw=Chance(scene.seed, scene.id, who.key, occasion.at, "variant").unit(),
        notes=occasion.notes,
        own=_has_own_feeling(occasion.cast),
        before=() if occasion.kind in FRAGMENTS else survey.steps(who.key, occasion.bar_line(survey)),
        worn=memory.worn.get(who.key, ()),
        calls=callings(survey, occasion),
        mend=who.key in memory.broken,
        after=(f"transpose {occasion.rise} degrees",) if occasion.rise and "transpose" not in who.never else (),
    )  # fmt: skip


def _has_own_feeling(cast: Cast | None) -> bool:
    return cast is not None and (cast.feel is not None or cast.irony or bool(cast.who.journey))


def felt(survey: Survey, cast: Cast | None, at: Fraction, theme: Motif) -> Affect:
    """Return what a theme must say at a place: what its owner feels; in irony, sweetness where the scene is dark."""
    feel = survey.felt_by(cast, at)
    if cast is None or not cast.irony:
        return feel
    home = home_affect(cast.who, theme)
    return Affect(max(home.valence, 0.6), home.arousal, 0.0, home.power) if feel.valence < 0 else home


def _guest(survey: Survey, occasion: Occasion, feel: Affect) -> Cast | None:
    """Return under whose influence a theme stands: someone in another mode, present, and nearer to how things are."""
    own = survey.themes[occasion.who.key]
    others = [
        cast
        for cast in survey.spotting.scene.cast
        if cast.who.key != occasion.who.key and cast.role != "hint" and occasion.at in survey.present(cast)
    ]
    others = [cast for cast in others if survey.themes[cast.who.key].key.mode != own.key.mode]
    near = [(distance(feel, home_affect(cast.who, survey.themes[cast.who.key])), i) for i, cast in enumerate(others)]
    near = [it for it in near if it[0] < distance(feel, home_affect(occasion.who, own)) - 0.2]
    return others[min(near)[1]] if near else None


def _longer(moment: Moment) -> Variant | None:
    """Return a fragment, or what a climax has room for, of a few more notes, where so few would not be known for what they are."""
    if not moment.fragment and moment.kind != "climax":
        return None
    longer = (choose(moment._replace(notes=moment.notes + more)) for more in (1, 2, 3) if moment.notes + more < moment.forms.count)
    return next((variant for variant in longer if variant is not None), None)


def _torn(moment: Moment, *, exact: bool) -> Variant | None:
    """Return the theme broken off where its room ends, for a place that a hit demands, unless too little is left of it."""
    if not exact:
        return None
    kept, at = [], Fraction(0)
    for note in moment.theme.notes:
        if at + note.duration > moment.room:
            break
        kept.append(note)
        at += note.duration
    sounding = sum(note.degree is not None for note in kept)
    if sounding < min(2, len(moment.theme.sounding())):
        return None
    motif = replace(moment.theme, notes=tuple(kept))
    found = likened(moment.forms.plain, motif)
    return Variant(motif, (*moment.before, f"head {sounding}"), found, Card(None, ())) if found >= moment.who.keep else None


def _is_torn(moment: Moment, variant: Variant) -> bool:
    return not variant.card.rows and len(variant.motif.sounding()) < moment.forms.count


def _treatment(slot: Slot, variant: Variant, *, torn: bool) -> str:
    if slot.inner:
        return "counter"
    part = torn or any(row.names & {"head", "tail"} for row in variant.card.rows)
    return "fragment" if slot.occasion.kind in FRAGMENTS or part else "theme"


def _level(survey: Survey, slot: Slot) -> float:
    """Return how prominent a statement is: leads before hints, the climax before all, who is more excited than the scene before others."""
    feel, own = survey.feel(slot.occasion.at), survey.felt_by(slot.occasion.cast, slot.occasion.at)
    high = survey.climax is not None and slot.occasion.at in survey.climax and slot.occasion.kind == "hit"
    base = LEVELS.get("climax" if high else slot.occasion.kind, 0.65)
    stirred = 0.75 + 0.25 * max(0.0, feel.arousal) + _OWN * (own.arousal - feel.arousal)
    return round(min(1.0, base * stirred * (0.5 if slot.inner else 1.0)), 4)
