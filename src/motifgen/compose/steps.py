"""The six steps in their order, and the way of a scene through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from motifgen.compose.desk import Harmony, Performance, Plan, Scoring, Spotting, Texture
from motifgen.compose.harmony import harmonise
from motifgen.compose.ledger import ledger_of
from motifgen.compose.orchestration import orchestrate
from motifgen.compose.performance import perform
from motifgen.compose.planning import plan
from motifgen.compose.recording import record
from motifgen.compose.sketch import Sketch
from motifgen.compose.spotting import spot
from motifgen.compose.texture import weave
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene, Story


@dataclass(frozen=True, slots=True)
class Steps:
    """The six steps of the desk; any may be replaced by a callable of the same signature.

    Examples
    --------
    >>> from dataclasses import replace
    >>> def in_silence(plan):
    ...     return Harmony(plan, ())
    >>> replace(Steps(), harmonise=in_silence).harmonise is in_silence
    True
    """

    spot: Callable[[Scene, Story | None], Spotting] = spot
    plan: Callable[[Spotting], Plan] = plan
    harmonise: Callable[[Plan], Harmony] = harmonise
    weave: Callable[[Harmony], Texture] = weave
    orchestrate: Callable[[Texture], Scoring] = orchestrate
    perform: Callable[[Scoring], Performance] = perform

    def sketch(self, scene: Scene, story: Story | None) -> Sketch:
        """Return a scene's sketch: every step in turn, then the ledger of what came of it."""
        spotting = self.spot(scene, story)
        if scene.keep_bars:
            return self._around_kept(spotting, story)
        performance = self._performed(spotting)
        return Sketch(performance, record(performance, ledger_of(performance)))

    def _around_kept(self, spotting: Spotting, story: Story | None) -> Sketch:
        """Return a sketch with bars of earlier takes in it, the rest composed around them."""
        from motifgen.compose.keeping import keep, lock  # noqa: PLC0415 - few scenes keep bars

        told, locks, warnings = lock(spotting, story, self._recording)
        performance = self._performed(told)
        recording = keep(record(performance, ledger_of(performance)), locks, told.rests, warnings)
        return Sketch(replace(performance, parts=recording.parts), recording)

    def _performed(self, spotting: Spotting) -> Performance:
        return self.perform(self.orchestrate(self.weave(self.harmonise(self.plan(spotting)))))

    def _recording(self, scene: Scene, story: Story | None) -> Recording:
        return self.sketch(scene, story).recording
