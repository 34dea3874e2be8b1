"""A recording with kept bars: parts, score and ledger alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from motifgen.compose.keeping.lock import Lock
from motifgen.compose.keeping.parts import with_kept
from motifgen.compose.keeping.written import with_written
from motifgen.compose.ledger import part_row
from motifgen.sketch.events import PPQ, notes
from motifgen.sketch.recording import Part, Recording
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.time import Span

_MELODIC = ("theme", "fragment")


def keep(recording: Recording, locks: Sequence[Lock], rests: Sequence[Span] = (), warnings: Sequence[str] = ()) -> Recording:
    """Return a recording in which the locked bars are those of their takes.

    Parameters
    ----------
    locks : Sequence[Lock]
    rests : Sequence[Span]
        Quarters in which nothing may sound now, whatever the take did there.
    warnings : Sequence[str]
        What could not be kept; goes to the ledger.
    """
    said = list(warnings)
    for found in locks:
        parts = _parts(recording, found)
        parts, cut = _silenced(parts, found, rests, recording.end_tick)
        if cut:
            said.append(f"{cut} notes of {found.take.name} sounded where there is silence now: they are cut")
        names = [part.name for part in parts]
        score = with_written(recording.score, found, names) if recording.score is not None else None
        recording = replace(recording, parts=parts, score=score)
        recording = replace(recording, ledger=_ledger(recording, found))
    if not (locks or said):
        return recording
    return replace(recording, ledger={**recording.ledger, "warnings": [*recording.ledger["warnings"], *said]})


def _parts(recording: Recording, found: Lock) -> tuple[Part, ...]:
    """Return every part of the scene, and those of the take that it does not have, each after its family."""
    old = {part.name: part for part in found.take.recording.parts}
    own = [with_kept(part, found, part, old.get(part.name)) for part in recording.parts]
    for name, part in old.items():
        added = None if name in {it.name for it in own} else with_kept(part, found, None, part)
        if added is not None and len(added.notes):
            places = [i for i, it in enumerate(own) if it.family == part.family]
            own.insert(places[-1] + 1 if places else len(own), added)
    return tuple(own)


def _silenced(parts: Sequence[Part], found: Lock, rests: Sequence[Span], end: int) -> tuple[tuple[Part, ...], int]:
    """Return parts without what the take sounds in silence or after the scene's end, and how many notes were cut."""
    stops = [(round(rest.start * PPQ), round(rest.end * PPQ)) for rest in rests]
    stops = [*((a, b) for a, b in stops if a < found.end and b > found.start), (end, max(end, found.end) + 1)]
    done, cut = [], 0
    for part in parts:
        rows, ways = [], []
        for row, way in zip(part.notes.tolist(), part.articulations or [""] * len(part.notes), strict=True):
            last = min([row[1], *(a for a, b in stops if row[0] < b and a < row[1])])
            cut += last != row[1]
            if last > row[0]:
                rows.append((row[0], last, *row[2:]))
                ways.append(way)
        done.append(replace(part, notes=notes(rows), articulations=tuple(ways) if part.articulations else ()))
    return tuple(done), cut


def _ledger(recording: Recording, found: Lock) -> dict[str, Any]:
    ledger = recording.ledger
    rows = {"from": found.kept.first, "to": found.kept.last, "of": found.take.name}
    return {
        **ledger,
        "statements": statements(ledger["statements"], recording, found),
        "chords": _chords(ledger["chords"], recording.tempo, found),
        "parts": [part_row(part) for part in recording.parts],
        "kept_bars": [*ledger.get("kept_bars", []), rows],
    }


def _now(seconds: float, tempo: TempoMap, found: Lock) -> float:
    """Return where something of the take lies now, in seconds."""
    return round(float(tempo.seconds(found.take.tick(seconds) + found.shift)), 6)


