"""Learn from folk songs how melodies move, and write the counts to the table that the inventor of motifs reads.

    python scripts/learn_melody_statistics.py [--most 2500] [--to src/motifgen/data/melody_statistics.csv]

The songs are the Essen collection (Schaffrath, ed. Huron, 1995) as music21's corpus has it. Only sums leave this script: which
interval follows which, which degree of the scale stands on which weight of the bar, and how the last note is reached.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from motifgen.errors import MotifgenError
from motifgen.motif.invention.learned import move_class
from motifgen.theory.time import Meter

FILES = ("altdeu10", "ballad10", "boehme10", "erk10", "erk20", "fink0", "kinder0", "lot", "zuccal0", "dva0", "irl", "lux")
Row = tuple[str, str, str]
Melody = list[tuple[int, int]]


def main() -> int:
    """Count, write, and say how much was read."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--most", type=int, default=2500, help="how many songs at most")
    asked.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "src" / "motifgen" / "data" / "melody_statistics.csv")
    options = asked.parse_args()
    counts: Counter[Row] = Counter()
    songs = notes = 0
    for minor, melody in _songs(options.most):
        songs, notes = songs + 1, notes + len(melody)
        counts.update(_counted(melody, "minor" if minor else "major"))
    _write(options.to, counts)
    sys.stdout.write(f"{songs} songs, {notes} notes, {len(counts)} rows in {options.to}\n")
    return 0


def _songs(most: int) -> Iterator[tuple[bool, Melody]]:
    """Go through the songs that have a key and one meter, evenly over the collections."""
    from music21 import corpus  # noqa: PLC0415 - slow import

    share = -(-most // len(FILES))
    for name in FILES:
        opus = corpus.parse(f"essenFolksong/{name}")
        for score in list(opus.scores)[:share]:
            song = _song(score)
            if song:
                yield song


def _song(score: Any) -> tuple[bool, Melody] | None:  # noqa: ANN401 - music21 has no types
    """Return whether a song is minor, and its notes as semitones above the tonic and metrical weight."""
    keys = list(score.recurse().getElementsByClass("Key"))
    meters = {signature.ratioString for signature in score.recurse().getElementsByClass("TimeSignature")}
    if not keys or len(meters) != 1:
        return None
    try:
        meter = Meter.parse(meters.pop())
    except MotifgenError:
        return None
    tonic = keys[0].tonic.pitchClass
    found: Melody = []
    for measure in score.recurse().getElementsByClass("Measure"):
        shift = Fraction(measure.paddingLeft).limit_denominator(96)
        for note in measure.notes:
            at = Fraction(note.offset).limit_denominator(96) + shift
            if note.isNote and not (note.tie and note.tie.type in {"stop", "continue"}):
                found.append((note.pitch.midi - tonic, meter.weight(at)))
    return (keys[0].mode == "minor", found) if len(found) > 8 else None


def _counted(melody: Melody, mode: str) -> Iterator[Row]:
    """Go through everything that is counted in a song."""
    moves = [move_class(b[0] - a[0]) for a, b in pairwise(melody)]
    for before, after in pairwise(moves):
        yield ("move", str(before), str(after))
    for height, weight in melody:
        yield (f"degree {mode}", str(weight), str(height % 12))
    yield ("close", mode, str(moves[-1]))


def _write(to: Path, counts: Counter[Row]) -> None:
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("table", "given", "then", "count"))
        writer.writerows((*row, count) for row, count in sorted(counts.items()))


if __name__ == "__main__":
    sys.exit(main())
