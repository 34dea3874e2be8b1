"""Pages by a notation program that is installed: MuseScore, or LilyPond with musicxml2ly."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from motifgen.errors import MissingError
from motifgen.files.pages.for_lilypond import spoken

_MUSESCORE = ("mscore", "musescore", "mscore4", "musescore4", "mscore4portable", "MuseScore4", "mscore3", "musescore3", "MuseScore3")
_PLACES = (
    "/Applications/MuseScore 4.app/Contents/MacOS/mscore", "/Applications/MuseScore 3.app/Contents/MacOS/mscore",
    "C:/Program Files/MuseScore 4/bin/MuseScore4.exe", "C:/Program Files/MuseScore 3/bin/MuseScore3.exe",
)  # fmt: skip
_SECONDS = 300


def musescore() -> str:
    """Return where MuseScore is, or an empty string."""
    found = (shutil.which(name) for name in _MUSESCORE)
    return next(filter(None, found), "") or next((place for place in _PLACES if Path(place).is_file()), "")


def lilypond() -> str:
    """Return where LilyPond is, or an empty string where it or its converter from MusicXML is missing."""
    return (shutil.which("lilypond") or "") if shutil.which("musicxml2ly") else ""


def by_musescore(score: bytes, kind: str) -> list[bytes]:
    """Return a MusicXML score as MuseScore engraves it: one PDF, or an SVG document for each page.

    Raises
    ------
    MissingError
        Where MuseScore is not installed or fails; the message says with what words.
    """
    program = musescore()
    if not program:
        raise MissingError("MuseScore is not installed; get it from https://musescore.org, or: apt install musescore3")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "score.musicxml")
        source.write_bytes(score)
        quiet = {"QT_QPA_PLATFORM": "offscreen", "HOME": folder, "XDG_RUNTIME_DIR": folder}
        _run([program, "-o", str(Path(folder, f"pages.{kind}")), str(source)], folder, quiet)
        return _made(folder, kind, "MuseScore")


def by_lilypond(score: bytes, kind: str) -> list[bytes]:
    """Return a MusicXML score as LilyPond engraves it: one PDF, or an SVG document for each page.

    Raises
    ------
    MissingError
        Where LilyPond or musicxml2ly is not installed or fails; the message says with what words.
    """
    program = lilypond()
    if not program:
        raise MissingError("LilyPond is not installed, or musicxml2ly is not beside it; get both from https://lilypond.org")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "score.musicxml")
        source.write_bytes(spoken(score))
        _run([shutil.which("musicxml2ly") or "musicxml2ly", "-o", "pages.ly", str(source)], folder, {})
        _run([program, "--silent", f"--{kind}", "-o", "pages", "pages.ly"], folder, {})
        return _made(folder, kind, "LilyPond")


def _run(command: list[str], folder: str, settings: dict[str, str]) -> None:
    name = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the machine, with our own file
            command, cwd=folder, env={**os.environ, **settings}, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise MissingError(f"{name} did not end within {_SECONDS} s; the score is too large for it, or it waits for something") from error
    except OSError as error:
        raise MissingError(f"{name} cannot be started ({error.strerror})") from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise MissingError(f"{name} failed: {said[-1] if said else f'it ended with {done.returncode} and said nothing'}")


def _made(folder: str, kind: str, name: str) -> list[bytes]:
    files = sorted(Path(folder).glob(f"pages*.{kind}"), key=_page)
    if not files:
        raise MissingError(f"{name} ended without an error and wrote no {kind}")
    return [file.read_bytes() for file in files]


def _page(file: Path) -> tuple[int, str]:
    number = re.search(r"(\d+)$", file.stem)
    return int(number[1]) if number else 0, file.stem
