"""A part of a file as one line of exact notes with its bars, and the bars of it that make a motif."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from motifgen.errors import NotationError
from motifgen.motif.key_finding import estimated_key, spelled
from motifgen.motif.motif import Motif, Note
from motifgen.theory.chord import Chord, DegreeChord
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter, Span


@dataclass(frozen=True, slots=True)
class Heard:
    """A note of a part: onset and duration in quarters from the file's start; its pitch, or the MIDI key number alone."""

    onset: Fraction
    duration: Fraction
    midi: int
    pitch: Pitch | None = None
    marks: frozenset[str] = frozenset()

    @property
    def end(self) -> Fraction:
        """Return where it ends."""
        return self.onset + self.duration


@dataclass(frozen=True, slots=True)
class FileBar:
    """A bar of a file: its number as the file counts, its quarters, its meter."""

    number: int
    span: Span
    meter: Meter


@dataclass(frozen=True, slots=True)
class Melody:
    """A part of a file: a name for messages, its notes in order of time, its bars, its key if the file says one.

    ``keys`` holds the candidates that the file's signature leaves open: one, two (a signature without a mode) or none.
    """

    name: str
    notes: tuple[Heard, ...]
    bars: tuple[FileBar, ...]
    keys: tuple[Key, ...] = ()
    chords: tuple[tuple[Fraction, Chord], ...] = ()

    def motif(self, bars: tuple[int, int] | None, key: Key | None, meter: Meter | None) -> Motif:
        """Return the bars from one number to another, both included, as a motif; all bars if none are named.

        Rests before the first note and after the last are left out: a motif that begins within a bar has a pickup. Of notes
        that sound together the highest counts.
        """
        chosen = self._chosen(bars)
        span = Span(chosen[0].span.start, chosen[-1].span.end)
        within = [note for note in self.notes if note.onset in span]
        if not within:
            raise NotationError(f"{self._bars_named(bars)} of {self.name} hold no note; bars with notes: {self._bars_with_notes()}")
        line = tuple(_one_line(within, span.end))
        home = key or self._key()
        meters = sorted({bar.meter for bar in chosen if bar.span.overlaps(Span(line[0].onset, line[-1].end))})
        if meter is None and len(meters) > 1:
            raise NotationError(
                f"{self._bars_named(bars)} of {self.name} change their meter ({', '.join(map(str, meters))}); accepted: bars of one meter, "
                "or a meter of your own"
            )
        return self._assembled(line, home, meter or meters[0], chosen)

    def _chosen(self, bars: tuple[int, int] | None) -> tuple[FileBar, ...]:
        if bars is None:
            return self.bars
        chosen = tuple(bar for bar in self.bars if bars[0] <= bar.number <= bars[1])
        if not chosen or chosen[0].number != bars[0] or chosen[-1].number != bars[1]:
            raise NotationError(
                f"{self._bars_named(bars)} of {self.name} do not exist; accepted: {self.bars[0].number} to {self.bars[-1].number}"
            )
        return chosen

    def _bars_named(self, bars: tuple[int, int] | None) -> str:
        return "all bars" if bars is None else f"bars {bars[0]}-{bars[1]}"

    def _bars_with_notes(self) -> str:
        held = [bar.number for bar in self.bars if any(note.onset in bar.span for note in self.notes)]
        runs: list[list[int]] = []
        for number in held:
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs[:12]) or "none"

    def _key(self) -> Key:
        if len(self.keys) == 1:
            return self.keys[0]
        weights: dict[int, float] = {}
        for note in self.notes:
            weights[note.midi % 12] = weights.get(note.midi % 12, 0.0) + float(note.duration)
        return estimated_key(weights, self.keys)

    def _assembled(self, line: tuple[Heard, ...], key: Key, meter: Meter, bars: tuple[FileBar, ...]) -> Motif:
        lines = [bar.span.start for bar in bars[1:] if bar.span.start > line[0].onset]
        chords = {at: DegreeChord.of(chord, key) for at, chord in self.chords}
        cuts = sorted({*lines, *(at for at in chords if line[0].onset < at < line[-1].end)})
        notes = tuple(note for heard in _with_rests(line) for note in _split(heard, cuts, key, chords))
        begun = line[0].onset
        starts = {bar.span.start for bar in bars}
        first = next(bar for bar in bars if begun in bar.span)
        pickup = Fraction(0) if begun in starts and first.span.length >= meter.bar else (first.span.end - begun) % meter.bar
        chord = next((chord for at, chord in sorted(chords.items(), reverse=True) if at <= begun), None)
        return Motif((replace(notes[0], chord=chord), *notes[1:]), key, meter, pickup)


def _one_line(notes: list[Heard], end: Fraction) -> Iterator[Heard]:
    """Yield the highest note at each onset, cut where the next begins and where the bars end."""
    top: dict[Fraction, Heard] = {}
    for note in sorted(notes, key=lambda note: (note.onset, note.midi)):
        top[note.onset] = note
    line = list(top.values())
    for note, until in zip(line, [*(note.onset for note in line[1:]), end], strict=True):
        yield replace(note, duration=min(note.end, until) - note.onset)


def _with_rests(line: tuple[Heard, ...]) -> Iterator[Heard]:
    """Yield the notes, with what has no pitch (``midi`` -1) in the gaps."""
    for note, then in pairwise(line):
        yield note
        if then.onset > note.end:
            yield Heard(note.end, then.onset - note.end, -1)
    yield line[-1]


def _split(heard: Heard, cuts: list[Fraction], key: Key, chords: dict[Fraction, DegreeChord]) -> Iterator[Note]:
    """Yield a note in pieces tied over bar lines and changes of chord; marks go with its attack."""
    degree = None if heard.midi < 0 else key.degree(heard.pitch or spelled(heard.midi, key))
    ends = [*(at for at in cuts if heard.onset < at < heard.end), heard.end]
    start = heard.onset
    for end in ends:
        tied = degree is not None and end < heard.end
        yield Note(degree, end - start, tied, heard.marks if start == heard.onset else frozenset(), chords.get(start))
        start = end
