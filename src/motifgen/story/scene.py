"""Scenes: what happens on screen, when, and what the music must do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from motifgen.affect import Affect
from motifgen.motif.transform.base import Transform
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.timecode import FrameRate, Timecode
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

DO = ("accent", "stinger", "swell", "entry", "reveal", "pause", "cut")
ON = ("downbeat", "beat", "any")
ROLES = ("lead", "support", "hint")


@dataclass(frozen=True, slots=True)
class Hit:
    """A moment of the picture that the music must meet.

    Parameters
    ----------
    at : Fraction
        Seconds from the scene's start.
    do : str
        One of `DO`.
    what : str
        What is seen.
    who : str
        The theme of an entry or a reveal: a character's key, or empty.
    on : str
        One of `ON`: where in the bar it should fall.
    must : bool
        Whether it may be missed.
    tolerance : Fraction
        In frames.
    """

    at: Fraction
    do: str = "accent"
    what: str = ""
    who: str = ""
    on: str = "beat"
    must: bool = True
    tolerance: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is present, when (seconds), in which role, and in which state of their own."""

    who: Character
    span: Span
    role: str = "lead"
    feel: Affect | None = None


@dataclass(frozen=True, slots=True, order=True)
class BarPlace:
    """A place by bar and beat, both counted from 1; the beat may be a fraction."""

    bar: int
    beat: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement that the composer has already decided."""

    at: Fraction | BarPlace
    who: Character
    transforms: tuple[Transform, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene. All times are exact seconds from its start; see the scene file for what each field means."""

    id: str
    length: Fraction
    arc: Arc
    title: str = ""
    frame_rate: FrameRate = field(default_factory=FrameRate)
    start: Timecode = field(default_factory=Timecode)
    key: Key | None = None
    style: str = "orchestral"
    meter: Meter | None = None
    tempo: tuple[float, float] | None = None
    seed: int = 0
    cast: tuple[Cast, ...] = ()
    hits: tuple[Hit, ...] = ()
    dialogue: tuple[Span, ...] = ()
    silence: tuple[Span, ...] = ()
    statements: tuple[Asked, ...] = ()
    emotions: tuple[Character, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceScene:
    """Music that already exists: it gets no notes, and appears in the cue sheet."""

    id: str
    length: Fraction
    source: tuple[tuple[str, str], ...]
    title: str = ""
    start: Timecode = field(default_factory=Timecode)


@dataclass(frozen=True, slots=True)
class Story:
    """A whole film: who has themes, and its scenes in order."""

    title: str = ""
    scenes: tuple[Scene | SourceScene, ...] = ()
    characters: tuple[Character, ...] = ()
    emotions: tuple[Character, ...] = ()
    frame_rate: FrameRate = field(default_factory=FrameRate)
    style: str = "orchestral"
    seed: int = 0
