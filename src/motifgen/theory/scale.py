"""Degrees, modes and keys: the space in which motifs live."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from motifgen.errors import NotationError, UnknownNameError, shown
from motifgen.theory.pitch import Interval, Pitch, PitchClass, accidental

_DEGREE = re.compile(r"(#{1,3}|b{1,3})?([1-7])('{0,6}|,{0,6})\Z")
_KEY = re.compile(r"\s*([A-Ga-g](?:#{1,2}|b{1,2}|♯|♭)?)(m(?![a-zA-Z]))?[\s-]*([A-Za-z][A-Za-z \-_]*)?\s*\Z")


@dataclass(frozen=True, slots=True, order=True)
class Degree:
    """A scale degree with an alteration, in any octave.

    Parameters
    ----------
    step : int
        Scale steps above the tonic of the home octave: 0 is the tonic, 7 the tonic an octave higher, -1 the degree below.
    alter : int
        Semitones away from the scale's own note.

    Examples
    --------
    >>> Degree.parse("b3'")
    Degree(step=9, alter=-1)
    >>> str(Degree(-3, 1))
    '#5,'
    """

    step: int
    alter: int = 0

    @classmethod
    def parse(cls, text: str) -> Degree:
        """Read ``"b3"``, ``"5,"`` or ``"1'"``: an alteration, 1 to 7, and octave marks."""
        match = _DEGREE.match(text.strip())
        if not match:
            raise NotationError(f"cannot read the degree {shown(text)}; accepted: '1' to '7', as in 'b3', '#4', \"1'\", '5,'")
        signs, number, marks = match.groups(default="")
        octave = marks.count("'") - marks.count(",")
        return cls(int(number) - 1 + 7 * octave, signs.count("#") - signs.count("b"))

    def __str__(self) -> str:
        """Return the text that ``parse`` reads."""
        octave, step = divmod(self.step, 7)
        return f"{accidental(self.alter)}{step + 1}{chr(39) * octave if octave > 0 else ',' * -octave}"

    def shifted(self, steps: int) -> Degree:
        """Return the degree so many scale steps higher, its alteration kept."""
        return Degree(self.step + steps, self.alter)


@dataclass(frozen=True, slots=True)
class Mode:
    """Seven semitone offsets above the tonic, by name.

    Examples
    --------
    >>> Mode.named("minor").offsets
    (0, 2, 3, 5, 7, 8, 10)
    """

    name: str
    offsets: tuple[int, int, int, int, int, int, int]

    @classmethod
    def named(cls, name: str) -> Mode:
        """Return a mode by its name; ``"ionian"`` is major and ``"aeolian"`` is minor."""
        plain = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
        plain = _ALIASES.get(plain, plain)
        if plain not in MODES:
            raise UnknownNameError("mode", name, [*MODES, *_ALIASES])
        return cls(plain, MODES[plain])

    @property
    def minor(self) -> bool:
        """Tell whether the third is minor."""
        return self.offsets[2] == 3

    def semitones(self, step: int) -> int:
        """Return the semitones from the tonic to a scale step in any octave."""
        octave, degree = divmod(step, 7)
        return 12 * octave + self.offsets[degree]


MODES: dict[str, tuple[int, int, int, int, int, int, int]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
    "lydian dominant": (0, 2, 4, 6, 7, 9, 10),
    "double harmonic": (0, 1, 4, 5, 7, 8, 11),
}
_ALIASES = {"ionian": "major", "aeolian": "minor", "natural minor": "minor", "acoustic": "lydian dominant"}


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic and a mode. Degrees count from the tonic in octave 4 (C4 to B4).

    Examples
    --------
    >>> key = Key.parse("D minor")
    >>> str(key.pitch(Degree(2))), str(key.pitch(Degree(-1, 1))), key.degree(Pitch.parse("F#4"))
    ('F4', 'C#4', Degree(step=2, alter=1))
    """

    tonic: PitchClass
    mode: Mode

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read ``"D minor"``, ``"Bb major"``, ``"F# dorian"``; a name alone is major, ``"Dm"`` is minor."""
        match = _KEY.match(text)
        if not match:
            accepted = "a note name and a mode, as in 'D minor', 'Bb major', 'F# dorian'"
            raise NotationError(f"cannot read the key {shown(text)}; accepted: {accepted}")
        name = match[3] or ("minor" if match[2] else "major")
        return cls(PitchClass.parse(match[1]), Mode.named(name))

    def __str__(self) -> str:
        """Return ``"D minor"``."""
        return f"{self.tonic} {self.mode.name}"

    def pitch(self, degree: Degree) -> Pitch:
        """Return the spelled pitch of a degree."""
        return self.tonic.at(4) + Interval(degree.step, self.mode.semitones(degree.step) + degree.alter)

    def degree(self, pitch: Pitch) -> Degree:
        """Return the degree of a spelled pitch; what is not in the scale carries an alteration."""
        distance = pitch - self.tonic.at(4)
        return Degree(distance.steps, distance.semitones - self.mode.semitones(distance.steps))

    def name(self, degree: Degree) -> PitchClass:
        """Return the note name of a degree."""
        return self.pitch(degree).pitch_class

    @property
    def scale(self) -> tuple[PitchClass, ...]:
        """Return the seven note names, from the tonic up."""
        return _scale(self)

    @property
    def fifths(self) -> int:
        """Return sharps (positive) or flats (negative) of the key signature of the mode's nearest diatonic kin."""
        kin = "minor" if self.mode.minor else "major"
        name = self.mode.name if self.mode.name in _SIGNATURE else kin
        return self.tonic.fifths + _SIGNATURE[name]

    def in_mode(self, name: str) -> Key:
        """Return the key on the same tonic in another mode."""
        return Key(self.tonic, Mode.named(name))

    @property
    def signs(self) -> int:
        """Return how many sharps or flats the scale's seven notes carry; a double sign counts as two.

        Examples
        --------
        >>> Key.parse("G# mixolydian").signs, Key.parse("Ab mixolydian").signs
        (7, 5)
        """
        return sum(abs(name.alter) for name in self.scale)

    def moved(self, interval: Interval) -> Key:
        """Return the key an interval above, spelled with as few signs as there can be."""
        return Key(self.tonic + interval, self.mode).respelled()

    def respelled(self) -> Key:
        """Return the enharmonic key with the fewest signs: this one, unless another has fewer, or as many on a tonic that is usual.

        Examples
        --------
        >>> [str(Key.parse(text).respelled()) for text in ("G# major", "Cb major", "Db minor", "D# minor", "Gb major")]
        ['Ab major', 'B major', 'C# minor', 'Eb minor', 'Gb major']
        """
        return _respelled(self)


_MOST, _RARE = 6, ("E#", "B#", "Cb", "Fb", "A#", "D#")
_SIGNATURE = {
    "major": 0, "lydian": 1, "mixolydian": -1, "dorian": -2, "minor": -3, "phrygian": -4, "phrygian dominant": -4,
    "locrian": -5,
}  # fmt: skip


@lru_cache(maxsize=512)
def _respelled(key: Key) -> Key:
    names = [PitchClass((key.tonic.step + step) % 7, alter) for step in (1, -1) for alter in (-1, 0, 1)]
    kin = [Key(name, key.mode) for name in names if name.semitone == key.tonic.semitone]
    return min([key, *kin], key=lambda it: (abs(it.fifths) > _MOST, it.signs, str(it.tonic) in _RARE))


@lru_cache(maxsize=512)
def _scale(key: Key) -> tuple[PitchClass, ...]:
    return tuple(key.pitch(Degree(step)).pitch_class for step in range(7))
