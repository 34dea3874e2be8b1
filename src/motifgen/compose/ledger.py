"""The ledger: what was composed and why, for people and programs; read off what is written, not off what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from motifgen.affect import AXES
from motifgen.compose.desk import ChordSpan, Landing, Performance, ScoreNote, ScorePart, Spotting, Statement
from motifgen.orchestra.instrument import find_instrument
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Part
from motifgen.sketch.tempo_map import to_tick
from motifgen.theory.roman import roman
from motifgen.version import __version__

FORMAT = 1
_NEAR = PPQ // 2


def ledger_of(performance: Performance) -> dict[str, Any]:
    """Return the ledger of a performance as a JSON object, per the contract of the scene format.

    Times are seconds from the scene's start, rounded to a millionth.
    """
    texture = performance.scoring.texture
    plan = texture.harmony.plan
    spotting = plan.spotting
    scene = spotting.scene
    steps = (spotting, plan, texture.harmony, texture, performance.scoring, performance)
    return {
        "motifgen": __version__,
        "format": FORMAT,
        "scene": scene.id,
        "title": scene.title,
        "seed": scene.seed,
        "style": scene.style,
        "start_timecode": str(scene.start),
        "frame_rate": scene.frame_rate.name,
        "length_seconds": _seconds(scene.length),
        **({"first_frame_seconds": _seconds(scene.pickup)} if scene.pickup else {}),
        **({"loop": True} if scene.loop else {}),
        "ticks_per_quarter": PPQ,
        "bars": list(_bars(spotting)),
        "arc": list(_arc(spotting)),
        "hits": [_hit(landing, spotting) for landing in spotting.landings],
        "sections": [
            {**_span(spotting, s.span.start, s.span.end), "function": s.function, "key": str(s.key), "level": round(s.level, 3)}
            for s in plan.sections
        ],
        "keys": [{"start_seconds": _seconds(spotting.seconds(it.at)), "key": str(it.key), "why": it.why} for it in plan.keys],
        "statements": list(_statements(performance, plan.statements)),
        "chords": [_chord(chord, spotting) for chord in texture.harmony.chords],
        "parts": [part_row(part) for part in performance.parts],
        "warnings": [*_loop(spotting), *(text for step in steps for text in step.warnings)],
    }


def _loop(spotting: Spotting) -> Iterator[str]:
    """Yield what is wrong with a loop whose last bar is cut short: the beat stumbles each time round."""
    last = spotting.bars[-1]
    if spotting.scene.loop and last.end != spotting.end:
        short, long = (round(float(spotting.seconds(at)), 3) for at in (last.start, last.end))
        yield f"the loop ends within bar {last.number}, and its beat stumbles there; whole bars last {short:g} or {long:g} s"


def _seconds(value: Fraction) -> float:
    return round(float(value), 6)


def _span(spotting: Spotting, start: Fraction, end: Fraction) -> dict[str, float]:
    return {"start_seconds": _seconds(spotting.seconds(start)), "end_seconds": _seconds(spotting.seconds(end))}


def _place(spotting: Spotting, at: Fraction) -> dict[str, float]:
    bar = spotting.bar_at(at)
    return {"bar": bar.number, "beat": round(float((at - bar.start) / bar.meter.beat) + 1, 6)}


def _bars(spotting: Spotting) -> Iterator[dict[str, Any]]:
    for bar in spotting.bars:
        yield {
            "bar": bar.number,
            "start_seconds": _seconds(spotting.seconds(bar.start)),
            "meter": str(bar.meter),
            "tempo_bpm": round(spotting.tempo.bpm(to_tick(bar.start)), 4),
        }


def _arc(spotting: Spotting) -> Iterator[dict[str, float]]:
    scene = spotting.scene
    whole = {Fraction(second) for second in range(int(scene.length) + 1)}
    times = whole | {point.at for point in scene.arc.points if point.at <= scene.length} | {scene.length}
    for at in sorted(times):
        affect = scene.arc.at(at)
        yield {"seconds": _seconds(at), **{axis: round(getattr(affect, axis), 4) for axis in AXES}}


def _hit(landing: Landing, spotting: Spotting) -> dict[str, Any]:
    landed = spotting.seconds(landing.at)
    return {
        "what": landing.hit.what,
        "do": landing.hit.do,
        "asked_seconds": _seconds(landing.hit.at),
        "landed_seconds": _seconds(landed),
        **_place(spotting, landing.at),
        # Adding nothing turns the -0.0 of a microsecond too early into 0.0.
        "error_ms": round(float(landed - landing.hit.at) * 1000, 3) + 0.0,
        "error_frames": round(float((landed - landing.hit.at) * spotting.scene.frame_rate.fps), 3) + 0.0,
        "must": landing.hit.must,
        "met": landing.met,
    }


def _chord(span: ChordSpan, spotting: Spotting) -> dict[str, Any]:
    return {
        **_span(spotting, span.span.start, span.span.end),
        "symbol": str(span.chord),
        "roman": roman(span.chord, span.key),
        "key": str(span.key),
        **({"why": span.why} if span.why else {}),
    }


def part_row(part: Part) -> dict[str, Any]:
    """Return a part's row of the ledger."""
    return {
        "name": part.name,
        "instrument": part.instrument,
        "family": part.family,
        "role": part.role,
        "program": part.program,
        "players": part.players,
        "notes": len(part.notes),
    }


