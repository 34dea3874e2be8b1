"""How plans measure beside the habits of human composers: the table of ``docs/dramaturgy.md``.

    python scripts/measure_plans.py FILE.yaml ...

Reads scene arc files and plans every scene of them; with none given, the examples and the test scenes of the repository. A row is a
habit, what is counted, what it is here, and what it is in hand-made sketches or in the literature, where there is a figure.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from motifgen.compose.desk import Plan, Statement
from motifgen.compose.planning import plan
from motifgen.compose.planning.landmarks import distance
from motifgen.compose.planning.moods import home_affect
from motifgen.compose.spotting import spot
from motifgen.files.scene_file import read_story
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.scene import Scene

ROOT = Path(__file__).resolve().parent.parent
FOREGROUND = ("theme", "fragment")


def plans_of(files: Sequence[Path]) -> list[Plan]:
    """Return the plans of all scenes of scene arc files."""
    found = []
    for file in files:
        story = read_story(file)
        found += [plan(spot(scene, story)) for scene in story.scenes if isinstance(scene, Scene)]
    return found


def themes(made: Plan, who: str) -> list[Statement]:
    """Return a theme's full statements that the planner chose."""
    return [s for s in made.statements if s.who.key == who and s.treatment == "theme" and not s.asked]


def pairs(plans: Sequence[Plan]) -> list[tuple[Plan, Statement, Statement]]:
    """Return each theme's statements next to each other."""
    return [(made, a, b) for made in plans for who in {s.who.key for s in made.statements} for a, b in pairwise(themes(made, who))]


def one_climax(plans: Sequence[Plan]) -> str:
    """Return how many scenes have one climax of one place, of those with a height."""
    high = [[section.function == "climax" for section in made.sections] for made in plans]
    high = [marks for marks in high if any(marks)]
    return f"{sum(sum(b > a for a, b in pairwise([False, *marks])) == 1 for marks in high)} of {len(high)} scenes"


def by_steps(plans: Sequence[Plan]) -> str:
    """Return in how many pairs a theme's likeness moves as its owner's feeling moves away from home, or back."""
    kept = counted = 0
    for made, a, b in pairs(plans):
        cast = next((it for it in made.spotting.scene.cast if it.who.key == a.who.key), None)
        if "at its height" in a.why + b.why or not isinstance(a.who.motif, Motif) or cast is None:
            continue
        feels = [cast.feel or made.spotting.affect(s.start) for s in (a, b)]
        before, after = (distance(feel, home_affect(a.who, a.who.motif)) for feel in feels)
        counted += 1
        kept += b.likeness <= a.likeness + 0.03 if after > before + 0.03 else b.likeness >= a.likeness - 0.03 or after > before - 0.03
    return f"{kept} of {counted} pairs"


def worn(plans: Sequence[Plan]) -> str:
    """Return in how many pairs the same changed form comes twice running."""
    found = pairs(plans)
    return f"{sum(bool(a.transforms) and a.transforms == b.transforms for _, a, b in found)} of {len(found)} pairs"


def variety(plans: Sequence[Plan]) -> str:
    """Return the share of changed forms, among all statements of a theme in a scene, that are new there."""
    forms = [[s.transforms for s in made.statements if s.who.key == who and s.transforms] for made in plans for who in _people(made)]
    return f"{sum(len(set(it)) for it in forms) / max(sum(map(len, forms)), 1):.2f}"


def often(plans: Sequence[Plan]) -> str:
    """Return how often a theme is stated in full: in a minute in the middle, and at most in any minute."""
    rates, most = [], 0
    for made in plans:
        for who in _people(made):
            times = [made.spotting.seconds(s.start) for s in themes(made, who)]
            rates += [60 * len(times) / float(made.spotting.scene.length)] if times else []
            most = max([most, *(sum(at <= other <= at + 60 for other in times) for at in times)])
    return f"{statistics.median(rates):.1f}, {most} at most"


