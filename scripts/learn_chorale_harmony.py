"""Learn from Bach's chorales which chord stands where in a melody and which chord follows which; write the table of weights.

Every third tune of music21's corpus is left for the benchmark, with all its settings; the rest is read. What surrounds a beat is said
in the words of `motifgen.compose.harmony.contexts`; each word gets a weight for each of 48 kinds of chord, each pair of neighbours one
for each way of meeting, so that Bach's own successions become likeliest (a linear-chain conditional random field). Run from the
repository's root; it takes some minutes::

    python scripts/learn_chorale_harmony.py src/motifgen/data/chorales.csv

Notes
-----
J. Lafferty, A. McCallum and F. Pereira, "Conditional Random Fields" (2001); D. Kingma and J. Ba, "Adam" (2014).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from corpora import Chorale, chorales, divided

from motifgen.compose.harmony.contexts import contexts
from motifgen.compose.harmony.engine import melody_slots
from motifgen.compose.harmony.learned import KINDS, MEETINGS, kind_name, meeting

SHAPES = {"": "M", "aug": "M", "maj7": "M", "m": "m", "m7": "m", "dim": "d", "m7b5": "d", "dim7": "d", "7": "7"}
PACE, TOLD = 0.03, 0.1
SIZE = 12 * len(KINDS)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Lesson = tuple[tuple[tuple[str, ...], int, int], ...]


@dataclass(frozen=True, slots=True)
class Restraint:
    """What is decided before anything is learned; ``scripts/validate_chorale_harmony.py`` tells how each does on tunes it has not seen.

    Parameters
    ----------
    least : int
        How often a word must be met to be learned.
    tied, tied_moves : float
        How strongly the weights of words and of moves are held to zero.
    rounds : int
        How many steps are taken.
    """

    least: int = 4
    tied: float = 10.0
    tied_moves: float = 3.0
    rounds: int = 30


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Chorales side by side, the first axis in time: Bach's chord, whether there is one, how it is met, and its words by number."""

    chords: Ints
    there: NDArray[np.bool_]
    met: Ints
    words: Ints


def lesson(chorale: Chorale) -> Lesson:
    """Return for every beat of a chorale the words for what surrounds it, Bach's chord, and how it follows the one before."""
    song = chorale.song
    mode, tonic = "minor" if song.key.mode.minor else "major", song.key.tonic.semitone
    ends = dict.fromkeys(song.phrases, "")
    slots = melody_slots(song.notes, song.key, song.meter, pickup=song.pickup, goals=ends)
    chords = {at: (root.semitone - tonic) % 12 * len(KINDS) + KINDS.index(SHAPES[quality]) for at, root, quality, _ in chorale.beats}
    found = []
    for at, (slot, words) in enumerate(zip(slots, contexts(slots), strict=True)):
        if slot.span.start in chords:
            how = meeting(slot, slots[at - 1] if at else slot)
            found.append((tuple(f"{mode} {word}" for word in words), chords[slot.span.start], how + len(MEETINGS) * (mode == "minor")))
    return tuple(found)


def arranged(lessons: Sequence[Lesson], numbers: Mapping[str, int]) -> Lessons:
    """Return lessons as arrays; words that are not counted get the last number."""
    long, wide = max(map(len, lessons)), max(len(words) for one in lessons for words, *_ in one)
    shape = (long, len(lessons))
    chords, there, met = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.int64)
    known = np.full((*shape, wide), len(numbers), dtype=np.int64)
    for column, one in enumerate(lessons):
        for at, (words, chord, how) in enumerate(one):
            chords[at, column], there[at, column], met[at, column] = chord, True, how
            told = [numbers[word] for word in words if word in numbers]
            known[at, column, : len(told)] = told
    return Lessons(chords, there, met, known)