def _chords(own: Sequence[dict[str, Any]], tempo: TempoMap, found: Lock) -> list[dict[str, Any]]:
    start, end = (round(float(tempo.seconds(tick)), 6) for tick in (found.start, found.end))
    kept = [_moved(row, tempo, found) for row in found.take.rows("chords")]
    rest = [part for row in own for part in (_clipped(row, 0.0, start), _clipped(row, end, row["end_seconds"]))]
    found_rows = [*rest, *(_clipped(row, start, end) for row in kept)]
    return sorted((row for row in found_rows if row["start_seconds"] < row["end_seconds"]), key=lambda row: row["start_seconds"])


def _moved(row: dict[str, Any], tempo: TempoMap, found: Lock) -> dict[str, Any]:
    return {**row, **{name: _now(row[name], tempo, found) for name in ("start_seconds", "end_seconds")}}


def _clipped(row: dict[str, Any], start: float, end: float) -> dict[str, Any]:
    return {**row, "start_seconds": max(row["start_seconds"], start), "end_seconds": min(row["end_seconds"], end)}


def statements(own: Sequence[dict[str, Any]], recording: Recording, found: Lock) -> list[dict[str, Any]]:
    """Return what is stated: outside kept bars as composed, within them as the take's ledger has it.

    A theme that begins in kept bars and goes on after them is one row where the same player goes on with it, and else two: the notes of
    a row are those of the first of its parts.
    """
    tempo = recording.tempo
    kept = list(_kept_rows(tempo, found))
    rows = []
    for row in own:
        inside = [note for note in row["notes"] if found.holds(tempo.tick(Fraction(str(note[0]))))]
        outside = [note for note in row["notes"] if note not in inside]
        same = next((it for it in kept if _same(it, row)), None)
        if same is not None and same["parts"][:1] == row["parts"][:1]:
            kept.remove(same)
            rows.append(_joined(same, outside, row))
        elif same is not None and outside:
            rows.append(_going_on({**row, "notes": outside}, recording, found))
        elif same is None and (outside or not inside):
            rows.append({**row, "notes": outside})
    return sorted((*rows, *kept), key=lambda row: row["start_seconds"])


def _joined(kept: dict[str, Any], outside: Sequence[list[float]], planned: dict[str, Any]) -> dict[str, Any]:
    played = sorted([*outside, *kept["notes"]])
    ends = max(planned["end_seconds"], kept["end_seconds"]) if outside else kept["end_seconds"]
    return {**kept, "notes": played, "start_seconds": played[0][0], "end_seconds": ends}


def _going_on(row: dict[str, Any], recording: Recording, found: Lock) -> dict[str, Any]:
    """Return the row of a theme that another player goes on with after kept bars, from the first note there."""
    start = row["notes"][0][0]
    tick = max(recording.tempo.tick(Fraction(str(start))), found.end)
    bar = next(bar for bar in reversed(recording.bars) if bar.tick <= tick)
    beats = Fraction(tick - bar.tick, PPQ) / bar.meter.beat
    place = {"bar": bar.number, "beat": float(Fraction(round(beats * 4), 4) + 1), "start_seconds": start}
    return {**row, **place, "why": f"{row['why']} (going on after the bars that are kept from {found.take.name})"}


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    names = ("who", "bar", "beat")
    return all(one[name] == other[name] for name in names) and (one["treatment"] in _MELODIC) == (other["treatment"] in _MELODIC)


def _kept_rows(tempo: TempoMap, found: Lock) -> Iterator[dict[str, Any]]:
    for row in found.take.rows("statements"):
        heard = [[_now(note[0], tempo, found), note[1]] for note in row["notes"] if found.held(found.take.tick(note[0]))]
        if heard:
            seam = round(float(tempo.seconds(found.end)), 6)
            span = {"start_seconds": heard[0][0], "end_seconds": min(_now(row["end_seconds"], tempo, found), seam)}
            said = f" (kept from {found.take.name})"
            yield {**row, **span, "notes": heard, "why": f"{row['why'].removesuffix(said)}{said}"}
