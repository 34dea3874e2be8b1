"""Reasons: why a statement is what it is, in a sentence that a composer would accept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from motifgen.compose.planning.deck import mode_row
from motifgen.compose.planning.moments import Moment
from motifgen.compose.planning.occasions import Occasion
from motifgen.compose.planning.table import ModeRow, StepRow, because
from motifgen.compose.planning.variants import Variant

TREND = 0.05
_SEVERAL = re.compile(r"The .*[^s]s")


def reason(occasion: Occasion, moment: Moment, variant: Variant, guest: str = "") -> str:
    """Return a statement's reason: the story's side, then what the music does about it."""
    said = [_music(moment, variant)]
    if occasion.cast is not None and occasion.role == "support":
        # It may have moved in inner voices before.
        said[0] = said[0].replace(" for the first time", ", in front for the first time")
    if guest and variant.card.mode is not None and variant.card.mode.name == moment.guest:
        said.append(f"in the color of {guest}")
    if occasion.cast is not None and occasion.cast.irony:
        said.append("in irony: it does not feel what the scene feels")
    why = occasion.late if occasion.kind == "hint" and moment.known else occasion.why
    return f"{why}: {', '.join(said)}"


def agreeing(text: str, names: Iterable[str]) -> str:
    """Return a sentence as it is written: ``The`` of a name small within it, and verbs that agree with names of several.

    Examples
    --------
    >>> agreeing("The Weird Sisters is here: the head of The Weird Sisters' theme alone", ["The Weird Sisters"])
    "The Weird Sisters are here: the head of the Weird Sisters' theme alone"
    >>> agreeing("the theme of The Weird Sisters is in 6/8", ["The Weird Sisters"])
    'the theme of the Weird Sisters is in 6/8'
    """
    for name in names:
        if _SEVERAL.fullmatch(name):
            text = re.sub(rf"(?<!of )({re.escape(name)}(?:, who)?) ([a-z]+)s\b", lambda found: f"{found[1]} {_plural(found[2])}", text)
            text = re.sub(rf"({re.escape(name)} [a-z]+) its\b", r"\1 their", text)
    return re.sub(r"(?<=[\w,:] )The (?=[A-Z])", "the ", text)


def _plural(stem: str) -> str:
    """Return a verb for several from the stem of the one for one: ``i(s)`` is ``are``, ``presse(s)`` is ``press``."""
    known = {"i": "are", "wa": "were", "ha": "have", "goe": "go", "presse": "press"}
    return known.get(stem, stem)


def possessive(name: str) -> str:
    """Return whose it is: ``"Mara's"``, ``"the Sisters'"``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _music(moment: Moment, variant: Variant) -> str:
    part = next((f"{row.part} " for row in variant.card.rows if row.part), "")
    theme = f"{part}{possessive(moment.who.name)} theme"
    changes = _changes(moment, variant)
    if variant.steps == moment.before:
        if moment.kind == "return":
            return f"{theme} is itself again, whole and plain"
        return f"{theme} is heard whole and plain" + ("" if moment.known else " for the first time")
    if not changes:
        return f"{theme} alone" if part else f"{theme} is broken off where its room ends"
    whole = "whole, " if variant.whole and moment.kind in ("climax", "return") else ""
    return f"{theme}, {whole}{_listed(changes)}".removesuffix(",")


def _changes(moment: Moment, variant: Variant) -> list[str]:
    found = []
    if variant.card.mode is not None:
        found.append(_recast(moment, variant.card.mode))
    found += [_said(moment, row) for row in sorted(variant.card.rows, key=lambda row: row.axis != "form") if row.says]
    if moment.after:
        found.append("higher again")
    return found


def _recast(moment: Moment, mode: ModeRow) -> str:
    """Return a mode as what it makes of the theme; where the feeling has since gone the other way, as where the theme stands."""
    own = mode_row(moment.theme.key.mode.name)
    darker = own is None or mode.valence < own.valence
    if own is None or (moment.trend > TREND if darker else moment.trend < -TREND):
        return f"in {mode.name}"
    return f"{'darkened' if darker else 'brightened'} to {mode.name}"


def _said(moment: Moment, row: StepRow) -> str:
    """Return what a step does; for a mirror, also what in the story calls for it."""
    if row.names.isdisjoint(("invert", "retrograde")):
        return row.says
    called = next((says for calling, says in because().items() if calling in row.belongs & moment.calls), "")
    return f"{row.says}, {called}," if called else row.says


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
