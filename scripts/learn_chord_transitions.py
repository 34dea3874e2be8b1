"""Learn from Bach's chorales which chord follows which, and which chord stands under which soprano note; write the table of counts.

Every second chorale of music21's corpus is read; the others are left for the benchmark. Run from the repository's root::

    python scripts/learn_chord_transitions.py src/motifgen/data/chorales.csv
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from corpora import Chorale, chorales

KINDS = {"": "M", "aug": "M", "maj7": "M", "m": "m", "m7": "m", "dim": "d", "m7b5": "d", "dim7": "d", "7": "7"}
NONE = "-"
LEAST = {"next": 2, "before": 2, "end": 1, "inside": 1, "move": 1, "chord": 1}

Row = tuple[str, str, str, str, str]


def observations(chorale: Chorale) -> Iterator[Row]:
    """Yield (table, mode, context, context, chord) for every beat of a chorale; pitch classes count from the tonic."""
    song = chorale.song
    tonic, mode = song.key.tonic.semitone, "minor" if song.key.mode.minor else "major"
    beat = song.meter.beat
    origin = song.notes[0].onset + song.pickup
    sung = []
    for at, *_ in chorale.beats:
        here = [note for note in song.notes if note.onset < at + beat and note.end > at]
        sung.append([str((note.pitch.semitones - tonic) % 12) for note in here] or [NONE])
    before = ""
    for index, (at, root, quality, _) in enumerate(chorale.beats):
        chord = f"{(root.semitone - tonic) % 12}{KINDS[quality]}"
        follows = sung[index + 1][0] if index + 1 < len(sung) else NONE
        came = sung[index - 1][-1] if index else NONE
        left = min((int((end - at) / beat) - 1 for end in song.phrases if end > at), default=3)
        strong = "strong" if song.meter.weight(at - origin) >= 3 else "weak"
        yield ("chord", mode, "", "", chord)
        yield ("next", mode, sung[index][0], follows, chord)
        yield ("before", mode, came, sung[index][0], chord)
        yield ("end", mode, sung[index][0], str(max(0, min(left, 3))), chord)
        yield ("inside", mode, sung[index][0], sung[index][-1], chord)
        if before:
            yield ("move", mode, strong, before, chord)
        before = chord


def main(path: str) -> None:
    """Write the counts."""
    counts: Counter[Row] = Counter()
    for number, chorale in enumerate(chorales()):
        if number % 2 == 0:
            counts.update(observations(chorale))
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "mode", "one", "other", "chord", "count"])
        writer.writerows([*row, count] for row, count in sorted(counts.items()) if count >= LEAST[row[0]])


if __name__ == "__main__":
    main(sys.argv[1])
