"""Which form of a theme fits a moment: every allowed combination of steps is scored, and the cheapest wins."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from motifgen.affect import AXES
from motifgen.compose.planning.deck import Card, Deck, deck, mode_row
from motifgen.compose.planning.forms import Forms, step
from motifgen.compose.planning.moments import Moment
from motifgen.compose.planning.moods import dark, home_affect
from motifgen.compose.planning.table import ModeRow, StepRow, mode_rows, step_rows
from motifgen.compose.planning.wishes import wishes
from motifgen.motif.motif import Motif

HEAR = {"valence": 1.0, "arousal": 0.35, "tension": 0.7, "power": 0.4}
NEAR_PLAIN = 0.8
LONGLIST = 200
DEVELOPING = ("develop", "memory", "bridge", "build")
TENSE, LIGHT = 0.6, 0.2
KNOWN_AGAIN, STRANGE, IMAGE_ALONE = 0.5, 1.5, 0.3
HARMONIC = ("corrupt", "redeem", "recontextualize")
#: What a mode costs for each 1 of valence, beyond this much, that it is off the scene's: anybody hears a mode, whoever's theme it is.
ANYBODY, NEAR_MODE = 0.6, 0.3
SAME, WORN, MOST_WORN = 0.12, 0.07, 0.28


class Variant(NamedTuple):
    """A form of a theme: how it sounds, by which steps, how much of the theme is left, and the card it is.

    ``delay`` is by how many quarters it begins after its room does, to keep its place in the bar.
    """

    motif: Motif
    steps: tuple[str, ...]
    likeness: float
    card: Card = Card(None, ())
    delay: Fraction = Fraction(0)

    @property
    def whole(self) -> bool:
        """Tell whether the theme is heard to its end."""
        return self.card.whole


def choose(moment: Moment) -> Variant | None:
    """Return the form of the theme that fits a moment best; ``None`` when no allowed form has room.

    The cost of a form is what is left between the feeling it carries and the feeling asked, plus the price of its steps,
    plus what the theme's own story says: changes go by steps, an unknown theme stays plain, a withheld goal comes back.
    """
    cards = _deck(moment)
    costs = _costs(moment, cards)
    best: tuple[float, Variant] | None = None
    for rank, place in enumerate(np.argsort(costs, kind="stable")):
        cost = float(costs[place])
        # A height with little room goes through all: what fits is far from what it wishes for.
        if (best is not None and cost >= best[0]) or (rank >= LONGLIST and (best is not None or moment.kind != "climax")):
            break
        card = cards.card(int(place))
        steps = _steps(moment, card)
        worn = _worn(moment, steps)
        # What is dear enough before it is heard need not be made.
        if best is not None and round(cost + worn, 6) >= best[0]:
            continue
        variant = _made(moment, card, steps)
        if variant is None:
            continue
        total = round(cost + worn + _growth(moment, variant) + _strangeness(moment, variant), 6)
        # Whether it can be heard is asked last, of the few that would win: it takes a form for every step of the way.
        if (best is None or total < best[0]) and _audible(moment, variant):
            best = (total, variant)
    return best[1] if best else None


def _deck(moment: Moment) -> Deck:
    steps = frozenset(row.step for row in step_rows() if _allowed(moment, row))
    wonder = moment.feel.valence > 0.3 and 0.25 < moment.feel.tension < 0.5 and moment.feel.power < 0.35
    modes = {row.name for row in mode_rows() if (wonder or not row.wonder) and _that_way(moment, row)} - set(moment.who.never)
    if moment.fresh and not moment.known:
        modes = set()
    return deck(moment.theme.key.mode.name, steps, frozenset(modes), fragment=moment.fragment)


def _that_way(moment: Moment, row: ModeRow) -> bool:
    """Tell whether a mode goes the way the feeling goes: nothing brightens because something else about it is dark."""
    home, own = home_affect(moment.who, moment.theme), mode_row(moment.theme.key.mode.name)
    way = row.valence - (own.valence if own else 0.0)
    if way > 0 and dark(moment.who) and not moment.own:
        return False
    asked = moment.feel.valence - home.valence
    return asked > 0.1 if way > 0 else asked < -0.1 or moment.feel.tension > home.tension + 0.3


def _allowed(moment: Moment, row: StepRow) -> bool:
    """Tell whether a step may happen here: never what is forbidden, nothing hard to an unknown theme, no torn entrance."""
    never = moment.who.never
    if (never and not {*row.names, row.step}.isdisjoint(never)) or not _placed(moment, row):
        return False
    if row.develops and (moment.kind not in DEVELOPING or moment.known < 2 - moment.fragment or moment.mend):
        return False
    if moment.after and row.axis == "register":
        return False
    if moment.fragment:
        return (row.develops or row.names.isdisjoint(("truncate", "augment", "diminish"))) and (not row.whole or not row.hard)
    if moment.fresh:
        return bool(moment.known) and row.whole and not row.hard
    entrance = moment.kind in ("enter", "hit", "emotion")
    return (row.whole or not (entrance or moment.mend)) and not (entrance and row.axis in ("line", "rhythm"))


def _placed(moment: Moment, row: StepRow) -> bool:
    """Tell whether a step has a place in the story here: one that belongs somewhere, and other chords under a known theme."""
    if (row.belongs and not row.belongs & moment.calls) or ("reflect" in row.names and not _reflects(moment)):
        return False
    if row.dark and moment.feel.valence > 0 and moment.feel.tension < TENSE:
        return False
    if moment.kind == "return" and (row.dark or "corrupt" in row.names):
        return False
    if row.light and (moment.feel.valence < LIGHT or moment.feel.arousal < 0 or dark(moment.who)):
        return False
    if row.axis != "harmony":
        return True
    dark_now = "redeem" in row.names and moment.feel.valence < 0
    return not (moment.fragment or moment.known < 2 or dark_now)


def _reflects(moment: Moment) -> bool:
    """Tell whether a theme may be answered by its image: once in a scene, at its leisure, and not where the image alone is allowed."""
    once = not any(text.startswith("reflect") for form in moment.worn for text in form)
    return once and moment.kind in ("turn", "develop", "again") and moment.who.keep >= IMAGE_ALONE


def _costs(moment: Moment, cards: Deck) -> NDArray[np.float64]:
    home = home_affect(moment.who, moment.theme)
    squares = np.zeros(len(cards))
    for column, axis in enumerate(AXES):
        gap = getattr(moment.feel, axis) - getattr(home, axis) - cards.shifts[:, column]
        squares += (HEAR[axis] * gap) ** 2
    costs = np.sqrt(squares) + cards.costs * (1 + 0.3 * moment.draw)
    if not (moment.own or dark(moment.who)):
        costs += ANYBODY * np.maximum(np.abs(moment.feel.valence - cards.tones) - NEAR_MODE, 0.0)
    for name, price in wishes(moment):
        costs += price * cards.marked(name)
    return np.round(costs, 6)


def _worn(moment: Moment, steps: tuple[str, ...]) -> float:
    """Return the price of a form that was heard before: the same change twice running is dear, and each time wears it.

    The plain theme wears too, from its third time in a scene on.
    """
    done = (*moment.before, *steps)
    if not done:
        return min(WORN * max(moment.worn.count(()) - 1, 0), MOST_WORN)
    return SAME * (moment.worn[-1:] == (done,)) + min(WORN * moment.worn.count(done), MOST_WORN)


def _growth(moment: Moment, variant: Variant) -> float:
    """Return the price of a leap: a theme grows or dies by steps, and in one direction between two turns."""
    called = any(row.belongs & moment.calls for row in variant.card.rows)
    if moment.last is None or called or moment.kind in ("hit", "climax", "return"):
        return 0.0
    found = variant.likeness
    if any(row.develops for row in variant.card.rows):
        return 0.0  # it is made of the theme's own phrases: nothing about them has changed
    leap = max(0.0, abs(found - moment.last) - 0.3)
    wrong = max(0.0, found - moment.last if moment.farther else moment.last - found)
    return 0.6 * leap + 0.5 * wrong


def _strangeness(moment: Moment, variant: Variant) -> float:
    """Return the price of a form that few would know again, for an owner whose floor allows it, unless the story calls for it."""
    called = any(row.belongs & moment.calls for row in variant.card.rows)
    return 0.0 if called else STRANGE * max(0.0, KNOWN_AGAIN - variant.likeness)


def _audible(moment: Moment, variant: Variant) -> bool:
    """Tell whether every step of a form makes a difference, but for those that scene or occasion demand."""
    steps = variant.steps[len(moment.before) :]
    return all(_heard(moment.forms, steps[: i + 1]) for i in range(len(steps) - len(moment.after)))


def _heard(forms: Forms, steps: tuple[str, ...]) -> bool:
    """Tell whether the last of some steps makes a difference: a theme without thirds does not turn minor."""
    after, before = forms.after(steps), forms.after(steps[:-1])
    if step(steps[-1]).name in HARMONIC:
        return after.motif.notes != before.motif.notes
    return after.notes(after.motif.key) != before.notes(before.motif.key)


def _steps(moment: Moment, card: Card) -> tuple[str, ...]:
    """Return a card's steps as text, with those that the occasion demands."""
    texts = [card.mode.name] if card.mode else []
    for row in card.rows:
        texts += row.step.format(n=moment.forms.part(moment.notes)).split(", ")
    return (*texts, *moment.after)


