"""The plan as text to paste back: what the planner decided, as a composer would write it in the scene file."""

from __future__ import annotations

from fractions import Fraction

from motifgen.compose.desk import Plan, Statement, stated_place


def as_statements(plan: Plan) -> str:
    """Return a plan's themes and fragments as the ``statements:`` of a scene file, each with its reason as a comment.

    Pasted back, they are kept as written and can be edited. Inner material (counter-lines, ostinati, harmonies) is left to
    the planner, which makes it anew around them.

    Returns
    -------
    str
        YAML, ending in a newline; with nothing to state, an empty list.

    Examples
    --------
    >>> from motifgen.compose.spotting import spot
    >>> from motifgen.compose.planning import plan
    >>> from motifgen.motif.motif import Motif
    >>> from motifgen.story.arc import Arc
    >>> from motifgen.story.leitmotif import Character
    >>> from motifgen.story.scene import Cast, Scene
    >>> mara = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"))
    >>> scene = Scene("1m1", 12, Arc.of((0, "melancholy")), cast=[Cast(mara)], tempo=80)
    >>> print(as_statements(plan(spot(scene))), end="")
    statements:
      # the scene opens on Mara, in melancholy: Mara's theme is heard whole and plain for the first time
      - {at: bar 1, who: mara}
    """
    lines = [line for s in plan.statements if s.treatment in ("theme", "fragment") for line in _lines(plan, s)]
    return "\n".join(["statements:", *lines, ""]) if lines else "statements: []\n"


def _lines(plan: Plan, statement: Statement) -> list[str]:
    fields = [f"at: {_asked_at(plan, statement) or place(plan, statement.start)}", f"who: {statement.who.key}"]
    if statement.transforms:
        fields.append(f"as: [{', '.join(statement.transforms)}]")
    if statement.by:
        fields.append(f"by: {statement.by}")
    return [f"  # {statement.why}", f"  - {{{', '.join(fields)}}}"]


def _asked_at(plan: Plan, statement: Statement) -> str:
    """Return the seconds at which the composer asked for a statement, which hold the tempo to them; empty where none are asked."""
    spotting, scene = plan.spotting, plan.spotting.scene
    own = [it.at for it in scene.statements if it.who.key == statement.who.key and isinstance(it.at, Fraction)] if statement.asked else []
    seconds = next((at for at in own if stated_place(at, spotting.bars, spotting.tempo) == statement.start), None)
    return "" if seconds is None else f"{round(float(seconds - scene.pickup), 6):.6f}".rstrip("0").rstrip(".")


def place(plan: Plan, at: Fraction) -> str:
    """Return a place as a scene file writes it: ``bar 12``, ``bar 12.3``, ``bar 12.3+1/2`` for half a beat later."""
    bar = plan.spotting.bar_at(at)
    beats, part = divmod((at - bar.start) / bar.meter.beat, 1)
    if not beats and not part:
        return f"bar {bar.number}"
    return f"bar {bar.number}.{beats + 1}" + (f"+{part}" if part else "")
