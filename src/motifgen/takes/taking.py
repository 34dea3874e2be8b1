"""Taking: one scene composed with many seeds, each take measured, here or in other processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from motifgen.chance import Chance
from motifgen.compose.compose import compose
from motifgen.errors import RangeError
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene, Story

if TYPE_CHECKING:
    from concurrent.futures import Executor, ProcessPoolExecutor

    from motifgen.measure.score import Score
    from motifgen.takes.labels import Labels

#: Seeds are whole numbers below this: programs that read JSON numbers as floating point keep them exact.
SEEDS = 2**53
_WORTH_IT = 4


class Composed(Protocol):
    """What is needed of a composed scene; `motifgen.compose.sketch.Sketch` is one."""

    @property
    def recording(self) -> Recording:
        """Return what the file formats read."""


Composer = Callable[[Scene, Story], Composed]


@dataclass(frozen=True, slots=True)
class Take:
    """A take of a scene, measured. The music itself is made again from the seed, so that takes are small and travel well.

    Parameters
    ----------
    scene : str
        The scene's id.
    number : int
        0 is the take that the scene's own seed makes.
    seed : int
        Written into the scene, it makes this take again.
    score : Score
        How well it does what the scene asks, part by part.
    print : tuple[float, ...]
        What `motifgen.measure.distance` compares takes by.
    labels : Labels, optional
        What it was composed as and what was measured, for those who collect takes.
    """

    scene: str
    number: int
    seed: int
    score: Score
    print: tuple[float, ...] = ()
    labels: Labels | None = None


def compose_takes(
    scene: Scene,
    story: Story | None = None,
    count: int = 8,
    executor: Executor | None = None,
    progress: Callable[[Take], None] | None = None,
) -> tuple[Take, ...]:
    """Compose a scene several times and return its takes, best first.

    What a scene must have goes before all: more hits met, then fewer things that players cannot do, then fewer of tension and arousal going
    astray (a rank correlation with the arc under 0.5). Of takes that are equal in these, first come those that are in no part of the score
    audibly worse than the take of the scene's own seed (so choosing does not cost what was there already); of these, those that are better
    than it in more parts; then the total decides. The order does not depend on the executor.

    Parameters
    ----------
    scene : Scene
    story : Story, optional
        The film around it. Invented themes stay the same in all takes.
    count : int
        How many takes, 1 or more.
    executor : concurrent.futures.Executor, optional
        Where takes are composed; here, one after the other, if there is none. It is not shut down.
    progress : callable, optional
        Called with every take when it is there, in any order.

    Raises
    ------
    RangeError
        For less than one take.
    ComposeError
        If the scene cannot be composed as asked.

    Examples
    --------
    >>> from motifgen import Arc
    >>> best, other = compose_takes(Scene("1m1", 8, Arc.of((0, "calm"), (6, "hope"))), count=2)
    >>> sorted([best.number, other.number]), 0 < best.score.total <= 1
    ([0, 1], True)
    """
    if count < 1:
        raise RangeError(f"{count} takes are asked for; accepted: 1 or more")
    made = []
    for take in takes(scene, story or _alone(scene), range(count), executor):
        made.append(take)
        if progress is not None:
            progress(take)
    return ranked(made)


def ranked(made: Iterable[Take]) -> tuple[Take, ...]:
    """Return takes of one scene, best first; see `compose_takes`. Without the first take, only the total counts."""
    every = sorted(made, key=lambda take: take.number)
    first = every[0].score if every and every[0].number == 0 else None

    def merit(take: Take) -> tuple[float, float, int, bool, int, float, int]:
        own = take.score
        must = (-own.hits, -own.playable, own.astray)
        if first is None:
            return (*must, False, 0, -own.total, take.number)
        return (*must, own.worsens(first) > 0, -own.betters(first), -own.total, take.number)

    return tuple(sorted(every, key=merit))


def takes(
    scene: Scene, story: Story, numbers: Iterable[int], executor: Executor | None = None, composer: Composer = compose
) -> Generator[Take, None, None]:
    """Yield takes of a scene by their numbers, as they are ready; what has not begun is called off when the caller stops."""
    if executor is None:
        yield from (taken(scene, story, number, composer) for number in numbers)
        return
    from concurrent.futures import as_completed  # noqa: PLC0415 - a render of one take waits for no other process

    waiting = [executor.submit(taken, scene, story, number, composer) for number in numbers]
    try:
        for future in as_completed(waiting):
            yield future.result()
    finally:
        for future in waiting:
            future.cancel()


def taken(scene: Scene, story: Story, number: int, composer: Composer = compose) -> Take:
    """Return one take of a scene, composed and measured."""
    from motifgen.measure.conformance import measure  # noqa: PLC0415 - a render of one take measures nothing
    from motifgen.measure.distance import sound_print  # noqa: PLC0415 - as above
    from motifgen.measure.score import score  # noqa: PLC0415 - as above
    from motifgen.takes.labels import labels  # noqa: PLC0415 - as above

    own, film = seeded(scene, story, take_seed(scene, number))
    recording = composer(own, film).recording
    report = measure(recording, own, film)
    return Take(scene.id, number, own.seed, score(report), sound_print(recording), labels(recording, own, report))


def take_seed(scene: Scene, number: int) -> int:
    """Return the seed of a take: the scene's own for the first, a draw named by seed, scene and number for any other.

    Examples
    --------
    >>> from motifgen import Arc
    >>> scene = Scene("1m1", 8, Arc.of((0, "calm")), seed=7)
    >>> take_seed(scene, 0), take_seed(scene, 1) == take_seed(scene, 1) != take_seed(scene, 2)
    (7, True)
    """
    return Chance(scene.seed, scene.id, "take", number).bits() % SEEDS if number else scene.seed


def seeded(scene: Scene, story: Story, seed: int) -> tuple[Scene, Story]:
    """Return a scene with another seed, and the film with this scene in its place."""
    other = replace(scene, seed=seed)
    return other, replace(story, scenes=tuple(other if it.id == scene.id else it for it in story.scenes))


def local_executor(workers: int | None = None) -> ProcessPoolExecutor:
    """Return an executor of processes on this machine, as many as there are cores to use if nothing else is said.

    Raises
    ------
    RangeError
        For less than one process.
    """
    if workers is not None and workers < 1:
        raise RangeError(f"{workers} processes are asked for; accepted: 1 or more")
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a render of one take starts no other process
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    return ProcessPoolExecutor(workers or cores(), get_context("spawn"), _leave_interrupts_to_the_caller)


def _leave_interrupts_to_the_caller() -> None:
    """Let Ctrl-C end the process that asked for takes, not each that composes them, with a traceback of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def processes(count: int) -> Iterator[Executor | None]:
    """Give what composes so many takes fastest: processes, or nothing where starting them would take longer than they save."""
    if count < _WORTH_IT or cores() < 2:
        yield None
        return
    with local_executor(min(cores(), count)) as executor:
        yield executor


def cores() -> int:
    """Return how many cores this process may use."""
    usable: Any = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _alone(scene: Scene) -> Story:
    """Return a film of one scene, with the scene's own seed, so that its invented themes are those of the scene alone."""
    return Story(scenes=(scene,), seed=scene.seed)
