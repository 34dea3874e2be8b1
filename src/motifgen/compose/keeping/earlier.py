"""An earlier take, from its MIDI file and ledger or made again from its seed, on one footing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from motifgen.errors import ComposeError, MotifgenError, shown
from motifgen.files.libraries import find_library
from motifgen.files.library_reading import unswitched
from motifgen.files.midi_recording import from_first_frame, read_recording
from motifgen.sketch.recording import Part, Recording
from motifgen.sketch.tempo_map import TempoMap
from motifgen.story.moments import KeptBars
from motifgen.story.scene import Scene, Story


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An earlier take: its name in sentences, its recording (a ``score`` only where it was made again), and its ledger."""

    name: str
    recording: Recording
    ledger: Mapping[str, Any]

    @property
    def tempo(self) -> TempoMap:
        """Return the take's tempo map."""
        return self.recording.tempo

    def tick(self, seconds: float) -> int:
        """Return the tick of a time in the take's ledger."""
        return self.tempo.tick(Fraction(str(seconds)))

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return a list of the ledger; empty where there is none."""
        found = self.ledger.get(name, [])
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def earlier(kept: KeptBars, scene: Scene, story: Story | None, sketched: Callable[[Scene, Story | None], Recording]) -> Earlier:
    """Return the take of which bars are kept.

    Raises
    ------
    ComposeError
        If the file cannot be read, or holds no music.
    """
    if isinstance(kept.of, int):
        other = replace(scene, seed=kept.of, keep_bars=())
        film = replace(story, scenes=tuple(other if it.id == scene.id else it for it in story.scenes)) if story is not None else None
        made = sketched(other, film)
        return Earlier(f"seed {kept.of}", made, made.ledger)
    return _read(Path(kept.of), scene)


def _read(path: Path, scene: Scene) -> Earlier:
    try:
        recording = unswitched(read_recording(path), find_library(scene.library or "any"))
        beside = path.with_name(f"{path.stem}.ledger.json")
        ledger = json.loads(beside.read_bytes()) if beside.is_file() else {}
    except (OSError, MotifgenError, ValueError) as error:
        raise ComposeError(f"the bars to keep cannot be read from {shown(path.name)}: {error}") from error
    if not isinstance(ledger, dict):
        raise ComposeError(f"the ledger beside {shown(path.name)} is no ledger; accepted: the one that was written with it")
    return Earlier(path.name, _named(recording, ledger), ledger)


def _named(recording: Recording, ledger: Mapping[str, Any]) -> Recording:
    """Return a recording without its pre-roll and clicks, its parts as the ledger names their roles."""
    recording = from_first_frame(recording, Fraction(str(ledger.get("first_frame_seconds", 0))))
    known = {row.get("name"): row for row in ledger.get("parts", []) if isinstance(row, dict)}
    return replace(recording, parts=tuple(_as_told(part, known.get(part.name, {})) for part in recording.parts))


def _as_told(part: Part, known: Mapping[str, Any]) -> Part:
    return replace(part, **{name: known[name] for name in ("instrument", "family", "role", "players") if name in known})
