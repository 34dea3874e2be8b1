"""A first scene arc file to start from: a film with one scene, or a game with twenty states."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from motifgen.errors import RangeError

#: The file that is written, and the table it is written from.
_FILM, _GAME = ("film.yaml", "template.yaml"), ("game.yaml", "template_game.yaml")


def write_template(directory: Path, *, game: bool = False) -> Path:
    """Write a commented template into a folder, which is made if it is not there, and return the file's path.

    Raises
    ------
    RangeError
        If there is a file of that name already; it is left as it is.
    """
    directory.mkdir(parents=True, exist_ok=True)
    name, template = _GAME if game else _FILM
    path = directory / name
    data = files("motifgen").joinpath("data", template).read_bytes()
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise RangeError(f"{path} is there already and is left as it is; accepted: a folder without {name}") from None
    return path
