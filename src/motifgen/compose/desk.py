"""What lies on the desk between the steps: one frozen value each, every one holding the one before.

``Scene -> Spotting -> Plan -> Harmony -> Texture -> Scoring -> Performance``. Places in the music are quarters from the
scene's first frame (`fractions.Fraction`); only `Performance` knows ticks. What is written in lines and parts stands in `notes`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from motifgen.affect import Affect
from motifgen.compose.notes import Line, ScoreNote, ScorePart
from motifgen.motif.motif import Motif
from motifgen.orchestra.palette import Palette
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Part
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Hit, Scene, Story
from motifgen.theory.chord import Chord
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

__all__ = [
    "BarSpan",
    "ChordSpan",
    "Harmony",
    "KeyArea",
    "Landing",
    "Line",
    "Performance",
    "Plan",
    "ScoreNote",
    "ScorePart",
    "Scoring",
    "Section",
    "Spotting",
    "Statement",
    "Texture",
    "stated_place",
]


@dataclass(frozen=True, slots=True)
class BarSpan:
    """A bar: its number from 1, where it begins in quarters, its meter."""

    number: int
    start: Fraction
    meter: Meter
    end: Fraction = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add up where the next bar begins: it is asked for in every step."""
        object.__setattr__(self, "end", self.start + self.meter.bar)


