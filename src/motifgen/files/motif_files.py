"""Motifs from bars of a part in MIDI, MusicXML and ABC files."""

from __future__ import annotations

from pathlib import Path

from motifgen.errors import MissingError, NotationError, RangeError, shown
from motifgen.files.melody import Melody
from motifgen.files.motif_midi import midi_melodies
from motifgen.files.motif_scores import score_melodies
from motifgen.motif.motif import Motif
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

_KINDS = {".mid": "midi", ".midi": "midi", ".musicxml": "musicxml", ".xml": "musicxml", ".mxl": "mxl", ".abc": "abc"}
_MOST_BYTES = 50_000_000


def read_motif(
    path: str | Path, part: int = 1, bars: tuple[int, int] | None = None, key: Key | str | None = None, meter: Meter | str | None = None
) -> Motif:
    """Return the motif in bars of a part of a ``.mid``, ``.musicxml``, ``.mxl`` or ``.abc`` file.

    Parameters
    ----------
    path : str or Path
    part : int
        From 1, counting the parts that have pitched notes.
    bars : tuple[int, int], optional
        First and last, as the file numbers them (a pickup bar is 0 in scores; MIDI files count from 1); default all.
    key : Key or str, optional
        Default: the file's key; where it has none (in MIDI, C major often means none), the key the part's notes are nearest to.
    meter : Meter or str, optional
        Default: the meter of the bars.

    Notes
    -----
    Rhythm is exact: fractions of a quarter, tuplets included; played MIDI times are set to the nearest grid. Of notes that sound
    together the highest counts, and a note lasts until the next begins at most. Rests before the first note are left out.

    Raises
    ------
    NotationError
        When the file cannot be read, or has no such part or bars; the message names the file and those it has.
    """
    source = Path(path)
    home = Key.parse(key) if isinstance(key, str) else key
    time = Meter.parse(meter) if isinstance(meter, str) else meter
    try:
        return _part(_melodies(source), part).motif(bars, home, time)
    except (NotationError, RangeError) as error:
        raise NotationError(f"{source.name}: {error}") from error


def _melodies(source: Path) -> tuple[Melody, ...]:
    kind = _KINDS.get(source.suffix.lower())
    if kind is None:
        raise NotationError(f"a file of the kind {shown(source.suffix)}; accepted: {' '.join(_KINDS)}")
    try:
        if source.stat().st_size > _MOST_BYTES:
            raise NotationError(f"the file is larger than {_MOST_BYTES} bytes; accepted: motifs from smaller files")
        data = source.read_bytes()
    except OSError as error:
        raise NotationError(f"cannot be opened ({error.strerror})") from error
    try:
        return midi_melodies(data) if kind == "midi" else score_melodies(data, kind)
    except ModuleNotFoundError as error:
        raise MissingError(f"reading {source.name} needs the package {error.name}; install it with: pip install {error.name}") from error


def _part(melodies: tuple[Melody, ...], part: int) -> Melody:
    sounding = [melody for melody in melodies if melody.notes]
    if not sounding:
        raise NotationError("the file has no part with pitched notes")
    if not 1 <= part <= len(sounding):
        raise NotationError(
            f"there is no part {part}; accepted: 1 to {len(sounding)} ({', '.join(melody.name for melody in sounding[:12])})"
        )
    return sounding[part - 1]
