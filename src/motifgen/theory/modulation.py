"""How a key is left for another: what the two chords at the border do."""

from __future__ import annotations

from motifgen.theory.chord import Chord
from motifgen.theory.progression import common_tones, progression_class
from motifgen.theory.scale import Key

KINDS = ("chromatic cadence", "pivot", "mediant", "common tone", "direct")


def modulation(before: Chord, after: Chord, home: Key, away: Key) -> str:
    """Return the kind of a modulation, by the last chord in one key and the first in the other.

    Returns
    -------
    str
        ``"chromatic cadence"``: the dominant of the old key goes to the tonic of one a third away (Lehman's CMCR);
        ``"pivot"``: one of the two chords belongs to both keys; ``"mediant"``: triads of one quality a third apart;
        ``"common tone"``: a note is held; ``"direct"``: none of these.

    Notes
    -----
    F. Lehman, "Hollywood Cadences", *Music Theory Online* 19.4 (2013).

    Examples
    --------
    >>> modulation(Chord.parse("G7"), Chord.parse("E"), Key.parse("C major"), Key.parse("E major"))
    'chromatic cadence'
    """
    if _third(home, away) and _dominant(before, home) and after.root.semitone == away.tonic.semitone:
        return "chromatic cadence"
    if any(_inside(chord, home) and _inside(chord, away) for chord in (before, after)):
        return "pivot"
    name = progression_class(before, after)
    if name and name[0] == name[-1] and name[1:-1] in {"3", "4", "8", "9"}:
        return "mediant"
    return "common tone" if common_tones(before, after) else "direct"


def _third(home: Key, away: Key) -> bool:
    return (away.tonic.semitone - home.tonic.semitone) % 12 in {3, 4, 8, 9}


def _dominant(chord: Chord, key: Key) -> bool:
    return chord.root.semitone == (key.tonic.semitone + 7) % 12 and not chord.minor


def _inside(chord: Chord, key: Key) -> bool:
    return chord.semitones <= {name.semitone for name in key.scale}
