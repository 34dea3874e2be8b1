"""Scenes: what happens on screen, when, and what the music must do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from motifgen.errors import RangeError, ensure, shown
from motifgen.orchestra.palette import palette
from motifgen.story import accept
from motifgen.story.arc import Arc
from motifgen.story.checking import check_scene
from motifgen.story.leitmotif import Character
from motifgen.story.moments import DO, ON, ROLES, WHOLE, Asked, BarPlace, Cast, Hit, KeptBars
from motifgen.story.timecode import FrameRate, Timecode
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motifgen.story.accept import Several, Stretch, Texts, Time

__all__ = ["DO", "ON", "ROLES", "WHOLE", "Asked", "BarPlace", "Cast", "Hit", "KeptBars", "Scene", "SourceScene", "Story"]

RATE = FrameRate()
START = Timecode()


class Style(str):
    """A style that nobody chose: it equals its name, and a film may put its own in its place."""

    __slots__ = ()


class Seed(int):
    """A seed that nobody chose: it equals its number, and a film may put its own in its place."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene. All times are exact seconds from its start; see the scene file for what each field means.

    Numbers, texts and lists are accepted wherever the file accepts them, and made exact. A style, a seed, a frame rate, a start,
    a sample library or an unevenness (``humanize``) that nobody chose is the film's, once the scene belongs to a `Story`.
    ``pickup`` says how long after the start the first frame is shown: what is heard before it is a pickup. ``loop`` says that the end
    goes on to the beginning, over and over: nothing comes to rest there.

    Examples
    --------
    >>> scene = Scene("1m1", "1:30", Arc.of((0, "calm")), key="D minor", cast=[Cast(Character("mara"))], dialogue=[(8, 16)])
    >>> scene.length, str(scene.key), scene.cast[0].span.end
    (Fraction(90, 1), 'D minor', Fraction(90, 1))
    """

    id: str
    length: Fraction
    arc: Arc
    title: str = ""
    frame_rate: FrameRate = RATE
    start: Timecode = START
    key: Key | None = None
    style: str = Style("orchestral")
    meter: Meter | None = None
    tempo: tuple[float, float] | None = None
    seed: int = Seed(0)
    cast: tuple[Cast, ...] = ()
    hits: tuple[Hit, ...] = ()
    dialogue: tuple[Span, ...] = ()
    silence: tuple[Span, ...] = ()
    statements: tuple[Asked, ...] = ()
    emotions: tuple[Character, ...] = ()
    library: str | None = None
    humanize: float | None = None
    keep_bars: tuple[KeptBars, ...] = ()
    credits: tuple[tuple[str, str], ...] = ()
    pickup: Fraction = Fraction(0)
    loop: bool = False

    if TYPE_CHECKING:
        # What may be given is wider than what is kept: type checkers read this, Python what the dataclass makes.
        def __init__(  # noqa: PLR0913, PLR0917 - the fields
            self,
            id: str,  # noqa: A002 - a field
            length: Time,
            arc: Arc,
            title: str = "",
            frame_rate: FrameRate | str | float = RATE,
            start: Timecode | str = START,
            key: Key | str | None = None,
            style: str = ...,
            meter: Meter | str | None = None,
            tempo: float | Sequence[float] | None = None,
            seed: int = ...,
            cast: Several[Cast] = (),
            hits: Several[Hit] = (),
            dialogue: Iterable[Stretch] = (),
            silence: Iterable[Stretch] = (),
            statements: Several[Asked] = (),
            emotions: Several[Character] = (),
            library: str | None = None,
            humanize: float | None = None,
            keep_bars: Several[KeptBars] = (),
            credits: Texts = (),  # noqa: A002 - a field
            pickup: Time = 0,
            loop: bool = False,
        ) -> None:
            """Take a scene as people write it."""

    def __post_init__(self) -> None:
        """Make every field exact; refuse what lies outside the scene."""
        rate, start = _clock(self.frame_rate, self.start)
        fields: dict[str, Any] = {
            "frame_rate": rate,
            "start": start,
            "length": accept.seconds(self.length, start, rate),
            "key": accept.key(self.key),
            "meter": accept.meter(self.meter),
            "tempo": accept.tempo(self.tempo),
            "hits": tuple(replace(hit, at=accept.seconds(hit.at, start, rate)) for hit in accept.all_of("a hit", self.hits, Hit)),
            "dialogue": tuple(accept.span(it, start, rate) for it in self.dialogue),
            "silence": tuple(accept.span(it, start, rate) for it in self.silence),
            "statements": tuple(_placed(it, start, rate) for it in accept.all_of("a statement", self.statements, Asked)),
            "emotions": accept.all_of("an emotion", self.emotions, Character),
            "keep_bars": accept.all_of("what is kept", self.keep_bars, KeptBars),
            "credits": accept.pairs(self.credits),
            "pickup": accept.seconds(self.pickup),
        }
        fields["cast"] = tuple(_present(it, fields["length"], start, rate) for it in accept.several(self.cast))
        for name, value in fields.items():
            object.__setattr__(self, name, value)
        if not isinstance(self.style, Style):
            ensure(f"the style of scene {shown(self.id)}", self.style, str)
            palette(self.style)
        check_scene(self)

    def _repr_html_(self) -> str:
        """Return the arc, the hits and everyone's presence, drawn, for notebooks."""
        from motifgen.story.view import scene_html  # noqa: PLC0415 - drawings are for notebooks only

        return scene_html(self)


