"""Motif text <-> Motif.

The grammar
-----------
Tokens stand one after the other, parted by spaces::

    D4/q A4/q. G4/e F4/q | [A7] E4/q.> F4/e D4/h

``PITCH/DURATION``
    Scientific pitch (``F#4``, ``Bb3``; C4 is middle C), or with ``degrees`` a scale degree (``5``, ``b3'``, ``#4,``; ``'`` is an
    octave up and ``,`` an octave down), or ``r`` for a rest. ``^9:-5`` writes a degree as scale steps and alteration, where no
    accidental would do.
duration
    ``w h q e s t`` (whole to thirty-second) with dots; a tuplet by its number: ``e3`` is a triplet eighth. N in a tuplet is 3, 5, 6,
    7, 9, 10, 11, 12, 13, 14 or 15, and N notes take the time of the largest power of two below N. ``=5/7`` is any length in
    quarters. Left out, the last duration is repeated; the first is a quarter.
after a note
    ``>`` accent, ``*`` staccato, ``_`` tenuto, ``~`` a tie to the next note, in any order.
``[Dm]``
    A chord from the next note on; ``[5:7/2]`` writes it by degree, quality and bass.
``|``
    A bar line, checked against the meter. A short first bar is a pickup, a short last bar is left open. Text without bar
    lines is not checked, and has no pickup.
``@3/2``
    First of all: the pickup in quarters, where bar lines cannot show it.
``D minor 3/4:``
    A heading, optional: key and meter, or the key alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from motifgen.errors import MotifgenError, NotationError, ensure, shown
from motifgen.motif.duration import duration_text, parse_duration
from motifgen.motif.motif import Motif
from motifgen.motif.note import Note
from motifgen.theory.chord import Chord, DegreeChord
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Degree, Key
from motifgen.theory.time import Meter

SIGNS = {">": "accent", "*": "staccato", "_": "tenuto"}
_TOKEN = re.compile(r"\[[^\]]*\]?|\|+|[^\s|\[]+")
_NOTE = re.compile(r"([^/>*_~]+)(?:/([^>*_~]+))?([>*_~]*)\Z")
_HEADING = re.compile(r"\s*([A-Ga-g][^:|/\[]*?)(?:\s+(\d{1,2}/\d{1,2}))?\s*:")
_PAIR = re.compile(r"\^(-?\d{1,4}):(-?\d{1,3})\Z")
_LONGEST = 20_000
_CURLY = "“”„‘’«»"


def read(text: str, key: str | Key = "C major", meter: str | Meter = "4/4", *, degrees: bool = False) -> Motif:
    """Return the motif that a motif text writes.

    Examples
    --------
    >>> read("5/e | 1'/q. b3'/e~ 3'/h", key="D major", degrees=True)
    Traceback (most recent call last):
    motifgen.errors.NotationError: column 13: "b3'/e~" is tied to 3'; accepted: a tie to the same note
    >>> str(read("5/e | 1'/q. b3'/e 3'/h", key="D major", degrees=True))
    'A4/e | D5/q. F5/e F#5/h'
    """
    ensure("a motif text", text, str)
    if len(text) > _LONGEST:
        raise NotationError(f"a motif text of {len(text)} characters; accepted: up to {_LONGEST}")
    start = 0
    if heading := _HEADING.match(text):
        key, meter, start = heading[1], heading[2] or meter, heading.end()
    home = Key.parse(key) if isinstance(key, str) else key
    reader = _Reader(home, Meter.parse(meter) if isinstance(meter, str) else meter, degrees)
    for match in _TOKEN.finditer(text, start):
        reader.take(match[0], match.start() + 1)
    return reader.finish(len(text) + 1)


@dataclass(slots=True)
class _Reader:
    """What has been read so far; each token adds to it."""

    key: Key
    meter: Meter
    degrees: bool
    notes: list[Note] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    lines: list[tuple[Fraction, int]] = field(default_factory=list)
    at: Fraction = Fraction(0)
    last: Fraction = Fraction(1)
    chord: DegreeChord | None = None
    pickup: Fraction | None = None

    def take(self, token: str, column: int) -> None:
        """Read one token."""
        try:
            if token[0] == "|":
                self.lines.append((self.at, column))
            elif token[0] == "[":
                self.chord = _read_chord(token, self.key)
            elif token[0] == "@":
                self._take_pickup(token)
            else:
                self._take_note(token, column)
        except NotationError as error:
            raise _located(column, str(error)) from None
        except MotifgenError as error:
            raise _located(column, f"{shown(token)}: {error}") from None

    def _take_pickup(self, token: str) -> None:
        match = re.fullmatch(r"@(\d{1,6}(?:/[1-9]\d{0,5})?)", token)
        if not match or self.notes or self.lines:
            raise NotationError(f"cannot read the pickup {shown(token)}; accepted: '@' and quarters, as in '@3/2', before the first note")
        self.pickup = Fraction(match[1])

    def _take_note(self, token: str, column: int) -> None:
        if token[0] in _CURLY:
            raise NotationError(f"{token[0]} is a typographic quote; accepted: straight ones around the notes, or none")
        match = _NOTE.match(token)
        if not match:
            what = "1/q, b3'/e., r/h" if self.degrees else "D4/q, F#5/e., r/h"
            raise NotationError(f"cannot read the note {shown(token)}; accepted: {what}, then any of > * _ ~")
        what, length, signs = match.groups()
        self.last = parse_duration(length) if length else self.last
        degree = self._degree(what)
        marks = frozenset(SIGNS[sign] for sign in signs if sign in SIGNS)
        self.notes.append(Note(degree, self.last, tied="~" in signs, marks=marks, chord=self.chord))
        self.places.append((token, column))
        self.at, self.chord = self.at + self.last, None

    def _degree(self, what: str) -> Degree | None:
        if what in {"r", "R"}:
            return None
        if pair := _PAIR.match(what):
            return Degree(int(pair[1]), int(pair[2]))
        return Degree.parse(what) if self.degrees else self.key.degree(Pitch.parse(what))

    def finish(self, column: int) -> Motif:
        """Return the motif, after checking ties and bars."""
        if not self.notes:
            raise NotationError("an empty motif text; accepted: at least one note or rest, as in 'D4/q A4/q. G4/e'")
        if self.chord is not None:
            raise _located(column, "a chord stands after the last note; accepted: a chord before the note it begins with")
        self._check_ties()
        return Motif(tuple(self.notes), self.key, self.meter, self._bars())

    def _check_ties(self) -> None:
        for note, (token, column), then in zip(self.notes, self.places, [*self.notes[1:], None], strict=True):
            if note.tied and (then is None or then.degree != note.degree):
                target = _degree_text(then.degree, self.key, degrees=self.degrees) if then else "nothing"
                raise _located(column, f"{shown(token)} is tied to {target}; accepted: a tie to the same note")

    def _bars(self) -> Fraction:
        """Return the pickup, after checking every bar line against the meter."""
        inner = [line for line in self.lines if line[0] > 0]
        if not inner:
            return self.pickup or Fraction(0)
        bar, pickup = self.meter.bar, self.pickup
        if pickup is None:
            opens = any(place == 0 for place, _ in self.lines)
            pickup = Fraction(0) if opens or inner[0][0] >= bar else inner[0][0]
        expected = pickup % bar or bar
        for place, column in _distinct(inner):
            if place != expected and not (place < expected and place == self.at):
                raise self._misplaced(place - (expected - bar), column)
            expected += bar
        if self.at > expected:
            raise self._misplaced(self.at - (expected - bar), self.places[-1][1])
        return pickup

    def _misplaced(self, length: Fraction, column: int) -> NotationError:
        wants = self.meter.bar
        return _located(column, f"the bar before this place holds {length} quarters; accepted: {wants} in {self.meter} "
                        "(a short first bar is a pickup, a short last bar is left open)")  # fmt: skip


def _distinct(lines: list[tuple[Fraction, int]]) -> Iterator[tuple[Fraction, int]]:
    last = None
    for place, column in lines:
        if place != last:
            yield place, column
        last = place


def _located(column: int, message: str) -> NotationError:
    return NotationError(f"column {column}: {message}")


def _read_chord(token: str, key: Key) -> DegreeChord:
    inner = token[1:-1].strip()
    if not token.endswith("]") or not inner:
        raise NotationError(f"cannot read the chord {shown(token)}; accepted: a chord symbol in brackets, as in '[Dm]', '[A7/C#]', '[5:7]'")
    root, colon, rest = inner.partition(":")
    if not colon:
        return DegreeChord.of(Chord.parse(inner), key)
    quality, slash, bass = rest.partition("/")
    chord = DegreeChord(Degree.parse(root), quality, Degree.parse(bass) if slash else None)
    chord.within(key)
    return chord


def write(motif: Motif, *, degrees: bool = False, heading: bool = False) -> str:
    """Return the motif text that `read` reads back as the same motif.

    Bar lines are printed where notes begin on them; if a note lies across one, none are.

    Examples
    --------
    >>> write(read("D4/q [A7] E4/e3* F4 G4 A4/h"), degrees=True, heading=True)
    'C major 4/4: 2/q [6:7] 3/e3* 4 5 6/h'
    """
    lines = _bar_lines(motif)
    words = [f"{motif.key} {motif.meter}:"] if heading else []
    if _pickup_shown(motif, lines) != motif.pickup:
        words.append(f"@{motif.pickup}")
    last, ends = Fraction(1), motif.duration
    for onset, note in zip(motif.onsets, motif.notes, strict=True):
        if onset in lines and onset:
            words.append("|")
        if note.chord is not None:
            words.append(_chord_text(note.chord, motif.key, degrees=degrees))
        omitted = note.duration == last and bool(onset)
        words.append(_note_text(note, motif.key, degrees=degrees, omitted=omitted))
        last = note.duration
    return " ".join([*words, "|"] if ends in lines and motif.pickup == ends else words)


def _bar_lines(motif: Motif) -> frozenset[Fraction]:
    """Return the bar lines within or at the end of a motif, or none if a note lies across one."""
    ends, bar = motif.duration, motif.meter.bar
    first = motif.pickup % bar or bar
    lines = frozenset(place for place in {*motif.onsets, ends} if place >= first and not (place - first) % bar)
    return lines if len(lines) == max((ends - first) // bar + 1, 0) else frozenset()


def _pickup_shown(motif: Motif, lines: frozenset[Fraction]) -> Fraction:
    """Return the pickup that a reader would infer from the bar lines printed."""
    inner = sorted(line for line in lines if line < motif.duration or line == motif.pickup)
    return inner[0] if inner and inner[0] < motif.meter.bar else Fraction(0)


def _note_text(note: Note, key: Key, *, degrees: bool, omitted: bool) -> str:
    signs = "".join(sign for sign, mark in SIGNS.items() if mark in note.marks) + ("~" if note.tied else "")
    length = "" if omitted else f"/{duration_text(note.duration)}"
    return f"{_degree_text(note.degree, key, degrees=degrees)}{length}{signs}"


def _degree_text(degree: Degree | None, key: Key, *, degrees: bool) -> str:
    if degree is None:
        return "r"
    pitch = key.pitch(degree)
    readable = abs(degree.alter) <= 3 and -42 <= degree.step < 49 if degrees else abs(pitch.alter) <= 3 and -99 <= pitch.octave <= 99
    if not readable:
        return f"^{degree.step}:{degree.alter}"
    return str(degree) if degrees else str(pitch)


def _chord_text(chord: DegreeChord, key: Key, *, degrees: bool) -> str:
    if not degrees:
        symbol = str(chord.within(key))
        try:
            if DegreeChord.of(Chord.parse(symbol), key) == chord:
                return f"[{symbol}]"
        except NotationError:
            pass
    return f"[{chord.root}:{chord.quality}{f'/{chord.bass}' if chord.bass is not None else ''}]"
