"""Roman numerals: as tables write them, counted from the major scale, and as the ledger shows them, counted from the key."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from motifgen.errors import NotationError, shown
from motifgen.theory.chord import QUALITIES, Chord, DegreeChord
from motifgen.theory.pitch import PitchClass, accidental
from motifgen.theory.scale import MODES, Degree, Key, Mode

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_UPPER = {"": "", "+": "aug", "o": "dim", "°": "dim"}
_LOWER = {
    "": "m", "o": "dim", "°": "dim", "7": "m7", "ø7": "m7b5", "o7": "dim7", "°7": "dim7", "6": "m6", "9": "m9", "(add9)": "m(add9)",
    "add9": "m(add9)", "addb9": "m(addb9)", "69": "m69", "maj7": "m(maj7)", "(maj7)": "m(maj7)",
}  # fmt: skip
_NUMERAL = re.compile(r"(#{1,2}|b{1,2})?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)([^/]*)(?:/([13579]))?\Z")
_MEMBERS = {"1": 0, "3": 2, "5": 4, "7": 6, "9": 8}
_FLAT = (1, 3, 8, 10)
_DIATONIC = ("major", "dorian", "phrygian", "lydian", "mixolydian", "minor", "locrian")
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
    """Return the Roman numeral of a chord in a key, as music21 reads it back to the same notes.

    Numerals count from the key's own scale (modes that are not one of the seven diatonic ones count as major or natural
    minor, by their third). In minor the numerals VI and VII are the scale's own, vi and vii the raised ones. Figures name the
    inversion; what stands beside a triad or seventh is added in brackets, its accidental counted from the scale.

    Examples
    --------
    A chord that is written by another name than the key's (E for F flat in A flat major) is counted as what it is there:

    >>> roman(Chord.parse("E"), Key.parse("Ab major"))
    'bVI'
    >>> [roman(Chord.parse(text), Key.parse("D minor")) for text in ("Dm", "A7/C#", "Bb", "Gm/Bb", "Edim", "Asus4", "Bdim7")]
    ['i', 'V65', 'VI', 'iv6', 'iio', 'V[no3][add4]', 'vio7']
    """
    scale = _scale_of(key)
    chord = _counted(chord, key, scale)
    step, alter = _place(chord.root, key, scale)
    quality = _Stack.of(chord)
    if scale[2] == 3 and quality.lower and not quality.mark and 6 in quality.plain and _seventh_signs(chord, key, scale):
        quality = quality._replace(plain=(0, 2, 4))  # music21 reads a bare 7 on altered minor roots of minor scales as diminished
    if scale == MODES["minor"] and step in (5, 6) and quality.lower:
        alter -= 1
    name = NUMERALS[step].lower() if quality.lower else NUMERALS[step]
    added = [tone for tone in chord.names if (tone - chord.root).steps not in quality.plain]
    if chord.lowest not in chord.names:
        added.append(chord.lowest)
    extra = "".join(f"[add{_signs(tone, key, scale)}{(tone - chord.root).steps + 1}]" for tone in added)
    return f"{accidental(alter)}{name}{quality.mark}{_figures(chord, key, scale, quality)}{quality.without}{extra}"


def _counted(chord: Chord, key: Key, scale: tuple[int, ...]) -> Chord:
    """Return the chord by the enharmonic name under which its root is counted in the key: flat two, three, six and seven, not sharp one."""
    _, alter = _place(chord.root, key, scale)
    above = (chord.root.semitone - key.tonic.semitone) % 12
    leads = "dim" in chord.quality or chord.quality == "m7b5"
    if abs(alter) < 2 and (alter < 1 or leads or above not in _FLAT):
        return chord
    sizes = [(above - scale[other] + 6) % 12 - 6 for other in range(7)]
    best = min(range(7), key=lambda other: (abs(sizes[other]), sizes[other] > 0, other))
    letter = PitchClass((key.tonic.step + best) % 7)
    root = PitchClass(letter.step, (chord.root.semitone - letter.semitone + 6) % 12 - 6)
    return Chord(root, chord.quality, root + (chord.bass - chord.root) if chord.bass else None)


class _Stack(NamedTuple):
    """What of a chord is a plain stack of thirds: its case and mark, the members (staff steps) they cover, and what is left out."""

    lower: bool
    mark: str
    plain: tuple[int, ...]
    without: str

    @classmethod
    def of(cls, chord: Chord) -> _Stack:
        """Take a chord apart."""
        sizes = {interval.steps: interval.semitones for interval in reversed(QUALITIES[chord.quality]) if interval.steps < 7}
        third, fifth, seventh = (sizes.get(step) for step in (2, 4, 6))
        lower = third == 3
        mark = {(3, 6): "o", (4, 8): "+"}.get((third or 0, fifth or 0), "")
        stacked = [step for step, size in ((2, third), (4, fifth)) if size is not None]
        if third == 3 and fifth == 6 and seventh == 10:
            mark = "ø"
        if fifth == (8 if lower else 6) or third not in (3, 4, None):
            stacked.remove(4 if third in (3, 4) else 2)
        if seventh is not None and mark != "+" and stacked == [2, 4] and not (lower and seventh == 11):
            stacked.append(6)
        without = "".join(f"[no{step + 1}]" for step in (2, 4) if step not in stacked)
        return cls(lower, mark, (0, *stacked), without)


def _figures(chord: Chord, key: Key, scale: tuple[int, ...], quality: _Stack) -> str:
    bass = (chord.lowest - chord.root).steps if chord.lowest in chord.names else 0
    if 6 not in quality.plain:
        return _TRIAD_FIGURES.get(bass, "") if bass in quality.plain else ""
    figures = _SEVENTH_FIGURES.get(bass, "7")
    signs = _seventh_signs(chord, key, scale)
    if not signs or quality.mark or quality.lower:
        return figures
    return f"d{figures}" if chord.quality == "7" else f"{figures}[{signs}7]"


def _seventh_signs(chord: Chord, key: Key, scale: tuple[int, ...]) -> str:
    return _signs(next(tone for tone in chord.names if (tone - chord.root).steps == 6), key, scale)


def _scale_of(key: Key) -> tuple[int, ...]:
    if key.mode.name in _DIATONIC:
        return key.mode.offsets
    return MODES["minor" if key.mode.minor else "major"]


def _place(name: PitchClass, key: Key, scale: tuple[int, ...]) -> tuple[int, int]:
    distance = name - key.tonic
    return distance.steps, distance.semitones - scale[distance.steps]


def _signs(name: PitchClass, key: Key, scale: tuple[int, ...]) -> str:
    return accidental(_place(name, key, scale)[1])
