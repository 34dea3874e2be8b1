"""Leitmotifs: a motif bound to what it stands for, with its voice and what may be done to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from motifgen.affect import affect_of
from motifgen.errors import RangeError, UnknownNameError, ensure
from motifgen.motif.invention.archetype import archetype_named
from motifgen.motif.motif import Motif
from motifgen.orchestra.instrument import find_instrument
from motifgen.story import accept

STATES = ("innocent", "grown", "corrupted", "broken", "lost", "dead", "redeemed")
KINDS = ("person", "place", "object", "idea", "bond", "emotion")


@dataclass(frozen=True, slots=True)
class Invention:
    """A motif that is still to be invented, and what is asked of it.

    Parameters
    ----------
    archetype : str
        ``"hero"``, ``"menace"``, ``"love"`` ...; empty lets the traits choose.
    notes : tuple[int, int]
        How many notes, at least and at most; ``(0, 0)`` leaves it to the archetype.
    key, meter : str
        Empty leaves them to the archetype and the scene.
    """

    archetype: str = ""
    notes: tuple[int, int] = (0, 0)
    key: str = ""
    meter: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A station of a character's journey.

    Parameters
    ----------
    by : str
        The scene by which it is reached.
    state : str
        One of `STATES`: what the theme has become by then.

    Examples
    --------
    >>> Stage("2m4", "redeemed").state
    'redeemed'
    """

    by: str
    state: str

    def __post_init__(self) -> None:
        """Refuse unknown states."""
        if self.state not in STATES:
            raise UnknownNameError("state of a journey", self.state, STATES, listed=True)


@dataclass(frozen=True, slots=True)
class Character:
    """Whoever and whatever has a theme.

    Parameters
    ----------
    key : str
        The short name by which cast, hits and statements refer to it.
    motif : Motif or Invention
    name : str
        Default: the key, title-cased.
    kind : str
        One of `KINDS`; ``"emotion"`` is an emotional state with a motif of its own.
    voice : tuple[str, ...]
        Instruments, first choice first; empty lets the palette choose.
    traits : tuple[str, ...]
        Emotion or trait words; they colour invention and default feeling.
    never : tuple[str, ...]
        Transformations, by table name, that must not happen to this theme.
    keep : float
        Likeness floor for its variants, 0 to 1.
    journey : tuple[Stage, ...]
        What becomes of it over the film, also as a mapping of scenes to states; between two stations it changes by steps, scene by scene.
    between : tuple[str, ...]
        Of a bond: the keys of those whom it joins; it sounds when they are together.

    Examples
    --------
    >>> mara = Character("mara", traits="brave", journey=[("1m3", "corrupted"), ("2m4", "redeemed")])
    >>> mara.name, mara.traits, mara.journey[1].state
    ('Mara', ('brave',), 'redeemed')
    """

    key: str
    motif: Motif | Invention = field(default_factory=Invention)
    name: str = ""
    kind: str = "person"
    voice: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    keep: float = 0.5
    journey: tuple[Stage, ...] = ()
    between: tuple[str, ...] = ()

    if TYPE_CHECKING:
        # What may be given is wider than what is kept: type checkers read this, Python what the dataclass makes.
        def __init__(  # noqa: PLR0913, PLR0917 - the fields
            self,
            key: str,
            motif: Motif | Invention = ...,
            name: str = "",
            kind: str = "person",
            voice: accept.Several[str] = (),
            traits: accept.Several[str] = (),
            never: accept.Several[str] = (),
            keep: float = 0.5,
            journey: Mapping[str, str] | Iterable[Stage | tuple[str, str]] = (),
            between: accept.Several[str] = (),
        ) -> None:
            """Take a character as people write it."""

    def __post_init__(self) -> None:
        """Fill the name in; refuse what is unknown, and floors outside 0 to 1."""
        for what, text in (("a character's key", self.key), ("a character's name", self.name)):
            ensure(what, text, str)
        if not self.key.strip():
            raise RangeError("a character's key is empty; accepted: a short name, as in 'mara'")
        ensure(f"the motif of {self.key!r}", self.motif, Motif, Invention)
        if self.kind not in KINDS:
            raise UnknownNameError("kind", self.kind, KINDS, listed=True)
        accept.share("keep", self.keep)
        for name in ("voice", "traits", "never", "between"):
            value = getattr(self, name)
            object.__setattr__(self, name, (value,) if isinstance(value, str) else tuple(value))
        for name in self.voice:
            find_instrument(name)
        for word in self.traits:
            trait(word)
        for name in self.never:
            forbidden(name)
        way = self.journey.items() if isinstance(self.journey, Mapping) else self.journey
        stages = tuple(it if isinstance(it, Stage) else Stage(*it) for it in way)
        object.__setattr__(self, "journey", stages)
        if not self.name:
            object.__setattr__(self, "name", self.key.replace("_", " ").title())

    def _repr_html_(self) -> str:
        """Return the character with its theme, drawn, for notebooks."""
        from motifgen.story.view import character_html  # noqa: PLC0415 - drawings are for notebooks only

        return character_html(self)


def trait(word: str) -> str:
    """Return an emotion or trait word that is known; the names of archetypes are trait words too.

    Raises
    ------
    UnknownNameError
        For any other word.
    """
    try:
        affect_of(word)
    except UnknownNameError as unknown:
        try:
            archetype_named(word)
        except UnknownNameError:
            raise unknown from None
    return word


def forbidden(name: str) -> str:
    """Return the name of a transformation that a theme may be kept from.

    Raises
    ------
    UnknownNameError
        When the table has no such name.
    """
    from motifgen.motif.transform.table import transform_names  # noqa: PLC0415 - only characters that forbid one pay

    if name not in transform_names():
        raise UnknownNameError("transformation", name, transform_names(), see="motifgen transforms")
    return name


def Emotion(word: str, motif: Motif | Invention | None = None, voice: accept.Several[str] = ()) -> Character:  # noqa: N802 - reads as a value
    """Return an emotional state that has a motif of its own; its key and its trait are the word."""
    return Character(word, motif or Invention(), kind="emotion", voice=voice, traits=(word,))
