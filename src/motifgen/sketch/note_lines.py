"""Note lines: what is heard in each part of a piece, whichever file or composer it comes from, with its bars and its tempo."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from motifgen.sketch.recording import Bar, Recording
from motifgen.sketch.tempo_map import TempoMap


@dataclass(frozen=True, slots=True, eq=False)
class NoteLine:
    """Notes that belong together: a part, or a voice of it where the source tells its voices apart.

    Parameters
    ----------
    part : str
        The part's name; voices of a part share it.
    notes : NDArray
        Array of dtype `motifgen.sketch.events.NOTE`, in order of onset; notes may sound together.
    """

    part: str
    notes: NDArray[np.void]


@dataclass(frozen=True, slots=True, eq=False)
class NoteLines:
    """A piece as lines of notes in ticks, 960 to the quarter; drums are left out.

    ``bars`` are in order of time. A bar that begins with a pickup has the tick at which it would have begun, so that beats count
    as they are written. ``warnings`` say what could not be read as it stands.
    """

    title: str
    tempo: TempoMap
    bars: tuple[Bar, ...]
    lines: tuple[NoteLine, ...]
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, recording: Recording) -> NoteLines:
        """Return the pitched parts of a recording, as performed."""
        lines = tuple(NoteLine(part.name, part.notes) for part in recording.parts if not part.drums)
        return cls(recording.title, recording.tempo, recording.bars, lines)

    @property
    def size(self) -> int:
        """Return how many notes there are."""
        return sum(len(line.notes) for line in self.lines)

    def place(self, tick: int) -> tuple[int, float]:
        """Return bar number and beat of a tick; beats count from 1 and are rounded to a thousandth.

        A tick that is at most a 64th note before a bar line, as played notes may be, belongs to the bar that it begins.

        Examples
        --------
        >>> from motifgen.theory.time import Meter
        >>> bars = (Bar(0, -2880, Meter(4, 4)), Bar(1, 960, Meter(4, 4)))
        >>> piece = NoteLines("", TempoMap(((0, 500_000),)), bars, ())
        >>> piece.place(0), piece.place(1920), piece.place(950)
        ((0, 4.0), (1, 2.0), (1, 0.99))
        """
        if not self.bars:
            return 1, round(tick / 960 + 1, 3)
        index = max(bisect_right(self.bars, tick, key=lambda bar: bar.tick) - 1, 0)
        if index + 1 < len(self.bars) and self.bars[index + 1].tick - tick <= _EARLY:
            index += 1
        bar = self.bars[index]
        return bar.number, round((tick - bar.tick) / float(960 * bar.meter.beat) + 1, 3)


_EARLY = 60
