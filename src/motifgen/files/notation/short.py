"""The short score: melody, harmony, bass and percussion on three or four staves at sounding pitch, with cues for who plays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from motifgen.files.notation.clefs import clefs
from motifgen.files.notation.cues import cues
from motifgen.files.notation.dynamics import dynamics, hairpins
from motifgen.files.notation.groups import Accents, groups
from motifgen.files.notation.heading import headings, themes
from motifgen.files.notation.lanes import Lane, joined, lanes
from motifgen.files.notation.naming import readable
from motifgen.files.notation.signatures import minors, shared, signatures, transposed
from motifgen.files.notation.staff import Sheet, Staff
from motifgen.files.notation.strands import by_bar, strands
from motifgen.files.notation.tempi import tempi
from motifgen.files.notation.voices import Chord, barred, beaten, ordered
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart
from motifgen.theory.pitch import Interval

#: Staff -> (its lanes, clefs).
_STAVES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Melody": (("melody", "second"), ("treble", "bass", "treble+8")),
    "Harmony": (("held", "figure"), ("treble", "bass")),
    "Bass": (("bass", "under"), ("bass", "treble", "bass-8")),
}


def short_score(score: Score) -> Sheet:
    """Return the short score: what is heard, on three staves and one for percussion if there is any.

    The themes stand on top, whoever plays them; below what harmony is held and what moves in it; below that the bass. Cues name
    the players where they change.
    """
    score = readable(score)
    draft = _Draft.of(score)
    staves = [draft.staff(name, number) for number, name in enumerate(_STAVES)]
    struck = [part for part in score.parts if part.clef == "percussion" and part.notes]
    if struck:
        staves.append(_percussion(struck, score, len(staves)))
    marks, words = tempi(score.bars)
    texts = sorted((*headings(score), *words), key=lambda text: text.at)
    return Sheet(score.bars, tuple(staves), tuple(texts), marks, minors(score), draft.accents)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A score with what every bar of it is reduced to, and (place, pitch class) of what bar lines cut."""

    score: Score
    rows: tuple[tuple[Lane, ...], ...]
    held: frozenset[tuple[Fraction, int]]
    keys: tuple[int, ...]
    accents: tuple[Accents, ...]

    @classmethod
    def of(cls, score: Score) -> _Draft:
        """Reduce every bar of a score."""
        played = by_bar(tuple(strands(score)), score.bars)
        rows = tuple(tuple(lanes(row, bar)) for row, bar in zip(played, score.bars, strict=True))
        over = [(each.bar.start, note) for row in played for each in row for note in each.notes]
        held = frozenset((start, note.pitch.midi % 12) for start, note in over if note.onset < start)
        return cls(score, rows, held, signatures(score), groups(score))

    def staff(self, name: str, number: int) -> Staff:
        """Return a pitched staff of the short score."""
        names, choices = _STAVES[name]
        bars, parts = self.score.bars, {part.name: part for part in self.score.parts}
        lines = [joined(self._chords(lane), self.held) for lane in names]
        notes = tuple(
            sorted((note for line in lines for chord in line for note in chord), key=lambda note: (note.onset, note.pitch.semitones))
        )
        fifths, shifts = shared([transposed(key, 0) for key in self.keys])
        marks = dynamics(notes, bars)
        texts = [text for place, lane in enumerate(names) for text in cues(self.rows, lane, parts, below=place > 0)]
        if name == "Melody":
            texts += [text for each in themes(self.score).values() for text in each]
        return Staff(
            name=name, abbreviation=f"{name[:3]}.", instrument="piano", family="", program=0, transposition=0, part=number,
            notes=notes,
            voices=barred(ordered(lines), bars, self.accents),
            clefs=clefs(_heights(notes, bars), choices), fifths=fifths, shifts=shifts, dynamics=marks,
            hairpins=hairpins(marks, notes, bars), texts=tuple(sorted(texts, key=lambda text: text.at)),
        )  # fmt: skip

    def _chords(self, name: str) -> Iterator[Chord]:
        for row in self.rows:
            for lane in row:
                if lane.name == name:
                    yield from (list(chord) for chord in lane.chords)


def _heights(notes: Sequence[StaffNote], bars: Sequence[StaffBar]) -> list[list[int]]:
    starts = [bar.start for bar in bars]
    found: list[list[int]] = [[] for _ in bars]
    for note in notes:
        found[max(bisect_right(starts, note.onset) - 1, 0)].append(note.pitch.steps)
    return found


def _percussion(parts: Sequence[StaffPart], score: Score, number: int) -> Staff:
    """Return one staff with all that is struck and has no pitch."""
    end = score.bars[-1].end
    notes = beaten([note for part in parts for note in part.notes if note.onset < end], score.bars)
    chords: dict[Fraction, Chord] = {}
    for note in notes:
        chords.setdefault(note.onset, []).append(note)
    silent = len(score.bars)
    return Staff(
        name="Percussion", abbreviation="Perc.", instrument="percussion", family="", program=0, transposition=0,
        part=number, notes=notes, voices=barred([list(chords.values())], score.bars, groups(score)),
        clefs=("percussion",) * silent, fifths=(0,) * silent, shifts=(Interval(0, 0),) * silent, dynamics=dynamics(notes, score.bars),
        texts=tuple(cues(_struck(parts, score.bars), "struck", {part.name: part for part in parts})),
    )  # fmt: skip


def _struck(parts: Sequence[StaffPart], bars: Sequence[StaffBar]) -> list[tuple[Lane, ...]]:
    """Return for every bar one lane with who strikes in it, and what is struck first."""
    starts = [bar.start for bar in bars]
    found: list[dict[str, StaffNote]] = [{} for _ in bars]
    for part in parts:
        for note in part.notes:
            found[max(bisect_right(starts, note.onset) - 1, 0)].setdefault(part.name, note)
    firsts = [min(row.values(), key=lambda note: note.onset, default=None) for row in found]
    return [() if first is None else (Lane("struck", ((first,),), tuple(row)),) for row, first in zip(found, firsts, strict=True)]
