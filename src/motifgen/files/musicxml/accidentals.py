"""Which accidentals are printed: those that the key signature and the bar so far do not already say."""

from __future__ import annotations

from functools import lru_cache

from motifgen.files.notation.signatures import signed
from motifgen.theory.pitch import Pitch


class Printed:
    """The accidentals that stand in a bar so far, over a key signature.

    Where a note was altered in the bar before, or is in another octave of this one, its accidental is said again although none is needed:
    players look for it (E. Gould, *Behind Bars*, 2011, on cautionary accidentals).

    Parameters
    ----------
    fifths : int
    before : Printed, optional
        The bar before, if something is played there.

    Examples
    --------
    >>> bar = Printed(1)
    >>> [bar.needs(Pitch.parse(name), tied=False) for name in ("F#4", "F4", "F4", "C#5", "C5")]
    [False, True, False, True, True]
    >>> bar = Printed(1, before=bar)
    >>> [bar.needs(Pitch.parse(name), tied=False) for name in ("F#4", "F#4", "C5", "D5", "Bb4", "B5")]
    [True, False, False, False, True, True]
    """

    __slots__ = ("_before", "_known", "_signature")

    def __init__(self, fifths: int, before: Printed | None = None) -> None:
        """Begin a bar."""
        self._signature = _signed(fifths)
        self._known: dict[int, int] = {}
        self._before = dict(before.left) if before else {}

    @property
    def left(self) -> dict[int, int]:
        """Return the alterations by staff step that stand at the end of the bar, those that the signature does not say."""
        return {steps: alter for steps, alter in self._known.items() if alter != self._signed(steps)}

    def needs(self, pitch: Pitch, *, tied: bool) -> bool:
        """Tell whether a note's accidental (or natural) is printed, and remember it; a note tied over needs none."""
        if tied:
            self._before[pitch.steps] = pitch.alter
            return False
        first = pitch.steps not in self._known
        known = self._known.get(pitch.steps, self._signed(pitch.steps))
        doubted = first and (self._before.get(pitch.steps, pitch.alter) != pitch.alter or self._elsewhere(pitch))
        self._known[pitch.steps] = pitch.alter
        return pitch.alter != known or doubted

    def _elsewhere(self, pitch: Pitch) -> bool:
        """Tell whether the note is altered otherwise in another octave of the bar."""
        return any((steps - pitch.steps) % 7 == 0 and alter != pitch.alter for steps, alter in self._known.items())

    def _signed(self, steps: int) -> int:
        return self._signature.get("CDEFGAB"[steps % 7], 0)


@lru_cache(maxsize=16)
def _signed(fifths: int) -> dict[str, int]:
    return signed(fifths)
