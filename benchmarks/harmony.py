"""How good the harmony is, measured on public-domain melodies and beside baselines.

    python benchmarks/harmony.py [--songs 200] [--only explained voices bach tension valence spelling speed bass]

The melodies are sopranos of Bach's chorales and folk songs of the Essen collection, both from music21's corpus; music21 judges the
voices. The tunes from which the classical dialect learned are left out. Habits in composed scenes: ``harmony_habits.py``.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from math import cos, pi

import numpy as np
from corpora import Song
from harmony_bach import agreement, bass_of_bach
from harmony_material import chord_at, harmony_of, songs

from motifgen.affect import Affect
from motifgen.compose.desk import ChordSpan
from motifgen.compose.harmony import reharmonise
from motifgen.compose.harmony.melody import heard, recognized
from motifgen.theory.pitch import Pitch
from motifgen.theory.roman import roman
from motifgen.theory.roughness import roughness
from motifgen.theory.symbol import figure
from motifgen.theory.tension import chord_strain
from motifgen.theory.voicing import voicings

RANGES = ((40, 62), (46, 69), (52, 77))
STYLES = ("classical", "orchestral", "horror")
CURVES: tuple[Callable[[float], float], ...] = (
    lambda x: x,
    lambda x: 1 - x,
    lambda x: 1 - abs(2 * x - 1),
    lambda x: 0.5 - 0.5 * cos(4 * pi * x),
)


def explained(most: int) -> None:
    """Print the share of notes that are chord tones or recognised as foreign to the chord, by metrical weight."""
    for style in STYLES:
        counts: Counter[tuple[str, bool]] = Counter()
        for song in songs(most):
            chords = harmony_of(song, style)
            origin = song.notes[0].onset + song.pickup
            around = heard(song.notes, [song.meter.weight(note.onset - origin) for note in song.notes])
            for one, after in zip(around, [*around[1:], around[-1]], strict=True):
                here, there = chord_at(chords, one.note.onset), chord_at(chords, after.note.onset)
                kind = recognized(one, here.chord.semitones, there.chord.semitones)
                counts["strong" if one.weight >= 3 else "beat" if one.weight == 2 else "weak", kind is not None] += 1
        shares = {w: f"{counts[w, True] / max(1, counts[w, True] + counts[w, False]):.2%}" for w in ("strong", "beat", "weak")}
        print(f"explained, {style}, {len(songs(most))} melodies: {shares}")


def four_parts(song: Song, style: str) -> Iterator[tuple[tuple[Pitch, ...], bool]]:
    """Yield alto, tenor and bass below the song's note for every chord and every change of note; whether it follows without a rest."""
    chords = harmony_of(song, style)
    under = [[note for note in song.notes if note.onset < span.span.end and note.end > span.span.start] for span in chords]
    melody = [tuple(note.pitch for note in notes) for notes in under]
    voiced = voicings([span.chord for span in chords], 40, 77, 3, melody=melody, ranges=RANGES)
    last = Fraction(-1)
    for voices, notes in zip(voiced, under, strict=True):
        for note in notes:
            yield (*voices, note.pitch), note.onset <= last
            last = max(last, note.end)


def voices(most: int) -> None:
    """Print the parallels, crossings and range faults in four parts, as music21 sees them."""
    from music21 import pitch, voiceLeading  # noqa: PLC0415 - slow import

    theirs = cache(lambda note: pitch.Pitch(str(note).replace("b", "-")))
    for style in ("classical", "orchestral"):
        found: Counter[str] = Counter()
        for song in songs(most):
            for (one, _), (other, follows) in pairwise(four_parts(song, style)):
                found["moves"] += 1
                found["range"] += sum(not low <= note.midi <= high for note, (low, high) in zip(other, RANGES, strict=False))
                found["crossing"] += sum(low.midi > high.midi for low, high in pairwise(other))
                for low, high in combinations(range(4), 2) if follows else ():
                    if one[low] != other[low] and one[high] != other[high]:
                        quartet = voiceLeading.VoiceLeadingQuartet(*map(theirs, (one[high], other[high], one[low], other[low])))
                        found["fifths"] += quartet.parallelFifth()
                        found["octaves"] += quartet.parallelOctave()
        print(f"four parts, {style}, {len(songs(most))} melodies: {dict(found)}")


def tension(most: int) -> None:
    """Print the rank correlation, by bar, of asked tension with measured roughness and tonal strain of the voiced chords."""
    for style in STYLES:
        found = []
        for number, song in enumerate(songs(most)[:100]):
            curve, end = CURVES[number % len(CURVES)], float(song.notes[-1].end)
            asked, got = _tension_by_bar(song, style, lambda at, curve=curve, end=end: curve(min(1.0, float(at) / end)))  # type: ignore[misc]
            if len(asked) >= 4:
                found.append([_rho(asked, _z(got[0]) + _z(got[1])), _rho(asked, got[0]), _rho(asked, got[1])])
        both, rough, strain = np.median(np.array(found), axis=0)
        print(f"tension, {style}, {len(found)} melodies: median rho {both:.2f} (roughness {rough:.2f}, strain {strain:.2f})")


