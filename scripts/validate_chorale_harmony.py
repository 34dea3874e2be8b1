"""Choose what `learn_chorale_harmony.py` must be told beforehand, by cross-validation among the tunes that may be learned from.

The tunes of the learning set are dealt into folds, each tune with all its settings; each fold is harmonised with weights learned from the
other folds, and Bach's own roots are counted. One setting at a time is tried, the best is kept. The held-out tunes of the benchmark are
not looked at. Run from the repository's root; it takes a quarter of an hour or more::

    python scripts/validate_chorale_harmony.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from corpora import Chorale, chorales, divided, tunes
from harmony_material import chord_at, harmony_of
from learn_chorale_harmony import Floats, Lesson, Restraint, arranged, lesson, taught, write

from motifgen.compose.harmony import learned as table
from motifgen.compose.harmony import search

FOLDS = 3
TRIED: dict[str, tuple[float, ...]] = {"tied": (5.0, 20.0), "least": (4, 16), "rounds": (12, 30), "tied_moves": (3.0, 20.0)}
TRUSTED = (1.5, 3.0, 5.0)


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """Chorales that are looked at, and what is learned from the others."""

    here: tuple[Chorale, ...]
    lessons: tuple[Lesson, ...]
    others: tuple[Lesson, ...]


def folds(found: Sequence[Chorale]) -> tuple[Fold, ...]:
    """Return the folds: every tune lies in one of them, with all its settings."""
    numbers = tunes([chorale.song for chorale in found])
    place = {number: at % FOLDS for at, number in enumerate(sorted(set(numbers)))}
    lessons = [lesson(chorale) for chorale in found]
    own = [[place[number] == fold for number in numbers] for fold in range(FOLDS)]
    return tuple(
        Fold(
            tuple(chorale for chorale, inside in zip(found, mine, strict=True) if inside),
            tuple(one for one, inside in zip(lessons, mine, strict=True) if inside),
            tuple(one for one, inside in zip(lessons, mine, strict=True) if not inside),
        )
        for mine in own
    )


def alone(fold: Fold, restraint: Restraint) -> tuple[int, int]:
    """Return how many roots the weights find by themselves in a fold, and of how many."""
    names, weights, moves = taught(fold.others, restraint)
    data = arranged(fold.lessons, {name: at for at, name in enumerate(names)})
    likely = weights[data.words].sum(axis=2)
    hits = total = 0
    for column, one in enumerate(fold.lessons):
        path = _path(likely[: len(one), column], moves, data.met[: len(one), column])
        hits += sum(chord // len(table.KINDS) == own // len(table.KINDS) for chord, (_, own, _) in zip(path, one, strict=True))
        total += len(one)
    return hits, total


def _path(likely: Floats, moves: Floats, met: Sequence[int]) -> list[int]:
    """Return the likeliest succession of chords."""
    best, trail = likely[0], []
    for now, how in zip(likely[1:], met[1:], strict=True):
        paths = best[:, None] + moves[how]
        trail.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + now
    path = [int(best.argmax())]
    for back in reversed(trail):
        path.append(int(back[path[-1]]))
    return path[::-1]


def engaged(fold: Fold, restraint: Restraint) -> Iterator[tuple[float, int, int]]:
    """Yield, for every trust in the weights, how many roots the whole engine finds in a fold, and of how many."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chorales.csv"
        write(path, *taught(fold.others, restraint))
        read = {minor: table.read_table(path.read_text(encoding="utf-8"), minor=minor) for minor in (False, True)}
    for trust in TRUSTED:
        table.Learned.moves.cache_clear()
        reader = lambda *, minor: read[minor]  # noqa: E731 - stands in for a function
        with patch.object(table, "learned", reader), patch.object(search, "learned", reader), patch.object(table, "TRUST", trust):
            yield trust, *_agreed(fold.here)
    table.Learned.moves.cache_clear()


def _agreed(found: Sequence[Chorale]) -> tuple[int, int]:
    hits = total = 0
    for chorale in found:
        chords = harmony_of(chorale.song, "classical")
        hits += sum(chord_at(chords, at).chord.root.semitone == root.semitone for at, root, *_ in chorale.beats)
        total += len(chorale.beats)
    return hits, total


def share(parts: Sequence[tuple[int, int]]) -> float:
    """Return the share of all hits."""
    return round(sum(hits for hits, _ in parts) / sum(total for _, total in parts), 4)


def chosen(parted: Sequence[Fold]) -> Restraint:
    """Return the best of the settings that are tried, one after the other; print how each does."""
    best = Restraint()
    reached = share([alone(fold, best) for fold in parted])
    print(f"{best}: {reached:.2%}", flush=True)
    for name, values in TRIED.items():
        for value in values:
            other = replace(best, **{name: type(getattr(best, name))(value)})
            got = share([alone(fold, other) for fold in parted])
            print(f"{other}: {got:.2%}", flush=True)
            best, reached = (other, got) if got > reached else (best, reached)
    return best


def main() -> None:
    """Print how every setting does, and the best."""
    parted = folds(divided(tuple(chorales()))[0])
    best = chosen(parted)
    print(f"best: {best}", flush=True)
    rows = [{trust: (hits, total) for trust, hits, total in engaged(fold, best)} for fold in parted]
    for trust in TRUSTED:
        print(f"in the engine, trusted {trust}: {share([row[trust] for row in rows]):.2%}", flush=True)


if __name__ == "__main__":
    main()
