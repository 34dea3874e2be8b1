"""What a YAML file holds, every piece with its place; and the page on which its faults are noted."""

from __future__ import annotations

import re
from typing import NamedTuple

from motifgen.errors import Fault, MotifgenError, NotationError

MOST_FAULTS = 500
_COLUMN = re.compile(r"column (\d{1,6}): ")


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int = 1
    column: int = 1


class Scalar(NamedTuple):
    """A single value, as its text.

    Parameters
    ----------
    text : str
    place : Place
        Of its first character, the quote or block sign included.
    plain : bool
        Whether it stood without quotes: only then can it be a number, true or false.
    verbatim : Place or None
        Where the text begins, if the file holds it letter by letter on one line; a fault inside can then be pointed at.
    """

    text: str
    place: Place
    plain: bool = True
    verbatim: Place | None = None

    def at(self, offset: int) -> Place:
        """Return the place of a character of the text; of the whole value where the file folds or escapes it."""
        if self.verbatim is None or not 0 <= offset <= len(self.text):
            return self.place
        return Place(self.verbatim.line, self.verbatim.column + offset)


class Listing(NamedTuple):
    """A YAML sequence."""

    items: tuple[Node, ...]
    place: Place


class Mapping(NamedTuple):
    """A YAML mapping; its keys are scalars, each there once."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Listing | Mapping


class PageFullError(Exception):
    """So many faults that the file is something else, or is best mended in parts; those found so far are on the page."""


class Page:
    """Where the faults of one file are noted.

    Parameters
    ----------
    file : str
        The file as the user named it.

    Attributes
    ----------
    faults : list[Fault]
        In the order in which they were found.
    """

    __slots__ = ("faults", "file")

    def __init__(self, file: str) -> None:
        """Begin an empty page."""
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, place: Place, message: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(self.file, place.line, place.column, " ".join(message.split())))
        if len(self.faults) >= MOST_FAULTS:
            raise PageFullError

    def catch(self, node: Node, error: MotifgenError) -> None:
        """Note an error that reading a node has raised, inside its text where the error says at which column."""
        message, where = str(error), node.place
        column = _COLUMN.match(message) if isinstance(error, NotationError) else None
        if column and isinstance(node, Scalar) and node.verbatim is not None:
            message, where = message[column.end() :], node.at(int(column[1]) - 1)
        self.fault(where, message)


def described(node: Node) -> str:
    """Return what a node is, for a message.

    Examples
    --------
    >>> described(Listing((), Place()))
    'a list'
    """
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Listing):
        return "a list"
    text = node.text if len(node.text) <= 60 else node.text[:57] + "..."
    return repr(text) if text or not node.plain else "nothing"
