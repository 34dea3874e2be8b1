"""Percussion: patterns by style from ``data/rhythms.toml``, rewritten for every bar; a heartbeat long before a rhythm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from motifgen.chance import Chance
from motifgen.compose.desk import Line, ScoreNote
from motifgen.compose.texture.layers import Layer, phrases
from motifgen.compose.texture.loom import Loom, Moment
from motifgen.compose.texture.notes import near
from motifgen.orchestra.instrument import find_instrument, instruments
from motifgen.theory.pitch import Pitch, PitchClass

_PLACE = Fraction(1, 4)
_STROKES = {"X": 0.12, "x": 0.0, "o": -0.15}
_SPELLED = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Row:
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
            notes = sorted((n for i in range(first, until) for n in _bar(loom, i, rows)), key=lambda n: (n.onset, n.pitch.midi))
            if notes:
                lines.append(Line("percussion", tuple(notes), voice=(name,), weight=0.0))
    return tuple(lines)


def _rows(loom: Loom, moment: Moment) -> list[Row]:
    return [row for row in rhythms()[loom.palette.rhythm] if row.level <= moment.full]


def _bar(loom: Loom, index: int, rows: Iterable[Row]) -> Iterator[ScoreNote]:
    moment = loom.moments[index]
    for row in rows:
        chance = loom.chance("percussion", row.instrument, row.key, index)
        for place, stroke in enumerate(_written(row, moment, chance)):
            if stroke != "." and (at := moment.start + place * _PLACE) < moment.end:
                yield _struck(loom, row, at, _STROKES[stroke])


def _written(row: Row, moment: Moment, chance: Chance) -> str:
    """Return the row for a bar: as long as the bar, one stroke moved or left out, a fill at times."""
    count = -(-(moment.end - moment.start) // _PLACE)
    play = (row.play * (int(count) // len(row.play) + 1))[: int(count)]
    struck = [n for n, stroke in enumerate(play) if stroke != "." and n]
    if not struck:
        return play
    place = struck[chance.below(len(struck))]
    moved = min(place + 1, len(play) - 1)
    if chance.unit() < 0.5 and play[moved] == ".":
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
