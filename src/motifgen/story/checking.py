"""What a scene may not be: fields of another kind, moments outside it, what cannot stand beside each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from motifgen.errors import RangeError, ensure, shown
from motifgen.story import accept
from motifgen.story.arc import Arc

if TYPE_CHECKING:
    from motifgen.story.scene import Scene


def check_scene(scene: Scene) -> None:
    """Refuse a scene that cannot be, saying what is wrong, what was given and what is accepted.

    Raises
    ------
    NotationError
        For what is of another kind.
    RangeError
        For what lies outside the scene, or outside what a field may be.
    """
    _check_names(scene)
    _check_times(scene)
    _check_pickup(scene)


def _check_pickup(scene: Scene) -> None:
    ensure(f"the loop of scene {shown(scene.id)}", scene.loop, bool)
    if scene.loop and scene.pickup:
        raise RangeError(f"scene {shown(scene.id)} loops, and has a pickup that would be heard but once; accepted: one of them")
    if scene.pickup >= scene.length:
        raise RangeError(f"the pickup of {float(scene.pickup):g} s is as long as scene {shown(scene.id)}; accepted: less")


def _check_names(scene: Scene) -> None:
    accept.identifier(scene.id)
    accept.seed(scene.seed)
    for what, text in (("the title", scene.title), ("the library", scene.library or "")):
        ensure(f"{what} of scene {shown(scene.id)}", text, str)


def _check_times(scene: Scene) -> None:
    ensure(f"the arc of scene {shown(scene.id)}", scene.arc, Arc)
    if scene.humanize is not None:
        accept.share("humanize", scene.humanize, f" in scene {shown(scene.id)}")
    if scene.length <= 0:
        raise RangeError(f"scene {shown(scene.id)} lasts {float(scene.length):g} s; accepted: more than 0")
    for hit in scene.hits:
        if hit.at > scene.length:
            raise RangeError(f"a hit at {float(hit.at):g} s lies after the end of scene {shown(scene.id)} ({float(scene.length):g} s)")
    for what, spans in (("cast", [cast.span for cast in scene.cast]), ("dialogue", scene.dialogue), ("silence", scene.silence)):
        for it in spans:
            if it.end > scene.length:
                raise RangeError(f"{what} to {float(it.end):g} s lasts longer than scene {shown(scene.id)} ({float(scene.length):g} s)")

    for before, after in pairwise(sorted(scene.keep_bars, key=lambda kept: kept.first)):
        if after.first <= before.last:
            raise RangeError(f"bar {after.first} of scene {shown(scene.id)} is kept twice; accepted: each bar from one take")
