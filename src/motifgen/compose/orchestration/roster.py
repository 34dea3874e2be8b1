"""The roster: who plays what when, while it is being written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from motifgen.compose.desk import ScoreNote
from motifgen.compose.orchestration.chairs import Chair, chair_for
from motifgen.compose.orchestration.strands import Strand
from motifgen.orchestra.instrument import find_instrument

_SHAKING, _SHAKEN = frozenset({"strings", "percussion"}), frozenset({"tremolo"})
_HANDED = frozenset({"keys", "plucked", "percussion"})
_FIGURES = frozenset({"pad", "ostinato", "arpeggio", "pulse", "counter"})
_TOUCHED = frozenset({"pizzicato", "tremolo"})


class Duty(NamedTuple):
    """What a chair was given: a phrase from one quarter to another, its role, and how many notes of it sound at once.

    ``joined`` says that it doubles somebody; ``fixed`` that nobody may leave it: the composer chose the force, or a swell is to peak.
    """

    start: float
    end: float
    role: str
    notes: tuple[ScoreNote, ...]
    voices: int
    joined: bool = False
    fixed: bool = False


@dataclass(slots=True)
class Roster:
    """The chairs of a scene and their duties.

    Parameters
    ----------
    chairs : list[Chair]
        In score order to begin with; chairs that somebody wished for are added behind.
    touch : Mapping[str, str]
        How strings play a role in this style.
    fixed : bool
        Whether what is given now was asked for by the composer.
    """

    chairs: list[Chair]
    touch: Mapping[str, str] = field(default_factory=dict)
    duties: dict[str, list[Duty]] = field(default_factory=dict)
    worked: Counter[str] = field(default_factory=Counter)
    edges: dict[str, set[int]] = field(default_factory=dict)
    fixed: bool = False
    _kinds: dict[str, list[Chair]] = field(default_factory=dict, init=False, repr=False)

    def wished(self, text: str) -> list[Chair]:
        """Return the chairs of an instrument that was named, a new one where the ensemble has none."""
        instrument, alone = find_instrument(text)
        alone = alone and instrument.section
        found = [c for c in self.chairs if c.instrument.name == instrument.name and (c.alone or not alone)]
        if not found:
            found = [chair_for(text, [chair.name for chair in self.chairs])]
            self.chairs.extend(found)
        return found

    def by_instrument(self) -> Mapping[str, Sequence[Chair]]:
        """Return the chairs by the names of their instruments."""
        if sum(map(len, self._kinds.values())) != len(self.chairs):
            self._kinds.clear()
            for chair in self.chairs:
                self._kinds.setdefault(chair.instrument.name, []).append(chair)
        return self._kinds

    def admit(self, guests: Iterable[Chair]) -> None:
        """Add chairs that are not here yet."""
        known = {chair.name for chair in self.chairs}
        self.chairs.extend(chair for chair in guests if chair.name not in known)

    def of(self, chair: Chair) -> list[Duty]:
        """Return a chair's duties so far."""
        return self.duties.get(chair.name, [])

    def free(self, chair: Chair, start: float, end: float, role: str) -> bool:
        """Tell whether a chair can take a role there: it has nothing else to play, or plays several notes at once.

        Two hands have one figure and a bass; a harp or guitar has one thing to do.
        """
        voices = 0
        for duty in self.duties.get(chair.name, ()):
            if duty.start < end and start < duty.end and duty.role != "hit":
                if duty.role != role and not _together(chair, duty.role, role):
                    return False
                voices += duty.voices
                if chair.instrument.polyphony <= 2 or voices >= chair.instrument.polyphony:
                    return False
        return True

    def beside(self, chair: Chair, start: float, end: float) -> bool:
        """Tell whether a chair plays right before or after a span, so that one long entry comes of two short ones."""
        edges = self.edges.get(chair.name)
        return edges is not None and (round(start) in edges or round(end) in edges)

    def idle(self, chair: Chair, start: float, end: float) -> bool:
        """Tell whether a chair has nothing at all to play."""
        for duty in self.duties.get(chair.name, ()):  # noqa: SIM110 - asked thousands of times: `any` takes twice as long
            if duty.start < end and start < duty.end:
                return False
        return True

    def elsewhere(self, chair: Chair, strand: Strand) -> bool:
        """Tell whether a chair is busy with another role while a strand sounds."""
        start, end = strand.span
        return any(duty.start < end and start < duty.end and duty.role != strand.line.role for duty in self.duties.get(chair.name, ()))

    def give(  # noqa: PLR0913 - a phrase, and how it is played
        self,
        chair: Chair,
        role: str,
        notes: Iterable[ScoreNote],
        octave: int = 0,
        softer: float = 0.0,
        *,
        joined: bool = False,
        fixed: bool = False,
    ) -> None:
        """Give a chair a phrase, moved by octaves, its level changed."""
        touch = self.touch.get(role, "") if chair.instrument.family == "strings" else ""
        own = tuple([_moved(note, octave, softer, touch) for note in notes]) if octave or softer or touch else tuple(notes)
        if chair.instrument.family not in _SHAKING:
            own = tuple([note.played(note.pitch, note.level, note.marks - _SHAKEN) if "tremolo" in note.marks else note for note in own])
        duty = _duty(role, own, joined=joined, fixed=fixed or self.fixed)
        self.duties.setdefault(chair.name, []).append(duty)
        self.worked[chair.name] += len(own)
        self.edges.setdefault(chair.name, set()).update((round(duty.start), round(duty.end)))

    def change(self, chair: Chair, duty: Duty, notes: tuple[ScoreNote, ...]) -> Duty | None:
        """Leave a chair only these notes of a duty; return what is left of it."""
        own = self.duties[chair.name]
        place = next(at for at, each in enumerate(own) if each is duty)
        left = _duty(duty.role, notes, joined=duty.joined, fixed=duty.fixed) if notes else None
        own[place : place + 1] = [left] if left is not None else []
        return left


def _together(chair: Chair, one: str, other: str) -> bool:
    """Tell whether a player of several notes can have two roles at once."""
    if chair.instrument.family not in _HANDED:
        return True
    return chair.instrument.family == "keys" and not {one, other} <= _FIGURES


def _duty(role: str, notes: tuple[ScoreNote, ...], *, joined: bool, fixed: bool) -> Duty:
    times = [note.quarters for note in notes]
    starts = [start for start, _ in times]
    many = 1 if len(set(starts)) == len(starts) else max(Counter(starts).values())
    return Duty(times[0][0], max([end for _, end in times]), role, notes, many, joined, fixed)


def _moved(note: ScoreNote, octave: int, softer: float, touch: str) -> ScoreNote:
    pitch = note.pitch.octaves(octave) if octave else note.pitch
    marks = note.marks - {"staccato"} | {touch} if touch and _TOUCHED.isdisjoint(note.marks) else note.marks
    return note.played(pitch, round(min(max(note.level - softer, 0.04), 1.0), 4), marks)
