"""Anchors: moments that the bars must meet, drawn from a scene's hits, its asked statements, and its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class Anchor:
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
        Quarters of a theme that begins there before its own bar line, which is what wants the downbeat then; of the beginning of
        a stretch, how far before it that theme begins.
    into : int
        The number of the stretch of another meter that begins there, on a bar line; 0 if none does.
    soft : bool
        Whether bars are counted to it, but the tempo is not bent to meet it.
    """

    at: Fraction
    on: str
    skip: float
    pull: float
    slack: Fraction = Fraction(0)
    pickup: Fraction = Fraction(0)
    into: int = 0
    soft: bool = False


def anchors(scene: Scene, story: Story | None = None, meters: Sequence[Stretch] = ()) -> tuple[Anchor, ...]:
    """Return what the bars must meet between the scene's start and end, in order of time; one for each moment.

    A moment is one for two where the cheaper may be missed by as much as they lie apart.

    Parameters
    ----------
    meters : Sequence[Stretch], optional
        The scene's stretches; all but the first begin on a bar line.
    """
    found: list[Anchor] = []
    for anchor in sorted([*_led_on(_all(scene, story), meters), *_begun(meters)], key=lambda a: (a.at, -a.skip)):
        if found and anchor.at - found[-1].at <= max(_SAME, _give(found[-1], anchor)):
            found[-1] = _both(found[-1], anchor)
        else:
            found.append(anchor)
    return tuple(found)


def _led_on(found: Iterable[Anchor], meters: Sequence[Stretch]) -> Iterator[Anchor]:
    """Go through anchors; of those with which an upbeat into another meter begins only the bar line counts that it leads to."""
    upbeats = {after.since: (after.upbeat, before.meter.beat) for before, after in pairwise(meters) if after.upbeat}
    for anchor in found:
        upbeat, beat = upbeats.get(anchor.at, (Fraction(0), Fraction(1)))
        led = anchor.on == "beat" and anchor.pickup == upbeat > 0
        yield replace(anchor, on="any" if upbeat % beat else "beat", pull=0.0) if led else anchor


def _begun(meters: Sequence[Stretch]) -> list[Anchor]:
    """Return the beginnings of stretches; one that is a moment of the picture is as free as that."""
    return [
        Anchor(it.at, "downbeat", 0.0, 0.0, Fraction(1) if it.met else Fraction(0), it.upbeat, number, soft=not it.met)
        for number, it in enumerate(meters)
        if number
    ]


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
    return replace(anchor, at=max(anchor.at + min(max(by, -most), most), Fraction(0)))


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
    into, soft = max(one.into, other.into), one.soft and other.soft
    return Anchor(at, strict, dear.skip, max(one.pull, other.pull), max(slack, Fraction(0)), dear.pickup, into, soft)
