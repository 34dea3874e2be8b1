"""What is written: notes, the lines of the fabric, and the parts of players."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from motifgen.orchestra.instrument import Instrument
from motifgen.theory.pitch import Pitch


@dataclass(frozen=True, slots=True)
class ScoreNote:
    """A note of the score, exact and spelled.

    ``level`` 0..1 is the written dynamic (0 ppp, 1 fff); ``marks`` are articulations (``accent staccato tenuto marcato
    tremolo pizzicato legato ...``); ``statement`` is the index into the plan's statements of a theme's note, else -1.
    For percussion the pitch is the General MIDI drum key.
    """

    onset: Fraction
    duration: Fraction
    pitch: Pitch
    level: float
    marks: frozenset[str] = frozenset()
    statement: int = -1
    _quarters: tuple[float, float] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def end(self) -> Fraction:
        """Return where the note ends."""
        return self.onset + self.duration

    @property
    def quarters(self) -> tuple[float, float]:
        """Return where the note begins and ends as floats, for whoever compares thousands; worked out when it is first asked."""
        if self._quarters is None:
            (onset, parts), (length, pieces) = self.onset.as_integer_ratio(), self.duration.as_integer_ratio()
            ends = (onset / parts, (onset * pieces + length * parts) / (parts * pieces))
            object.__setattr__(self, "_quarters", ends)
            return ends
        return self._quarters

    def played(self, pitch: Pitch, level: float, marks: frozenset[str]) -> ScoreNote:
        """Return a note of the same moment and statement at another pitch, level and with other marks."""
        made = ScoreNote(self.onset, self.duration, pitch, level, marks, self.statement)
        object.__setattr__(made, "_quarters", self._quarters)
        return made


@dataclass(frozen=True, slots=True)
class Line:
    """One strand of the fabric, not yet given to a player.

    Parameters
    ----------
    role : str
        ``melody counter bass pad ostinato arpeggio pulse hit percussion drone``.
    notes : tuple[ScoreNote, ...]
        In order of time; only ``pad``, ``arpeggio`` and ``hit`` may sound several at once.
    statement : int
        The index of the statement it carries, or -1.
    voice : tuple[str, ...]
        Instruments wished for, first choice first; empty lets the palette choose.
    weight : float
        0..1: how many players the moment wants: 0 is one, 1 is all.
    """

    role: str
    notes: tuple[ScoreNote, ...]
    statement: int = -1
    voice: tuple[str, ...] = ()
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A player or section with all that it plays, in sounding pitch, in order of time."""

    name: str
    instrument: Instrument
    players: int
    role: str
    notes: tuple[ScoreNote, ...]
