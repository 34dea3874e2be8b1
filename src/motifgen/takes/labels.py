"""Labels: what a take was composed as, and what was measured of it, so that many takes can serve as a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene
from motifgen.takes.rows import Column, Row

if TYPE_CHECKING:
    from motifgen.measure.conformance import Report

_COLUMNS: dict[str, Column] = {"str": str, "int": int, "float": float, "tuple[str, ...]": (str,), "tuple[float, ...]": (float,)}


@dataclass(frozen=True, slots=True)
class Labels:
    """A take in figures. Style, keys, tempos and statements are what it was composed as; the rest is measured from its notes.

    Parameters
    ----------
    style : str
    seconds : float
        Length of the scene.
    keys : tuple[str, ...]
        Of its sections, in order.
    tempos : tuple[float, ...]
        Quarters a minute, bar by bar.
    parts : int
        Players or sections of players.
    notes : int
    statements : tuple[str, ...]
        Each as ``"who: treatment: step, step"``, the steps being what `motifgen.parse_transform` reads.
    transforms : tuple[str, ...]
        Every step that was taken in any of them, once.
    likenesses : tuple[float, ...]
        Of the statements to their themes, 0 to 1.
    tension, arousal : float
        Rank correlation of the asked with the perceived curve.
    tension_lag, arousal_lag : float
        Seconds.
    valence_asked, valence : float
        Means, -1 to 1.
    hits, hits_heard : int
    leads, leads_found : int
        Presences of those who lead, and in how many of them their theme is found.
    faults : int
        What players cannot do.
    dynamic_range_db, parts_sounding, share_silent : float
    """

    style: str
    seconds: float
    keys: tuple[str, ...]
    tempos: tuple[float, ...]
    parts: int
    notes: int
    statements: tuple[str, ...]
    transforms: tuple[str, ...]
    likenesses: tuple[float, ...]
    tension: float
    arousal: float
    tension_lag: float
    arousal_lag: float
    valence_asked: float
    valence: float
    hits: int
    hits_heard: int
    leads: int
    leads_found: int
    faults: int
    dynamic_range_db: float
    parts_sounding: float
    share_silent: float

    @classmethod
    def of(cls, row: Row) -> Labels:
        """Return the labels that a row holds."""
        read: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        return cls(**read)


def label_columns() -> dict[str, Column]:
    """Return the columns of labels, in order."""
    return {field.name: _COLUMNS[str(field.type)] for field in fields(Labels)}


def labels(recording: Recording, scene: Scene, report: Report) -> Labels:
    """Return the labels of a composed scene and its report."""
    said = recording.ledger
    traces = {trace.axis: trace for trace in report.traces}
    leads = [theme for theme in report.themes if theme.role == "lead"]
    statements = said.get("statements", ())
    return Labels(
        style=str(said.get("style", scene.style)),
        seconds=float(scene.length),
        keys=tuple(section["key"] for section in said.get("sections", ())),
        tempos=tuple(bar["tempo_bpm"] for bar in said.get("bars", ())),
        parts=len(recording.parts),
        notes=sum(len(part.notes) for part in recording.parts),
        statements=tuple(map(_statement, statements)),
        transforms=tuple(dict.fromkeys(step for each in statements for step in each["transforms"])),
        likenesses=tuple(float(each["likeness"]) for each in statements),
        tension=report.tension,
        arousal=report.arousal,
        tension_lag=traces["tension"].lag_seconds,
        arousal_lag=traces["arousal"].lag_seconds,
        valence_asked=report.valence_asked,
        valence=report.valence,
        hits=len(report.hits),
        hits_heard=sum(hit.audible for hit in report.hits),
        leads=len(leads),
        leads_found=sum(theme.found > 0 for theme in leads),
        faults=len(report.faults),
        dynamic_range_db=report.dynamic_range_db,
        parts_sounding=report.parts_sounding,
        share_silent=report.share_silent,
    )


def _statement(each: Mapping[str, Any]) -> str:
    return ": ".join([each["who"], each["treatment"], *([", ".join(each["transforms"])] if each["transforms"] else [])])
