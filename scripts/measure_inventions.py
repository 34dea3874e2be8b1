"""Measure invented motifs, and print the table of `docs/invention.md`.

python scripts/measure_inventions.py [--count 100] [--seed 11]
"""

from __future__ import annotations

import argparse
import sys
from statistics import fmean, median

from motifgen.motif.invention import archetypes, invent
from motifgen.motif.statistics import Figures, figures

SHARES = ("second", "third", "repeat", "fourth", "fifth", "tritone", "sixth")
HEAD = ("archetype", "notes", "range", "minor", "pickup", "rises first", "calls", *SHARES, "semitones", "nPVI", "durations")


def main() -> int:
    """Print a row of figures for each archetype."""
    asked = argparse.ArgumentParser(description="Measure invented motifs.")
    asked.add_argument("--count", type=int, default=100, help="motifs of each archetype")
    asked.add_argument("--seed", type=int, default=11)
    options = asked.parse_args()
    _row(HEAD)
    _row(["---"] * len(HEAD))
    for name in archetypes():
        made = [figures(invent(archetype=name, name=f"motif {number}", seed=options.seed).motif) for number in range(options.count)]
        _row([name, *_measured(made)])
    return 0


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
