"""Inner voices: what makes a held chord of four voices four lines, and not a row of blocks.

A voice that falls by step is suspended, one that goes by third passes through what lies between, and where a chord stands still an inner
voice leans on its neighbor and comes back (after J. J. Fux, *Gradus ad Parnassum*, 1725, on the second and fourth species; that under
words nothing but inner voices moves is an arranger's rule).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from motifgen.compose.desk import ChordSpan, ScoreNote
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import steps
from motifgen.theory.pitch import Pitch

_STEP, _THIRD = (1, 2), (3, 4)
_RUBS = frozenset({1, 11, 13})
_OFTEN, _QUIETER = 0.75, 0.5  # how often something moves that may, at most, and by how much less under words
_QUICK = 0.42  # seconds of a beat below which moves last two of them
_LEANING = 0.04
_SOFT, _UNDER_WORDS = 0.8, 0.6  # of the moment's dynamic, what chords are held at


class _Move(NamedTuple):
    """A note that takes the place of a voice's own from one place up to another."""

    voice: int
    start: Fraction
    end: Fraction
    pitch: Pitch


def moving(
    loom: Loom, spans: Sequence[ChordSpan], led: Sequence[Sequence[Pitch]], sung: Sequence[ScoreNote], *, rooted: bool
) -> list[ScoreNote]:
    """Return voicings as held notes whose inner voices move, at most one of them at a time.

    Parameters
    ----------
    spans : sequence of ChordSpan
    led : sequence of sequence of Pitch
        A voicing for each span, lowest first.
    sung : sequence of ScoreNote
        The melody above or below: nothing that moves rubs against it, and a resolution is not sung beforehand.
    rooted : bool
        Whether the lowest voice is the bass, which only walks where the harmony does.
    """
    notes: list[ScoreNote] = []
    late: _Move | None = None
    for at, item in enumerate(spans):
        following = led[at + 1] if at + 1 < len(spans) and spans[at + 1].span.start == item.span.end else ()
        place = _Place(loom, spans, led, at, tuple(sung), int(rooted))
        own = None if late else _chosen(place, following)
        waits = _suspended(place, following) if following and not (own and own.end == item.span.end) else None
        notes = _joined(notes, _voiced(loom, item, led[at], [move for move in (late, own) if move]), _longest(loom, item))
        late = waits
    return notes


class _Place(NamedTuple):
    """A chord among its neighbors, and what is sung beside it; ``lowest`` is the first voice that may move."""

    loom: Loom
    spans: Sequence[ChordSpan]
    led: Sequence[Sequence[Pitch]]
    at: int
    sung: tuple[ScoreNote, ...]
    lowest: int

    @property
    def item(self) -> ChordSpan:
        """Return the chord."""
        return self.spans[self.at]

    @property
    def moment(self) -> Moment:
        """Return the bar in which the chord begins."""
        return self.loom.moment(self.item.span.start)

    @property
    def unit(self) -> Fraction:
        """Return how long a move lasts: a beat, or two of a quick meter."""
        return self.moment.bar.meter.beat * (2 if self.moment.pace < _QUICK else 1)

    def likely(self, kind: str) -> bool:
        """Draw whether something moves here: oftener in a style that keeps its players busy and where it is tense, less under words."""
        felt = min(0.35 + 0.4 * self.loom.palette.density + 0.25 * self.moment.affect.tension, _OFTEN)
        return self.loom.chance("inner", kind, self.item.span.start).unit() < felt * (_QUIETER if self.moment.spoken > 0 else 1)

    def over(self, start: Fraction, end: Fraction) -> list[Pitch]:
        """Return what is sung from one place up to another."""
        begin, until = float(start), float(end)
        return [note.pitch for note in self.sung if note.quarters[0] < until and begin < note.quarters[1]]


def _suspended(here: _Place, following: Sequence[Pitch]) -> _Move | None:
    """Return a note that is held over into the next chord and falls into it a beat later, if a voice can wait and nothing tells before."""
    item, voicing = here.spans[here.at + 1], here.led[here.at]
    after = _Place(here.loom, here.spans, here.led, here.at + 1, here.sung, here.lowest)
    unit = after.unit
    if len(voicing) != len(following) or item.span.length < 2 * unit or here.item.span.length < unit or not after.likely("suspension"):
        return None
    start, end = item.span.start, item.span.start + unit
    above = after.over(start, end)
    for voice in range(len(voicing) - 1, max(here.lowest, 0) - 1, -1):
        held, goal = voicing[voice], following[voice]
        others = [pitch for n, pitch in enumerate(following) if n != voice]
        told = any(pitch.midi % 12 == goal.midi % 12 for pitch in (*others[1:], *above))
        if held.midi - goal.midi in _STEP and held.midi % 12 not in item.chord.semitones and not told and not _rubs(held, above):
            return _Move(voice, start, end, held)
    return None


