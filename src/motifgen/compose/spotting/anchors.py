"""Anchors: moments that the bars must meet, drawn from a scene's hits, its asked statements, and its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from motifgen.compose.spotting.stretches import Stretch
from motifgen.compose.spotting.wish import Wish
from motifgen.story import casting
from motifgen.story.scene import Hit, Scene, Story

MUST, MAY, STATEMENT = 60.0, 2.0, 10.0

#: How much each kind of hit wants the downbeat.
DOWNBEAT: Mapping[str, float] = MappingProxyType(
    {"accent": 1.8, "stinger": 1.8, "reveal": 2.2, "entry": 2.2, "swell": 0.8, "cut": 0.6, "pause": 0.5},
)
_SAME = Fraction(1, 1000)
#: Seconds below which two moments cannot both have a place of their own: a sixteenth at a very fast tempo.
_CLOSE = Fraction(9, 100)


class Anchor(NamedTuple):
    """A moment of the picture, and what its place in the bar should be.

    Parameters
    ----------
    at : Fraction
        Seconds from the scene's start.
    on : str
        ``downbeat``, ``beat`` or ``any``.
    skip : float
        What it costs to miss it.
    pull : float
        How much it wants the downbeat.
    slack : Fraction
        Seconds by which it may be moved to serve two hits at once.
    pickup : Fraction
        Quarters of a theme that begins there before its own bar line, which is what wants the downbeat then.
    into : int
        The number of the stretch of another meter that begins there, on a bar line; 0 if none does.
    soft : bool
        Whether bars are counted to it, but the tempo is not bent to meet it.
    line : Fraction
        Seconds, more or less, of the bar line to which a pickup leads where a stretch begins.
    """

    at: Fraction
    on: str
    skip: float
    pull: float
    slack: Fraction = Fraction(0)
    pickup: Fraction = Fraction(0)
    into: int = 0
    soft: bool = False
    line: Fraction = Fraction(0)


def anchors(scene: Scene, story: Story | None = None, meters: Sequence[Stretch] = ()) -> tuple[Anchor, ...]:
    """Return what the bars must meet between the scene's start and end, in order of time; one for each moment.

    A moment is one for two where the cheaper may be missed by as much as they lie apart.

    Parameters
    ----------
    meters : Sequence[Stretch], optional
        The scene's stretches; all but the first begin on a bar line.
    """
    found: list[Anchor] = []
    for anchor in sorted([*_all(scene, story), *_begun(meters)], key=lambda a: (a.at, -a.skip)):
        if found and anchor.at - found[-1].at <= max(_SAME, _give(found[-1], anchor)):
            found[-1] = _both(found[-1], anchor)
        else:
            found.append(anchor)
    return tuple(found)


def _begun(meters: Sequence[Stretch]) -> list[Anchor]:
    """Return the beginnings of stretches; one that is a moment of the picture is as free as that."""
    found = []
    for number, it in enumerate(meters):
        slack = Fraction(1) if it.met else Fraction(0)
        if number and it.upbeat:
            found.append(Anchor(it.since, "downbeat", 0.0, 0.0, slack, it.upbeat, number, line=it.at))
        elif number:
            found.append(Anchor(it.at, "downbeat", 0.0, 0.0, slack, into=number, soft=not it.met))
    return found


def _give(one: Anchor, other: Anchor) -> Fraction:
    """Return by how much the cheaper of two may be missed, if they lie so close that they can have no places of their own."""
    return min(min(one, other, key=lambda anchor: (anchor.skip, -anchor.at)).slack, _CLOSE)


def eased(found: Sequence[Anchor], wish: Wish) -> tuple[tuple[Anchor, ...], int]:
    """Return anchors of which close pairs share a moment, or are moved apart or together, within their tolerance; and how many were."""
    moved: list[Anchor] = []
    for anchor in found:
        gap = anchor.at - moved[-1].at if moved else _CLOSE
        if gap < _CLOSE and gap <= anchor.slack + moved[-1].slack:
            moved[-1] = _both(moved[-1], anchor)
        else:
            moved.append(anchor)
    shared = len(found) - len(moved)
    for i, (one, other) in enumerate(pairwise(tuple(moved))):
        grid = Fraction(15 / wish.bpm(float(one.at))).limit_denominator(100_000)
        gap = other.at - one.at
        give = (max(round(gap / grid), 1) * grid - gap) / 2
        if gap < 8 * grid and abs(give) > gap / 40 and moved[i] is one:
            moved[i] = _shifted(one, -give)
            moved[i + 1] = _shifted(other, give)
            shared += 2
    return tuple(moved), shared


def _shifted(anchor: Anchor, by: Fraction) -> Anchor:
    # A fiftieth of the tolerance is left for the rounding of the tempo.
    most = anchor.slack * Fraction(49, 50)
    return anchor._replace(at=max(anchor.at + min(max(by, -most), most), Fraction(0)))


def _all(scene: Scene, story: Story | None) -> list[Anchor]:
    hits = [_of_hit(hit, scene, story) for hit in scene.hits if hit.at > _SAME]
    asked = [(it, it.at) for it in scene.statements if isinstance(it.at, Fraction) and _SAME < it.at < scene.length]
    # A theme that is changed on the way has a pickup that only the planner knows.
    starts = [(at, _pickup(it.who.key, scene, story) if not it.transforms else Fraction(0)) for it, at in asked]
    if scene.pickup:
        hits.append(Anchor(scene.pickup, "downbeat", MUST, DOWNBEAT["reveal"]))
    return hits + [Anchor(at, "beat", STATEMENT, DOWNBEAT["accent"], pickup=pickup) for at, pickup in starts]


def _of_hit(hit: Hit, scene: Scene, story: Story | None) -> Anchor:
    pickup = _pickup(hit.who, scene, story) if hit.do in {"entry", "reveal"} and hit.who and hit.on != "downbeat" else Fraction(0)
    return Anchor(hit.at, hit.on, MUST if hit.must else MAY, DOWNBEAT[hit.do], hit.tolerance / scene.frame_rate.fps, pickup)


def _pickup(who: str, scene: Scene, story: Story | None) -> Fraction:
    theme = casting.themes(scene, story).get(who)
    return theme.pickup if theme else Fraction(0)


def _both(one: Anchor, other: Anchor) -> Anchor:
    """Join two demands on one moment: the stricter place, the dearer miss; exact for the dearer if the other can bear it."""
    strict = min(one.on, other.on, key=("downbeat", "beat", "any").index)
    gap, dear, cheap = other.at - one.at, *sorted((one, other), key=lambda anchor: -anchor.skip)
    at, slack = dear.at, min(dear.slack, cheap.slack - gap)
    if slack < 0 and gap > _SAME:
        slack = (one.slack + other.slack - gap) / 2
        at = one.at + one.slack - slack
    begun = max((one, other), key=lambda anchor: anchor.into)
    pickup = begun.pickup if begun.into else dear.pickup
    pull, soft = max(one.pull, other.pull), one.soft and other.soft
    return Anchor(at, strict, dear.skip, pull, max(slack, Fraction(0)), pickup, begun.into, soft, begun.line)
