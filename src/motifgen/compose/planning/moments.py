"""Moments: what is asked of a theme at one place."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.compose.planning.forms import Forms
from motifgen.compose.planning.occasions import FRAGMENTS
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character


class Moment(NamedTuple):
    """What is asked of a theme at one place.

    Parameters
    ----------
    who : Character
    forms : Forms
        Its theme, and what may be made of it.
    feel : Affect
    room : Fraction
        Quarters until something else needs the place.
    kind : str
        The kind of occasion.
    known : int
        How often the theme was heard whole before, in this film.
    last : float, optional
        The likeness of its previous variant in this scene.
    farther : bool
        Whether the feeling is now farther from the theme's home state than at its previous statement.
    trend : float
        By how much valence has risen since the theme was last heard in the scene.
    guest : str
        The mode of someone under whose influence the theme's owner stands, or empty.
    lead : Fraction, optional
        Quarters from where the room begins to where the first downbeat shall fall; without it the first note begins the room.
    own : bool
        Whether the feeling is the owner's own, and not merely the scene's.
    draw : float
        0..1, a keyed draw that decides between near equals.
    notes : int
        How many notes a fragment shall have.
    before, after : tuple[str, ...]
        Steps that the scene's meter demands, already done to ``theme``, and steps that the occasion demands, done last.
    worn : tuple[tuple[str, ...], ...]
        The changed forms in which the theme was heard in this scene, the last one last.
    calls : frozenset[str]
        What in the story calls for a technique: see `callings`.
    mend : bool
        Whether the theme was broken off last time, so that it must now be heard to its end.
    """

    who: Character
    forms: Forms
    feel: Affect
    room: Fraction
    kind: str
    known: int
    last: float | None = None
    farther: bool = False
    trend: float = 0.0
    guest: str = ""
    lead: Fraction | None = None
    own: bool = False
    draw: float = 0.0
    notes: int = 4
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    worn: tuple[tuple[str, ...], ...] = ()
    calls: frozenset[str] = frozenset()
    mend: bool = False

    @property
    def theme(self) -> Motif:
        """Return the theme, in the scene's meter."""
        return self.forms.theme

    @property
    def fragment(self) -> bool:
        """Tell whether only a part of the theme is asked."""
        return self.kind in FRAGMENTS

    @property
    def fresh(self) -> bool:
        """Tell whether the theme is not yet known: it was not heard whole twice."""
        return self.known < 2 and not self.fragment
