"""A composed scene as text that a person can review: the ledger's decisions, then every part's notes by bar and beat."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def readable(sketch: Any) -> str:
    """Return the text of a sketch."""
    return "\n".join([*_decisions(sketch.ledger), "", *_parts(sketch)]) + "\n"


def _decisions(ledger: dict[str, Any]) -> Iterator[str]:
    yield f"{ledger['scene']} {ledger['title']}, {ledger['style']}, {ledger['length_seconds']} s, seed {ledger['seed']}"
    for bar in ledger["bars"]:
        yield f"bar {bar['bar']:3} {bar['meter']:5} {bar['tempo_bpm']:8.3f} bpm at {bar['start_seconds']:9.4f}"
    for hit in ledger["hits"]:
        place = f"asked {hit['asked_seconds']}, bar {hit['bar']} beat {hit['beat']}"
        yield f"hit {hit['do']}: {hit['what']!r} {place}, {hit['error_ms']:+.3f} ms"
    for section in ledger["sections"]:
        yield f"section {section['start_seconds']:8.3f} {section['function']} in {section['key']}, level {section['level']}"
    for statement in ledger["statements"]:
        how = ", ".join(statement["transforms"]) or "plain"
        yield f"statement bar {statement['bar']} beat {statement['beat']}: {statement['who']} ({statement['treatment']})"
        yield f"    {how}; by {statement['parts']}"
        yield f"    {statement['why']}; likeness {statement['likeness']}"
    for chord in ledger["chords"]:
        yield f"chord {chord['start_seconds']:8.3f} {chord['symbol']} ({chord['roman']} in {chord['key']})"
    yield from (f"warning {text}" for text in ledger["warnings"])


def _parts(sketch: Any) -> Iterator[str]:
    bars = sketch.spotting.bars
    for part in sketch.scoring.parts:
        yield f"{part.name} ({part.players})"
        for bar in bars:
            inside = [note for note in part.notes if bar.start <= note.onset < bar.end]
            if inside:
                yield f"  {bar.number:3}: " + "  ".join(_note(note, bar.start) for note in inside)
    recording = sketch.recording
    for part in recording.parts:
        total = int(part.notes["velocity"].sum()) if len(part.notes) else 0
        yield f"{part.name}: {len(part.notes)} notes, velocities {total}, {len(part.controls)} controllers"


def _note(note: Any, bar: Fraction) -> str:
    octave, name = divmod(note.pitch.midi, 12)
    marks = "".join(sorted(f".{mark}" for mark in note.marks))
    return f"{note.onset - bar}:{NAMES[name]}{octave - 1}/{note.duration}@{round(note.level * 100)}{marks}"
