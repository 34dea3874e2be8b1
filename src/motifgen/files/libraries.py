"""Sample libraries: the same performance told as each wants to hear it, from rows of ``data/libraries.toml`` or a file like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motifgen.errors import NotationError, RangeError, UnknownNameError, shown
from motifgen.files.library_tables import SWITCHES, read_tables
from motifgen.sketch.events import control_table, note_table
from motifgen.sketch.recording import SWITCHED, Part, Recording
from motifgen.sketch.tempo_map import TempoMap

DYNAMICS, EXPRESSION = 1, 11
USUAL = "long"
#: The library of recordings that are written for none in particular.
ANY = "any"
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Library:
    """What a MIDI file must say to a sample library; see the head of ``data/libraries.toml``.

    Parameters
    ----------
    dynamics, expression : int
        Controllers that carry the whole level and its shape; 0 for none.
    switch : str
        One of `SWITCHES`: how articulations are told.
    values : Mapping[str, int]
        For each articulation the value of ``controller``, or the key to strike ``lead`` ticks before.
    delay : Mapping[str, float]
        Milliseconds by which an articulation speaks late, and is begun earlier.
    names : Mapping[str, str]
        What each articulation's track is called.
    instruments : Mapping[str, Mapping[str, int]]
        Values of single instruments, in place of ``values``.
    """

    name: str
    about: str = ""
    dynamics: int = DYNAMICS
    expression: int = EXPRESSION
    switch: str = "none"
    controller: int = 32
    lead: int = 60
    values: Mapping[str, int] = field(default_factory=dict)
    delay: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a way of switching and controllers that do not exist."""
        if self.switch not in SWITCHES:
            raise UnknownNameError("way of switching articulations", str(self.switch), SWITCHES)
        numbers = [self.dynamics, self.expression, self.controller, self.lead, *self.values.values()]
        numbers += [value for row in self.instruments.values() for value in row.values()]
        for number in numbers:
            if not isinstance(number, int) or not 0 <= number <= 127:
                raise RangeError(f"library {self.name!r} has the value {number!r}; accepted: whole numbers from 0 to 127")

    def values_of(self, instrument: str) -> Mapping[str, int]:
        """Return how the articulations of an instrument are told; empty if the library does not switch it."""
        return self.instruments.get(instrument, self.values)


@cache
def libraries() -> dict[str, Library]:
    """Return the libraries that motifgen knows, by name."""
    return _parsed((files("motifgen.data") / "libraries.toml").read_text(encoding="utf-8"), "libraries.toml")


def find_library(name: str) -> Library:
    """Return a library by its name, or from a file: ``"my.toml"`` with one table, or ``"my.toml:strings"``.

    Raises
    ------
    UnknownNameError
        If there is no such library.
    NotationError
        If the file cannot be read, or holds no library.
    SceneFileError
        For everything in the file that cannot be, with lines and columns.
    """
    path, ending, table = name.rpartition(".toml")
    if ending:
        known = _parsed(_text(Path(path + ending)), Path(path + ending).name)
        if not known:
            raise NotationError(
                f"{Path(path + ending).name} holds no library; accepted: a table of libraries, as '[strings]' and its fields"
            )
        name = table.removeprefix(":") or next(iter(known))
    else:
        known = libraries()
    if name not in known:
        raise UnknownNameError("library", name, known, listed=True)
    return known[name]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise NotationError(f"{file.name} is no text in UTF-8; accepted: a table of libraries, as data/libraries.toml") from None
    except OSError as error:
        raise NotationError(f"{file.name} cannot be read: {error.strerror or error}") from None


def adapted(recording: Recording, library: Library) -> Recording:
    """Return the recording as a library wants it. No note's pitch or velocity changes; onsets only where it declares a delay.

    Raises
    ------
    RangeError
        If the library switches articulations with keys that the music plays; all such parts are named.
    """
    if library.switch == "keyswitch":
        _check_keys(recording.parts, library)
    parts = [told for part in recording.parts for told in _told(part, library, recording.tempo)]
    return replace(recording, parts=tuple(parts))


def _parsed(text: str, file: str) -> dict[str, Library]:
    return {name: Library(name, **table) for name, table in read_tables(text, file).items()}


def _told(part: Part, library: Library, tempo: TempoMap) -> list[Part]:
    levelled = replace(part, controls=_levels(part.controls, library))
    if part.drums or len(part.articulations) != part.notes.size:
        return [levelled]
    early = _early(levelled, library, tempo)
    if library.switch == "track":
        return _tracks(early, library)
    values = library.values_of(part.instrument)
    if library.switch == "none" or not values:
        return [early]
    return [_with_controller(early, library, values) if library.switch == "cc" else _with_keys(early, library, values)]


def _levels(controls: NDArray[np.void], library: Library) -> NDArray[np.void]:
    """Return the controllers with the level where the library reads it; silence at cuts stays on whichever is left."""
    number = controls["controller"]
    kept = [_columns(controls[~np.isin(number, (DYNAMICS, EXPRESSION))])]
    whole, shape = (_columns(controls[number == source]) for source in (DYNAMICS, EXPRESSION))
    if library.dynamics and not library.expression:
        whole = _muted(whole, shape)
    for rows, target in ((whole, library.dynamics), (shape, library.expression)):
        if target:
            rows[:, 1] = target
            kept.append(rows)
    return control_table(np.concatenate(kept))


