"""Journal: takes as JSON lines, written one by one, so that an exploration that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, TextIO

from motifgen.errors import NotationError, RangeError
from motifgen.measure.score import Score
from motifgen.story.scene import Story
from motifgen.takes.taking import Take
from motifgen.version import __version__

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Journal:
    """A file of takes: a first line that says of which film, then a line for each take.

    Parameters
    ----------
    path : Path
    film : str
        Digest of the film and of motifgen's version: takes of another film, or of a film that was edited since, do not belong here.
    """

    path: Path
    film: str

    @classmethod
    def of(cls, path: Path, story: Story) -> Journal:
        """Return the journal of a film at a path, whether or not there is a file."""
        return cls(path, blake2b(f"{__version__}\n{story!r}".encode(), digest_size=16).hexdigest())

    def takes(self) -> tuple[Take, ...]:
        """Return the takes that are there, in the order in which they were written; a last line that was cut short is left out.

        Raises
        ------
        RangeError
            If the file holds takes of something else.
        NotationError
            If a line cannot be read.
        """
        return tuple(take for _, take in self._lines())

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Give the file to `write` to, after its last whole line; a new one gets its first line."""
        whole = self._whole()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as binary:
            binary.truncate(whole)
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            if not whole:
                file.write(json.dumps({"motifgen": __version__, "takes": FORMAT, "film": self.film}) + "\n")
                file.flush()
            yield file

    def _whole(self) -> int:
        """Return how many bytes of the file are whole lines of this film."""
        if not self.path.exists() or not self.path.read_bytes().rpartition(b"\n")[1]:
            return 0
        self.takes()
        return len(b"".join(self.path.read_bytes().rpartition(b"\n")[:2]))

    def _lines(self) -> Iterator[tuple[int, Take]]:
        if not self.path.exists():
            return
        head, *rows = self.path.read_bytes().rpartition(b"\n")[0].split(b"\n")
        if not head and not rows:
            return
        first = _object(head, self.path, 1)
        if first.get("takes") != FORMAT or first.get("film") != self.film:
            raise RangeError(
                f"{self.path} holds takes of another film, of another version of this one, or no takes; "
                "accepted: another path ('-o other.jsonl'), or that file moved away"
            )
        for number, row in enumerate(rows, start=2):
            yield number, _take(_object(row, self.path, number), self.path, number)


def write(file: TextIO, take: Take) -> None:
    """Write a take as a line, at once."""
    said = asdict(take)
    said["score"] = {"total": take.score.total} | said["score"]
    file.write(json.dumps(said) + "\n")
    file.flush()


def _object(row: bytes, path: Path, number: int) -> Mapping[str, Any]:
    try:
        found = json.loads(row)
    except ValueError as error:
        raise NotationError(f"{path}:{number}: not a line of JSON; accepted: a file that 'motifgen explore' has written") from error
    if not isinstance(found, dict):
        raise NotationError(f"{path}:{number}: not a JSON object; accepted: a file that 'motifgen explore' has written")
    return found


def _take(said: Mapping[str, Any], path: Path, number: int) -> Take:
    try:
        parts = {name: value for name, value in said["score"].items() if name != "total"}
        return Take(said["scene"], said["number"], said["seed"], Score(**parts), tuple(said["print"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise NotationError(f"{path}:{number}: not a take ({error}); accepted: a line that 'motifgen explore' has written") from error
