"""Meters: a theme whose bars are not the scene's is recast, or placed across the bar lines, and the ledger says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from motifgen.compose.desk import Spotting
from motifgen.compose.planning.forms import likened, varied
from motifgen.motif.motif import Motif
from motifgen.story.leitmotif import Character
from motifgen.story.scene import Scene
from motifgen.theory.time import Meter


def remetered(spotting: Spotting, themes: Mapping[str, Motif]) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Return for each theme the steps into the scene's meter (none where it fits), and a sentence for each that does not fit.

    A theme is recast when enough of it is left (its floor) and its owner does not forbid it.
    """
    meter = main_meter(spotting)
    found: dict[str, tuple[str, ...]] = {}
    said = []
    for who in _people(spotting.scene):
        theme = themes[who.key]
        if theme.meter.bar == meter.bar:
            continue
        text = f"meter {meter}"
        left = likened(theme, varied(theme, (text,)))
        where = f"the theme of {who.name} is in {theme.meter} and the scene in {meter}"
        if "meter" in who.never or left < who.keep:
            said.append(f"{where}: it is placed as it is, across the bar lines")
        else:
            found[who.key] = (text,)
            said.append(f"{where}: it is recast (likeness {left:.2f})")
    return found, tuple(said)


def main_meter(spotting: Spotting) -> Meter:
    """Return the meter of most of the scene's bars."""
    counts = Counter(bar.meter for bar in spotting.bars)
    return max(counts, key=lambda meter: (counts[meter], -meter.count))


def _people(scene: Scene) -> list[Character]:
    people = {cast.who.key: cast.who for cast in scene.cast} | {who.key: who for who in scene.emotions}
    return list(people.values())
