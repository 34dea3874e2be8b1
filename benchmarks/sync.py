"""How well hits are met, on random sets of them.

    python benchmarks/sync.py [--sets 100]

Random sets of 3 to 12 hits on whole frames at 24 fps over 60 to 180 s, each scene with an arc of its own, 4/4, the orchestral style,
every hit on a beat. A set is *feasible* when no two of its hits lie closer than a sixteenth at the style's fastest tempo; a closer pair
has no two places to fall on. A third table holds scenes of a minute with two hits a few frames apart. Beside the solver: the best single
tempo within 20 % of the wish, which may use eighths (the setting of the usual table of what one steady tempo can catch). The time is
that of one solve, also in units of a fixed loop of plain Python, so that machines can be compared.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import Spotting
from motifgen.compose.spotting import spot
from motifgen.compose.spotting.steady import steady
from motifgen.compose.spotting.wish import wished
from motifgen.orchestra.palette import palette
from motifgen.story.arc import Arc
from motifgen.story.scene import Hit, Scene
from motifgen.theory.time import Meter

STYLE = palette("orchestral")
CLOSEST = Fraction(60, 4 * int(STYLE.tempo[1]))
MS = Fraction(1, 1000)


def random_scene(hits: int, number: int, closest: Fraction = Fraction(0)) -> Scene:
    """Return a scene with hits on random frames; with ``closest`` given, none of them nearer to each other (seconds)."""
    chance = Chance(number, "sync", hits, closest)
    length = 60 + chance.below(121)
    times = sorted({Fraction(24 + chance.below(24 * (length - 2)), 24) for _ in range(hits)})
    while len(times) < hits or any(after - before < closest for before, after in pairwise(times)):
        times = sorted({Fraction(24 + chance.below(24 * (length - 2)), 24) for _ in range(hits)})
    points = [(length * share / 2, Affect(arousal=chance.between(-0.5, 0.6))) for share in range(3)]
    return Scene("sync", Fraction(length), Arc.of(*points), meter=Meter(4, 4), hits=tuple(Hit(at) for at in times))


def pair_scene(gap: int, number: int) -> Scene:
    """Return a scene of a minute with two hits so many frames apart."""
    chance = Chance(number, "pair", gap)
    first = Fraction(240 + chance.below(960), 24)
    points = [(30 * share, Affect(arousal=chance.between(-0.5, 0.6))) for share in range(3)]
    return Scene("pair", Fraction(60), Arc.of(*points), meter=Meter(4, 4), hits=(Hit(first), Hit(first + Fraction(gap, 24))))


def bend(spotting: Spotting) -> float:
    """Return the largest change of tempo from a bar to the next, as a share, told from the written map."""
    tempi = [float((bar.end - bar.start) / (spotting.seconds(bar.end) - spotting.seconds(bar.start))) for bar in spotting.bars]
    return max((max(one / other, other / one) for one, other in pairwise(tempi)), default=1.0) - 1


def one_tempo(scene: Scene) -> float:
    """Return the frames by which the best single tempo misses its worst hit."""
    wish = wished(scene, STYLE)
    mean = wish.beats[-1] * 60 / float(scene.length)
    loose = replace(scene, hits=tuple(replace(hit, on="any") for hit in scene.hits))
    return min(row.worst for row in steady(loose, STYLE, 0.8 * mean, 1.2 * mean))


def timed(run: Callable[[], object]) -> float:
    """Return the process time of a call in seconds."""
    start = time.process_time()
    run()
    return time.process_time() - start


def fixed_loop() -> int:
    """Return a sum that takes as long as a machine is slow."""
    total = 0
    for n in range(100_000):
        total += n * n % 7
    return total


def pair_row(gaps: range, sets: int) -> None:
    """Print the figures of scenes with a pair of hits, for several distances (frames)."""
    found = [spot(pair_scene(gap, number)) for gap in gaps for number in range(sets // len(gaps))]
    landings = [landing for spotting in found for landing in spotting.landings]
    exact = sum(abs(landing.error) <= MS for landing in landings) / len(landings)
    beats = sum(
        not (it.at - spotting.bar_at(it.at).start) % spotting.bar_at(it.at).meter.beat for spotting in found for it in spotting.landings
    )
    bends = sorted(map(bend, found))
    shares = (sum(landing.met for landing in landings) / len(landings), exact, beats / len(landings))
    cells = (*shares, statistics.median(bends), bends[int(0.9 * len(bends))], bends[-1])
    print(f"{gaps[0]:4}-{gaps[-1]:<3}" + "".join(f"{cell:>11.1%}" for cell in cells))


def row(hits: int, scenes: Sequence[Scene], loop: float) -> None:
    """Print the figures of many scenes with the same number of hits."""
    found = [spot(scene) for scene in scenes]
    exact = sum(abs(landing.error) <= MS for spotting in found for landing in spotting.landings)
    whole = sum(all(landing.met for landing in spotting.landings) for spotting in found)
    bends = sorted(map(bend, found))
    odd = statistics.mean(sum(bar.meter != Meter(4, 4) for bar in spotting.bars) / len(spotting.bars) for spotting in found)
    # The shorter of two: what else a machine does must not count.
    times = sorted(min(timed(lambda scene=scene: spot(scene)) for _ in range(2)) for scene in scenes)
    alone = [one_tempo(scene) for scene in scenes]
    single = "/".join(f"{sum(worst <= frames for worst in alone) / len(alone):.2f}" for frames in (1, 2))
    middle = statistics.median(times)
    cells = (
        *(f"{share:.1%}" for share in (whole / len(found), exact / hits / len(found))),
        *(f"{share:.1%}" for share in (statistics.median(bends), bends[int(0.9 * len(bends))], bends[-1], odd)),
        *(single, f"{middle * 1e3:.1f}", f"{times[-1] * 1e3:.1f}", f"{middle / loop:.1f}"),
    )
    print(f"{hits:4}" + "".join(f"{cell:>11}" for cell in cells))


PAIR_HEAD = ("met", "to 1 ms", "on a beat", "bend med", "bend p90", "bend max")
HEAD = ("all met", "to 1 ms", "bend med", "bend p90", "bend max", "odd bars", "one tempo", "ms med", "ms max", "per loop")


def main() -> None:
    """Print a table for feasible sets, one for sets as they come, one for pairs of hits."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=100, help="random sets for each number of hits")
    sets = parser.parse_args().sets
    loop = statistics.median(timed(fixed_loop) for _ in range(9))
    for title, closest in (("feasible sets", CLOSEST), ("sets as they come", Fraction(0))):
        print(f"\n{title}\nhits" + "".join(f"{cell:>11}" for cell in HEAD))
        for hits in (3, 4, 5, 6, 8, 10, 12):
            row(hits, [random_scene(hits, number, closest) for number in range(sets)], loop)
    print("\npairs of hits\nframes  " + "".join(f"{cell:>11}" for cell in PAIR_HEAD))
    for gaps in (range(1, 2), range(2, 4), range(4, 7), range(7, 13)):
        pair_row(gaps, sets)


if __name__ == "__main__":
    main()
