"""Reading how a film is to be played: for which sample library, and how evenly."""

from __future__ import annotations

from collections.abc import Callable

from motifgen.errors import NotationError, UnknownNameError
from motifgen.files.scene_file import values
from motifgen.files.scene_file.motifs import Origin, beside
from motifgen.files.scene_file.nodes import Node


def library(origin: Origin) -> Callable[[Node], str]:
    """Return a reader of a sample library: a name of the table, or a ``.toml`` file beside the scene arc file or below it."""

    def read(node: Node) -> str:
        from motifgen.files.libraries import find_library, libraries  # noqa: PLC0415 - few files name one

        given = values.scalar(node, f"a sample library ({', '.join(libraries())}), or a file as in 'ours.toml:strings'")
        path, ending, table = given.rpartition(".toml")
        named = f"{beside(path + ending, origin)}{table}" if ending else given
        try:
            find_library(named)
        except UnknownNameError as error:
            raise NotationError(str(error) if ending else f"{error}, or a file as in 'ours.toml:strings'") from None
        return named

    return read


def humanize(node: Node) -> float:
    """Return how uneven the players are, 0 to 1."""
    return values.number(0, 1)(node)
