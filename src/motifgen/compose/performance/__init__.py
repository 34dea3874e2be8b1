"""How it is played: expression rules, articulation, hits, human timing, controllers; `perform` is the step."""

from motifgen.compose.performance.perform import perform

__all__ = ["perform"]
