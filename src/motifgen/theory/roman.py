"""Roman numerals: as tables write them, counted from the major scale, and as the ledger shows them, counted from the key."""

from __future__ import annotations

import re
from functools import lru_cache

from motifgen.errors import NotationError, shown
from motifgen.theory.chord import QUALITIES, Chord, DegreeChord
from motifgen.theory.pitch import PitchClass, accidental
from motifgen.theory.scale import MODES, Degree, Key, Mode

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_UPPER = {"": "", "+": "aug", "o": "dim", "°": "dim"}
_LOWER = {
    "": "m", "o": "dim", "°": "dim", "7": "m7", "ø7": "m7b5", "o7": "dim7", "°7": "dim7", "6": "m6", "9": "m9", "(add9)": "m(add9)",
    "add9": "m(add9)", "maj7": "m(maj7)", "(maj7)": "m(maj7)",
}  # fmt: skip
_NUMERAL = re.compile(r"(#{1,2}|b{1,2})?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)([^/]*)(?:/([1-9]))?\Z")
_MEMBERS = {"1": 0, "3": 2, "5": 4, "7": 6, "9": 8}
_TRIAD_FIGURES, _SEVENTH_FIGURES = {0: "", 2: "6", 4: "64"}, {0: "7", 2: "65", 4: "43", 6: "42"}


@lru_cache(maxsize=2048)
def numeral(text: str, mode: Mode) -> DegreeChord:
    """Return the chord that a table's numeral means in a mode.

    The accidental counts from the *major* scale in every mode, so ``bVI`` has the same root in minor and in major; an upper-case
    numeral has a major third, a lower-case one a minor third; after ``/`` stands the member in the bass.

    Raises
    ------
    NotationError
        When the text is no numeral.

    Examples
    --------
    >>> key = Key.parse("A minor")
    >>> [str(numeral(text, key.mode).within(key)) for text in ("bVI", "V7/3", "iiø7", "iv")]
    ['F', 'E7/G#', 'Bm7b5', 'Dm']
    """
    match = _NUMERAL.match(text)
    suffix = match[3] if match else ""
    quality = (_LOWER if match and match[2].islower() else _UPPER).get(suffix, suffix)
    if not match or quality not in QUALITIES:
        raise NotationError(f"cannot read the numeral {shown(text)}; accepted: 'I', 'bVI', 'iiø7', 'V7/3', 'ivadd9', ...")
    step = NUMERALS.index(match[2].upper())
    alter = (match[1] or "").count("#") - (match[1] or "").count("b")
    root = Degree(step, MODES["major"][step] + alter - mode.offsets[step])
    return DegreeChord(root, quality, _member(root, quality, _MEMBERS[match[4] or "1"], mode))


def _member(root: Degree, quality: str, steps: int, mode: Mode) -> Degree | None:
    """Return the degree of a chord's member, by its staff steps above the root; none for the root itself."""
    if not steps:
        return None
    interval = next((i for i in QUALITIES[quality] if i.steps == steps), None)
    if interval is None:
        raise NotationError(f"a chord of quality {shown(quality)} has no member {steps + 1}")
    step = root.step + steps
    octave, folded = divmod(step, 7)
    semitones = mode.semitones(root.step) + root.alter + interval.semitones
    return Degree(folded, semitones - 12 * octave - mode.offsets[folded])


def roman(chord: Chord, key: Key) -> str:
    """Return the Roman numeral of a chord in a key, as music21 reads it.

    In minor the numerals VI and VII are the scale's own and vi and vii the raised ones; figures name the inversion.

    Examples
    --------
    >>> [roman(Chord.parse(text), Key.parse("D minor")) for text in ("Dm", "A7/C#", "Bb", "Gm/Bb", "Edim")]
    ['i', 'V65', 'VI', 'iv6', 'iio']
    """
    step, alter = _place(chord.root, key)
    name = NUMERALS[step].lower() if chord.minor else NUMERALS[step]
    if key.mode.minor and key.mode.name.endswith("minor") and step in (5, 6) and chord.minor:
        alter -= 1
    return f"{accidental(alter)}{name}{_quality(chord)}"


def _place(name: PitchClass, key: Key) -> tuple[int, int]:
    distance = name - key.tonic
    scale = MODES["minor"] if key.mode.name.endswith("minor") else key.mode.offsets
    return distance.steps, distance.semitones - scale[distance.steps]


def _quality(chord: Chord) -> str:
    steps = [interval.steps for interval in QUALITIES[chord.quality]]
    bass = (chord.lowest - chord.root).steps if chord.lowest in chord.names else 0
    mark = {"dim": "o", "dim7": "o", "m7b5": "ø", "aug": "+"}.get(chord.quality, "")
    if chord.quality in ("", "m", "dim", "aug"):
        return mark + _TRIAD_FIGURES.get(bass, "")
    if 6 in steps and len(steps) == 4 and chord.quality != "7sus4":
        return mark + _SEVENTH_FIGURES.get(bass, "7")
    return f"[{chord.quality}]" + _TRIAD_FIGURES.get(bass, "")