@dataclass(frozen=True, slots=True)
class SourceScene:
    """Music that already exists: it gets no notes, and appears in the cue sheet."""

    id: str
    length: Fraction
    source: tuple[tuple[str, str], ...]
    title: str = ""
    start: Timecode = START

    if TYPE_CHECKING:
        # As in `Scene`.
        def __init__(
            self,
            id: str,  # noqa: A002 - a field
            length: Time,
            source: Texts,
            title: str = "",
            start: Timecode | str = START,
        ) -> None:
            """Take existing music as people write it."""

    def __post_init__(self) -> None:
        """Make the length exact, and what is known of the music pairs."""
        accept.identifier(self.id)
        ensure(f"the title of scene {shown(self.id)}", self.title, str)
        _, start = _clock(self.start.rate if isinstance(self.start, Timecode) else RATE, self.start)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "length", accept.seconds(self.length, start, start.rate))
        object.__setattr__(self, "source", accept.pairs(self.source))


@dataclass(frozen=True, slots=True)
class Story:
    """A whole film: who has themes, and its scenes in order.

    Its frame rate, style and seed go to every scene that has not chosen its own. Characters who are cast but not listed
    are added; emotional states with motifs of their own may sound in every scene.

    Examples
    --------
    >>> film = Story("The Salt Road", scenes=[Scene("1m1", 20, Arc.of((0, "calm")))], style="piano", seed=7)
    >>> film.scenes[0].style, film.scenes[0].seed
    ('piano', 7)
    """

    title: str = ""
    scenes: tuple[Scene | SourceScene, ...] = ()
    characters: tuple[Character, ...] = ()
    emotions: tuple[Character, ...] = ()
    frame_rate: FrameRate = RATE
    style: str = "orchestral"
    seed: int = 0
    library: str | None = None
    humanize: float | None = None
    credits: tuple[tuple[str, str], ...] = ()

    if TYPE_CHECKING:
        # As in `Scene`.
        def __init__(  # noqa: PLR0913, PLR0917 - the fields
            self,
            title: str = "",
            scenes: Several[Scene | SourceScene] = (),
            characters: Several[Character] = (),
            emotions: Several[Character] = (),
            frame_rate: FrameRate | str | float = RATE,
            style: str = "orchestral",
            seed: int = 0,
            library: str | None = None,
            humanize: float | None = None,
            credits: Texts = (),  # noqa: A002 - a field
        ) -> None:
            """Take a film as people write it."""

    @property
    def composed(self) -> tuple[Scene, ...]:
        """Return the scenes that get notes: all but source scenes, in the order of the film."""
        return tuple(scene for scene in self.scenes if isinstance(scene, Scene))

    def __post_init__(self) -> None:
        """Give every scene what the film decides; refuse two scenes of one name."""
        object.__setattr__(self, "credits", accept.pairs(self.credits))
        rate = self.frame_rate if isinstance(self.frame_rate, FrameRate) else FrameRate.named(self.frame_rate)
        object.__setattr__(self, "frame_rate", rate)
        ensure("the film's title", self.title, str)
        accept.seed(self.seed)
        object.__setattr__(self, "emotions", accept.all_of("an emotion", self.emotions, Character))
        for scene in accept.several(self.scenes):
            ensure("a film's scene", scene, Scene, SourceScene)
        scenes = tuple(_in_film(scene, self) for scene in accept.several(self.scenes))
        object.__setattr__(self, "scenes", scenes)
        object.__setattr__(self, "characters", _everyone(accept.all_of("a character", self.characters, Character), scenes))
        names = [scene.id for scene in scenes]
        for name in names:
            if names.count(name) > 1:
                raise RangeError(f"two scenes are called {shown(name)}; accepted: a name of its own for each")

    def _repr_html_(self) -> str:
        """Return the film's scenes and characters, drawn, for notebooks."""
        from motifgen.story.view import story_html  # noqa: PLC0415 - drawings are for notebooks only

        return story_html(self)


