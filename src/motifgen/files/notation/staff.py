"""What a page is made of: staves, and on each, bar by bar, what its voices do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from motifgen.sketch.score import StaffBar, StaffNote, StaffText
from motifgen.theory.pitch import Interval

_OCTAVE = 12


@dataclass(frozen=True, slots=True)
class Sound:
    """What one voice does at a place in a bar: a chord of notes, or a rest where there are none; ``tied`` to what follows.

    Parameters
    ----------
    onset, duration : Fraction
        Quarters from the bar line.
    notes : tuple[StaffNote, ...]
        At sounding pitch.
    tied, continues : bool
        Whether it is held into the next sound, and whether it holds the one before.
    """

    onset: Fraction
    duration: Fraction
    notes: tuple[StaffNote, ...] = ()
    tied: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Hairpin:
    """A crescendo (``louder``) or diminuendo from the note at one place to the note at another, in quarters."""

    start: Fraction
    end: Fraction
    louder: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """Five lines with everything that stands on them.

    Parameters
    ----------
    name, abbreviation, instrument, family : str
        The part's name before the first system and before the others; the instrument; the family that brackets join.
    program, transposition : int
        General MIDI program; semitones from written to sounding pitch.
    part : int
        The number of the part; the staves of a keyboard share it.
    notes : tuple[StaffNote, ...]
        As they are written: durations a reader knows.
    voices : tuple[tuple[tuple[Sound, ...], ...], ...]
        For every bar, one or two voices; none where the staff is silent.
    clefs : tuple[str, ...]
        For every bar; ``treble+8`` and ``bass-8`` are an octave sign over the clef.
    fifths : tuple[int, ...]
        The key signature of every bar, as written.
    shifts : tuple[Interval, ...]
        For every bar, from sounding to written pitch.
    dynamics : tuple[tuple[Fraction, str], ...]
    hairpins : tuple[Hairpin, ...]
    slurs : tuple[tuple[Fraction, Fraction], ...]
        Onsets of the first note and the last.
    breaths : frozenset[Fraction]
        Onsets of the notes after which is breathed.
    texts : tuple[StaffText, ...]
        Playing directions, theme names, cues.
    """

    name: str
    abbreviation: str
    instrument: str
    family: str
    program: int
    transposition: int
    part: int
    notes: tuple[StaffNote, ...]
    voices: tuple[tuple[tuple[Sound, ...], ...], ...]
    clefs: tuple[str, ...]
    fifths: tuple[int, ...]
    shifts: tuple[Interval, ...]
    dynamics: tuple[tuple[Fraction, str], ...] = ()
    hairpins: tuple[Hairpin, ...] = ()
    slurs: tuple[tuple[Fraction, Fraction], ...] = ()
    breaths: frozenset[Fraction] = frozenset()
    texts: tuple[StaffText, ...] = ()

    @property
    def drums(self) -> bool:
        """Tell whether the staff has a percussion clef."""
        return bool(self.clefs) and self.clefs[0] == "percussion"

    @property
    def octave_clef(self) -> bool:
        """Tell whether the treble clef has an 8 below it: tenor voices, who are not said to be transposed."""
        return self.family == "voice" and self.transposition == -_OCTAVE


@dataclass(frozen=True, slots=True)
class TempoMark:
    """A metronome mark: where, quarters a minute, and the note value that is counted, in quarters.

    Examples
    --------
    >>> TempoMark(Fraction(0), 169.25, Fraction(3, 2)).number
    113
    """

    at: Fraction
    quarters: float
    beat: Fraction

    @property
    def number(self) -> int:
        """Return the whole number that is printed."""
        return round(self.quarters / float(self.beat))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score ready for the page: bars, staves from the top, and the texts over the system (sections, hits, chords, tempo words).

    ``tempi`` are the metronome marks; ``minors`` tells of every bar whether its key is minor, ``accents`` where its groups begin, in
    quarters from the bar line.
    """

    bars: tuple[StaffBar, ...]
    staves: tuple[Staff, ...]
    texts: tuple[StaffText, ...]
    tempi: tuple[TempoMark, ...]
    minors: tuple[bool, ...]
    accents: tuple[tuple[Fraction, ...], ...] = ()
