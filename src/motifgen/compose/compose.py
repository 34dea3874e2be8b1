"""compose(): a scene passes over the desk, one decision at a time, and leaves as a sketch."""

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


def compose(scene: Scene, story: Story | None = None, *, steps: Steps | None = None) -> Sketch:
    """Return the sketch of a scene.

    Parameters
    ----------
    scene : Scene
        What the picture asks for.
    story : Story, optional
        The film around it. With it, the planner knows how often each theme was heard before; only what the story
        declares counts, never what was composed, so that every scene can be composed alone.
    steps : Steps, optional
        Your own step in place of one of the six.

    Raises
    ------
    ComposeError
        If the scene cannot be composed as asked.

    Examples
    --------
    >>> from motifgen.story.arc import Arc
    >>> sketch = compose(Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope"))))
    >>> sketch.ledger["scene"], round(float(sketch.recording.tempo.seconds(sketch.recording.end_tick)), 3)
    ('1m1', 8.0)
    """
    at = steps or Steps()
    performance = at.perform(at.orchestrate(at.weave(at.harmonise(at.plan(at.spot(scene, story))))))
    return Sketch(performance, record(performance, ledger_of(performance)))
