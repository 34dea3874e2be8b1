"""What it costs, and what it saves, that the meter follows whose theme leads.

    python benchmarks/meters.py [--sets 60]

Random scenes of 90 to 180 s in the orchestral style: two or three characters lead one after the other, each with a theme of a meter
drawn from a list, all but the first entering on a hit, with 2 to 6 more hits. Each is spotted as it is, and with the first meter fixed
for all. *Kept*: mean likeness of the themes as the bars demand it, second by second while each leads. Bars are odd where they are not
in the meter of their stretch.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise

from timing import processor_seconds

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import Spotting
from motifgen.compose.spotting import spot
from motifgen.compose.spotting.presences import Presence
from motifgen.compose.spotting.wish import felt_beat
from motifgen.motif.motif import Motif
from motifgen.story.arc import Arc
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast, Hit, Scene
from motifgen.theory.time import Span

THEMES = {
    "3/4": "D4/q. E4/e F4/q | A4/h D4/q",
    "4/4": "D4/h A4/q. G4/e | F4/q E4/q D4/h",
    "5/4": "D4/q F4/q A4/q G4/q F4/q | E4/h. D4/h",
    "6/8": "D4/q F4/e A4/q. | G4/e F4/e E4/e D4/q.",
    "7/8": "D4/q F4/q A4/q. | G4/q F4/q D4/q.",
    "12/8": "D4/q. A4/q. G4/q F4/e E4/q. | D4/h. A3/h.",
}
FAMILIES = {
    "3/4 and 4/4": ("3/4", "4/4"),
    "quarters": ("3/4", "4/4", "5/4"),
    "eighths": ("6/8", "12/8"),
    "4/4 and 6/8": ("4/4", "6/8"),
    "4/4 and 7/8": ("4/4", "7/8"),
    "all": tuple(THEMES),
}
MS = Fraction(1, 1000)


def random_scene(family: str, number: int) -> Scene:
    """Return a scene in which characters with themes of some meters lead one after the other."""
    chance = Chance(number, "meters", family)
    meters = FAMILIES[family]
    count = 2 + chance.below(2)
    first = chance.below(len(meters))
    # Neighbors always differ, so that there is something to decide at every entry.
    steps = [first + sum(1 + chance.below(len(meters) - 1) for _ in range(i)) for i in range(count)]
    edges = [Fraction(0)]
    for _ in range(count):
        edges.append(edges[-1] + Fraction(24 * 45 + chance.below(24 * 15), 24))
    people = [
        Character(f"p{i}", Motif.parse(THEMES[meters[step % len(meters)]], meter=meters[step % len(meters)], key="D minor"))
        for i, step in enumerate(steps)
    ]
    cast = [Cast(who, Span(start, end)) for who, (start, end) in zip(people, pairwise(edges), strict=True)]
    hits = [Hit(at, "entry", who=who.key) for who, at in zip(people[1:], edges[1:], strict=False)]
    hits += [Hit(Fraction(48 + chance.below(24 * int(edges[-1] - 4)), 24)) for _ in range(2 + chance.below(5))]
    points = [(edges[-1] * share / 3, Affect(arousal=chance.between(-0.5, 0.6))) for share in range(4)]
    return Scene("meters", edges[-1], Arc.of(*points), cast=tuple(cast), hits=tuple(sorted(hits, key=lambda hit: hit.at)))


def kept(spotting: Spotting) -> float:
    """Return the mean likeness that the bars leave of whoever leads."""
    total = 0.0
    for it in spotting.scene.cast:
        for span, meter in spotting.stretches:
            start, end = spotting.seconds(span.start), spotting.seconds(min(span.end, spotting.end))
            seconds = float(max(min(end, it.span.end) - max(start, it.span.start), Fraction(0)))
            theme = it.who.motif
            assert isinstance(theme, Motif)  # noqa: S101 - all are written above
            total += seconds * (1 - Presence(it.who, theme, Span(start, end)).loss(meter))
    return total / float(spotting.scene.length)


def bend(spotting: Spotting) -> float:
    """Return the largest change of the felt beat from a bar to the next, as a share."""
    tempi = [
        float(bar.meter.bar / felt_beat(spotting.meter_at(bar.start)) / (spotting.seconds(bar.end) - spotting.seconds(bar.start)))
        for bar in spotting.bars
    ]
    return max((max(one / other, other / one) for one, other in pairwise(tempi)), default=1.0) - 1


def row(family: str, scenes: Sequence[Scene]) -> None:
    """Print the figures of many scenes, with their stretches and in one meter."""
    found = [spot(scene) for scene in scenes]
    plain = [spot(replace(scene, meter=it.bars[0].meter)) for scene, it in zip(scenes, found, strict=True)]
    changes = sum(len(it.meters) - 1 for it in found) / sum(len(it.scene.cast) - 1 for it in found)
    cells = [f"{changes:.0%}"]
    for made in (found, plain):
        landings = [landing for it in made for landing in it.landings]
        odd = [bar.meter != it.meter_at(bar.start) for it in made for bar in it.bars]
        bends = sorted(map(bend, made))
        shares = (sum(it.met for it in landings), sum(abs(it.error) <= MS for it in landings))
        cells += [f"{statistics.mean(map(kept, made)):.2f}", *(f"{share / len(landings):.1%}" for share in shares)]
        cells += [f"{sum(odd) / len(odd):.1%}", f"{statistics.median(bends):.1%} / {bends[int(0.9 * len(bends))]:.1%}"]
    times = [processor_seconds(partial(spot, scene)) for scene in scenes]
    cells += [f"{statistics.median(times) * 1e3:.0f}", f"{max(times) * 1e3:.0f}"]
    print(f"| {family} | " + " | ".join(cells) + " |")


def main() -> None:
    """Print the table of all families."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=60, help="random scenes for each family of meters")
    sets = parser.parse_args().sets
    one = ("kept", "met", "to 1 ms", "odd bars", "bend (median / 90th percentile)")
    head = ("meters", "entries that change it", *one, *(f"{name}, one meter" for name in one), "solve: median (ms)", "worst (ms)")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for family in FAMILIES:
        row(family, [random_scene(family, number) for number in range(sets)])


if __name__ == "__main__":
    main()
