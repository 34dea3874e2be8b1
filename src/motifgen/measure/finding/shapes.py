"""Shapes: what a motif looks like under each transformation that is searched for, as whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from motifgen.errors import RangeError, UnknownNameError
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Chain
from motifgen.motif.transform.table import parse_transform
from motifgen.theory.scale import MODES

SOUGHT = ("transpose", "mode", "invert", "retrograde", "retrograde inversion", "augment", "diminish", "ornament", "fragment")
"""What may be searched for; ``mode`` is any change of mode, ``fragment`` is ``head``, ``tail`` and ``range``."""

_MIRRORS = (
    ((), ""),
    (("invert",), "invert"),
    (("invert real",), "invert"),
    (("retrograde",), "retrograde"),
    (("retrograde pitches",), "retrograde"),
    (("retrograde inversion",), "retrograde inversion"),
    (("invert real", "retrograde"), "retrograde inversion"),
)
_PARALLEL = ("major", "minor", "harmonic minor", "melodic minor")
_UNEVEN = ("harmonic minor", "melodic minor")
"""Modes whose degrees give patterns that no church mode has."""
_DEGREES = tuple(f"transpose {steps} degrees" for steps in (1, -1, 2, -2, 3, -3))
_LEAST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A motif after some transformations.

    Parameters
    ----------
    steps : tuple[str, ...]
        The transformations, as the transform table writes them; transposition by semitones and change of pace come on top.
    pitches, onsets : NDArray
        MIDI keys, and quarters from the first note.
    mirror : str
        Which of `SOUGHT` turns it round; empty for none.
    recast : tuple[str, ...]
        Which of `SOUGHT` moves it within its scale or to another.
    rank : int
        The plainer the lower.
    last : float
        Length of the last note, in quarters; 0 where it is not known.
    """

    steps: tuple[str, ...]
    pitches: NDArray[np.int64]
    onsets: NDArray[np.float64]
    mirror: str = ""
    recast: tuple[str, ...] = ()
    rank: int = 0
    last: float = 0.0
    moves: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Work out the moves from note to note once."""
        object.__setattr__(self, "moves", np.diff(self.pitches))

    @property
    def backwards(self) -> bool:
        """Tell whether the rhythm runs backwards."""
        return any(step in {"retrograde", "retrograde inversion"} for step in self.steps)

    @property
    def plain(self) -> bool:
        """Tell whether all of it goes its own way, on whatever degree and in whatever mode."""
        return not self.mirror and not any(step.startswith(("head", "tail", "range")) for step in self.steps)

    @property
    def likely(self) -> bool:
        """Tell whether it is plain, on another degree, or in the major or minor mode: what near hits are believed of."""
        return self.recast in {(), ("transpose",)} or (self.recast == ("mode",) and self.steps[-1] in _PARALLEL)

    def part(self, start: int, stop: int) -> Shape:
        """Return a stretch of the notes, named by the notes of the motif that it holds."""
        count = len(self.pitches)
        if (start, stop) == (0, count):
            return self
        first, last = (count - stop + 1, count - start) if self.backwards else (start + 1, stop)
        name = f"head {last}" if first == 1 else f"tail {count - first + 1}" if last == count else f"range {first} {last}"
        onsets = self.onsets[start:stop] - self.onsets[start]
        return Shape(
            (name, *self.steps), self.pitches[start:stop], onsets, self.mirror, self.recast, self.rank + 1000 * (count - stop + start)
        )


def sought(transforms: Collection[str] | None) -> frozenset[str]:
    """Return what is searched for; of a name of the transform table, the kind that it belongs to.

    Raises
    ------
    UnknownNameError
        For a word that is no transformation that can be searched for.

    Examples
    --------
    >>> sorted(sought(["transpose", "minor", "head"]))
    ['fragment', 'mode', 'transpose']
    """
    if transforms is None:
        return frozenset(SOUGHT)
    kinds = {name: name for name in SOUGHT} | dict.fromkeys(MODES, "mode") | dict.fromkeys(("head", "tail", "range"), "fragment")
    for name in transforms:
        if name not in kinds:
            raise UnknownNameError("transformation to search for", name, kinds)
    return frozenset(kinds[name] for name in transforms)


def shapes_of(motif: Motif, kinds: frozenset[str]) -> tuple[Shape, ...]:
    """Return the shapes of a whole motif, the plainest first.

    Raises
    ------
    RangeError
        For a motif of fewer than three sounding notes.
    """
    count = len(motif.sounding())
    if count < _LEAST:
        raise RangeError(f"the motif has {count} sounding notes; accepted: at least {_LEAST}, since fewer are found everywhere")
    return tuple(_shape(row, rank) for rank, row in enumerate(_variants(motif, kinds)))


_Row = tuple[Motif, tuple[str, ...], str, tuple[str, ...]]


def _variants(motif: Motif, kinds: frozenset[str]) -> Iterator[_Row]:
    """Yield what becomes of a motif, the steps, the mirror and the recasting: plain ones first, likelier modes before others."""
    moved = ("transpose",)
    modes = [name for name in (*_PARALLEL, *(mode for mode in MODES if mode not in _PARALLEL)) if name != motif.key.mode.name]
    recasts: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ()), *(((name,), ("mode",)) for name in modes[:2])]
    recasts += [((text,), moved) for text in _DEGREES]
    recasts += [((name,), ("mode",)) for name in modes[2:]]
    recasts += [((name, text), ("mode", *moved)) for name in modes if name in _UNEVEN for text in _DEGREES]
    wanted = [(Chain(tuple(map(parse_transform, extra))), extra, recast) for extra, recast in recasts if kinds.issuperset(recast)]
    for steps, mirror in _MIRRORS:
        if mirror and mirror not in kinds:
            continue
        mirrored = Chain(tuple(map(parse_transform, steps)))(motif)
        for chain, extra, recast in wanted if "invert real" not in steps else wanted[:1]:
            yield chain(mirrored), (*steps, *extra), mirror, recast


def _shape(row: _Row, rank: int) -> Shape:
    variant, steps, mirror, recast = row
    notes = variant.sounding()
    onsets = np.array([float(onset - notes[0][0]) for onset, _, _ in notes])
    return Shape(steps, np.array([pitch.midi for _, _, pitch in notes], dtype=np.int64), onsets, mirror, recast, rank, float(notes[-1][1]))
