"""Moments of a scene: hits, presences, and statements that the composer has already decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from motifgen.affect import Affect, feel
from motifgen.errors import NotationError, RangeError, ensure, shown
from motifgen.motif.transform.base import Chain, Transform
from motifgen.orchestra.instrument import find_instrument
from motifgen.story import accept
from motifgen.story.leitmotif import Character
from motifgen.theory.time import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

DO = ("accent", "stinger", "swell", "entry", "reveal", "pause", "cut")
ON = ("downbeat", "beat", "any")
ROLES = ("lead", "support", "hint")
_PLACE = re.compile(r"bar\s*(\d{1,5})(?:\.(\d{1,2})(?:\s*\+\s*(\d{1,3})/([1-9]\d{0,2}))?)?\Z", re.IGNORECASE)
WHOLE = Span(Fraction(0), Fraction(86_400))


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment of the picture that the music must meet.

    Parameters
    ----------
    at : Fraction
        Seconds from the scene's start; a number or a text is made exact, timecode when the scene is known.
    do : str
        One of `DO`.
    what : str
        What is seen.
    who : str
        The theme of an entry or a reveal: a character, or its key; or empty.
    on : str
        One of `ON`: where in the bar it should fall.
    must : bool
        Whether it may be missed.
    tolerance : Fraction
        In frames.

    Examples
    --------
    >>> Hit(34.5, "accent", "the wave breaks").at
    Fraction(69, 2)
    """

    at: Fraction
    do: str = "accent"
    what: str = ""
    who: str = ""
    on: str = "beat"
    must: bool = True
    tolerance: Fraction = Fraction(1)

    if TYPE_CHECKING:
        # What may be given is wider than what is kept: type checkers read this, Python what the dataclass makes.
        def __init__(  # noqa: PLR0913, PLR0917 - the fields
            self,
            at: accept.Time,
            do: str = "accent",
            what: str = "",
            who: Character | str = "",
            on: str = "beat",
            must: bool = True,
            tolerance: Fraction | float = 1,
        ) -> None:
            """Take a hit as people write it."""

    def __post_init__(self) -> None:
        """Make the times exact; refuse what no hit can do."""
        accept.one_of("hit", self.do, DO)
        accept.one_of("place in the bar", self.on, ON)
        if isinstance(self.who, Character):
            object.__setattr__(self, "who", self.who.key)
        for what, text in (("what a hit shows", self.what), ("the theme of a hit", self.who)):
            ensure(what, text, str)
        if not accept.is_timecode(self.at):
            object.__setattr__(self, "at", accept.seconds(self.at))
        object.__setattr__(self, "tolerance", accept.seconds(self.tolerance))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is present, when, in which role, and in which state of their own.

    Parameters
    ----------
    who : Character
    span : Span
        Seconds; also a pair of times, or one time from which on. Default: the whole scene.
    role : str
        One of `ROLES`.
    feel : Affect, optional
        Also an emotion word, or words with weights. Default: what the scene feels.
    irony : bool
        Whether its theme speaks against the scene: sweet where all is dark, unmoved where all is moved.

    Examples
    --------
    >>> Cast(Character("mara"), (0, 50), feel="hope").span.end
    Fraction(50, 1)
    """

    who: Character
    span: Span = WHOLE
    role: str = "lead"
    feel: Affect | None = None
    irony: bool = False

    if TYPE_CHECKING:
        # As in `Hit`.
        def __init__(
            self,
            who: Character,
            span: accept.Stretch | accept.Time = WHOLE,
            role: str = "lead",
            feel: Affect | str | Mapping[str, float] | None = None,
            irony: bool = False,
        ) -> None:
            """Take a presence as people write it."""

    def __post_init__(self) -> None:
        """Make the span and the feeling exact; refuse unknown roles."""
        accept.one_of("role", self.role, ROLES)
        ensure("who is in the cast", self.who, Character)
        given: Any = self.span
        if not isinstance(given, Span) and not _with_timecode(given):
            pair = given if isinstance(given, tuple | list) else (given, WHOLE.end)
            object.__setattr__(self, "span", accept.span(pair))
        if self.feel is not None and not isinstance(self.feel, Affect):
            object.__setattr__(self, "feel", feel(self.feel))


@dataclass(frozen=True, slots=True, order=True)
class BarPlace:
    """A place by bar and beat, both counted from 1; the beat may be a fraction.

    Examples
    --------
    >>> BarPlace.parse("bar 12.3+1/2")
    BarPlace(bar=12, beat=Fraction(7, 2))
    """

    bar: int
    beat: Fraction = Fraction(1)

    @classmethod
    def parse(cls, text: str) -> BarPlace:
        """Return the place that a text names.

        Raises
        ------
        NotationError
            If it names none.
        """
        match = _PLACE.match(text.strip())
        if not match or not int(match[1]) or (match[2] is not None and not int(match[2])):
            raise NotationError(
                f"cannot read the place {shown(text)}; accepted: 'bar 12', 'bar 12.3' for its third beat (both from 1), "
                "'bar 12.3+1/2' for half a beat later"
            )
        return cls(int(match[1]), Fraction(match[2] or 1) + Fraction(int(match[3] or 0), int(match[4] or 1)))


@dataclass(frozen=True, slots=True)
class KeptBars:
    """Bars of an earlier take that stay as they are, whatever is composed around them.

    Parameters
    ----------
    first, last : int
        Bar numbers from 1, both included.
    of : int or str
        The take: the MIDI file that was rendered, its ledger beside it; or a seed, for what the scene as it now stands makes of it.

    Examples
    --------
    >>> KeptBars(5, 8, "takes/1m1.mid").bars
    range(5, 9)
    """

    first: int
    last: int
    of: int | str

    def __post_init__(self) -> None:
        """Refuse bars that come before the first, or end before they begin."""
        for what, number in (("the first bar that is kept", self.first), ("the last bar that is kept", self.last)):
            ensure(what, number, int)
        ensure("the take of kept bars", self.of, int, str)
        if not 1 <= self.first <= self.last:
            raise RangeError(f"bars {self.first} to {self.last} are to be kept; accepted: a first bar from 1, and a last bar not before it")

    @property
    def bars(self) -> range:
        """Return the numbers of the bars."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement that the composer has already decided.

    Parameters
    ----------
    at : Fraction or BarPlace
        Also a time or a place as in a scene file.
    who : Character
    transforms : tuple[Transform, ...]
        Also a transform, a chain of them, or their texts.
    by : str
        An instrument; empty lets the voice or the palette choose.

    Examples
    --------
    >>> Asked(20, Character("mara"), by="solo cello").at
    Fraction(20, 1)
    >>> asked = Asked("bar 12.3", Character("mara"), "minor, augment 2")
    >>> asked.at.bar, [str(step) for step in asked.transforms]
    (12, ['minor', 'augment 2'])
    """

    at: Fraction | BarPlace
    who: Character
    transforms: tuple[Transform, ...] = ()
    by: str = ""

    if TYPE_CHECKING:
        # As in `Hit`.
        def __init__(
            self, at: BarPlace | accept.Time, who: Character, transforms: accept.Several[Transform | str] = (), by: str = ""
        ) -> None:
            """Take a statement as people write it."""

    def __post_init__(self) -> None:
        """Make the place exact, and a chain of transforms a tuple of its steps."""
        ensure("whose statement it is", self.who, Character)
        given: Any = self.at
        if isinstance(given, str) and given.strip().lower().startswith("bar"):
            object.__setattr__(self, "at", BarPlace.parse(given))
        elif not isinstance(given, BarPlace) and not accept.is_timecode(given):
            object.__setattr__(self, "at", accept.seconds(given))
        if self.by:
            find_instrument(self.by)
        steps = accept.all_of("what is done to a theme", tuple(map(_step, accept.several(self.transforms))), Transform)
        flat = tuple(step for it in steps for step in (it.steps if isinstance(it, Chain) else (it,)))
        object.__setattr__(self, "transforms", flat)


def _step(given: object) -> object:
    """Return the transform that a text names; anything else as it is."""
    if not isinstance(given, str):
        return given
    from motifgen.motif.transform.table import parse_transform  # noqa: PLC0415 - only statements that name a transformation pay

    return parse_transform(given)


def _with_timecode(value: object) -> bool:
    return any(map(accept.is_timecode, accept.several(value)))
