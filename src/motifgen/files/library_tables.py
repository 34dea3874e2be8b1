"""Tables of sample libraries as a person writes them (TOML): read, and every mistake told at once with its line and column."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from motifgen.errors import Fault, NotationError, RangeError, SceneFileError, UnknownNameError, shown
from motifgen.orchestra.instrument import instruments

Path = tuple[str, ...]

SWITCHES = ("none", "cc", "keyswitch", "track")
#: How a note may be played, as performances name it.
ARTICULATIONS = ("long", "legato", "staccato", "spiccato", "marcato", "tenuto", "pizzicato", "tremolo", "trill", "con sordino", "harmonics",
                 "sul ponticello", "col legno", "flutter")  # fmt: skip
LATEST_MS = 1000
_FIELDS = ("about", "dynamics", "expression", "switch", "controller", "lead", "values", "delay", "names", "instruments")
_NUMBERS = ("dynamics", "expression", "controller", "lead")
_EXAMPLES = {
    "values": "{ long = 24, staccato = 26 }",
    "delay": "{ legato = 80 }",
    "names": '{ long = "Sustain" }',
    "instruments": "{ cello = { long = 24 } }",
}


def read_tables(text: str, file: str) -> dict[str, dict[str, Any]]:
    r"""Return the tables of a text, all that is in them known to be possible.

    Raises
    ------
    NotationError
        If the text is no TOML; the message has the line and column.
    SceneFileError
        For everything in it that cannot be, in the order of the file.

    Examples
    --------
    >>> read_tables("[strings]\ndynamics = 200", "my.toml")
    Traceback (most recent call last):
    ...
    motifgen.errors.SceneFileError: my.toml:2:1: dynamics is '200'; accepted: whole numbers from 0 to 127
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotationError(f"{file}: {error}") from error
    faults = [Fault(file, *_place(text, path), said) for name, table in tables.items() for path, said in _wrong(name, table)]
    if faults:
        raise SceneFileError(faults)
    return tables


def _wrong(name: str, table: Any) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(table, dict):
        yield (name,), f"{shown(name)} must be a table, as in '[{name}]'"
        return
    for key, value in table.items():
        path = (name, key)
        if key not in _FIELDS:
            yield path, str(UnknownNameError("field of a library", key, _FIELDS))
        elif key == "about" and not isinstance(value, str):
            yield path, f"about is {shown(value)}; accepted: a text"
        elif key == "switch" and value not in SWITCHES:
            yield path, str(UnknownNameError("way of switching articulations", str(value), SWITCHES, listed=True))
        elif key in _NUMBERS:
            yield from _number(path, key, value)
        elif key in _EXAMPLES:
            yield from _inner(path, value)


def _inner(path: Path, value: Any) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - as above
    if not isinstance(value, dict):
        yield path, f"{path[1]} is {shown(value)}; accepted: {_EXAMPLES[path[1]]}"
    elif path[1] == "instruments":
        yield from _players(path, value)
    else:
        yield from _by_articulation(path, value, path[1])


def _players(path: Path, value: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for player, row in value.items():
        if player not in instruments():
            yield (*path, player), str(UnknownNameError("instrument", player, instruments(), "motifgen instruments"))
        elif not isinstance(row, dict):
            yield (*path, player), f"{player} is {shown(row)}; accepted: {_EXAMPLES['values']}"
        else:
            yield from _by_articulation((*path, player), row, "values")


def _by_articulation(path: Path, row: Mapping[str, Any], kind: str) -> Iterator[tuple[Path, str]]:
    for name, value in row.items():
        place = (*path, name)
        if name not in ARTICULATIONS:
            yield place, str(UnknownNameError("articulation", name, ARTICULATIONS, listed=True))
        elif kind == "names" and not (isinstance(value, str) and value.strip()):
            yield place, f"{name} is called {shown(value)}; accepted: a text"
        elif kind == "delay" and not (_numeric(value) and 0 <= value <= LATEST_MS):
            yield place, f"the delay of {name} is {shown(value)}; accepted: 0 to {LATEST_MS} ms"
        elif kind == "values":
            yield from _number(place, name, value)


def _number(path: Path, name: str, value: Any) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - as above
    if not (isinstance(value, int) and _numeric(value) and 0 <= value <= 127):
        yield path, str(RangeError(f"{name} is {shown(value)}; accepted: whole numbers from 0 to 127"))


def _numeric(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _place(text: str, path: Path) -> tuple[int, int]:
    """Return line and column of the key at the end of a path, or of the nearest thing around it that is found."""
    inside: Path = ()
    best, depth = (1, 1), 0
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            inside = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            keys, at = inside, line.index("[")
            found = len(inside) if inside == path[: len(inside)] else 0
        elif inside == path[: len(inside)]:
            keys, at = _keys(line, path[len(inside) :])
            found = len(inside) + len(keys) if keys else 0
        else:
            found = 0
        if found > depth:
            best, depth = (number, at + 1), found
    return best


def _keys(line: str, wanted: Path) -> tuple[Path, int]:
    """Return as many of the wanted keys as a line has, one inside the other, and where the last begins."""
    at, column, found = 0, 0, 0
    for key in wanted:
        match = re.compile(rf"(?<![\w#-])[\"']?{re.escape(key)}[\"']?\s*[=.]").search(line, at)
        if not match:
            break
        at, column, found = match.end(), match.start(), found + 1
    return wanted[:found], column