def gradient(data: Lessons, weights: Floats, moves: Floats) -> tuple[Floats, Floats]:
    """Return which way the weights of every place (time, chorale, chord) and of the moves must go: Bach's counts less the expected ones."""
    likely = weights[data.words].sum(axis=2)
    likely = np.exp(likely - likely.max(axis=-1, keepdims=True))
    follow = np.exp(moves)
    ahead, back = np.zeros_like(likely), np.ones_like(likely)
    ahead[0] = _share(likely[0])
    for at in range(1, len(likely)):
        ahead[at] = _share(np.einsum("ni,nij->nj", ahead[at - 1], follow[data.met[at]]) * likely[at])
    moved = np.zeros_like(moves)
    for at in range(len(likely) - 2, -1, -1):
        there, how, then = data.there[at + 1], data.met[at + 1], likely[at + 1] * back[at + 1]
        back[at] = np.where(there[:, None], _share(np.einsum("nij,nj->ni", follow[how], then)), 1 / SIZE)
        pairs = ahead[at][:, :, None] * follow[how] * then[:, None, :]
        np.subtract.at(moved, how[there], (pairs / pairs.sum(axis=(1, 2), keepdims=True))[there])
        np.add.at(moved, (how[there], data.chords[at][there], data.chords[at + 1][there]), 1)
    placed = -_share(ahead * back)
    np.put_along_axis(placed, data.chords[..., None], np.take_along_axis(placed, data.chords[..., None], -1) + 1, -1)
    return placed * data.there[..., None], moved


def _share(values: Floats) -> Floats:
    return np.asarray(values / values.sum(axis=-1, keepdims=True), dtype=np.float32)


def learn(data: Lessons, count: int, restraint: Restraint) -> tuple[Floats, Floats]:
    """Return the weights of every word for every kind of chord, and of every move for every way of meeting."""
    flat = data.words.reshape(-1)
    order = np.argsort(flat, kind="stable")
    told, starts = np.unique(flat[order], return_index=True)
    weights = np.zeros((count + 1, SIZE), dtype=np.float32)
    moves = np.zeros((2 * len(MEETINGS), SIZE, SIZE), dtype=np.float32)
    hands = _Hand(np.zeros_like(weights), restraint.rounds), _Hand(np.zeros_like(moves), restraint.rounds)
    for turn in range(1, restraint.rounds + 1):
        placed, moved = gradient(data, weights, moves)
        gain = np.zeros_like(weights)
        gain[told] = np.add.reduceat(placed.reshape(-1, SIZE)[order // data.words.shape[2]], starts, axis=0)
        gain[count] = 0
        weights += hands[0].step(gain - restraint.tied * weights, turn)
        moves += hands[1].step(moved - restraint.tied_moves * moves, turn)
    return weights, moves


class _Hand:
    """Adam's memory of a gradient: its mean and its size."""

    def __init__(self, start: Floats, rounds: int) -> None:
        self.mean, self.size, self.rounds = start, np.zeros_like(start), rounds

    def step(self, gain: Floats, turn: int) -> Floats:
        """Return how far to go."""
        self.mean = 0.9 * self.mean + 0.1 * gain
        self.size = 0.99 * self.size + 0.01 * gain**2
        pace = PACE * min(1.0, 2 * (1 - turn / (self.rounds + 1)))
        return np.asarray(pace * (self.mean / (1 - 0.9**turn)) / (np.sqrt(self.size / (1 - 0.99**turn)) + 1e-3), dtype=np.float32)


def write(path: Path, names: Sequence[str], weights: Floats, moves: Floats) -> None:
    """Write the weights that say something, a row for each word and for each chord that is left."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["mode", "context", "weights"])
        for name, row in zip(names, weights, strict=False):
            mode, _, context = name.partition(" ")
            _row(writer, mode, context, row)
        for how, table in enumerate(moves):
            for kind, row in enumerate(table):
                _row(writer, ("major", "minor")[how // len(MEETINGS)], f"{MEETINGS[how % len(MEETINGS)]} {kind_name(kind)}", row)


def _row(writer: csv.writer, mode: str, context: str, row: Floats) -> None:  # type: ignore[valid-type]
    told = " ".join(f"{kind_name(kind)}:{round(100 * float(weight))}" for kind, weight in enumerate(row) if abs(weight) >= TOLD)
    if told:
        writer.writerow([mode, context, told])  # type: ignore[attr-defined]


def taught(lessons: Sequence[Lesson], restraint: Restraint) -> tuple[list[str], Floats, Floats]:
    """Return the words that are met often enough, with their weights, and the weights of the moves."""
    counts = Counter(word for one in lessons for words, *_ in one for word in words)
    names = sorted(word for word, count in counts.items() if count >= restraint.least)
    return names, *learn(arranged(lessons, {name: at for at, name in enumerate(names)}), len(names), restraint)


def main(path: str) -> None:
    """Write the weights."""
    lessons = [lesson(chorale) for chorale in divided(tuple(chorales()))[0]]
    write(Path(path), *taught(lessons, Restraint()))


if __name__ == "__main__":
    main(sys.argv[1])
