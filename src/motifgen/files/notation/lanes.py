"""A bar's strands reduced to what a short score shows: melody and second theme, held harmony, figuration, bass.

What doubles another strand in any octave adds its name, not its notes; chords have at most four notes a staff.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.files.notation.strands import Played
from motifgen.files.notation.voices import Chord
from motifgen.sketch.score import StaffBar, StaffNote

_LEADING = ("melody", "counter")
_LOW = 57
_DOUBLED = 0.7
_NEAR = 24
_REACH = 16
#: Lane -> (lowest and highest key, most notes of a chord).
_ROOM = {
    "melody": (48, 96, 2),
    "second": (45, 96, 2),
    "held": (50, 81, 4),
    "figure": (50, 88, 3),
    "bass": (24, 62, 2),
    "under": (30, 64, 2),
}


@dataclass(frozen=True, slots=True)
class Lane:
    """What one voice of a short score does in a bar, and the parts that play it."""

    name: str
    chords: tuple[tuple[StaffNote, ...], ...]
    parts: tuple[str, ...]


def lanes(played: Sequence[Played], bar: StaffBar) -> Iterator[Lane]:
    """Yield the lanes of a bar: ``melody second held figure bass under``, those that there are."""
    rest = list(played)
    for name, group in zip(("melody", "second"), _leaders(rest), strict=False):
        rest = [each for each in rest if each not in group]
        yield _lane(name, group, bar)
    low = [each for each in rest if each.height < _LOW]
    if low:
        ground = min(low, key=lambda each: (each.strand.part.role != "bass", each.height))
        group = [ground, *(each for each in rest if each is not ground and _doubles(each, ground))]
        rest = [each for each in rest if each not in group]
        yield _lane("bass", group, bar)
    held = [each for each in rest if each.sustained]
    if held:
        yield _lane("held", held, bar)
    free = {"figure", "under"}
    for group in _rhythms([each for each in rest if not each.sustained]):
        name = "figure" if sum(each.height for each in group) / len(group) >= _LOW else "under"
        if name in free:
            free.remove(name)
            yield _lane(name, group, bar)


def _leaders(played: Sequence[Played]) -> list[list[Played]]:
    """Return the strands of the two weightiest statements of a bar; without one, those of its leading player and who doubles it."""
    numbers = sorted({each.strand.statement for each in played if each.strand.statement >= 0})
    groups = [[each for each in played if each.strand.statement == number] for number in numbers]
    if groups:
        return sorted(groups, key=lambda group: -round(sum(each.weight for each in group), 6))[:2]
    leading = [each for each in played if each.strand.part.role in _LEADING]
    if not leading:
        return []
    first = max(leading, key=lambda each: (each.strand.part.role == "melody", each.height))
    return [[first, *(each for each in played if each is not first and _doubles(each, first))]]


def _doubles(one: Played, other: Played) -> bool:
    """Tell whether a strand goes with another, in any octave; a single held note does so only within two octaves."""
    names, others = one.names(), other.names()
    near = len(names) > 1 or abs(one.height - other.height) <= _NEAR
    return near and len(names & others) >= _DOUBLED * len(names)


def _rhythms(played: Sequence[Played]) -> list[list[Played]]:
    """Return strands grouped by common rhythm, the weightiest group first."""
    groups: dict[tuple[Fraction, ...], list[Played]] = {}
    for each in played:
        groups.setdefault(each.rhythm, []).append(each)
    return sorted(groups.values(), key=lambda group: -round(sum(each.weight for each in group), 6))


def _lane(name: str, group: Sequence[Played], bar: StaffBar) -> Lane:
    notes = [note for each in group for note in each.notes]
    parts = tuple(dict.fromkeys(each.strand.part.name for each in group))
    low, high, most = _ROOM[name]
    whole = name == "held"
    chords = [reduced(chord, low, high, most, once=whole) for chord in _slices(notes, bar, whole=whole)]
    return Lane(name, tuple(map(tuple, chords)), parts)


def _slices(notes: Sequence[StaffNote], bar: StaffBar, *, whole: bool) -> Iterator[list[StaffNote]]:
    """Yield a chord for every place where notes begin; a ``whole`` one has what is held from before too."""
    onsets = sorted({max(note.onset, bar.start) for note in notes})
    for number, onset in enumerate(onsets):
        begun = [note for note in notes if max(note.onset, bar.start) == onset]
        sounding = [note for note in notes if note.onset <= onset < note.end] if whole else begun
        end = min(max(note.end for note in begun), bar.end, *onsets[number + 1 : number + 2])
        yield [replace(note, onset=onset, duration=end - onset) for note in sounding]


def reduced(notes: Iterable[StaffNote], low: int, high: int, most: int, *, once: bool = False) -> list[StaffNote]:
    """Return notes as a chord that reads: moved by octaves into the room, none twice, at most so many, the top one among them.

    With ``once`` no name is kept in two octaves.

    Examples
    --------
    >>> from motifgen.theory.pitch import Pitch
    >>> notes = [StaffNote(Fraction(0), Fraction(1), Pitch.parse(name), 0.5) for name in ("C2", "G3", "E4", "C5", "G5", "C6")]
    >>> [str(note.pitch) for note in reduced(notes, 50, 81, 4, once=True)]
    ['E4', 'C5', 'G5']
    """
    found: dict[int, StaffNote] = {}
    for note in notes:
        octaves = -(-max(low - note.pitch.midi, 0) // 12) - -(-max(note.pitch.midi - high, 0) // 12)
        placed = replace(note, pitch=note.pitch.octaves(octaves)) if octaves else note
        found.setdefault(placed.pitch.midi, placed)
    kept: list[StaffNote] = []
    for key in sorted(found, reverse=True):
        doubled = once and any((key - other.pitch.midi) % 12 == 0 for other in kept)
        if len(kept) < most and not doubled and (not kept or kept[0].pitch.midi - key <= _REACH):
            kept.append(found[key])
    return kept[::-1]


def joined(found: Iterable[Chord], held: frozenset[tuple[Fraction, int]]) -> list[Chord]:
    """Return chords of a lane with those joined that a bar line alone has cut: the same notes, begun before it."""
    made: list[Chord] = []
    for chord in found:
        before = made[-1] if made else []
        same = {note.pitch for note in before} == {note.pitch for note in chord}
        if before and same and before[0].end == chord[0].onset and all((note.onset, note.pitch.midi % 12) in held for note in chord):
            made[-1] = [replace(note, duration=note.duration + chord[0].duration) for note in before]
        else:
            made.append(chord)
    return made
