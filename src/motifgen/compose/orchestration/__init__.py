"""By whom: lines go to players, over the phrase and by cost."""

from motifgen.compose.orchestration.orchestrate import orchestrate

__all__ = ["orchestrate"]
