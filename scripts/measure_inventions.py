"""Measure invented motifs, and print the table of `docs/invention.md`.

python scripts/measure_inventions.py [--count 100] [--seed 11]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean, median, pstdev

from motifgen.motif.invention import archetypes, invent
from motifgen.motif.statistics import Figures, figures

SHARES = ("second", "third", "repeat", "fourth", "fifth", "tritone", "sixth")
HEAD = ("archetype", "notes", "range", "minor", "pickup", "rises first", "calls", *SHARES, "semitones", "nPVI", "durations")


def main() -> int:
    """Print a row of figures for each archetype, and how far they can be told apart by them."""
    asked = argparse.ArgumentParser(description="Measure invented motifs.")
    asked.add_argument("--count", type=int, default=100, help="motifs of each archetype")
    asked.add_argument("--seed", type=int, default=11)
    options = asked.parse_args()
    _row(HEAD)
    _row(["---"] * len(HEAD))
    found = {
        name: [figures(invent(archetype=name, name=f"motif {number}", seed=options.seed).motif) for number in range(options.count)]
        for name in archetypes()
    }
    for name, made in found.items():
        _row([name, *_measured(made)])
    _told_apart({name: [one.numbers for one in made] for name, made in found.items()})
    return 0


def _told_apart(known: Mapping[str, Sequence[tuple[float, ...]]]) -> None:
    """Print how many of the last third are named by the nearest mean of the first two thirds, and what each is taken for instead."""
    spread = [pstdev(column) or 1.0 for column in zip(*(row for rows in known.values() for row in rows), strict=True)]
    learned = 2 * min(len(rows) for rows in known.values()) // 3
    centers = {name: [fmean(column) for column in zip(*rows[:learned], strict=True)] for name, rows in known.items()}
    named = {name: Counter(_nearest(row, centers, spread) for row in rows[learned:]) for name, rows in known.items()}
    right, whole = sum(counts[name] for name, counts in named.items()), sum(counts.total() for counts in named.values())
    sys.stdout.write(f"\nTold apart: {right} of {whole}, {100 * right / whole:.0f} % (guessing: {100 / len(known):.0f} %)\n")
    for name, counts in named.items():
        others = ", ".join(f"{other} {count}" for other, count in counts.most_common() if other != name)
        sys.stdout.write(f"{name}: {counts[name]} of {counts.total()}; else {others or 'nothing'}\n")


def _nearest(row: Sequence[float], centers: Mapping[str, Sequence[float]], spread: Sequence[float]) -> str:
    def distance(name: str) -> float:
        return sum(((a - b) / wide) ** 2 for a, b, wide in zip(row, centers[name], spread, strict=True))

    return min(sorted(centers), key=distance)


def _measured(made: list[Figures]) -> list[str]:
    medians = (median(one.notes_in_two_bars for one in made), median(one.range_in_two_bars for one in made))
    rates = [fmean(column) for column in zip(*((one.minor, one.pickup, one.opening > 0, one.calls) for one in made), strict=True)]
    shares = [fmean(one.share(interval) for one in made) for interval in SHARES]
    ends = (
        f"{fmean(one.semitones for one in made):.2f}",
        f"{median(one.npvi for one in made):.0f}",
        f"{median(one.durations for one in made):g}",
    )
    return [*(f"{value:g}" for value in medians), *(f"{value:.2f}" for value in (*rates, *shares)), *ends]


def _row(cells: list[str] | tuple[str, ...]) -> None:
    sys.stdout.write("| " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    sys.exit(main())
