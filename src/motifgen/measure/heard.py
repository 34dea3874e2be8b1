"""Themes as a listener finds them: by search in the notes, beside who should be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motifgen.measure.finding import Occurrence, find_themes
from motifgen.motif.motif import Motif
from motifgen.sketch.recording import Recording
from motifgen.story.casting import themes
from motifgen.story.scene import Cast, Scene, Story

#: Seconds before and after a presence in which its theme may begin and still belong to it.
LEEWAY = 2.0
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class ThemeHeard:
    """Whether the theme of somebody who is present is found in the recording.

    Parameters
    ----------
    who, role : str
    from_seconds, to_seconds : float
        The presence.
    found : int
        Occurrences that begin within it, two seconds more on either side.
    first_seconds : float or None
        Where the first of them begins.
    part, transformation : str
        Who plays the one that is most like the theme, and how it is changed; empty where there is none.
    likeness : float
        How much of the theme is heard in that one, 0 to 1.
    """

    who: str
    role: str
    from_seconds: float
    to_seconds: float
    found: int
    first_seconds: float | None
    part: str
    transformation: str
    likeness: float


def themes_heard(recording: Recording, scene: Scene, story: Story | None = None) -> tuple[ThemeHeard, ...]:
    """Return what is found of every theme whose bearer is cast, presence by presence, in the order of the cast.

    Themes of fewer than three notes cannot be told from chance, and are left out.
    """
    motifs = sought(scene, story)
    found = find_themes(recording, motifs) if motifs else {}
    return tuple(_within(cast, found[cast.who.key]) for cast in scene.cast if cast.who.key in motifs)


def sought(scene: Scene, story: Story | None = None) -> Mapping[str, Motif]:
    """Return the themes of those who are cast, by key, that have enough notes to be searched for."""
    cast = {each.who.key for each in scene.cast}
    return {key: motif for key, motif in themes(scene, story).items() if key in cast and len(motif.sounding()) >= _FEWEST}


def _within(cast: Cast, occurrences: Sequence[Occurrence]) -> ThemeHeard:
    start, end = float(cast.span.start), float(cast.span.end)
    inside = [each for each in occurrences if start - LEEWAY <= each.seconds <= end + LEEWAY]
    if not inside:
        return ThemeHeard(cast.who.key, cast.role, start, end, 0, None, "", "", 0.0)
    best = max(inside, key=lambda each: (round(each.likeness, 6), -each.seconds))
    first = min(each.seconds for each in inside)
    return ThemeHeard(cast.who.key, cast.role, start, end, len(inside), first, best.part, best.transformation, round(best.likeness, 4))
