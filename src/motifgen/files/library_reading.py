"""A MIDI file that was written for a sample library, told plainly again: without switches, and with every note where it is heard."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from motifgen.files.libraries import Library
from motifgen.sketch.events import notes
from motifgen.sketch.recording import Part, Recording
from motifgen.sketch.tempo_map import TempoMap


def unswitched(recording: Recording, library: Library) -> Recording:
    """Return a recording as it was before it was written for a library: what is left is music.

    Keys that switch articulations are taken out, and notes that were begun early, because their patch speaks late, begin where they
    are heard. Where articulations are tracks nothing is changed, for their names do not say which patch was late.
    """
    return replace(recording, parts=tuple(_plain(part, library, recording.tempo) for part in recording.parts))


def _plain(part: Part, library: Library, tempo: TempoMap) -> Part:
    values = library.values_of(part.instrument)
    if part.drums or not values or library.switch not in ("cc", "keyswitch"):
        return part
    switches: Sequence[tuple[int, int]]
    if library.switch == "keyswitch":
        key = np.isin(part.notes["pitch"], list(values.values()))
        switches = list(zip(part.notes["onset_tick"][key].tolist(), part.notes["pitch"][key].tolist(), strict=True))
        names = tuple(name for name, taken in zip(part.articulations, key.tolist(), strict=False) if not taken)
        part = replace(part, notes=part.notes[~key], articulations=names)
    else:
        rows = part.controls[part.controls["controller"] == library.controller]
        switches = list(zip(rows["tick"].tolist(), rows["value"].tolist(), strict=True))
    return _heard(part, switches, _delays(library, values), tempo) if library.delay else part


def _delays(library: Library, values: Mapping[str, int]) -> dict[int, Fraction]:
    """Return by how many seconds each value of a switch speaks late."""
    return {value: Fraction(str(library.delay[name])) / 1000 for name, value in values.items() if name in library.delay}


def _heard(part: Part, switches: Sequence[tuple[int, int]], delays: Mapping[int, Fraction], tempo: TempoMap) -> Part:
    """Return a part whose notes begin when the patch that was chosen for them speaks; at tick 0 nothing could be begun early."""
    ticks = [tick for tick, _ in switches]
    found = []
    for onset, end, pitch, velocity in part.notes.tolist():
        at = bisect_right(ticks, onset) - 1
        late = delays.get(switches[at][1], Fraction(0)) if at >= 0 and onset else Fraction(0)
        begun = tempo.tick(tempo.seconds(onset) + late) if late else onset
        found.append((begun, max(end, begun + 1), pitch, velocity))
    return replace(part, notes=notes(found))