def stated_place(second: Fraction, bars: Sequence[BarSpan], tempo: TempoMap) -> Fraction:
    """Return the quarter at which a statement asked for a second begins: a part of a beat within 1 ms of it, else the nearest half beat."""
    exact = tempo.exact_tick(second) / PPQ
    bar = next((bar for bar in reversed(bars) if bar.start <= exact), bars[0])
    steps = [bar.meter.beat / parts for parts in (1, 2, 4, 3)]
    places = [bar.start + round((exact - bar.start) / step) * step for step in steps]
    return next((place for place in places if abs(tempo.seconds(place * PPQ) - second) <= Fraction(1, 1000)), places[1])


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a hit of the picture falls in the music.

    ``at`` is the nearest place of its grid in quarters; ``error`` is the landing's distance from the asked second, in
    seconds, late positive; ``met`` says whether that is within the hit's tolerance.
    """

    hit: Hit
    at: Fraction
    error: Fraction
    met: bool


@dataclass(frozen=True)
class Spotting:
    """When: bars, meters and tempo, with every hit's landing.

    Parameters
    ----------
    rests : tuple[Span, ...]
        Quarters in which nothing may sound: asked silence, cuts, pauses; sorted, not overlapping.
    meters : tuple[tuple[Fraction, Meter], ...]
        Where each stretch of one ordinary meter begins, and that meter; empty if the first bar's is that of all.
    """

    scene: Scene
    story: Story | None
    palette: Palette
    bars: tuple[BarSpan, ...]
    tempo: TempoMap
    landings: tuple[Landing, ...]
    rests: tuple[Span, ...]
    warnings: tuple[str, ...] = ()
    meters: tuple[tuple[Fraction, Meter], ...] = ()

    def seconds(self, at: Fraction) -> Fraction:
        """Return the second of a place in quarters."""
        return self.tempo.second(at)

    def quarter(self, seconds: Fraction) -> Fraction:
        """Return the place in quarters of a second, unrounded."""
        return self.tempo.exact_tick(seconds) / PPQ

    def affect(self, at: Fraction) -> Affect:
        """Return what the arc asks at a place in quarters."""
        return self.scene.arc.at(self.tempo.instant(at))

    def bar_at(self, at: Fraction) -> BarSpan:
        """Return the bar in which a place lies; from the closing bar line on, a bar that is not written and follows the last."""
        place = float(at)
        if place < self._starts[-1]:
            return self.bars[max(bisect_right(self._starts, place) - 1, 0)]
        last = self.bars[-1]
        return last if at < last.end else BarSpan(last.number + 1, last.end, last.meter)

    def silent(self, at: Fraction) -> bool:
        """Tell whether nothing may sound at a place."""
        return any(at in rest for rest in self.rests)

    @cached_property
    def stretches(self) -> tuple[tuple[Span, Meter], ...]:
        """Return the stretches of one meter without gap, and their meters; the last goes on after the last bar."""
        begun = self.meters or ((Fraction(0), self.bars[0].meter),)
        ends = (*(at for at, _ in begun[1:]), max(self.bars[-1].end, self.end) + 1)
        return tuple((Span(at, end), meter) for (at, meter), end in zip(begun, ends, strict=True))

    def meter_at(self, at: Fraction) -> Meter:
        """Return the ordinary meter around a place, in whatever odd bar it may lie."""
        stretches = self.stretches
        if len(stretches) == 1:
            return stretches[0][1]
        return next((meter for span, meter in reversed(stretches) if span.start <= at), stretches[0][1])

    @cached_property
    def _starts(self) -> tuple[float, ...]:
        # Floats: a place is sought thousands of times, and no two places of a score are so near that their floats are one.
        return tuple(float(bar.start) for bar in self.bars)

    @cached_property
    def end(self) -> Fraction:
        """Return where the scene ends, in quarters, to the nearest tick: on a bar line if it was brought there."""
        return Fraction(self.tempo.tick(self.scene.length), PPQ)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of form.

    ``function`` is one of ``intro, statement, continuation, build, climax, release, coda, silence, underscore``
    (underscore: under dialogue); ``level`` 0..1 is how full the music should be.
    """

    span: Span
    function: str
    key: Key
    affect: Affect
    level: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One occurrence of a leitmotif.

    Parameters
    ----------
    motif : Motif
        The variant as it sounds, in ``key``; it begins at ``start``.
    treatment : str
        ``theme`` (melody), ``fragment`` (melody, part of the theme), ``counter`` (a second line), ``ostinato`` (cell of an
        accompaniment), ``harmony`` (its chords alone).
    transforms : tuple[str, ...]
        As a scene file would write them.
    by : str
        An instrument that the composer named, or empty.
    level : float
        0..1, how prominent.
    likeness : float
        0..1, how much of the theme is still heard.
    """

    who: Character
    role: str
    motif: Motif
    key: Key
    start: Fraction
    treatment: str
    transforms: tuple[str, ...]
    why: str
    likeness: float
    level: float
    by: str = ""
    asked: bool = False
    end: Fraction = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Add the motif up once: its end is asked for thousands of times."""
        object.__setattr__(self, "end", self.start + self.motif.duration)

    @property
    def span(self) -> Span:
        """Return the statement's quarters."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class KeyArea:
    """A tonal region from a place (quarters) to the next: its key, in the scene's home mode, and what took the music there."""

    at: Fraction
    key: Key
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What: the scene's form, every statement in it, in order of time, and the keys through which it goes."""

    spotting: Spotting
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...] = ()
    keys: tuple[KeyArea, ...] = ()

    def section_at(self, at: Fraction) -> Section:
        """Return the section in which a place lies; after the last, the last."""
        starts = [section.span.start for section in self.sections]
        return self.sections[max(bisect_right(starts, at) - 1, 0)]


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord over a stretch of quarters, in its key; ``why`` says what is special about it: a modulation, a reveal, a pedal."""

    span: Span
    chord: Chord
    key: Key
    why: str = ""


@dataclass(frozen=True, slots=True)
class Harmony:
    """Over what: chords, in order of time, with gaps where nothing sounds."""

    plan: Plan
    chords: tuple[ChordSpan, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texture:
    """In what fabric: lines."""

    harmony: Harmony
    lines: tuple[Line, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """By whom: parts in score order."""

    texture: Texture
    parts: tuple[ScorePart, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Performance:
    """How: parts as they are played, in the scoring's order."""

    scoring: Scoring
    parts: tuple[Part, ...]
    warnings: tuple[str, ...] = ()
