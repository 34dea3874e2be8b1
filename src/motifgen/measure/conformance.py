"""Does the music do what the scene asks? Hits, arc, themes, playability, expression, variety: one report from a recording."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motifgen.measure.curves import Curves, curves
from motifgen.measure.expression import Expression, expression
from motifgen.measure.felt import perceived_arousal, perceived_tension, perceived_valence
from motifgen.measure.heard import ThemeHeard, themes_heard
from motifgen.measure.hits import QUIET_DB, HitHeard, hit_heard
from motifgen.measure.playability import Fault, faults
from motifgen.measure.ranks import follows
from motifgen.measure.sampling import Curve
from motifgen.measure.variety import Variety, variety
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene, Story

__all__ = ["Fault", "HitHeard", "Report", "ThemeHeard", "Trace", "measure"]
_EVERY = 4


@dataclass(frozen=True, slots=True)
class Trace:
    """One axis of the arc over time, asked and perceived, a second apart.

    ``perceived`` tension and arousal are in standard units of the piece, valence is on the scale of the asked one. ``correlation`` is the
    rank correlation at the best lag, with the music ``lag_seconds`` late; both over the moments at which music sounds.
    """

    axis: str
    correlation: float
    lag_seconds: float
    asked: tuple[float, ...]
    perceived: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """How well a recording does what a scene asks.

    Parameters
    ----------
    tension, arousal : float
        Rank correlations of the asked with the perceived curve, -1 to 1, at the best lag up to 2 s.
    hits : tuple[HitHeard, ...]
    faults : tuple[Fault, ...]
        What players cannot do.
    dynamic_range_db, parts_sounding, share_silent : float
    valence, valence_asked : float
        Mean over the moments at which music sounds, -1 to 1.
    traces : tuple[Trace, ...]
        Tension, arousal and valence over time.
    themes : tuple[ThemeHeard, ...]
        For each presence, what is found of its theme; empty when themes were not searched for.
    expression : Expression
    variety : Variety
    """

    tension: float
    arousal: float
    hits: tuple[HitHeard, ...]
    faults: tuple[Fault, ...]
    dynamic_range_db: float
    parts_sounding: float
    share_silent: float
    valence: float
    valence_asked: float
    traces: tuple[Trace, ...]
    themes: tuple[ThemeHeard, ...]
    expression: Expression
    variety: Variety

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return asdict(self)


def measure(recording: Recording, scene: Scene, story: Story | None = None, *, search: bool = True) -> Report:
    """Return the report of a recording against a scene.

    Only what is written in the recording counts: notes, controllers, tempo map, players. The ledger is not read.

    Parameters
    ----------
    recording : Recording
    scene : Scene
    story : Story, optional
        The film around it: themes that are invented depend on it.
    search : bool
        Whether themes are searched for.

    Examples
    --------
    >>> from motifgen import Arc, compose
    >>> scene = Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope")))
    >>> report = measure(compose(scene).recording, scene)
    >>> report.faults, report.share_silent < 0.2
    ((), True)
    """
    found = curves(recording, scene.key)
    sounding = found.loudness > QUIET_DB
    asked = _asked(found, scene)
    perceived = {"tension": perceived_tension(found), "arousal": perceived_arousal(found), "valence": perceived_valence(found)}
    traces = tuple(_trace(axis, asked[axis], curve, sounding) for axis, curve in perceived.items())
    played = expression(recording, found, QUIET_DB)
    return Report(
        tension=traces[0].correlation,
        arousal=traces[1].correlation,
        hits=tuple(hit_heard(hit, recording, found, scene.frame_rate.fps) for hit in scene.hits),
        faults=faults(recording),
        dynamic_range_db=played.dynamic_range_db,
        parts_sounding=round(_mean(found.parts, sounding), 2),
        share_silent=round(float(1 - sounding.mean()), 4),
        valence=_mean(perceived["valence"], sounding),
        valence_asked=_mean(asked["valence"], sounding),
        traces=traces,
        themes=themes_heard(recording, scene, story) if search else (),
        expression=played,
        variety=variety(recording),
    )


def _asked(found: Curves, scene: Scene) -> dict[str, Curve]:
    """Return what the arc asks at every sample, by axis."""
    affects = [scene.arc.at(second) for second in found.seconds.tolist()]
    return {axis: np.array([getattr(affect, axis) for affect in affects]) for axis in ("tension", "arousal", "valence")}


def _trace(axis: str, asked: Curve, perceived: Curve, sounding: NDArray[np.bool_]) -> Trace:
    correlation, lag = follows(asked, perceived, sounding)
    return Trace(axis, correlation, lag, _thinned(asked), _thinned(perceived))


def _mean(curve: Curve, sounding: NDArray[np.bool_]) -> float:
    return round(float(curve[sounding].mean()), 4) if sounding.any() else 0.0


def _thinned(curve: Curve) -> tuple[float, ...]:
    """Return a curve's value at every full second."""
    return tuple(round(value, 4) for value in curve[::_EVERY].tolist())
