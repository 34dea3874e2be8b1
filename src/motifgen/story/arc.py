"""Arc: how a scene should feel over time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motifgen.affect import Affect


@dataclass(frozen=True, slots=True)
class Keyframe:
    """What is asked at a moment (seconds), and the shape of the way to the next one."""

    at: Fraction
    affect: Affect
    curve: str = "linear"
    feel: str = ""


@dataclass(frozen=True, slots=True)
class Arc:
    """Affect over time: keyframes in order of time."""

    points: tuple[Keyframe, ...]

    def at(self, seconds: Fraction) -> Affect:
        """Return what is asked at a moment; before the first keyframe the first, after the last the last."""
        raise NotImplementedError
