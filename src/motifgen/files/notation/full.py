"""The full score: a staff for every player, two for keyboards, as they would read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from motifgen.files.notation.clefs import clefs, customs
from motifgen.files.notation.dynamics import dynamics, hairpins
from motifgen.files.notation.groups import Accents, groups
from motifgen.files.notation.hands import gathered, hands
from motifgen.files.notation.heading import headings, themes
from motifgen.files.notation.naming import readable
from motifgen.files.notation.phrasing import BLOWN, breaths, directions, slurs
from motifgen.files.notation.signatures import head, minors, shared, signatures, transposed
from motifgen.files.notation.staff import Sheet, Staff
from motifgen.files.notation.tempi import tempi
from motifgen.files.notation.voices import barred, beaten, tidied, voices
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart, StaffText
from motifgen.theory.pitch import Interval

_RINGING = frozenset({"keys", "plucked", "percussion"})
_LONG = Fraction(2)
_HOMES = {"RH": "treble", "LH": "bass"}


def full_score(score: Score) -> Sheet:
    """Return the full score of what was composed, transposed for those who play it."""
    score = readable(score)
    keys, names, accents = signatures(score), themes(score), groups(score)
    staves = [
        staff
        for number, part in enumerate(score.parts)
        for staff in _staves(part, Ground(score.bars, keys, accents, number), names.get(part.name, ()))
    ]
    marks, words = tempi(score.bars)
    texts = sorted((*headings(score), *words), key=lambda text: text.at)
    return Sheet(score.bars, tuple(staves), tuple(texts), marks, minors(score), accents)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a staff is laid out over: the bars, their sounding key signatures and groups, the number of the part."""

    bars: tuple[StaffBar, ...]
    keys: tuple[int, ...]
    accents: tuple[Accents, ...]
    part: int


def _staves(part: StaffPart, ground: Ground, names: tuple[StaffText, ...]) -> Iterator[Staff]:
    end = ground.bars[-1].end if ground.bars else Fraction(0)
    notes = tuple(replace(note, duration=min(note.end, end) - note.onset) for note in part.notes if note.onset < end)
    if not part.keyboard:
        yield laid_out(part, notes, ground, names)
        return
    right, left = hands(notes)
    marks = dynamics(notes, ground.bars)
    upper, lower = laid_out(part, right, ground, names, "RH"), laid_out(part, left, ground, (), "LH")
    above = _within(marks, upper.notes)
    yield replace(upper, dynamics=above, hairpins=hairpins(above, upper.notes, ground.bars))
    yield replace(lower, dynamics=tuple(mark for mark in _within(marks, lower.notes) if mark not in above), hairpins=())


def _within(marks: Iterable[tuple[Fraction, str]], notes: Iterable[StaffNote]) -> tuple[tuple[Fraction, str], ...]:
    onsets = {note.onset for note in notes}
    return tuple(mark for mark in marks if mark[0] in onsets)


def laid_out(part: StaffPart, notes: tuple[StaffNote, ...], ground: Ground, names: tuple[StaffText, ...], hand: str = "") -> Staff:
    """Return one staff of a part with some of its notes, of a hand (``RH`` or ``LH``) or of all."""
    custom = customs().get(part.instrument)
    drummed = part.clef == "percussion"
    ringing = part.keyboard or part.family in _RINGING
    written, short = (beaten(notes, ground.bars), frozenset[Fraction]()) if drummed else tidied(gathered(notes) if ringing else notes)
    fifths, shifts = shared([(0, Interval(0, 0)) if drummed else transposed(key, part.transposition) for key in ground.keys])
    marks = dynamics(written, ground.bars)
    return Staff(
        name=part.name,
        abbreviation=_abbreviation(part.name, custom.abbreviation if custom else part.name),
        instrument=part.instrument,
        family=part.family,
        program=part.program,
        transposition=part.transposition,
        part=ground.part,
        notes=written,
        voices=barred(voices(written, 1 if drummed else 2), ground.bars, ground.accents),
        clefs=_clefs(written, ground.bars, shifts, _choices(part.clef, custom.clefs if custom else (part.clef,), hand)),
        fifths=fifths,
        shifts=shifts,
        dynamics=marks,
        hairpins=hairpins(marks, written, ground.bars),
        slurs=slurs(written, ground.bars, part.family),
        breaths=breaths(written, short) if part.family in BLOWN | {"voice"} else frozenset(),
        texts=tuple(sorted((*names, *(directions(written) if part.family == "strings" else ())), key=lambda text: text.at)),
    )


def _choices(clef: str, custom: tuple[str, ...], hand: str) -> tuple[str, ...]:
    home = _HOMES.get(hand, clef)
    return (home, *(each for each in custom if each != home))


def _abbreviation(name: str, usual: str) -> str:
    """Return the short name of a part: with the number that its name has.

    Examples
    --------
    >>> _abbreviation("Violins II", "Vln."), _abbreviation("Solo Cello", "Vc.")
    ('Vln. II', 'Solo Vc.')
    """
    first, *_, last = name.split() * 2
    number = last if last.isdigit() or set(last) <= set("IVX") else ""
    return " ".join(filter(None, ("Solo" if first == "Solo" else "", usual, number)))


def _clefs(notes: Sequence[StaffNote], bars: Sequence[StaffBar], shifts: Sequence[Interval], choices: Sequence[str]) -> tuple[str, ...]:
    if "percussion" in choices:
        return ("percussion",) * len(bars)
    heights: list[list[int]] = [[] for _ in bars]
    starts = [bar.start for bar in bars]
    for note in notes:
        first = bisect_right(starts, note.onset) - 1
        for number in range(first, bisect_right(starts, note.end - Fraction(1, 960))):
            heights[number] += [head(note.pitch, shifts[number]).steps] * (2 if note.duration >= _LONG else 1)
    return clefs(heights, choices)