def _made(moment: Moment, card: Card, steps: tuple[str, ...]) -> Variant | None:
    """Return a card as a motif, if it fits the room and the theme's floor; a fresh theme must stay near plain."""
    if _blurred(card) or _contrary(moment, card):
        return None
    form = moment.forms.after(steps)
    motif = form.motif
    delay = _delay(moment, motif)
    taken = form.duration + delay if delay else form.duration
    if moment.kind not in ("build", "develop") and any(row.develops for row in card.rows):
        # What goes on beyond the theme leaves the ear a bar before the next one; on the way to the climax nothing rests.
        taken += motif.meter.bar
    if delay.numerator < 0 or taken > moment.room:
        return None
    found = form.likeness
    floor = max(NEAR_PLAIN, moment.who.keep) if moment.fresh else moment.who.keep
    if (steps and found < floor) or not _written(card, motif):
        return None
    return Variant(motif, (*moment.before, *steps), found, card, delay)


def _blurred(card: Card) -> bool:
    """Tell whether something else is done to an image, which is known by its likeness to what it answers."""
    reflected = any("reflect" in row.names for row in card.rows)
    return reflected and any(row.axis not in ("form", "register", "harmony") for row in card.rows)


def _contrary(moment: Moment, card: Card) -> bool:
    """Tell whether a form takes back with one hand what it gives with the other: redeemed, and darkened or like a machine."""
    own = mode_row(moment.theme.key.mode.name)
    darker = card.mode is not None and own is not None and card.mode.valence < own.valence
    return any("redeem" in row.names for row in card.rows) and (darker or any(row.dark for row in card.rows))


def _written(card: Card, motif: Motif) -> bool:
    """Tell whether players can read a form: broadened by half, every note is still one note, with a dot at most, and on its beat."""
    if not any(row.uneven for row in card.rows):
        return True
    plain = all(row.axis != "rhythm" for row in card.rows)
    return plain and all(note.duration.numerator in (1, 2, 3, 4, 6, 8, 12) for note in motif.notes)


def _delay(moment: Moment, motif: Motif) -> Fraction:
    """Return by how many quarters a form must wait to keep its place in the bar; less than 0 where its pickup has no room."""
    if moment.lead is None or moment.lead == motif.pickup:
        return Fraction(0)
    delay = moment.lead - motif.pickup
    return delay + motif.meter.bar if delay < 0 and moment.fragment else delay
