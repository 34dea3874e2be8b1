"""Implied harmony: the chords that an invented motif suggests, by degree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from motifgen.errors import NotationError, shown
from motifgen.motif.invention.rhythm import ticks
from motifgen.theory.chord import QUALITIES, DegreeChord
from motifgen.theory.scale import Degree, Key, Mode
from motifgen.theory.time import Meter

_TOKEN = re.compile(r"([#b]?[1-7])(.*)\Z")
_TRITONE = "#4"
_TRIADS = {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug"}


@dataclass(frozen=True, slots=True)
class Implied:
    """A chord from a place on (ticks from the first bar line), and its tones as semitones above the tonic, 0 to 11.

    ``spelled`` holds the alteration of each scale step (0 to 6) that is a chord tone.
    """

    start: int
    chord: DegreeChord
    tones: frozenset[int]
    spelled: tuple[tuple[int, int], ...]


@lru_cache(maxsize=512)
def implied(text: str, key: Key, meter: Meter, bars: int) -> tuple[Implied, ...]:
    """Return the chords of a text such as ``"1 | 4 5M"`` laid over a number of bars, and stretched where it is short."""
    written = [bar.split() for bar in text.split("|")]
    if bars >= 2 * len(written):
        tokens = [token for bar in written for token in bar]
        return tuple(_placed(token, key, ticks(meter.bar * (i * bars // len(tokens)))) for i, token in enumerate(tokens))
    chords: list[Implied] = []
    for bar in range(bars):
        tokens = written[bar * len(written) // bars if bars > len(written) else bar]
        chords += [_placed(token, key, ticks(bar * meter.bar + at)) for token, at in zip(tokens, _places(meter, len(tokens)), strict=True)]
    return tuple(chords)


@lru_cache(maxsize=256)
def texts_in(texts: tuple[str, ...], key: Key) -> tuple[str, ...]:
    """Return the texts that a mode can carry: without triads that it makes diminished, unless it has no others."""
    sound = tuple(text for text in texts if not any(_unwanted(token, key) for bar in text.split("|") for token in bar.split()))
    return sound or texts


def _unwanted(token: str, key: Key) -> bool:
    """Tell whether a mode makes a degree's own triad diminished, or has not the seventh that is written on it."""
    if not token[0].isdigit():
        return False
    if len(token) == 1:
        return degree_chord(token, key).quality == "dim"
    own = {key.mode.semitones(step) % 12 for step in range(7)}
    return "7" in token[1:] and token[0] != "5" and not placed_chord(degree_chord(token, key), key, 0).tones <= own


def chord_at(chords: Sequence[Implied], at: int) -> Implied:
    """Return the chord that holds at a place; before the first, the first."""
    return next((chord for chord in reversed(chords) if chord.start <= at), chords[0])


def _places(meter: Meter, count: int) -> list[Fraction]:
    """Return where ``count`` chords begin in a bar: on accents where there are enough, else on equal parts."""
    starts = meter.accents
    if count <= len(starts):
        return [starts[i * len(starts) // count] for i in range(count)]
    beats = meter.beats
    return [meter.beat * (-(-i * beats // count)) if count <= beats else meter.bar * i / count for i in range(count)]


def _placed(token: str, key: Key, start: int) -> Implied:
    return placed_chord(degree_chord(token, key), key, start)


def placed_chord(chord: DegreeChord, key: Key, start: int) -> Implied:
    """Return a chord at a place, in ticks from the first bar line."""
    names = chord.within(key).names
    degrees = [key.degree(name.at(4)) for name in names]
    return Implied(
        start, chord, frozenset((name.semitone - key.tonic.semitone) % 12 for name in names),
        tuple((degree.step % 7, degree.alter) for degree in degrees),
    )  # fmt: skip


def degree_chord(token: str, key: Key) -> DegreeChord:
    """Read a degree with a quality: ``"5M"`` is a major triad, ``"57"`` a seventh, ``"4"`` the mode's own triad.

    A sign counts from the major scale: ``"b6M"`` is the same chord in every mode on the tonic.

    Examples
    --------
    >>> str(degree_chord("5M", Key.parse("A minor")).within(Key.parse("A minor")))
    'E'
    """
    match = _TOKEN.match(token)
    quality = "" if match and match[2] == "M" else match[2] if match else None
    if not match or quality is None or (quality and quality not in QUALITIES):
        raise NotationError(f"cannot read the chord {shown(token)}; accepted: a degree with a quality, as in '1', 'b6M', '5M', '57', '4m'")
    root = _root(Degree.parse(match[1]), key)
    chord = DegreeChord(root, quality if match[2] else _own_triad(root, key))
    return _readable(chord, key) if match[1] == _TRITONE else chord


def _readable(chord: DegreeChord, key: Key) -> DegreeChord:
    """Return a chord at the tritone with the name that has fewer signs: it is a raised fourth in C and a lowered fifth in E."""
    five = DegreeChord(_root(Degree.parse("b5"), key), chord.quality)
    return min((chord, five), key=lambda one: sum(abs(name.alter) for name in one.within(key).names))


def _root(written: Degree, key: Key) -> Degree:
    """Read an altered degree from the major scale, as Roman numerals do: ``b6`` is the same note in every mode."""
    if not written.alter:
        return written
    return Degree(written.step, Mode.named("major").offsets[written.step] + written.alter - key.mode.offsets[written.step])


def _own_triad(root: Degree, key: Key) -> str:
    """Return the quality of the triad that the mode itself has on a degree."""
    low, third, fifth = (key.mode.semitones(root.step + up) for up in (0, 2, 4))
    return _TRIADS.get((third - low, fifth - low), "m" if key.mode.minor else "")
