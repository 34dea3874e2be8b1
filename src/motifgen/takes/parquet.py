"""Parquet: a data set as a folder of files, each a row group that is written whole, so that a stop costs no file that is there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motifgen.errors import MissingError, RangeError
from motifgen.takes.rows import Column, Kind, Row

#: Rows of a file, which are kept in memory until it is written.
GROUP = 128
_HEAD = b"motifgen"


@dataclass(frozen=True, slots=True)
class ParquetFolder:
    """A folder ``NAME.parquet`` of files ``part-00000.parquet``: what pandas, Polars, DuckDB and Dask read as one table.

    Parameters
    ----------
    path : Path
    kind : Kind
        The head is in the metadata of each file, so that a file that is moved still says what it belongs to.
    group : int
        Rows of a file, 1 or more.

    Raises
    ------
    RangeError
        If the path is a file, which may be Parquet but cannot be written on.
    """

    path: Path
    kind: Kind
    group: int = GROUP

    def __post_init__(self) -> None:
        """Refuse what is there and no folder."""
        if self.path.exists() and not self.path.is_dir():
            raise RangeError(f"{self.path} is a file; accepted: a folder of Parquet files, or a path where there is nothing yet")

    def read(self) -> Iterator[tuple[str, Row]]:
        """Yield the place of each row, and the row.

        Raises
        ------
        RangeError
            If the folder holds something else.
        NotationError
            If a file cannot be read.
        MissingError
            If pyarrow is not installed.
        """
        arrow = _arrow()
        for part in self._parts():
            try:
                table = arrow.parquet.read_table(part, partitioning=None)
            except (OSError, arrow.ArrowException) as error:
                raise self.kind.unreadable(str(part), "not a Parquet file") from error
            if json.loads((table.schema.metadata or {}).get(_HEAD, b"null")) != {**self.kind.head}:
                raise self.kind.refuse(self.path)
            for number, row in enumerate(table.to_pylist()):
                yield f"{part} row {number}", _nested(row)

    @contextmanager
    def writing(self) -> Iterator[Callable[[Row], None]]:
        """Give what writes a row; a file is written when it is full and at the end, also when that comes by an error or by Ctrl-C."""
        for _ in self.read():
            break
        self.path.mkdir(parents=True, exist_ok=True)
        kept: list[dict[str, Any]] = []

        def write(row: Row) -> None:
            kept.append(_flat(row))
            if len(kept) == self.group:
                self._put(kept)

        try:
            yield write
        finally:
            if kept:
                self._put(kept)

    def _parts(self) -> list[Path]:
        return sorted(self.path.glob("part-*.parquet"))

    def _put(self, rows: list[dict[str, Any]]) -> None:
        """Write the rows as the next file, and forget them."""
        arrow = _arrow()
        fields = [arrow.field(name, _type(arrow, column)) for name, column in self.kind.columns.items()]
        schema = arrow.schema(fields, metadata={_HEAD: json.dumps({**self.kind.head}).encode()})
        number = int(self._parts()[-1].stem.partition("-")[2]) + 1 if self._parts() else 0
        part = self.path / f"part-{number:05}.parquet"
        fresh = part.with_suffix(".unfinished")
        arrow.parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), fresh, compression="zstd")
        os.replace(fresh, part)  # noqa: PTH105 - the move in one step is the point
        rows.clear()


def _arrow() -> Any:  # noqa: ANN401 - a module without types
    try:
        import pyarrow.parquet  # noqa: PLC0415 - only Parquet needs it
    except ImportError as error:
        raise MissingError("pyarrow is not installed; 'pip install motifgen[data]' brings it, and JSON lines need nothing") from error
    return pyarrow


def _type(arrow: Any, column: Column) -> Any:  # noqa: ANN401 - values of a module without types
    """Return the type that a column has in the file."""
    if isinstance(column, tuple):
        return arrow.list_(_type(arrow, column[0]))
    return {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}[column]


def _flat(row: Row, before: str = "") -> dict[str, Any]:
    """Return a row whose inner rows have become columns: ``{"score": {"total": 1}}`` becomes ``{"score.total": 1}``."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        found |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {before + name: value}
    return found


def _nested(row: Row) -> dict[str, Any]:
    """Return the row of which `_flat` made another."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        *outer, last = name.split(".")
        inner = found
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return found
