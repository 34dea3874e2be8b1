"""What the film declares: how well each theme is known before a scene, and how far its journey has come.

Only who is cast where, in which role, and the journeys count; never what was composed. So a scene can be composed alone,
and editing one scene's arc, hits, times, style or statements changes no other scene.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from motifgen.compose.planning.table import Shift, state_shifts
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Scene, Story


def heard_before(scene: Scene, story: Story | None) -> Mapping[str, int]:
    """Return how often each theme counts as heard whole before a scene begins.

    Every earlier scene in which a character leads counts once, because a lead is heard whole at least once in its
    presence. Arcs, hits, times, styles and statements do not count: editing them changes no other scene.
    """
    heard: dict[str, int] = {}
    for earlier in _before(scene, story):
        for key in sorted({cast.who.key for cast in earlier.cast if cast.role == "lead"}):
            heard[key] = heard.get(key, 0) + 1
    return heard


def ever_whole(story: Story | None, scene: Scene) -> frozenset[str]:
    """Return whose themes are heard whole somewhere in the film: all who lead, and whom a hit reveals or lets enter."""
    scenes = [it for it in story.scenes if isinstance(it, Scene)] if story is not None else [scene]
    leading = {cast.who.key for it in scenes for cast in it.cast if cast.role == "lead"}
    called = {hit.who for it in scenes for hit in it.hits if hit.do in ("entry", "reveal")}
    return frozenset(leading | called)


def first_lead(scene: Scene, story: Story | None) -> str:
    """Return whose film it is, where a scene is its last: who leads first in the first scene; empty in any other scene."""
    composed = [it for it in story.scenes if isinstance(it, Scene) and it.cast] if story is not None else []
    if len(composed) < 2 or composed[-1].id != scene.id:
        return ""
    return next((cast.who.key for it in composed for cast in it.cast if cast.role == "lead"), "")


def journey(who: Character, scene: Scene, story: Story | None) -> tuple[Shift, str]:
    """Return what a character's journey adds to its feeling in a scene, and the state in words (empty when there is none).

    A station is reached in the scene that it names; on the way there the change grows evenly from scene to scene, and the
    last station stays.
    """
    order = {it.id: i for i, it in enumerate(story.scenes)} if story is not None else {scene.id: 0}
    here = order.get(scene.id, 0)
    stages = sorted((order[stage.by], stage.state) for stage in who.journey if stage.by in order)
    if not stages:
        return Shift(), ""
    way = [(0, Shift(), ""), *((place, state_shifts()[state], state) for place, state in stages)]
    for (start, before, was), (end, after, state) in pairwise(way):
        if here < end:
            amount = (here - start) / (end - start)
            on_the_way = f"not yet {state}" if not was else f"{was}, on the way to {state}"
            return before.scaled(1 - amount) + after.scaled(amount), on_the_way if amount else was
    return way[-1][1], way[-1][2]


def dead_before(who: Character, scene: Scene, story: Story | None) -> bool:
    """Tell whether a character died in an earlier scene, by its journey, and was not brought back since."""
    order = {it.id: i for i, it in enumerate(story.scenes)} if story is not None else {}
    past = sorted((order[stage.by], stage.state) for stage in who.journey if order.get(stage.by, len(order)) < order.get(scene.id, 0))
    return bool(past) and past[-1][1] == "dead"


def unknown_stages(who: Character, story: Story | None) -> tuple[str, ...]:
    """Return a sentence for each station that names a scene which the film does not have."""
    known = {it.id for it in story.scenes} if story is not None else set()
    missing = [stage.by for stage in who.journey if story is not None and stage.by not in known]
    return tuple(f"the journey of {who.name} names scene {by}, which is not in the film: that station is left out" for by in missing)


def _before(scene: Scene, story: Story | None) -> Iterator[Scene]:
    for other in story.scenes if story is not None else ():
        if other.id == scene.id:
            return
        if isinstance(other, Scene):
            yield other
