"""Music that begins before the first frame of its scene, on a pickup."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from motifgen.story.arc import Arc
from motifgen.story.moments import BarPlace
from motifgen.story.scene import Scene
from motifgen.story.timecode import Timecode
from motifgen.theory.time import Span


def begun_before(scene: Scene, seconds: Fraction) -> Scene:
    """Return a scene that begins so much before its first frame, to the nearest frame; all else stays where it is in the picture.

    Whoever is there from the first frame on is there from the beginning; statements that are placed by bars count from there.

    Examples
    --------
    >>> from motifgen.story.scene import Hit
    >>> scene = begun_before(Scene("1m1", 20, Arc.of((0, "calm")), hits=[Hit(5, "cut")]), Fraction(3, 2))
    >>> str(scene.start), float(scene.length), float(scene.hits[0].at), float(scene.pickup)
    ('00:59:58:12', 21.5, 6.5, 1.5)
    """
    return _moved(scene, scene.frame_rate.seconds(round(scene.frame_rate.frames(seconds))))


def in_picture(scene: Scene) -> Scene:
    """Return a scene from its first frame on, as a scene file has it.

    Examples
    --------
    >>> scene = Scene("1m1", 20, Arc.of((0, "calm")))
    >>> in_picture(begun_before(scene, Fraction(2))) == scene
    True
    """
    return _moved(scene, -scene.pickup) if scene.pickup else scene


def first_frame(scene: Scene) -> Timecode:
    """Return the timecode of a scene's first frame."""
    return scene.start.later(scene.pickup)


def _moved(scene: Scene, by: Fraction) -> Scene:
    def later(at: Fraction) -> Fraction:
        return max(at + by, Fraction(0))

    def span(it: Span, *, from_the_start: bool = False) -> Span:
        return Span(it.start if from_the_start and not it.start else later(it.start), later(it.end))

    return replace(
        scene,
        start=scene.start.later(-by),
        length=scene.length + by,
        pickup=scene.pickup + by,
        arc=Arc(tuple(replace(point, at=later(point.at)) for point in scene.arc.points)),
        cast=tuple(replace(cast, span=span(cast.span, from_the_start=True)) for cast in scene.cast),
        hits=tuple(replace(hit, at=later(hit.at)) for hit in scene.hits),
        dialogue=tuple(map(span, scene.dialogue)),
        silence=tuple(map(span, scene.silence)),
        statements=tuple(it if isinstance(it.at, BarPlace) else replace(it, at=later(it.at)) for it in scene.statements),
    )
