"""Takes: a scene composed several times, measured, the best kept; and films rendered from them."""

from motifgen.compose.compose import compose
from motifgen.takes.executors import executor_at, executor_for
from motifgen.takes.rendering import USUAL, Rendered, chosen_scenes, render
from motifgen.takes.taking import SEEDS, Composed, Take, compose_takes, local_executor, processes

__all__ = [
    "SEEDS",
    "USUAL",
    "Composed",
    "Rendered",
    "Take",
    "chosen_scenes",
    "compose",
    "compose_takes",
    "executor_at",
    "executor_for",
    "local_executor",
    "processes",
    "render",
]
