"""Rows: data sets that grow row by row and go on after a stop, as JSON lines or as a folder of Parquet files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from motifgen.errors import NotationError, RangeError

Row = Mapping[str, Any]
Column = type | tuple[type]
"""The kind of a column: ``str``, ``int``, ``float``; ``(float,)`` for a list of them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the rows of a data set are.

    Parameters
    ----------
    rows : str
        In the plural: ``"takes"``.
    others : str
        What rows of another head would be: ``"takes of another film"``.
    command : str
        That writes them.
    head : Mapping[str, Any]
        What the data set belongs to; rows with another head are not mixed with these.
    columns : Mapping[str, Column]
        By name, in order; a dot stands for a row within a row (``score.total``).
    """

    rows: str
    others: str
    command: str
    head: Row
    columns: Mapping[str, Column]

    def refuse(self, path: Path) -> RangeError:
        """Return the error for a place that holds something else."""
        return RangeError(
            f"{path} holds {self.others}, {self.rows} of another version of motifgen, or no {self.rows}; "
            f"accepted: another path ('-o other{path.suffix}'), or that one moved away"
        )

    def unreadable(self, where: str, what: str) -> NotationError:
        """Return the error for what cannot be read."""
        return NotationError(f"{where}: {what}; accepted: what 'motifgen {self.command}' has written")


class Rows(Protocol):
    """A data set that can be read, and written on."""

    def read(self) -> Iterator[tuple[str, Row]]:
        """Yield the place of each row, for messages, and the row; what was cut short at the end is left out."""

    def writing(self) -> AbstractContextManager[Callable[[Row], None]]:
        """Give what writes a row after those that are there."""


def rows_at(path: Path, kind: Kind) -> Rows:
    """Return the data set at a path, whether or not there is one: Parquet if its name ends so, else JSON lines."""
    if path.suffix.lower() == ".parquet":
        from motifgen.takes.parquet import ParquetFolder  # noqa: PLC0415 - JSON lines need no other package

        return ParquetFolder(path, kind)
    return Lines(path, kind)


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of JSON lines: the head, then a line for each row, each on the disk before the next."""

    path: Path
    kind: Kind

    def read(self) -> Iterator[tuple[str, Row]]:
        """Yield the place of each row, and the row.

        Raises
        ------
        RangeError
            If the file holds something else.
        NotationError
            If a line cannot be read.
        """
        if not self.path.exists():
            return
        first, *rest = self.path.read_bytes().rpartition(b"\n")[0].split(b"\n")
        if not first and not rest:
            return
        if self._row(first, 1) != {**self.kind.head}:
            raise self.kind.refuse(self.path)
        for number, line in enumerate(rest, start=2):
            yield f"{self.path}:{number}", self._row(line, number)

    @contextmanager
    def writing(self) -> Iterator[Callable[[Row], None]]:
        """Give what writes a line after the last whole one."""
        whole = self._whole()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as binary:
            binary.truncate(whole)
        with self.path.open("a", encoding="utf-8", newline="\n") as file:

            def write(row: Row) -> None:
                file.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
                file.flush()

            if not whole:
                write(self.kind.head)
            yield write

    def _whole(self) -> int:
        """Return how many bytes of the file are whole lines of this kind."""
        if not self.path.exists() or not self.path.read_bytes().rpartition(b"\n")[1]:
            return 0
        for _ in self.read():
            pass
        return len(b"".join(self.path.read_bytes().rpartition(b"\n")[:2]))

    def _row(self, line: bytes, number: int) -> dict[str, Any]:
        where = f"{self.path}:{number}"
        try:
            found = json.loads(line)
        except ValueError as error:
            raise self.kind.unreadable(where, "not a line of JSON") from error
        if not isinstance(found, dict):
            raise self.kind.unreadable(where, "not a JSON object")
        return found
