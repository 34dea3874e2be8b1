"""Journal: takes in a data set, written one by one, so that an exploration that was stopped goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from motifgen.measure.score import Score, parts
from motifgen.story.scene import Story
from motifgen.takes.labels import Labels, label_columns
from motifgen.takes.rows import Column, Kind, Row, Rows, rows_at
from motifgen.takes.taking import Take
from motifgen.version import __version__

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Journal:
    """The takes of a film, and where they are kept.

    Parameters
    ----------
    rows : Rows
    kind : Kind
    """

    rows: Rows
    kind: Kind

    @classmethod
    def of(cls, path: Path, story: Story) -> Journal:
        """Return the journal of a film at a path, whether or not there is anything: Parquet by its ending, else JSON lines.

        Takes of another film, or of a film that was edited since, do not belong there: its head holds a digest of film and version.
        """
        film = blake2b(f"{__version__}\n{story!r}".encode(), digest_size=16).hexdigest()
        kind = Kind(
            "takes",
            "takes of another film or of this one before an edit",
            "explore",
            {"motifgen": __version__, "takes": FORMAT, "film": film},
            columns(),
        )
        return cls(rows_at(path, kind), kind)

    def takes(self) -> tuple[Take, ...]:
        """Return the takes that are there, in the order in which they were written; what was cut short at the end is left out.

        Raises
        ------
        RangeError
            If there are takes of something else.
        NotationError
            If a row cannot be read.
        """
        return tuple(_take(row, where, self.kind) for where, row in self.rows.read())

    @contextmanager
    def writing(self) -> Iterator[Callable[[Take], None]]:
        """Give what writes a take after those that are there."""
        self.takes()
        with self.rows.writing() as write:
            yield lambda take: write(_row(take))


def columns() -> dict[str, Column]:
    """Return the columns of a take, in order."""
    score = {f"score.{name}": float for name in ("total", *parts())}
    labels = {f"labels.{name}": column for name, column in label_columns().items()}
    return {"scene": str, "number": int, "seed": int, **score, "print": (float,), **labels}


def _row(take: Take) -> dict[str, Any]:
    said = asdict(take)
    said["score"] = {"total": take.score.total} | said["score"]
    return said


def _take(said: Row, where: str, kind: Kind) -> Take:
    try:
        score = {name: value for name, value in said["score"].items() if name != "total"}
        return Take(said["scene"], said["number"], said["seed"], Score(**score), tuple(said["print"]), Labels.of(said["labels"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise kind.unreadable(where, f"not a take ({error})") from error
