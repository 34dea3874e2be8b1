"""How fast scenes are planned, and how often plans keep their laws, over stories drawn at random.

    python benchmarks/planning.py [--stories 300] [--seed 0]

Times are processor time, the best of five, warm and cold: cold is the first plan of new themes, whose forms are not worked out yet, after
another scene was planned: what a program loads once is not counted. The
scene of three minutes has six characters, hits and dialogue; the film has sixty scenes of a minute. Stories are single scenes of 30 to
120 s with one to four characters in any role, up to three hits, dialogue and silence. A law is counted for each thing that it is about.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from motifgen.affect import Affect
from motifgen.chance import Chance
from motifgen.compose.desk import Plan, Statement
from motifgen.compose.planning import plan
from motifgen.compose.planning.consonance import SHARE, Sounding, agreement
from motifgen.compose.spotting import spot
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import parse_transform
from motifgen.story.arc import Arc
from motifgen.story.casting import themes
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Cast, Hit, Scene, Story

THEMES = (
    ("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", "D minor", "brave"),
    ("D3/h Eb3/q D3/q | Ab3/w", "D minor", "menace"),
    ("A4/e B4/e | D5/q. A4/e F#4/q A4/q | G4/q. F#4/e E4/h", "D major", "innocent"),
    ("E4/q | C#5/q. B4/e A4/q E4/q | F#4/q. G#4/e A4/h", "A major", "tender"),
    ("Eb4/q. Bb4/e Bb4/h | C5/q Bb4/q Ab4/q G4/q", "Eb major", "noble"),
    ("C5/e B4/e C5/e r/e F#4/q r/q | Eb5/e D5/e Eb5/e r/e A4/q", "C minor", "mischief"),
)
PEOPLE = tuple(Character(f"p{i}", Motif.parse(text, key=key), traits=(trait,)) for i, (text, key, trait) in enumerate(THEMES))
OTHER = Character("other", Motif.parse("C4/q G4/q. F4/e E4/q | D4/h C4/h", key="C major"))
MOODS = ("calm", "unease", "terror", "relief", "hope", "love", "grief", "triumph", "suspense", "chase", "wonder", "neutral")
MELODIC = ("theme", "fragment", "counter")


def long_scene() -> Scene:
    """Return the scene of three minutes with six characters."""
    arc = Arc.of((0, "calm"), (30, "unease"), (60, "hope"), (90, "dread"), (130, "terror"), (150, "grief"), (170, "relief"))
    a, b, c, d, e, f = PEOPLE
    cast = [Cast(a), Cast(b, (20, 150)), Cast(c, (10, 100), "support"), Cast(d, (40, 180), "support"), Cast(e, (60, 180))]
    hits = [Hit(44, "entry", who=b.key), Hit(130, "stinger"), Hit(150, "reveal", who=e.key)]
    return Scene("long", 180, arc, cast=[*cast, Cast(f, (5, 60), "hint")], hits=hits, dialogue=[(70, 80)])


def long_film() -> Story:
    """Return the film of sixty scenes."""
    arcs = [Arc.of((0, one), (20, two), (40, three)) for one, two, three in zip(MOODS, MOODS[1:], MOODS[2:], strict=False)]
    scenes = []
    for i in range(60):
        who = [PEOPLE[(i + j) % 6] for j in range(4)]
        cast = [Cast(who[0]), Cast(who[1], 20), Cast(who[2], 10, "support"), Cast(who[3], role="hint")]
        scenes.append(Scene(f"s{i}", 60, arcs[i % len(arcs)], cast=cast, hits=[Hit(20, "entry", who=who[1].key)]))
    return Story("long", scenes=scenes)


def story(number: int, seed: int) -> Scene:
    """Return a scene at random."""
    chance = Chance(seed, "planning", number)
    length = 30 + chance.below(91)
    arc = Arc.of((0, _affect(chance)), *((length * i // 4, _affect(chance)) for i in range(1, 4) if chance.below(3)))
    cast = [_presence(chance, who, length) for who in PEOPLE if not chance.below(3)][:4] or [Cast(PEOPLE[0])]
    hits = [_hit(chance, cast, length) for _ in range(chance.below(4))]
    spans = [((at := chance.below(length - 6)), at + 3 + chance.below(4)) if not chance.below(3) else None for _ in range(2)]
    dialogue, silence = ([span] if span else [] for span in spans)
    return Scene("drawn", length, arc, cast=cast, hits=hits, dialogue=dialogue, silence=silence, seed=number)


def _affect(chance: Chance) -> Affect:
    return Affect(*(chance.between(-1, 1) for _ in range(2)), chance.unit(), chance.between(-1, 1))


def _presence(chance: Chance, who: Character, length: int) -> Cast:
    start = chance.choose((0, 0, length // 4, length // 2))
    end = chance.choose((length, length, start + (length - start) * 2 // 3))
    return Cast(who, (start, end), chance.choose(("lead", "lead", "support", "hint")))


def _hit(chance: Chance, cast: list[Cast], length: int) -> Hit:
    do = chance.choose(("accent", "stinger", "swell", "entry", "reveal", "pause"))
    named = do in ("entry", "reveal") and chance.below(2)
    return Hit(3 + chance.below(length - 6), do, who=chance.choose(cast).who.key if named else "")


def laws(made: Plan) -> Iterator[tuple[str, bool]]:
    """Yield each law of a plan, once for each thing it is about, and whether it is kept."""
    scene, known = made.spotting.scene, themes(made.spotting.scene)
    for cast in scene.cast:
        if cast.role == "lead":
            own = [s for s in made.statements if s.who == cast.who and s.treatment in MELODIC]
            heard = any(_whole(s, known) for s in own)
            yield "every lead is heard whole within its presence", heard
            yield "... or a warning says why not", heard or any(cast.who.name in said for said in made.warnings)
    for key in known:
        for s in [s for s in made.statements if s.who.key == key and s.treatment == "theme"][:2]:
            yield "the first two statements of a theme are whole", _whole(s, known)
        times = [made.spotting.seconds(s.start) for s in made.statements if s.who.key == key and s.treatment == "theme"]
        yield "no theme is heard in full more than three times a minute", all(b - a > 60 for a, b in zip(times, times[3:], strict=False))
    for s in made.statements:
        yield "every variant is at or above its floor", s.likeness >= s.who.keep
        yield "at most two hard steps at once", sum(parse_transform(it).hard for it in s.transforms if not it.startswith("meter")) <= 2
        yield "asked silence is silent", not any(s.span.overlaps(rest) for rest in made.spotting.rests)
        yield "a statement lies in its owner's presence, or on a hit that names its owner", _present(made, s)
    yield from _torn(made, known)
    lines = [(s, Sounding.of(s)) for s in made.statements if s.treatment in (*MELODIC, "ostinato")]
    for (one, a), (other, b) in combinations(lines, 2):
        if a.meets(b) and one.who.key != other.who.key:
            beat = made.spotting.bar_at(max(one.start, other.start)).meter.beat
            yield "themes that sound together agree on three strong beats of four", agreement(a, b, beat) >= SHARE


def _whole(s: Statement, known: object) -> bool:
    theme = known[s.who.key]  # type: ignore[index]
    return len(s.motif.sounding()) >= len(theme.sounding())


def _present(made: Plan, s: Statement) -> bool:
    spans = [it.span for it in made.spotting.scene.cast if it.who.key == s.who.key]
    if any(it.at == s.start and it.hit.who == s.who.key for it in made.spotting.landings):
        return True
    start, end, slack = made.spotting.seconds(s.start), made.spotting.seconds(s.end), Fraction(1, 1000)
    return any(it.start - slack <= start and end <= it.end + slack for it in spans)


def _torn(made: Plan, known: object) -> Iterator[tuple[str, bool]]:
    for s in made.statements:
        if s.why.endswith("room ends"):
            later = [it for it in made.statements if it.who == s.who and it.start > s.start and it.treatment in ("theme", "counter")]
            yield "a theme that is broken off is whole the next time, if there is one", not later or _whole(later[0], known)


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the processor time of the quickest of several runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    one, film = spot(long_scene()), long_film()
    spotted = [spot(scene, film) for scene in film.scenes if isinstance(scene, Scene)]
    plan(spot(Scene("other", 40, Arc.of((0, "calm"), (20, "terror")), cast=[Cast(OTHER)])))
    cold, cold_film = best(lambda: plan(one), 1), best(lambda: [plan(it) for it in spotted], 1)
    warm, warm_film = best(lambda: plan(one)), best(lambda: [plan(it) for it in spotted], 3)
    print(f"3 minutes, 6 characters: {warm * 1000:.0f} ms (first time {cold * 1000:.0f} ms)")
    print(f"a film of 60 scenes: {warm_film:.2f} s (first time {cold_film:.2f} s)")
    kept: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for number in range(asked.stories):
        for law, holds in laws(plan(spot(story(number, asked.seed)))):
            counted[law] += 1
            kept[law] += holds
    print(f"\nlaws over {asked.stories} stories")
    for law, count in counted.items():
        print(f"{kept[law]:6} of {count:6}  {law}")


if __name__ == "__main__":
    main()
