"""The harmony engine apart from scenes: chords for any melody, the best of several, darker and lighter versions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan
from motifgen.compose.harmony.dialect import Dialect, dialect
from motifgen.compose.harmony.melody import Heard, MelodyNote, between, heard
from motifgen.compose.harmony.rhythm import grid, is_due
from motifgen.compose.harmony.search import solve
from motifgen.compose.harmony.slots import Slot, spans_of
from motifgen.errors import RangeError
from motifgen.motif.motif import Motif
from motifgen.theory.chord import Chord, DegreeChord
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span

HALF_SECOND, ACCENTED = Fraction(1, 2), 3
Mood = Affect | Callable[[Fraction], Affect]


def reharmonise(  # noqa: PLR0913 - one argument for each thing that bears on harmony
    melody: Motif | Sequence[MelodyNote],
    key: Key | None = None,
    meter: Meter | None = None,
    affect: Mood | None = None,
    style: str = "classical",
    *,
    pickup: Fraction = Fraction(0),
    fixed: Mapping[Fraction, Chord] | None = None,
    goals: Mapping[Fraction, str] | None = None,
    n: int = 1,
) -> tuple[tuple[ChordSpan, ...], ...]:
    """Return the ``n`` best distinct harmonisations of a melody, best first.

    Parameters
    ----------
    melody : Motif or Sequence[MelodyNote]
        It stays as it is.
    key : Key, optional
        Default: the motif's own; for bare notes the key that fits best, its mode chosen by the valence where several fit.
    meter : Meter, optional
        Default: the motif's own, or 4/4.
    affect : Affect or callable, optional
        What is asked, the same throughout or by place in quarters; default calm and neutral.
    style : str
        A harmonic dialect.
    pickup : Fraction
        Quarters before the first bar line, for bare notes.
    fixed : Mapping[Fraction, Chord], optional
        Chords that stay, by the place from which they stand; each until the next place or the next bar line.
    goals : Mapping[Fraction, str], optional
        Cadences, by the place where the phrase ends; an empty name leaves the choice open.
    n : int
        How many, at least 1; fewer come back where no more exist.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> tune = [MelodyNote(Fraction(i), Fraction(1), Pitch.parse(p)) for i, p in enumerate("C5 D5 E5 C5 F5 E5 D5 B4 C5".split())]
    >>> spans = reharmonise(tune, Key.parse("C major"), style="classical", goals={Fraction(9): "authentic"})[0]
    >>> str(spans[-1].chord)
    'C'
    """
    if n < 1:
        raise RangeError(f"{n} harmonisations are asked; accepted: at least 1")
    slots = melody_slots(melody, key, meter, affect, style, pickup=pickup, fixed=fixed, goals=goals)
    beat = (meter or (melody.meter if isinstance(melody, Motif) else Meter(4, 4))).beat
    return tuple(spans_of(slots, chords) for chords in solve(slots, dialect(style), beat, n))


def melody_slots(  # noqa: PLR0913 - those of `reharmonise`
    melody: Motif | Sequence[MelodyNote],
    key: Key | None = None,
    meter: Meter | None = None,
    affect: Mood | None = None,
    style: str = "classical",
    *,
    pickup: Fraction = Fraction(0),
    fixed: Mapping[Fraction, Chord] | None = None,
    goals: Mapping[Fraction, str] | None = None,
) -> tuple[Slot, ...]:
    """Return the places of a melody where a chord may change, with all that bears on it; the parameters are those of `reharmonise`.

    Examples
    --------
    >>> theme = Motif.parse("D4/q A4/q. G4/e F4/q", key="D minor")
    >>> [str(slot.span.start) for slot in melody_slots(theme)]
    ['0', '1', '2', '3']
    """
    notes, key, meter, pickup = _material(melody, key, meter, pickup)
    if not notes:
        raise RangeError("the melody has no sounding notes; accepted: at least one")
    mood = affect if callable(affect) else _always(affect or Affect())
    song = _Song(notes, key or best_key(notes, mood(notes[0].onset)), meter, pickup, mood, fixed or {}, goals or {})
    return _slots(song, dialect(style))


def _always(affect: Affect) -> Callable[[Fraction], Affect]:
    return lambda _: affect


def _material(
    melody: Motif | Sequence[MelodyNote], key: Key | None, meter: Meter | None, pickup: Fraction
) -> tuple[tuple[MelodyNote, ...], Key | None, Meter, Fraction]:
    if isinstance(melody, Motif):
        notes = tuple(MelodyNote(*note) for note in melody.sounding(key))
        return notes, key or melody.key, meter or melody.meter, melody.pickup
    return tuple(melody), key, meter or Meter(4, 4), pickup


def best_key(notes: Sequence[MelodyNote], affect: Affect) -> Key:
    """Return the key, major or minor, whose scale holds most of the melody; its ends count for the tonic, its valence for the mode."""
    names = {note.pitch.pitch_class for note in notes}
    tonics = sorted({name for one in names for name in (one,)}, key=lambda name: (name.fifths, name.step))
    keys = [Key.parse(f"{tonic} {mode}") for tonic in tonics for mode in ("major", "minor")]
    return max(keys, key=lambda key: round(_suits(key, notes, affect), 6))


def _suits(key: Key, notes: Sequence[MelodyNote], affect: Affect) -> float:
    scale, triad = set(key.scale), {key.scale[0], key.scale[2], key.scale[4]}
    score = sum(float(note.duration) * ((note.pitch.pitch_class in scale) + 0.3 * (note.pitch.pitch_class in triad)) for note in notes)
    whole = sum(float(note.duration) for note in notes)
    ends = 0.25 * (notes[-1].pitch.pitch_class == key.tonic) + 0.08 * (notes[0].pitch.pitch_class in triad)
    return score / whole + ends + 0.06 * affect.valence * (-1 if key.mode.minor else 1)


class _Song(NamedTuple):
    """A melody with all that is asked of its harmony."""

    notes: tuple[MelodyNote, ...]
    key: Key
    meter: Meter
    pickup: Fraction
    mood: Callable[[Fraction], Affect]
    fixed: Mapping[Fraction, Chord]
    goals: Mapping[Fraction, str]

    @property
    def origin(self) -> Fraction:
        """Return where a bar line lies."""
        start = self.notes[0].onset
        return start + self.pickup if self.pickup else start - start % self.meter.bar

    def chord_at(self, at: Fraction) -> DegreeChord | None:
        """Return the chord that was fixed for a place."""
        place = max((place for place in self.fixed if place <= at), default=None)
        if place is None or at >= place - (place - self.origin) % self.meter.bar + self.meter.bar:
            return None
        return DegreeChord.of(self.fixed[place], self.key)


def _slots(song: _Song, speech: Dialect) -> tuple[Slot, ...]:
    notes, meter, origin = song.notes, song.meter, song.origin
    start, end, last = notes[0].onset, max(note.end for note in notes), notes[-1].onset
    sounding = heard(notes, [meter.weight(note.onset - origin) for note in notes])
    places = sorted({start, *grid(start, end, origin, meter, speech.grid), *(at for at in song.fixed if start <= at < end)})
    goals, ends = _goals(song, places)
    lefts, firsts = _left(ends, len(places)), _firsts(sounding, [*places, end])
    slots = []
    for number, (at, until) in enumerate(pairwise([*places, end])):
        affect, weight, span = song.mood(at), meter.weight(at - origin), Span(at, until)
        slots.append(
            Slot(
                span=span,
                key=song.key,
                affect=affect,
                weight=weight,
                notes=between(sounding, (firsts[number], firsts[number + 1]), span, weight),
                fixed=song.chord_at(at) if song.fixed else None,
                due=at <= last
                and _moving(sounding, firsts[number], at, weight, meter)
                and is_due(at - origin, meter, affect, speech.rhythm, HALF_SECOND),
                left=lefts[number],
                goal=goals.get(number, ""),
                after_gap=not number,
            )
        )
    return tuple(slots)


def _firsts(sounding: Sequence[Heard], places: Sequence[Fraction]) -> list[int]:
    """Return for every place, in order of time, which note is the first that begins there or later."""
    found, at = [], 0
    for place in places:
        while at < len(sounding) and sounding[at].note.onset < place:
            at += 1
        found.append(at)
    return found


def _left(ends: Sequence[int], count: int) -> list[int]:
    """Return for every slot how many are left to the end of its phrase."""
    stops = [bisect_left(ends, number) for number in range(count)]
    return [ends[stop] - number if stop < len(ends) else 3 for number, stop in enumerate(stops)]


def _moving(sounding: Sequence[Heard], first: int, at: Fraction, weight: int, meter: Meter) -> bool:
    """Tell whether chords may go on changing at a place: not off the accents under a note that has stood for two beats already."""
    if weight >= ACCENTED or (first < len(sounding) and sounding[first].note.onset == at):
        return True
    return at - sounding[max(first - 1, 0)].note.onset < 2 * meter.beat


def _goals(song: _Song, places: Sequence[Fraction]) -> tuple[dict[int, str], list[int]]:
    """Return by slot the cadence that a phrase's last note asks for there, and the last slot of every phrase."""
    goals, onsets = {}, [note.onset for note in song.notes]
    for place, goal in song.goals.items():
        onset = onsets[max(bisect_left(onsets, place) - 1, 0)]
        goals[bisect_right(places, onset) - 1] = goal
    return goals, sorted(bisect_left(places, place) - 1 for place in song.goals) or [len(places) - 1]
