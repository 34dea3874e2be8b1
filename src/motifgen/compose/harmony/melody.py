"""Melody notes as harmony hears them: where they stand, how they are reached and left, and what may be foreign to the chord."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from motifgen.theory.pitch import Pitch
from motifgen.theory.time import Span

FOREIGN = ("passing", "neighbor", "suspension", "appoggiatura", "anticipation", "escape")
UNEXPLAINED = (3.5, 4.5, 4.5, 9.0, 10.0)
_COST = {
    "passing": (0.1, 0.15, 0.5, 0.95, 1.15),
    "neighbor": (0.12, 0.18, 0.6, 1.05, 1.25),
    "suspension": (0.4, 0.4, 0.5, 0.6, 0.65),
    "appoggiatura": (0.55, 0.6, 0.85, 1.05, 1.15),
    "anticipation": (0.3, 0.4, 1.2, 3.0, 3.0),
    "escape": (0.5, 0.6, 1.3, 3.0, 3.0),
}


class MelodyNote(NamedTuple):
    """One sounding note: onset and duration in quarters, the spelled pitch."""

    onset: Fraction
    duration: Fraction
    pitch: Pitch

    @property
    def end(self) -> Fraction:
        """Return where the note ends."""
        return self.onset + self.duration


class Heard(NamedTuple):
    """A note with its surroundings.

    Parameters
    ----------
    note : MelodyNote
    weight : int
        Metrical weight, 0 to 4.
    came, goes : int or None
        Semitones from the note before and to the note after, where there is one.
    share : float
        How much the chord must heed it: 1 for the tune, less for lines beside it.
    """

    note: MelodyNote
    weight: int
    came: int | None
    goes: int | None
    share: float = 1.0

    @property
    def foreign(self) -> tuple[str, ...]:
        """Return the kinds of non-chord tone that the melody's motion allows here."""
        return tuple(sorted(_kinds(self)))

    def cost(self, beat: Fraction) -> float:
        """Return what it costs when the note is foreign to the chord but recognised, or unexplained when no kind applies."""
        prices = [_COST[kind][self.weight] for kind in self.foreign]
        price = min([*prices, UNEXPLAINED[self.weight]])
        return price * min(1.5, 0.6 + 0.4 * float(self.note.duration / beat))


def heard(notes: Sequence[MelodyNote], weights: Sequence[int], share: float = 1.0) -> tuple[Heard, ...]:
    """Return every note with its surroundings; a rest longer than a quarter parts neighbours."""
    found = []
    for at, note in enumerate(notes):
        before = notes[at - 1] if at and note.onset - notes[at - 1].end <= 1 else None
        after = notes[at + 1] if at + 1 < len(notes) and notes[at + 1].onset - note.end <= 1 else None
        came = note.pitch.semitones - before.pitch.semitones if before else None
        goes = after.pitch.semitones - note.pitch.semitones if after else None
        found.append(Heard(note, weights[at], came, goes, share))
    return tuple(found)


def recognized(one: Heard, chord: Collection[int], resolution: Collection[int]) -> str | None:
    """Return what a note is over a chord: ``"chord"``, a kind of `FOREIGN` note, or ``None`` when nothing explains it.

    Parameters
    ----------
    chord, resolution : Collection[int]
        Pitch classes of the chord at the note's onset, and of the one that sounds when the next note enters.
    """
    if one.note.pitch.semitones % 12 in chord:
        return "chord"
    settled = one.goes is not None and (one.note.pitch.semitones + one.goes) % 12 in resolution
    kinds = [kind for kind in one.foreign if settled or kind == "escape"]
    return min(kinds, key=lambda kind: _COST[kind][one.weight], default=None)


def within(sounding: Sequence[Heard], span: Span, weight: int) -> tuple[Heard, ...]:
    """Return the notes that begin in a slot, after one that is held over into it, if any."""
    first = bisect_left(sounding, span.start, key=_onset)
    return between(sounding, (first, bisect_left(sounding, span.end, lo=first, key=_onset)), span, weight)


def between(sounding: Sequence[Heard], places: tuple[int, int], span: Span, weight: int) -> tuple[Heard, ...]:
    """Return what `within` does, where the places of the first note that begins in the slot and of the first after it are known."""
    first, until = places
    held = [_held(one, span, weight) for one in sounding[max(0, first - 1) : first] if span.start < one.note.end]
    return (*held, *sounding[first:until])


def _held(one: Heard, span: Span, weight: int) -> Heard:
    """Return the rest of a note that is held into a slot: a suspension where the beat is stronger than its own, else what it was."""
    rest = MelodyNote(span.start, one.note.end - span.start, one.note.pitch)
    return Heard(rest, max(weight, one.weight), 0 if weight > one.weight else one.came, one.goes, one.share)


def _onset(one: Heard) -> Fraction:
    return one.note.onset


def _kinds(one: Heard) -> list[str]:
    stepped = one.came is not None and 0 < abs(one.came) <= 2
    steps = one.goes is not None and 0 < abs(one.goes) <= 2
    kinds = []
    if stepped and steps:
        kinds.append("passing" if (one.came or 0) * (one.goes or 0) > 0 else "neighbor")
    if one.came == 0 and steps:
        kinds.append("suspension")
    if steps and not stepped:
        kinds.append("appoggiatura")
    if one.goes == 0 and one.weight < 3:
        kinds.append("anticipation")
    if stepped and one.goes is not None and not steps and one.goes and one.weight < 3:
        kinds.append("escape")
    return kinds
