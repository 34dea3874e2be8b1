"""What was learned from Bach's chorales: how likely a chord is under a soprano's notes, and after another chord.

The weights are rows of ``data/chorales.csv``, in hundredths, made by ``scripts/learn_chorale_harmony.py`` from two thirds of the tunes
in music21's corpus. A place's score for a chord is the sum over all words for what surrounds it (`contexts`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from motifgen.compose.harmony.contexts import contexts
from motifgen.compose.harmony.slots import Slot
from motifgen.compose.harmony.vocabulary import Floats, Ints, Vocabulary

TRUST = 3.0
KINDS = "Mm7d"
#: How a chord is met: on a weak or a strong place, or as the first of a phrase.
MEETINGS = ("weak", "strong", "anew")
_SIZE = 12 * len(KINDS)
_SILENT = np.zeros(_SIZE)


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Weights of the 48 kinds of chord (twelve roots; major, minor, dominant seventh, diminished) by context, and after each other."""

    weights: Mapping[str, Floats]
    meetings: Floats

    def score(self, words: Iterable[str]) -> Floats:
        """Return how much each kind of chord is called for by what surrounds a place."""
        return np.asarray(sum((self.weights[word] for word in words if word in self.weights), _SILENT))

    @lru_cache(maxsize=64)  # noqa: B019 - there are two of these values, for major and minor
    def moves(self, one: Vocabulary, other: Vocabulary, how: int) -> Floats:
        """Return what it costs to go from each chord to each, by how the second is met (the place in `MEETINGS`)."""
        return np.asarray(-TRUST * self.meetings[how][np.ix_(kinds_of(one), kinds_of(other))])


def scores(slots: Sequence[Slot]) -> tuple[Floats, ...]:
    """Return for every slot what each of the 48 kinds of chord costs; nothing where no melody sounds."""
    words = contexts(slots)
    return tuple(-TRUST * learned(minor=slot.key.mode.minor).score(said) for slot, said in zip(slots, words, strict=True))


def meeting(slot: Slot, before: Slot) -> int:
    """Return how the chord of a slot is met, as a place in `MEETINGS`."""
    return 2 if not before.left else int(slot.weight >= 3)


@cache
def learned(*, minor: bool) -> Learned:
    """Return what was learned about chorales in major or in minor."""
    return read_table((files("motifgen") / "data" / "chorales.csv").read_text(encoding="utf-8"), minor=minor)


def read_table(text: str, *, minor: bool) -> Learned:
    """Return what a table says about chorales in major or in minor."""
    rows = csv.reader(text.splitlines())
    mode = "minor" if minor else "major"
    return _read((context, told) for own, context, told in rows if own == mode)


def kind_name(kind: int) -> str:
    """Return a kind's name: semitones above the tonic and a letter, as in ``"77"`` for the dominant seventh."""
    return f"{kind // len(KINDS)}{KINDS[kind % len(KINDS)]}"


@lru_cache(maxsize=64)
def kinds_of(words: Vocabulary) -> Ints:
    """Return the kind of each chord of a vocabulary: root times four, and major, minor, dominant seventh or diminished."""
    shape = np.where(words.kind == 1, 1, np.where(words.seventh, 2, np.where(words.diminished, 3, 0)))
    return np.asarray(words.root * len(KINDS) + shape)


def _read(rows: Iterable[tuple[str, str]]) -> Learned:
    names = {kind_name(kind): kind for kind in range(_SIZE)}
    weights: dict[str, Floats] = {}
    meetings = np.zeros((len(MEETINGS), _SIZE, _SIZE))
    for context, told in rows:
        row = np.zeros(_SIZE)
        for word in told.split():
            name, _, weight = word.partition(":")
            row[names[name]] = int(weight) / 100
        how, _, kind = context.partition(" ")
        if how in MEETINGS:
            meetings[MEETINGS.index(how), names[kind]] = row
        else:
            weights[context] = row
    return Learned(weights, meetings)
