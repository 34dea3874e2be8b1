"""Leitmotifs composed along a scene arc, rendered to MIDI that a DAW opens."""

from motifgen.affect import Affect
from motifgen.compose.compose import Steps, compose
from motifgen.compose.sketch import Sketch
from motifgen.files.scene_file import read_story
from motifgen.motif.invention import invent
from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif, Note
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character, Emotion
from motifgen.story.scene import Asked, Cast, Hit, Scene, Story
from motifgen.version import __version__

__all__ = [
    "Affect",
    "Arc",
    "Asked",
    "Cast",
    "Character",
    "Emotion",
    "Hit",
    "Motif",
    "Note",
    "Scene",
    "Sketch",
    "Steps",
    "Story",
    "__version__",
    "compose",
    "invent",
    "likeness",
    "read_story",
]
