"""What was learned from Bach's chorales: how likely a chord is under a soprano's notes, and after another chord.

The counts are rows of ``data/chorales.csv``, made by ``scripts/learn_chord_transitions.py`` from every second chorale of
music21's corpus. They become log probabilities, the contexts blended with weights that were fitted on those same chorales.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from motifgen.compose.harmony.slots import Slot
from motifgen.compose.harmony.vocabulary import Floats, Ints, Vocabulary

TRUST = 2.0
KINDS = "Mm7d"
SILENT = 12
BLEND = {"next": 0.4, "before": 0.4, "end": 0.4, "inside": 0.3}
PRIOR, FOLLOWING = 0.5, 0.5
_SHAPES = {"next": (13, 13), "before": (13, 13), "end": (13, 4), "inside": (13, 13), "move": (2, 48), "chord": (1, 1)}
_SMOOTH = {"move": 0.02, "chord": 0.5}


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Log probabilities of the 48 kinds of chord (twelve roots; major, minor, dominant seventh, diminished) by context."""

    tables: dict[str, Floats]

    def under(self, slot: Slot, words: Vocabulary) -> Floats:
        """Return what each chord costs under the melody notes of a slot."""
        kinds, tonic = kinds_of(words), slot.key.tonic.semitone
        first, last = slot.notes[0], slot.notes[-1]
        now, end = ((one.note.pitch.semitones - tonic) % 12 for one in (first, last))
        came = SILENT if first.came is None else (now - first.came) % 12
        goes = SILENT if last.goes is None else (end + last.goes) % 12
        contexts = {"next": (now, goes), "before": (came, now), "end": (now, min(slot.left, 3)), "inside": (now, end)}
        score = sum((BLEND[name] * self.tables[name][place] for name, place in contexts.items()), np.zeros(48))
        return np.asarray(-TRUST * (score - PRIOR * self.tables["chord"][0, 0])[kinds])

    @lru_cache(maxsize=64)  # noqa: B019 - there are two of these values, for major and minor
    def moves(self, one: Vocabulary, other: Vocabulary, *, strong: bool) -> Floats:
        """Return what it costs to go from each chord to each, by whether the second comes on a strong beat."""
        score = self.tables["move"][int(strong)] - self.tables["chord"][0, 0]
        return np.asarray(-TRUST * FOLLOWING * score[np.ix_(kinds_of(one), kinds_of(other))])


@cache
def learned(*, minor: bool) -> Learned:
    """Return what was learned about chorales in major or in minor."""
    text = (files("motifgen") / "data" / "chorales.csv").read_text(encoding="utf-8")
    mode = "minor" if minor else "major"
    return _counted(row for row in csv.reader(text.splitlines()) if row[1] == mode)


@lru_cache(maxsize=64)
def kinds_of(words: Vocabulary) -> Ints:
    """Return the kind of each chord of a vocabulary: root times four, and major, minor, dominant seventh or diminished."""
    shape = np.where(words.kind == 1, 1, np.where(words.seventh, 2, np.where(words.diminished, 3, 0)))
    return np.asarray(words.root * 4 + shape)


def _counted(rows: Iterable[list[str]]) -> Learned:
    tables = {name: np.full((*shape, 48), _SMOOTH.get(name, 0.1)) for name, shape in _SHAPES.items()}
    for table, _, one, other, chord, count in rows:
        place = (("weak", "strong").index(one), _kind(other)) if table == "move" else (_pitch(one), _pitch(other))
        tables[table][(*place, _kind(chord))] += int(count)
    return Learned({name: np.log(table / table.sum(axis=-1, keepdims=True)) for name, table in tables.items()})


def _pitch(text: str) -> int:
    return SILENT if text == "-" else int(text or 0)


def _kind(chord: str) -> int:
    return int(chord[:-1]) * 4 + KINDS.index(chord[-1])
