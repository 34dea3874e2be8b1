"""Rendering again whenever the file is saved."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer

from motifgen.cli.rendering import render_file
from motifgen.errors import MotifgenError
from motifgen.files.scene_file import read_story
from motifgen.output import Playing, chosen_formats

_PAUSE = 0.3


def watch_file(  # noqa: PLR0913 - the options of the command
    file: Path,
    output: Path | None,
    scenes: Sequence[str],
    formats: Sequence[str],
    soundfont: str = "",
    *,
    sounding: bool = False,
    allow_outside: bool = False,
    wait: Callable[[], bool] | None = None,
) -> None:
    """Render a file now and after each save; what is wrong with it is said, and the next save awaited.

    Parameters
    ----------
    sounding : bool
        Whether the scenes are played after each render; a save while they sound is noticed at their end.
    wait : callable, optional
        Called between two looks at the file; the watch ends when it returns False. Without it, it pauses for 0.3 s and never ends.

    Raises
    ------
    UnknownNameError
        For a format that there is not.
    SceneFileError
        If there is no such file when the watch begins: its name is misspelt.
    """
    if not file.is_file():
        read_story(file)
    heard = {format_ for format_ in chosen_formats(formats) if format_ in {"flac", "wav", "ogg", "mp3", "html"}}
    playing = Playing(soundfont=soundfont if heard else "")
    for _ in saves(file, wait or _pause):
        try:
            render_file(file, output, scenes, formats, None, 1, playing, allow_outside=allow_outside)
            if sounding:
                _play(file, scenes, soundfont, allow_outside=allow_outside)
        except (MotifgenError, OSError) as error:
            typer.echo(f"{error}", err=True)
        typer.echo(f"waiting for {file} to be saved; Ctrl-C ends", err=True)


def saves(file: Path, wait: Callable[[], bool]) -> Iterator[None]:
    """Yield at once, and then whenever a file has become another since the last look.

    A file that is missing for a moment, as while an editor puts a new one in its place, has not been saved yet.
    """
    seen = _state(file)
    yield
    while wait():
        now = _state(file)
        if now is not None and now != seen:
            seen = now
            yield


def _state(file: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is saved, even twice within the clock's grain: its time, its size, its place on the disk."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _pause() -> bool:
    try:
        time.sleep(_PAUSE)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return False
    return True


def _play(file: Path, scenes: Sequence[str], soundfont: str, *, allow_outside: bool) -> None:
    from motifgen.cli.playing import play_file  # noqa: PLC0415 - not every watch is heard

    play_file(file, scenes, soundfont, allow_outside=allow_outside)
