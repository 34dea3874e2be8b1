"""The six steps in their order, and the way of a scene through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
        performance = self.perform(self.orchestrate(self.weave(self.harmonise(self.plan(self.spot(scene, story))))))
        return Sketch(performance, record(performance, ledger_of(performance)))
