"""Leitmotifs composed along a scene arc, rendered to MIDI that a DAW opens.

The names of `__all__` are the public face. All but `compose` are imported when they are first asked for, so that a command which only
lists instruments does not load the composer.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from motifgen.compose.compose import compose
from motifgen.version import __version__

if TYPE_CHECKING:
    from motifgen.affect import Affect
    from motifgen.compose.sketch import Sketch
    from motifgen.compose.steps import Steps
    from motifgen.files.scene_file import read_story
    from motifgen.motif.invention import invent
    from motifgen.motif.likeness import likeness
    from motifgen.motif.motif import Motif, Note
    from motifgen.story.arc import Arc
    from motifgen.story.leitmotif import Character, Emotion, Invention
    from motifgen.story.scene import Asked, BarPlace, Cast, Hit, KeptBars, Scene, SourceScene, Story

__all__ = [
    "Affect",
    "Arc",
    "Asked",
    "BarPlace",
    "Cast",
    "Character",
    "Emotion",
    "Hit",
    "Invention",
    "KeptBars",
    "Motif",
    "Note",
    "Scene",
    "Sketch",
    "SourceScene",
    "Steps",
    "Story",
    "__version__",
    "compose",
    "invent",
    "likeness",
    "read_story",
]

_HOMES = {
    "Affect": "affect",
    "Arc": "story.arc",
    "Asked": "story.scene",
    "BarPlace": "story.scene",
    "Cast": "story.scene",
    "Character": "story.leitmotif",
    "Emotion": "story.leitmotif",
    "Hit": "story.scene",
    "Invention": "story.leitmotif",
    "KeptBars": "story.scene",
    "Motif": "motif.motif",
    "Note": "motif.motif",
    "Scene": "story.scene",
    "Sketch": "compose.sketch",
    "SourceScene": "story.scene",
    "Steps": "compose.steps",
    "Story": "story.scene",
    "invent": "motif.invention",
    "likeness": "motif.likeness",
    "read_story": "files.scene_file",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in _HOMES:
        raise AttributeError(f"module 'motifgen' has no attribute {name!r}")
    return getattr(import_module(f"motifgen.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
