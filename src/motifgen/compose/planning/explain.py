"""Explanations: what was decided at a bar, and why, as a director would ask it."""

from __future__ import annotations

from motifgen.compose.desk import Plan, Statement
from motifgen.compose.planning.paste import place
from motifgen.errors import RangeError


def explain(plan: Plan, bar: int) -> str:
    """Return in prose what the plan does in a bar: its section, its key, every theme that sounds there, each with its reason.

    Raises
    ------
    RangeError
        If the scene has no such bar.

    Examples
    --------
    >>> from motifgen.compose.spotting import spot
    >>> from motifgen.compose.planning import plan
    >>> from motifgen.story.arc import Arc
    >>> from motifgen.story.scene import Scene
    >>> print(explain(plan(spot(Scene("1m1", 12, Arc.of((0, "calm")), tempo=80, meter="4/4"))), 1))
    Bar 1 (0.0 s) is intro, in C major, at level 0.12: valence 0.60, arousal -0.75, tension 0.00, power 0.15.
    Tonal region: C major, nobody is there, and no key is named.
    No theme sounds here.
    """
    known = {it.number: it for it in plan.spotting.bars}
    if bar not in known:
        raise RangeError(f"there is no bar {bar} in scene {plan.spotting.scene.id!r}; accepted: 1 to {max(known)}")
    here = known[bar]
    section = plan.section_at(here.start)
    feel = plan.spotting.affect(here.start)
    axes = ", ".join(f"{axis} {getattr(feel, axis):.2f}" for axis in ("valence", "arousal", "tension", "power"))
    at = float(plan.spotting.seconds(here.start))
    said = [f"Bar {bar} ({at:.1f} s) is {section.function}, in {section.key}, at level {section.level:.2f}: {axes}."]
    sounding = [s for s in plan.statements if s.start < here.end and here.start < s.end]
    said += [f"Tonal region: {area.key}, {area.why}." for area in reversed(plan.keys) if area.at <= here.start][:1]
    said += [_statement(plan, s) for s in sounding] or ["No theme sounds here."]
    said += [
        f"Hit: {landing.hit.do} {landing.hit.what}".rstrip() + "."
        for landing in plan.spotting.landings
        if here.start <= landing.at < here.end
    ]
    return "\n".join(said)


def _statement(plan: Plan, statement: Statement) -> str:
    how = f", {', '.join(statement.transforms)}" if statement.transforms else ""
    far = f"likeness {statement.likeness:.2f}"
    return (
        f"{statement.who.name} ({statement.role}, {statement.treatment}{how}; from {place(plan, statement.start)}, {far}): {statement.why}."
    )
