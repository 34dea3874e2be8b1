"""The roster: who plays what when, while it is being written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from motifgen.compose.desk import ScoreNote
from motifgen.compose.orchestration.chairs import Chair, chair_for
from motifgen.orchestra.instrument import find_instrument
from motifgen.theory.pitch import Pitch


@dataclass(frozen=True, slots=True)
class Duty:
    """What a chair was given: a phrase, its role, and whether it may be interrupted by a blow."""

    start: Fraction
    end: Fraction
    role: str
    notes: tuple[ScoreNote, ...]


@dataclass(slots=True)
class Roster:
    """The chairs of a scene and their duties.

    Parameters
    ----------
    chairs : list[Chair]
        In score order to begin with; chairs that somebody wished for are added behind.
    """

    chairs: list[Chair]
    duties: dict[str, list[Duty]] = field(default_factory=dict)
    worked: Counter[str] = field(default_factory=Counter)

    def wished(self, text: str) -> list[Chair]:
        """Return the chairs of an instrument that was named, a new one where the ensemble has none."""
        instrument, alone = find_instrument(text)
        alone = alone and instrument.section
        found = [c for c in self.chairs if c.instrument.name == instrument.name and (c.alone or not alone)]
        if not found:
            found = [chair_for(text, [chair.name for chair in self.chairs])]
            self.chairs.extend(found)
        return found

    def of(self, chair: Chair) -> list[Duty]:
        """Return a chair's duties so far."""
        return self.duties.get(chair.name, [])

    def free(self, chair: Chair, start: Fraction, end: Fraction) -> bool:
        """Tell whether a chair has nothing else to play; instruments that play several notes at once may add to their duty."""
        clash = [duty for duty in self.of(chair) if duty.start < end and start < duty.end and duty.role != "hit"]
        voices = sum(_thickness(duty.notes) for duty in clash)
        return not clash or (chair.instrument.polyphony > 2 and voices < chair.instrument.polyphony)

    def give(self, chair: Chair, role: str, notes: Sequence[ScoreNote], octave: int = 0, softer: float = 0.0) -> None:
        """Give a chair a phrase, moved by octaves, its level changed."""
        own = tuple(_moved(note, octave, softer) for note in notes)
        duty = Duty(own[0].onset, max(note.end for note in own), role, own)
        self.duties.setdefault(chair.name, []).append(duty)
        self.worked[chair.name] += len(own)


def _moved(note: ScoreNote, octave: int, softer: float) -> ScoreNote:
    if not octave and not softer:
        return note
    pitch: Pitch = note.pitch.octaves(octave) if octave else note.pitch
    return replace(note, pitch=pitch, level=round(min(max(note.level - softer, 0.04), 1.0), 4))


def _thickness(notes: Iterable[ScoreNote]) -> int:
    """Return how many notes a phrase sounds at once where most begin together."""
    return max(Counter(note.onset for note in notes).values(), default=0)
