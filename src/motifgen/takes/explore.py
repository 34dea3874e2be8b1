"""Exploring: very many takes of a film's scenes, of which the best that are not alike are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor
from contextlib import closing
from pathlib import Path

from motifgen.compose.compose import compose
from motifgen.errors import RangeError
from motifgen.measure.distance import distance
from motifgen.story.scene import Story
from motifgen.takes.journal import Journal
from motifgen.takes.rendering import chosen_scenes
from motifgen.takes.taking import Composer, Take, ranked, takes

#: Takes closer to each other than this are one idea; see `motifgen.measure.distance.distance`.
APART = 0.12
KEEP = 10


def explore(  # noqa: PLR0913 - each is a choice of the user's
    story: Story,
    count: int,
    path: Path,
    *,
    scenes: Collection[str] = (),
    executor: Executor | None = None,
    progress: Callable[[Take], None] | None = None,
    composer: Composer = compose,
) -> dict[str, tuple[Take, ...]]:
    """Compose many takes of scenes, keep each in a data set as it is ready, and return them by scene, best first.

    Takes that it already holds are not composed again, so the same call goes on after a stop and returns what it would have
    returned without one.

    Parameters
    ----------
    story : Story
    count : int
        Takes of each scene, 1 or more.
    path : Path
        Of the data set, made if it is not there: a folder of Parquet files if it ends in ``.parquet``, else a file of JSON lines.
    scenes : Collection[str]
        Ids of the scenes to explore; all composed scenes when empty.
    executor : concurrent.futures.Executor, optional
        Where takes are composed; here, one after the other, if there is none.
    progress : callable, optional
        Called with each take: first with those that were there, then with new ones.
    composer : callable
        What composes a scene.

    Raises
    ------
    RangeError
        For less than one take, and a path that holds takes of something else.
    UnknownNameError
        For a scene that there is not.
    """
    if count < 1:
        raise RangeError(f"{count} takes are asked for; accepted: 1 or more")
    chosen = chosen_scenes(story, scenes)
    journal = Journal.of(path, story)
    found: dict[str, dict[int, Take]] = {scene.id: {} for scene in chosen}
    for take in journal.takes():
        if take.scene in found and take.number < count:
            found[take.scene][take.number] = take
    told = progress or (lambda _: None)
    for there in found.values():
        for take in there.values():
            told(take)
    with journal.writing() as write:
        for scene in chosen:
            missing = [number for number in range(count) if number not in found[scene.id]]
            with closing(takes(scene, story, missing, executor, composer)) as coming:
                for take in coming:
                    write(take)
                    found[scene.id][take.number] = take
                    told(take)
    return {scene: ranked(made.values()) for scene, made in found.items()}


def distinct(made: Iterable[Take], keep: int = KEEP, apart: float = APART) -> tuple[Take, ...]:
    """Return the best takes of a scene that are at least so far from each other.

    Parameters
    ----------
    made : Iterable[Take]
        Best first.
    keep : int
        How many at most, 1 or more.
    apart : float
        Least distance of any two, 0 to 1.

    Raises
    ------
    RangeError
        For values outside these.
    """
    if keep < 1:
        raise RangeError(f"{keep} takes are to be kept; accepted: 1 or more")
    if not 0 <= apart <= 1:
        raise RangeError(f"takes are to be {apart:g} apart; accepted: 0 (all may be alike) to 1")
    kept: list[Take] = []
    for take in made:
        if len(kept) == keep:
            break
        if all(distance(take.print, other.print) >= apart for other in kept):
            kept.append(take)
    return tuple(kept)
