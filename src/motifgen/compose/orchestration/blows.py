"""Blows: a struck chord is shared out among as many players as it wants, each in its own register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.orchestration.casting import Casting, chairs_by
from motifgen.compose.orchestration.chairs import Chair
from motifgen.compose.orchestration.roster import Roster


def strike(casting: Casting, line: Line) -> int:
    """Give a chord to the players who take hits in this style, the first choices first; return how many play."""
    chairs = [
        chair for chair in _players(casting) if not _themed(casting.roster, chair, float(line.notes[0].onset), float(line.notes[0].end))
    ]
    count = max(round(line.weight * len(chairs)), min(len(line.notes), len(chairs)))
    used: Counter[int] = Counter()
    for chair in chairs[:count]:
        own = _share(chair, line.notes, used)
        if own:
            casting.roster.give(chair, "hit", own)
    return count


def _players(casting: Casting) -> list[Chair]:
    first = list(chairs_by(casting, casting.palette.choices("hit")))
    rest = [
        chair
        for chair in casting.roster.chairs
        if chair not in first and not chair.instrument.drums and chair.instrument.family != "percussion"
    ]
    return [chair for chair in first if not chair.instrument.drums] + rest


def _themed(roster: Roster, chair: Chair, start: float, end: float) -> bool:
    duties = roster.of(chair)
    return any(d.role in {"melody", "counter"} and d.start < end and start < d.end for d in duties)


def _share(chair: Chair, notes: Sequence[ScoreNote], used: Counter[int]) -> tuple[ScoreNote, ...]:
    """Return the notes that suit a chair: in range, near its middle, and not yet played by many; keyboards take several."""
    instrument = chair.instrument
    middle = (instrument.sweet_low + instrument.sweet_high) / 2
    inside = [note for note in notes if instrument.low <= note.pitch.midi <= instrument.high]
    ranked = sorted(inside, key=lambda n: (abs(n.pitch.midi - middle) + 6 * used[n.pitch.midi], n.pitch.midi))
    many = min(instrument.polyphony, 5) if instrument.polyphony > 2 else 1
    chosen = _graspable(ranked[:many], 14 if many > 1 else 0)
    used.update(note.pitch.midi for note in chosen)
    return tuple(sorted(chosen, key=lambda n: n.pitch.midi))


def _graspable(notes: Sequence[ScoreNote], span: int) -> list[ScoreNote]:
    if not span or not notes:
        return list(notes)
    first = notes[0].pitch.midi
    return [note for note in notes if abs(note.pitch.midi - first) <= span]
