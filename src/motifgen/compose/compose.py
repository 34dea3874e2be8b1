"""compose(): a scene passes over the desk, one decision at a time, and leaves as a sketch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motifgen.errors import ensure

if TYPE_CHECKING:
    from motifgen.compose.sketch import Sketch
    from motifgen.compose.steps import Steps
    from motifgen.story.scene import Scene, Story


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
    >>> from motifgen import Arc, Scene
    >>> sketch = compose(Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope"))))
    >>> sketch.ledger["scene"], round(float(sketch.recording.tempo.seconds(sketch.recording.end_tick)), 3)
    ('1m1', 8.0)
    """
    from motifgen.compose.steps import Steps  # noqa: PLC0415 - the whole desk: commands that do not compose need not wait for it
    from motifgen.story.scene import Scene  # noqa: PLC0415 - as above

    ensure("what is to be composed", scene, Scene)
    return (steps or Steps()).sketch(scene, story)
