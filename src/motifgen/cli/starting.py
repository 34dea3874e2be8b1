"""A first scene arc file to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from motifgen.errors import RangeError

NAME = "film.yaml"


def write_template(directory: Path) -> Path:
    """Write the commented template into a folder, which is made if it is not there, and return the file's path.

    Raises
    ------
    RangeError
        If there is a file of that name already; it is left as it is.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / NAME
    data = files("motifgen").joinpath("data/template.yaml").read_bytes()
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise RangeError(f"{path} is there already and is left as it is; accepted: a folder without {NAME}") from None
    return path
