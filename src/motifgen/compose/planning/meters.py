"""Meters: a theme is recast only where the bars are not its own, or placed across the bar lines, and the ledger says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from motifgen.compose.desk import Spotting, Statement
from motifgen.compose.planning.forms import likened, varied
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Scene
from motifgen.theory.time import Meter, Span

Recast = Mapping[tuple[str, Meter], tuple[str, ...]]


def remetered(spotting: Spotting, themes: Mapping[str, Motif]) -> Recast:
    """Return the steps into each of the scene's meters for each theme that must be recast for it; none where it fits.

    A theme is recast when enough of it is left (its floor) and its owner does not forbid it.
    """
    found: dict[tuple[str, Meter], tuple[str, ...]] = {}
    for who in _people(spotting.scene):
        theme = themes[who.key]
        for meter in {meter: None for _, meter in spotting.stretches}:
            text = f"meter {meter}"
            if theme.meter.bar != meter.bar and "meter" not in who.never and likened(theme, varied(theme, (text,))) >= who.keep:
                found[who.key, meter] = (text,)
    return found


def misfits(spotting: Spotting, themes: Mapping[str, Motif], recast: Recast, stated: Sequence[Statement]) -> tuple[str, ...]:
    """Return a sentence for each theme that is stated where the bars are not its own: what became of it there."""
    said: list[str] = []
    for who in _people(spotting.scene):
        own = [it for it in stated if it.who.key == who.key]
        for span, meter in spotting.stretches:
            here = [it for it in own if it.start + it.motif.pickup in span]
            if here and themes[who.key].meter.bar != meter.bar:
                said += _become(themes[who.key], who, _bars(spotting, span, meter), recast.get((who.key, meter), ()), here)
    return tuple(said)


def _become(theme: Motif, who: Character, bars: str, steps: tuple[str, ...], here: Iterable[Statement]) -> Iterator[str]:
    """Yield what becomes of a theme in bars that are not its own: what the planner states, and what the composer has written."""
    where = f"the theme of {who.name} is in {theme.meter} and {bars}"
    asked = {it.asked for it in here}
    if False in asked:
        left = likened(theme, varied(theme, steps))
        yield f"{where}: it is recast (likeness {left:.2f})" if steps else f"{where}: it is placed as it is, across the bar lines"
    if True in asked:
        yield f"{where}: where the composer has written it, it stands as it is, across the bar lines"


def _bars(spotting: Spotting, span: Span, meter: Meter) -> str:
    if len(spotting.stretches) == 1:
        return f"the scene in {meter}"
    inside = [bar.number for bar in spotting.bars if bar.start in span]
    return f"bars {inside[0]} to {inside[-1]} are in {meter}"


def _people(scene: Scene) -> list[Character]:
    people = {cast.who.key: cast.who for cast in scene.cast} | {who.key: who for who in scene.emotions}
    return list(people.values())
