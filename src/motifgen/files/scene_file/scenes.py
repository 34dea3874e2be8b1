"""Reading scenes, composed and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.errors import NotationError, RangeError, shown
from motifgen.files.scene_file import values
from motifgen.files.scene_file.fields import Fields, each, one_or_each, tried
from motifgen.files.scene_file.keeping import kept
from motifgen.files.scene_file.moments import Moments
from motifgen.files.scene_file.motifs import Origin
from motifgen.files.scene_file.nodes import Listing, Node, Page
from motifgen.files.scene_file.playing import humanize, library
from motifgen.files.scene_file.schema import fields_of
from motifgen.files.scene_file.styles import style
from motifgen.orchestra.instrument import instruments
from motifgen.story import accept
from motifgen.story.arc import Arc, Keyframe
from motifgen.story.leitmotif import Character
from motifgen.story.pickup import begun_before
from motifgen.story.scene import Scene, SourceScene
from motifgen.story.timecode import FrameRate, Timecode

_SHORTEST, _LONGEST = Fraction(1), Fraction(3600)
_LONGEST_PICKUP = 10
_START = "01:00:00:00"


class Film(NamedTuple):
    """What all scenes of a file share."""

    page: Page
    rate: FrameRate
    style: str
    seed: int
    characters: tuple[Character, ...]
    emotions: tuple[Character, ...]
    origin: Origin
    library: str | None = None
    humanize: float | None = None

    def scenes(self, node: Node) -> tuple[Scene | SourceScene, ...]:
        """Return the scenes in the order of the file; their ids differ, in more than capitals."""
        if isinstance(node, Listing) and not node.items:
            raise NotationError("the list of scenes is empty; accepted: at least one scene")
        return each(self.page, _Reader(self, {}).scene)(node)


class _Reader(NamedTuple):
    film: Film
    ids: dict[str, int]

    def scene(self, node: Node) -> Scene | SourceScene:
        page = self.film.page
        fields = Fields(node, "scene", page)
        name = fields.take("id", self._id, "scene")
        title = fields.take("title", values.text, "")
        start = fields.take("start", values.timecode(self.film.rate), Timecode.parse(_START, self.film.rate))
        length = _length(fields, start, self.film.rate)
        if "source" in fields:
            return _source(fields, page, SourceScene(name, length or _SHORTEST, (), title, start))
        moments = Moments(page, start, self.film.rate, length, (*self.film.characters, *self.film.emotions))
        return self._composed(fields, moments, name, title)

    def _id(self, node: Node) -> str:
        given = accept.identifier(values.scalar(node, "an id, as in '1m1'"))
        if given.casefold() in self.ids:
            raise NotationError(
                f"the id {shown(given)} is taken by the scene on line {self.ids[given.casefold()]}; accepted: a different id for each scene"
            )
        rival = self._sharing(given.casefold())
        if rival is not None:
            raise NotationError(
                f"the id {shown(given)} would name the same files as the scene on line {rival} does for its short score or its stems; "
                "accepted: an id that is not another's with '.short' or a family of instruments behind it"
            )
        self.ids[given.casefold()] = node.place.line
        return given

    def _sharing(self, name: str) -> int | None:
        """Return the line of a scene of which some files would have the same name."""
        behind = {"short", *(row.family for row in instruments().values())}
        base, _, last = name.rpartition(".")
        others = {base if last in behind else "", *(f"{name}.{it}" for it in behind)}
        return min((line for key, line in self.ids.items() if key in others), default=None)

    def _composed(self, fields: Fields, moments: Moments, name: str, title: str) -> Scene:
        page, film = moments.page, self.film
        if "arc" not in fields:
            fields.fault(
                "arc",
                "a scene has no 'arc'; accepted: at least one point, as in '- {at: 0, feel: calm}' (or 'source', for existing music)",
            )
        points: tuple[Keyframe, ...] = fields.take("arc", moments.points, ())
        if "arc" in fields and isinstance(node := fields.node("arc"), Listing) and not node.items:
            fields.fault("arc", "the arc is empty; accepted: at least one point, as in '- {at: 0, feel: calm}'")
        scene = Scene(
            name,
            moments.length or _SHORTEST,
            Arc(points or (Keyframe(Fraction(0), Affect()),)),
            title,
            film.rate,
            moments.start,
            fields.take("key", values.key, None),
            fields.take("style", style(page), film.style),
            fields.take("meter", values.meter, None),
            fields.take("tempo", tempo(page), None),
            fields.take("seed", values.seed, film.seed),
            fields.take("cast", each(page, moments.cast), ()),
            fields.take("hits", each(page, moments.hit), ()),
            fields.take("dialogue", each(page, moments.span), ()),
            fields.take("silence", each(page, moments.span), ()),
            fields.take("statements", each(page, moments.statement), ()),
            film.emotions,
            fields.take("library", library(film.origin), film.library),
            fields.take("humanize", humanize, film.humanize),
            fields.take("keep_bars", one_or_each(page, kept(film.origin)), ()),
            fields.take("credits", facts("credits", page), ()),
        )
        before = fields.take("pickup", pickup, Fraction(0))
        if fields.take("loop", values.flag, False):  # noqa: FBT003 - the default of a field
            fields.refuse(("pickup",), "the scene loops, and a pickup would be heard but once")
            return replace(scene, loop=True)
        return begun_before(scene, before) if before else scene


def tempo(page: Page) -> Callable[[Node], tuple[float, float] | None]:
    """Return a reader of the slowest and fastest bpm that are allowed."""
    bpm = values.number(20, 300, "a bpm")

    def read(node: Node) -> tuple[float, float] | None:
        if not isinstance(node, Listing):
            return bpm(node), bpm(node)
        if len(node.items) != 2:
            raise NotationError(f"{len(node.items)} numbers stand here; accepted: a bpm, or the slowest and the fastest as in [60, 90]")
        low, high = (tried(page, bpm, item) for item in node.items)
        if low is None or high is None:
            return None
        if low > high:
            raise RangeError(f"the slowest tempo ({low:g}) is faster than the fastest ({high:g}); accepted: [slowest, fastest]")
        return low, high

    return read


def pickup(node: Node) -> Fraction:
    """Return by how many seconds music may begin before the first frame."""
    found = values.time(Timecode(0), FrameRate())(node)
    if not 0 < found <= _LONGEST_PICKUP:
        raise RangeError(f"'pickup' is {float(found):g} seconds; accepted: more than 0, up to {_LONGEST_PICKUP}, as in 1.5")
    return found


def _length(fields: Fields, start: Timecode, rate: FrameRate) -> Fraction | None:
    """Return how long a scene lasts in seconds; None, with the fault noted, where that cannot be said."""
    way = fields.only_one("length", "end")
    if not way:
        return None

    def read(node: Node) -> Fraction:
        given = values.scalar(node, "a time")
        if way == "length" and given.count(":") + given.count(";") == 3:
            raise NotationError(f"'length' is {shown(given)}, a place in the film; accepted: how long, as 1:30, or this timecode as 'end'")
        found = values.time(start, rate)(node)
        if not _SHORTEST <= found <= _LONGEST:
            raise RangeError(f"the scene lasts {float(found):g} seconds; accepted: 1 second to 1 hour")
        return found

    return fields.take(way, read, None)


def _source(fields: Fields, page: Page, scene: SourceScene) -> SourceScene:
    playing = ("key", "style", "meter", "tempo", "seed", "library", "humanize")
    music = (*playing, "arc", "cast", "hits", "dialogue", "silence", "statements", "keep_bars", "credits", "pickup", "loop")
    fields.refuse(music, "a source scene holds music that already exists")
    node = fields.node("source")
    said = facts("source", page)(node) if node is not None else ()
    return SourceScene(scene.id, scene.length, said, scene.title, scene.start)


def facts(kind: str, page: Page) -> Callable[[Node], tuple[tuple[str, str], ...]]:
    """Return what reads the texts of a mapping whose fields are all texts, as names with what is said."""

    def read(node: Node) -> tuple[tuple[str, str], ...]:
        given = Fields(node, kind, page)
        said = ((name, given.take(name, values.text, "")) for name in fields_of(kind))
        return tuple((name, text) for name, text in said if text)

    return read