def _clock(rate: FrameRate | str | float, start: Timecode | str) -> tuple[FrameRate, Timecode]:
    """Return a rate and the first frame in it; a start that nobody chose is one hour at any rate."""
    ensure("the first frame", start, Timecode, str)
    exact = rate if isinstance(rate, FrameRate) else FrameRate.named(rate)
    if isinstance(start, str):
        return exact, Timecode.parse(start, exact)
    return exact, Timecode.parse(str(START), exact) if start is START and exact != start.rate else start


def _placed(asked: Asked, start: Timecode, rate: FrameRate) -> Asked:
    return asked if isinstance(asked.at, BarPlace) else replace(asked, at=accept.seconds(asked.at, start, rate))


def _present(cast: Cast, length: Fraction, start: Timecode, rate: FrameRate) -> Cast:
    """Return a presence in exact seconds; one that is open at its end lasts as long as the scene."""
    ensure("who is present", cast, Cast)
    given: Any = cast.span
    if isinstance(given, Span) and given.end < WHOLE.end:
        return cast
    first, last = (given.start, given.end) if isinstance(given, Span) else (*accept.several(given), WHOLE.end)[:2]
    end = length if last == WHOLE.end else accept.seconds(last, start, rate)
    return replace(cast, span=accept.span((accept.seconds(first, start, rate), end)))


def _in_film(scene: Scene | SourceScene, film: Story) -> Scene | SourceScene:
    if isinstance(scene, SourceScene):
        return scene
    chosen: dict[str, Any] = {}
    if isinstance(scene.style, Style):
        chosen["style"] = film.style
    if isinstance(scene.seed, Seed):
        chosen["seed"] = film.seed
    if scene.frame_rate is RATE and film.frame_rate != RATE:
        chosen["frame_rate"] = film.frame_rate
    if not scene.emotions:
        chosen["emotions"] = film.emotions
    if scene.library is None and film.library is not None:
        chosen["library"] = film.library
    if scene.humanize is None and film.humanize is not None:
        chosen["humanize"] = film.humanize
    return replace(scene, **chosen) if chosen else scene


def _everyone(listed: tuple[Character, ...], scenes: tuple[Scene | SourceScene, ...]) -> tuple[Character, ...]:
    """Return the listed characters, then those who are cast without being listed, in the order of the film."""
    cast = [it.who for scene in scenes if isinstance(scene, Scene) for it in scene.cast]
    known = {who.key: who for who in reversed((*listed, *cast))}
    return tuple(known[key] for key in dict.fromkeys(who.key for who in (*listed, *cast)))
