"""Percussion: patterns by style from ``data/rhythms.toml``, rewritten for every bar; a heartbeat long before a rhythm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from motifgen.chance import Chance
from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near
from motifgen.orchestra.instrument import find_instrument, instruments
from motifgen.theory.pitch import Pitch, PitchClass
from motifgen.theory.time import Meter, Span

_PLACE = Fraction(1, 4)
_BEAT = 4  # places of a beat in a row
_TERNARY = {0: (), 1: (4,), 2: (2, 4), 3: (2, 4, 5)}  # sixths of a beat of three, by how many strokes follow the beat
_STROKES = {"X": 0.12, "x": 0.0, "o": -0.15}
_SPELLED = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


class Row(NamedTuple):
    """One instrument's pattern of a bar of 4/4 in sixteenths.

    Parameters
    ----------
    level : float
        How full the music must be before it joins in, 0..1.
    instrument : str
    play : str
        ``X`` accented, ``x`` struck, ``o`` soft, ``.`` silent.
    key : int
        The General MIDI drum key; 0 takes the instrument's usual one.
    """

    level: float
    instrument: str
    play: str
    key: int = 0


@cache
def rhythms() -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every manner of percussion, sparse ones first; ``none`` has no rows.

    Examples
    --------
    >>> rhythms()["swing"][0].instrument
    'drum kit'
    """
    text = files("motifgen").joinpath("data/rhythms.toml").read_text(encoding="utf-8")
    found = {name: tuple(Row(**row) for row in table["rows"]) for name, table in tomllib.loads(text).items()}
    return MappingProxyType({"none": (), **found})


@lru_cache(maxsize=64)
def felt(meter: Meter) -> tuple[Span, ...]:
    """Return the beats that drummers count in a bar, in quarters from the bar line.

    Quarters in simple meters, and the accented groups of two or three units where units are eighths or shorter.

    Examples
    --------
    >>> [str(beat.length) for beat in felt(Meter(7, 8))]
    ['1', '1', '3/2']
    >>> len(felt(Meter(2, 2)))
    4
    """
    starts = meter.accents if meter.unit > 4 else tuple(map(Fraction, range(int(meter.bar))))
    return tuple(Span(start, end) for start, end in pairwise((*starts, meter.bar)))


@lru_cache(maxsize=512)
def barred(play: str, meter: Meter, nth: int = 0, *, round_about: bool = False) -> str:
    """Return a row's four places for every felt beat of a bar.

    The row's first and third beats are strong: groups of beats begin with them by turns, and go on with the weak ones. Bars of
    one or two beats share a row between two of them.

    Parameters
    ----------
    play : str
        Sixteen places.
    meter : Meter
    nth : int
        How many bars of the phrase are past.
    round_about : bool
        Whether beats follow each other as in the row whatever the meter, as a swung ride does.

    Examples
    --------
    >>> barred("X..x..x.X..x.x..", Meter(3, 4))
    'X..x..x..x..'
    >>> barred("X..x..x.X..x.x..", Meter(6, 8), 1)
    'X..x.x..'
    """
    order = _round(len(felt(meter)), nth) if round_about else _order(meter, nth)
    found = "".join(play[_BEAT * beat : _BEAT * (beat + 1)] for beat in order)
    even = meter.unit <= 4 and meter.bar % 2 == 0
    return found if even else "".join("x" if stroke == "X" and at % _BEAT else stroke for at, stroke in enumerate(found))


@lru_cache(maxsize=512)
def timed(play: str, meter: Meter) -> tuple[tuple[Fraction, str], ...]:
    """Return the strokes of a bar, four places for every felt beat, each with its place in quarters from the bar line.

    In a beat of three units a lone stroke after the beat comes on the last unit (the second, where it followed at once), two on both,
    and the third of three half a unit later: duplets never.

    Examples
    --------
    >>> [(str(at), stroke) for at, stroke in timed("X.xxo..x", Meter(6, 8))]
    [('0', 'X'), ('1/2', 'x'), ('1', 'x'), ('3/2', 'o'), ('5/2', 'x')]
    """
    found = []
    for beat, span in enumerate(felt(meter)):
        own = play[_BEAT * beat : _BEAT * (beat + 1)]
        ternary = span.length == Fraction(12, meter.unit)
        found += [(span.start + within * span.length, own[place]) for place, within in _within(own, ternary=ternary)]
    return tuple(found)


def drum_pitch(key: int) -> Pitch:
    """Return a MIDI key as a pitch, as percussion is written.

    Examples
    --------
    >>> drum_pitch(38).midi
    38
    """
    octave, semitone = divmod(key, 12)
    return PitchClass.parse(_SPELLED[semitone]).at(octave - 1)


