"""Hearing: what many players are together, every quarter second, as far as a balance needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motifgen.compose.performance.loudness import RANGE, decibels
from motifgen.compose.performance.reading import EAR, STEP
from motifgen.compose.performance.strand import Strand

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Below this power nothing sounds.
EMPTY = 1e-9
#: What a decibel of level is in a held note: its velocity follows it everywhere, its controllers where the library reads them.
HELD = 1.25
#: Below pianissimo, for players who are held back.
SOFTEST = -0.12


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The notes of all players in one row, player after player.

    Parameters
    ----------
    steps : int
        How many quarter seconds the scene has.
    start : NDArray of float
        Seconds at which notes begin.
    first, after : NDArray of int
        The steps at which notes begin to sound, and no longer do.
    pitch, level : NDArray
        As in `motifgen.compose.performance.strand.Strand`.
    drums, held, leads : NDArray of bool
        Which notes have no pitch, can be turned up while they sound, belong to a tune.
    """

    steps: int
    start: Floats
    first: Ints
    after: Ints
    pitch: Ints
    level: Floats
    drums: Bools
    held: Bools
    leads: Bools

    @classmethod
    def of(cls, strands: Sequence[Strand], steps: int) -> Ensemble:
        """Return the notes of some players."""
        start, stop, pitch, level, statement = (
            np.concatenate([getattr(strand, name) for strand in strands] or [np.zeros(0)])
            for name in ("start", "stop", "pitch", "level", "statement")
        )
        counts = [len(strand.notes) for strand in strands]
        drums, sustained, melody = (
            np.repeat(np.array(of_part, dtype=bool), counts)
            for of_part in (
                [strand.part.instrument.drums for strand in strands],
                [strand.part.instrument.sustained for strand in strands],
                [strand.part.role == "melody" for strand in strands],
            )
        )
        first, after = (np.minimum(np.ceil(at / STEP), steps).astype(np.int64) for at in (start, stop))
        after = np.maximum(after, np.minimum(first + 1, steps))
        return cls(steps, start, first, after, pitch, level, drums, sustained & ~drums, melody | (statement >= 0))

    def moved(self, by: Floats) -> Ensemble:
        """Return the notes, each louder by so many decibels."""
        return replace(self, level=np.asarray(np.round(np.clip(self.level + by / RANGE, SOFTEST, 1.0), 6), dtype=np.float64))

    def split(self, strands: Sequence[Strand]) -> list[Strand]:
        """Return the players of whom this is the ensemble, at its levels."""
        ends = np.cumsum([len(strand.notes) for strand in strands])
        return [replace(strand, level=level) for strand, level in zip(strands, np.split(self.level, ends[:-1]), strict=True)]

    def heard(self, among: Bools | None = None) -> Floats:
        """Return the power of the whole, or of some notes among it, at every step.

        Held notes count more, since many libraries turn them up and down as well.
        """
        own = self._own()
        return self._summed(own if among is None else np.where(among, own, 0.0))

    def pitched(self) -> tuple[Floats, Floats]:
        """Return the power of those who have pitch, and their mean pitch by power (0 where none sounds), at every step."""
        own = np.where(self.drums, 0.0, self._own())
        sung, pitch = self._summed(own), self._summed(own * self.pitch)
        return sung, np.where(sung > EMPTY, pitch / np.maximum(sung, EMPTY), 0.0)

    def _own(self) -> Floats:
        return np.asarray(10 ** (decibels(self.level) * np.where(self.held, HELD, 1.0) / 10), dtype=np.float64)

    def _summed(self, weight: Floats) -> Floats:
        change = np.bincount(self.first, weight, self.steps + 1) - np.bincount(self.after, weight, self.steps + 1)
        return np.maximum(np.cumsum(change)[:-1], 0.0)


def slow(change: Floats) -> Floats:
    """Return a change as slow as a level is heard."""
    half = round(EAR / STEP)
    mean = np.convolve(np.pad(change, half, mode="edge"), np.full(2 * half + 1, 1 / (2 * half + 1)), mode="valid")
    return np.asarray(mean, dtype=np.float64)
