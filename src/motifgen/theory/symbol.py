"""Chord symbols as notation programs read them: music21's spelling, flats written ``-``, additions in words."""

from __future__ import annotations

from motifgen.theory.chord import Chord
from motifgen.theory.pitch import PitchClass

_KINDS = {
    "5": "power", "m(maj7)": "mM7", "add9": "add9", "m(add9)": "madd9", "maj9": "M9", "m7b5": "ø7", "aug7": "7+", "7b5": "dom7dim5",
    "7b9": "7addb9", "7#9": "7add#9", "69": "6add9", "m69": "m6add9", "maj7#11": "maj7add#11", "add#11": "add#11", "m(addb9)": "maddb9",
    "quartal": "7susomit5", "quartal4": "7susomit5addb10", "cluster": "pedaladdb2add2addb3", "wholetone": "pedaladd2add3add#4",
    "It6": "omit5add#6", "Fr6": "omit5add#4add#6", "Ger6": "add#6", "poly2": "add9add#11add13", "poly6": "addb9add#11add#13",
}  # fmt: skip


def figure(chord: Chord) -> str:
    """Return the chord symbol that music21's ``harmony.ChordSymbol`` reads back to the same notes.

    Examples
    --------
    >>> [figure(Chord.parse(text)) for text in ("Bbmaj7/D", "F#m7b5", "C5", "Ebm(maj7)")]
    ['B-maj7/D', 'F#ø7', 'Cpower', 'E-mM7']
    """
    bass = f"/{_dashed(chord.lowest)}" if chord.lowest != chord.root else ""
    return f"{_dashed(chord.root)}{_KINDS.get(chord.quality, chord.quality)}{bass}"


def _dashed(name: PitchClass) -> str:
    return str(name).replace("b", "-")
