"""What the film declares: how well each theme is known before a scene, from who is cast where; never from what was composed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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


def _before(scene: Scene, story: Story | None) -> Iterator[Scene]:
    for other in story.scenes if story is not None else ():
        if other.id == scene.id:
            return
        if isinstance(other, Scene):
            yield other