def _tension_by_bar(song: Song, style: str, curve: Callable[[Fraction], float]) -> tuple[list[float], np.ndarray]:
    chords = reharmonise(song.notes, song.key, song.meter, lambda at: Affect(tension=curve(at)), style, pickup=song.pickup)[0]
    voiced = voicings([span.chord for span in chords], 43, 76, 4)
    asked, got, start = [], [], song.notes[0].onset
    for bar in range(int((song.notes[-1].end - start) / song.meter.bar)):
        low, high = start + bar * song.meter.bar, start + (bar + 1) * song.meter.bar
        shares = [float(max(Fraction(0), min(high, s.span.end) - max(low, s.span.start))) for s in chords]
        if sum(shares):
            rough = [roughness(sorted({note.midi for note in notes})) for notes in voiced]
            far = [chord_strain(span.chord, span.key) for span in chords]
            asked.append(curve(low + song.meter.bar / 2))
            got.append([float(np.average(rough, weights=shares)), float(np.average(far, weights=shares))])
    return asked, np.array(got).T


def _z(values: np.ndarray) -> np.ndarray:
    return np.asarray((values - values.mean()) / (values.std() or 1))


def _rho(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Spearman's rank correlation."""
    ranks = [[float(np.mean(np.flatnonzero(np.sort(row) == value))) for value in row] for row in (np.array(one), np.array(other))]
    return float(np.corrcoef(np.array(ranks))[0, 1]) if all(len(set(row)) > 1 for row in ranks) else 0.0


def valence(most: int) -> None:
    """Print how often a happier wish gives brighter chords, for the same melody in the same key."""
    for style in ("orchestral", "chamber"):
        right = total = 0
        for song in songs(most):
            bright = [_brightness(harmony_of(song, style, Affect(v, 0.0, 0.2, 0.0))) for v in (-0.9, 0.0, 0.9)]
            right += sum(low <= high for low, high in pairwise(bright)) + (bright[0] < bright[2])
            total += 3
        print(f"valence, {style}, {len(songs(most))} melodies: brightness in order in {right / total:.1%}")


def _brightness(chords: Sequence[ChordSpan]) -> float:
    return sum(float(s.span.length) * statistics.fmean(name.fifths for name in s.chord.names) for s in chords)


def spelling(most: int) -> None:
    """Print how many chords music21 reads back to other notes: from the symbol by name, from the numeral by sound (E is bVI in A flat)."""
    from music21 import harmony, key  # noqa: PLC0415 - slow import
    from music21 import roman as reader  # noqa: PLC0415 - slow import

    seen = {(span.chord, span.key) for song in songs(most) for style in STYLES for span in harmony_of(song, style)}
    wrong = 0
    for chord, home in seen:
        names = {str(name) for name in (*chord.names, chord.lowest)}
        theirs = key.Key(str(home.tonic).replace("b", "-"), home.mode.name)
        wrong += {note.name.replace("-", "b") for note in harmony.ChordSymbol(figure(chord)).pitches} != names
        wrong += {note.pitchClass for note in reader.RomanNumeral(roman(chord, home), theirs).pitches} != chord.semitones
    print(f"spelling, {len(seen)} different chords in their keys: {wrong} faults after music21's symbols and numerals")


def speed(most: int) -> None:
    """Print the processor time to harmonise and voice 32 bars, warm."""
    for style in ("classical", "orchestral"):
        times = []
        for song in songs(most)[:40]:
            bars = float((song.notes[-1].end - song.notes[0].onset) / song.meter.bar)
            harmony_of(song, style)
            start = time.process_time()
            chords = harmony_of(song, style)
            voicings([span.chord for span in chords], 40, 72, 4)
            times.append((time.process_time() - start) / bars * 32)
        middle = statistics.median(times) * 1000
        print(f"speed, {style}: 32 bars harmonised and voiced in {middle:.1f} ms of processor time, {len(times)} melodies")


TASKS: dict[str, Callable[[int], None]] = {
    "explained": explained, "voices": voices, "bach": agreement, "tension": tension, "valence": valence, "spelling": spelling,
    "speed": speed, "bass": bass_of_bach,
}  # fmt: skip

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=200)
    parser.add_argument("--only", nargs="*", choices=TASKS, default=list(TASKS))
    given = parser.parse_args()
    for name in given.only:
        TASKS[name](given.songs)
