"""What a transform is: a small frozen value that makes one motif of another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motifgen.motif.motif import Motif


@dataclass(frozen=True, slots=True)
class Transform(ABC):
    """A callable ``Motif -> Motif`` whose ``repr`` evaluates to it and whose ``str`` is what a scene file writes.

    ``Invert() >> Augment(2)`` is itself a transform that does one after the other. A kind of transform says what it is
    in class variables and does its work in `changed`; its dataclass fields are its arguments, in the order they are written.

    Attributes
    ----------
    NAME : str
        Its name in the table; several kinds may share one (``transpose 3``, ``transpose 2 degrees``).
    SYNTAX : tuple[str, ...]
        A fixed word, or for each field ``field:kind``, with the kinds of `motifgen.motif.transform.arguments`.
    FAMILY : str
        ``pitch time form meeting harmony meaning force``.
    RUNG : int
        The step of the recognisability ladder, 1 (safest) to 12; from 7 on it is a hard step. 0 changes no note.
    EXAMPLE : str
        A text that the table reads.
    """

    NAME: ClassVar[str] = ""
    SYNTAX: ClassVar[tuple[str, ...]] = ()
    FAMILY: ClassVar[str] = ""
    RUNG: ClassVar[int] = 0
    EXAMPLE: ClassVar[str] = ""

    @property
    def name(self) -> str:
        """Return the name in the table, which ``never`` in a scene file refers to."""
        return self.NAME

    @property
    def hard(self) -> bool:
        """Tell whether listeners easily lose a theme by it: rung 7 or more of the ladder."""
        return self.RUNG >= 7

    def __call__(self, motif: Motif) -> Motif:
        """Return the transformed motif, with this transform's text added to the lineage."""
        return self.changed(motif).recorded((*motif.lineage, str(self)))

    @abstractmethod
    def changed(self, motif: Motif) -> Motif:
        """Return the transformed motif; its lineage is taken care of elsewhere."""

    def __rshift__(self, other: Transform) -> Chain:
        """Do this, then the other."""
        return Chain((*_steps(self), *_steps(other)))

    def __str__(self) -> str:
        """Return the text that the table reads; words at the end that are understood anyway are left out."""
        return " ".join([self.NAME, *self._written()])

    def _written(self) -> Iterator[str]:
        words, needed = [], 0
        for item, name, understood in _syntax(type(self)):
            value = getattr(self, name) if name else None
            words.append(written(value) if name else item)
            needed = needed if name and understood == (value,) else len(words)
        return iter(words[:needed])


@cache
def _syntax(kind: type[Transform]) -> tuple[tuple[str, str, tuple[object, ...]], ...]:
    """Return for each item its text, its field, and the value (in a tuple) that is understood where it is left out."""
    defaults = {field.name: field.default for field in fields(kind)}
    found = []
    for item in kind.SYNTAX:
        name, colon, accepted = item.partition(":")
        spare = bool(colon) and ("|" in accepted or accepted == "degree")
        found.append((item, name if colon else "", (defaults[name],) if spare else ()))
    return tuple(found)


def written(value: object) -> str:
    """Return an argument as text: numbers plainly, sequences with spaces between, a motif in braces."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Fraction)):
        return str(value)
    if isinstance(value, tuple):
        return " ".join(map(written, value))
    text = getattr(value, "text", None)
    return f"{{{text(heading=True)}}}" if callable(text) else str(value)


@dataclass(frozen=True, slots=True)
class Chain(Transform):
    """Transforms one after the other."""

    steps: tuple[Transform, ...] = ()

    @property
    def name(self) -> str:
        """Return the names of the steps, joined."""
        return ", ".join(step.name for step in self.steps)

    @property
    def hard(self) -> bool:
        """Tell whether any step is hard."""
        return any(step.hard for step in self.steps)

    def __call__(self, motif: Motif) -> Motif:
        """Apply every step, first to last; each adds itself to the lineage."""
        return self.changed(motif)

    def changed(self, motif: Motif) -> Motif:
        """Return what the last step makes of what the steps before it made."""
        for step in self.steps:
            motif = step(motif)
        return motif

    def __str__(self) -> str:
        """Return the steps' texts, joined as a scene file lists them."""
        return ", ".join(map(str, self.steps))


def _steps(transform: Transform) -> tuple[Transform, ...]:
    return transform.steps if isinstance(transform, Chain) else (transform,)
