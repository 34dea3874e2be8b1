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
class Moment:
    """Where a theme is found, who plays it, how it is changed, and how much of it is heard, 0 to 1."""

    seconds: float
    end_seconds: float
    part: str
    transformation: str
    likeness: float


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
    moments : tuple[Moment, ...]
        Every occurrence, by time.
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
    moments: tuple[Moment, ...] = ()


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
    moments = tuple(
        Moment(round(each.seconds, 3), round(each.end_seconds, 3), each.part, each.transformation, round(each.likeness, 4))
        for each in sorted(inside, key=lambda each: (each.seconds, each.part))
    )
    first = min(each.seconds for each in inside)
    like = round(best.likeness, 4)
    return ThemeHeard(cast.who.key, cast.role, start, end, len(inside), first, best.part, best.transformation, like, moments)
