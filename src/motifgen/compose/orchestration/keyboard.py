"""A piano reduction that two hands can play."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby, pairwise

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.orchestration.depth import too_close
from motifgen.orchestra.instrument import Instrument

SPAN, FINGERS, SHORTEST = 14, 5, Fraction(1, 8)
_FIRST = ("melody", "hit", "bass", "counter", "ostinato", "arpeggio", "pulse", "pad", "drone")
_DEAR = frozenset({"melody", "hit", "bass"})
_OCTAVES = (0, -1, 1, -2, 2)


@dataclass(slots=True)
class Hands:
    """What two hands hold while a reduction is written.

    Parameters
    ----------
    done : list[ScoreNote]
        Notes that are finished or held.
    held : dict[str, list[ScoreNote]]
        What each hand holds down.
    lost : int
        How many notes found no finger.
    """

    done: list[ScoreNote] = field(default_factory=list)
    held: dict[str, list[ScoreNote]] = field(default_factory=lambda: {"right": [], "left": []})
    lost: int = 0

    def at(self, onset: Fraction) -> None:
        """Let go of what has ended."""
        for hand, notes in self.held.items():
            self.held[hand] = [note for note in notes if note.end > onset]

    def play(self, note: ScoreNote, hand: str, *, first: bool = False) -> bool:
        """Play a note with a hand if it can reach it, letting go of older notes; tell whether it could.

        Parameters
        ----------
        first : bool
            Whether older notes that are too close to it in the depth give way to it; other notes are not played there.
        """
        struck = [n for n in self.held[hand] if n.onset == note.onset]
        if len(struck) >= FINGERS or any(abs(n.pitch.midi - note.pitch.midi) > SPAN for n in struck) or self._twice(note):
            return False
        close = [(name, old) for name, notes in self.held.items() for old in notes if _muddy(old, note)]
        if close and (not first or any(old.onset == note.onset for _, old in close)):
            return False
        for name, old in close:
            self._release(old, name, note.onset)
        for old in [n for n in self.held[hand] if n.onset < note.onset]:
            if abs(old.pitch.midi - note.pitch.midi) > SPAN or old.pitch.midi == note.pitch.midi or len(self.held[hand]) >= FINGERS:
                self._release(old, hand, note.onset)
        for other in self.held.values():
            for old in [n for n in other if n.pitch.midi == note.pitch.midi]:
                self._release(old, "right" if old in self.held["right"] else "left", note.onset)
        self.held[hand].append(note)
        self.done.append(note)
        return True

    def sounds(self, note: ScoreNote) -> bool:
        """Tell whether a note of that name is held or struck already, so that leaving it out drops a doubling only."""
        return any(n.pitch.midi % 12 == note.pitch.midi % 12 for notes in self.held.values() for n in notes)

    def _twice(self, note: ScoreNote) -> bool:
        return any(n.pitch.midi == note.pitch.midi and n.onset == note.onset for notes in self.held.values() for n in notes)

    def _release(self, note: ScoreNote, hand: str, at: Fraction) -> None:
        self.held[hand].remove(note)
        self.done.remove(note)
        if at - note.onset >= SHORTEST:
            self.done.append(replace(note, duration=at - note.onset))


def reduce(lines: Iterable[Line], instrument: Instrument) -> tuple[tuple[ScoreNote, ...], int]:
    """Return the notes of all lines as two hands play them, and how many found no finger.

    At most five notes a hand, none more than a ninth apart; melody first, then bass, then what fills. An older note is let go
    where the hand must move on, as a pedal lets it. What is out of reach, or too close in the depth, moves by octaves; what no octave
    has room for is rolled, a thirty-second later; what is left out is a doubling, as far as can be. Percussion is left out.

    Parameters
    ----------
    lines : iterable of Line
    instrument : Instrument
        The keyboard; nothing leaves its range.
    """
    events = [(note, line.role) for line in lines if line.role in _FIRST for note in line.notes]
    events.sort(key=lambda event: (event[0].onset, _FIRST.index(event[1]), -event[0].pitch.midi))
    hands = Hands()
    places = [onset for onset, _ in groupby(events, key=lambda event: event[0].onset)]
    rooms = (following - onset for onset, following in pairwise([*places, *(onset + 1 for onset in places[-1:])]))
    for (onset, group), room in zip(groupby(events, key=lambda event: event[0].onset), rooms, strict=True):
        hands.at(onset)
        _together(hands, list(group), instrument, room)
    return tuple(sorted(hands.done, key=lambda n: (n.onset, n.pitch.midi))), hands.lost


def _together(hands: Hands, group: Sequence[tuple[ScoreNote, str]], instrument: Instrument, room: Fraction) -> None:
    """Play what begins together; ``room`` is how many quarters there are until something else begins."""
    split = _split([note.pitch.midi for note, role in group if role == "melody"])
    late = []
    for note, role in group:
        spare = role != "melody" and hands.sounds(note)
        tries = _moved(note, _OCTAVES[:1] if spare else _OCTAVES, instrument)
        if not any(_either(hands, moved, split, first=role in _DEAR) for moved in tries) and not hands.sounds(note):
            late.append(note)
    rolled = [_rolled(note) for note in late if note.duration > 2 * SHORTEST < 2 * room]
    played = [any(_either(hands, moved, split) for moved in _moved(note, _OCTAVES, instrument)) for note in rolled]
    hands.lost += len(late) - sum(played)


def _rolled(note: ScoreNote) -> ScoreNote:
    return replace(note, onset=note.onset + SHORTEST, duration=note.duration - SHORTEST)


def _muddy(one: ScoreNote, other: ScoreNote) -> bool:
    low, high = sorted((one.pitch.midi, other.pitch.midi))
    return too_close(low, high)


def _split(melody: Sequence[int]) -> float:
    """Return where the hands part: just under the melody, else at middle C."""
    if melody and min(melody) > 52:
        return min(melody) - 5
    return 59.5


def _moved(note: ScoreNote, octaves: Iterable[int], instrument: Instrument) -> Iterable[ScoreNote]:
    for octave in octaves:
        pitch = note.pitch.octaves(octave)
        if instrument.low <= pitch.midi <= instrument.high:
            yield replace(note, pitch=pitch) if octave else note


def _either(hands: Hands, note: ScoreNote, split: float, *, first: bool = False) -> bool:
    near, far = ("right", "left") if note.pitch.midi >= split else ("left", "right")
    return hands.play(note, near, first=first) or hands.play(note, far, first=first)
