"""Locks: which bars of a scene are kept, where they lie in the take and in the scene, and what planning must know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from motifgen.compose.desk import Landing, Spotting, stated_place
from motifgen.compose.keeping.earlier import Earlier, earlier
from motifgen.errors import MotifgenError
from motifgen.motif.transform.table import parse_transform
from motifgen.sketch.events import PPQ
from motifgen.sketch.recording import Recording
from motifgen.sketch.tempo_map import to_tick
from motifgen.story.leitmotif import Character
from motifgen.story.moments import Asked, BarPlace, KeptBars
from motifgen.story.scene import Scene, Story

#: Ticks by which a player, or a grace note, may be early and still be meant for the bar: an eighth of a quarter.
EARLY = PPQ // 8
_UNMOVED = Fraction(1, 1000)


@dataclass(frozen=True, slots=True, eq=False)
class Lock:
    """Bars that are kept: the ticks from ``start`` to ``end`` of the scene hold those from ``first`` on of a take."""

    kept: KeptBars
    take: Earlier
    start: int
    end: int
    first: int

    @property
    def last(self) -> int:
        """Return the tick of the take at which the kept bars end."""
        return self.first + self.end - self.start

    @property
    def shift(self) -> int:
        """Return how many ticks later the bars lie now."""
        return self.start - self.first

    def holds(self, tick: int) -> bool:
        """Tell whether what begins at a tick of the scene belongs to the kept bars; players may be a little early."""
        return self.start - EARLY <= tick < self.end - EARLY

    def held(self, tick: int) -> bool:
        """Tell the same of a tick of the take."""
        return self.holds(tick + self.shift)


def lock(
    spotting: Spotting, story: Story | None, sketched: Callable[[Scene, Story | None], Recording]
) -> tuple[Spotting, tuple[Lock, ...], tuple[str, ...]]:
    """Return the spotting for planning, the locks, and a sentence for whatever cannot be kept as it was.

    The themes of the kept bars are asked of the planner as if the composer had written them there, and its scene keeps only the
    bars that can be kept: so the planner works around them.

    Parameters
    ----------
    sketched : callable
        Composes a scene, for takes that are named by their seed.
    """
    scene = spotting.scene
    if not scene.keep_bars:
        return spotting, (), ()
    locks: list[Lock] = []
    said: list[str] = []
    takes: dict[int | str, Earlier] = {}
    for kept in scene.keep_bars:
        if kept.of not in takes:
            takes[kept.of] = earlier(kept, scene, story, sketched)
        found, why = _locked(spotting, kept, takes[kept.of])
        locks += [found] if found is not None else []
        said += why
    statements, refused = _statements(spotting, locks)
    told = replace(scene, keep_bars=tuple(it.kept for it in locks), statements=statements)
    return replace(spotting, scene=told), tuple(locks), (*said, *refused)


def _locked(spotting: Spotting, kept: KeptBars, take: Earlier) -> tuple[Lock | None, list[str]]:
    name = _bars(kept)
    now = [bar for bar in spotting.bars if bar.number in kept.bars and bar.start < spotting.end]
    then = [bar for bar in take.recording.bars if bar.number in kept.bars]
    if len(now) < len(kept.bars) or len(then) < len(kept.bars):
        place = f"the scene has {len(spotting.bars)}" if len(now) < len(kept.bars) else f"{take.name} has {len(take.recording.bars)}"
        return None, [f"{name} of {take.name} cannot be kept: {place}; they are composed anew"]
    if [bar.meter for bar in now] != [bar.meter for bar in then]:
        meters = (" ".join(dict.fromkeys(str(bar.meter) for bar in bars)) for bars in (then, now))
        return None, [f"{name} of {take.name} cannot be kept: their meter was {next(meters)} and is {next(meters)}; they are composed anew"]
    found = Lock(kept, take, to_tick(now[0].start), to_tick(now[-1].end), then[0].tick)
    return found, [*_moved(spotting, found), *_unmet(spotting, found)]


def _moved(spotting: Spotting, found: Lock) -> Iterator[str]:
    """Say how far kept bars have moved in time: by the bar they are what they were, by the clock they are not."""
    then = [found.take.tempo.seconds(tick) for tick in (found.first, found.last)]
    now = [spotting.tempo.seconds(tick) for tick in (found.start, found.end)]
    if any(abs(a - b) > _UNMOVED for a, b in zip(then, now, strict=True)):
        was, lies = (f"{float(a):.2f} to {float(b):.2f} s" for a, b in (then, now))
        said = f"{_bars(found.kept)} of {found.take.name} lay from {was} and now lie from {lies}"
        yield f"{said}: their notes are kept by the bar, at the new tempo"


def _unmet(spotting: Spotting, found: Lock) -> Iterator[str]:
    """Say which hits fall into kept bars that were not there when these were composed."""
    known = {(row.get("do"), row.get("bar"), round(float(row.get("beat", 0)), 3)) for row in found.take.rows("hits")}
    for landing in spotting.landings:
        if found.holds(to_tick(landing.at)) and (landing.hit.do, *_place(spotting, landing)) not in known:
            where = f"the {landing.hit.do} at {float(landing.hit.at):g} s"
            yield f"{where} falls into {_bars(found.kept)}, which are kept as they were: they do nothing for it"


def _place(spotting: Spotting, landing: Landing) -> tuple[int, float]:
    bar = spotting.bar_at(landing.at)
    return bar.number, round(float((landing.at - bar.start) / bar.meter.beat) + 1, 3)


def _statements(spotting: Spotting, locks: list[Lock]) -> tuple[tuple[Asked, ...], list[str]]:
    """Return what the composer has written outside kept bars, then the themes of the kept bars, each once."""
    own, said = [], []
    kept = {(it.who.key, it.at): it for found in locks for it in _themes(spotting.scene, found)}
    for asked in spotting.scene.statements:
        at = _bar_place(spotting, asked)
        over = next((found for found in locks if at.bar in found.kept.bars), None)
        if (asked.who.key, at) in kept:
            continue
        if over is None:
            own.append(asked)
        else:
            said.append(f"a statement of {asked.who.name} is asked in {_bars(over.kept)}, which are kept as they were: it is left out")
    return (*own, *kept.values()), said


def _bar_place(spotting: Spotting, asked: Asked) -> BarPlace:
    if isinstance(asked.at, BarPlace):
        return asked.at
    at = stated_place(asked.at, spotting.bars, spotting.tempo)
    bar = spotting.bar_at(at)
    return BarPlace(bar.number, (at - bar.start) / bar.meter.beat + 1)


def _themes(scene: Scene, found: Lock) -> Iterator[Asked]:
    """Yield the themes and fragments of a take that sound in the kept bars, whole: what lies outside is composed to match."""
    people = {cast.who.key: cast.who for cast in scene.cast} | {who.key: who for who in scene.emotions}
    voices = {part.name: part.instrument for part in found.take.recording.parts}
    for row in found.take.rows("statements"):
        if row.get("treatment") in ("theme", "fragment") and row.get("who") in people and row.get("notes"):
            first, last = (found.take.tick(row[name]) for name in ("start_seconds", "end_seconds"))
            if first < found.last - EARLY and last > found.first + EARLY:
                yield from _asked(row, people[row["who"]], voices)


def _asked(row: dict[str, Any], who: Character, voices: dict[str, str]) -> Iterator[Asked]:
    try:
        steps = tuple(parse_transform(text) for text in row["transforms"])
    except MotifgenError:  # a ledger of another version: the notes are kept all the same
        return
    part = next((name for name in row.get("parts", ()) if voices.get(name)), "")
    beat = Fraction(str(row["beat"])).limit_denominator(48)
    yield Asked(BarPlace(int(row["bar"]), beat), who, steps, voices.get(part, ""))


def _bars(kept: KeptBars) -> str:
    return f"bar {kept.first}" if kept.first == kept.last else f"bars {kept.first} to {kept.last}"
