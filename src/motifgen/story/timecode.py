"""Film timecode: frames, rates, drop-frame; exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FrameRate:
    """A frame rate by its name in a scene file: ``"24"``, ``"29.97df"``."""

    name: str = "24"
    fps: Fraction = Fraction(24)
    nominal: int = 24
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Timecode:
    """A place in a film, as whole frames from 00:00:00:00 at a rate."""

    frames: int = 86_400
    rate: FrameRate = FrameRate()