def _statements(performance: Performance, statements: Sequence[Statement]) -> Iterator[dict[str, Any]]:
    spotting = performance.scoring.texture.harmony.plan.spotting
    carried = _carried(performance.scoring.parts)
    played = {part.name: part for part in performance.parts}
    for index, statement in enumerate(statements):
        carriers = sorted(carried.get(index, []), key=lambda carrier: (_rank(carrier[0], statement), -len(carrier[1])))
        notes = _sounding(played[carriers[0][0].name], carriers[0][1], spotting) if carriers else []
        span = _span(spotting, statement.start, statement.end)
        yield {
            "who": statement.who.key,
            "kind": statement.who.kind,
            "role": statement.role,
            "treatment": statement.treatment,
            "transforms": list(statement.transforms),
            "parts": [part.name for part, _ in carriers],
            **(span if not notes else span | {"start_seconds": notes[0][0]}),
            **_place(spotting, statement.start),
            "key": str(statement.key),
            "likeness": round(statement.likeness, 3),
            "asked": statement.asked,
            "why": statement.why,
            "notes": notes,
        }


def _carried(parts: Sequence[ScorePart]) -> dict[int, list[tuple[ScorePart, list[ScoreNote]]]]:
    """Return for every statement the parts that carry it with their notes, in score order."""
    found: dict[int, dict[int, list[ScoreNote]]] = {}
    for number, part in enumerate(parts):
        for note in part.notes:
            if note.statement >= 0:
                found.setdefault(note.statement, {}).setdefault(number, []).append(note)
    return {statement: [(parts[number], notes) for number, notes in sorted(carriers.items())] for statement, carriers in found.items()}


def _rank(part: ScorePart, statement: Statement) -> int:
    """Return how early the composer wished for a part's instrument; those not wished for come last."""
    wishes = [find_instrument(voice)[0].name for voice in ((statement.by,) if statement.by else statement.who.voice)]
    return wishes.index(part.instrument.name) if part.instrument.name in wishes else len(wishes)


def _sounding(part: Part, notes: Sequence[ScoreNote], spotting: Spotting) -> list[list[float]]:
    """Return the performed onset (seconds) and pitch of score notes, by the nearest performed note of the same pitch."""
    found = []
    for note in notes:
        ticks = part.notes["onset_tick"][part.notes["pitch"] == note.pitch.midi]
        if len(ticks):
            nearest = int(ticks[np.argmin(np.abs(ticks - to_tick(note.onset)))])
            if abs(nearest - to_tick(note.onset)) < _NEAR:
                found.append([_seconds(spotting.tempo.seconds(nearest)), note.pitch.midi])
    return found
