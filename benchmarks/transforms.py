"""Transposition, inversion and augmentation of one motif, beside music21 doing the same; one run, printed as ratios.

Run it as ``python benchmarks/transforms.py``. Both sides make a new object from the same four bars; the best of several rounds counts,
in processor time.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from timeit import repeat
from typing import Any

from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform

THEME = Motif.parse("A4/e | D5/q. E5/e F5/q E5/e D5 | A5/h F5/q. C#5/e | D5/q. C5/e Bb4/q A4/e G4 | A4/h.~ A4/e", key="D minor")


def microseconds(work: Callable[[], object], times: int) -> float:
    """Return the best processor time of one call over seven rounds."""
    work()
    return min(repeat(work, number=times, repeat=7, timer=process_time)) / times * 1e6


def in_music21(motif: Motif) -> Any:  # noqa: ANN401 - music21 ships no types
    """Return the same notes as a music21 stream."""
    from music21 import note, stream  # noqa: PLC0415 - slow import

    line = stream.Part()
    for onset, length, pitch in motif.sounding():
        line.insert(float(onset), note.Note(str(pitch).replace("b", "-"), quarterLength=length))
    return line


def main() -> None:
    """Print the table."""
    theirs = in_music21(THEME)
    rows = [
        ("transpose 3", lambda: theirs.transpose(3)),
        ("transpose 2 degrees", lambda: theirs.transpose("M3")),
        ("invert real", lambda: theirs.invertDiatonic(theirs.notes[0], inPlace=False)),
        ("augment 2", lambda: theirs.augmentOrDiminish(2, inPlace=False)),
    ]
    print(f"{'transform':22}{'motifgen':>14}{'music21':>14}{'ratio':>9}")
    for text, work in rows:
        transform = parse_transform(text)
        ours, other = microseconds(lambda t=transform: t(THEME), 400), microseconds(work, 20)
        print(f"{text:22}{ours:>11.1f} µs{other:>11.1f} µs{other / ours:>8.0f}×")
    variant = parse_transform("major")(THEME)
    print(f"{'likeness':22}{microseconds(lambda: likeness(THEME, variant), 300):>11.1f} µs")
    print(f"{'parse a motif text':22}{microseconds(lambda: Motif.parse(str(THEME), key='D minor'), 100):>11.1f} µs")


if __name__ == "__main__":
    main()
