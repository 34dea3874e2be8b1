"""Chords: a spelled root, a quality, a bass; and the same in degree space, where they travel with motifs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from motifgen.errors import NotationError, UnknownNameError, shown
from motifgen.theory.pitch import Interval, PitchClass
from motifgen.theory.scale import Degree, Key

_ROOT, _THIRD, _FIFTH = Interval(0, 0), Interval(2, 4), Interval(4, 7)
_MINOR, _DIM, _AUG = Interval(2, 3), Interval(4, 6), Interval(4, 8)
_SEVENTH, _MAJOR_SEVENTH, _SIXTH, _NINTH = Interval(6, 10), Interval(6, 11), Interval(5, 9), Interval(8, 14)

QUALITIES: dict[str, tuple[Interval, ...]] = {
    "": (_ROOT, _THIRD, _FIFTH),
    "m": (_ROOT, _MINOR, _FIFTH),
    "dim": (_ROOT, _MINOR, _DIM),
    "aug": (_ROOT, _THIRD, _AUG),
    "5": (_ROOT, _FIFTH),
    "sus4": (_ROOT, Interval(3, 5), _FIFTH),
    "sus2": (_ROOT, Interval(1, 2), _FIFTH),
    "6": (_ROOT, _THIRD, _FIFTH, _SIXTH),
    "m6": (_ROOT, _MINOR, _FIFTH, _SIXTH),
    "7": (_ROOT, _THIRD, _FIFTH, _SEVENTH),
    "maj7": (_ROOT, _THIRD, _FIFTH, _MAJOR_SEVENTH),
    "m7": (_ROOT, _MINOR, _FIFTH, _SEVENTH),
    "m(maj7)": (_ROOT, _MINOR, _FIFTH, _MAJOR_SEVENTH),
    "m7b5": (_ROOT, _MINOR, _DIM, _SEVENTH),
    "dim7": (_ROOT, _MINOR, _DIM, Interval(6, 9)),
    "7sus4": (_ROOT, Interval(3, 5), _FIFTH, _SEVENTH),
    "add9": (_ROOT, _THIRD, _FIFTH, _NINTH),
    "m(add9)": (_ROOT, _MINOR, _FIFTH, _NINTH),
    "9": (_ROOT, _THIRD, _FIFTH, _SEVENTH, _NINTH),
    "maj9": (_ROOT, _THIRD, _FIFTH, _MAJOR_SEVENTH, _NINTH),
    "m9": (_ROOT, _MINOR, _FIFTH, _SEVENTH, _NINTH),
    "7b9": (_ROOT, _THIRD, _FIFTH, _SEVENTH, Interval(8, 13)),
    "7#9": (_ROOT, _THIRD, _FIFTH, _SEVENTH, Interval(8, 15)),
    "7b5": (_ROOT, _THIRD, _DIM, _SEVENTH),
    "aug7": (_ROOT, _THIRD, _AUG, _SEVENTH),
    "69": (_ROOT, _THIRD, _FIFTH, _SIXTH, _NINTH),
    "m69": (_ROOT, _MINOR, _FIFTH, _SIXTH, _NINTH),
    "maj7#11": (_ROOT, _THIRD, _FIFTH, _MAJOR_SEVENTH, Interval(10, 18)),
    "add#11": (_ROOT, _THIRD, _FIFTH, Interval(10, 18)),
    "m(addb9)": (_ROOT, _MINOR, _FIFTH, Interval(8, 13)),
    "quartal": (_ROOT, Interval(3, 5), Interval(6, 10)),
    "quartal4": (_ROOT, Interval(3, 5), Interval(6, 10), Interval(9, 15)),
    "cluster": (_ROOT, Interval(1, 1), Interval(1, 2), Interval(2, 3)),
    "wholetone": (_ROOT, Interval(1, 2), _THIRD, Interval(3, 6)),
    "It6": (_ROOT, _THIRD, Interval(5, 10)),
    "Fr6": (_ROOT, _THIRD, Interval(3, 6), Interval(5, 10)),
    "Ger6": (_ROOT, _THIRD, _FIFTH, Interval(5, 10)),
    "poly2": (_ROOT, _THIRD, _FIFTH, _NINTH, Interval(10, 18), Interval(12, 21)),
    "poly6": (_ROOT, _THIRD, _FIFTH, Interval(8, 13), Interval(10, 18), Interval(12, 22)),
}
_SPELLINGS = {
    "maj": "", "M": "", "min": "m", "-": "m", "o": "dim", "°": "dim", "+": "aug", "sus": "sus4", "M7": "maj7", "Δ": "maj7",
    "min7": "m7", "-7": "m7", "mM7": "m(maj7)", "mmaj7": "m(maj7)", "ø": "m7b5", "ø7": "m7b5", "o7": "dim7", "°7": "dim7",
    "madd9": "m(add9)", "(add9)": "add9", "min9": "m9", "M9": "maj9",
}  # fmt: skip
_SYMBOL = re.compile(r"([A-Ga-g](?:#{1,2}|b{1,2}|♯|♭)?)([^/\s]*)(?:/([A-G](?:#{1,2}|b{1,2}|♯|♭)?))?\Z")


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord with a spelled root.

    Parameters
    ----------
    root : PitchClass
    quality : str
        A key of `QUALITIES`: ``""`` is major, ``"m"`` minor, ``"7"``, ``"maj7"``, ``"sus4"`` ...
    bass : PitchClass, optional
        The lowest note, where it is not the root.

    Examples
    --------
    >>> chord = Chord.parse("Bbmaj7/D")
    >>> str(chord), [str(name) for name in chord.names]
    ('Bbmaj7/D', ['Bb', 'D', 'F', 'A'])
    """

    root: PitchClass
    quality: str = ""
    bass: PitchClass | None = None

    def __post_init__(self) -> None:
        """Refuse a quality that no table knows."""
        if self.quality not in QUALITIES:
            raise UnknownNameError("chord quality", self.quality, QUALITIES)

    @classmethod
    def parse(cls, text: str) -> Chord:
        """Read a chord symbol: ``"Dm"``, ``"F#m7b5"``, ``"C/E"``."""
        match = _SYMBOL.match(text.strip())
        quality = _SPELLINGS.get(match[2], match[2]) if match else None
        if not match or quality not in QUALITIES:
            raise NotationError(
                f"cannot read the chord {shown(text)}; accepted: a root and a quality, as in 'Dm', 'C/E', 'Bbmaj7'; qualities: "
                + " ".join(q or "(none)" for q in QUALITIES)
            )
        return cls(PitchClass.parse(match[1]), quality, PitchClass.parse(match[3]) if match[3] else None)

    def __str__(self) -> str:
        """Return the chord symbol."""
        return f"{self.root}{self.quality}" + (f"/{self.bass}" if self.bass and self.bass != self.root else "")

    @property
    def names(self) -> tuple[PitchClass, ...]:
        """Return the note names from the root up; the bass is not added."""
        return _names(self.root, self.quality)

    @property
    def semitones(self) -> frozenset[int]:
        """Return the pitch classes, 0 to 11, the bass included."""
        own = {name.semitone for name in self.names}
        return frozenset(own | {self.bass.semitone} if self.bass else own)

    @property
    def lowest(self) -> PitchClass:
        """Return the note in the bass."""
        return self.bass or self.root

    @property
    def minor(self) -> bool:
        """Tell whether the chord has a minor third."""
        return _MINOR in QUALITIES[self.quality]

    def readable(self) -> Chord:
        """Return the chord as players read it best: respelled where a name would carry a double sharp or flat that can be avoided.

        Examples
        --------
        >>> str(Chord.parse("Fbm").readable()), str(Chord.parse("Gbm/Bbb").readable())
        ('Em', 'F#m/A')
        """
        if max(abs(name.alter) for name in self.names) < 2:
            return self
        others = (PitchClass(step, 0) for step in range(7))
        near = (PitchClass(name.step, (self.root.semitone - name.semitone + 6) % 12 - 6) for name in others)
        spelled = [self._on(root) for root in near if abs(root.alter) <= 1]
        return min([self, *spelled], key=lambda chord: (_signs(chord), chord.root))

    def _on(self, root: PitchClass) -> Chord:
        return Chord(root, self.quality, root + (self.bass - self.root) if self.bass else None)

    def moved(self, interval: Interval) -> Chord:
        """Return the chord an interval above."""
        return Chord(self.root + interval, self.quality, self.bass + interval if self.bass else None)


