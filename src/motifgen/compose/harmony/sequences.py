"""Sequences: rows of ``data/sequences.toml``, a model of chords that is repeated higher or lower."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp

from motifgen.affect import Affect
from motifgen.compose.harmony.dialect import SYNTAXES
from motifgen.errors import NotationError, UnknownNameError, shown
from motifgen.theory.chord import QUALITIES, DegreeChord
from motifgen.theory.pitch import PitchClass
from motifgen.theory.roman import numeral
from motifgen.theory.scale import Degree, Key, Mode

_STEPS = {"1": 0, "3": 2, "5": 4}
_OWN = {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug"}
_WIDTH = 0.5


@dataclass(frozen=True, slots=True)
class Sequence:
    """A row of the table; its comments say what each field means.

    Examples
    --------
    >>> fall = sequences()["descending fifths"]
    >>> key = Key.parse("C major")
    >>> [str(chord.within(key)) for member in range(3) for chord in fall.member(member, key.mode)]
    ['C', 'F', 'Bdim', 'Em', 'Am', 'Dm']
    """

    name: str
    pattern: tuple[str, ...]
    shift: int
    real: bool
    syntax: tuple[str, ...]
    valence: float
    tension: float
    power: float

    def __post_init__(self) -> None:
        """Refuse kinds of dialect that do not exist."""
        for word in self.syntax:
            if word not in SYNTAXES:
                raise UnknownNameError("syntax", word, SYNTAXES)

    def nearness(self, affect: Affect) -> float:
        """Return how near a moment lies to where the sequence is at home: 1 there, towards 0 far away."""
        gaps = (affect.valence - self.valence, affect.tension - self.tension, affect.power - self.power)
        return exp(-sum(gap**2 for gap in gaps) / (2 * _WIDTH**2))

    def member(self, number: int, mode: Mode) -> tuple[DegreeChord, ...]:
        """Return the chords of the model (0) or of a repeat (1 and on) in a mode."""
        return _member(self, number, mode)


@cache
def sequences() -> dict[str, Sequence]:
    """Return every sequence by name, in the order of the table."""
    rows = tomllib.loads((files("motifgen") / "data" / "sequences.toml").read_text(encoding="utf-8"))
    return {name: _sequence(name, row) for name, row in rows.items()}


def _sequence(name: str, row: dict[str, object]) -> Sequence:
    fields = {**row, "pattern": tuple(str(row["pattern"]).split()), "syntax": tuple(row["syntax"])}  # type: ignore[arg-type]
    return Sequence(name=name, **fields)  # type: ignore[arg-type]


def moved(chord: DegreeChord, steps: int, mode: Mode) -> DegreeChord:
    """Return a chord some scale steps higher: the scale's own triad becomes the scale's own there, other qualities stay.

    Examples
    --------
    >>> key = Key.parse("C major")
    >>> [str(moved(numeral(text, key.mode), 1, key.mode).within(key)) for text in ("I", "V/3", "V7")]
    ['Dm', 'Am/C', 'A7']
    """
    root = Degree((chord.root.step + steps) % 7, chord.root.alter)
    own = chord.root.alter == 0 and chord.quality == _quality(chord.root.step, mode)
    quality = _quality(root.step, mode) if own else chord.quality
    if chord.bass is None:
        return DegreeChord(root, quality)
    return _over(root, quality, (chord.bass.step - chord.root.step) % 7, mode)


@lru_cache(maxsize=1024)
def _member(sequence: Sequence, number: int, mode: Mode) -> tuple[DegreeChord, ...]:
    if sequence.real:
        return tuple(_raised(numeral(text, mode), number * sequence.shift, mode) for text in sequence.pattern)
    found: list[DegreeChord] = []
    for text in reversed(sequence.pattern):
        name, _, member = text.partition("/")
        steps = _STEPS.get(member or "1", 0)
        if name == "D" and found:
            found.append(_dominant(found[-1], steps, mode))
        elif name.isdigit():
            root = Degree((int(name) - 1 + number * sequence.shift) % 7)
            found.append(_over(root, _quality(root.step, mode), steps, mode))
        else:
            accepted = "'1' to '7', 'D' before a degree, each with '/3' or '/5' or neither"
            raise NotationError(f"cannot read {shown(text)} in sequence {sequence.name!r}; accepted: {accepted}")
    return tuple(reversed(found))


def _dominant(goal: DegreeChord, steps: int, mode: Mode) -> DegreeChord:
    """Return the dominant seventh of a chord, a fifth above its root, with a member in the bass."""
    step = goal.root.step + 4
    alter = mode.semitones(goal.root.step) + goal.root.alter + 7 - mode.semitones(step)
    return _over(Degree(step % 7, alter), "7", steps, mode)


def _over(root: Degree, quality: str, steps: int, mode: Mode) -> DegreeChord:
    """Return a chord over one of its members, by the member's steps above the root."""
    interval = next((one for one in QUALITIES[quality] if one.steps == steps), None)
    if not steps or interval is None:
        return DegreeChord(root, quality)
    step = root.step + steps
    alter = mode.semitones(root.step) + root.alter + interval.semitones - mode.semitones(step)
    return DegreeChord(root, quality, Degree(step % 7, alter))


def _raised(chord: DegreeChord, semitones: int, mode: Mode) -> DegreeChord:
    """Return a chord so many semitones higher, spelled as players read it best."""
    key = Key(PitchClass(0), mode)
    here = chord.within(key)
    up = (here.root.semitone + semitones) % 12
    names = [PitchClass(step, alter) for alter in (0, -1, 1) for step in range(7) if PitchClass(step, alter).semitone == up]
    return DegreeChord.of(type(here)(names[0], here.quality).readable(), key)


def _quality(step: int, mode: Mode) -> str:
    """Return the quality of the mode's own triad on a step, a bare fifth's where it is no triad."""
    third, fifth = (mode.semitones(step + up) - mode.semitones(step) for up in (2, 4))
    return _OWN.get((third, fifth), "5")