def percussion(loom: Loom, layer: Layer) -> tuple[Line, ...]:
    """Return the percussion of a layer: a line for each instrument and phrase."""
    lines = []
    for first, until in phrases(loom, layer):
        played = _rows(loom, loom.moments[first])
        for name in dict.fromkeys(row.instrument for row in played):
            rows = [row for row in played if row.instrument == name]
            found = (note for index in range(first, until) for note in _bar(loom, index, index - first, rows))
            notes = sorted(found, key=lambda note: (note.quarters[0], note.pitch.midi))
            if notes:
                lines.append(Line("percussion", tuple(notes), voice=(name,), weight=0.0))
    return tuple(lines)


def _rows(loom: Loom, moment: Moment) -> list[Row]:
    return [row for row in rhythms()[loom.palette.rhythm] if row.level <= moment.full]


def _first(count: int, nth: int) -> int:
    return 2 * (nth % 2) if count <= 2 else 0


def _round(count: int, nth: int) -> tuple[int, ...]:
    return tuple((_first(count, nth) + beat) % 4 for beat in range(count))


def _order(meter: Meter, nth: int) -> tuple[int, ...]:
    """Return which beat of a row each beat of a bar takes: strong ones, 0 and 2, where groups start, between them weak ones."""
    count, order = len(felt(meter)), list[int]()
    starts = [*Meter(count, 4).accents, Fraction(count)] if meter.unit >= 4 else [*range(0, count + 1, 2)]
    for group, (start, end) in enumerate(pairwise(starts)):
        strong = (_first(count, nth) + 2 * group) % 4
        order.extend((strong, strong + 1, (strong + 3) % 4)[: int(end - start)])
    return tuple(order)


def _within(own: str, *, ternary: bool) -> Iterator[tuple[int, Fraction]]:
    """Go through the struck places of a beat, each with the part of the beat that is past."""
    struck = [place for place, stroke in enumerate(own) if stroke != "."]
    if not ternary:
        yield from ((place, Fraction(place, _BEAT)) for place in struck)
        return
    after = [place for place in struck if place]
    if own[0] != ".":
        yield 0, Fraction(0)
    sixths = (2,) if after == [1] else _TERNARY[len(after)]
    yield from ((place, Fraction(sixth, 6)) for place, sixth in zip(after, sixths, strict=True))


def _bar(loom: Loom, index: int, nth: int, rows: Iterable[Row]) -> Iterator[ScoreNote]:
    moment, meter = loom.moments[index], loom.moments[index].bar.meter
    for row in rows:
        chance = loom.chance("percussion", row.instrument, row.key, index)
        play = _varied(barred(row.play, meter, nth, round_about=loom.palette.swing), chance)
        for place, stroke in timed(play, meter):
            if (at := moment.start + place) < moment.end:
                yield _struck(loom, row, at, _STROKES[stroke])


def _varied(play: str, chance: Chance) -> str:
    """Return a bar with one stroke moved or left out; accents stay, and strokes on beats are left out at most."""
    struck = [n for n, stroke in enumerate(play) if stroke in "xo" and n]
    if not struck:
        return play
    place = struck[chance.below(len(struck))]
    moved, often = min(place + 1, len(play) - 1), chance.unit() < 0.5
    if often and not place % _BEAT:
        return play
    if often and play[moved] == ".":
        play = play[:moved] + play[place] + play[moved + 1 :]
    return play[:place] + "." + play[place + 1 :]


def _struck(loom: Loom, row: Row, at: Fraction, louder: float) -> ScoreNote:
    instrument = find_instrument(row.instrument)[0]
    marks = frozenset({"accent"}) if louder > 0 else frozenset[str]()
    level = round(min(max(loom.loud(at) * 0.9 + louder, 0.05), 1.0), 4)
    return ScoreNote(at, _PLACE if instrument.drums else _PLACE * 2, _pitch(loom, row, at), level, marks)


def _pitch(loom: Loom, row: Row, at: Fraction) -> Pitch:
    """Return the drum key; a pitched instrument takes the chord's root, or its fifth where that is the tonic."""
    instrument = instruments()[row.instrument]
    if instrument.drums:
        return drum_pitch(row.key or instrument.keys[0])
    item, key = loom.chord(at), loom.moment(at).key
    name = key.tonic if item is None else item.chord.root
    if item is not None:
        firm = [item.chord.root, *(n for n in item.chord.names if n.semitone == (item.chord.root.semitone + 7) % 12)]
        name = next((n for n in firm if n.semitone == key.tonic.semitone), firm[0])
    pitch = near(name, (instrument.sweet_low + instrument.sweet_high) // 2)
    return pitch if pitch.midi <= instrument.high else pitch.octaves(-1)
