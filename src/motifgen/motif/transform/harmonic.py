"""Harmony: other chords under the same melody.

These work on the chords attached to a motif, in degree space, by the small rules given here; a motif without chords is first given plain
ones. Inside a scene the whole engine, which weighs phrases, bass and style, lies above and answers for the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import diatonic_quality, with_chord
from motifgen.motif.transform.limits import one_of, share_of
from motifgen.theory.chord import QUALITIES, DegreeChord
from motifgen.theory.pitch import Interval
from motifgen.theory.scale import Degree, Mode

ROUGHNESS = (0.0, 1.0, 0.6, 0.25, 0.2, 0.1, 0.45)
_STRANGE = Fraction(3, 4)
_DARK = ("m(maj7)", "dim7", "m7b5", "dim", "m6", "m7", "aug", "7", "maj7")


class Harmonized(NamedTuple):
    """A stretch of a motif under one chord: the places of its notes, the chord, how long each semitone above the tonic sounds in it."""

    places: range
    chord: DegreeChord
    melody: tuple[Fraction, ...]


def semitones(chord: DegreeChord, mode: Mode) -> frozenset[int]:
    """Return the semitones above the tonic, 0 to 11, of a chord with its bass."""
    root = mode.semitones(chord.root.step) + chord.root.alter
    bass = () if chord.bass is None else (mode.semitones(chord.bass.step) + chord.bass.alter,)
    return frozenset(place % 12 for place in (*(root + interval.semitones for interval in QUALITIES[chord.quality]), *bass))


def roughness(chord: DegreeChord, mode: Mode) -> float:
    """Return how dissonant a chord is: the mean over its pairs of notes, 0 (bare octave) to 1 (all semitones).

    Notes
    -----
    Interval classes are weighed from semitone (1) and tritone to fourth (0.1), in the order of P. Hindemith's and later rankings; the
    numbers are this project's own.

    Examples
    --------
    >>> major = Mode.named("major")
    >>> roughness(DegreeChord(Degree(0)), major) < roughness(DegreeChord(Degree(0), "m(maj7)"), major)
    True
    """
    notes = sorted(semitones(chord, mode))
    pairs = [(low, high) for i, low in enumerate(notes) for high in notes[i + 1 :]]
    sizes = [min(high - low, 12 - high + low) for low, high in pairs]
    return round(sum(ROUGHNESS[size] for size in sizes) / len(sizes), 6) if sizes else 0.0


def harmonized(motif: Motif) -> tuple[Harmonized, ...]:
    """Return the motif's stretches of harmony: those of its own chords, or one chord a bar that fits its notes best.

    Notes before the first chord belong to its stretch.
    """
    begins = [place for place, note in enumerate(motif.notes) if note.chord is not None]
    if not begins:
        begins = _bar_starts(motif)
    found, chord = [], None
    for start, stop in zip([0, *begins[1:]], [*begins[1:], len(motif.notes)], strict=True):
        places = range(start, stop)
        melody = _melody(motif, places)
        own = next((motif.notes[i].chord for i in places if motif.notes[i].chord is not None), None)
        chord = own or best_triad(melody, motif.key.mode, before=chord)
        found.append(Harmonized(places, chord, melody))
    return tuple(found)


def _bar_starts(motif: Motif) -> list[int]:
    """Return the places of the first note in each bar."""
    bars = [(onset - motif.pickup) // motif.meter.bar for onset in motif.onsets]
    return [place for place, bar in enumerate(bars) if not place or bars[place - 1] != bar]


def _melody(motif: Motif, places: range) -> tuple[Fraction, ...]:
    """Return how much each semitone above the tonic weighs: length, doubled on accented beats."""
    mode, weights, onsets = motif.key.mode, [Fraction(0)] * 12, motif.onsets
    for place in places:
        degree = motif.notes[place].degree
        if degree is not None:
            strong = motif.meter.weight(onsets[place] - motif.pickup) >= 3
            weights[(mode.semitones(degree.step) + degree.alter) % 12] += motif.notes[place].duration * (2 if strong else 1)
    return tuple(weights)


def fit(chord: DegreeChord, melody: tuple[Fraction, ...], mode: Mode) -> Fraction:
    """Return how much of a melody's weight lies on the notes of a chord, 0 to 1; 1 where nothing sounds."""
    whole = sum(melody)
    return sum((melody[place] for place in semitones(chord, mode)), Fraction(0)) / whole if whole else Fraction(1)


