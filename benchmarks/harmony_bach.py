"""Our harmony beside Bach's own, on sopranos of chorales whose tunes were not learned from, with baselines below and Bach above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product

import numpy as np
from corpora import Chorale, Song, tunes
from harmony_material import bach, chord_at, every, harmony_of

from motifgen.theory.chord import Chord

SAME_NOTE, REPRINT = 0.9, 0.97


def agreement(most: int) -> None:
    """Print how often our chords are Bach's, by root and by root and quality, beside two baselines."""
    ours, triads, n = np.zeros(2), np.zeros(2), 0
    for chorale in bach(most):
        chords = harmony_of(chorale.song, "classical")
        for at, root, quality, _ in chorale.beats:
            target, n = Chord(root, quality), n + 1
            ours += _same(chord_at(chords, at).chord, target)
            triads += _same(_best_triad(chorale.song, at), target)
    loop, numerals = _best_loop(bach(most))
    with_himself, pairs = himself()
    print(f"Bach, {len(bach(most))} chorales, {n} beats, by root and by numeral: ours {np.round(ours / n, 3)}")
    print(f"  best fixed loop {loop:.3f} {numerals}; best triad per beat {np.round(triads / n, 3)}")
    print(f"  Bach with himself, {pairs} pairs of settings of one tune, by root: {with_himself:.3f}")


def himself() -> tuple[float, int]:
    """Return how often Bach takes the same root where he sets a note of a tune again, and how many pairs of settings there are.

    Settings that agree almost everywhere are one setting, printed twice, and are left out.
    """
    numbers = tunes([chorale.song for chorale in every()])
    hits = total = pairs = 0
    for (one, first), (other, second) in combinations(zip(every(), numbers, strict=True), 2):
        if first != second or one.song.key.mode.minor != other.song.key.mode.minor:
            continue
        here, there = _sung(one), _sung(other)
        same = [a[1] == b[1] for a, b in zip(here, there, strict=False) if a[0] == b[0]]
        if len(same) >= SAME_NOTE * min(len(here), len(there)) and sum(same) < REPRINT * len(same):
            hits, total, pairs = hits + sum(same), total + len(same), pairs + 1
    return hits / max(total, 1), pairs


def _sung(chorale: Chorale) -> list[tuple[int, int]]:
    """Return the soprano's note and Bach's root at every beat, in semitones above the tonic."""
    tonic, notes = chorale.song.key.tonic.semitone, chorale.song.notes
    starts = {at: next((note for note in notes if note.end > at), notes[-1]) for at, *_ in chorale.beats}
    return [((starts[at].pitch.semitones - tonic) % 12, (root.semitone - tonic) % 12) for at, root, *_ in chorale.beats]


def _same(one: Chord, other: Chord) -> np.ndarray:
    root = one.root.semitone == other.root.semitone
    return np.array([root, root and one.minor == other.minor])


def _best_triad(song: Song, at: Fraction) -> Chord:
    """Return the diatonic triad that holds most of the soprano in a beat; tonic before dominant before subdominant."""
    sung = {note.pitch.semitones % 12 for note in song.notes if note.onset < at + song.meter.beat and note.end > at}
    qualities = ("m", "dim", "", "m", "", "", "") if song.key.mode.minor else ("", "m", "m", "", "", "m", "dim")
    triads = [Chord(song.key.scale[step], qualities[step]) for step in (0, 4, 3, 5, 1, 2, 6)]
    return max(triads, key=lambda chord: len(sung & chord.semitones))


def _best_loop(held_out: Sequence[Chorale]) -> tuple[float, str]:
    """Return the agreement by root of the best loop of one to four diatonic roots, a beat, half or whole bar each, per mode."""
    hits = total = 0
    names = []
    for minor, roots in ((False, (0, 2, 4, 5, 7, 9, 11)), (True, (0, 2, 3, 5, 7, 8, 10))):
        sung = [c for c in held_out if c.song.key.mode.minor == minor]
        lines = [np.array([(root.semitone - c.song.key.tonic.semitone) % 12 for _, root, _, _ in c.beats]) for c in sung]
        if not lines:
            continue
        tries = ((loop, hold) for size in (1, 2, 3, 4) for loop in product(roots, repeat=size) for hold in (1, 2, 4))
        best = max(tries, key=lambda one: sum(int((np.resize(np.repeat(one[0], one[1]), len(x)) == x).sum()) for x in lines))
        hits += sum(int((np.resize(np.repeat(best[0], best[1]), len(x)) == x).sum()) for x in lines)
        total += sum(map(len, lines))
        names.append(f"{best[0]} x{best[1]}")
    return hits / total, ", ".join(names)


def bass_of_bach(most: int) -> None:
    """Print the same habits in Bach's own chords, as the human figure."""
    moves: Counter[str] = Counter()
    for chorale in bach(most):
        for (_, one, _, low), (_, other, _, high) in pairwise(chorale.beats):
            moves["all"] += 1
            moves["inverted"] += one != low
            moves["changes"] += (one, low) != (other, high)
            moves["stepwise"] += abs((high.semitone - low.semitone + 6) % 12 - 6) in (1, 2)
    print(f"craft, Bach: bass not the root {moves['inverted'] / moves['all']:.0%}; stepwise {moves['stepwise'] / moves['changes']:.0%}")