def _chosen(here: _Place, following: Sequence[Pitch]) -> _Move | None:
    """Return a passing note to the next chord, or a neighbor where the chord stands long, or nothing."""
    length, unit = here.item.span.length, here.unit
    if length < 2 * unit or not here.likely("move"):
        return None
    passing = _passing(here, following) if len(following) == len(here.led[here.at]) else None
    return passing or (_neighbor(here) if length >= 3 * unit else None)


def _inside(here: _Place) -> range:
    """Return the voices that may pass and lean: those between the outer ones."""
    return range(len(here.led[here.at]) - 2, max(here.lowest, 1) - 1, -1)


def _passing(here: _Place, following: Sequence[Pitch]) -> _Move | None:
    item, voicing, end = here.item, here.led[here.at], here.item.span.end
    start = end - here.unit
    for voice in _inside(here):
        low, high = sorted((voicing[voice], following[voice]), key=lambda pitch: pitch.midi)
        if high.midi - low.midi in _THIRD:
            between = [p for p in steps(item.key, item.chord, low.midi + 1, high.midi - 1) if _free(here, voice, p, start, end)]
            if between:
                return _Move(voice, start, end, between[len(between) // 2])
    return None


def _neighbor(here: _Place) -> _Move | None:
    """Return a neighbor in the middle of a chord that stands still: above by preference, for one move's length."""
    item, unit = here.item, here.unit
    start = item.span.start + unit * (item.span.length // unit // 2)
    end = start + unit
    if end >= item.span.end:
        return None
    for voice in _inside(here):
        own = here.led[here.at][voice]
        around = steps(item.key, item.chord, own.midi - 2, own.midi + 2)
        near = sorted((p for p in around if p.midi != own.midi and _free(here, voice, p, start, end)), key=lambda p: (-p.midi, p.steps))
        if near:
            return _Move(voice, start, end, near[0])
    return None


def _free(here: _Place, voice: int, pitch: Pitch, start: Fraction, end: Fraction) -> bool:
    """Tell whether a note lies between its neighboring voices and rubs against nobody."""
    voicing = here.led[here.at]
    others = [own for n, own in enumerate(voicing) if n != voice]
    if any(own.midi == pitch.midi for own in others) or not voicing[voice - 1].midi < pitch.midi < voicing[voice + 1].midi:
        return False
    return not _rubs(pitch, (*others, *here.over(start, end)))


def _rubs(pitch: Pitch, others: Sequence[Pitch]) -> bool:
    return any(abs(pitch.midi - other.midi) in _RUBS for other in others)


def _voiced(loom: Loom, item: ChordSpan, voicing: Sequence[Pitch], moves: Sequence[_Move]) -> list[ScoreNote]:
    """Return the notes of one chord, those of moving voices cut where they move."""
    level = round(max(loom.loud(item.span.start) * (_UNDER_WORDS if loom.under_words(item.span.start) else _SOFT), 0.05), 4)
    notes: list[ScoreNote] = []
    for voice, pitch in enumerate(voicing):
        move = next((move for move in moves if move.voice == voice), None)
        notes.extend(_parts(item, pitch, level, move))
    return sorted(notes, key=lambda note: (note.onset, note.pitch.midi))


def _parts(item: ChordSpan, pitch: Pitch, level: float, move: _Move | None) -> Iterator[ScoreNote]:
    start, end = item.span.start, item.span.end
    if move is None:
        yield ScoreNote(start, end - start, pitch, level)
        return
    if move.start > start:
        yield ScoreNote(start, move.start - start, pitch, level)
    yield ScoreNote(move.start, move.end - move.start, move.pitch, round(min(level + _LEANING, 1.0), 4))
    if move.end < end:
        yield ScoreNote(move.end, end - move.end, pitch, level)


def _longest(loom: Loom, item: ChordSpan) -> Fraction:
    return loom.moment(item.span.start).bar.meter.bar * 2


def _joined(notes: list[ScoreNote], new: Sequence[ScoreNote], longest: Fraction) -> list[ScoreNote]:
    """Return the notes with new ones; a pitch that stays is held on, up to two bars."""
    first = max(len(notes) - 12, 0)
    ends = {(note.end, note.pitch): at for at, note in enumerate(notes[first:], start=first)}
    for note in new:
        at = ends.get((note.onset, note.pitch))
        if at is not None and notes[at].duration + note.duration <= longest:
            notes[at] = replace(notes[at], duration=notes[at].duration + note.duration)
        else:
            notes.append(note)
    return notes