def foreground(plans: Sequence[Plan]) -> str:
    """Return the share of a scene's time in which a theme or fragment leads: the middle and the range."""
    shares = []
    for made in plans:
        if not made.spotting.scene.cast:
            continue
        last, covered = Fraction(0), Fraction(0)
        for s in sorted((s for s in made.statements if s.treatment in FOREGROUND), key=lambda s: s.start):
            covered += max(s.end - max(s.start, last), Fraction(0))
            last = max(last, s.end)
        shares.append(float(covered / made.spotting.end))
    return f"{statistics.median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f})"


def under_words(plans: Sequence[Plan]) -> str:
    """Return how full the music under dialogue is beside the scene's mean."""
    shares = []
    for made in plans:
        mean = sum(float(it.span.length) * it.level for it in made.sections) / float(made.spotting.end)
        levels = [it.level for it in made.sections if it.function == "underscore"]
        shares += [statistics.mean(levels) / mean] if levels and mean else []
    return f"{min(shares):.2f} to {max(shares):.2f}" if shares else "no dialogue"


def width(plans: Sequence[Plan]) -> str:
    """Return the fullest minus the emptiest sounding section."""
    levels = [[it.level for it in made.sections if it.function != "silence"] for made in plans]
    return f"{statistics.median(max(it) - min(it) for it in levels):.2f} of 1"


def hushed(plans: Sequence[Plan]) -> str:
    """Return before how many stingers nothing begins for a second and a half."""
    kept = counted = 0
    for made in plans:
        for landing in (it for it in made.spotting.landings if it.hit.do == "stinger"):
            at = made.spotting.seconds(landing.at)
            begun = (made.spotting.seconds(s.start) for s in made.statements if s.treatment in FOREGROUND and s.motif.pickup == 0)
            counted += 1
            kept += not any(at - Fraction(3, 2) <= it < at - Fraction(1, 100) for it in begun)
    return f"{kept} of {counted}"


def endings(plans: Sequence[Plan]) -> str:
    """Return in how many scenes with a cast the last theme ends near the end of the sound."""
    kept = counted = 0
    for made in plans:
        spans = [s.end for s in made.statements if s.treatment in (*FOREGROUND, "counter")]
        if spans:
            stop = min([made.spotting.end, *(rest.start for rest in made.spotting.rests if rest.end >= made.spotting.end)])
            counted += 1
            kept += made.spotting.seconds(stop) - made.spotting.seconds(max(spans)) < 8
    return f"{kept} of {counted} scenes"


def deserts(plans: Sequence[Plan]) -> str:
    """Return the longest stretch of sounding music without words in which no theme is heard, in seconds."""
    longest = Fraction(0)
    for made in plans:
        if not any(it.role == "lead" for it in made.spotting.scene.cast):
            continue
        words = [(made.spotting.quarter(it.start), made.spotting.quarter(it.end)) for it in made.spotting.scene.dialogue]
        filled = [(s.start, s.end) for s in made.statements] + words + [(it.start, it.end) for it in made.spotting.rests]
        at = Fraction(0)
        for start, end in [*sorted(filled), (made.spotting.end, made.spotting.end)]:
            longest = max(longest, made.spotting.seconds(start) - made.spotting.seconds(at)) if start > at else longest
            at = max(at, end)
    return f"{float(longest):.0f} s"


def in_time(plans: Sequence[Plan]) -> str:
    """Return how long after a keyframe a theme says that the scene turns to its word: median and longest, in seconds."""
    late = []
    for made in plans:
        for it in made.statements:
            if it.why.startswith("the scene turns "):
                at = made.spotting.seconds(it.start + it.motif.pickup)
                late.append(float(min(abs(at - point.at) for point in made.spotting.scene.arc.points)))
    return f"{statistics.median(late):.1f}, {max(late):.1f} at most" if late else "none"


