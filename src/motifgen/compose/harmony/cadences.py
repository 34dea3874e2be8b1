"""Cadences: which chords end a phrase, and what an ending that is there is called."""

from __future__ import annotations

from motifgen.theory.chord import Chord
from motifgen.theory.scale import Key

#: By name the roots that may stand before the last chord (none: any) and the roots of the last chord, in semitones above the tonic.
ENDS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "authentic": ((7,), (0,)),
    "half": ((), (7,)),
    "deceptive": ((7,), (8, 9, 5)),
    "plagal": ((5, 2), (0,)),
    "mixed": ((5, 8, 2), (0,)),
    "subtonic": ((), (10,)),
    "modulating": ((7,), (3, 4, 8, 9)),
    "open": ((), (1, 2, 4, 5, 8, 9)),
}
CLOSES = ("authentic", "plagal", "mixed")
_TOLD = ("authentic", "plagal", "deceptive", "modulating", "half", "subtonic", "open")


def cadence(before: Chord, last: Chord, key: Key) -> str:
    """Return what the ending of two chords is called; on another bass than the root it is imperfect, after no known chord just open.

    Examples
    --------
    >>> key = Key.parse("C major")
    >>> [cadence(Chord.parse(one), Chord.parse(other), key) for one, other in (("G7", "C"), ("G", "C/E"), ("Fm", "C"), ("F", "G"))]
    ['authentic', 'imperfect authentic', 'mixed plagal', 'half']
    """
    first, second = ((chord.root.semitone - key.tonic.semitone) % 12 for chord in (before, last))
    if first == 10 and second == 0:
        name = "subtonic"
    else:
        name = next((name for name in _TOLD if second in ENDS[name][1] and first in (ENDS[name][0] or (first,))), "open")
    if name == "plagal" and before.minor and first == 5 and not key.mode.minor:
        name = "mixed plagal"
    return f"imperfect {name}" if last.lowest != last.root and name in {"authentic", "plagal", "mixed plagal"} else name
