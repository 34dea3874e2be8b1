"""The render command: reading, rendering, and a line for every scene."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING

import typer

from motifgen.cli.wording import counts
from motifgen.errors import MissingError, RangeError, UnknownNameError
from motifgen.files.export import SOUNDS
from motifgen.files.midi_click import CLICKS
from motifgen.files.scene_file import read_story
from motifgen.output import PAGES, Playing, chosen_formats, film_files, missing_formats
from motifgen.story.scene import Scene
from motifgen.takes import Rendered, Take, chosen_scenes, executor_at, processes, render

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from rich.progress import Progress

_PATIENCE = 1.0


def render_file(  # noqa: PLR0913, PLR0917 - the options of the command
    file: Path,
    output: Path | None,
    scenes: Sequence[str],
    formats: Sequence[str],
    seed: int | None,
    takes: int,
    playing: Playing,
    *,
    allow_outside: bool,
    measured: bool = False,
    cluster: str = "",
) -> None:
    """Render a scene arc file; say what was written on standard output, and what to know of it on standard error."""
    names = chosen_formats(formats)
    _check(playing, names)
    story = read_story(file, allow_outside=allow_outside)
    count = len(chosen_scenes(story, scenes))
    directory = file.with_suffix("") if output is None else output
    if directory.exists() and not directory.is_dir():
        raise RangeError(f"{directory} is a file; accepted: a folder to write to, as in '-o {file.stem}-music'")
    with progress(count, terminal=sys.stderr.isatty()) as begin, _where(takes, cluster) as executor:
        made = render(
            story,
            directory,
            scenes=scenes,
            formats=names,
            seed=seed,
            takes=takes,
            playing=playing,
            progress=begin,
            told=begin.writes,
            executor=executor,
            measured=measured,
        )
    for each in made:
        typer.echo(_line(each))
        for warning in each.ledger["warnings"]:
            typer.echo(f"{each.scene.id}: {warning}", err=True)
    for path in film_files(directory, names):
        typer.echo(str(path))
    missing = missing_formats() if any(name.strip().lower() == "all" for name in formats) else ()
    if missing:
        typer.echo(f"not written: {', '.join(missing)}; 'motifgen doctor' says what writes them", err=True)


def _where(takes: int, cluster: str) -> AbstractContextManager[Executor | None]:
    """Return where takes are composed: on the cluster that is named, or here."""
    if cluster and takes == 1:
        raise RangeError("--executor is where takes are composed, and one take is composed here; accepted: --takes 2 or more")
    return executor_at(cluster) if cluster else processes(takes)


def _check(playing: Playing, names: Sequence[str]) -> None:
    """Refuse what can be refused before anything is composed."""
    if playing.library is not None:
        from motifgen.files.libraries import find_library  # noqa: PLC0415 - few renders name one

        find_library(playing.library)
    if playing.click not in CLICKS:
        raise UnknownNameError("click", playing.click, CLICKS)
    if playing.click == "warning" and not playing.preroll:
        raise RangeError("--click warning needs bars to click in; accepted: --preroll 1 to 8")
    heard = [name for name in names if f".{name}" in SOUNDS or name == "html"]
    if playing.stems and not [name for name in heard if name != "html"]:
        raise RangeError(f"--stems needs a sound format; accepted: --format {' or '.join(ending[1:] for ending in SOUNDS)}")
    if playing.soundfont and not heard:
        raise RangeError("--soundfont needs something that is heard; accepted: --format flac, wav, ogg, mp3 or html")
    if heard:
        from motifgen.files.audio import find_soundfont  # noqa: PLC0415 - as above

        find_soundfont(playing.soundfont)
    _check_pages(playing, names)
    for name in set(names) & set(missing_formats() if heard else ()):
        raise MissingError(f"nothing installed writes {name}; 'motifgen doctor' says what does, and flac and wav need nothing")


def _check_pages(playing: Playing, names: Sequence[str]) -> None:
    drawn = [name for name in names if name in PAGES]
    if playing.engraver and not drawn:
        raise RangeError(f"--engraver needs pages; accepted: --format {' or '.join(PAGES)}")
    if drawn:
        from motifgen.files.pages import check_book, chosen_engraver  # noqa: PLC0415 - few renders draw pages

        chosen_engraver(playing.engraver)
        if any(PAGES[name][1] == "book" for name in drawn):
            check_book(playing.engraver)


def _line(made: Rendered) -> str:
    """Return a scene in one line."""
    ledger = made.ledger
    hits = ledger["hits"]
    met = f", {sum(hit['met'] for hit in hits)} of {len(hits)} hits met" if hits else ""
    title = f" {made.scene.title}" if made.scene.title else ""
    counted = ", ".join(
        [f"{ledger['length_seconds']:g} s", *(counts(len(ledger[name]), name[:-1]) for name in ("bars", "parts", "statements"))]
    )
    take = f", the best of {len(made.takes)} takes with seed {made.scene.seed}" if made.takes else ""
    files = "; ".join([", ".join(map(str, made.files)), *(_marks(made.takes) if made.takes else ())])
    return f"{made.scene.id}{title}: {counted}{met}{take}" + (f"; {files}" if files else "")


def _marks(tried: Sequence[Take]) -> Iterator[str]:
    """Yield the score of the take that was kept, part by part, and that of the first."""
    best, first = tried[0].score, min(tried, key=lambda take: take.number).score
    parts = ", ".join(f"{each.name} {getattr(best, each.name):.2f}" for each in fields(best))
    yield f"score {best.total:.2f} ({parts})"
    yield f"first take {first.total:.2f}"


@contextmanager
def progress(count: int, *, terminal: bool) -> Iterator[Bar]:
    """Give what is told of each scene that begins and each file; on a terminal, show it when rendering takes longer than a second."""
    bar = Bar(count)
    if not terminal:
        yield bar
        return
    timer = Timer(_PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar
    finally:
        timer.cancel()
        bar.close()


class Bar:
    """How far a render has come; it is drawn only once `show` is called, from another thread."""

    def __init__(self, count: int) -> None:
        """Begin with no scene of so many."""
        self._count, self._begun, self._title, self._scene = count, 0, "", ""
        self._lock, self._closed = Lock(), False
        self._progress: Progress | None = None

    def __call__(self, scene: Scene) -> None:
        """Note that a scene begins."""
        self._scene = f"{scene.id} {scene.title}".strip()
        self._say(self._scene, begun=1)

    def writes(self, name: str) -> None:
        """Note that a scene is written in a format; scores and pages of large ones take seconds."""
        self._say(f"{self._scene}: {name}", begun=0)

    def _say(self, title: str, begun: int) -> None:
        with self._lock:
            self._begun += begun
            self._title = title
            if self._progress is not None:
                self._progress.update(self._progress.task_ids[0], description=self._title, completed=self._begun - 1)

    def show(self) -> None:
        """Draw the bar from now on, unless the render has ended meanwhile."""
        from rich.console import Console  # noqa: PLC0415 - only a slow render needs it
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415 - as above

        with self._lock:
            if self._closed:
                return
            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.add_task(self._title, total=self._count, completed=max(self._begun - 1, 0))
            self._progress.start()

    def close(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._closed = True
            if self._progress is not None:
                self._progress.stop()