def _signs(chord: Chord) -> tuple[int, int]:
    signs = [abs(name.alter) for name in chord.names]
    return max(signs), sum(signs)


@lru_cache(maxsize=2048)
def _names(root: PitchClass, quality: str) -> tuple[PitchClass, ...]:
    return tuple(root + interval for interval in QUALITIES[quality])


@dataclass(frozen=True, slots=True)
class DegreeChord:
    """A chord by the degree of its root: what a motif carries, so that harmony follows it into any key.

    Examples
    --------
    >>> tonic = DegreeChord.of(Chord.parse("Dm/F"), Key.parse("D minor"))
    >>> str(tonic.within(Key.parse("G minor")))
    'Gm/Bb'
    """

    root: Degree
    quality: str = ""
    bass: Degree | None = None

    @classmethod
    def of(cls, chord: Chord, key: Key) -> DegreeChord:
        """Return a chord as seen from a key."""
        return cls(_folded(key, chord.root), chord.quality, _folded(key, chord.bass) if chord.bass else None)

    def within(self, key: Key) -> Chord:
        """Return the spelled chord in a key."""
        return Chord(key.name(self.root), self.quality, key.name(self.bass) if self.bass else None)


def _folded(key: Key, name: PitchClass) -> Degree:
    distance = name - key.tonic
    return Degree(distance.steps, distance.semitones - key.mode.semitones(distance.steps))
