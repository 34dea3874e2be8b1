"""Reorchestration: what was composed, for another force, in one word."""

from __future__ import annotations

from dataclasses import replace

from motifgen.compose.desk import Line, Scoring, Texture
from motifgen.compose.orchestration.orchestrate import orchestrate
from motifgen.errors import UnknownNameError
from motifgen.orchestra.instrument import find_instrument, instruments
from motifgen.orchestra.palette import palette, palettes

_LIGHT = 0.3


def rescored(texture: Texture, force: str) -> Scoring:
    """Return the same fabric played by another force.

    Parameters
    ----------
    texture : Texture
    force : str
        ``tutti`` (everybody of the scene's own style, throughout), a style such as ``chamber``, ``piano`` or ``folk 0.6 + jazz 0.4``
        (its players), or an instrument such as ``solo cello`` (it sings every theme, the others accompany).

    Raises
    ------
    UnknownNameError
        When the force is none of these; it shows the nearest.
    """
    plain = " ".join(force.casefold().split())
    if plain == "tutti":
        return orchestrate(replace(texture, lines=tuple(replace(line, weight=1.0) for line in texture.lines)), everybody=True)
    try:
        return orchestrate(texture, palette(force))
    except UnknownNameError:
        pass
    try:
        find_instrument(force)
    except UnknownNameError:
        raise UnknownNameError("force", force, ["tutti", *palettes(), *instruments()], see="motifgen styles") from None
    return orchestrate(_sung_by(texture, plain))


def _sung_by(texture: Texture, name: str) -> Texture:
    """Return a fabric whose themes are all given to one instrument."""
    plan = texture.harmony.plan
    statements = tuple(replace(each, by=name) if each.treatment in {"theme", "fragment"} else each for each in plan.statements)
    harmony = replace(texture.harmony, plan=replace(plan, statements=statements))
    return Texture(harmony, tuple(_given(line, name) for line in texture.lines), texture.warnings)


def _given(line: Line, name: str) -> Line:
    return replace(line, voice=(name,), weight=min(line.weight, _LIGHT)) if line.role == "melody" else line
