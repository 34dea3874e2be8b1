"""Expression: how far the players shape what they play."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from motifgen.measure.curves import Curves
from motifgen.measure.sampling import Curve, seconds_of
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Part, Recording

SHAPING = (1, 2, 7, 11)
#: Places of a bar's grid: twelve to the quarter hold eighths, triplets and sixteenths.
_GRID = PPQ // 12


@dataclass(frozen=True, slots=True)
class Expression:
    """How the players shape what they play.

    Parameters
    ----------
    dynamic_range_db : float
        From the 5th to the 95th percentile of loudness where music sounds.
    velocity_spread : float
        Standard deviation of velocity within a part, mean over the parts, weighted by their notes.
    timing_spread_ms : float
        Standard deviation of onsets about the grid of twelve to a quarter.
    shaping : float
        Changes of CC1, CC2, CC7 and CC11 a second in the mean part that has any; 0 where nobody uses them.
    shaped_parts : float
        Share of the parts (drums left out) that use those controllers.
    """

    dynamic_range_db: float
    velocity_spread: float
    timing_spread_ms: float
    shaping: float
    shaped_parts: float


def expression(recording: Recording, found: Curves, quiet_db: float) -> Expression:
    """Return the expression of a recording; moments below ``quiet_db`` are silence."""
    played = [part for part in recording.parts if len(part.notes)]
    loud = found.loudness[found.loudness > quiet_db]
    count = sum(len(part.notes) for part in played)
    spread = sum(len(part.notes) * float(part.notes["velocity"].std()) for part in played) / count if count else 0.0
    length = max(float(recording.tempo.seconds(recording.end_tick)), 1e-9)
    moved = [turns for turns in (_turns(part) for part in played if not part.drums) if turns]
    sustaining = sum(not part.drums for part in played)
    return Expression(
        round(float(np.percentile(loud, 95) - np.percentile(loud, 5)), 2) if len(loud) else 0.0,
        round(spread, 2),
        round(float(_off_grid(recording, played).std()) * 1000, 2) if count else 0.0,
        round(sum(moved) / len(moved) / length, 3) if moved else 0.0,
        round(len(moved) / sustaining, 3) if sustaining else 0.0,
    )


def _turns(part: Part) -> int:
    """Return how often a part's shaping controllers take another value."""
    return sum(
        int(np.count_nonzero(np.diff(part.controls["value"][part.controls["controller"] == number].astype(np.int64)))) for number in SHAPING
    )


def _off_grid(recording: Recording, played: list[Part]) -> Curve:
    """Return how far (s) each onset is from its place on the grid."""
    onsets = np.concatenate([part.notes["onset_tick"] for part in played])
    place = (onsets + _GRID // 2) // _GRID * _GRID
    return seconds_of(recording.tempo, onsets) - seconds_of(recording.tempo, place)
