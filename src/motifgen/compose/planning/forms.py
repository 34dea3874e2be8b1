"""Forms of a theme: what steps make of it, and how much of it is left; each worked out once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from motifgen.motif.likeness import compared, likeness
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.motif.profile import Profile, profile
from motifgen.motif.transform.base import Transform
from motifgen.motif.transform.table import parse_transform
from motifgen.theory.scale import Key

GRID = 10_080

Notes = tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=512)
def step(text: str) -> Transform:
    """Return the transform that a step's text names."""
    return parse_transform(text)


#: How many notes more than usual a fragment of a long theme may have.
MORE = 9


@lru_cache(maxsize=4096)
def varied(theme: Motif, steps: tuple[str, ...]) -> Motif:
    """Return a theme after steps of the transform table."""
    for text in steps:
        theme = step(text)(theme)
    return theme


@lru_cache(maxsize=4096)
def likened(theme: Motif, variant: Motif) -> float:
    """Return how much of a theme is heard in a variant, 0 to 1."""
    return round(likeness(theme, variant).total, 6)


def names(steps: tuple[str, ...]) -> set[str]:
    """Return the table names of steps, which is what a character's ``never`` holds."""
    return {step(text).name for text in steps}


def on_grid(motif: Motif, key: Key) -> Notes:
    """Return a motif's notes in a key as onset, end (`GRID` to the quarter) and MIDI pitch."""
    return tuple((grid(on), grid(on + length), pitch.midi) for on, length, pitch in motif.sounding(key))


def grid(quarters: Fraction) -> int:
    """Return the nearest place of the grid, in whole numbers: fractions multiply ten times as slowly."""
    return (2 * GRID * quarters.numerator + quarters.denominator) // (2 * quarters.denominator)


def reach(start: Fraction, end: Fraction) -> tuple[int, int]:
    """Return the whole places of the grid between which a stretch of quarters lies, so that it meets the same whole places as exactly."""
    (one, parts), (other, pieces) = start.as_integer_ratio(), end.as_integer_ratio()
    return one * GRID // parts, -(-other * GRID // pieces)


class Form:
    """One form of a theme, with what the planner asks of it again and again; compared by identity.

    Attributes
    ----------
    motif : Motif
    duration : Fraction
        In quarters.
    """

    __slots__ = ("_likeness", "_notes", "_plain", "duration", "motif")

    def __init__(self, motif: Motif, plain: Profile) -> None:
        """Keep a motif with what likeness compares of the theme that it is a form of."""
        self.motif, self.duration = motif, motif.duration
        self._plain = plain
        self._likeness: float | None = None
        self._notes: dict[tuple[int, int, str], Notes] = {}

    @property
    def likeness(self) -> float:
        """Return how much of the theme is heard, 0 to 1."""
        if self._likeness is None:
            self._likeness = round(compared(self._plain, profile(self.motif)).total, 6)
        return self._likeness

    def notes(self, key: Key) -> Notes:
        """Return the notes in a key, on the grid."""
        # A key is hashed through all that it is made of, so its names stand for it.
        name = (key.tonic.step, key.tonic.alter, key.mode.name)
        if name not in self._notes:
            self._notes[name] = on_grid(self.motif, key)
        return self._notes[name]

    def repeated(self, count: int, key: Key) -> Notes:
        """Return the notes in a key, so many times one after the other."""
        step = grid(self.duration)
        return tuple((on + i * step, off + i * step, midi) for i in range(count) for on, off, midi in self.notes(key))


class Forms:
    """All forms of one theme that were asked for; ``theme`` may be recast, ``plain`` is as it was given."""

    __slots__ = ("_cells", "_enough", "_found", "_heads", "_profiles", "count", "plain", "theme")

    def __init__(self, theme: Motif, plain: Motif) -> None:
        """Begin with the theme itself."""
        self.theme, self.plain, self.count = theme, plain, len(theme.sounding())
        self._profiles = (profile(theme), profile(plain))
        self._found: dict[tuple[str, ...], Form] = {(): Form(theme, self._profiles[1])}
        self._heads: dict[int, Fraction] = {}
        self._enough: dict[tuple[int, float], int] = {}
        self._cells: dict[tuple[tuple[str, ...], Fraction], Form] = {}

    def after(self, steps: tuple[str, ...] = ()) -> Form:
        """Return the theme after steps."""
        found = self._found.get(steps)
        if found is None:
            # The way there is shared: every form that is reached is asked for again, to hear whether its last step is heard.
            found = self._found[steps] = Form(step(steps[-1])(self.after(steps[:-1]).motif), self._profiles[1])
        return found

    def cell(self, steps: tuple[str, ...], bar: Fraction) -> Form:
        """Return the theme after steps as a cell of whole bars, or of half a bar."""
        if (steps, bar) not in self._cells:
            self._cells[steps, bar] = Form(_cell(self.after(steps).motif, bar), self._profiles[0])
        return self._cells[steps, bar]

    def ostinato(self, steps: tuple[str, ...], bar: Fraction, count: int) -> Form:
        """Return a cell so many times over."""
        cell = self.cell(steps, bar).motif
        return Form(replace(cell, notes=cell.notes * count), self._profiles[0])

    def enough(self, notes: int, floor: float) -> int:
        """Return how many notes a fragment needs for so much of the theme to be heard: so many, or a few more of a long theme."""
        asked = (notes, floor)
        if asked not in self._enough:
            tried = range(self.part(notes), min(self.count, notes + MORE))
            self._enough[asked] = next((many for many in tried if self.after((f"head {many}",)).likeness >= floor), notes)
        return self._enough[asked]

    def head(self, notes: int) -> Fraction:
        """Return the quarters that the theme's first notes take, as many as a fragment of so many has."""
        if notes not in self._heads:
            self._heads[notes] = _head_length(self.theme, self.part(notes))
        return self._heads[notes]

    def part(self, notes: int) -> int:
        """Return how many notes a fragment has: as wished, but at least one fewer than the theme."""
        return max(min(notes, self.count - 1), 1)


@lru_cache(maxsize=256)
def forms_of(theme: Motif, plain: Motif) -> Forms:
    """Return the forms of a theme; those worked out for one scene serve the next."""
    return Forms(theme, plain)


def _cell(head: Motif, bar: Fraction) -> Motif:
    """Return a theme's head as a cell that fills whole bars, or half a bar, a rest filling what is missing."""
    length = head.duration
    full = -(-length // bar) * bar if length > bar / 2 else bar / 2
    notes = tuple(replace(note, tied=False) if i == len(head.notes) - 1 else note for i, note in enumerate(head.notes))
    return replace(head, notes=(*notes, Note(None, full - length)) if full > length else notes, pickup=Fraction(0))


def _head_length(theme: Motif, notes: int) -> Fraction:
    at, sounded = Fraction(0), 0
    for note in theme.notes:
        if sounded >= notes and not note.tied:
            break
        sounded += note.degree is not None
        at += note.duration
    return at
