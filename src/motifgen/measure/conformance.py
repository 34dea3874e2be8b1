"""Does the music do what the scene asks? Hits, arc, playability, expression: one report from a recording."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from motifgen.measure.curves import STEP, Curve, Curves, curves, perceived_arousal, perceived_tension, rank_correlation
from motifgen.measure.playability import Fault, faults
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Hit, Scene

QUIET_DB = -50.0
LAG = 8


@dataclass(frozen=True, slots=True)
class HitHeard:
    """A hit as it is found in the recording.

    ``off_ms`` is from the frame to the nearest onset (late positive; for a cut or a pause, to the start of silence); ``rise_db`` is
    loudness just after against the second before (for a swell, against two seconds before; for a cut, what remains after it).
    """

    what: str
    do: str
    asked_seconds: float
    off_ms: float
    rise_db: float
    audible: bool


@dataclass(frozen=True, slots=True)
class Report:
    """How well a recording does what a scene asks.

    ``tension`` and ``arousal`` are rank correlations of the asked with the perceived curve, -1 to 1, at the best lag up to 2 s.
    """

    tension: float
    arousal: float
    hits: tuple[HitHeard, ...]
    faults: tuple[Fault, ...]
    dynamic_range_db: float
    parts_sounding: float
    share_silent: float

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return asdict(self)


def measure(recording: Recording, scene: Scene) -> Report:
    """Return the report of a recording against a scene.

    Only what is written in the recording counts: notes, controllers, tempo map. The ledger is not read.
    """
    found = curves(recording)
    asked = [scene.arc.at(Fraction(second).limit_denominator(1000)) for second in found.seconds.tolist()]
    sounding = found.loudness > QUIET_DB
    loud = found.loudness[sounding]
    return Report(
        tension=_follows(np.array([affect.tension for affect in asked]), perceived_tension(found), sounding),
        arousal=_follows(np.array([affect.arousal for affect in asked]), perceived_arousal(found), sounding),
        hits=tuple(_heard(hit, recording, found) for hit in scene.hits),
        faults=faults(recording),
        dynamic_range_db=round(float(np.percentile(loud, 95) - np.percentile(loud, 5)), 2) if len(loud) else 0.0,
        parts_sounding=round(float(found.parts[sounding].mean()), 2) if len(loud) else 0.0,
        share_silent=round(float(1 - sounding.mean()), 4),
    )


def _follows(asked: Curve, perceived: Curve, sounding: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    """Return the best rank correlation where music sounds, the music at most 2 s late."""
    best = -1.0
    for lag in range(LAG + 1):
        late = np.concatenate([np.full(lag, asked[0]), asked[: len(asked) - lag]]) if lag else asked
        best = max(best, rank_correlation(late[sounding], perceived[sounding]))
    return best


def _level(found: Curves, start: float, end: float) -> float:
    inside = (found.seconds >= start - 1e-9) & (found.seconds < max(end, start + STEP) - 1e-9)
    return float(found.loudness[inside].max()) if inside.any() else -60.0


def _heard(hit: Hit, recording: Recording, found: Curves) -> HitHeard:
    at = float(hit.at)
    after, before = _level(found, at, at + 0.75), _level(found, at - 1.0, at - 0.25)
    if hit.do in {"cut", "pause"}:
        left, off = _tail(recording, hit.at)
        return HitHeard(hit.what, hit.do, at, off, left, audible=left <= QUIET_DB)
    rise = after - _level(found, at - 2.25, at - 1.75) if hit.do == "swell" else after - before
    need = {"swell": 6.0, "accent": 4.0, "stinger": 4.0}.get(hit.do)
    off = _nearest_onset(recording, hit.at)
    return HitHeard(hit.what, hit.do, at, off, round(rise, 2), audible=abs(off) < 45 and (need is None or rise >= need))


def _nearest_onset(recording: Recording, at: Fraction) -> float:
    tick = recording.tempo.exact_tick(at)
    onsets = [part.notes["onset_tick"] for part in recording.parts if len(part.notes)]
    if not onsets:
        return 1e6
    every = np.concatenate(onsets)
    nearest = int(every[np.argmin(np.abs(every - float(tick)))])
    return round(float(recording.tempo.seconds(nearest) - at) * 1000, 3)


def _tail(recording: Recording, at: Fraction) -> tuple[float, float]:
    """Return the loudest moment within 0.05 to 0.45 s after a cut (dB) and how late the last sound ends (ms)."""
    start, end = (recording.tempo.exact_tick(at + Fraction(wait, 100)) for wait in (5, 45))
    tick = recording.tempo.exact_tick(at)
    power, latest = 0.0, 0.0
    for part in recording.parts:
        notes = part.notes
        ringing = notes[(notes["onset_tick"] < float(end)) & (notes["end_tick"] > float(start))]
        power += float(((ringing["velocity"] / 127.0) ** 4).sum())
        over = notes[(notes["onset_tick"] < float(tick) + PPQ / 8) & (notes["end_tick"] > float(tick))]
        latest = max([latest, *(float(recording.tempo.seconds(int(t)) - at) * 1000 for t in over["end_tick"][:64])])
    return (round(10 * float(np.log10(power)), 2) if power else -60.0), round(latest, 3)
