"""Which form of a theme fits a moment: every allowed combination of steps is scored, and the cheapest wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import sqrt

from motifgen.affect import Affect, affect_of
from motifgen.compose.planning.table import ModeRow, Shift, StepRow, mode_rows, step_rows
from motifgen.errors import UnknownNameError
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.leitmotif import Character

HEAR = {"valence": 1.0, "arousal": 0.35, "tension": 0.7, "power": 0.4}
NEAR_PLAIN = 0.8
SHORTLIST = 14


@dataclass(frozen=True, slots=True)
class Moment:
    """What is asked of a theme at one place.

    Parameters
    ----------
    who : Character
    theme : Motif
        Its plain form.
    feel : Affect
    room : Fraction
        Quarters until something else needs the place.
    kind : str
        The kind of occasion.
    known : int
        How often the theme was heard whole before, in this film.
    last : float
        The likeness of its previous variant in this scene; 1 when there was none.
    farther : bool
        Whether the feeling is now farther from the theme's home state than at its previous statement.
    draw : float
        0..1, a keyed draw that decides between near equals.
    notes : int
        How many notes a fragment shall have.
    """

    who: Character
    theme: Motif
    feel: Affect
    room: Fraction
    kind: str
    known: int
    last: float = 1.0
    farther: bool = False
    draw: float = 0.0
    notes: int = 4


@dataclass(frozen=True, slots=True)
class Variant:
    """A form of a theme: how it sounds, by which steps, how much of the theme is left, and what the ledger says."""

    motif: Motif
    steps: tuple[str, ...]
    likeness: float
    says: tuple[str, ...]
    rows: tuple[StepRow, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether the theme is heard to its end."""
        return all(row.whole for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Candidate:
    mode: ModeRow | None
    rows: tuple[StepRow, ...]
    shift: Shift
    cost: float


def choose(moment: Moment) -> Variant | None:
    """Return the form of the theme that fits a moment best; ``None`` when no allowed form has room.

    The cost of a form is what is left between the feeling it carries and the feeling asked, plus the price of its steps,
    plus what the theme's own story says: changes go by steps, an unknown theme stays plain, a withheld goal comes back.
    """
    scored = sorted(((_cost(moment, it), i, it) for i, it in enumerate(_candidates(moment))), key=lambda row: row[:2])
    best: tuple[float, Variant] | None = None
    for cost, _, candidate in scored[:SHORTLIST]:
        variant = _made(moment, candidate)
        if variant is None:
            continue
        total = round(cost + _growth(moment, variant.likeness), 6)
        if best is None or total < best[0]:
            best = (total, variant)
    return best[1] if best else None


def home_affect(who: Character, theme: Motif) -> Affect:
    """Return what a theme means when it is plain: its owner's traits, coloured by its mode."""
    row = _mode_row(theme.key.mode.name)
    own = Affect(valence=row.valence if row else 0.0, tension=row.tension if row else 0.2)
    known = [affect for affect in map(_trait, who.traits) if affect is not None]
    for affect in known:
        own = own.towards(affect, 0.5 / len(known))
    return own


@lru_cache(maxsize=256)
def _trait(word: str) -> Affect | None:
    try:
        return affect_of(word)
    except UnknownNameError:
        return None


def _candidates(moment: Moment) -> Iterator[_Candidate]:
    own = _mode_row(moment.theme.key.mode.name)
    axes: dict[str, list[StepRow | None]] = {}
    for row in step_rows():
        if _allowed(moment, row):
            axes.setdefault(row.axis, [None]).append(row)
    for mode in _modes(moment):
        for chosen in product(*axes.values()):
            rows = tuple(row for row in chosen if row)
            if sum(row.hard for row in rows) > 2 or (moment.kind in ("hint", "build", "coda")) == all(row.whole for row in rows):
                continue
            shift = sum((row.shift for row in rows), _mode_shift(own, mode))
            yield _Candidate(mode, rows, shift, sum(row.cost for row in rows) + (0.08 if mode else 0.0))


def _modes(moment: Moment) -> Iterator[ModeRow | None]:
    yield None
    if {"mode", "change of mode"} & set(moment.who.never):
        return
    wonder = moment.feel.valence > 0.3 and 0.25 < moment.feel.tension < 0.5
    for row in mode_rows():
        if row.name not in (*moment.who.never, moment.theme.key.mode.name) and (wonder or not row.wonder):
            yield row


def _allowed(moment: Moment, row: StepRow) -> bool:
    name = row.name
    if name in moment.who.never or row.step in moment.who.never:
        return False
    if row.hard and moment.known < 2:
        return False
    if moment.kind in ("enter", "hit") and (not row.whole or row.hard):
        return False
    fragment = moment.kind in ("hint", "build", "coda")
    return (
        not (name == "truncate" and fragment)
        and not (name == "head" and not fragment and moment.known < 2)
        and (row.whole or moment.known > 1 or fragment)
    )


def _cost(moment: Moment, candidate: _Candidate) -> float:
    home = home_affect(moment.who, moment.theme)
    squares = 0.0
    for axis, weight in HEAR.items():
        gap = getattr(moment.feel, axis) - getattr(home, axis) - getattr(candidate.shift, axis)
        squares += (weight * gap) ** 2
    steps = {row.name for row in candidate.rows}
    cost = sqrt(squares) + candidate.cost
    if moment.kind == "climax" and "augment" in steps:
        cost -= 0.35
    if moment.kind == "climax" and not all(row.whole for row in candidate.rows) and not _denied(moment.feel):
        cost += 0.5
    if moment.feel.valence < -0.2 and "truncate" in steps:
        cost -= 0.1
    return round(cost + 0.04 * moment.draw * len(candidate.rows), 6)


def _denied(feel: Affect) -> bool:
    """Tell whether a climax is a defeat, in which the theme is denied its end."""
    return feel.valence < -0.4 and feel.power < 0


def _growth(moment: Moment, found: float) -> float:
    """Return the price of a leap: a theme grows or dies by steps, and in one direction between two turns."""
    leap = max(0.0, abs(found - moment.last) - 0.35)
    wrong = max(0.0, found - moment.last if moment.farther else moment.last - found)
    return 0.5 * leap + (0.3 * wrong if moment.last < 1.0 else 0.0)


def _made(moment: Moment, candidate: _Candidate) -> Variant | None:
    texts, says = [], []
    if candidate.mode:
        texts.append(candidate.mode.name)
        says.append(f"in {candidate.mode.name}")
    for row in candidate.rows:
        texts.append(step_text(moment.theme, row, moment.notes))
        says.append(row.says)
    motif = varied(moment.theme, tuple(texts))
    if motif.duration > moment.room:
        return None
    like = likened(moment.theme, motif)
    near = moment.known < 2 and moment.kind not in ("hint", "build", "coda")
    if like < (max(NEAR_PLAIN, moment.who.keep) if near and texts else moment.who.keep if texts else 0.0):
        return None
    return Variant(motif, tuple(texts), like, tuple(says), candidate.rows)


def step_text(theme: Motif, row: StepRow, notes: int) -> str:
    """Return a row's step as the transform table reads it, its number filled in."""
    return row.step.format(n=min(notes, len(theme.sounding())))


@lru_cache(maxsize=4096)
def varied(theme: Motif, steps: tuple[str, ...]) -> Motif:
    """Return a theme after steps of the transform table."""
    for text in steps:
        theme = parse_transform(text)(theme)
    return theme


@lru_cache(maxsize=4096)
def likened(theme: Motif, variant: Motif) -> float:
    """Return how much of a theme is heard in a variant, 0 to 1."""
    return round(likeness(theme, variant).total, 6)


def _mode_row(name: str) -> ModeRow | None:
    return next((row for row in mode_rows() if row.name == name), None)


def _mode_shift(own: ModeRow | None, mode: ModeRow | None) -> Shift:
    if mode is None:
        return Shift()
    return Shift(valence=mode.valence - (own.valence if own else 0.0), tension=mode.tension - (own.tension if own else 0.2))
