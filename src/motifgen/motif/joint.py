"""Motifs that sound together, and where they clash."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.chords import recast_chord, recast_degree, with_chord
from motifgen.motif.transform.harmonic import harmonized, semitones
from motifgen.motif.transform.strands import mapped
from motifgen.theory.pitch import Pitch

_HARSH = (1, 2, 6)


@dataclass(frozen=True, slots=True)
class Clash:
    """A dissonance on a beat that no chord explains: where (quarters from the first line's start), between which lines and pitches."""

    at: Fraction
    lines: tuple[int, int]
    pitches: tuple[Pitch, Pitch]

    def __str__(self) -> str:
        """Return it in words."""
        low, high = self.lines
        return f"at quarter {self.at}, {self.pitches[0]} in line {low + 1} meets {self.pitches[1]} in line {high + 1}"


@dataclass(frozen=True, slots=True)
class Joint:
    """Lines that sound together, each from its own place, in quarters from the start of the first.

    Examples
    --------
    >>> from motifgen.motif.transform.combining import Canon
    >>> round_ = joined(Motif.parse("C4/q E4 G4 E4 | C4/h C4"), Canon(Fraction(1), 0))
    >>> [str(clash) for clash in round_.clashes()], round_.consonance
    ([], 1.0)
    """

    lines: tuple[Motif, ...]
    starts: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        """Refuse lines without places."""
        if len(self.lines) != len(self.starts) or not self.lines:
            raise RangeError(f"{len(self.lines)} lines and {len(self.starts)} starts; accepted: one start for each line, one line at least")

    def clashes(self) -> tuple[Clash, ...]:
        """Return every dissonance on a beat: seconds, sevenths and tritones between lines, but for notes of one chord in force."""
        return tuple(clash for clash, harsh in self._meetings() if harsh)

    @property
    def consonance(self) -> float:
        """Return the share of meetings on beats that are no clash, 0 to 1; 1 where lines never meet."""
        met = [harsh for _, harsh in self._meetings()]
        return 1 - sum(met) / len(met) if met else 1.0

    def _meetings(self) -> list[tuple[Clash, bool]]:
        """Return every pair of lines that sounds when either begins a note on a beat, and whether it is harsh."""
        heard = [
            [(start + onset, start + onset + length, pitch) for onset, length, pitch in line.sounding(self.lines[0].key)]
            for line, start in zip(self.lines, self.starts, strict=True)
        ]
        found = []
        for at in sorted({onset for notes in heard for onset, _, _ in notes if self._on_beat(onset)}):
            now = [(order, pitch) for order, notes in enumerate(heard) for onset, end, pitch in notes if onset <= at < end]
            chord = self._chord_at(at)
            for place, (low, one) in enumerate(now):
                for high, other in now[place + 1 :]:
                    apart = abs(one.semitones - other.semitones) % 12
                    within = chord is not None and {self._above_tonic(one), self._above_tonic(other)} <= chord
                    found.append((Clash(at, (low, high), (one, other)), min(apart, 12 - apart) in _HARSH and not within))
        return found

    def _on_beat(self, at: Fraction) -> bool:
        first = self.lines[0]
        return first.meter.weight(at - first.pickup) >= 2

    def _above_tonic(self, pitch: Pitch) -> int:
        return (pitch.semitones - self.lines[0].key.tonic.semitone) % 12

    def _chord_at(self, at: Fraction) -> frozenset[int] | None:
        """Return the semitones above the tonic of the chord that the first line has in force, if it has chords."""
        first, sounding = self.lines[0], None
        for onset, note in zip(first.onsets, first.notes, strict=True):
            if onset <= at and note.chord is not None:
                sounding = semitones(note.chord, first.key.mode)
        return sounding


def joined(motif: Motif, follower: Transform) -> Joint:
    """Return a motif together with what a transform makes of it: a canon, a stretto, a counter-line."""
    return Joint((motif, follower(motif)), (Fraction(0), Fraction(0)))


def together(*motifs: Motif) -> Joint:
    """Return motifs sounding together as a complex, in the key and mode of the first, bar line on bar line.

    The first takes chords that fit it best, a bar each, unless it has its own: `Joint.clashes` says where the others fail them.

    Notes
    -----
    Source: thematic complex, M. Bribitzer-Stull, *Understanding the Leitmotif* (2015), pp. 284-294.

    Examples
    --------
    >>> sea, oath = Motif.parse("C4/h G3/h"), Motif.parse("E5/q F5 D5/h")
    >>> str(together(sea, oath).lines[0])
    '[C] C4/h G3'
    """
    if not motifs:
        raise RangeError("no motif; accepted: one or more")
    first = motifs[0]
    lines = (first, *(_in_key_of(first, motif) for motif in motifs[1:]))
    starts = tuple(first.pickup - line.pickup for line in lines)
    if not any(note.chord for note in first.notes):
        chords = {stretch.places.start: stretch.chord for stretch in harmonized(first)}
        notes = tuple(with_chord(note, chords.get(place)) for place, note in enumerate(first.notes))
        lines = (first.having(notes=notes), *lines[1:])
    return Joint(lines, starts)


def _in_key_of(first: Motif, motif: Motif) -> Motif:
    old, new = motif.key.mode, first.key.mode
    notes = mapped(motif, lambda degree: recast_degree(degree, old, new), lambda chord: recast_chord(chord, old, new))
    return motif.having(notes=notes, key=first.key)
