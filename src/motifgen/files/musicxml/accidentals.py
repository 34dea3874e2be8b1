"""Which accidentals are printed: those that the key signature and the bar so far do not already say."""

from __future__ import annotations

from typing import Any

import music21

SHARPS = "FCGDAEB"


def signed(fifths: int) -> dict[str, int]:
    """Return the alteration of each letter under a key signature.

    Examples
    --------
    >>> signed(-2)
    {'B': -1, 'E': -1}
    """
    return dict.fromkeys(SHARPS[:fifths], 1) if fifths >= 0 else dict.fromkeys(SHARPS[::-1][:-fifths], -1)


def show_accidentals(measure: Any, fifths: int) -> None:
    """Set which accidentals of a measure are printed; a note tied over needs none."""
    known: dict[tuple[str, int], int] = {}
    signature = signed(fifths)
    for element in sorted(measure.recurse().notes, key=lambda note: note.getOffsetInHierarchy(measure)):
        tied = element.tie is not None and element.tie.type in {"stop", "continue"}
        for pitch in element.pitches:
            place = (pitch.step, pitch.octave)
            alter = int(pitch.alter)
            new = alter != known.get(place, signature.get(pitch.step, 0)) and not tied
            if pitch.accidental is None and new:
                pitch.accidental = music21.pitch.Accidental("natural")
            if pitch.accidental is not None:
                pitch.accidental.displayStatus = new
            known[place] = alter
