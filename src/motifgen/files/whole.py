"""Files written whole or not at all: to a neighbor first, then moved into place in one step."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write one file, or leave what was there as it was.

    Parameters
    ----------
    path : Path
        Its folder must exist. A symlink there is replaced, not followed.
    data : bytes

    Raises
    ------
    OSError
        If the folder cannot be written to; nothing is changed then.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "a.mid"), b"MThd")
    ...     sorted(os.listdir(folder))
    ['a.mid']
    """
    write_all({path: data})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files: all their bytes reach the disk before the first is moved into place.

    Parameters
    ----------
    files : Mapping[Path, bytes]
        What is to be written where; the folders must exist.

    Raises
    ------
    OSError
        If a folder cannot be written to or the disk is full; no file is changed then.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_all({Path(folder, "a"): b"1", Path(folder, "b"): b"2"})
    ...     sorted(os.listdir(folder))
    ['a', 'b']
    """
    with ExitStack() as unfinished:
        ready = [(_neighbor(path, data, unfinished), path) for path, data in files.items()]
        for path in files:
            if path.is_dir():
                raise IsADirectoryError(f"{path} is a folder; a file is to be written there")
        for neighbor, path in ready:
            neighbor.replace(path)


def _neighbor(path: Path, data: bytes, unfinished: ExitStack) -> Path:
    """Write the bytes beside their place, and see to it that they are gone if they are not moved there."""
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no such folder to write {path.name} to", str(path.parent))
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    neighbor = Path(name)
    unfinished.callback(neighbor.unlink, missing_ok=True)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    neighbor.chmod(0o666 & ~_umask())
    return neighbor


def _umask() -> int:
    """Return the process's mask for new files: a temporary file is private, the finished one is like any other."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