def keys(plans: Sequence[Plan]) -> str:
    """Return through how many keys a scene goes, and how many scenes end where they began."""
    counts = [len({str(area.key.tonic) for area in made.keys}) for made in plans]
    back = sum(made.keys[-1].key.tonic == made.keys[0].key.tonic for made in plans)
    return f"{statistics.mean(counts):.1f}; {back} of {len(plans)} end at home"


def developed(plans: Sequence[Plan]) -> str:
    """Return the shares of what is heard in front: developed (sequenced, spun out, answered), mere pieces, and the theme otherwise."""
    front = [s for made in plans for s in made.statements if s.treatment in FOREGROUND]
    names = [{parse_transform(step).name for step in s.transforms} for s in front]
    grown = sum(not it.isdisjoint(("sequence", "extend", "reflect")) for it in names)
    pieces = sum(not it.isdisjoint(("head", "tail")) and it.isdisjoint(("sequence", "extend")) for it in names)
    count = max(len(front), 1)
    return f"{grown / count:.2f}, {pieces / count:.2f}, {1 - (grown + pieces) / count:.2f}"


def repeated(plans: Sequence[Plan]) -> str:
    """Return how often a scene gives a statement in front the story's side of a reason that it has given before."""
    told = [[s.why.partition(":")[0] for s in made.statements if s.treatment in FOREGROUND] for made in plans]
    return f"{sum(len(it) - len(set(it)) for it in told)} of {sum(map(len, told))}"


def argued(plans: Sequence[Plan]) -> str:
    """Return how many different reasons there are for a hundred statements."""
    reasons = [s.why for made in plans for s in made.statements]
    return f"{100 * len(set(reasons)) / max(len(reasons), 1):.0f} of 100"


def _people(made: Plan) -> list[str]:
    return sorted({s.who.key for s in made.statements})


ROWS: tuple[tuple[str, str, Callable[[Sequence[Plan]], str], str], ...] = (
    ("the climax is one place", "scenes with a height that have it once", one_climax, "all"),
    ("grow or die by steps", "pairs of statements whose likeness moves as the feeling does", by_steps, "monotone towards the turn"),
    ("no form worn out", "the same changed form twice running", worn, "–"),
    ("develop, do not repeat", "changed forms that are new in their scene", variety, "–"),
    ("develop, do not repeat", "developed, pieces alone, themes otherwise, of what is heard in front", developed, "–"),
    ("no theme worn out", "full statements of a theme in a minute, median and most", often, "–"),
    ("rest for the ear", "share of the time with a theme in the foreground, median (range)", foreground, "–"),
    ("no deserts", "longest sounding stretch without any theme or words, with a lead there", deserts, "–"),
    ("thin under words", "planned fullness under dialogue against the scene's mean", under_words, "0.04 to 0.30"),
    ("wide dynamics", "fullest minus emptiest sounding section, median", width, "20 to 25 dB"),
    ("silence before shocks", "stingers before which nothing begins for a second and a half", hushed, "one to three seconds"),
    ("distance has meaning", "keys in a scene, mean; scenes that end where they began", keys, "home when found"),
    ("an ending by decision", "scenes whose last theme ends within 8 s of the end of the sound", endings, "all"),
    ("each choice is argued", "seconds between a keyframe and a theme that says the scene turns there, median and most", in_time, "–"),
    ("each choice is argued", "different reasons among the statements", argued, "–"),
    ("each choice is argued", "statements for which the story's side says what it said before in the scene", repeated, "–"),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    asked = parser.parse_args()
    plans = plans_of(asked.files or sorted([*ROOT.glob("examples/*/*.yaml"), *ROOT.glob("tests/scenes/*.yaml")]))
    print(f"{len(plans)} scenes, {sum(len(made.statements) for made in plans)} statements\n")
    print("| habit | figure | here | human |\n|---|---|---|---|")
    for habit, figure, measure, human in ROWS:
        print(f"| {habit} | {figure} | {measure(plans)} | {human} |")


if __name__ == "__main__":
    main()
