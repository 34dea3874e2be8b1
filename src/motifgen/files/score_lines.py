"""A MIDI or MusicXML file as lines of notes, every chord and voice of it: what a motif is searched in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motifgen.errors import MissingError, NotationError, shown
from motifgen.files.melody import Melody
from motifgen.files.midi_read import ReadBack, ReadTrack, read_back
from motifgen.files.score_voices import xml_lines
from motifgen.sketch.events import PPQ, notes
from motifgen.sketch.note_lines import NoteLine, NoteLines
from motifgen.sketch.recording import Bar
from motifgen.sketch.tempo_map import LONGEST, TempoMap, to_tick
from motifgen.theory.time import Meter

_KINDS = {".mid": "midi", ".midi": "midi", ".musicxml": "musicxml", ".xml": "musicxml", ".mxl": "mxl", ".abc": "abc"}
_DRUMS = 9
_MOST_BYTES = 100_000_000


def read_lines(path: str | Path) -> NoteLines:
    """Return the notes of a ``.mid``, ``.musicxml``, ``.mxl`` or ``.abc`` file as lines, with its bars and tempo.

    Notes
    -----
    A MIDI file gives a line for each track; drums (channel 10) are left out. MusicXML gives a line for each voice of each staff, at
    sounding pitch, ties joined; grace notes and cue notes take no time and are left out. Repeats are read once, as written.

    Raises
    ------
    NotationError
        When the file cannot be read; the message names it.
    """
    source = Path(path)
    try:
        return _read(source)
    except NotationError as error:
        raise NotationError(f"{source.name}: {error}") from error


def _read(source: Path) -> NoteLines:
    kind = _KINDS.get(source.suffix.lower())
    if kind is None:
        raise NotationError(f"a score of the kind {shown(source.suffix)}; accepted: {' '.join(_KINDS)}")
    try:
        if source.stat().st_size > _MOST_BYTES:
            raise NotationError(f"the file is larger than {_MOST_BYTES} bytes; accepted: smaller files")
        data = source.read_bytes()
    except OSError as error:
        raise NotationError(f"cannot be opened ({error.strerror})") from error
    if kind == "midi":
        return midi_lines(read_back(data), source.stem)
    return _abc_lines(data, source) if kind == "abc" else xml_lines(data, source.stem, packed=kind == "mxl")


def midi_lines(file: ReadBack, title: str = "") -> NoteLines:
    """Return what was read of a MIDI file as lines: one for each track with pitched notes.

    Tracks without a name are called by their number, and of tracks with one name all but the first have it beside that.
    """
    tempo = {0: 500_000} | {_scaled(tick, file.ppq): min(max(each, 1), LONGEST) for tick, each in file.tempo}
    pitched = [track for track in file.tracks if len(track.notes) and track.channels != (_DRUMS,)]
    mixed = [f"track {track.name!r} has drums among its notes" for track in pitched if _DRUMS in track.channels]
    endless = [track for track in pitched if track.hanging]
    hanging = [f"track {it.name!r} has {it.hanging} notes that never end; they are taken to sound to its end" for it in endless]
    end = max((int(track.notes["end_tick"].max()) for track in pitched), default=0)
    lines, used = [], set[str]()
    for number, track in enumerate(pitched, start=1):
        name = track.name.strip() or f"track {number}"
        lines.append(NoteLine(f"{name} (track {number})" if name in used else name, _ticks(track, file.ppq)))
        used.add(name)
    bars = _bars(file.meters, file.ppq, _scaled(end, file.ppq))
    return NoteLines(file.title or title, TempoMap.of(sorted(tempo.items())), bars, tuple(lines), (*mixed, *hanging))


def _scaled(tick: int, ppq: int) -> int:
    return round(Fraction(tick * PPQ, ppq))


def _ticks(track: ReadTrack, ppq: int) -> NDArray[np.void]:
    if ppq == PPQ:
        return track.notes
    rows = track.notes
    return notes((_scaled(onset, ppq), _scaled(end, ppq), pitch, velocity) for onset, end, pitch, velocity in rows.tolist())


def _bars(meters: tuple[tuple[int, int, int], ...], ppq: int, end: int) -> tuple[Bar, ...]:
    """Return bars up to a tick; a change of meter begins a bar wherever it stands."""
    changes = {0: Meter(4, 4)} | {_scaled(tick, ppq): Meter(count, unit) for tick, count, unit in meters}
    starts = sorted(changes)
    found: list[Bar] = []
    for start, until in zip(starts, [*starts[1:], max(end, starts[-1]) + 1], strict=True):
        length = to_tick(changes[start].bar)
        found += [Bar(len(found) + 1 + i, tick, changes[start]) for i, tick in enumerate(range(start, until, length))]
    return tuple(found)


def _abc_lines(data: bytes, source: Path) -> NoteLines:
    """Return the voices of an ABC file, through music21."""
    from motifgen.files.motif_scores import score_melodies  # noqa: PLC0415 - brings music21

    try:
        melodies = score_melodies(data, "abc")
    except ModuleNotFoundError as error:
        raise MissingError(f"reading {source.name} needs the package {error.name}; install it with: pip install {error.name}") from error
    bars = tuple(Bar(bar.number, to_tick(bar.span.end - bar.meter.bar), bar.meter) for bar in melodies[0].bars) if melodies else ()
    return NoteLines(source.stem, TempoMap(((0, 500_000),)), bars, tuple(map(_line, melodies)))


def _line(melody: Melody) -> NoteLine:
    return NoteLine(melody.name, notes((to_tick(note.onset), to_tick(note.end), note.midi, 80) for note in melody.notes))
