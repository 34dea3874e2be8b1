"""Melodies for the harmony benchmarks, and their harmony: chorales that were not learned from, folk songs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache

from corpora import Chorale, Song, chorales, divided, folk_songs

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan
from motifgen.compose.harmony import reharmonise

NEUTRAL = Affect(0.1, 0.0, 0.2, 0.0)
Mood = Affect | Callable[[Fraction], Affect]


@cache
def bach(most: int) -> tuple[Chorale, ...]:
    """Return chorales that the classical dialect did not learn from: no other setting of their tunes was read either."""
    return divided(every())[1][:most]


@cache
def every() -> tuple[Chorale, ...]:
    """Return all chorales."""
    return tuple(chorales())


@cache
def songs(most: int) -> tuple[Song, ...]:
    """Return sopranos and folk songs, about as many of each, low ones an octave higher."""
    sung = [chorale.song for chorale in bach(most // 2)]
    return tuple(map(lifted, (*sung, *folk_songs(most - len(sung)))))


def lifted(song: Song) -> Song:
    """Return a song whose lowest note leaves room for three voices below."""
    if min(note.pitch.midi for note in song.notes) >= 59:
        return song
    return lifted(replace(song, notes=tuple(note._replace(pitch=note.pitch.octaves(1)) for note in song.notes)))


def harmony_of(song: Song, style: str, affect: Mood = NEUTRAL) -> tuple[ChordSpan, ...]:
    """Return the best chords for a song, its phrases ending as they like."""
    ends = dict.fromkeys(song.phrases, "")
    return reharmonise(song.notes, song.key, song.meter, affect, style, pickup=song.pickup, goals=ends)[0]


def chord_at(chords: Sequence[ChordSpan], at: Fraction) -> ChordSpan:
    """Return the chord that sounds at a place."""
    return next((span for span in chords if at in span.span), chords[-1])
