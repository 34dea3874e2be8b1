"""Figures of the left hand: which one suits a feeling, and its notes over a chord. Rows of ``data/keyboard.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from motifgen.chance import Chance
from motifgen.compose.desk import ChordSpan, ScoreNote
from motifgen.compose.texture.loom import Moment
from motifgen.compose.texture.notes import tones
from motifgen.theory.pitch import Pitch

_STILL = ("held", "fifths")
_STAY, _DRAW = 0.25, 0.15
_QUICKEST, _SLOWEST = 0.12, 0.75
_HAND, _DEEP = 14, 45
#: Tones that a broken chord needs to be more than a trill.
SPREAD = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the left hand, and the feeling in which it is at home.

    Parameters
    ----------
    name : str
    shape : str
        ``held fifths arch alberti afterbeats octaves tremolo``.
    unit : Fraction
        The note value, as a share of the beat.
    valence, arousal, tension : float
    beats : tuple[int, ...]
        How many beats a bar must have; empty for any.

    Examples
    --------
    >>> [figure.name for figure in figures() if figure.shape == "tremolo"]
    ['storm']
    """

    name: str
    shape: str
    unit: Fraction
    valence: float
    arousal: float
    tension: float
    beats: tuple[int, ...] = ()


@cache
def figures() -> tuple[Figure, ...]:
    """Return every figure, in the order of the table."""
    text = files("motifgen").joinpath("data/keyboard.toml").read_text(encoding="utf-8")
    return tuple(
        Figure(name.replace("_", " "), **{**row, "unit": Fraction(row["unit"]), "beats": tuple(row.get("beats", ()))})
        for name, row in tomllib.loads(text).items()
    )


def chosen(moment: Moment, chance: Chance, before: Figure | None, *, still: bool = False, among: frozenset[str] = frozenset()) -> Figure:
    """Return the figure for a phrase: nearest to what its first bar feels, and rather the one before than another.

    Parameters
    ----------
    before : Figure or None
        What sounded until here; ``None`` when it has been heard long enough.
    still : bool
        Whether only figures that are held will do.
    among : frozenset[str]
        The shapes that will do; empty for all.
    """
    beats, shapes = moment.bar.meter.beats, frozenset(_STILL) if still else among
    usable = [it for it in figures() if (not it.beats or beats in it.beats) and (not shapes or it.shape in shapes)]
    return min(usable, key=lambda it: (round(_distance(it, moment) + _DRAW * chance.unit() - _STAY * (it == before), 6), it.name))


def _distance(figure: Figure, moment: Moment) -> float:
    felt = moment.affect
    return (
        0.6 * abs(figure.valence - felt.valence)
        + 1.2 * abs(figure.arousal - felt.arousal)
        + abs(figure.tension - felt.tension)
        - 0.1 * len(figure.beats)
    )


def struck(figure: Figure, moment: Moment, item: ChordSpan, reach: Sequence[Pitch], loud: float) -> Iterator[ScoreNote]:
    """Go through a figure's notes over one chord.

    Parameters
    ----------
    item : ChordSpan
        The chord, within the bar.
    reach : sequence of Pitch
        The bass and the chord tones above it that the hand may use, lowest first.
    loud : float
        The dynamic of the moment.
    """
    start, end = item.span.start, item.span.end
    if figure.shape in _STILL:
        for pitch in _held(reach, fifths=figure.shape == "fifths"):
            yield ScoreNote(start, end - start, pitch, _level(loud, 0.72))
        return
    unit = _unit(figure, moment)
    count = max(int((end - start) / unit), 1)
    for n in range(count):
        at = start + n * unit
        until = end if n == count - 1 else at + unit
        for pitch in _at(figure, moment, reach, n, count, at):
            heavy = moment.bar.meter.weight(at - moment.start) >= 3
            yield ScoreNote(at, until - at, pitch, _level(loud, 0.8 if heavy and pitch == reach[0] else 0.66))


def reach(item: ChordSpan, bass: Pitch, ceiling: int) -> tuple[Pitch, ...]:
    """Return a bass and the chord tones over it up to a ceiling (MIDI key), none so close to a low one that it growls."""
    found = [bass]
    for pitch in tones(item.chord, bass.midi + 1, max(ceiling, bass.midi + 8)):
        if pitch.midi - found[-1].midi >= (7 if found[-1].midi < 45 else 5 if found[-1].midi < 52 else 2):
            found.append(pitch)
    return tuple(found)


def _unit(figure: Figure, moment: Moment) -> Fraction:
    """Return the note value in quarters, doubled or halved where it is too quick or too slow for a figure; thirds in compound time."""
    beat = moment.bar.meter.beat
    unit = beat * figure.unit
    if moment.bar.meter.compound and figure.unit < 1:
        unit = beat / (3 if figure.unit == Fraction(1, 2) else 6)
    seconds = float(unit / beat) * moment.pace
    if seconds < _QUICKEST:
        return unit * 2
    return unit / 2 if seconds > _SLOWEST and figure.unit < 1 else unit


def _held(reach: Sequence[Pitch], *, fifths: bool) -> tuple[Pitch, ...]:
    bass = reach[0]
    over = [pitch for pitch in reach[1:] if pitch.midi - bass.midi <= _HAND]
    perfect = [pitch for pitch in over if pitch.midi - bass.midi in {7, 12}]
    return (bass, *perfect[:1]) if fifths else (bass, *over[-1:]) if bass.midi < _DEEP else (bass, *over[:2])


def _at(figure: Figure, moment: Moment, reach: Sequence[Pitch], n: int, count: int, at: Fraction) -> tuple[Pitch, ...]:  # noqa: PLR0913, PLR0917 - a place in a figure has this many sides
    """Return what is struck at the n-th of so many units over a chord."""
    bass, over = reach[0], reach[1:] or reach[:1]
    if figure.shape == "arch":
        return (reach[arched(n, count, len(reach) - 1)],)
    if figure.shape == "alberti":
        close = reach[-3:] if len(reach) >= 3 else reach
        return (bass,) if n == 0 else (close[(0, -1, len(close) // 2, -1)[n % 4]],)
    if figure.shape == "octaves":
        return (bass,) if bass.midi < 36 else (bass.octaves(-1), bass) if n == 0 else (bass,)
    if figure.shape == "tremolo":
        return (bass.octaves(n % 2),)
    low = n == 0 or (figure.unit < 1 and moment.bar.meter.weight(at - moment.start) >= 2)
    return (bass,) if low else tuple(p for p in over[-3:] if over[-1].midi - p.midi <= _HAND)


def arched(n: int, count: int, top: int) -> int:
    """Return the n-th of so many steps up to a top and down again; where the top is reached early, the figure sways below it.

    Examples
    --------
    >>> [arched(n, 8, 5) for n in range(8)], [arched(n, 8, 2) for n in range(8)]
    ([0, 1, 2, 3, 4, 3, 2, 1], [0, 1, 2, 1, 2, 1, 2, 1])
    """
    height = min(n, count - n)
    return height if height <= top else max(top - (height - top) % 2, 0)


def _level(loud: float, share: float) -> float:
    return round(max(loud * share, 0.05), 4)
