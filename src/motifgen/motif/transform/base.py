"""What a transform is: a small frozen value that makes one motif of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motifgen.motif.motif import Motif


@dataclass(frozen=True, slots=True)
class Transform:
    """A callable ``Motif -> Motif`` whose ``repr`` evaluates to it and whose ``str`` is what a scene file writes.

    ``Invert() >> Augment(2)`` is itself a transform that does one after the other.
    """

    def __call__(self, motif: Motif) -> Motif:
        """Return the transformed motif, with this transform's text added to the lineage."""
        raise NotImplementedError(type(self).__name__)

    def __rshift__(self, other: Transform) -> Chain:
        """Do this, then the other."""
        return Chain((*_steps(self), *_steps(other)))


@dataclass(frozen=True, slots=True)
class Chain(Transform):
    """Transforms one after the other."""

    steps: tuple[Transform, ...] = ()

    def __call__(self, motif: Motif) -> Motif:
        """Apply every step, first to last."""
        for step in self.steps:
            motif = step(motif)
        return motif

    def __str__(self) -> str:
        """Return the steps' texts, joined as a scene file lists them."""
        return ", ".join(map(str, self.steps))


def _steps(transform: Transform) -> tuple[Transform, ...]:
    return transform.steps if isinstance(transform, Chain) else (transform,)