def best_triad(melody: tuple[Fraction, ...], mode: Mode, before: DegreeChord | None = None) -> DegreeChord:
    """Return the mode's own triad that fits a melody best; of equals, one that is not the chord before, tonic first."""
    order = (0, 3, 4, 5, 1, 2, 6)
    triads = [DegreeChord(Degree(step), diatonic_quality(mode, step)) for step in order]

    def weight(triad: DegreeChord) -> Fraction:
        return sum((melody[place] for place in semitones(triad, mode) if melody[place]), Fraction(0))

    return max(triads, key=lambda triad: (weight(triad), triad != before, -order.index(triad.root.step)))


def _reharmonized(motif: Motif, choose: Callable[[int, Harmonized], DegreeChord]) -> Motif:
    """Return the motif with another chord on each stretch; the melody stays."""
    chords: dict[int, DegreeChord] = {}
    for order, stretch in enumerate(harmonized(motif)):
        chords[stretch.places.start] = choose(order, stretch)
    notes: Iterator[Note] = (with_chord(note, chords.get(place)) for place, note in enumerate(motif.notes))
    return motif.having(notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class Recontextualize(Transform):
    """Put other chords under the same melody: each is replaced by one that holds the same notes in another light.

    Parameters
    ----------
    light : str
        ``near`` takes other triads of the mode, ``far`` major and minor triads from outside it. Of those that fit the melody best, the
        one that shares fewest notes with the old chord is taken.

    Notes
    -----
    Source: harmonic recontextualisation, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> motif = Motif.parse("[C] E4/h G4/h | [G] D4/w")
    >>> str(motif >> Recontextualize()), str(motif >> Recontextualize("far"))
    ('[Em] E4/h G4 | [Dm] D4/w', '[C#m] E4/h G4 | [D] D4/w')
    """

    light: str = "near"

    NAME: ClassVar[str] = "recontextualize"
    SYNTAX: ClassVar[tuple[str, ...]] = ("light:near|far",)
    FAMILY: ClassVar[str] = "harmony"
    RUNG: ClassVar[int] = 3
    EXAMPLE: ClassVar[str] = "recontextualize far"

    def __post_init__(self) -> None:
        """Refuse lights that there are not."""
        one_of("light", self.light, ("near", "far"))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif under other chords."""
        mode = motif.key.mode
        own = [DegreeChord(Degree(step), diatonic_quality(mode, step)) for step in range(7)]
        if self.light == "near":
            return _reharmonized(motif, lambda _, stretch: _elsewhere(stretch, own, mode))
        sounds = {semitones(chord, mode) for chord in own}
        roots = [Degree(step, alter) for step in range(7) for alter in (0, -1, 1)]
        outside = [DegreeChord(root, quality) for root in roots for quality in ("", "m")]
        outside = [chord for chord in outside if semitones(chord, mode) not in sounds]
        return _reharmonized(motif, lambda _, stretch: _elsewhere(stretch, outside, mode))


def _elsewhere(stretch: Harmonized, choices: list[DegreeChord], mode: Mode) -> DegreeChord:
    old = semitones(stretch.chord, mode)
    others = [chord for chord in choices if semitones(chord, mode) != old]
    return max(others, key=lambda chord: (fit(chord, stretch.melody, mode), -len(old & semitones(chord, mode)), -others.index(chord)))


@dataclass(frozen=True, slots=True)
class Corrupt(Transform):
    """Corrupt the theme's harmony: the same roots under dissonant chords, over a strange bass; the melody stays.

    Parameters
    ----------
    dissonance : Fraction
        0 to 1: how rough the chords should be. Each takes the quality whose roughness is nearest to the target between plain
        and roughest, and never a smoother one than it had; minor chords stay minor. From 3/4 on the bass stands a tritone from the tonic.

    Notes
    -----
    Source: harmonic corruption, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> motif = Motif.parse("[Dm] D4/h F4/h | [A] E4/w", key="D minor")
    >>> str(motif >> Corrupt(Fraction(1, 2))), str(motif >> Corrupt(Fraction(1)))
    ('[Dm7] D4/h F4 | [Aaug] E4/w', '[Dm(maj7)/G#] D4/h F4 | [Am(maj7)/G#] E4/w')
    """

    dissonance: Fraction = Fraction(3, 4)

    NAME: ClassVar[str] = "corrupt"
    SYNTAX: ClassVar[tuple[str, ...]] = ("dissonance:amount",)
    FAMILY: ClassVar[str] = "harmony"
    RUNG: ClassVar[int] = 4
    EXAMPLE: ClassVar[str] = "corrupt 3/4"

    def __post_init__(self) -> None:
        """Refuse amounts outside 0 to 1."""
        object.__setattr__(self, "dissonance", share_of("the dissonance", self.dissonance))

    def changed(self, motif: Motif) -> Motif:
        """Return the motif under corrupted chords."""
        return _reharmonized(motif, lambda _, stretch: self._corrupted(stretch.chord, motif.key.mode))

    def _corrupted(self, chord: DegreeChord, mode: Mode) -> DegreeChord:
        if not self.dissonance:
            return chord
        plain, minor = roughness(chord, mode), Interval(2, 3) in QUALITIES[chord.quality]
        darker = [DegreeChord(chord.root, name, chord.bass) for name in _DARK if self._may_be(name, minor=minor)]
        rough = {each: roughness(each, mode) for each in darker}
        rough = {each: value for each, value in rough.items() if value > plain} or {chord: plain}
        target = plain + float(self.dissonance) * (max(rough.values()) - plain)
        found = min(rough, key=lambda each: round(abs(rough[each] - target), 6))
        return DegreeChord(found.root, found.quality, _tritone(mode)) if self.dissonance >= _STRANGE else found

    def _may_be(self, quality: str, *, minor: bool) -> bool:
        """Tell whether a quality keeps the third: minor chords stay minor, and major ones major while the bass is their own."""
        dark = Interval(2, 3) in QUALITIES[quality]
        return dark if minor else not dark or self.dissonance >= _STRANGE


def _tritone(mode: Mode) -> Degree:
    return Degree(3, 6 - mode.semitones(3))


@dataclass(frozen=True, slots=True)
class Redeem(Transform):
    """Redeem the theme's harmony: every chord becomes a plain one of the mode that carries the melody, and the last is at rest.

    The last chord is the tonic if it holds the last note, or else the subdominant, the sixth, or the major dominant. Altered notes of
    the melody that lie a semitone from a note of the mode stay: the melody is kept.

    Notes
    -----
    Source: harmonic redemption, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> str(Motif.parse("[C#dim7] D4/h F4/h | [Em7b5] D4/w", key="D minor") >> Redeem())
    '[Dm] D4/h F4 | [Dm] D4/w'
    """

    NAME: ClassVar[str] = "redeem"
    FAMILY: ClassVar[str] = "harmony"
    RUNG: ClassVar[int] = 3
    EXAMPLE: ClassVar[str] = "redeem"

    def changed(self, motif: Motif) -> Motif:
        """Return the motif under plain chords."""
        mode, last = motif.key.mode, len(harmonized(motif)) - 1

        def redeemed(order: int, stretch: Harmonized) -> DegreeChord:
            dominant = DegreeChord(Degree(4))
            if order < last:
                plain = best_triad(stretch.melody, mode)
                return max((plain, dominant), key=lambda chord: (fit(chord, stretch.melody, mode), chord == plain))
            calm = [*(DegreeChord(Degree(step), diatonic_quality(mode, step)) for step in (0, 3, 5)), dominant]
            return max(calm, key=lambda chord: (fit(chord, stretch.melody, mode), -calm.index(chord)))

        return _reharmonized(motif, redeemed)
