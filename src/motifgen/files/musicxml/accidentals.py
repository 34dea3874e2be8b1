"""Which accidentals are printed: those that the key signature and the bar so far do not already say."""

from __future__ import annotations

from functools import lru_cache

from motifgen.files.notation.signatures import signed
from motifgen.theory.pitch import Pitch


class Printed:
    """The accidentals that stand in a bar so far, over a key signature.

    Parameters
    ----------
    fifths : int

    Examples
    --------
    >>> bar = Printed(1)
    >>> [bar.needs(Pitch.parse(name), tied=False) for name in ("F#4", "F4", "F4", "C#5", "C5")]
    [False, True, False, True, True]
    """

    __slots__ = ("_known", "_signature")

    def __init__(self, fifths: int) -> None:
        """Begin a bar."""
        self._signature = _signed(fifths)
        self._known: dict[int, int] = {}

    def needs(self, pitch: Pitch, *, tied: bool) -> bool:
        """Tell whether a note's accidental (or natural) is printed, and remember it; a note tied over needs none."""
        known = self._known.get(pitch.steps, self._signature.get("CDEFGAB"[pitch.steps % 7], 0))
        if tied:
            return False
        self._known[pitch.steps] = pitch.alter
        return pitch.alter != known


@lru_cache(maxsize=16)
def _signed(fifths: int) -> dict[str, int]:
    return signed(fifths)
