"""Descent: a theme that grows out of those whom it joins, so that it is kin to the one and can sound with both."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character, Invention

_KEPT = ("rhythm", "contour")
_CHILDREN = 2


def descends(character: Character) -> bool:
    """Tell whether a character's theme is to grow out of others: a bond of which nothing is asked but whom it joins."""
    return character.kind == "bond" and bool(character.between) and character.motif == Invention()


def descended(character: Character, parents: tuple[Motif, ...], seed: int, allowed: Callable[[Motif], bool]) -> tuple[Motif, str] | None:
    """Return a child of the first parent that agrees best with all of them, and why it is as it is; None when none is allowed.

    Parameters
    ----------
    character : Character
        Its traits color the child.
    parents : tuple[Motif, ...]
        The themes of those it joins, at least one.
    seed : int
    allowed : callable
        Whether a child may be in the cast, because it is not mistaken for another theme.

    Notes
    -----
    Source: thematic evolution and thematic complex, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.
    """
    return next(((child, why) for child, why in _children(character, parents, seed) if allowed(child)), None)


@lru_cache(maxsize=64)
def _children(character: Character, parents: tuple[Motif, ...], seed: int) -> tuple[tuple[Motif, str], ...]:
    """Return children of the first parent, those that agree best with every parent first."""
    from motifgen.motif.invention import invent  # noqa: PLC0415 - only casts with a theme to be invented pay
    from motifgen.motif.joint import together  # noqa: PLC0415 - as above

    made = [
        invent(character.traits, kind="bond", parent=parents[0], keep=kept, seed=seed, name=f"{character.key}, child {number}")
        for kept in _KEPT
        for number in range(1, _CHILDREN + 1)
    ]
    agreed = [round(min(together(parent, it.motif).consonance for parent in parents), 6) for it in made]
    order = sorted(range(len(made)), key=lambda i: (-agreed[i], i))
    return tuple((made[i].motif, made[i].reason) for i in order)