def _muted(whole: Ints, shape: Ints) -> Ints:
    """Return the whole level with the cuts of the shape in it."""
    rows = [whole]
    for at in np.flatnonzero(shape[:-1, 2] == 0):
        before = whole[whole[:, 0] <= shape[at, 0], 2]
        back = before[-1] if before.size else shape[at + 1, 2]
        rows.append(np.array([[shape[at, 0], DYNAMICS, 0], [shape[at + 1, 0], DYNAMICS, back]]))
    return np.concatenate(rows)


def _columns(controls: NDArray[np.void]) -> Ints:
    return np.stack([controls["tick"], controls["controller"], controls["value"]], axis=1).astype(np.int64).reshape(-1, 3)


def _rows(part: Part) -> Ints:
    notes = part.notes
    return np.stack([notes["onset_tick"], notes["end_tick"], notes["pitch"], notes["velocity"]], axis=1).astype(np.int64).reshape(-1, 4)


def _early(part: Part, library: Library, tempo: TempoMap) -> Part:
    """Begin the notes of late-speaking articulations earlier, never before the scene and never into the same pitch's last note."""
    if not library.delay or not part.notes.size:
        return part
    rows = _rows(part)
    for i, name in enumerate(part.articulations):
        if name in library.delay:
            seconds = tempo.seconds(int(rows[i, 0])) - Fraction(str(library.delay[name])) / 1000
            rows[i, 0] = max(tempo.tick(seconds), 0)
    order = np.lexsort((rows[:, 1], rows[:, 2], rows[:, 0]))
    rows = _apart(rows[order])
    return replace(part, notes=note_table(rows), articulations=tuple(part.articulations[i] for i in order))


def _apart(rows: Ints) -> Ints:
    """End each note, at the latest, where its pitch begins again."""
    order = np.lexsort((rows[:, 0], rows[:, 2]))
    again = np.append(rows[order][1:, 2] == rows[order][:-1, 2], np.zeros(1, dtype=bool))
    following = np.append(rows[order][1:, 0], 0)
    rows[order, 1] = np.where(again, np.minimum(rows[order, 1], following), rows[order, 1])
    return rows


def _changes(part: Part, values: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return the tick and value of each change of articulation, the first note's included."""
    changes: list[tuple[int, int]] = []
    usual = values.get(USUAL, next(iter(values.values())))
    for tick, name in zip(part.notes["onset_tick"].tolist(), part.articulations, strict=True):
        value = values.get(name, usual)
        if not changes or changes[-1][1] != value:
            changes = [*changes[:-1], (tick, value)] if changes and changes[-1][0] == tick else [*changes, (tick, value)]
    return changes


def _check_keys(parts: Sequence[Part], library: Library) -> None:
    """Refuse keys that the music itself plays, and say what each part leaves free."""
    said = []
    for part in parts:
        played = set(part.notes["pitch"].tolist())
        clash = sorted(played & set(library.values_of(part.instrument).values()))
        if clash and not part.drums:
            keys = ", ".join(map(str, clash))
            said.append(f"switches {part.instrument} with key {keys}, and part {shown(part.name)} plays {min(played)} to {max(played)}")
    if said:
        raise RangeError(
            f"library {library.name!r} {'; it '.join(said)}; accepted: keys below or above what is played, "
            f"or values for single instruments, as in '[{library.name}.instruments]' and 'cello = {{ long = 84 }}'"
        )


def _with_controller(part: Part, library: Library, values: Mapping[str, int]) -> Part:
    # The first is said at once, so that the patch is chosen long before it plays.
    told = [(tick if i else 0, library.controller, value) for i, (tick, value) in enumerate(_changes(part, values))]
    return replace(part, controls=control_table(np.concatenate([_columns(part.controls), np.array(told, dtype=np.int64).reshape(-1, 3)])))


def _with_keys(part: Part, library: Library, values: Mapping[str, int]) -> Part:
    """Strike a key before each change, as short as the lead."""
    changes = _changes(part, values)
    keys = []
    for (tick, key), following in zip(changes, [*(tick for tick, _ in changes[1:]), None], strict=True):
        start = max(tick - library.lead, 0)
        stop = max(tick, 1) if following is None else min(max(tick, 1), max(following - library.lead, start + 1))
        keys.append((start, max(stop, start + 1), key, 100))
    names = [*part.articulations, *[SWITCHED] * len(keys)]
    rows = np.concatenate([_rows(part), np.array(keys, dtype=np.int64).reshape(-1, 4)])
    order = np.lexsort((rows[:, 1], rows[:, 2], rows[:, 0]))
    return replace(part, notes=note_table(rows), articulations=tuple(names[i] for i in order))


def _tracks(part: Part, library: Library) -> list[Part]:
    """Return a part for each articulation that is used, the usual one first; all carry the controllers."""
    called = [library.names.get(name, library.names.get(USUAL, name.title())) for name in part.articulations]
    usual = library.names.get(USUAL, USUAL.title())
    order = sorted(set(called), key=lambda name: (name != usual, name))
    if len(order) < 2:
        return [part]
    rows = _rows(part)
    split = []
    for name in order:
        at = [i for i, own in enumerate(called) if own == name]
        played = tuple(part.articulations[i] for i in at)
        split.append(replace(part, name=f"{part.name} - {name}", notes=note_table(rows[at]), articulations=played))
    return split
