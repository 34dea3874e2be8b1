"""What the planner knows before it decides anything: the arc bar by bar, its turns, its height, words and silences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from motifgen.affect import Affect
from motifgen.compose.desk import BarSpan, Spotting, Statement
from motifgen.compose.planning.consonance import Sounding
from motifgen.compose.planning.declared import journey
from motifgen.compose.planning.forms import GRID, Forms, forms_of, varied
from motifgen.compose.planning.landmarks import Turn, climax_of, hushes_of, turns_of
from motifgen.compose.planning.meters import Recast
from motifgen.motif.motif import Motif
from motifgen.story.scene import Cast
from motifgen.theory.scale import Key
from motifgen.theory.time import Span
from motifgen.theory.time import merged as joined

Edges = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Survey:
    """A spotted scene as the planner sees it.

    Parameters
    ----------
    spotting : Spotting
    themes : Mapping[str, Motif]
        Every theme that may sound here as it was given, by its character's key; inventions are already invented.
    home : Key
        The scene's home key.
    heard : Mapping[str, int]
        How often each theme was heard whole in earlier scenes, by what the story declares.
    recast : Mapping[tuple[str, Meter], tuple[str, ...]]
        By which steps a theme fits a meter that is not its own.
    home_why : str
        Why the home key is that one.
    """

    spotting: Spotting
    themes: Mapping[str, Motif]
    home: Key
    heard: Mapping[str, int]
    recast: Recast
    home_why: str = ""

    @cached_property
    def end(self) -> Fraction:
        """Return where the music ends, in quarters."""
        return self.spotting.end

    @cached_property
    def bars(self) -> tuple[BarSpan, ...]:
        """Return the bars that begin before the scene ends."""
        return tuple(bar for bar in self.spotting.bars if bar.start < self.end)

    @cached_property
    def lines(self) -> tuple[Fraction, ...]:
        """Return where the bars begin, and where the scene ends."""
        return (*(bar.start for bar in self.bars), self.end)

    @cached_property
    def _lines(self) -> tuple[float, ...]:
        return tuple(map(float, self.lines))

    @cached_property
    def feels(self) -> tuple[Affect, ...]:
        """Return what is asked in the middle of each bar."""
        return tuple(self.feel((start + end) / 2) for start, end in zip(self.lines, self.lines[1:], strict=False))

    @cached_property
    def dialogue(self) -> tuple[Span, ...]:
        """Return the spans of speech in quarters."""
        return joined(self.quarters(span) for span in self.spotting.scene.dialogue)

    @cached_property
    def kept(self) -> tuple[Span, ...]:
        """Return the bars that are kept from earlier takes: what sounds there is decided."""
        numbers = {number for kept in self.spotting.scene.keep_bars for number in kept.bars}
        return joined(Span(bar.start, bar.end) for bar in self.bars if bar.number in numbers)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Return the arc's turns, on bar lines, at least two bars apart."""
        return turns_of(self)

    @cached_property
    def hushes(self) -> tuple[Span, ...]:
        """Return the quarters before each shock in which the music holds its breath: about two seconds, whole beats."""
        return hushes_of(self)

    @cached_property
    def climax(self) -> Span | None:
        """Return the scene's one climax, from bar line to bar line; ``None`` in a scene that has no height."""
        return climax_of(self)

    def feel(self, at: Fraction) -> Affect:
        """Return what the arc asks at a place in quarters."""
        ratio = at.as_integer_ratio()
        found = self._feels.get(ratio)
        if found is None:
            found = self._feels[ratio] = self.spotting.affect(min(max(at, Fraction(0)), self.end))
        return found

    def forms(self, who: str, at: Fraction, *, plain: bool = False) -> Forms:
        """Return what may be made of a theme whose first bar line is at a place: in the meter there, or as it was given."""
        steps = () if plain else self.steps(who, at)
        found = self._forms.get((who, steps))
        if found is None:
            theme = self.themes[who]
            found = self._forms[who, steps] = forms_of(varied(theme, steps), theme)
        return found

    def steps(self, who: str, at: Fraction, steps: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return all steps from the plain theme to a form of it whose first bar line is at a place."""
        return (*self.recast.get((who, self.spotting.meter_at(at)), ()), *steps) if self.recast else steps

    def foreign(self, who: str, at: Fraction, present: Span) -> bool:
        """Tell whether the bars at a place are not a theme's own, though elsewhere in a presence they are."""
        if not self.spotting.meters:
            return False
        bar = self.themes[who].meter.bar
        own = (meter.bar == bar for span, meter in self.spotting.stretches if span.overlaps(present))
        return self.spotting.meter_at(at).bar != bar and any(own)

    def turning(self, span: Span) -> bool:
        """Tell whether another meter begins inside a span."""
        return bool(self.spotting.meters) and any(span.start < at < span.end for at, _ in self.spotting.meters)

    def felt_by(self, cast: Cast | None, at: Fraction) -> Affect:
        """Return what a character feels at a place: its own state where it has one, else the scene's, as far as its journey has come."""
        own = cast.feel if cast is not None and cast.feel is not None else self.feel(at)
        if cast is None or not cast.who.journey:
            return own
        return journey(cast.who, self.spotting.scene, self.spotting.story)[0].applied(own)

    def quarters(self, seconds: Span) -> Span:
        """Return a span of seconds in quarters, cut to the scene."""
        first, last = (min(max(self.spotting.quarter(at), Fraction(0)), self.end) for at in (seconds.start, seconds.end))
        return Span(first, last)

    def present(self, cast: Cast) -> Span:
        """Return a presence in quarters."""
        found = self._presences.get(id(cast))
        return self.quarters(cast.span) if found is None else found

    @cached_property
    def _feels(self) -> dict[tuple[int, int], Affect]:
        # By numerator and denominator: a fraction is hashed by a modular power.
        return {}

    @cached_property
    def _sounding(self) -> dict[int, tuple[Statement, Sounding]]:
        return {}

    @cached_property
    def _one_beat(self) -> Fraction | None:
        beats = {bar.meter.beat for bar in self.spotting.bars}
        return beats.pop() if len(beats) == 1 else None

    @cached_property
    def _forms(self) -> dict[tuple[str, tuple[str, ...]], Forms]:
        return {}

    @cached_property
    def _presences(self) -> dict[int, Span]:
        # By identity: hashing a presence would hash its whole theme, and this is asked thousands of times.
        return {id(cast): self._from_hits(cast.span) for cast in self.spotting.scene.cast}

    def _from_hits(self, seconds: Span) -> Span:
        """Return a span in quarters; an edge that is less than a frame from a hit stands where the hit lands, which is a whole tick."""
        frame, span = self.spotting.scene.frame_rate.seconds(1), self.quarters(seconds)
        start, end = (
            next((it.at for it in self.spotting.landings if abs(it.hit.at - at) < frame), place)
            for at, place in ((seconds.start, span.start), (seconds.end, span.end))
        )
        return Span(start, max(start, min(end, self.end)))

    def beat(self, one: Sounding, other: Sounding) -> Fraction:
        """Return the beat of the bar in which two meet."""
        if self._one_beat is not None:
            return self._one_beat
        return self.spotting.bar_at(Fraction(max(one.start, other.start), GRID)).meter.beat

    def sounding(self, statement: Statement) -> Sounding:
        """Return a statement on the grid, worked out once."""
        # By identity: hashing a statement would hash its whole theme. The statement is kept, so that its identity stays its own.
        found = self._sounding.get(id(statement))
        if found is None:
            found = self._sounding[id(statement)] = (statement, Sounding.of(statement))
        return found[1]

    def line_before(self, at: Fraction) -> Fraction:
        """Return the last bar line at or before a place."""
        return self.lines[max(bisect_right(self._lines, float(at)) - 1, 0)]

    def line_after(self, at: Fraction) -> Fraction:
        """Return the first bar line at or after a place; the scene's end when there is none."""
        return self.lines[min(bisect_left(self._lines, float(at)), len(self.lines) - 1)]

    def nearest_line(self, at: Fraction) -> Fraction:
        """Return the bar line nearest to a place."""
        return min((self.line_before(at), self.line_after(at)), key=lambda line: abs(line - at))

    def speaking(self, span: Span) -> bool:
        """Tell whether words are spoken in a span."""
        return _touches(self._spoken, span)

    def silent(self, span: Span) -> bool:
        """Tell whether something of a span must be silent."""
        return _touches(self._rests, span)

    def closed(self, span: Span) -> bool:
        """Tell whether nothing new may sound in some of a span: asked silence, or bars that are kept from an earlier take."""
        return _touches(self._closed, span)

    @cached_property
    def _spoken(self) -> Edges:
        return _edges(self.dialogue)

    @cached_property
    def _rests(self) -> Edges:
        return _edges(self.spotting.rests)

    @cached_property
    def _closed(self) -> Edges:
        return (*self._rests, *_edges(self.kept))

    def bars_in(self, span: Span) -> tuple[int, ...]:
        """Return the indices of the bars that begin in a span."""
        return tuple(range(bisect_left(self._lines, float(span.start)), bisect_left(self._lines, float(span.end), hi=len(self.bars))))

    def mean(self, span: Span) -> Affect:
        """Return what is asked in the middle of a span."""
        return self.feel((span.start + span.end) / 2)


def _edges(spans: Iterable[Span]) -> Edges:
    return tuple((float(span.start), float(span.end)) for span in spans)


def _touches(edges: Edges, span: Span) -> bool:
    """Tell whether a span shares time with any of others; floats, for it is asked thousands of times."""
    if not edges:
        return False
    start, end = float(span.start), float(span.end)
    return any(start < last and first < end for first, last in edges)


def merged(places: Iterable[Fraction], least: Fraction, pinned: Iterable[Fraction] = ()) -> tuple[Fraction, ...]:
    """Return places in order without those that follow another too closely; pinned ones always stay."""
    fixed = sorted(set(pinned))
    kept: list[Fraction] = list(fixed)
    for place in sorted(set(places) - set(fixed)):
        if all(abs(place - other) >= least for other in kept):
            kept.append(place)
    return tuple(sorted(kept))
