"""What a recording can be written as: one table, ending -> writer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from motifgen.errors import UnknownNameError
from motifgen.files.midi import write_midi
from motifgen.files.musicxml import write_musicxml, write_parts_zip, write_short_musicxml
from motifgen.files.whole import write_whole
from motifgen.sketch.recording import Recording

#: The endings of sound files, the best for a preview first.
SOUNDS = (".flac", ".wav", ".ogg", ".mp3")


def ledger_json(recording: Recording) -> bytes:
    """Return the ledger as UTF-8 JSON, a line per row of its tables."""
    rows = [f" {json.dumps(key)}: {_table(value)}" for key, value in recording.ledger.items()]
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()


def _table(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict | str):
        return "[\n  " + ",\n  ".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _sound(recording: Recording, *, ending: str) -> bytes:
    from motifgen.files.audio import sound_file  # noqa: PLC0415 - most renders are not heard

    return sound_file(recording, ending)


def _pdf(recording: Recording) -> bytes:
    from motifgen.files.pages import write_pages  # noqa: PLC0415 - few renders draw pages

    return write_pages(recording, "pdf")[0]


WRITERS: Mapping[str, Callable[[Recording], bytes]] = {
    ".mid": write_midi,
    ".ledger.json": ledger_json,
    ".musicxml": write_musicxml,
    ".short.musicxml": write_short_musicxml,
    ".parts.zip": write_parts_zip,
    ".pdf": _pdf,
    **{ending: partial(_sound, ending=ending) for ending in SOUNDS},
}
_ENDINGS = {".json": ".ledger.json", ".midi": ".mid"}


def write(recording: Recording, path: Path) -> Path:
    """Write a recording in the format of the path's ending, whole or not at all, and return the path.

    Raises
    ------
    UnknownNameError
        If no format has that ending.
    MissingError
        If nothing that is installed writes that kind of sound file.
    """
    ending = next((each for each in sorted(WRITERS, key=len, reverse=True) if path.name.lower().endswith(each)), path.suffix.lower())
    ending = _ENDINGS.get(ending, ending)
    if ending not in WRITERS:
        raise UnknownNameError("format", path.suffix or path.name, [*WRITERS, *_ENDINGS])
    write_whole(path, WRITERS[ending](recording))
    return path
