"""From a performance to a recording: what a file format needs, and no more."""

from __future__ import annotations

from typing import Any

from motifgen.compose.desk import Performance, Plan, Spotting
from motifgen.sketch.recording import Bar, Marker, Recording
from motifgen.sketch.tempo_map import to_tick


def record(performance: Performance, ledger: dict[str, Any]) -> Recording:
    """Return a performance with its bars, markers and ledger, in ticks."""
    plan = performance.scoring.texture.harmony.plan
    spotting = plan.spotting
    scene = spotting.scene
    return Recording(
        title=" ".join(filter(None, (scene.id, scene.title, str(scene.start)))),
        tempo=spotting.tempo,
        bars=tuple(Bar(bar.number, to_tick(bar.start), bar.meter) for bar in spotting.bars),
        markers=_markers(plan, spotting),
        parts=performance.parts,
        end_tick=spotting.tempo.tick(scene.length),
        ledger=ledger,
    )


def _markers(plan: Plan, spotting: Spotting) -> tuple[Marker, ...]:
    sections = [Marker(to_tick(section.span.start), f"{spotting.scene.id} {section.function}") for section in plan.sections]
    hits = [Marker(to_tick(landing.at), f"HIT {landing.hit.do} {landing.hit.what}".rstrip()) for landing in spotting.landings]
    return tuple(sorted((*sections, *hits), key=lambda marker: (marker.tick, marker.text)))
