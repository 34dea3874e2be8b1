"""Hits as they are found in a recording: when, and whether they can be heard as what they should be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from motifgen.measure.curves import Curves
from motifgen.measure.sampling import FLOOR_DB, STEP, Samples, gain
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Hit

QUIET_DB = -50.0
#: Sound ahead of the picture is noticed from here (ms; ITU-R BT.1359-1).
NOTICED_MS = 45
_RISES = {"swell": 6.0, "accent": 4.0, "stinger": 4.0}


@dataclass(frozen=True, slots=True)
class HitHeard:
    """A hit as it is found in the recording.

    ``off_ms`` is from the frame to the nearest onset (late positive; for a cut or a pause, to the start of silence), ``off_frames`` the
    same in frames of the scene; ``rise_db`` is the loudness of the stroke, or just after it, against the second before (for a swell,
    against two seconds before; for a cut, what remains after it).
    """

    what: str
    do: str
    asked_seconds: float
    off_ms: float
    rise_db: float
    audible: bool
    off_frames: float = 0.0


def hit_heard(hit: Hit, recording: Recording, found: Curves, frames: Fraction) -> HitHeard:
    """Return a hit as it is found; ``frames`` is the picture's rate."""
    at = float(hit.at)
    if hit.do in {"cut", "pause"}:
        rise, off = _tail(recording, hit.at)
        audible = rise <= QUIET_DB
    else:
        before = _level(found, at - 2.25, at - 1.75) if hit.do == "swell" else _level(found, at - 1.0, at - 0.25)
        after = max(_level(found, at, at + 0.75), _struck(recording, hit.at))
        rise, off = round(after - before, 2), _nearest_onset(recording, hit.at)
        audible = abs(off) < NOTICED_MS and (hit.do not in _RISES or rise >= _RISES[hit.do])
    return HitHeard(hit.what, hit.do, at, off, rise, audible, round(off * float(frames) / 1000, 3))


def _level(found: Curves, start: float, end: float) -> float:
    inside = (found.seconds >= start - 1e-9) & (found.seconds < max(end, start + STEP) - 1e-9)
    return float(found.loudness[inside].max()) if inside.any() else -60.0


def _struck(recording: Recording, at: Fraction) -> float:
    """Return the level (dB) of what begins at a moment: a short stroke may be over before the curve is sampled again."""
    samples, near = Samples.of(recording), Fraction(NOTICED_MS, 1000)
    early, late = (float(recording.tempo.exact_tick(max(at + wait, Fraction(0)))) for wait in (-near, near))
    power = 0.0
    for part in recording.parts:
        begun = part.notes[(part.notes["onset_tick"] >= early) & (part.notes["onset_tick"] <= late)]
        if len(begun):
            turned = gain(part, samples)[samples.first(begun)]
            power += float(((begun["velocity"] / 127.0) ** 4 * turned).sum())
    return max(10 * float(np.log10(power)), FLOOR_DB) if power else FLOOR_DB


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
