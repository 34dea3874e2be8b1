"""Silence: where the scene asks for none to sound, where a cut stops all, where a pause holds its breath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from motifgen.compose.desk import BarSpan, Landing, stated_place
from motifgen.sketch.events import PPQ
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.scene import BarPlace, Scene
from motifgen.theory.time import Span, merged

_PAUSE = (Fraction(1, 2), Fraction(2))
_BREATH = Fraction(6, 5)
_NEAR = Fraction(1, 500)


class Silences:
    """Finds the spans (quarters) in which nothing may sound.

    Parameters
    ----------
    end : Fraction
        Of the scene, in quarters.
    """

    __slots__ = ("bars", "end", "landings", "scene", "tempo")

    def __init__(self, scene: Scene, bars: Sequence[BarSpan], tempo: TempoMap, landings: Sequence[Landing], end: Fraction) -> None:
        """Keep what the silences depend on."""
        self.scene, self.bars, self.tempo, self.landings, self.end = scene, bars, tempo, landings, end

    def all(self) -> tuple[Span, ...]:
        """Return all silences, joined and in order, none longer than the scene."""
        found = [*self._asked(), *self._cuts(), *self._pauses()]
        return merged(Span(span.start, min(span.end, self.end)) for span in found)

    def _asked(self) -> list[Span]:
        return [
            Span(self._tick_down(span.start), self._next_beat(span.end)) for span in self.scene.silence if span.start < self.scene.length
        ]

    def _cuts(self) -> list[Span]:
        return [Span(cut.at, self._resumes(cut)) for cut in self.landings if cut.hit.do == "cut" and cut.at < self.end]

    def _resumes(self, cut: Landing) -> Fraction:
        """Return where music may sound again after a cut."""
        after = cut.hit.at + self.scene.frame_rate.seconds(1)
        places = [self._next_beat(point.at) for point in self.scene.arc.points if point.at > after]
        places += [landing.at for landing in self.landings if landing.hit.at > after]
        places += [place for place in map(self._statement, self.scene.statements) if place is not None]
        return min((place for place in places if place > cut.at), default=self.end)

    def _statement(self, asked: object) -> Fraction | None:
        at = getattr(asked, "at", None)
        if isinstance(at, BarPlace):
            if not 1 <= at.bar <= len(self.bars):
                return None
            bar = self.bars[at.bar - 1]
            return bar.start + (at.beat - 1) * bar.meter.beat
        return stated_place(at, self.bars, self.tempo) if isinstance(at, Fraction) else None

    def _pauses(self) -> list[Span]:
        return [Span(pause.at, self._breathed(pause)) for pause in self.landings if pause.hit.do == "pause" and pause.at < self.end]

    def _breathed(self, pause: Landing) -> Fraction:
        """Return where the music goes on: the beat that makes the breath nearest to a second or so, a downbeat rather than another."""
        start = self.tempo.seconds(pause.at * PPQ)
        limit = min((landing.at for landing in self.landings if landing.at > pause.at), default=self.end)
        ends = [beat for beat in self._beats(pause.at) if pause.at < beat <= limit]
        fits = [beat for beat in ends[:64] if _PAUSE[0] <= self.tempo.seconds(beat * PPQ) - start <= _PAUSE[1]]
        if not fits:
            return min(limit, Fraction(self.tempo.tick(start + _PAUSE[0]), PPQ))
        downbeats = {bar.start for bar in self.bars}
        return min(
            fits,
            key=lambda beat: (abs(self.tempo.seconds(beat * PPQ) - start - _BREATH) - (Fraction(2, 5) if beat in downbeats else 0), beat),
        )

    def _beats(self, after: Fraction) -> Iterable[Fraction]:
        for bar in self.bars:
            if bar.end > after:
                yield from (bar.start + n * bar.meter.beat for n in range(bar.meter.beats))
        yield self.bars[-1].end

    def _tick_down(self, seconds: Fraction) -> Fraction:
        return Fraction(floor(self.tempo.exact_tick(max(seconds, Fraction(0)))), PPQ)

    def _next_beat(self, seconds: Fraction) -> Fraction:
        """Return the first beat that is not before a moment (2 ms are let pass), at most the scene's end."""
        at = self.tempo.exact_tick(seconds - _NEAR) / PPQ
        return min(next((beat for beat in self._beats(at) if beat >= at), self.end), self.end)
