"""Rendering a film: every asked scene is composed, once or in several takes, then everything is written, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motifgen.compose.compose import compose
from motifgen.errors import RangeError, UnknownNameError
from motifgen.files.whole import write_all
from motifgen.output import UNCOMPOSED, Output, Playing, chosen_formats, film_data
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene, SourceScene, Story
from motifgen.takes import taking
from motifgen.takes.taking import Composer, Take

if TYPE_CHECKING:
    from concurrent.futures import Executor

if TYPE_CHECKING:
    from motifgen.files.timelines.marks import Mark

#: Written when nothing else is asked for.
USUAL = ("mid", "ledger")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a scene.

    Parameters
    ----------
    scene : Scene
        With the seed that was used.
    ledger : Mapping[str, Any]
        What was composed and why.
    files : tuple[Path, ...]
        What was written for this scene.
    takes : tuple[Take, ...]
        Every take with its measures, the one that was kept first; empty when there was only one.
    """

    scene: Scene
    ledger: Mapping[str, Any]
    files: tuple[Path, ...]
    takes: tuple[Take, ...] = ()


def chosen_scenes(story: Story, ids: Collection[str]) -> tuple[Scene, ...]:
    """Return the scenes that are to be composed: those with the given ids, or all; source scenes get no notes.

    Raises
    ------
    UnknownNameError
        For an id that no scene has.
    RangeError
        For the id of a source scene.
    """
    by_id = {scene.id: scene for scene in story.scenes}
    for name in ids:
        if name not in by_id:
            raise UnknownNameError("scene", name, by_id, listed=True)
        if isinstance(by_id[name], SourceScene):
            raise RangeError(f"scene {name!r} is source music and gets no notes; it appears in the cue sheet")
    return tuple(scene for scene in story.scenes if isinstance(scene, Scene) and (not ids or scene.id in ids))


def render(  # noqa: PLR0913 - each is a choice of the user's
    story: Story,
    directory: Path,
    *,
    scenes: Collection[str] = (),
    formats: Sequence[str] = USUAL,
    seed: int | None = None,
    takes: int = 1,
    playing: Playing | None = None,
    progress: Callable[[Scene], None] | None = None,
    told: Callable[[str], None] | None = None,
    composer: Composer = compose,
    executor: Executor | None = None,
    measured: bool = False,
) -> tuple[Rendered, ...]:
    """Compose a film's scenes and write their files.

    Nothing is written before everything is composed, and each file is written whole or not at all. Where an earlier render of a scene
    had more SVG pages, the last of them are removed.

    Parameters
    ----------
    story : Story
    directory : Path
        Made if it is not there; nothing is written outside it.
    scenes : Collection[str]
        Ids of the scenes to compose; all when empty.
    formats : Sequence[str]
        Names of `formats`, or ``all``.
    seed : int, optional
        Instead of the seeds of the file and its scenes.
    takes : int
        How many times each scene is composed; the take that does best what the scene asks is kept, by the order of
        `motifgen.takes.compose_takes`. Invented themes stay what they are.
    playing : Playing, optional
        For which library, how evenly, with which soundfont, and whether with stems.
    progress : callable, optional
        Called with each scene before it is composed.
    told : callable, optional
        Called with each format of a scene before its file is made.
    composer : callable
        What composes a scene; one that is sent to other processes must be a function of a module.
    executor : concurrent.futures.Executor, optional
        Where several takes are composed; here, one after the other, if there is none.
    measured : bool
        Whether the ledger says under ``"measures"`` how well the scene does what it asks; after several takes it always does.

    Returns
    -------
    tuple[Rendered, ...]
        In the order of the film.

    Raises
    ------
    UnknownNameError, RangeError
        For formats and scenes that there are not, and less than one take.
    ComposeError
        For a scene that cannot be composed as asked.
    OSError
        When the directory cannot be written to.
    """
    names = chosen_formats(formats)
    if takes < 1:
        raise RangeError(f"{takes} takes are asked for; accepted: 1 or more")
    how = playing or Playing()
    seeded = _played(story if seed is None else _seeded(story, seed), how)
    made: list[Rendered] = []
    files: dict[Path, bytes] = {}
    outdated: list[Path] = []
    sections: list[str] = []
    marks: dict[str, tuple[Mark, ...]] = {}
    for scene in chosen_scenes(seeded, scenes) if set(names) - UNCOMPOSED else ():
        if progress is not None:
            progress(scene)
        kept, recording, tried = _best(scene, seeded, takes, composer, executor)
        if measured or tried:
            recording = _measured(recording, kept, seeded)
        output = Output(recording, how, names)
        own = output.files(told)
        outdated += output.outdated(directory, scene.id, own)
        files |= (paths := {directory / f"{scene.id}{ending}": data for ending, data in own.items()})
        sections += output.sections()
        marks[scene.id] = output.marks(kept)
        made.append(Rendered(kept, recording.ledger, tuple(paths), tried))
    files |= {directory / name: data for name, data in film_data(seeded, names, sections, marks).items()}
    directory.mkdir(parents=True, exist_ok=True)
    write_all(files)
    for path in outdated:
        path.unlink(missing_ok=True)
    return tuple(made)


def _best(
    scene: Scene, story: Story, count: int, composer: Composer, executor: Executor | None
) -> tuple[Scene, Recording, tuple[Take, ...]]:
    """Return the best of several takes, made again from its seed, with the scores of all, best first."""
    if count == 1:
        return scene, composer(scene, story).recording, ()
    tried = taking.ranked(taking.takes(scene, story, range(count), executor, composer))
    best, film = taking.seeded(scene, story, tried[0].seed)
    return best, composer(best, film).recording, tried


def _measured(recording: Recording, scene: Scene, story: Story) -> Recording:
    """Return a recording whose ledger says how well it does what its scene asks."""
    from motifgen.measure.conformance import measure  # noqa: PLC0415 - most renders measure nothing
    from motifgen.measure.score import summary  # noqa: PLC0415 - as above

    return replace(recording, ledger=recording.ledger | {"measures": summary(measure(recording, scene, story))})


def _seeded(story: Story, seed: int) -> Story:
    scenes = tuple(replace(scene, seed=seed) if isinstance(scene, Scene) else scene for scene in story.scenes)
    return replace(story, seed=seed, scenes=scenes)


def _played(story: Story, how: Playing) -> Story:
    chosen: dict[str, Any] = {name: given for name in ("library", "humanize") if (given := getattr(how, name)) is not None}
    if not chosen:
        return story
    scenes = tuple(replace(scene, **chosen) if isinstance(scene, Scene) else scene for scene in story.scenes)
    return replace(story, scenes=scenes, **chosen)
